//! The lead's console.

use app::console::{Kind, Order};
use domain::{
    Action, Code, Refusal,
    audit::Rule,
    customer::Suppression,
    membership::{ClosedReason, OffboardReason},
};
use words::{Words, file::Console, with};

use crate::reader::Reader;

/// Words for the state of a person.
pub(crate) fn kind(words: &Console, kind: Kind) -> &'static str {
    match kind {
        Kind::Active => words.kind_active,
        Kind::Warned => words.kind_warned,
        Kind::Leaving => words.kind_leaving,
        Kind::Invited => words.kind_invited,
        Kind::Proposed => words.kind_proposed,
        Kind::OffBoarded => words.kind_off_boarded,
        Kind::Closed => words.kind_closed,
    }
}

/// The reason why somebody has no access any more.
pub(crate) fn left(words: &Console, why: OffboardReason) -> &'static str {
    match why {
        OffboardReason::Left => words.left_left,
        OffboardReason::NotNeeded => words.left_not_needed,
        OffboardReason::Lead => words.left_lead,
        OffboardReason::Policy => words.left_policy,
        OffboardReason::Inactive => words.left_inactive,
        OffboardReason::Expired => words.left_expired,
    }
}

/// The reason why an invitation came to nothing.
pub(crate) fn closed(words: &Console, why: ClosedReason) -> &'static str {
    match why {
        ClosedReason::Declined => words.closed_declined,
        ClosedReason::Withdrawn => words.closed_withdrawn,
        ClosedReason::Expired => words.closed_expired,
        ClosedReason::Refused => words.closed_refused,
    }
}

/// An order of the list of people.
pub(crate) fn ordered(words: &Console, order: Order) -> &'static str {
    match order {
        Order::Name => words.ordered_name,
        Order::Silent => words.ordered_silent,
        Order::Recent => words.ordered_recent,
        Order::Newest => words.ordered_newest,
        Order::InvitedBy => words.ordered_invited_by,
    }
}

/// The reason why mail does not reach somebody.
pub(crate) fn stopped(words: &Console, why: Suppression) -> &'static str {
    match why {
        Suppression::Bounce => words.stopped_bounce,
        Suppression::Listed => words.stopped_listed,
        Suppression::Complaint => words.stopped_complaint,
    }
}

/// Words for the result of a row of a list.
pub(crate) fn became(words: &Console, row: Row) -> &'static str {
    match row {
        Row::Invited => words.became_invited,
        Row::Asked => words.became_asked,
        Row::AlreadyHere => words.became_already_here,
        Row::Duplicate => words.became_duplicate,
        Row::Malformed => words.became_malformed,
        Row::Outside => words.became_outside,
        Row::OverCap => words.became_over_cap,
        Row::DailyLimit => words.became_daily_limit,
        Row::Other => words.became_other,
    }
}

/// Words for the expected result of a row of a list.
pub(crate) fn would_be(words: &Console, row: Row) -> &'static str {
    match row {
        Row::Invited => words.would_be_invited,
        Row::Asked => words.would_be_asked,
        Row::AlreadyHere
        | Row::Duplicate
        | Row::Malformed
        | Row::Outside
        | Row::OverCap
        | Row::DailyLimit
        | Row::Other => became(words, row),
    }
}

/// The consequences of off-boarding somebody who has so many open requests.
pub(crate) fn happens(words: &Console, open_requests: usize, undo_until: &str) -> Vec<String> {
    vec![
        words.happens_access.to_owned(),
        words.happens_requests(open_requests),
        words.happens_undo(undo_until),
        words.happens_return.to_owned(),
    ]
}

/// An entry of the history.
pub(crate) fn happened(words: &Console, action: Action, actor: &str, subject: &str) -> String {
    let (by, subject) = (with::Actor(actor), with::Subject(subject));
    match action {
        Action::MemberInvited => words.happened_member_invited(by, subject),
        Action::ExceptionAsked => words.happened_exception_asked(by, subject),
        Action::ExceptionRefused => words.happened_exception_refused(by, subject),
        Action::InvitationReminded => words.happened_invitation_reminded(subject.0),
        Action::InvitationResent => words.happened_invitation_resent(by, subject),
        Action::InvitationAccepted => words.happened_invitation_accepted(subject.0),
        Action::InvitationDeclined => words.happened_invitation_declined(subject.0),
        Action::InvitationWithdrawn => words.happened_invitation_withdrawn(by, subject),
        Action::InvitationExpired => words.happened_invitation_expired(subject.0),
        Action::MemberJoined => words.happened_member_joined(subject.0),
        Action::MemberWarned => words.happened_member_warned(subject.0),
        Action::MemberReminded => words.happened_member_reminded(subject.0),
        Action::MemberKept => words.happened_member_kept(by, subject),
        Action::MemberOffboarded => words.happened_member_offboarded(by, subject),
        Action::OffboardingScheduled => words.happened_offboarding_scheduled(by, subject),
        Action::OffboardingCancelled => words.happened_offboarding_cancelled(by, subject),
        Action::MemberRestored => words.happened_member_restored(by, subject),
        Action::RecordReduced => words.happened_record_reduced(subject.0),
        Action::AccessExtended => words.happened_access_extended(by, subject),
        Action::RoleChanged => words.happened_role_changed(by, subject),
        Action::LeadAppointed => words.happened_lead_appointed(by, subject),
        Action::ReviewAsked => words.happened_review_asked.to_owned(),
        Action::ReviewFinished => words.happened_review_finished(actor),
        Action::ExemptionChanged => words.happened_exemption_changed(by, subject),
        Action::RequestCreated => words.happened_request_created(by, subject),
        Action::RequestMoved => words.happened_request_moved(by, subject),
        Action::RequestCommented => words.happened_request_commented(by, subject),
        Action::RequestTransitioned => words.happened_request_transitioned(by, subject),
        Action::LateStatusNoted => words.happened_late_status_noted(by, subject),
        Action::RequestShared => words.happened_request_shared(by, subject),
        Action::ApprovalRequested => words.happened_approval_requested(by, subject),
        Action::ApprovalAnswered => words.happened_approval_answered(by, subject),
        Action::RequestClosed => words.happened_request_closed(by, subject),
        Action::RequestHandedOver => words.happened_request_handed_over(subject.0),
        Action::UpdateKept => words.happened_update_kept(by, subject),
        Action::UpdateAbandoned => words.happened_update_abandoned(subject.0),
        Action::MailStopped => words.happened_mail_stopped(subject.0),
        Action::MailResumed => words.happened_mail_resumed(subject.0),
        Action::AddressSuppressed => words.happened_address_suppressed(subject.0),
        Action::SuppressionLifted => words.happened_suppression_lifted(subject.0),
        Action::OrganizationVacant => words.happened_organization_vacant.to_owned(),
        Action::VacancyEnded => words.happened_vacancy_ended.to_owned(),
        Action::ProfileChanged => words.happened_profile_changed(subject.0),
        Action::AccountDisputed => words.happened_account_disputed(subject.0),
        Action::AccountRebound => words.happened_account_rebound(subject.0),
        Action::AccountForgotten => words.happened_account_forgotten(by, subject),
        Action::LinksEnded => words.happened_links_ended(subject.0),
        Action::SweepHeld => words.happened_sweep_held.to_owned(),
        Action::SweepReleased => words.happened_sweep_released(actor),
    }
}

/// The reason of an entry.
pub(crate) fn rule(reader: &Reader, rule: Rule) -> String {
    let words = &reader.words.console;
    let said = match rule {
        Rule::AddressOutside => words.rule_address_outside,
        Rule::ExceptionAllowed => words.rule_exception_allowed,
        Rule::LeadKept => words.rule_lead_kept,
        Rule::SaidFromMail => words.rule_said_from_mail,
        Rule::EndsNever => words.rule_ends_never,
        Rule::EndsAt(at) => return words.rule_ends_at(reader.end(at).said),
        Rule::LeadsNow => words.rule_leads_now,
        Rule::LeadsNoMore => words.rule_leads_no_more,
        Rule::NeverRemoved => words.rule_never_removed,
        Rule::RemovedAgain => words.rule_removed_again,
        Rule::Ended(why) => left(words, why),
        Rule::EndsBecause(why, at) => {
            let date = with::Date(reader.end(at).said);
            return words.rule_ends_because(date, with::Why(left(words, why)));
        }
        Rule::QuietFor(days) => return words.rule_quiet_for(days.0),
        Rule::Unreached => words.rule_unreached,
        Rule::ActiveAgain => words.rule_active_again,
        Rule::InviteeSilent => words.rule_invitee_silent,
        Rule::AdministratorsSilent => words.rule_administrators_silent,
        Rule::FromDomain => words.rule_from_domain,
    };
    said.to_owned()
}

/// Words for the effect of a form on somebody, if it is about a person.
pub(crate) fn done(words: &Console, done: Done, who: &str) -> String {
    match done {
        Done::Invited => words.done_invited(who),
        Done::Asked => words.done_asked(who),
        Done::AlreadyHere => words.done_already_here(who),
        Done::Resent => words.done_resent(who),
        Done::Withdrawn => words.done_withdrawn(who),
        Done::OffBoarded => words.done_off_boarded(who),
        Done::Planned => words.done_planned(who),
        Done::LeavingCancelled => words.done_leaving_cancelled(who),
        Done::Restored => words.done_restored(who),
        Done::Kept => words.done_kept(who),
        Done::Extended => words.done_extended(who),
        Done::NoEnd => words.done_no_end(who),
        Done::NowLead => words.done_now_lead(who),
        Done::NowMember => words.done_now_member(who),
        Done::NowExempt => words.done_now_exempt(who),
        Done::NotExempt => words.done_not_exempt(who),
        Done::MailWorks => words.done_mail_works(who),
        Done::Confirmed => words.done_confirmed.to_owned(),
        Done::SameList => words.done_same_list.to_owned(),
        Done::Unchanged => words.done_unchanged.to_owned(),
    }
}

/// Words for a mistake in a field.
pub(crate) fn wrong(words: &Console, wrong: Wrong) -> &'static str {
    match wrong {
        Wrong::Email => words.wrong_email,
        Wrong::Name => words.wrong_name,
        Wrong::Note => words.wrong_note,
        Wrong::Date => words.wrong_date,
        Wrong::DateAndNow => words.wrong_date_and_now,
        Wrong::PastDate => words.wrong_past_date,
        Wrong::NoList => words.wrong_no_list,
        Wrong::TwoLists => words.wrong_two_lists,
        Wrong::NoAddress => words.wrong_no_address,
        Wrong::NoColumn => words.wrong_no_column,
        Wrong::TooManyRows => words.wrong_too_many_rows,
        Wrong::TooLarge => words.wrong_too_large,
        Wrong::Stale => words.wrong_stale,
    }
}

/// The rule that a form met.
pub(crate) fn refused(words: &Words, refusal: &Refusal) -> String {
    let console = &words.console;
    let said = match refusal.code {
        Code::TooOften => return super::link::too_often(&words.link, refusal),
        Code::SeatCapReached => console.refused_seat_cap_reached,
        Code::DomainNotAllowed => console.refused_domain_not_allowed,
        Code::DailyLimitReached => console.refused_daily_limit_reached,
        Code::AwaitingApproval => console.refused_awaiting_approval,
        Code::DateInThePast => console.refused_date_in_the_past,
        Code::HandOverToNotAMember => console.refused_hand_over_to_not_a_member,
        Code::LastLead => console.refused_last_lead,
        Code::LimitReached => console.refused_limit_reached,
        Code::NotAMember => console.refused_not_a_member,
        Code::InvalidEmail => console.refused_invalid_email,
        Code::UnknownOrganization
        | Code::UnknownDesk
        | Code::UnknownRequest
        | Code::UnknownApproval
        | Code::UnknownAccount
        | Code::Unreadable
        | Code::RequestExists
        | Code::AccessDenied
        | Code::Duplicate
        | Code::NotPossibleNow
        | Code::TooManyEarlyUpdates
        | Code::NotAllowed => console.refused_otherwise,
    };
    said.to_owned()
}

/// The result of a row of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Row {
    Invited,
    Asked,
    AlreadyHere,
    Duplicate,
    Malformed,
    Outside,
    OverCap,
    DailyLimit,
    Other,
}

impl Row {
    /// Every one, the good ones first.
    pub(crate) const ALL: [Self; 9] = [
        Self::Invited,
        Self::Asked,
        Self::AlreadyHere,
        Self::Duplicate,
        Self::Malformed,
        Self::Outside,
        Self::OverCap,
        Self::DailyLimit,
        Self::Other,
    ];
}

/// Words for the effect of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Done {
    Invited,
    Asked,
    AlreadyHere,
    Resent,
    Withdrawn,
    OffBoarded,
    Planned,
    LeavingCancelled,
    Restored,
    Kept,
    Extended,
    NoEnd,
    NowLead,
    NowMember,
    NowExempt,
    NotExempt,
    MailWorks,
    Confirmed,
    SameList,
    Unchanged,
}

impl Done {
    /// Every one.
    pub(crate) const ALL: [Self; 20] = [
        Self::Invited,
        Self::Asked,
        Self::AlreadyHere,
        Self::Resent,
        Self::Withdrawn,
        Self::OffBoarded,
        Self::Planned,
        Self::LeavingCancelled,
        Self::Restored,
        Self::Kept,
        Self::Extended,
        Self::NoEnd,
        Self::NowLead,
        Self::NowMember,
        Self::NowExempt,
        Self::NotExempt,
        Self::MailWorks,
        Self::Confirmed,
        Self::SameList,
        Self::Unchanged,
    ];

    /// Its name in an address.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Asked => "asked",
            Self::AlreadyHere => "already-here",
            Self::Resent => "resent",
            Self::Withdrawn => "withdrawn",
            Self::OffBoarded => "off-boarded",
            Self::Planned => "planned",
            Self::LeavingCancelled => "leaving-cancelled",
            Self::Restored => "restored",
            Self::Kept => "kept",
            Self::Extended => "extended",
            Self::NoEnd => "no-end",
            Self::NowLead => "now-lead",
            Self::NowMember => "now-member",
            Self::NowExempt => "now-exempt",
            Self::NotExempt => "not-exempt",
            Self::MailWorks => "mail-works",
            Self::Confirmed => "confirmed",
            Self::SameList => "same-list",
            Self::Unchanged => "unchanged",
        }
    }

    /// Tells whether the notice names a person.
    pub(crate) fn is_of_person(self) -> bool {
        !matches!(self, Self::Confirmed | Self::SameList)
    }

    /// Reads a code.
    pub(crate) fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|done| done.code() == code)
    }
}

/// Words for a mistake in typed text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wrong {
    Email,
    Name,
    Note,
    Date,
    /// A last day was typed for an end at once.
    DateAndNow,
    PastDate,
    NoList,
    TwoLists,
    NoAddress,
    NoColumn,
    TooManyRows,
    TooLarge,
    /// The page was too old, or not of this session.
    Stale,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_every_act() {
        for done in Done::ALL {
            assert_eq!(Done::of(done.code()), Some(done));
        }
    }
}
