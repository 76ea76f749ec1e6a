//! The default lifetime of links.

use domain::{Days, link::Purpose};

/// The default lifetime of a link. A mail with a date of its own (the invitation's end, the end of
/// the grace, the approval's due date) uses that date as the link's end instead.
///
/// | purpose | days | reason |
/// |---|---|---|
/// | `accept-invitation` | 14 | as long as an invitation is valid by default |
/// | `lead-console` | 30 | leads come back monthly; a new link is one request away |
/// | `requester` | 90 | longer than nearly every request; each mail brings a fresh one |
/// | `approve` | 30 | for an approval without a due date |
/// | `keep-access` | 14 | the default grace |
/// | `review` | 30 | leads answer a review within the month or are asked again |
/// | `unsubscribe` | 365 | people clean up old mail; it can only stop mail |
/// | `decide-invitation` | 14 | as long as the question stands by default |
/// | `release-sweep` | 7 | the next run overtakes a held run that nobody released |
/// | `confirm-request` | 7 | the writer of a request looks for the mail; a stranger's text is not kept for long |
/// | `new-request` | 14 | people fill in a form that they were sent soon or not at all |
#[must_use]
pub fn default_lifetime(purpose: Purpose) -> Days {
    Days(match purpose {
        Purpose::ReleaseSweep | Purpose::ConfirmRequest => 7,
        Purpose::AcceptInvitation
        | Purpose::KeepAccess
        | Purpose::DecideInvitation
        | Purpose::NewRequest => 14,
        Purpose::LeadConsole | Purpose::Approve | Purpose::Review => 30,
        Purpose::Requester => 90,
        Purpose::Unsubscribe => 365,
    })
}
