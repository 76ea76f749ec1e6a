//! The answer to a delivery.

use serde::{Deserialize, Serialize};

/// The answer to a sender.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body, byte for byte.
    pub body: String,
}

/// A seen delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The SHA-256 of its body.
    pub payload_sha256: [u8; 32],
    /// The answer to the sender; `None` while its list is in progress.
    pub answer: Option<Answer>,
}
