//! The words of the lead's console.

use app::console::{Kind, Order};
use domain::{
    Action, Refusal,
    customer::Suppression,
    membership::{ClosedReason, OffboardReason},
};

use super::Notice;

/// What the console says.
pub(crate) struct Console {
    // The pages, as the tabs name them.
    pub(crate) people: &'static str,
    pub(crate) invite: &'static str,
    pub(crate) invite_many: &'static str,
    pub(crate) review: &'static str,
    pub(crate) history: &'static str,

    // Who and what.
    pub(crate) person: &'static str,
    pub(crate) name: &'static str,
    pub(crate) email: &'static str,
    pub(crate) role: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) member: &'static str,
    pub(crate) you: &'static str,
    pub(crate) state: &'static str,
    pub(crate) last_active: &'static str,
    pub(crate) never: &'static str,
    pub(crate) invited_by: &'static str,
    pub(crate) administrator: &'static str,
    pub(crate) system: &'static str,
    pub(crate) since: &'static str,
    pub(crate) until: &'static str,
    pub(crate) answer_by: &'static str,
    pub(crate) access_ends: &'static str,
    pub(crate) undo_until: &'static str,
    pub(crate) no_mail: &'static str,
    pub(crate) stopped: fn(Suppression) -> &'static str,
    pub(crate) mail_works: &'static str,
    pub(crate) mail_works_hint: &'static str,
    pub(crate) exempt: &'static str,
    /// What somebody is, in a word or two.
    pub(crate) kind: fn(Kind) -> &'static str,
    pub(crate) left: fn(OffboardReason) -> &'static str,
    pub(crate) closed: fn(ClosedReason) -> &'static str,

    // The roster.
    pub(crate) people_of: fn(&str) -> String,
    pub(crate) seats: fn(u32, u32) -> String,
    pub(crate) no_seat: &'static str,
    pub(crate) search: &'static str,
    pub(crate) everybody: &'static str,
    pub(crate) show: &'static str,
    pub(crate) order: &'static str,
    pub(crate) ordered: fn(Order) -> &'static str,
    pub(crate) apply: &'static str,
    pub(crate) found: fn(usize) -> String,
    pub(crate) nobody_found: &'static str,
    pub(crate) show_all: &'static str,
    pub(crate) csv: &'static str,
    pub(crate) page: fn(usize, usize) -> String,
    pub(crate) other_pages: &'static str,
    pub(crate) previous: &'static str,
    pub(crate) next: &'static str,
    pub(crate) review_waits: &'static str,
    pub(crate) to_review: &'static str,

    // One person.
    pub(crate) what_now: &'static str,
    pub(crate) nothing_to_do: &'static str,
    pub(crate) off_board: &'static str,
    pub(crate) restore: &'static str,
    pub(crate) restore_hint: &'static str,
    pub(crate) resend: &'static str,
    pub(crate) resend_hint: &'static str,
    pub(crate) withdraw: &'static str,
    pub(crate) withdraw_hint: &'static str,
    pub(crate) keep: &'static str,
    pub(crate) keep_hint: &'static str,
    pub(crate) cancel_leaving: &'static str,
    pub(crate) make_lead: &'static str,
    pub(crate) make_lead_hint: &'static str,
    pub(crate) make_member: &'static str,
    pub(crate) make_member_hint: &'static str,
    pub(crate) step_down: &'static str,
    pub(crate) step_down_hint: &'static str,
    pub(crate) make_exempt: &'static str,
    pub(crate) make_exempt_hint: &'static str,
    pub(crate) make_not_exempt: &'static str,
    pub(crate) make_not_exempt_hint: &'static str,
    pub(crate) last_lead: &'static str,
    pub(crate) extend: &'static str,
    pub(crate) extend_hint: &'static str,
    pub(crate) last_day: &'static str,
    pub(crate) set_date: &'static str,
    pub(crate) invite_again: &'static str,
    pub(crate) back_to_people: &'static str,
    pub(crate) stepped_down: Notice,
    pub(crate) gone: Notice,

    // Off-boarding.
    pub(crate) off_board_who: fn(&str) -> String,
    pub(crate) what_happens: &'static str,
    pub(crate) happens: fn(&Consequences<'_>) -> Vec<String>,
    pub(crate) when: &'static str,
    pub(crate) now: &'static str,
    pub(crate) on_a_date: &'static str,
    pub(crate) date_hint: &'static str,
    pub(crate) why: &'static str,
    pub(crate) why_left: &'static str,
    pub(crate) why_not_needed: &'static str,
    pub(crate) why_lead: &'static str,
    pub(crate) hand_over: &'static str,
    pub(crate) hand_over_hint: &'static str,
    pub(crate) end_access: &'static str,
    pub(crate) cancel: &'static str,

    // Inviting.
    pub(crate) invite_title: fn(&str) -> String,
    pub(crate) domains: fn(&str) -> String,
    pub(crate) left_today: fn(u32) -> String,
    pub(crate) optional: &'static str,
    pub(crate) access_until: &'static str,
    pub(crate) access_until_hint: &'static str,
    pub(crate) note: &'static str,
    pub(crate) note_hint: &'static str,
    pub(crate) send_invitation: &'static str,
    pub(crate) many_lead: &'static str,
    pub(crate) file: &'static str,
    pub(crate) file_hint: &'static str,
    pub(crate) paste: &'static str,
    pub(crate) paste_hint: &'static str,
    pub(crate) preview: &'static str,

    // A list.
    pub(crate) preview_title: fn(usize) -> String,
    pub(crate) preview_lead: fn(usize) -> String,
    pub(crate) preview_none: &'static str,
    pub(crate) working_title: fn(usize, usize) -> String,
    pub(crate) working_lead: &'static str,
    pub(crate) report_title: &'static str,
    pub(crate) report_lead: fn(usize, usize) -> String,
    pub(crate) start: fn(usize) -> String,
    pub(crate) go_on: &'static str,
    pub(crate) try_again: fn(usize) -> String,
    pub(crate) another_list: &'static str,
    pub(crate) from_file: &'static str,
    pub(crate) from_column: &'static str,
    pub(crate) row: &'static str,
    pub(crate) result: &'static str,
    pub(crate) rows: &'static str,
    pub(crate) would_be: fn(Row) -> &'static str,
    pub(crate) became: fn(Row) -> &'static str,

    // The review.
    pub(crate) review_of: fn(&str) -> String,
    pub(crate) review_lead: &'static str,
    pub(crate) review_progress: fn(usize, usize) -> String,
    pub(crate) review_nothing: &'static str,
    pub(crate) review_finished: &'static str,
    pub(crate) review_next: &'static str,
    pub(crate) keep_one: &'static str,
    pub(crate) remove_one: &'static str,
    pub(crate) keep_all: fn(usize) -> String,
    pub(crate) answer: &'static str,

    // The history.
    pub(crate) history_of: fn(&str) -> String,
    pub(crate) month: fn(i16, i8) -> String,
    pub(crate) nothing_happened: &'static str,
    pub(crate) older: &'static str,
    pub(crate) earlier_month: &'static str,
    pub(crate) later_month: &'static str,
    /// What was done by whom to whom.
    pub(crate) happened: fn(Action, &Names<'_>) -> String,

    // What came of a form.
    pub(crate) done: fn(Done) -> &'static str,
    /// Which rule refused it.
    pub(crate) refused: fn(&Refusal) -> String,
    pub(crate) wrong: fn(Wrong) -> &'static str,
}

/// What off-boarding somebody would mean.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Consequences<'a> {
    /// How many open requests they have.
    pub(crate) open_requests: usize,
    /// Until when it can be undone, were it done now.
    pub(crate) undo_until: &'a str,
}

/// Who did something to whom.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Names<'a> {
    /// Who did it.
    pub(crate) actor: &'a str,
    /// To whom or what.
    pub(crate) subject: &'a str,
}

/// What a row of a list comes to.
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

/// What a form did.
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
    pub(crate) const ALL: [Self; 19] = [
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
        Self::NowLead,
        Self::NowMember,
        Self::NowExempt,
        Self::NotExempt,
        Self::MailWorks,
        Self::Confirmed,
        Self::SameList,
        Self::Unchanged,
    ];

    /// How it is called in an address.
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

    /// What a code stands for.
    pub(crate) fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|done| done.code() == code)
    }
}

/// What is wrong with what somebody typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wrong {
    Email,
    Name,
    Note,
    Date,
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
