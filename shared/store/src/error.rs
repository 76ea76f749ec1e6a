//! What can go wrong between this crate and the tables.

use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};

use crate::{Delivery, retry};

/// An error of another library, kept as the source.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Why something could not be read or written. The texts carry no keys and no values; the sources
/// may, and do not belong in a log.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The store did not answer, or not in time, or asked for less.
    #[error("the store is not available: {action}, {code}")]
    Unavailable {
        /// What was asked of it.
        action: &'static str,
        /// Its error code, or what happened to the connection.
        code: String,
        /// What the SDK says.
        #[source]
        source: Cause,
    },
    /// The store refused what was asked: a permission, a table, a request it does not understand.
    #[error("the store refused: {action}, {code}")]
    Rejected {
        /// What was asked of it.
        action: &'static str,
        /// Its error code.
        code: String,
        /// What the SDK says.
        #[source]
        source: Cause,
    },
    /// Somebody else wrote the item since it was read.
    #[error("another write came first")]
    Conflict,
    /// An item does not hold what its key promises.
    #[error("a stored {what} cannot be read")]
    Unreadable {
        /// What it should have been.
        what: &'static str,
        /// What is wrong with it.
        #[source]
        source: Cause,
    },
    /// An item lacks an attribute that every one of its kind has.
    #[error("a stored {what} is not whole")]
    Misshapen {
        /// What it should have been.
        what: &'static str,
    },
    /// A value that no item can hold.
    #[error("a value cannot be stored")]
    Unwritable(#[source] Cause),
    /// A cursor that this store did not give.
    #[error("not a place in a list")]
    BadCursor,
}

impl StoreError {
    /// Whether the same call may succeed a little later.
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

    /// Sorts an SDK error into what may pass and what will not.
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

/// Why a commit wrote nothing.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// The delivery, the row or the link was seen before, and is over.
    #[error("seen before")]
    AlreadySeen {
        /// What was recorded the first time, when it was a delivery.
        first: Option<Box<Delivery>>,
    },
    /// Something that the decision rests on has changed since it was read: load and decide again.
    #[error("what the decision rests on has changed")]
    Conflict,
    /// A comment with this id and instant is there already, and nothing else stood in the way.
    #[error("the comment is there already")]
    CommentExists,
    /// More than one transaction takes (100 items, 4 MB, 400 KB an item).
    #[error("too large for one transaction: {what}")]
    TooLarge {
        /// Which limit.
        what: &'static str,
    },
    /// The outcome writes one item twice; a decision must not.
    #[error("the outcome writes one {kind} twice")]
    WrittenTwice {
        /// What kind of item.
        kind: &'static str,
    },
    /// The store did not answer, or not in time, or asked for less. The write may have happened:
    /// the same `Once` key tells.
    #[error("the store is not available")]
    Unavailable(#[source] StoreError),
    /// The store refused what was asked, or a value cannot be stored.
    #[error("the store refused")]
    Rejected(#[source] StoreError),
}

impl CommitError {
    /// Whether loading and deciding again, or the same call a little later, may succeed.
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
