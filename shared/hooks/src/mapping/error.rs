//! Why a payload does not fit its source's mapping.

/// A payload without what the mapping needs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MappingError {
    /// Nothing stands where a value is needed.
    #[error("nothing stands at {pointer}, where {wanted} is expected")]
    Missing {
        /// JSON Pointer (RFC 6901) into the sender's payload.
        pointer: String,
        /// What should have stood there.
        wanted: String,
    },
    /// The value is of another kind.
    #[error("what stands at {pointer} is not {wanted}")]
    Unusable {
        /// JSON Pointer into the sender's payload.
        pointer: String,
        /// What should have stood there.
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

impl MappingError {
    pub(super) fn missing(pointer: &str, wanted: &str) -> Self {
        Self::Missing {
            pointer: pointer.to_owned(),
            wanted: wanted.to_owned(),
        }
    }

    pub(super) fn unusable(pointer: &str, wanted: &str) -> Self {
        Self::Unusable {
            pointer: pointer.to_owned(),
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

    /// Whether an administrator can mend it and replay the delivery: once the account is known, the
    /// same payload fits.
    #[must_use]
    pub const fn parkable(&self) -> bool {
        matches!(self, Self::UnknownAccount { .. })
    }
}
