//! The words of pages that one link opens.

use domain::{Refusal, Role, request::Decision};

use super::Notice;

/// What those pages say.
#[expect(
    clippy::struct_field_names,
    reason = "a link is what several of them speak of"
)]
pub(crate) struct Link {
    pub(crate) keep_to_yourself: &'static str,

    pub(crate) accepted: Notice,
    pub(crate) invitation_declined: Notice,
    pub(crate) kept: Notice,
    pub(crate) approved: Notice,
    pub(crate) approval_declined: Notice,
    pub(crate) mail_stopped: Notice,
    pub(crate) exception_allowed: Notice,
    pub(crate) exception_refused: Notice,
    pub(crate) released: Notice,
    pub(crate) link_mailed: Notice,

    pub(crate) refused: &'static str,
    pub(crate) refusal: fn(&Refusal) -> String,
    pub(crate) foreign_form: Notice,
    pub(crate) from_elsewhere: Notice,
    pub(crate) over: Notice,
    pub(crate) instead: &'static str,
    /// Who is signed in, and for whom the link is.
    pub(crate) instead_lead: fn(&str, &str) -> String,
    pub(crate) instead_warning: &'static str,
    pub(crate) go_on: fn(&str) -> String,
    pub(crate) stay: &'static str,
    pub(crate) renew: &'static str,
    /// To which address, of which a part is shown.
    pub(crate) renew_lead: fn(&str) -> String,
    pub(crate) renew_button: &'static str,
    pub(crate) not_found: Notice,
    pub(crate) no_session: Notice,
    pub(crate) too_large: Notice,
    pub(crate) not_a_form: Notice,
    pub(crate) bad_reason: Notice,
    pub(crate) not_allowed: Notice,
    pub(crate) too_many: Notice,
    pub(crate) unavailable: Notice,
    pub(crate) open_link_again: &'static str,

    pub(crate) send_link: Notice,
    pub(crate) email: &'static str,
    pub(crate) not_an_address: &'static str,
    pub(crate) send: &'static str,

    pub(crate) invitation: fn(&Names<'_>) -> String,
    pub(crate) invites: fn(&Names<'_>) -> String,
    pub(crate) as_role: fn(Role) -> &'static str,
    pub(crate) note: &'static str,
    pub(crate) invited_address: &'static str,
    pub(crate) answer_by: &'static str,
    pub(crate) access_ends: &'static str,
    pub(crate) accept: &'static str,
    pub(crate) decline: &'static str,
    pub(crate) no_answer: &'static str,

    pub(crate) keep: &'static str,
    pub(crate) keep_lead: fn(&Names<'_>) -> String,
    pub(crate) keep_not_needed: &'static str,
    pub(crate) keep_button: &'static str,
    pub(crate) keep_or_not: &'static str,

    pub(crate) exception: &'static str,
    pub(crate) exception_lead: fn(&Names<'_>) -> String,
    pub(crate) outside_domains: &'static str,
    pub(crate) no_free_seat: &'static str,
    pub(crate) person: &'static str,
    /// How the inviter calls them.
    pub(crate) name_given: &'static str,
    pub(crate) role: &'static str,
    pub(crate) would_be: fn(Role) -> &'static str,
    pub(crate) no_end: &'static str,
    pub(crate) seats_label: &'static str,
    /// The number of are taken, of how many.
    pub(crate) seats: fn(u32, u32) -> String,
    pub(crate) organization: &'static str,
    pub(crate) allowed_domains: &'static str,
    pub(crate) decide_by: &'static str,
    pub(crate) allow: &'static str,
    pub(crate) refuse: &'static str,

    pub(crate) held: &'static str,
    pub(crate) held_lead: fn(u32) -> String,
    pub(crate) began: &'static str,
    pub(crate) would_lose: &'static str,
    pub(crate) release: &'static str,
    pub(crate) held_stays: &'static str,

    pub(crate) stop_request: &'static str,
    pub(crate) stop_request_lead: &'static str,
    pub(crate) stop_all: &'static str,
    pub(crate) stop_all_lead: &'static str,
    pub(crate) stop: &'static str,
    pub(crate) access_mails_stay: &'static str,

    pub(crate) request: &'static str,
    pub(crate) description: &'static str,
    pub(crate) details: &'static str,
    pub(crate) comments: &'static str,
    pub(crate) no_comments: &'static str,
    pub(crate) older_comments: &'static str,
    pub(crate) from_desk: &'static str,
    pub(crate) history: &'static str,
    pub(crate) reported_late: &'static str,

    pub(crate) approval: &'static str,
    pub(crate) approval_lead: &'static str,
    pub(crate) your_answer: &'static str,
    pub(crate) answered: fn(Decision) -> &'static str,
    pub(crate) why: &'static str,
    pub(crate) optional: &'static str,
    pub(crate) why_hint: &'static str,
    pub(crate) approve: &'static str,
}

/// The names in a sentence.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Names<'a> {
    /// The organisation.
    pub(crate) org: &'a str,
    /// The desk, when it is known.
    pub(crate) desk: Option<&'a str>,
    /// Who invites, when it was a person.
    pub(crate) inviter: Option<&'a str>,
}
