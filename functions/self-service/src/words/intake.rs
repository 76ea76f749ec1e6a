//! The words of new requests: desks, forms, confirmation.

use domain::form::Wrong;

use super::Notice;

/// What those pages say.
pub(crate) struct Intake {
    /// The list of desks.
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) no_desks: Notice,
    pub(crate) send_link: &'static str,
    /// One desk.
    pub(crate) kinds: &'static str,
    pub(crate) announcements: &'static str,
    pub(crate) further: &'static str,
    pub(crate) all_desks: &'static str,
    /// One form.
    pub(crate) as_person: fn(&str) -> String,
    pub(crate) only_for: fn(&str) -> String,
    pub(crate) email: &'static str,
    pub(crate) email_help: &'static str,
    pub(crate) name: &'static str,
    pub(crate) organization: &'static str,
    pub(crate) choose: &'static str,
    pub(crate) summary: &'static str,
    pub(crate) summary_help: &'static str,
    pub(crate) optional: &'static str,
    pub(crate) date_help: &'static str,
    pub(crate) person_help: &'static str,
    pub(crate) share: fn(Option<&str>) -> String,
    pub(crate) trap: &'static str,
    pub(crate) send: &'static str,
    pub(crate) send_to_confirm: &'static str,
    pub(crate) mistakes: fn(usize) -> String,
    pub(crate) wrong: fn(Wrong) -> String,
    /// What became of it.
    pub(crate) foreign: &'static str,
    /// After how many minutes it can be sent again.
    pub(crate) too_often: fn(i64) -> String,
    pub(crate) waiting: Notice,
    pub(crate) sent_before: Notice,
    pub(crate) sent_for_another: Notice,
    pub(crate) spent: Notice,
    pub(crate) anew: &'static str,
    pub(crate) not_from_here: Notice,
    /// Confirming.
    pub(crate) confirm: &'static str,
    pub(crate) confirm_lead: fn(&str) -> String,
    pub(crate) confirm_kind: &'static str,
    pub(crate) confirm_summary: &'static str,
    pub(crate) confirm_by: &'static str,
    pub(crate) confirm_until: &'static str,
    pub(crate) confirm_button: &'static str,
    pub(crate) confirm_or_not: &'static str,
    pub(crate) denied: Notice,
}
