//! Answers from links: an invitation accepted or declined, an exception allowed or refused, access
//! kept.

use jiff::Timestamp;

use super::{
    due::schedule,
    invite::{inviter, send_allowed},
};
use crate::{
    Action, Actor, AuditEntry, Change, Code, Customer, Mail, Membership, Message, Organization,
    Outcome, Proof, Refusal, Role, Subject,
    membership::{ClosedReason, State},
};

fn not_now(detail: &str) -> Refusal {
    Refusal::new(Code::NotPossibleNow, detail)
}

fn entry(membership: &Membership, action: Action, proof: &Proof, now: Timestamp) -> AuditEntry {
    AuditEntry::new(
        now,
        action,
        Subject::Person(membership.email.clone()),
        proof,
    )
    .in_org(&membership.org)
}

/// Whether an invitation can still be answered at `now`, whether or not the sweep has passed.
fn check_open(membership: &Membership, now: Timestamp) -> Result<(), Refusal> {
    match &membership.state {
        State::Invited { expires_at, .. } if now < *expires_at => Ok(()),
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
    proof: &Proof,
    now: Timestamp,
) -> Result<Outcome, Refusal> {
    check_open(&membership, now)?;
    membership.state = State::Active;
    membership.since = now;
    membership.joined_at = Some(now);
    schedule(&mut membership, &org.policy, Some(now));
    let mut outcome = Outcome::default();
    outcome
        .audit
        .push(entry(&membership, Action::InvitationAccepted, proof, now));
    outcome.messages.push(Message {
        to: vec![membership.email.clone()],
        desk: org.desk.clone(),
        org: Some(org.id.clone()),
        mail: Mail::Welcome {
            org_name: org.name.clone(),
            role: membership.role,
        },
    });
    outcome
        .changes
        .extend(active_customer(customer, &membership, now).map(Change::Customer));
    if membership.role == Role::Lead {
        org.leads.insert(membership.email.clone());
        outcome.changes.push(Change::Organization(org));
    }
    outcome.changes.push(Change::Membership(membership));
    Ok(outcome)
}

/// The customer with today's activity noted; `None` when it is already.
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
    proof: &Proof,
    now: Timestamp,
) -> Result<Outcome, Refusal> {
    check_open(&membership, now)?;
    let told = match &membership.invited_by {
        Actor::Person(email) => Some(email.clone()),
        Actor::Source(_) | Actor::Sweep | Actor::MailFeedback => None,
    };
    let mail = Mail::InvitationDeclined {
        org_name: org.name.clone(),
        invitee: membership.email.clone(),
    };
    let messages = told
        .map(|inviter| Message {
            org: org.leads.contains(&inviter).then(|| org.id.clone()),
            to: vec![inviter],
            desk: org.desk.clone(),
            mail,
        })
        .into_iter()
        .collect();
    let audit = vec![entry(&membership, Action::InvitationDeclined, proof, now)];
    let mut outcome = close(org, membership, ClosedReason::Declined, now);
    outcome.messages = messages;
    outcome.audit = audit;
    Ok(outcome)
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
    membership.epoch += 1;
    schedule(&mut membership, &org.policy, None);
    let mut outcome = Outcome::default();
    if seated {
        org.free_seat();
        outcome.changes.push(Change::Organization(org));
    }
    outcome.changes.push(Change::Membership(membership));
    outcome
}

/// An administrator allows an invitation that exceeds a limit.
///
/// # Errors
/// A refusal when it waits for nobody any more, or when no seat is free.
pub fn allow_exception(
    org: Organization,
    membership: Membership,
    proof: &Proof,
    now: Timestamp,
) -> Result<Outcome, Refusal> {
    check_waiting(&membership, now)?;
    send_allowed(org, membership, proof, now)
}

/// An administrator refuses it. The inviter is told.
///
/// # Errors
/// A refusal when it waits for nobody any more.
pub fn refuse_exception(
    org: Organization,
    membership: Membership,
    proof: &Proof,
    now: Timestamp,
) -> Result<Outcome, Refusal> {
    check_waiting(&membership, now)?;
    let audit = vec![entry(&membership, Action::ExceptionRefused, proof, now)];
    let mail = Mail::ExceptionRefused {
        org_name: org.name.clone(),
        invitee: membership.email.clone(),
    };
    let messages = inviter(&membership.invited_by)
        .and_then(|email| email.parse().ok())
        .map(|inviter| Message {
            org: org.leads.contains(&inviter).then(|| org.id.clone()),
            to: vec![inviter],
            desk: org.desk.clone(),
            mail,
        })
        .into_iter()
        .collect();
    let mut outcome = close(org, membership, ClosedReason::Refused, now);
    outcome.messages = messages;
    outcome.audit = audit;
    Ok(outcome)
}

fn check_waiting(membership: &Membership, now: Timestamp) -> Result<(), Refusal> {
    match &membership.state {
        State::Proposed { expires_at, .. } if now < *expires_at => Ok(()),
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
    proof: &Proof,
    now: Timestamp,
) -> Result<Outcome, Refusal> {
    // The grace may have passed without the sweep having come: until it writes, access is kept.
    if !membership.has_access() {
        return Err(not_now("access has ended; ask your lead to restore it"));
    }
    let mut outcome = Outcome::default();
    outcome
        .changes
        .extend(active_customer(customer, &membership, now).map(Change::Customer));
    membership.state = State::Active;
    membership.since = now;
    membership.kept_at = Some(now);
    schedule(&mut membership, &org.policy, Some(now));
    outcome
        .audit
        .push(entry(&membership, Action::MemberKept, proof, now).because("said so from the mail"));
    outcome.changes.push(Change::Membership(membership));
    Ok(outcome)
}
