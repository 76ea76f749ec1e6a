//! The pages that one link opens.

use app::visit::Ended;
use domain::{Action, Code, Refusal, Role, request::Decision};
use words::{file::Link, with};

use crate::reader::Reader;

/// The names in a sentence.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Names<'a> {
    /// The organisation.
    pub(crate) org: &'a str,
    /// The desk, when it is known.
    pub(crate) desk: Option<&'a str>,
    /// The person who invites, when it was one.
    pub(crate) inviter: Option<&'a str>,
}

/// The reason why a link is over.
pub(crate) fn ended(reader: &Reader, ended: &Ended) -> String {
    let words = &reader.words.link;
    let (action, by, at) = match ended {
        Ended::Expired(at) => return words.over_expired(reader.days_ago(*at).day),
        Ended::Replaced => return words.over_replaced.to_owned(),
        Ended::Done { action, by, at } => (*action, by, *at),
    };
    let day = reader.days_ago(at).day;
    let date = with::Date(&day);
    match (action, by) {
        (Action::InvitationAccepted, _) => words.over_accepted(&day),
        (Action::InvitationDeclined, _) => words.over_declined(&day),
        (Action::MemberKept, None) => words.over_kept(&day),
        (Action::MemberKept, Some(who)) => words.over_kept_by(date, with::Who(who)),
        (Action::ExceptionRefused, None) => words.over_refused(&day),
        (Action::ExceptionRefused, Some(who)) => words.over_refused_by(date, with::Who(who)),
        (Action::MemberInvited, None) => words.over_allowed(&day),
        (Action::MemberInvited, Some(who)) => words.over_allowed_by(date, with::Who(who)),
        _ => words.over_replaced.to_owned(),
    }
}

/// The rule that stands against what was asked.
pub(crate) fn refusal(words: &Link, refusal: &Refusal) -> String {
    let said = match refusal.code {
        Code::SeatCapReached => words.refusal_seat_cap_reached,
        Code::UnknownApproval => words.refusal_unknown_approval,
        Code::TooOften => return too_often(words, refusal),
        Code::LimitReached => words.refusal_limit_reached,
        Code::UnknownOrganization => words.refusal_unknown_organization,
        Code::UnknownDesk => words.refusal_unknown_desk,
        Code::UnknownRequest => words.refusal_unknown_request,
        Code::UnknownAccount | Code::NotAMember => words.refusal_unknown_account,
        Code::Unreadable => words.refusal_unreadable,
        Code::RequestExists => words.refusal_request_exists,
        Code::AccessDenied | Code::NotAllowed => words.refusal_access_denied,
        Code::DomainNotAllowed => words.refusal_domain_not_allowed,
        Code::DailyLimitReached => words.refusal_daily_limit_reached,
        Code::AwaitingApproval => words.refusal_awaiting_approval,
        Code::InvalidEmail => words.refusal_invalid_email,
        Code::Duplicate => words.refusal_duplicate,
        Code::DateInThePast => words.refusal_date_in_the_past,
        Code::HandOverToNotAMember => words.refusal_hand_over_to_not_a_member,
        Code::LastLead => words.refusal_last_lead,
        Code::NotPossibleNow => words.refusal_not_possible_now,
        Code::TooManyEarlyUpdates => words.refusal_too_many_early_updates,
    };
    said.to_owned()
}

/// The refusal of too many mails to others, with the time to wait.
pub(super) fn too_often(words: &Link, refusal: &Refusal) -> String {
    match refusal.minutes_to_wait() {
        minutes @ ..=90 => words.too_often_minutes(minutes),
        minutes => words.too_often_hours(minutes.div_ceil(60)),
    }
}

/// Names the inviter and what they invite to.
pub(crate) fn invites(words: &Link, names: &Names<'_>) -> String {
    let org = with::Org(names.org);
    match (names.inviter, names.desk) {
        (Some(inviter), Some(desk)) => {
            words.invites_to_desk_by(with::Desk(desk), with::Inviter(inviter), org)
        }
        (Some(inviter), None) => words.invites_by(with::Inviter(inviter), org),
        (None, Some(desk)) => words.invites_to_desk(with::Desk(desk), org),
        (None, None) => words.invites(names.org),
    }
}

/// The access that somebody has.
pub(crate) fn keep_lead(words: &Link, names: &Names<'_>) -> String {
    match names.desk {
        Some(desk) => words.keep_lead_at(with::Desk(desk), with::Org(names.org)),
        None => words.keep_lead(names.org),
    }
}

/// The invitation that waits for an administrator.
pub(crate) fn exception_lead(words: &Link, names: &Names<'_>) -> String {
    match names.inviter {
        Some(inviter) => words.exception_lead_by(with::Inviter(inviter), with::Org(names.org)),
        None => words.exception_lead(names.org),
    }
}

/// The use of access in a role.
pub(crate) fn as_role(words: &Link, role: Role) -> &'static str {
    match role {
        Role::Lead => words.as_lead,
        Role::Member => words.as_member,
    }
}

/// A role, for an administrator who decides.
pub(crate) fn would_be(words: &Link, role: Role) -> &'static str {
    match role {
        Role::Lead => words.would_be_lead,
        Role::Member => words.would_be_member,
    }
}

/// The answer of an approver.
pub(crate) fn answered(words: &Link, decision: Decision) -> &'static str {
    match decision {
        Decision::Approved => words.answered_approved,
        Decision::Declined => words.answered_declined,
    }
}
