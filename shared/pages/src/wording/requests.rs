//! The pages of requests.

use app::requests::Aspect;
use domain::{Code, Refusal, RefusedField, columns::Column, request::Decision, text::InvalidText};
use words::{Words, file::Requests};

/// The name of a list.
pub(crate) fn aspect(words: &Requests, aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Created => words.aspect_created,
        Aspect::Approvals => words.aspect_approvals,
        Aspect::Shared => words.aspect_shared,
        Aspect::TakingPart => words.aspect_taking_part,
    }
}

/// The name of a column.
pub(crate) fn column(words: &Requests, column: Column) -> &'static str {
    match column {
        Column::Summary => words.column_summary,
        Column::Key => words.column_key,
        Column::Status => words.column_status,
        Column::Kind => words.column_kind,
        Column::Desk => words.column_desk,
        Column::Reporter => words.column_reporter,
        Column::Organization => words.column_organization,
        Column::Created => words.column_created,
        Column::Changed => words.column_changed,
    }
}

/// The answer of an approver.
pub(crate) fn decision(words: &Requests, decision: Decision) -> &'static str {
    match decision {
        Decision::Approved => words.decision_approved,
        Decision::Declined => words.decision_declined,
    }
}

/// Words for the effect of a form.
pub(crate) fn done(words: &Requests, done: Done) -> &'static str {
    match done {
        Done::Raised => words.done_raised,
        Done::Commented => words.done_commented,
        Done::CommentedAndOpened => words.done_commented_and_opened,
        Done::Shared => words.done_shared,
        Done::StatusChanged => words.done_status_changed,
        Done::Approved => words.done_approved,
        Done::Declined => words.done_declined,
        Done::MailsOn => words.done_mails_on,
        Done::MailsOff => words.done_mails_off,
        Done::ColumnsChosen => words.done_columns_chosen,
        Done::Already => words.done_already,
    }
}

/// The words of an empty list, and what to do about it.
pub(crate) fn nothing(words: &Requests, aspect: Aspect, open: bool) -> &'static str {
    match (aspect, open) {
        (Aspect::Created, true) => words.nothing_created_open,
        (Aspect::Created, false) => words.nothing_created_closed,
        (Aspect::Approvals, true) => words.nothing_approvals_open,
        (Aspect::Approvals, false) => words.nothing_approvals_closed,
        (Aspect::Shared, true) => words.nothing_shared_open,
        (Aspect::Shared, false) => words.nothing_shared_closed,
        (Aspect::TakingPart, true) => words.nothing_taking_part_open,
        (Aspect::TakingPart, false) => words.nothing_taking_part_closed,
    }
}

/// The rule that a form met.
pub(crate) fn refused(words: &Words, refusal: &Refusal) -> String {
    let requests = &words.requests;
    let said = match refusal.code {
        Code::NotAllowed if refusal.field == Some(RefusedField::Colleague) => {
            requests.refused_oneself
        }
        Code::NotAMember => requests.refused_not_a_member,
        Code::LimitReached => requests.refused_limit_reached,
        Code::NotPossibleNow => requests.refused_not_possible_now,
        Code::UnknownApproval => requests.refused_unknown_approval,
        Code::NotAllowed => requests.refused_not_allowed,
        Code::UnknownOrganization
        | Code::UnknownDesk
        | Code::UnknownRequest
        | Code::UnknownAccount
        | Code::Unreadable
        | Code::RequestExists
        | Code::AccessDenied
        | Code::SeatCapReached
        | Code::DomainNotAllowed
        | Code::DailyLimitReached
        | Code::AwaitingApproval
        | Code::InvalidEmail
        | Code::Duplicate
        | Code::DateInThePast
        | Code::HandOverToNotAMember
        | Code::LastLead
        | Code::TooManyEarlyUpdates
        | Code::TooOften => return super::link::refusal(&words.link, refusal),
    };
    said.to_owned()
}

/// Words for a mistake in a text.
pub(crate) fn bad_text(words: &Requests, why: &InvalidText) -> String {
    match why {
        InvalidText::Empty => words.bad_text_empty.to_owned(),
        InvalidText::TooLong { max } => words.bad_text_too_long(max),
        InvalidText::Control => words.bad_text_control.to_owned(),
    }
}

/// The act that was done, as the address of the page says it that shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Done {
    Raised,
    Commented,
    CommentedAndOpened,
    Shared,
    StatusChanged,
    Approved,
    Declined,
    MailsOn,
    MailsOff,
    ColumnsChosen,
    /// It was so already.
    Already,
}

impl Done {
    const ALL: [Self; 11] = [
        Self::Raised,
        Self::Commented,
        Self::CommentedAndOpened,
        Self::Shared,
        Self::StatusChanged,
        Self::Approved,
        Self::Declined,
        Self::MailsOn,
        Self::MailsOff,
        Self::ColumnsChosen,
        Self::Already,
    ];

    /// The code in an address.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Raised => "raised",
            Self::Commented => "commented",
            Self::CommentedAndOpened => "commented-and-opened",
            Self::Shared => "shared",
            Self::StatusChanged => "status",
            Self::Approved => "approved",
            Self::Declined => "declined",
            Self::MailsOn => "mails-on",
            Self::MailsOff => "mails-off",
            Self::ColumnsChosen => "columns",
            Self::Already => "already",
        }
    }

    /// Reads a code; other texts are none.
    pub(crate) fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|done| done.code() == code)
    }
}
