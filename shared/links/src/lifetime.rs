//! How long links live when nothing in their mail decides it.

use domain::{Days, link::Purpose};

/// How long a link lives by default. Where a mail has a date of its own (the invitation's end, the
/// end of the grace, the approval's due date), that date is the link's end instead.
///
/// | purpose | days | because |
/// |---|---|---|
/// | `accept-invitation` | 14 | as long as an invitation is valid by default |
/// | `lead-console` | 30 | leads come back monthly; a new link is one request away |
/// | `requester` | 90 | outlives nearly every request; each mail brings a fresh one |
/// | `approve` | 30 | an approval without a due date |
/// | `keep-access` | 14 | the default grace |
/// | `review` | 30 | a review is answered within the month or asked again |
/// | `unsubscribe` | 365 | people clean up old mail; it can do nothing but stop mail |
/// | `decide-invitation` | 14 | as long as the question stands by default |
/// | `release-sweep` | 7 | a stopped run that nobody released is overtaken by the next |
/// | `confirm-request` | 7 | whoever wrote a request looks for the mail; what a stranger typed is not kept for long |
/// | `new-request` | 14 | a form that somebody was sent is filled in soon or not at all |
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
