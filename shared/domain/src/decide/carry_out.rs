//! Turns a transition of the sweep into changes, messages and audit entries.

use std::fmt::Display;

use jiff::{SignedDuration, Timestamp};

use super::{
    answer::close,
    due::{latest_reminder, schedule, schedule_again},
    entry::about_member,
    invite::invitation_mail,
    offboard::{OffboardState, Offboarding, end, may_take_over},
    tick::{LOOK_AGAIN_AFTER, TELL_AGAIN_AFTER},
    transition::Transition,
};
use crate::{
    Action, AuditEntry, Change, Customer, Days, Mail, Membership, Message, Occasion, Organization,
    Outcome, Proof, Version,
    audit::Rule,
    desk::Desk,
    membership::{AT_THE_DATE, ClosedReason, Leaving, OffboardReason, State},
    policy::later,
    sweep::Exemption,
};

/// The time after which the sweep looks again at what fell due together with something else.
const NEXT_SWEEP: SignedDuration = SignedDuration::from_mins(15);

/// Everything that a transition may need, as it was read.
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
    /// The membership of the colleague who takes over after a planned off-boarding
    /// (`membership.leaving`), if one is named and known. They may have left meanwhile.
    pub successor: Option<Membership>,
    /// The number of their open requests, as far as counted.
    pub open_requests: u32,
}

/// Turns a transition into its outcome.
///
/// [`Transition::HandOver`] changes nothing here: it is carried out request by request.
pub fn carry_out(transition: &Transition, due: Due, occasion: &Occasion) -> Outcome {
    match transition {
        Transition::RemindInvitee => remind_invitee(due, occasion),
        Transition::Lapse => lapse(due, occasion),
        Transition::Warn => warn(due, occasion),
        Transition::Remind(days) => remind(due, *days, occasion),
        Transition::Remove => remove(due, OffboardReason::Inactive, occasion),
        Transition::EndAccess => remove(due, OffboardReason::Expired, occasion),
        Transition::Keep => {
            let reason = void(&due);
            keep(due, LOOK_AGAIN_AFTER, &reason, occasion)
        }
        Transition::Postpone => postpone(due),
        Transition::Spare(why) => spare(due, *why, occasion),
        Transition::RemindOfEnd(days) => remind_of_end(due, *days, occasion),
        Transition::Leave => leave(due, occasion),
        Transition::Reduce => forget(due, "the time for undoing has passed", occasion),
        Transition::Forget => forget(due, "the invitation came to nothing", occasion),
        Transition::HandOver
        | Transition::WouldSpare(_)
        | Transition::WouldWarn
        | Transition::WouldRemove => Outcome::default(),
    }
}

/// A membership that changed, with one mail and one entry.
fn told(membership: Membership, mail: Message, entry: AuditEntry) -> Outcome {
    Outcome::default()
        .note(entry)
        .tell(mail)
        .change(Change::Membership(membership))
}

/// The condition that the person's record is still the one that was read: activity up to the
/// instant of the commit cancels what the sweep is about to do.
fn unchanged(membership: &Membership, customer: Option<&Customer>) -> Change {
    Change::CustomerUnchanged {
        email: membership.email.clone(),
        version: customer.map_or(Version::NEW, |c| c.version),
    }
}

fn last_active(due: &Due) -> Option<Timestamp> {
    due.customer.as_ref().and_then(|c| c.last_active_at)
}

fn remind_invitee(due: Due, occasion: &Occasion) -> Outcome {
    let (org, mut membership) = (due.org, due.membership);
    if let State::Invited { reminded, .. } = &mut membership.state {
        *reminded = true;
    }
    schedule(&mut membership, &org.policy, None);
    let action = Action::InvitationReminded;
    let entry = about_member(&membership, action, "has not answered yet", occasion);
    let mail = invitation_mail(&org, &membership, true);
    told(membership, mail, entry)
}

fn lapse(due: Due, occasion: &Occasion) -> Outcome {
    let now = occasion.now;
    let reason = if due.membership.is_over(now) {
        Rule::Ended(OffboardReason::Expired)
    } else if due.membership.holds_seat() {
        Rule::InviteeSilent
    } else {
        Rule::AdministratorsSilent
    };
    let action = Action::InvitationExpired;
    let entry = about_member(&due.membership, action, &reason, occasion);
    close(due.org, due.membership, ClosedReason::Expired, now).note(entry)
}

fn warning(org: &Organization, grace_until: Timestamp, reminder: bool) -> Mail {
    Mail::InactivityWarning {
        org_name: org.name.clone(),
        quiet_days: org.policy.inactivity.warn_after_days,
        grace_until,
        reminder,
    }
}

/// Warns a quiet member. The customer's version is not checked, as it is for a removal: an activity
/// that is missed here voids the warning at the next look, long before the grace has passed.
fn warn(due: Due, occasion: &Occasion) -> Outcome {
    let now = occasion.now;
    let (org, mut membership) = (due.org, due.membership);
    let policy = &org.policy.inactivity;
    let grace_until = policy.grace_days.after(now);
    membership.state = State::Warned {
        at: now,
        grace_until,
        // Skips a reminder that would leave in the same hour as the warning, when the grace is as
        // long as the reminder's days ahead.
        reminded: latest_reminder(&policy.remind_days_before, grace_until, now),
    };
    membership.since = now;
    schedule(&mut membership, &org.policy, None);
    let reason = Rule::QuietFor(policy.warn_after_days);
    let entry = about_member(&membership, Action::MemberWarned, &reason, occasion);
    let mail = warning(&org, grace_until, false);
    let mail = Message::to_member(&org, &membership.email, mail);
    told(membership, mail, entry)
}

fn remind(due: Due, days: Days, occasion: &Occasion) -> Outcome {
    let (org, mut membership) = (due.org, due.membership);
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
    let reason = format!("{} days or less before access ends for inactivity", days.0);
    let entry = about_member(&membership, Action::MemberReminded, &reason, occasion);
    let mail = Message::to_member(&org, &membership.email, mail);
    told(membership, mail, entry)
}

/// Ends access because a deadline passed, and tells the person. Leads read about removals for
/// inactivity in the run's digest, and about other ends of access at once.
fn remove(due: Due, why: OffboardReason, occasion: &Occasion) -> Outcome {
    let checked = unchanged(&due.membership, due.customer.as_ref());
    let mail = Mail::AccessEnded {
        org_name: due.org.name.clone(),
        why,
    };
    let farewell = Message::to_member(&due.org, &due.membership.email, mail);
    let asked = Offboarding {
        why,
        at: None,
        hand_over_to: None,
    };
    let mut outcome = end(state_of(due), &asked, occasion, None);
    if why == OffboardReason::Inactive {
        outcome.messages.clear();
    }
    outcome.tell(farewell).change(checked)
}

fn state_of(due: Due) -> OffboardState {
    OffboardState {
        org: due.org,
        desk: due.desk,
        membership: Some(due.membership),
        successor: due.successor,
        open_requests: due.open_requests,
    }
}

/// Returns the reason why a warning is void.
fn void(due: &Due) -> Rule {
    let warned_at = match &due.membership.state {
        State::Warned { at, .. } => Some(*at),
        State::Active
        | State::Proposed { .. }
        | State::Invited { .. }
        | State::OffBoarded { .. }
        | State::Closed { .. } => None,
    };
    let reachable_since = due.customer.as_ref().and_then(|c| c.reachable_since);
    if warned_at.is_some() && reachable_since >= warned_at {
        Rule::Unreached
    } else {
        Rule::ActiveAgain
    }
}

fn keep(
    due: Due,
    look_again_after: SignedDuration,
    reason: &(impl Display + ?Sized),
    occasion: &Occasion,
) -> Outcome {
    let now = occasion.now;
    let last_active = last_active(&due);
    let (org, mut membership) = (due.org, due.membership);
    membership.state = State::Active;
    membership.since = now;
    let again = later(now, look_again_after);
    schedule_again(&mut membership, &org.policy, last_active, now, again);
    let entry = about_member(&membership, Action::MemberKept, reason, occasion);
    Outcome::default()
        .note(entry)
        .change(Change::Membership(membership))
}

/// Moves the deadline alone. Nothing about the membership changes, so there is no audit entry.
fn postpone(due: Due) -> Outcome {
    let last_active = last_active(&due);
    let (org, mut membership) = (due.org, due.membership);
    schedule(&mut membership, &org.policy, last_active);
    Outcome::default().change(Change::Membership(membership))
}

/// Spares somebody whom the rule alone would warn or remove.
///
/// A warning is void then, unless they are spared only because nobody is there to ask
/// ([`Exemption::Vacant`]). For a last lead the administrators are told, since somebody has to
/// decide. For people whom no mail reaches, [`hold_unreachable`](super::hold_unreachable) tells the
/// leads.
///
/// A last lead whose date has come counts as gone until the sweep writes that they stay. The links
/// that ended at the date stay dead.
fn spare(mut due: Due, why: Exemption, occasion: &Occasion) -> Outcome {
    let now = occasion.now;
    let membership = &mut due.membership;
    let mut back = Outcome::default();
    if membership.is_over(now) {
        membership.access_reminded = AT_THE_DATE;
        membership.end_links();
        back = back.look(&due.org, &membership.email);
    }
    let message = match why {
        Exemption::LastLead => due.desk.as_ref().and_then(|desk| {
            let mail = Mail::LastLeadSpared {
                org_name: due.org.name.clone(),
                lead: due.membership.email.clone(),
            };
            Message::to_administrators(&due.org.desk, &desk.administrators, mail)
        }),
        Exemption::Lead
        | Exemption::OpenRequest
        | Exemption::Marked
        | Exemption::Unreachable
        | Exemption::Vacant => None,
    };
    let look_again_after = match why {
        Exemption::Unreachable => TELL_AGAIN_AFTER,
        Exemption::Lead
        | Exemption::LastLead
        | Exemption::OpenRequest
        | Exemption::Marked
        | Exemption::Vacant => LOOK_AGAIN_AFTER,
    };
    let is_void = why != Exemption::Vacant;
    let outcome = if is_void && matches!(due.membership.state, State::Warned { .. }) {
        keep(due, look_again_after, exempt_in_words(why), occasion)
    } else {
        let last_active = last_active(&due);
        let (org, mut membership) = (due.org, due.membership);
        let again = later(now, look_again_after);
        schedule_again(&mut membership, &org.policy, last_active, now, again);
        Outcome::default().change(Change::Membership(membership))
    };
    outcome.tell_all(message).extend(back)
}

fn exempt_in_words(why: Exemption) -> &'static str {
    match why {
        Exemption::Lead => "is exempt: leads the organisation",
        Exemption::LastLead => "is exempt: is the organisation's last lead",
        Exemption::OpenRequest => "is exempt: has an open request",
        Exemption::Marked => "is exempt: was marked by hand",
        Exemption::Unreachable => "stays: no mail reaches them, so they could not be warned",
        Exemption::Vacant => "stays: nobody leads the organisation whom mail reaches",
    }
}

fn remind_of_end(due: Due, days: Days, occasion: &Occasion) -> Outcome {
    let now = occasion.now;
    let last_active = last_active(&due);
    let (org, mut membership) = (due.org, due.membership);
    let Some(access_until) = membership.access_until else {
        return Outcome::default();
    };
    membership.access_reminded = Some(days);
    // If they are quiet, too, or a grace ends, the next sweep looks at that by itself.
    let again = later(now, NEXT_SWEEP);
    schedule_again(&mut membership, &org.policy, last_active, now, again);
    let reason = format!("{} days or less before access ends on its date", days.0);
    let entry = about_member(&membership, Action::MemberReminded, &reason, occasion);
    let mail = Mail::AccessEnding {
        org_name: org.name.clone(),
        access_until,
    };
    let mail = Message::to_member(&org, &membership.email, mail);
    told(membership, mail, entry)
}

/// Carries out a planned off-boarding as it was asked for. When the colleague who should take over
/// has left meanwhile, the open requests are listed to the leads instead. All leads are told, since
/// the plan is long ago.
fn leave(mut due: Due, occasion: &Occasion) -> Outcome {
    let now = occasion.now;
    let Some(Leaving {
        why,
        hand_over_to,
        by,
        ..
    }) = due.membership.leaving.take()
    else {
        return Outcome::default();
    };
    let proof = Proof {
        actor: by,
        evidence: occasion.proof.evidence.clone(),
    };
    let asked = Offboarding {
        why,
        at: None,
        hand_over_to: hand_over_to
            .filter(|to| may_take_over(due.successor.as_ref(), to, &due.membership, now)),
    };
    end(state_of(due), &asked, &proof.at(now), None)
}

/// Forgets a membership. The person's own record takes over the membership's epoch, so that links
/// from before stay dead although nothing else remembers them.
fn forget(due: Due, reason: &str, occasion: &Occasion) -> Outcome {
    let membership = due.membership;
    let left = membership.leaves_trace();
    let entry = about_member(&membership, Action::RecordReduced, reason, occasion);
    let customer = (membership.epoch > 0).then(|| {
        let mut customer = due
            .customer
            .unwrap_or_else(|| Customer::new(membership.email.clone(), None));
        customer.end_links(membership.epoch);
        Change::Customer(customer)
    });
    Outcome::default()
        .note(entry)
        .change(Change::Forget { membership, left })
        .change_all(customer)
}
