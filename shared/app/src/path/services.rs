//! The services that every use case needs, built once at start.

use std::{fmt, sync::Arc};

use domain::Timestamp;
use lambda_http::lambda_runtime::Diagnostic;
use store::{CommitError, Store, StoreError};

use url::Url;
use uuid::Uuid;

use crate::{Clock, Config, Ids, Keys, Metric, Metrics, trace_key};

/// The services that every use case needs. Cheap to clone.
#[derive(Clone)]
pub struct Services {
    /// The tables.
    pub store: Store,
    /// Every key.
    pub keys: Arc<Keys>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub ids: Arc<dyn Ids>,
    /// The metrics.
    pub metrics: Arc<Metrics>,
    /// The public address of the pages.
    pub base_url: Arc<Url>,
}

impl fmt::Debug for Services {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Services").finish_non_exhaustive()
    }
}

/// The reason why a use case failed. A refusal is not one.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The store could not be read.
    #[error("the store could not be read")]
    Store(#[from] StoreError),
    /// The store could not be written.
    #[error("the store could not be written")]
    Commit(#[from] CommitError),
    /// Others kept changing what the decision rests on.
    #[error("others kept changing what the decision rests on")]
    Contended,
    /// There was not enough time left; what was begun is resumed by the next try.
    #[error("the time ran out")]
    OutOfTime,
    /// A source's secrets cannot be used.
    #[error("a source's secrets cannot be used")]
    Secrets(#[from] hooks::source::SecretsError),
    /// A trigger's event is not of the form that is documented for it.
    #[error("the event cannot be read: {0}")]
    Unreadable(&'static str),
}

/// Lambda's report of a failed invocation: the kind, and a message without keys, values or people.
/// The log has the sources of the error.
impl From<AppError> for Diagnostic {
    fn from(error: AppError) -> Self {
        let kind = match &error {
            AppError::Store(_) => "Store",
            AppError::Commit(_) => "Commit",
            AppError::Contended => "Contended",
            AppError::OutOfTime => "OutOfTime",
            AppError::Secrets(_) => "Secrets",
            AppError::Unreadable(_) => "Unreadable",
        };
        tracing::error!(
            error = &error as &dyn std::error::Error,
            retryable = error.retryable(),
            "invocation failed"
        );
        Self {
            error_type: kind.to_owned(),
            error_message: error.to_string(),
        }
    }
}

impl AppError {
    /// Tells whether the same call may succeed a little later.
    #[must_use]
    pub fn retryable(&self) -> bool {
        match self {
            Self::Store(error) => error.retryable(),
            Self::Commit(error) => error.retryable(),
            Self::Contended | Self::OutOfTime => true,
            Self::Secrets(error) => error.retryable(),
            Self::Unreadable(_) => false,
        }
    }
}

impl Services {
    /// Puts together what use cases need. Makes no call.
    ///
    /// # Panics
    /// Never: the configuration has checked the address of the pages.
    #[must_use]
    pub fn new(
        client: aws_sdk_dynamodb::Client,
        config: &Config,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn Ids>,
    ) -> Self {
        let keys = Keys::derive(&config.secrets);
        let tables = store::Tables {
            directory: config.tables.directory.clone(),
            requests: config.tables.requests.clone(),
            journal: config.tables.journal.clone(),
            audit: config.tables.audit.clone(),
        };
        let traces = trace_key(&config.trace_secret);
        let chance = Arc::clone(&ids);
        let store = Store::new(client, tables, traces).with_chance(Arc::new(move || {
            let mut byte = [0; 1];
            chance.fill(&mut byte);
            f64::from(byte[0]) / 256.0
        }));
        Self {
            store,
            keys: Arc::new(keys),
            clock,
            ids,
            metrics: Arc::new(Metrics::of(config)),
            base_url: Arc::new(
                Url::parse(&config.base_url).expect("the configuration has checked the address"),
            ),
        }
    }

    /// The instant it is.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A name that nothing else has.
    #[must_use]
    pub fn new_id(&self) -> Uuid {
        self.ids.uuid(self.clock.now())
    }

    /// Counts one.
    pub(crate) fn count(&self, metric: Metric) {
        self.metrics.count(metric);
    }
}
