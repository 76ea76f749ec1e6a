//! The numbers of purposes.

use domain::link::Purpose;

/// The number of a purpose in tokens. Numbers are never reused, because old links are still in
/// mailboxes.
pub(crate) fn purpose_number(purpose: Purpose) -> u8 {
    match purpose {
        Purpose::AcceptInvitation => 1,
        Purpose::LeadConsole => 2,
        Purpose::Requester => 3,
        Purpose::Approve => 4,
        Purpose::KeepAccess => 5,
        Purpose::Review => 6,
        Purpose::Unsubscribe => 7,
        Purpose::DecideInvitation => 8,
        Purpose::ReleaseSweep => 9,
        Purpose::ConfirmRequest => 10,
        Purpose::NewRequest => 11,
    }
}
