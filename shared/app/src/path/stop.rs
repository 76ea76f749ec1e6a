//! The reasons why an action ends without doing anything.

use domain::Refusal;
use jiff::SignedDuration;
use store::{CommitError, StoreError};

use crate::AppError;

/// The reason why an action ended without doing anything. `?` carries it to the edge, where one match
/// makes an answer of it.
#[derive(Debug)]
pub enum Stop {
    /// The caller may not see this, or no longer. It is told as if it were not there.
    Closed,
    /// The thing that it is about is not there any more.
    Gone,
    /// The form was not posted from a page of ours.
    ForeignForm,
    /// The business says no.
    Refused(Refusal),
    /// Too much of this kind came in: again after this time.
    Later(SignedDuration),
    /// The store or the time failed; nothing was done.
    Failed(AppError),
}

impl Stop {
    /// Tells whether the same form, used before, may have caused this.
    pub(crate) fn may_be_repetition(&self) -> bool {
        match self {
            Self::Gone | Self::ForeignForm | Self::Refused(_) => true,
            Self::Closed | Self::Later(_) | Self::Failed(_) => false,
        }
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<AppError> for Stop {
    fn from(error: AppError) -> Self {
        Self::Failed(error)
    }
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl From<CommitError> for Stop {
    fn from(error: CommitError) -> Self {
        Self::Failed(error.into())
    }
}
