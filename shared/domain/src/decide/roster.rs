//! The acts of a lead on their roster, besides inviting and off-boarding.

use std::fmt::Display;

use jiff::Timestamp;

use super::{
    answer::{close, said_just_now, still_wanted},
    due::schedule,
    entry::about_member,
    invite::invitation_mail,
};
use crate::{
    Action, Change, Code, EmailAddress, Mail, Membership, Message, Occasion, Organization, Outcome,
    Refusal, Role,
    audit::Rule,
    membership::{ClosedReason, Leaving, State},
    message::Opens,
};

fn changed(
    membership: Membership,
    action: Action,
    reason: &(impl Display + ?Sized),
    occasion: &Occasion,
) -> Outcome {
    Outcome::default()
        .note(about_member(&membership, action, reason, occasion))
        .change(Change::Membership(membership))
}

/// Takes an invitation back.
///
/// # Errors
/// A refusal when it is not open any more.
pub fn withdraw(
    org: Organization,
    membership: Membership,
    occasion: &Occasion,
) -> Result<Outcome, Refusal> {
    match membership.state {
        State::Invited { .. } | State::Proposed { .. } => {}
        State::Active | State::Warned { .. } | State::OffBoarded { .. } | State::Closed { .. } => {
            return Err(not_open());
        }
    }
    let (action, reason) = (Action::InvitationWithdrawn, "the inviter took it back");
    let entry = about_member(&membership, action, reason, occasion);
    Ok(close(org, membership, ClosedReason::Withdrawn, occasion.now).note(entry))
}

fn not_open() -> Refusal {
    Refusal::new(Code::NotPossibleNow, "the invitation is not open any more")
}

/// Sends an open invitation once more, with a new deadline. It counts against the day's limit.
///
/// # Errors
/// A refusal when it is not open any more, or when the day's limit is reached.
pub fn resend(
    mut org: Organization,
    mut membership: Membership,
    occasion: &Occasion,
) -> Result<Outcome, Refusal> {
    let now = occasion.now;
    let open = membership.awaits_answer(now);
    let State::Invited {
        expires_at,
        reminded,
        ..
    } = &mut membership.state
    else {
        return Err(not_open());
    };
    if !open {
        return Err(not_open());
    }
    // A form that is posted twice in one instant sends one mail.
    if membership.since == now {
        return Ok(Outcome::default());
    }
    if org.invitations_left(now) == 0 {
        return Err(Refusal::new(
            Code::DailyLimitReached,
            "no more invitations can be sent today",
        ));
    }
    *expires_at = org.policy.invitation.valid_days.after(now);
    *reminded = false;
    membership.since = now;
    org.count_invitation(now);
    schedule(&mut membership, &org.policy, None);
    let reason = "sent once more, with a new deadline";
    let entry = about_member(&membership, Action::InvitationResent, reason, occasion);
    Ok(Outcome::default()
        .note(entry)
        .tell(invitation_mail(&org, &membership, false))
        .change(Change::Organization(org))
        .change(Change::Membership(membership)))
}

/// The lead answers for a colleague that access is still wanted. In a review that confirms them.
///
/// # Errors
/// A refusal when the person has no access.
pub fn keep_by_lead(
    org: &Organization,
    mut membership: Membership,
    occasion: &Occasion,
) -> Result<Outcome, Refusal> {
    let now = occasion.now;
    if !membership.has_access(now) {
        return Err(no_access());
    }
    if said_just_now(&membership, now) && membership.confirmed_at == Some(now) {
        return Ok(Outcome::default());
    }
    still_wanted(&mut membership, org, now);
    membership.confirmed_at = Some(now);
    let reason = Rule::LeadKept;
    Ok(changed(membership, Action::MemberKept, &reason, occasion))
}

fn no_access() -> Refusal {
    Refusal::new(Code::NotAMember, "this person has no access")
}

/// Takes back an off-boarding that was planned for a later date: access has no end then.
///
/// # Errors
/// A refusal when none is planned.
pub fn cancel_leaving(
    org: &Organization,
    mut membership: Membership,
    occasion: &Occasion,
) -> Result<Outcome, Refusal> {
    if membership
        .leaving
        .take_if(|l| occasion.now < l.at)
        .is_none()
    {
        return Err(Refusal::new(
            Code::NotPossibleNow,
            "no off-boarding of this person is still to come",
        ));
    }
    Ok(stays(org, membership, occasion))
}

/// Somebody whose leaving was planned stays, without an end of access.
fn stays(org: &Organization, mut membership: Membership, occasion: &Occasion) -> Outcome {
    membership.set_end(None);
    schedule(&mut membership, &org.policy, None);
    let (action, reason) = (Action::OffboardingCancelled, "is to stay after all");
    changed(membership, action, reason, occasion)
}

/// Moves the date on which access ends, or takes it away. Access has one end: the date of a planned
/// off-boarding moves with it, and the plan stays otherwise as it was asked for.
///
/// # Errors
/// A refusal when the person has no access and is not invited, or the date has passed.
pub fn extend_access(
    org: &Organization,
    mut membership: Membership,
    until: Option<Timestamp>,
    occasion: &Occasion,
) -> Result<Outcome, Refusal> {
    let now = occasion.now;
    if !membership.has_access(now) && !membership.awaits_acceptance(now) {
        return Err(no_access());
    }
    if until.is_some_and(|until| until <= now) {
        return Err(Refusal::of(Code::DateInThePast));
    }
    if membership.ends_at() == until {
        return Ok(Outcome::default());
    }
    let (action, reason) = match (membership.leaving.take(), until) {
        (Some(_), None) => return Ok(stays(org, membership, occasion)),
        (Some(leaving), Some(at)) => {
            let by = occasion.proof.actor.clone();
            let reason = Rule::EndsBecause(leaving.why, at);
            membership.set_end(None);
            membership.leaving = Some(Leaving { at, by, ..leaving });
            (Action::OffboardingScheduled, reason)
        }
        (None, until) => {
            membership.set_end(until);
            let reason = until.map_or(Rule::EndsNever, Rule::EndsAt);
            (Action::AccessExtended, reason)
        }
    };
    schedule(&mut membership, &org.policy, None);
    Ok(changed(membership, action, &reason, occasion))
}

/// Makes a member a lead, or a lead a member. Whoever becomes one gets the link to their console.
///
/// # Errors
/// A refusal when the person has no access, or is the last lead and would stop being one.
pub fn set_role(
    mut org: Organization,
    mut membership: Membership,
    role: Role,
    occasion: &Occasion,
) -> Result<Outcome, Refusal> {
    let now = occasion.now;
    if !membership.has_access(now) {
        return Err(no_access());
    }
    if membership.role == role {
        return Ok(Outcome::default());
    }
    match role {
        Role::Lead => {
            org.add_lead(&membership.email, now);
            // A link to the console ends with the role, and stays dead when the role comes back.
            membership.round = membership.round.next(now);
        }
        Role::Member if org.is_last_lead(&membership.email) => {
            return Err(Refusal::new(
                Code::LastLead,
                "name another lead first: every organisation has one",
            ));
        }
        Role::Member => {
            org.remove_lead(&membership.email, now);
        }
    }
    membership.role = role;
    let reason = match role {
        Role::Lead => Rule::LeadsNow,
        Role::Member => Rule::LeadsNoMore,
    };
    let link = (role == Role::Lead).then(|| console_link(&org, &membership.email));
    Ok(changed(membership, Action::RoleChanged, &reason, occasion)
        .tell_all(link)
        .change(Change::Organization(org)))
}

/// The mail with the link to the console.
pub(super) fn console_link(org: &Organization, email: &EmailAddress) -> Message {
    let mail = Mail::YourLink {
        opens: Opens::LeadConsole,
        org_name: Some(org.name.clone()),
    };
    Message::to_member(org, email, mail)
}

/// Marks somebody as never to be removed for inactivity, or takes the mark away.
///
/// # Errors
/// A refusal when the person has no access.
pub fn set_exempt(
    mut membership: Membership,
    exempt: bool,
    occasion: &Occasion,
) -> Result<Outcome, Refusal> {
    if !membership.has_access(occasion.now) {
        return Err(no_access());
    }
    if membership.exempt == exempt {
        return Ok(Outcome::default());
    }
    membership.exempt = exempt;
    let reason = if exempt {
        Rule::NeverRemoved
    } else {
        Rule::RemovedAgain
    };
    let action = Action::ExemptionChanged;
    Ok(changed(membership, action, &reason, occasion))
}
