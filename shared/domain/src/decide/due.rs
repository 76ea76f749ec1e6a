//! When the sweep should next look at a membership.
//!
//! Timers are lazy: activity moves none. When one falls due, the sweep looks at what was recorded
//! and sets the next.

use jiff::Timestamp;

use crate::{
    Days, Membership, Policy,
    membership::{Leaving, State},
};

/// How long after an off-boarding the sweep finishes handing over requests, should the function
/// that began it have been cut off.
const HAND_OVER_AGAIN_AFTER: jiff::SignedDuration = jiff::SignedDuration::from_mins(15);

/// The last sign that access is wanted: an activity, or the day it began or was kept.
pub(super) fn last_sign(membership: &Membership, last_active: Option<Timestamp>) -> Timestamp {
    [membership.joined_at, membership.kept_at, last_active]
        .into_iter()
        .flatten()
        .max()
        .unwrap_or(membership.since)
}

/// When a membership without any further activity counts as quiet.
pub(super) fn quiet_at(
    membership: &Membership,
    policy: &Policy,
    last_active: Option<Timestamp>,
) -> Timestamp {
    policy
        .inactivity
        .warn_after_days
        .after(last_sign(membership, last_active))
}

/// The largest number of days ahead, of those not reminded of yet, and the instant it falls on.
pub(super) fn next_reminder(
    ahead: &[Days],
    end: Timestamp,
    reminded: Option<Days>,
) -> Option<(Days, Timestamp)> {
    ahead
        .iter()
        .copied()
        .filter(|days| reminded.is_none_or(|last| *days < last))
        .max()
        .map(|days| (days, days.before(end)))
}

/// The next instant at which something happens by itself, given when quiet begins to count.
pub(super) fn next_due(
    membership: &Membership,
    policy: &Policy,
    quiet_at: Timestamp,
) -> Option<Timestamp> {
    let leaving = membership.leaving.as_ref().map(|Leaving { at, .. }| *at);
    let ahead = &policy.inactivity.remind_days_before;
    let access_ends = membership.access_until.map(|end| {
        next_reminder(ahead, end, membership.access_reminded).map_or(end, |(_, at)| at.min(end))
    });
    let own = match &membership.state {
        State::Proposed { expires_at, .. } => return Some(*expires_at),
        State::Invited {
            expires_at,
            reminded,
            ..
        } => {
            let remind_at = policy.invitation.remind_after_days.after(membership.since);
            let own = if *reminded {
                *expires_at
            } else {
                remind_at.min(*expires_at)
            };
            // An invitation is not reminded of the end of an access that has not begun.
            return [Some(own), leaving, membership.access_until]
                .into_iter()
                .flatten()
                .min();
        }
        State::Active => quiet_at,
        State::Warned {
            grace_until,
            reminded,
            ..
        } => next_reminder(ahead, *grace_until, *reminded)
            .map_or(*grace_until, |(_, at)| at.min(*grace_until)),
        State::OffBoarded {
            undo_until,
            hand_over_to,
            ..
        } => {
            return Some(if hand_over_to.is_some() {
                membership
                    .since
                    .saturating_add(HAND_OVER_AGAIN_AFTER)
                    .expect("adding an absolute duration saturates")
                    .min(*undo_until)
            } else {
                *undo_until
            });
        }
        State::Closed { .. } => return Some(policy.undo_days.after(membership.since)),
    };
    [Some(own), leaving, access_ends]
        .into_iter()
        .flatten()
        .min()
}

/// Sets the next deadline of a membership whose person was last active at `last_active`.
pub(super) fn schedule(
    membership: &mut Membership,
    policy: &Policy,
    last_active: Option<Timestamp>,
) {
    membership.due_at = next_due(
        membership,
        policy,
        quiet_at(membership, policy, last_active),
    );
}
