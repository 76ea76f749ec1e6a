//! An operator of a deployment, and the errors of their work.

use std::{fmt, ops::ControlFlow, sync::Arc};

use app::{AppError, Clock, Generations, Ids, Keys, path::Attempts};
use domain::{OrgId, Organization, SourceId};
use hooks::secret::{NONCE_BYTES, SecretBox};
use store::{CommitError, Once, Store, StoreError};

use crate::InvalidFile;

/// An operator of a deployment: the tables, the keys, the time.
pub struct Operator {
    store: Store,
    keys: Keys,
    /// Opens secrets that are encrypted with the current key, and no others.
    current: SecretBox,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn Ids>,
}

impl fmt::Debug for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Operator").finish_non_exhaustive()
    }
}

/// The reason why the file was not applied, or not completely. Applying it again continues.
#[derive(Debug, thiserror::Error)]
pub enum OperatorError {
    /// The file asks for something impossible.
    #[error(transparent)]
    Invalid(#[from] InvalidFile),
    /// The tables could not be read.
    #[error("the tables could not be read")]
    Store(#[from] StoreError),
    /// The tables could not be written.
    #[error("the tables could not be written")]
    Commit(#[from] CommitError),
    /// Others kept writing the same thing.
    #[error("others kept writing {0}")]
    Contended(String),
    /// The loop that reads and writes failed for another reason.
    #[error(transparent)]
    App(AppError),
    /// A source's secret does not open any more.
    #[error("the secret of source {0} does not open with this source secret")]
    Sealed(SourceId),
}

impl OperatorError {
    /// Tells whether the same call may succeed a little later.
    #[must_use]
    pub fn retryable(&self) -> bool {
        match self {
            Self::Store(error) => error.retryable(),
            Self::Commit(error) => error.retryable(),
            Self::App(error) => error.retryable(),
            Self::Contended(_) => true,
            Self::Invalid(_) | Self::Sealed(_) => false,
        }
    }

    /// Names the thing that others kept writing.
    pub(crate) fn about(self, thing: impl fmt::Display) -> Self {
        match self {
            Self::Contended(_) => Self::Contended(thing.to_string()),
            other => other,
        }
    }
}

impl From<AppError> for OperatorError {
    fn from(error: AppError) -> Self {
        match error {
            AppError::Store(error) => Self::Store(error),
            AppError::Commit(error) => Self::Commit(error),
            AppError::Contended => Self::Contended("the same thing".to_owned()),
            AppError::OutOfTime | AppError::Secrets(_) | AppError::Unreadable(_) => {
                Self::App(error)
            }
        }
    }
}

/// Ends a loop, unless somebody else has written the thing since it was read.
pub(crate) fn unless_changed<T>(
    written: Result<T, CommitError>,
) -> Result<ControlFlow<T>, OperatorError> {
    match written {
        Ok(value) => Ok(ControlFlow::Break(value)),
        Err(CommitError::Conflict) => Ok(ControlFlow::Continue(())),
        Err(error) => Err(error.into()),
    }
}

impl Operator {
    /// An operator of the deployment with these tables and these secrets.
    #[must_use]
    pub fn new(
        store: Store,
        secrets: &app::Secrets,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn Ids>,
    ) -> Self {
        Self {
            store,
            keys: Keys::derive(secrets),
            current: Keys::of_sources(&Generations::only(secrets.sources.current.clone())),
            clock,
            ids,
        }
    }

    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    /// The loop by which everything is written.
    pub(crate) fn attempts(&self) -> Attempts<'_> {
        Attempts::new(&self.store, &*self.clock, &*self.ids)
    }

    pub(crate) fn keys(&self) -> &Keys {
        &self.keys
    }

    pub(crate) fn current(&self) -> &SecretBox {
        &self.current
    }

    pub(crate) fn ids(&self) -> &dyn Ids {
        &*self.ids
    }

    pub(crate) fn clock(&self) -> &dyn Clock {
        &*self.clock
    }

    pub(crate) fn shared_clock(&self) -> &Arc<dyn Clock> {
        &self.clock
    }

    /// Commits an outcome; `false` if something that it rests on has changed.
    pub(crate) async fn commit(
        &self,
        outcome: &domain::Outcome,
        now: domain::Timestamp,
    ) -> Result<bool, OperatorError> {
        let new_id = || self.ids.uuid(now);
        match self
            .store
            .commit(outcome, &Once::Nothing, now, &new_id)
            .await
        {
            Ok(_) => Ok(true),
            Err(CommitError::Conflict) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    pub(crate) fn random(&self) -> [u8; 32] {
        let mut random = [0; 32];
        self.ids.fill(&mut random);
        random
    }

    pub(crate) fn nonce(&self) -> [u8; NONCE_BYTES] {
        let mut nonce = [0; NONCE_BYTES];
        self.ids.fill(&mut nonce);
        nonce
    }

    pub(crate) async fn organization(
        &self,
        id: &OrgId,
    ) -> Result<Option<Organization>, OperatorError> {
        Ok(self.store.organization(id).await?)
    }
}
