//! What the pages of requests say.

use app::requests::Aspect;
use domain::{Refusal, columns::Column, request::Decision, text::InvalidText};

/// The words of the lists and of one request.
#[expect(
    clippy::struct_field_names,
    reason = "requests are what several of them speak of"
)]
pub(crate) struct Requests {
    /// The heading of the lists.
    pub(crate) my_requests: &'static str,
    /// The way to a new one.
    pub(crate) new_request: &'static str,
    /// The way to one's profile.
    pub(crate) profile: &'static str,
    /// What the four lists are, for those who hear the page.
    pub(crate) which: &'static str,
    pub(crate) aspect: fn(Aspect) -> &'static str,

    // Narrowing a list.
    pub(crate) state: &'static str,
    pub(crate) open: &'static str,
    pub(crate) closed: &'static str,
    pub(crate) search: &'static str,
    pub(crate) search_hint: &'static str,
    pub(crate) desk: &'static str,
    pub(crate) every_desk: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) every_kind: &'static str,
    pub(crate) organization: &'static str,
    pub(crate) show: &'static str,
    pub(crate) show_all: &'static str,
    pub(crate) nothing_found: &'static str,
    /// An empty list, and what to do about it.
    pub(crate) nothing: fn(Aspect, bool) -> &'static str,
    pub(crate) no_organization: &'static str,
    pub(crate) older: &'static str,
    pub(crate) newest: &'static str,
    pub(crate) look_further: &'static str,

    // Columns.
    pub(crate) columns: &'static str,
    pub(crate) columns_lead: &'static str,
    pub(crate) nth_column: fn(usize) -> String,
    pub(crate) no_column: &'static str,
    pub(crate) save: &'static str,
    pub(crate) back_to_list: &'static str,
    pub(crate) column: fn(Column) -> &'static str,

    // One request.
    pub(crate) key: &'static str,
    pub(crate) first_key: &'static str,
    /// It goes on under this key.
    pub(crate) moved_on: fn(&str) -> String,
    /// It has this key where no desk here serves it.
    pub(crate) moved_elsewhere: fn(&str) -> String,
    pub(crate) raised_by: &'static str,
    pub(crate) you: &'static str,
    pub(crate) raised: &'static str,
    pub(crate) resolution: &'static str,
    pub(crate) takes_part: &'static str,
    pub(crate) shared_with: &'static str,
    pub(crate) description: &'static str,
    pub(crate) details: &'static str,
    pub(crate) history: &'static str,
    pub(crate) reported_late: &'static str,

    // Comments.
    pub(crate) comments: &'static str,
    pub(crate) no_comments: &'static str,
    pub(crate) from_desk: &'static str,
    pub(crate) older_comments: &'static str,
    pub(crate) newest_comments: &'static str,
    pub(crate) your_comment: &'static str,
    pub(crate) comment_hint: &'static str,
    pub(crate) send_comment: &'static str,

    // Approvals.
    pub(crate) approval: &'static str,
    pub(crate) approval_lead: &'static str,
    pub(crate) approvals: &'static str,
    pub(crate) answer_by: &'static str,
    pub(crate) why: &'static str,
    pub(crate) why_hint: &'static str,
    pub(crate) approve: &'static str,
    pub(crate) decline: &'static str,
    pub(crate) waiting: &'static str,
    pub(crate) decision: fn(Decision) -> &'static str,

    // What else one can do.
    pub(crate) change_status: &'static str,
    pub(crate) change_status_lead: &'static str,
    pub(crate) share: &'static str,
    pub(crate) share_lead: &'static str,
    pub(crate) colleague: &'static str,
    pub(crate) colleague_hint: &'static str,
    pub(crate) share_with_colleague: &'static str,
    pub(crate) share_with_organization: fn(&str) -> String,
    pub(crate) mails: &'static str,
    pub(crate) mails_on: &'static str,
    pub(crate) mails_off: &'static str,
    pub(crate) stop_mails: &'static str,
    pub(crate) resume_mails: &'static str,

    // What was done, and what could not be.
    pub(crate) done: fn(Done) -> &'static str,
    pub(crate) refused: fn(&Refusal) -> String,
    pub(crate) stale_form: &'static str,
    pub(crate) not_an_address: &'static str,
    pub(crate) bad_text: fn(&InvalidText) -> String,
}

/// What was done, as the address of the page says it that shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Done {
    Raised,
    Commented,
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
    const ALL: [Self; 10] = [
        Self::Raised,
        Self::Commented,
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

    /// What a code says; other texts say nothing.
    pub(crate) fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|done| done.code() == code)
    }
}
