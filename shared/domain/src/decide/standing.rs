//! How somebody who raises a request stands to an organisation, and what follows: a member, a
//! guest, somebody who left, or somebody who joins by it.

use jiff::Timestamp;

use super::{due::schedule, entry::about_member};
use crate::{
    Action, Change, Code, EmailAddress, Mail, Membership, Message, Organization, Outcome, Proof,
    Refusal, Role, Version,
    desk::Desk,
    event::RequestCreated,
    mailbox::{Stands, is_plain},
    membership::State,
    policy::DomainJoin,
};

/// How the reporter stands to the organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Member,
    Guest,
    Leaver,
    /// In a domain whose people join by their first request.
    Joining,
}

/// How the reporter stands, given their membership, whether a trace says that they left, and how
/// their mailbox stands under other spellings. What somebody did on purpose counts for the one
/// address; what happens by itself looks at the mailbox.
pub(super) fn standing(
    reporter: &EmailAddress,
    org: Option<&Organization>,
    membership: Option<&Membership>,
    left: bool,
    others: Option<Stands>,
) -> Standing {
    let has_left = left || membership.is_some_and(Membership::has_left);
    match membership.map(|m| &m.state) {
        Some(State::Active | State::Warned { .. }) => Standing::Member,
        Some(State::OffBoarded { .. }) => Standing::Leaver,
        Some(State::Proposed { .. } | State::Closed { .. }) | None if has_left => Standing::Leaver,
        // An open invitation is answered by its own link, or by an administrator; not by a request.
        Some(State::Invited { .. } | State::Proposed { .. }) => Standing::Guest,
        Some(State::Closed { .. }) | None => match (others, org) {
            (Some(Stands::Left), _) => Standing::Leaver,
            (None, Some(org)) if joins_by_request(org, reporter) => Standing::Joining,
            (Some(Stands::Seat) | None, _) => Standing::Guest,
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

/// Whether the desk takes a request that no service desk has taken yet.
pub(super) fn admit(
    desk: &Desk,
    reporter: &EmailAddress,
    org: Option<&Organization>,
    standing: Standing,
) -> Result<(), Refusal> {
    let belongs = match standing {
        Standing::Member | Standing::Joining => org.is_some_and(|org| org.desk == desk.id),
        Standing::Guest | Standing::Leaver => false,
    };
    if desk.takes(reporter, belongs) {
        return Ok(());
    }
    Err(Refusal::new(
        Code::AccessDenied,
        format!("the desk «{}» takes no requests from this address", desk.id),
    )
    .at("/data/reporter/email"))
}

/// Makes the reporter a member if a seat is free, tells the leads, and says whether it did.
pub(super) fn join(
    outcome: &mut Outcome,
    mut org: Organization,
    known: Option<Membership>,
    event: &RequestCreated,
    proof: &Proof,
    now: Timestamp,
) -> bool {
    let email = &event.reporter.email;
    let seated = org.has_free_seat();
    if !org.leads.is_empty() {
        outcome.messages.push(Message {
            to: org.leads.iter().cloned().collect(),
            desk: org.desk.clone(),
            org: Some(org.id.clone()),
            mail: Mail::MemberJoined {
                org_name: org.name.clone(),
                member: email.clone(),
                seated,
            },
        });
    }
    if !seated {
        return false;
    }
    let mut membership = Membership {
        org: org.id.clone(),
        email: email.clone(),
        name: event.reporter.name.clone(),
        role: Role::Member,
        state: State::Active,
        since: now,
        invited_by: proof.actor.clone(),
        joined_at: Some(now),
        kept_at: None,
        confirmed_at: None,
        access_until: None,
        access_reminded: None,
        leaving: None,
        exempt: false,
        left_at: None,
        epoch: known.as_ref().map_or(0, |m| m.epoch),
        due_at: None,
        version: known.map_or(Version::NEW, |m| m.version),
    };
    schedule(&mut membership, &org.policy, Some(now));
    org.take_seat();
    let reason = "raised a request from a domain of the organisation";
    let entry = about_member(&membership, Action::MemberJoined, reason, proof, now);
    outcome.audit.push(entry);
    outcome.changes.push(Change::Organization(org));
    outcome.changes.push(Change::Membership(membership));
    true
}
