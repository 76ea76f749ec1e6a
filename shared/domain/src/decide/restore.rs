//! An off-boarding is undone, within the days in which that is possible.

use super::{answer::welcome, due::schedule, entry::about_member};
use crate::{
    Action, Change, Code, Membership, Occasion, Organization, Outcome, Refusal, Role,
    membership::State,
};

/// Undoes an off-boarding. Links from before stay dead.
///
/// # Errors
/// A refusal when the time for that has passed, or when no seat is free.
pub fn restore(
    mut org: Organization,
    mut membership: Membership,
    occasion: &Occasion,
) -> Result<Outcome, Refusal> {
    let now = occasion.now;
    match &membership.state {
        State::OffBoarded { undo_until, .. } if now < *undo_until => {}
        State::OffBoarded { .. } => {
            return Err(Refusal::new(
                Code::NotPossibleNow,
                "the time in which this could be undone has passed",
            ));
        }
        State::Proposed { .. }
        | State::Invited { .. }
        | State::Active
        | State::Warned { .. }
        | State::Closed { .. } => {
            return Err(Refusal::new(
                Code::NotPossibleNow,
                "this person was not off-boarded",
            ));
        }
    }
    if !org.has_free_seat() {
        return Err(Refusal::of(Code::SeatCapReached));
    }
    org.take_seat();
    if membership.role == Role::Lead {
        org.add_lead(&membership.email, now);
    }
    membership.state = State::Active;
    // They are what they were, since they became it.
    membership.since = membership.joined_at.unwrap_or(now);
    membership.kept_at = Some(now);
    membership.returned = membership.returned.next(now);
    if membership.access_until.is_some_and(|until| until <= now) {
        membership.access_until = None;
        membership.access_reminded = None;
    }
    schedule(&mut membership, &org.policy, Some(now));
    let reason = "undone within the days in which that is possible";
    let entry = about_member(&membership, Action::MemberRestored, reason, occasion);
    Ok(Outcome::default()
        .note(entry)
        .tell(welcome(&org, &membership))
        .look(&org, &membership.email)
        .change(Change::Organization(org))
        .change(Change::Membership(membership)))
}
