//! The part in which somebody raises a request: as a member, a guest, somebody who left, or
//! somebody who joins by it.

use jiff::Timestamp;

use super::{due::schedule, entry::about_member};
use crate::{
    Action, Affiliation, Change, Code, EmailAddress, Mail, Membership, Message, Occasion,
    Organization, Outcome, Refusal, RefusedField, Role, Standing,
    audit::Rule,
    desk::Desk,
    event::RequestCreated,
    mailbox::{MailboxStanding, is_plain},
    membership::{Beginning, State},
    organization::day_of,
    policy::DomainJoin,
};

/// The part in which somebody raises a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RaisedBy {
    Member,
    Guest,
    Leaver,
    /// In a domain whose people join by their first request.
    Joining,
}

/// Returns the part in which the reporter raises a request for an organisation, given their
/// membership, a trace of them (`left`), and the standing of their mailbox under other spellings
/// (`others`).
///
/// An act on purpose, such as an invitation, counts for one address. A rule that acts by itself,
/// such as joining by a domain, looks at the mailbox.
pub(super) fn raised_by(
    reporter: &EmailAddress,
    org: Option<&Organization>,
    membership: Option<&Membership>,
    (left, others): (bool, Option<MailboxStanding>),
    now: Timestamp,
) -> RaisedBy {
    let Some(org) = org else {
        return RaisedBy::Guest;
    };
    match Affiliation::new(&org.id, membership, left).standing(now) {
        Standing::Member | Standing::Lead => RaisedBy::Member,
        Standing::Leaver => RaisedBy::Leaver,
        // A request does not answer an open invitation: its own link does, or an administrator.
        Standing::Invited => RaisedBy::Guest,
        Standing::Never => match membership.map(|m| &m.state) {
            Some(State::Invited { .. } | State::Proposed { .. }) => RaisedBy::Guest,
            Some(
                State::Active
                | State::Warned { .. }
                | State::OffBoarded { .. }
                | State::Closed { .. },
            )
            | None => match others {
                Some(MailboxStanding::Left) => RaisedBy::Leaver,
                None if joins_by_request(org, reporter) => RaisedBy::Joining,
                Some(MailboxStanding::Seat) | None => RaisedBy::Guest,
            },
        },
    }
}

fn joins_by_request(org: &Organization, reporter: &EmailAddress) -> bool {
    let domain = reporter.domain();
    let policy = &org.policy;
    policy.domain_join == DomainJoin::OnRequest
        && policy.allowed_domains.contains(&domain)
        && is_plain(reporter, &policy.spelling)
}

/// Refuses if the desk does not take a request that no service desk has taken yet.
pub(super) fn admit(
    desk: &Desk,
    reporter: &EmailAddress,
    org: Option<&Organization>,
    raised_by: RaisedBy,
) -> Result<(), Refusal> {
    let belongs = match raised_by {
        RaisedBy::Member | RaisedBy::Joining => org.is_some_and(|org| org.desk == desk.id),
        RaisedBy::Guest | RaisedBy::Leaver => false,
    };
    if desk.takes(reporter, belongs) {
        return Ok(());
    }
    Err(Refusal::of(Code::AccessDenied).at(RefusedField::Reporter))
}

/// Makes the reporter a member if a seat is free. Returns `true` with the outcome then. The leads
/// are told of each who joined, and once a day that no seat is free.
pub(super) fn join(
    mut org: Organization,
    known: Option<Membership>,
    event: &RequestCreated,
    occasion: &Occasion,
) -> (bool, Outcome) {
    let now = occasion.now;
    let email = &event.reporter.email;
    let seated = org.has_free_seat();
    let today = day_of(now);
    let told = !seated && org.told_full == Some(today);
    if told {
        return (false, Outcome::default());
    }
    let mail = Mail::MemberJoined {
        org_name: org.name.clone(),
        member: email.clone(),
        seated,
    };
    let outcome = Outcome::default().tell_all(Message::to_leads(&org, mail));
    if !seated {
        org.told_full = Some(today);
        return (false, outcome.change(Change::Organization(org)));
    }
    let mut membership = Membership::begin(Beginning {
        org: &org.id,
        email,
        name: event.reporter.name.clone(),
        role: Role::Member,
        state: State::Active,
        by: occasion.proof.actor.clone(),
        access_until: None,
        known,
        // A leaver never joins by a request.
        left: false,
        now,
    });
    membership.joined_at = Some(now);
    schedule(&mut membership, &org.policy, Some(now));
    org.take_seat();
    let reason = Rule::FromDomain;
    let entry = about_member(&membership, Action::MemberJoined, &reason, occasion);
    let outcome = outcome
        .note(entry)
        .look(&org, email)
        .change(Change::Organization(org))
        .change(Change::Membership(membership));
    (true, outcome)
}
