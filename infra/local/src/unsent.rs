//! What a bundle that has ended left unsent.
//!
//! On AWS a message that a relay died over is free when its lease is over, and one that the stream
//! gave up is queued again by the sweep, half an hour later. Whoever starts a bundle again does not
//! want to wait for that, and need not: a data directory has room for one bundle, so before its
//! functions are there nobody can be at work on a message.

use app::{Core, relay::LEASE};
use jiff::SignedDuration;
use store::{CommitError, DueInJournal, SHARDS, StoreError};

/// No message waits longer than that to be looked after: six hours, and the lease.
const FURTHEST: SignedDuration = SignedDuration::from_hours(7);
/// How many are read at once.
const PAGE: u32 = 100;

/// Why unsent messages are not queued again.
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
    /// Whether the same call may succeed a little later.
    #[must_use]
    pub fn retryable(&self) -> bool {
        match self {
            Self::Store(error) => error.retryable(),
            Self::Commit(error) => error.retryable(),
        }
    }
}

/// Queues every unfinished message again, claimed or not; the stream then shows them to the relay.
/// To be called before any function is at work.
///
/// # Errors
/// When the tables cannot be read or written.
pub async fn queue_again(core: &Core) -> Result<(), UnsentError> {
    let mut unsent = Vec::new();
    for shard in 0..SHARDS {
        let mut cursor = None;
        loop {
            let until = core.now() + FURTHEST;
            let found = core
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
    // The last instant at which a lease can end that was given before this one.
    let all_free = core.now() + LEASE + SignedDuration::from_secs(1);
    for id in unsent {
        core.store.requeue(id, all_free, &|| core.new_id()).await?;
    }
    Ok(())
}
