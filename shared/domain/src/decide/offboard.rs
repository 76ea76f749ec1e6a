//! Off-boarding: access to one organisation ends, at once or on a date.

use jiff::Timestamp;

use super::{answer::close, due::schedule, entry::about_member};
use crate::{
    Action, Change, Code, EmailAddress, Mail, Membership, Message, Occasion, Organization, Outcome,
    Refusal, RefusedField,
    audit::Rule,
    desk::Desk,
    membership::{ClosedReason, Handed, Leaving, OffboardReason, State},
};

/// The state that an off-boarding is decided on.
#[derive(Debug, Clone)]
pub struct OffboardState {
    /// The organisation.
    pub org: Organization,
    /// The desk that serves it: its administrators are told when no lead is left.
    pub desk: Option<Desk>,
    /// The person's membership there, if there is one.
    pub membership: Option<Membership>,
    /// The membership of the colleague who takes over, if one is named and known.
    pub successor: Option<Membership>,
    /// The number of open requests that the person has raised for the organisation, as far as
    /// counted.
    pub open_requests: u32,
}

/// The off-boarding that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offboarding {
    /// The reason.
    pub why: OffboardReason,
    /// The instant at which access ends. At once when it has passed.
    pub at: Option<Timestamp>,
    /// The colleague who takes over open requests.
    pub hand_over_to: Option<EmailAddress>,
}

/// Ends somebody's access, or plans its end.
///
/// # Errors
/// A refusal when the person is no member, or when the colleague who should take over is none.
pub fn offboard(
    state: OffboardState,
    asked: &Offboarding,
    occasion: &Occasion,
) -> Result<Outcome, Refusal> {
    let now = occasion.now;
    let not_a_member = || {
        let detail = "this person has no access to the organisation";
        Refusal::new(Code::NotAMember, detail).at(RefusedField::Member)
    };
    let Some(membership) = &state.membership else {
        return Err(not_a_member());
    };
    match &membership.state {
        State::Active | State::Warned { .. } | State::Invited { .. } => {}
        // Two deliveries said the same: access has ended already.
        State::OffBoarded { .. } => return Ok(Outcome::default()),
        State::Proposed { .. } => {
            let membership = membership.clone();
            let (action, reason) = (Action::InvitationWithdrawn, Rule::Ended(asked.why));
            let entry = about_member(&membership, action, &reason, occasion);
            let closed = close(state.org, membership, ClosedReason::Withdrawn, now);
            return Ok(closed.note(entry));
        }
        State::Closed { .. } => return Err(not_a_member()),
    }
    check_successor(&state, membership, asked, now)?;
    match asked.at {
        // Access whose date has come is not put off: it ends now, and the seat is free.
        Some(at) if at > now && !membership.is_over(now) => {
            let membership = membership.clone();
            Ok(plan(&state, membership, asked, at, occasion))
        }
        Some(_) | None => Ok(end(state, asked, occasion, occasion.person())),
    }
}

/// The same, asked for by a lead from their console: the last lead cannot go, or nobody would look
/// after the organisation's people.
///
/// # Errors
/// As [`offboard`], and when the person is the organisation's last lead.
pub fn offboard_by_lead(
    state: OffboardState,
    asked: &Offboarding,
    occasion: &Occasion,
) -> Result<Outcome, Refusal> {
    let email = state.membership.as_ref().map(|m| &m.email);
    if email.is_some_and(|email| state.org.is_last_lead(email)) {
        return Err(Refusal::new(
            Code::LastLead,
            "name another lead first: every organisation has one",
        ));
    }
    offboard(state, asked, occasion)
}

fn check_successor(
    state: &OffboardState,
    leaver: &Membership,
    asked: &Offboarding,
    now: Timestamp,
) -> Result<(), Refusal> {
    match &asked.hand_over_to {
        Some(to) if !may_take_over(state.successor.as_ref(), to, leaver, now) => {
            Err(Refusal::of(Code::HandOverToNotAMember).at(RefusedField::HandOverTo))
        }
        Some(_) | None => Ok(()),
    }
}

/// Returns `true` if `to`, whose membership is `successor`, may have the leaver's requests: a
/// colleague with access, and not the leaver.
pub(super) fn may_take_over(
    successor: Option<&Membership>,
    to: &EmailAddress,
    leaver: &Membership,
    now: Timestamp,
) -> bool {
    *to != leaver.email
        && successor.is_some_and(|m| m.has_access(now) && m.email == *to && m.org == leaver.org)
}

/// Notes an end of access on a later date. Until then nothing changes.
fn plan(
    state: &OffboardState,
    mut membership: Membership,
    asked: &Offboarding,
    at: Timestamp,
    occasion: &Occasion,
) -> Outcome {
    let leaving = Leaving {
        at,
        why: asked.why,
        hand_over_to: asked.hand_over_to.clone(),
        by: occasion.proof.actor.clone(),
    };
    if membership.leaving.as_ref() == Some(&leaving) {
        return Outcome::default();
    }
    // Access has one end: the plan takes the place of an earlier date.
    membership.set_end(None);
    membership.leaving = Some(leaving);
    membership.due_at = Some(membership.due_at.map_or(at, |due| due.min(at)));
    let mail = Mail::MemberOffboarded {
        org_name: state.org.name.clone(),
        member: membership.email.clone(),
        why: asked.why,
        at,
        undo_until: state.org.policy.undo_days.after(at),
        open_requests: state.open_requests,
        hand_over_to: asked.hand_over_to.clone(),
    };
    let (org, desk) = (&state.org, state.desk.as_ref());
    let message = tell_leads(org, desk, &membership.email, occasion.person(), mail);
    let reason = Rule::EndsBecause(asked.why, at);
    let action = Action::OffboardingScheduled;
    let entry = about_member(&membership, action, &reason, occasion);
    Outcome::default()
        .note(entry)
        .tell_all(message)
        .change(Change::Membership(membership))
}

/// Ends access now. The author needs no mail about it.
pub(super) fn end(
    state: OffboardState,
    asked: &Offboarding,
    occasion: &Occasion,
    author: Option<&EmailAddress>,
) -> Outcome {
    let OffboardState {
        mut org,
        desk,
        membership,
        open_requests,
        ..
    } = state;
    let mut membership = membership.expect("the caller found a membership");
    let now = occasion.now;
    let undo_until = org.policy.undo_days.after(now);
    // An invitee never had access, so this organisation does not end the links to what is their
    // own.
    let belonged = membership.state.stage().has_access();
    if membership.holds_seat() {
        org.free_seat();
    }
    org.remove_lead(&membership.email, now);
    membership.state = State::OffBoarded {
        why: asked.why,
        undo_until,
        hand_over_to: asked.hand_over_to.clone().filter(|_| open_requests > 0),
    };
    let by = occasion.proof.actor.clone();
    let successor = asked.hand_over_to.clone().filter(|_| open_requests > 0);
    membership.handed = successor.map(|to| Handed {
        to,
        requests: open_requests,
        by,
    });
    membership.since = now;
    membership.leaving = None;
    membership.left_at = Some(now);
    if belonged {
        membership.end_links();
    }
    schedule(&mut membership, &org.policy, None);
    let mail = Mail::MemberOffboarded {
        org_name: org.name.clone(),
        member: membership.email.clone(),
        why: asked.why,
        at: now,
        undo_until,
        open_requests,
        hand_over_to: asked.hand_over_to.clone(),
    };
    let message = tell_leads(&org, desk.as_ref(), &membership.email, author, mail);
    let (action, reason) = (Action::MemberOffboarded, Rule::Ended(asked.why));
    let entry = about_member(&membership, action, &reason, occasion);
    // The desk has never heard of an invitee.
    let heard_of = belonged.then(|| Outcome::default().look(&org, &membership.email));
    Outcome::default()
        .note(entry)
        .tell_all(message)
        .extend(heard_of.unwrap_or_default())
        .change(Change::Organization(org))
        .change(Change::Membership(membership))
}

/// A mail to the leads, except the person themselves and the author; to the administrators when the
/// organisation has no lead left.
fn tell_leads(
    org: &Organization,
    desk: Option<&Desk>,
    member: &EmailAddress,
    author: Option<&EmailAddress>,
    mail: Mail,
) -> Option<Message> {
    let others = |email: &&EmailAddress| *email != member && Some(*email) != author;
    if org.leads.iter().all(|lead| lead == member) {
        let administrators = desk.map(|d| &d.administrators).into_iter().flatten();
        Message::to_administrators(&org.desk, administrators.filter(others), mail)
    } else {
        Message::to_people(org, org.leads.iter().filter(others), mail)
    }
}
