//! The seeded world of this bundle, and the replay of its samples.

pub mod replay;
pub mod sample;
pub mod seed;
mod tell;

use app::{aws::ClientError, config::ConfigError};
use hooks::{secret::OpenError, source::SecretsError};
use operator::{InvalidFile, OperatorError};
use store::StoreError;

use crate::bundle::Running;
use crate::local::LocalError;
use crate::log::Log;

pub use seed::seed;
pub use tell::Detail;

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
    Samples(#[from] sample::SampleError),
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

/// Replays the samples and prints how they came out. Returns true if everything came out as
/// expected.
///
/// # Errors
/// If the samples cannot be read or sent.
pub async fn replay(running: &Running, detail: Detail, log: &Log) -> Result<bool, WorldError> {
    let samples = sample::all(&sample::folder())?;
    let replay = replay::Replay::new(running);
    let mut tally = tell::Tally::default();
    tell::heading(samples.len());
    for sample in &samples {
        let step = replay.step(sample).await?;
        tally.count(sample, &step);
        tell::step(detail, sample, &step);
        log.release(&sample.expect.log);
    }
    // New is what follows from the acts of whoever started it.
    running.local.mailbox.looked_at(None);
    tell::summary(detail, &tally);
    Ok(tally.is_clean())
}

/// Prints the addresses to open.
pub fn tell_addresses(running: &Running) {
    tell::addresses(&running.local);
}
