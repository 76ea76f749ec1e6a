//! The transition that is due for one membership.
//!
//! [`tick`] is one pure question; [`carry_out`](super::carry_out) turns its answer into changes,
//! messages and audit entries. A second tick at the same instant finds nothing to do.

use jiff::{SignedDuration, Timestamp};

use super::{
    due::{latest_reminder, next_reminder, quiet_at},
    transition::Transition,
};
use crate::{
    Customer, Days, Membership, Organization, membership::State, organization::day_of,
    policy::Mode, sweep::Exemption,
};

/// The time after which somebody who was spared is looked at again.
pub(super) const LOOK_AGAIN_AFTER: SignedDuration = SignedDuration::from_hours(7 * 24);
/// The time after which somebody whom no mail reaches is looked at again. Their leads are told each
/// time.
pub(super) const TELL_AGAIN_AFTER: SignedDuration = SignedDuration::from_hours(30 * 24);

/// The facts about a person that the sweep needs besides the membership.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Facts {
    /// The instant of their last recorded activity.
    pub last_active: Option<Timestamp>,
    /// `true` if they have an open request.
    pub open_requests: bool,
    /// `true` if no mail reaches them, so that a warning would not either.
    pub unreachable: bool,
    /// The instant since which mail reaches them again, if it once did not.
    pub reachable_since: Option<Timestamp>,
}

impl Facts {
    /// Returns the facts of a customer's record. Nothing is known of somebody without one.
    #[must_use]
    pub fn of(customer: Option<&Customer>) -> Self {
        Self {
            last_active: customer.and_then(|customer| customer.last_active_at),
            open_requests: false,
            unreachable: customer.is_some_and(Customer::is_unreachable),
            reachable_since: customer.and_then(|customer| customer.reachable_since),
        }
    }
}

/// Returns the transition that is due for a membership at `now`; `None` when nothing is due.
#[must_use]
pub fn tick(
    membership: &Membership,
    org: &Organization,
    facts: &Facts,
    now: Timestamp,
) -> Option<Transition> {
    if membership.due_at.is_none_or(|due| due > now) {
        return None;
    }
    if membership.holds_seat() && membership.leaving.as_ref().is_some_and(|l| l.at <= now) {
        return Some(Transition::Leave);
    }
    // Requests that were promised back come before anything else ends.
    if membership.handed.is_some() && membership.state.stage().has_access() {
        return Some(Transition::HandOver);
    }
    match &membership.state {
        State::Proposed { expires_at, .. } => Some(if *expires_at <= now {
            Transition::Lapse
        } else {
            Transition::Postpone
        }),
        State::Invited {
            expires_at,
            reminded,
            ..
        } => {
            let over = membership.access_until.is_some_and(|until| until <= now);
            let after = org.policy.invitation.remind_after_days;
            Some(if *expires_at <= now || over {
                Transition::Lapse
            } else if !reminded && after.after(membership.since) <= now {
                Transition::RemindInvitee
            } else {
                Transition::Postpone
            })
        }
        State::Active | State::Warned { .. } => access(membership, org, facts, now),
        // A hand-over that was promised comes before the record is reduced, however late.
        State::OffBoarded {
            undo_until,
            hand_over_to,
            ..
        } => Some(if hand_over_to.is_some() {
            Transition::HandOver
        } else if *undo_until <= now {
            Transition::Reduce
        } else {
            Transition::Postpone
        }),
        State::Closed { .. } => Some(Transition::Forget),
    }
}

/// Returns the transition of somebody who has access: first for the date on which it ends, then for
/// inactivity.
fn access(
    membership: &Membership,
    org: &Organization,
    facts: &Facts,
    now: Timestamp,
) -> Option<Transition> {
    if let Some(end) = membership.access_until {
        if end <= now {
            // The last lead stays: an organisation without one cannot look after itself.
            return Some(if org.is_last_lead(&membership.email) {
                Transition::Spare(Exemption::LastLead)
            } else {
                Transition::EndAccess
            });
        }
        if let Some(days) = reminder(org, end, membership.access_reminded, now) {
            return Some(Transition::RemindOfEnd(days));
        }
    }
    match &membership.state {
        State::Warned {
            at,
            grace_until,
            reminded,
        } => {
            let warning = Warning {
                at: *at,
                grace_until: *grace_until,
                reminded: *reminded,
            };
            warned(membership, &warning, org, facts, now)
        }
        State::Active
        | State::Proposed { .. }
        | State::Invited { .. }
        | State::OffBoarded { .. }
        | State::Closed { .. } => Some(active(membership, org, facts, now)),
    }
}

/// The reminder that is due before `end`, when one is.
fn reminder(
    org: &Organization,
    end: Timestamp,
    reminded: Option<Days>,
    now: Timestamp,
) -> Option<Days> {
    let ahead = &org.policy.inactivity.remind_days_before;
    next_reminder(ahead, end, reminded).filter(|(_, at)| *at <= now)?;
    latest_reminder(ahead, end, now)
}

/// Returns the transition of somebody who was not warned, by whether they are quiet.
fn active(
    membership: &Membership,
    org: &Organization,
    facts: &Facts,
    now: Timestamp,
) -> Transition {
    if quiet_at(membership, &org.policy, facts.last_active) > now {
        return Transition::Postpone;
    }
    match (exemption(membership, org, facts), observes(org)) {
        (Some(why), false) => Transition::Spare(why),
        (Some(why), true) => Transition::WouldSpare(why),
        (None, false) => Transition::Warn,
        (None, true) => Transition::WouldWarn,
    }
}

/// The state of somebody who was warned.
struct Warning {
    at: Timestamp,
    grace_until: Timestamp,
    reminded: Option<Days>,
}

/// Returns the transition of somebody who was warned, by their activity since, exemptions and the
/// end of the grace.
fn warned(
    membership: &Membership,
    warning: &Warning,
    org: &Organization,
    facts: &Facts,
    now: Timestamp,
) -> Option<Transition> {
    // Activity is known by the day. On the day of the warning it counts as later than the warning.
    // Somebody who was not quiet when they were warned, because of an activity that the sweep did
    // not see, was warned in error.
    let quiet_days = org.policy.inactivity.warn_after_days;
    let active_since = facts.last_active.is_some_and(|last| {
        day_of(last) >= day_of(warning.at) || quiet_days.after(last) > warning.at
    });
    // Somebody whom mail did not reach at some time since may not have read the warning.
    let missed = facts.reachable_since.is_some_and(|at| at >= warning.at);
    let exempt = exemption(membership, org, facts);
    if active_since || missed {
        // If that activity is long ago, too, a new warning begins a new, whole grace.
        let quiet = quiet_at(membership, &org.policy, facts.last_active) <= now;
        let anew = quiet && !observes(org) && exempt.is_none() && warning.at < now;
        return Some(if anew {
            Transition::Warn
        } else {
            Transition::Keep
        });
    }
    // Nobody is removed in the very instant in which they were warned, whatever the grace.
    let over = warning.grace_until <= now && warning.at < now;
    let last_lead = (over && org.is_last_lead(&membership.email)).then_some(Exemption::LastLead);
    // The warning stays, so the next lead sees when it ends.
    let vacant = (over && org.is_vacant()).then_some(Exemption::Vacant);
    match (exempt.or(last_lead).or(vacant), observes(org)) {
        (Some(why), false) => Some(Transition::Spare(why)),
        (Some(why), true) => Some(Transition::WouldSpare(why)),
        (None, false) if over => Some(Transition::Remove),
        (None, true) if over => Some(Transition::WouldRemove),
        (None, false) => {
            let due = reminder(org, warning.grace_until, warning.reminded, now);
            let early = (warning.grace_until > now).then_some(Transition::Postpone);
            due.map(Transition::Remind).or(early)
        }
        (None, true) => None,
    }
}

fn observes(org: &Organization) -> bool {
    org.policy.inactivity.mode == Mode::Observe
}

fn exemption(membership: &Membership, org: &Organization, facts: &Facts) -> Option<Exemption> {
    let policy = &org.policy.inactivity;
    if membership.exempt {
        Some(Exemption::Marked)
    } else if policy.exempt_leads && org.leads.contains(&membership.email) {
        Some(Exemption::Lead)
    } else if policy.exempt_open_requests && facts.open_requests {
        Some(Exemption::OpenRequest)
    } else if facts.unreachable {
        Some(Exemption::Unreachable)
    } else {
        None
    }
}
