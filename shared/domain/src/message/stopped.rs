//! The mails that still go to an address to which mail is stopped.

use jiff::Timestamp;

use crate::{
    Mail,
    customer::{COMPLAINT_STOPS_STRANGERS, Deliverability, Suppression},
    message::Urgency,
};

impl Deliverability {
    /// Returns `true` if this mail may be sent at `now` (ADR 26).
    #[must_use]
    pub fn lets_through(self, mail: &Mail, now: Timestamp) -> bool {
        match self {
            Self::Deliverable => true,
            Self::Suppressed {
                why: Suppression::Bounce | Suppression::Listed,
                ..
            } => false,
            Self::Suppressed {
                why: Suppression::Complaint,
                since,
            } => match mail.urgency() {
                Urgency::Request => false,
                Urgency::Access if mail.is_for_strangers_to_cause() => {
                    COMPLAINT_STOPS_STRANGERS.after(since) <= now
                }
                Urgency::Access | Urgency::Desk | Urgency::Digest => true,
            },
        }
    }
}
