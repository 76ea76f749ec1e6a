//! The reasons why the world could not be made or replayed.

use app::{aws::ClientError, config::ConfigError};
use hooks::{secret::OpenError, source::SecretsError};
use operator::{InvalidFile, OperatorError};
use store::StoreError;

use super::sample::SampleError;
use crate::local::LocalError;

/// The reason why the world could not be made or replayed.
#[derive(Debug, thiserror::Error)]
pub enum WorldError {
    /// One of its files has mistakes.
    #[error(transparent)]
    File(#[from] InvalidFile),
    /// It could not be applied.
    #[error(transparent)]
    Operator(#[from] OperatorError),
    /// The tables could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The tables could not be searched.
    #[error("the tables could not be searched")]
    Tables(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The environment from the template is incomplete.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The clients could not be built.
    #[error(transparent)]
    Clients(#[from] ClientError),
    /// A source's secret does not open.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A source's secrets cannot be used.
    #[error(transparent)]
    Secrets(#[from] SecretsError),
    /// The samples cannot be read.
    #[error(transparent)]
    Samples(#[from] SampleError),
    /// A sample's report is invalid.
    #[error("a sample's report cannot be read: {0}")]
    Report(#[from] serde_json::Error),
    /// A sample names a source that the world does not have.
    #[error("there is no source {0} that could sign")]
    NoSource(String),
    /// A sample uses a link that nobody was mailed.
    #[error("{email} was mailed no link for {purpose}")]
    NoLink {
        /// The person.
        email: String,
        /// The purpose.
        purpose: String,
    },
    /// The bundle does not answer.
    #[error("the bundle does not answer")]
    Http(#[from] reqwest::Error),
    /// The bundle does not come to rest.
    #[error(transparent)]
    Local(#[from] LocalError),
}
