//! Messages that an earlier bundle left unsent.
//!
//! On AWS a message whose relay died is free after its lease, and the sweep queues a message again
//! that the stream gave up, half an hour later. A person who restarts a bundle does not want to
//! wait for that, and need not: a data directory has room for one bundle, so nobody can be working
//! on a message before its functions exist.

use app::{Services, relay::LEASE};
use jiff::SignedDuration;
use store::{CommitError, DueInJournal, SHARDS, StoreError};

/// The latest deadline of a message: six hours, and the lease.
const FURTHEST: SignedDuration = SignedDuration::from_hours(7);
/// The number of messages in one read.
const PAGE: u32 = 100;

/// The reason why unsent messages are not queued again.
#[derive(Debug, thiserror::Error)]
pub enum UnsentError {
    /// They cannot be found.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// They cannot be written.
    #[error(transparent)]
    Commit(#[from] CommitError),
}

impl UnsentError {
    /// Tells whether the same call may succeed a little later.
    #[must_use]
    pub fn retryable(&self) -> bool {
        match self {
            Self::Store(error) => error.retryable(),
            Self::Commit(error) => error.retryable(),
        }
    }
}

/// Queues every unfinished message again, claimed or not; the stream then shows them to the relay.
/// Must be called before any function runs.
///
/// # Errors
/// If the tables cannot be read or written.
pub async fn queue_again(services: &Services) -> Result<(), UnsentError> {
    let mut unsent = Vec::new();
    for shard in 0..SHARDS {
        let mut cursor = None;
        loop {
            let until = services.now() + FURTHEST;
            let found = services
                .store
                .due_in_journal(until, shard, cursor.as_ref(), PAGE);
            let page = found.await?;
            unsent.extend(page.items.into_iter().filter_map(|due| match due {
                DueInJournal::Message(id) => Some(id),
                DueInJournal::EarlyUpdates(_) => None,
            }));
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
    }
    // The last instant at which an earlier lease can end.
    let all_free = services.now() + LEASE + SignedDuration::from_secs(1);
    for id in unsent {
        services
            .store
            .requeue(id, all_free, &|| services.new_id())
            .await?;
    }
    Ok(())
}
