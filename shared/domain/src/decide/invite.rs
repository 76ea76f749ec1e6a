//! Inviting one person into one organisation. A list is as many of these.

use jiff::Timestamp;

use super::due::schedule;
use crate::{
    Action, Actor, AuditEntry, Change, Code, EmailAddress, Mail, Membership, Message, Organization,
    Outcome, Proof, Refusal, Role, Subject, Version,
    desk::Desk,
    membership::State,
    outcome::RowOutcome,
    policy::OutsideDomain,
    text::{Name, Note},
};

/// What is known when somebody is invited.
#[derive(Debug, Clone)]
pub struct InviteState {
    /// The organisation.
    pub org: Organization,
    /// The desk that serves it, when it is known: its administrators decide exceptions.
    pub desk: Option<Desk>,
    /// The person's membership, if there is one.
    pub membership: Option<Membership>,
}

/// On which terms somebody is invited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// What they will be.
    pub role: Role,
    /// How they are called.
    pub name: Option<Name>,
    /// When access ends.
    pub access_until: Option<Timestamp>,
    /// What the inviter writes.
    pub note: Option<Note>,
}

/// What came of one invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    /// What to commit; empty when nothing changes.
    pub outcome: Outcome,
    /// What the report says.
    pub row: RowOutcome,
    /// Which rule says so, when the row is refused.
    pub code: Option<Code>,
}

impl Invited {
    fn unchanged(row: RowOutcome, code: Option<Code>) -> Self {
        Self {
            outcome: Outcome::default(),
            row,
            code,
        }
    }
}

/// Invites one person. Whoever left comes back this way and no other.
#[must_use]
pub fn invite(
    state: InviteState,
    email: &EmailAddress,
    terms: &Terms,
    proof: &Proof,
    now: Timestamp,
) -> Invited {
    let InviteState {
        org,
        desk,
        membership,
    } = state;
    match membership.as_ref().map(|m| &m.state) {
        Some(State::Invited { .. } | State::Active | State::Warned { .. }) => {
            return Invited::unchanged(RowOutcome::AlreadyMember, None);
        }
        Some(State::Proposed { .. }) => {
            return Invited::unchanged(RowOutcome::Refused, Some(Code::AwaitingApproval));
        }
        Some(State::OffBoarded { .. } | State::Closed { .. }) | None => {}
    }
    if terms.access_until.is_some_and(|until| until <= now) {
        return Invited::unchanged(RowOutcome::Refused, Some(Code::DateInThePast));
    }
    if org.invitations_left(now) == 0 {
        return Invited::unchanged(RowOutcome::Refused, Some(Code::DailyLimitReached));
    }
    if !org.allows(email) {
        return match (org.policy.outside_domain, desk) {
            (OutsideDomain::Ask, Some(desk)) if !desk.administrators.is_empty() => Invited {
                outcome: propose(org, &desk, membership, email, terms, proof, now),
                row: RowOutcome::Refused,
                code: Some(Code::AwaitingApproval),
            },
            (OutsideDomain::Ask | OutsideDomain::Refuse, _) => {
                Invited::unchanged(RowOutcome::Refused, Some(Code::DomainNotAllowed))
            }
        };
    }
    if !org.has_free_seat() {
        return Invited::unchanged(RowOutcome::Refused, Some(Code::SeatCapReached));
    }
    let state = invited(&org, terms.note.clone(), now);
    let membership = membership_of(&org, membership, email, terms, proof, state, now);
    Invited {
        outcome: send(org, membership, proof, now, Action::MemberInvited),
        row: RowOutcome::Invited,
        code: None,
    }
}

/// The state of somebody invited at `now`.
fn invited(org: &Organization, note: Option<Note>, now: Timestamp) -> State {
    State::Invited {
        note,
        expires_at: org.policy.invitation.valid_days.after(now),
        reminded: false,
    }
}

fn membership_of(
    org: &Organization,
    known: Option<Membership>,
    email: &EmailAddress,
    terms: &Terms,
    proof: &Proof,
    state: State,
    now: Timestamp,
) -> Membership {
    Membership {
        org: org.id.clone(),
        email: email.clone(),
        name: terms
            .name
            .clone()
            .or_else(|| known.as_ref().and_then(|m| m.name.clone())),
        role: terms.role,
        state,
        since: now,
        invited_by: proof.actor.clone(),
        joined_at: None,
        kept_at: None,
        access_until: terms.access_until,
        access_reminded: None,
        leaving: None,
        exempt: false,
        epoch: known.as_ref().map_or(0, |m| m.epoch),
        due_at: None,
        version: known.map_or(Version::NEW, |m| m.version),
    }
}

/// Takes the seat and lets the invitation leave. The caller has checked every limit.
fn send(
    mut org: Organization,
    mut membership: Membership,
    proof: &Proof,
    now: Timestamp,
    action: Action,
) -> Outcome {
    org.take_seat();
    org.count_invitation(now);
    schedule(&mut membership, &org.policy, None);
    let entry = AuditEntry::new(
        now,
        action,
        Subject::Person(membership.email.clone()),
        proof,
    )
    .in_org(&org.id);
    Outcome {
        messages: vec![invitation_mail(&org, &membership, false)],
        audit: vec![entry],
        changes: vec![Change::Organization(org), Change::Membership(membership)],
    }
}

/// The mail to an invitee; `reminder` for the one that follows when there was no answer.
pub(super) fn invitation_mail(
    org: &Organization,
    membership: &Membership,
    reminder: bool,
) -> Message {
    let (note, expires_at) = match &membership.state {
        State::Invited {
            note, expires_at, ..
        } => (note.clone(), *expires_at),
        State::Proposed { .. }
        | State::Active
        | State::Warned { .. }
        | State::OffBoarded { .. }
        | State::Closed { .. } => (None, membership.since),
    };
    Message {
        to: vec![membership.email.clone()],
        desk: org.desk.clone(),
        org: Some(org.id.clone()),
        mail: Mail::Invitation {
            org_name: org.name.clone(),
            inviter: inviter(&membership.invited_by),
            role: membership.role,
            note,
            expires_at,
            access_until: membership.access_until,
            reminder,
        },
    }
}

/// How a mail names who invited; nobody in particular when it was a system.
pub(super) fn inviter(actor: &Actor) -> Option<String> {
    match actor {
        Actor::Person(email) => Some(email.to_string()),
        Actor::Source(_) | Actor::Sweep | Actor::MailFeedback => None,
    }
}

/// Asks the administrators. No seat is taken until they allow it.
fn propose(
    mut org: Organization,
    desk: &Desk,
    known: Option<Membership>,
    email: &EmailAddress,
    terms: &Terms,
    proof: &Proof,
    now: Timestamp,
) -> Outcome {
    let expires_at = org.policy.invitation.valid_days.after(now);
    let state = State::Proposed {
        note: terms.note.clone(),
        expires_at,
    };
    let mut membership = membership_of(&org, known, email, terms, proof, state, now);
    schedule(&mut membership, &org.policy, None);
    // A question to the administrators counts against the day's limit, too: they are people.
    org.count_invitation(now);
    let mail = Mail::ExceptionAsked {
        org_name: org.name.clone(),
        invitee: email.clone(),
        inviter: inviter(&proof.actor),
        expires_at,
    };
    let entry = AuditEntry::new(
        now,
        Action::ExceptionAsked,
        Subject::Person(email.clone()),
        proof,
    )
    .in_org(&org.id)
    .because("the address is outside the allowed domains");
    Outcome {
        messages: vec![Message {
            to: desk.administrators.iter().cloned().collect(),
            desk: org.desk.clone(),
            org: Some(org.id.clone()),
            mail,
        }],
        audit: vec![entry],
        changes: vec![Change::Organization(org), Change::Membership(membership)],
    }
}

/// Lets an invitation leave that an administrator allowed. Seats stay a limit.
pub(super) fn send_allowed(
    org: Organization,
    mut membership: Membership,
    proof: &Proof,
    now: Timestamp,
) -> Result<Outcome, Refusal> {
    let State::Proposed { note, .. } = &membership.state else {
        return Err(Refusal::new(
            Code::NotPossibleNow,
            "this invitation waits for nobody any more",
        ));
    };
    if !org.has_free_seat() {
        return Err(Refusal::new(
            Code::SeatCapReached,
            "every seat of the organisation is taken",
        ));
    }
    membership.state = invited(&org, note.clone(), now);
    membership.since = now;
    Ok(send(org, membership, proof, now, Action::MemberInvited))
}
