//! The errors of reading and writing the tables.

use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};

use crate::{Delivery, retry};

/// An error of another library, kept as the source.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

/// The reason why something could not be read or written. The texts carry no keys and no values.
/// The sources may, and do not belong in a log.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The store did not answer, not in time, or asked for less load.
    #[error("the store is not available: {action}, {code}")]
    Unavailable {
        /// The action.
        action: &'static str,
        /// Its error code, or the fault of the connection.
        code: String,
        /// The SDK's error.
        #[source]
        source: Cause,
    },
    /// The store refused the action: a permission, a table, a request that it does not understand.
    #[error("the store refused: {action}, {code}")]
    Rejected {
        /// The action.
        action: &'static str,
        /// Its error code.
        code: String,
        /// The SDK's error.
        #[source]
        source: Cause,
    },
    /// Another writer changed the item after it was read.
    #[error("another write came first")]
    Conflict,
    /// An item is not of the kind that its key promises.
    #[error("a stored {what} cannot be read")]
    Unreadable {
        /// The expected kind.
        what: &'static str,
        /// The fault.
        #[source]
        source: Cause,
    },
    /// An item lacks an attribute that every item of its kind has.
    #[error("a stored {what} is not whole")]
    Misshapen {
        /// The expected kind.
        what: &'static str,
    },
    /// A value that no item can hold.
    #[error("a value cannot be stored")]
    Unwritable(#[source] Cause),
    /// A cursor that does not come from this store.
    #[error("not a place in a list")]
    BadCursor,
}

impl StoreError {
    /// Tells whether the same call may succeed a little later.
    #[must_use]
    pub fn retryable(&self) -> bool {
        match self {
            Self::Unavailable { .. } | Self::Conflict => true,
            Self::Rejected { .. }
            | Self::Unreadable { .. }
            | Self::Misshapen { .. }
            | Self::Unwritable(_)
            | Self::BadCursor => false,
        }
    }

    pub(crate) fn unwritable(source: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Unwritable(Box::new(source))
    }

    /// Sorts an SDK error into temporary and permanent.
    pub(crate) fn from_sdk<E>(action: &'static str, error: SdkError<E>) -> Self
    where
        E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
    {
        let code = retry::code(&error);
        if code == "ConditionalCheckFailedException" {
            return Self::Conflict;
        }
        let passing = retry::may_pass(&error);
        let source = Box::new(error);
        if passing {
            Self::Unavailable {
                action,
                code,
                source,
            }
        } else {
            Self::Rejected {
                action,
                code,
                source,
            }
        }
    }
}

/// The reason why a commit wrote nothing.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// The delivery, the row or the link was seen before.
    #[error("seen before")]
    AlreadySeen {
        /// The record of the first time, for a delivery.
        first: Option<Box<Delivery>>,
    },
    /// Something that the decision rests on has changed since it was read. Load and decide again.
    #[error("what the decision rests on has changed")]
    Conflict,
    /// A comment with this id and instant exists already, and nothing else prevented the commit.
    #[error("the comment is there already")]
    CommentExists,
    /// More than one transaction takes (100 items, 4 MB, 400 KB an item).
    #[error("too large for one transaction: {what}")]
    TooLarge {
        /// The exceeded limit.
        what: &'static str,
    },
    /// The outcome writes one item twice. A decision must not do that.
    #[error("the outcome writes one {kind} twice")]
    WrittenTwice {
        /// The kind of item.
        kind: &'static str,
    },
    /// The store did not answer, not in time, or asked for less load. The write may have happened;
    /// the same `Once` key tells.
    #[error("the store is not available")]
    Unavailable(#[source] StoreError),
    /// The store refused the commit, or a value cannot be stored.
    #[error("the store refused")]
    Rejected(#[source] StoreError),
}

impl CommitError {
    /// Tells whether loading and deciding again, or the same call a little later, may succeed.
    #[must_use]
    pub fn retryable(&self) -> bool {
        match self {
            Self::Conflict | Self::Unavailable(_) => true,
            Self::AlreadySeen { .. }
            | Self::CommentExists
            | Self::TooLarge { .. }
            | Self::WrittenTwice { .. }
            | Self::Rejected(_) => false,
        }
    }
}

impl From<StoreError> for CommitError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict => Self::Conflict,
            StoreError::Unavailable { .. } => Self::Unavailable(error),
            StoreError::Rejected { .. }
            | StoreError::Unreadable { .. }
            | StoreError::Misshapen { .. }
            | StoreError::Unwritable(_)
            | StoreError::BadCursor => Self::Rejected(error),
        }
    }
}
