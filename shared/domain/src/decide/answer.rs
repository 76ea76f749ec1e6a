//! Answers from links: an invitation accepted or declined, an exception allowed or refused, access
//! kept.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{due::schedule, entry::about_member, invite::send_allowed};
use crate::{
    Action, Actor, Change, Code, Customer, Mail, Membership, Message, Occasion, Organization,
    Outcome, Refusal, Role,
    audit::Rule,
    membership::{ClosedReason, State},
};

fn not_now(detail: &'static str) -> Refusal {
    Refusal::new(Code::NotPossibleNow, detail)
}

/// Refuses if an invitation cannot be answered at `now`, whether or not the sweep has passed.
fn check_open(membership: &Membership, now: Timestamp) -> Result<(), Refusal> {
    match &membership.state {
        State::Invited { .. } if membership.awaits_answer(now) => Ok(()),
        State::Invited { .. } => Err(not_now("the invitation has expired")),
        State::Active | State::Warned { .. } => Err(not_now("the invitation was accepted before")),
        State::Closed { .. } | State::OffBoarded { .. } | State::Proposed { .. } => {
            Err(not_now("the invitation is not open"))
        }
    }
}

/// The invitee says yes.
///
/// # Errors
/// A refusal when the invitation was answered, withdrawn, or has expired.
pub fn accept(
    mut org: Organization,
    mut membership: Membership,
    customer: Option<Customer>,
    occasion: &Occasion,
) -> Result<Outcome, Refusal> {
    let now = occasion.now;
    check_open(&membership, now)?;
    membership.state = State::Active;
    membership.since = now;
    membership.joined_at = Some(now);
    schedule(&mut membership, &org.policy, Some(now));
    let action = Action::InvitationAccepted;
    let entry = about_member(&membership, action, "the invitee accepted", occasion);
    let led = (membership.role == Role::Lead).then(|| {
        org.add_lead(&membership.email, now);
        Change::Organization(org.clone())
    });
    Ok(Outcome::default()
        .note(entry)
        .tell(welcome(&org, &membership))
        .look(&org, &membership.email)
        .change_all(active_customer(customer, &membership, now).map(Change::Customer))
        .change_all(led)
        .change(Change::Membership(membership)))
}

/// The mail to somebody whose access begins, or begins again.
pub(super) fn welcome(org: &Organization, membership: &Membership) -> Message {
    let mail = Mail::Welcome {
        org_name: org.name.clone(),
        role: membership.role,
    };
    Message::to_member(org, &membership.email, mail)
}

/// Returns the customer with today's activity noted; `None` when it was noted before.
pub(super) fn active_customer(
    customer: Option<Customer>,
    membership: &Membership,
    now: Timestamp,
) -> Option<Customer> {
    let mut customer = customer
        .unwrap_or_else(|| Customer::new(membership.email.clone(), membership.name.clone()));
    customer.note_activity(now).then_some(customer)
}

/// The invitee says no. The seat is free again, and the inviter is told.
///
/// # Errors
/// A refusal when the invitation was answered, withdrawn, or has expired.
pub fn decline(
    org: Organization,
    membership: Membership,
    occasion: &Occasion,
) -> Result<Outcome, Refusal> {
    let now = occasion.now;
    check_open(&membership, now)?;
    let mail = Mail::InvitationDeclined {
        org_name: org.name.clone(),
        invitee: membership.email.clone(),
    };
    let message = tell_inviter(&org, &membership, mail);
    let action = Action::InvitationDeclined;
    let entry = about_member(&membership, action, "the invitee declined", occasion);
    let closed = close(org, membership, ClosedReason::Declined, now);
    Ok(closed.tell_all(message).note(entry))
}

/// A mail to the inviter, if that is a person. If the inviter is no lead, the leads get it, too. It
/// always names the organisation, so that nobody who left reads about its people.
fn tell_inviter(org: &Organization, membership: &Membership, mail: Mail) -> Option<Message> {
    let inviter = match &membership.invited_by {
        Actor::Person(inviter) => inviter,
        Actor::Source(_) | Actor::Sweep | Actor::MailFeedback | Actor::Desk | Actor::Operator => {
            return None;
        }
    };
    let mut to = BTreeSet::from([inviter]);
    if !org.leads.contains(inviter) {
        to.extend(&org.leads);
    }
    Message::to_people(org, to, mail)
}

/// Closes an invitation and gives its seat back if it held one.
pub(super) fn close(
    mut org: Organization,
    mut membership: Membership,
    why: ClosedReason,
    now: Timestamp,
) -> Outcome {
    let seated = membership.holds_seat();
    membership.state = State::Closed { why };
    membership.since = now;
    membership.leaving = None;
    // The links of the invitation end with it. The epoch does not grow: a lead could end other
    // links of a person by inviting them and taking it back.
    schedule(&mut membership, &org.policy, None);
    let freed = seated.then(|| {
        org.free_seat();
        Change::Organization(org)
    });
    Outcome::default()
        .change_all(freed)
        .change(Change::Membership(membership))
}

/// An administrator allows an invitation that exceeds a limit. The inviter is told.
///
/// # Errors
/// A refusal when it waits for nobody any more, or when no seat is free.
pub fn allow_exception(
    org: Organization,
    membership: Membership,
    occasion: &Occasion,
) -> Result<Outcome, Refusal> {
    check_waiting(&membership, occasion.now)?;
    let mail = Mail::ExceptionAllowed {
        org_name: org.name.clone(),
        invitee: membership.email.clone(),
    };
    let message = tell_inviter(&org, &membership, mail);
    Ok(send_allowed(org, membership, occasion)?.tell_all(message))
}

/// An administrator refuses it. The inviter is told.
///
/// # Errors
/// A refusal when it waits for nobody any more.
pub fn refuse_exception(
    org: Organization,
    membership: Membership,
    occasion: &Occasion,
) -> Result<Outcome, Refusal> {
    let now = occasion.now;
    check_waiting(&membership, now)?;
    let (action, reason) = (
        Action::ExceptionRefused,
        "an administrator refused the exception",
    );
    let entry = about_member(&membership, action, reason, occasion);
    let mail = Mail::ExceptionRefused {
        org_name: org.name.clone(),
        invitee: membership.email.clone(),
    };
    let message = tell_inviter(&org, &membership, mail);
    let closed = close(org, membership, ClosedReason::Refused, now);
    Ok(closed.tell_all(message).note(entry))
}

fn check_waiting(membership: &Membership, now: Timestamp) -> Result<(), Refusal> {
    match &membership.state {
        State::Proposed { .. } if membership.awaits_answer(now) => Ok(()),
        State::Proposed { .. } => Err(not_now("the question has lapsed")),
        State::Invited { .. }
        | State::Active
        | State::Warned { .. }
        | State::OffBoarded { .. }
        | State::Closed { .. } => Err(not_now("this invitation waits for nobody any more")),
    }
}

/// A warned member says that access is still wanted. Whoever is not warned is noted as active.
///
/// # Errors
/// A refusal when the person has no access any more.
pub fn keep_access(
    org: &Organization,
    mut membership: Membership,
    customer: Option<Customer>,
    occasion: &Occasion,
) -> Result<Outcome, Refusal> {
    let now = occasion.now;
    // After the grace, access can still be kept until the sweep has ended it.
    if !membership.has_access(now) {
        return Err(not_now("access has ended; ask your lead to restore it"));
    }
    if said_just_now(&membership, now) {
        return Ok(Outcome::default());
    }
    let active = active_customer(customer, &membership, now);
    still_wanted(&mut membership, org, now);
    let reason = Rule::SaidFromMail;
    let entry = about_member(&membership, Action::MemberKept, &reason, occasion);
    Ok(Outcome::default()
        .note(entry)
        .change_all(active.map(Change::Customer))
        .change(Change::Membership(membership)))
}

/// Notes that access is still wanted; a warning is void.
pub(super) fn still_wanted(membership: &mut Membership, org: &Organization, now: Timestamp) {
    if matches!(membership.state, State::Warned { .. }) {
        membership.state = State::Active;
        membership.since = now;
    }
    membership.kept_at = Some(now);
    schedule(membership, &org.policy, Some(now));
}

/// Returns `true` if the same was said in the same instant, by a form that was posted twice.
pub(super) fn said_just_now(membership: &Membership, now: Timestamp) -> bool {
    membership.state == State::Active && membership.kept_at == Some(now)
}
