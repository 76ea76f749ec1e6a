//! The next instant at which the sweep looks at a membership.
//!
//! Timers are lazy: activity moves none. When one falls due, the sweep looks at what was recorded
//! and sets the next.

use jiff::{SignedDuration, Timestamp};

use crate::{
    Days, Membership, Policy,
    membership::{Leaving, State},
    policy::later,
};

/// The time after which the sweep finishes a hand-over of requests that was cut off.
const HAND_OVER_AGAIN_AFTER: SignedDuration = SignedDuration::from_mins(15);

/// Returns the last sign that access is wanted: an activity, or the instant at which access began
/// or was kept.
fn last_sign(membership: &Membership, last_active: Option<Timestamp>) -> Timestamp {
    [membership.joined_at, membership.kept_at, last_active]
        .into_iter()
        .flatten()
        .max()
        .unwrap_or(membership.since)
}

/// Returns the instant from which a membership counts as quiet, without any further activity.
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

/// Returns the next reminder: its number of days ahead, and the instant at which it is due.
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

/// Returns the reminder nearest to the end whose instant has come. Missed ones are not sent later.
pub(super) fn latest_reminder(ahead: &[Days], end: Timestamp, now: Timestamp) -> Option<Days> {
    ahead
        .iter()
        .copied()
        .filter(|days| days.before(end) <= now)
        .min()
}

/// Returns every instant at which something happens by itself.
fn deadlines(
    membership: &Membership,
    policy: &Policy,
    last_active: Option<Timestamp>,
) -> [Option<Timestamp>; 4] {
    let leaving = membership.leaving.as_ref().map(|Leaving { at, .. }| *at);
    let ahead = &policy.inactivity.remind_days_before;
    let until = |end, reminded| {
        next_reminder(ahead, end, reminded).map_or(end, |(_, at): (Days, _)| at.min(end))
    };
    let access_ends = membership
        .access_until
        .map(|end| until(end, membership.access_reminded));
    let kept_at = membership.kept_at.unwrap_or(membership.since);
    let hand_back = membership.handed.as_ref();
    let hand_back = hand_back.map(|_| later(kept_at, HAND_OVER_AGAIN_AFTER));
    match &membership.state {
        State::Proposed { expires_at, .. } => [Some(*expires_at), None, None, None],
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
            [Some(own), leaving, membership.access_until, None]
        }
        State::Active => [
            Some(quiet_at(membership, policy, last_active)),
            leaving,
            access_ends,
            hand_back,
        ],
        State::Warned {
            grace_until,
            reminded,
            ..
        } => [
            Some(until(*grace_until, *reminded)),
            leaving,
            access_ends,
            hand_back,
        ],
        State::OffBoarded {
            undo_until,
            hand_over_to,
            ..
        } => {
            let again = later(membership.since, HAND_OVER_AGAIN_AFTER);
            let hand_over = hand_over_to.as_ref().map(|_| again);
            [Some(*undo_until), hand_over, None, None]
        }
        State::Closed { .. } => [
            Some(policy.undo_days.after(membership.since)),
            None,
            None,
            None,
        ],
    }
}

/// Sets the next deadline of a membership whose person was last active at `last_active`.
pub(super) fn schedule(
    membership: &mut Membership,
    policy: &Policy,
    last_active: Option<Timestamp>,
) {
    membership.due_at = deadlines(membership, policy, last_active)
        .into_iter()
        .flatten()
        .min();
}

/// Sets the next deadline as [`schedule`] does, but puts whatever was due by `now` off until
/// `again`.
pub(super) fn schedule_again(
    membership: &mut Membership,
    policy: &Policy,
    last_active: Option<Timestamp>,
    now: Timestamp,
    again: Timestamp,
) {
    membership.due_at = deadlines(membership, policy, last_active)
        .into_iter()
        .flatten()
        .map(|due| if due <= now { again } else { due })
        .min();
}
