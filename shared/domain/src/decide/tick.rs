//! What the passing of time does to one membership.
//!
//! [`tick`] asks one pure question and [`carry_out`] turns its answer into changes, messages and
//! audit entries. A second tick at the same instant finds nothing to do.

use jiff::{SignedDuration, Timestamp};

use super::{
    answer::close,
    due::{next_due, next_reminder, quiet_at, schedule},
    invite::invitation_mail,
    offboard::{OffboardState, Offboarding, end},
};
use crate::{
    Action, AuditEntry, Change, Customer, Days, Mail, Membership, Message, Organization, Outcome,
    Proof, Subject, Version,
    desk::Desk,
    membership::{ClosedReason, Leaving, OffboardReason, State},
    organization::day_of,
    policy::Mode,
    sweep::Exemption,
};

/// How long until somebody who was spared is looked at again.
const LOOK_AGAIN_AFTER: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What the sweep knows about a person besides the membership.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Facts {
    /// When they were last active, as recorded.
    pub last_active: Option<Timestamp>,
    /// Whether they have an open request.
    pub open_requests: bool,
}

/// What is to happen to a membership now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Transition {
    /// The invitee is reminded, once.
    RemindInvitee,
    /// The invitation, or the question to an administrator, lapses.
    Lapse,
    /// A quiet member is warned, and the grace begins.
    Warn,
    /// A warned member is reminded, this many days ahead.
    Remind(Days),
    /// The grace has passed: access ends.
    Remove,
    /// A warned member was active: the warning is void.
    Keep,
    /// An active member was active: only the deadline moves.
    Postpone,
    /// A quiet or warned member stays all the same.
    Spare(Exemption),
    /// A member whose access ends on a date is told, this many days ahead.
    RemindOfEnd(Days),
    /// The date came: access ends.
    EndAccess,
    /// The date of a planned off-boarding came.
    Leave,
    /// A hand-over of requests was interrupted and goes on.
    HandOver,
    /// The time for undoing has passed: the record is reduced.
    Reduce,
    /// An invitation that came to nothing is forgotten.
    Forget,
    /// In `observe` mode: would stay all the same.
    WouldSpare(Exemption),
    /// In `observe` mode: would be warned.
    WouldWarn,
    /// In `observe` mode: would be removed.
    WouldRemove,
}

/// What time does to a membership at `now`; `None` when nothing is due.
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
    match &membership.state {
        State::Proposed { expires_at, .. } => (*expires_at <= now).then_some(Transition::Lapse),
        State::Invited {
            expires_at,
            reminded,
            ..
        } => {
            let over = membership.access_until.is_some_and(|until| until <= now);
            if *expires_at <= now || over {
                Some(Transition::Lapse)
            } else {
                (!reminded).then_some(Transition::RemindInvitee)
            }
        }
        State::Active | State::Warned { .. } => access(membership, org, facts, now),
        State::OffBoarded {
            undo_until,
            hand_over_to,
            ..
        } => Some(if *undo_until <= now {
            Transition::Reduce
        } else if hand_over_to.is_some() {
            Transition::HandOver
        } else {
            Transition::Postpone
        }),
        State::Closed { .. } => Some(Transition::Forget),
    }
}

/// The same for somebody who has access: first the date on which it ends, then inactivity.
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
        let ahead = &org.policy.inactivity.remind_days_before;
        if next_reminder(ahead, end, membership.access_reminded).is_some_and(|(_, at)| at <= now) {
            return Some(Transition::RemindOfEnd(latest_reminder(ahead, end, now)));
        }
    }
    inactivity(membership, org, facts, now)
}

/// Of the reminders that are due, the one nearest to the end: missed ones are not made up for.
fn latest_reminder(ahead: &[Days], end: Timestamp, now: Timestamp) -> Days {
    ahead
        .iter()
        .copied()
        .filter(|days| days.before(end) <= now)
        .min()
        .expect("the caller found one that is due")
}

fn inactivity(
    membership: &Membership,
    org: &Organization,
    facts: &Facts,
    now: Timestamp,
) -> Option<Transition> {
    let policy = &org.policy.inactivity;
    let quiet = quiet_at(membership, &org.policy, facts.last_active) <= now;
    let observed = policy.mode == Mode::Observe;
    let (warned_at, grace_until, reminded) = match &membership.state {
        State::Warned {
            at,
            grace_until,
            reminded,
        } => (*at, *grace_until, *reminded),
        State::Active
        | State::Proposed { .. }
        | State::Invited { .. }
        | State::OffBoarded { .. }
        | State::Closed { .. } => {
            if !quiet {
                return Some(Transition::Postpone);
            }
            return Some(match (exemption(membership, org, facts), observed) {
                (Some(why), false) => Transition::Spare(why),
                (Some(why), true) => Transition::WouldSpare(why),
                (None, false) => Transition::Warn,
                (None, true) => Transition::WouldWarn,
            });
        }
    };
    // Activity is known by the day, and a warning is written only after many days without any:
    // activity on the day of the warning came after it.
    let active_since = facts
        .last_active
        .is_some_and(|last| day_of(last) >= day_of(warned_at))
        || membership.kept_at.is_some_and(|kept| kept >= warned_at);
    if active_since {
        // When that activity is long past itself, a new warning begins a new, whole grace.
        let warn_anew = quiet && !observed && exemption(membership, org, facts).is_none();
        return Some(if warn_anew {
            Transition::Warn
        } else {
            Transition::Keep
        });
    }
    if let Some(why) = exemption(membership, org, facts) {
        return Some(if observed {
            Transition::WouldSpare(why)
        } else {
            Transition::Spare(why)
        });
    }
    if grace_until <= now {
        return Some(if observed {
            Transition::WouldRemove
        } else if org.is_last_lead(&membership.email) {
            Transition::Spare(Exemption::LastLead)
        } else {
            Transition::Remove
        });
    }
    let ahead = &policy.remind_days_before;
    let due = next_reminder(ahead, grace_until, reminded).is_some_and(|(_, at)| at <= now);
    (due && !observed).then(|| Transition::Remind(latest_reminder(ahead, grace_until, now)))
}

fn exemption(membership: &Membership, org: &Organization, facts: &Facts) -> Option<Exemption> {
    let policy = &org.policy.inactivity;
    if membership.exempt {
        Some(Exemption::Marked)
    } else if policy.exempt_leads && org.leads.contains(&membership.email) {
        Some(Exemption::Lead)
    } else if policy.exempt_open_requests && facts.open_requests {
        Some(Exemption::OpenRequest)
    } else {
        None
    }
}

/// Everything a transition may need. What it does not change is checked to be as it was read.
#[derive(Debug, Clone)]
pub struct Due {
    /// The organisation.
    pub org: Organization,
    /// The desk that serves it.
    pub desk: Option<Desk>,
    /// The membership.
    pub membership: Membership,
    /// The person, if they are known.
    pub customer: Option<Customer>,
    /// How many open requests they have, as far as counted.
    pub open_requests: u32,
}

/// What a transition changes, whom it tells, and what the audit keeps.
///
/// [`Transition::HandOver`] changes nothing here: it is carried out request by request.
pub fn carry_out(transition: &Transition, due: Due, proof: &Proof, now: Timestamp) -> Outcome {
    let last_active = due.customer.as_ref().and_then(|c| c.last_active_at);
    match transition {
        Transition::RemindInvitee => remind_invitee(due, proof, now),
        Transition::Lapse => {
            let entry = entry(&due.membership, Action::InvitationExpired, proof, now);
            let mut outcome = close(due.org, due.membership, ClosedReason::Expired, now);
            outcome.audit.push(entry);
            outcome
        }
        Transition::Warn => warn(due, proof, now),
        Transition::Remind(days) => remind(due, *days, proof, now),
        Transition::Remove => remove(due, OffboardReason::Inactive, proof, now),
        Transition::EndAccess => remove(due, OffboardReason::Expired, proof, now),
        Transition::Keep => keep(due, last_active, "was active after the warning", proof, now),
        Transition::Postpone => postpone(due, last_active),
        Transition::Spare(why) => spare(due, *why, last_active, proof, now),
        Transition::RemindOfEnd(days) => remind_of_end(due, *days, last_active, proof, now),
        Transition::Leave => leave(due, proof, now),
        Transition::Reduce => forget(due.membership, true, proof, now),
        Transition::Forget => forget(due.membership, false, proof, now),
        Transition::HandOver
        | Transition::WouldSpare(_)
        | Transition::WouldWarn
        | Transition::WouldRemove => Outcome::default(),
    }
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

fn tell_member(org: &Organization, membership: &Membership, mail: Mail) -> Message {
    Message {
        to: vec![membership.email.clone()],
        desk: org.desk.clone(),
        org: Some(org.id.clone()),
        mail,
    }
}

/// The person's record must still be the one that was read: activity up to the instant of the
/// commit cancels what the sweep is about to do.
fn unchanged(membership: &Membership, customer: Option<&Customer>) -> Change {
    Change::CustomerUnchanged {
        email: membership.email.clone(),
        version: customer.map_or(Version::NEW, |c| c.version),
    }
}

fn remind_invitee(due: Due, proof: &Proof, now: Timestamp) -> Outcome {
    let Due {
        org,
        mut membership,
        ..
    } = due;
    if let State::Invited { reminded, .. } = &mut membership.state {
        *reminded = true;
    }
    schedule(&mut membership, &org.policy, None);
    Outcome {
        messages: vec![invitation_mail(&org, &membership, true)],
        audit: vec![entry(&membership, Action::InvitationReminded, proof, now)],
        changes: vec![Change::Membership(membership)],
    }
}

fn warning(org: &Organization, grace_until: Timestamp, reminder: bool) -> Mail {
    Mail::InactivityWarning {
        org_name: org.name.clone(),
        quiet_days: org.policy.inactivity.warn_after_days,
        grace_until,
        reminder,
    }
}

fn warn(due: Due, proof: &Proof, now: Timestamp) -> Outcome {
    let Due {
        org,
        mut membership,
        customer,
        ..
    } = due;
    let grace_until = org.policy.inactivity.grace_days.after(now);
    membership.state = State::Warned {
        at: now,
        grace_until,
        reminded: None,
    };
    membership.since = now;
    schedule(&mut membership, &org.policy, None);
    let checked = unchanged(&membership, customer.as_ref());
    Outcome {
        messages: vec![tell_member(
            &org,
            &membership,
            warning(&org, grace_until, false),
        )],
        audit: vec![entry(&membership, Action::MemberWarned, proof, now).because("was quiet")],
        changes: vec![Change::Membership(membership), checked],
    }
}

fn remind(due: Due, days: Days, proof: &Proof, now: Timestamp) -> Outcome {
    let Due {
        org,
        mut membership,
        ..
    } = due;
    let State::Warned {
        grace_until,
        reminded,
        ..
    } = &mut membership.state
    else {
        return Outcome::default();
    };
    *reminded = Some(days);
    let mail = warning(&org, *grace_until, true);
    schedule(&mut membership, &org.policy, None);
    Outcome {
        messages: vec![tell_member(&org, &membership, mail)],
        audit: vec![entry(&membership, Action::MemberReminded, proof, now)],
        changes: vec![Change::Membership(membership)],
    }
}

/// Ends access because a deadline passed: the person is told; the lead learns of removals for
/// inactivity from the run's digest, of the others at once.
fn remove(due: Due, why: OffboardReason, proof: &Proof, now: Timestamp) -> Outcome {
    let Due {
        org,
        desk,
        membership,
        customer,
        open_requests,
    } = due;
    let checked = unchanged(&membership, customer.as_ref());
    let mail = Mail::AccessEnded {
        org_name: org.name.clone(),
        why,
    };
    let farewell = tell_member(&org, &membership, mail);
    let asked = Offboarding {
        why,
        at: None,
        hand_over_to: None,
    };
    let state = OffboardState {
        org,
        desk,
        membership: Some(membership),
        successor: None,
        open_requests,
    };
    let mut outcome = end(state, &asked, proof, now);
    if why == OffboardReason::Inactive {
        outcome.messages.clear();
    }
    outcome.messages.push(farewell);
    outcome.changes.push(checked);
    outcome
}

fn keep(
    due: Due,
    last_active: Option<Timestamp>,
    reason: &str,
    proof: &Proof,
    now: Timestamp,
) -> Outcome {
    let Due {
        org,
        mut membership,
        ..
    } = due;
    membership.state = State::Active;
    membership.since = now;
    schedule(&mut membership, &org.policy, last_active);
    if membership.due_at.is_some_and(|due| due <= now) {
        look_again(&mut membership, &org, now);
    }
    Outcome {
        audit: vec![entry(&membership, Action::MemberKept, proof, now).because(reason)],
        changes: vec![Change::Membership(membership)],
        messages: Vec::new(),
    }
}

/// Only the deadline moves. Nothing about the membership changed, so there is no audit entry.
fn postpone(due: Due, last_active: Option<Timestamp>) -> Outcome {
    let Due {
        org,
        mut membership,
        ..
    } = due;
    schedule(&mut membership, &org.policy, last_active);
    Outcome {
        changes: vec![Change::Membership(membership)],
        ..Outcome::default()
    }
}

/// Sets the next look at somebody whose quiet deadline has passed and who stays.
fn look_again(membership: &mut Membership, org: &Organization, now: Timestamp) {
    let again = now
        .saturating_add(LOOK_AGAIN_AFTER)
        .expect("adding an absolute duration saturates");
    let mut others = membership.clone();
    if others.access_until.is_some_and(|end| end <= now) {
        others.access_until = None;
    }
    membership.due_at = next_due(&others, &org.policy, again);
}

fn spare(
    due: Due,
    why: Exemption,
    last_active: Option<Timestamp>,
    proof: &Proof,
    now: Timestamp,
) -> Outcome {
    let told = (why == Exemption::LastLead)
        .then(|| due.desk.clone())
        .flatten();
    let lead = due.membership.email.clone();
    let (org_name, desk_id) = (due.org.name.clone(), due.org.desk.clone());
    let mut outcome = if matches!(due.membership.state, State::Warned { .. }) {
        keep(due, last_active, "is exempt", proof, now)
    } else {
        let Due {
            org,
            mut membership,
            ..
        } = due;
        look_again(&mut membership, &org, now);
        Outcome {
            changes: vec![Change::Membership(membership)],
            ..Outcome::default()
        }
    };
    if let Some(desk) = told.filter(|desk| !desk.administrators.is_empty()) {
        outcome.messages.push(Message {
            to: desk.administrators.into_iter().collect(),
            desk: desk_id,
            org: None,
            mail: Mail::LastLeadSpared { org_name, lead },
        });
    }
    outcome
}

fn remind_of_end(
    due: Due,
    days: Days,
    last_active: Option<Timestamp>,
    proof: &Proof,
    now: Timestamp,
) -> Outcome {
    let Due {
        org,
        mut membership,
        ..
    } = due;
    let Some(access_until) = membership.access_until else {
        return Outcome::default();
    };
    membership.access_reminded = Some(days);
    schedule(&mut membership, &org.policy, last_active);
    if membership.due_at.is_some_and(|due| due <= now) {
        // Quiet as well: that is looked at in its own time, not in the same instant.
        look_again(&mut membership, &org, now);
    }
    let mail = Mail::AccessEnding {
        org_name: org.name.clone(),
        access_until,
    };
    Outcome {
        messages: vec![tell_member(&org, &membership, mail)],
        audit: vec![entry(&membership, Action::MemberReminded, proof, now)],
        changes: vec![Change::Membership(membership)],
    }
}

/// A planned off-boarding is carried out as it was asked for.
fn leave(due: Due, proof: &Proof, now: Timestamp) -> Outcome {
    let Due {
        org,
        desk,
        membership,
        open_requests,
        ..
    } = due;
    let Some(Leaving {
        why,
        hand_over_to,
        by,
        ..
    }) = membership.leaving.clone()
    else {
        return Outcome::default();
    };
    let proof = Proof {
        actor: by,
        evidence: proof.evidence.clone(),
    };
    let asked = Offboarding {
        why,
        at: None,
        hand_over_to,
    };
    let state = OffboardState {
        org,
        desk,
        membership: Some(membership),
        successor: None,
        open_requests,
    };
    end(state, &asked, &proof, now)
}

fn forget(membership: Membership, left: bool, proof: &Proof, now: Timestamp) -> Outcome {
    Outcome {
        audit: vec![entry(&membership, Action::RecordReduced, proof, now)],
        changes: vec![Change::Forget { membership, left }],
        messages: Vec::new(),
    }
}
