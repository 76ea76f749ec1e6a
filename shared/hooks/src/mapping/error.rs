//! The reasons why a payload does not fit its source's mapping.

use serde_json::Value;

use super::say;

/// A payload that the mapping cannot use.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MappingError {
    /// A needed value is missing.
    #[error("{found} stands at {pointer}, where {wanted} is expected")]
    Missing {
        /// JSON Pointer (RFC 6901) into the sender's payload.
        pointer: String,
        /// "nothing", or a value that counts as missing.
        found: &'static str,
        /// The expected value.
        wanted: String,
    },
    /// The value is of another kind.
    #[error("what stands at {} is {found} and not {wanted}", place(pointer))]
    Unusable {
        /// JSON Pointer into the sender's payload; empty for a constant of the mapping.
        pointer: String,
        /// The kind of the value in the payload.
        found: &'static str,
        /// The expected value.
        wanted: String,
    },
    /// The payload names a person by an account whose address nobody knows yet.
    #[error(
        "the account at {pointer} belongs to no known customer, and the payload gives no address"
    )]
    UnknownAccount {
        /// JSON Pointer into the sender's payload.
        pointer: String,
    },
    /// The mapping makes no events for this function.
    #[error("this source's mapping makes no events for this function")]
    WrongFunction,
}

/// A place in the payload, in words.
fn place(pointer: &str) -> &str {
    if pointer.is_empty() {
        "a constant of the mapping"
    } else {
        pointer
    }
}

impl MappingError {
    pub(super) fn missing(pointer: &str, wanted: &str) -> Self {
        Self::Missing {
            pointer: pointer.to_owned(),
            found: "nothing",
            wanted: wanted.to_owned(),
        }
    }

    pub(super) fn unusable(pointer: &str, found: &Value, wanted: &str) -> Self {
        Self::Unusable {
            pointer: pointer.to_owned(),
            found: say::kind(found),
            wanted: wanted.to_owned(),
        }
    }

    /// The pointer at fault, into the sender's payload.
    #[must_use]
    pub fn pointer(&self) -> Option<&str> {
        match self {
            Self::Missing { pointer, .. }
            | Self::Unusable { pointer, .. }
            | Self::UnknownAccount { pointer } => Some(pointer),
            Self::WrongFunction => None,
        }
    }

    /// True if an administrator can fix the cause and replay the delivery: once the account is
    /// known, the same payload fits.
    #[must_use]
    pub const fn parkable(&self) -> bool {
        matches!(self, Self::UnknownAccount { .. })
    }
}
