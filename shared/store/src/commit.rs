//! The one commit: what a decision changes, says and keeps, written in one transaction or not at
//! all.

mod plan;

use domain::{DeliveryId, Outcome, SourceId, Timestamp, outcome::Row};
use uuid::Uuid;

use crate::{Answer, CommitError, Consumed, ListId, Store};

/// What makes a commit happen once, however often and however concurrently it is tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Once {
    /// A delivery, with the answer that it gets now and ever after. Remembered for 30 days.
    Delivery {
        /// The sender.
        source: SourceId,
        /// The delivery's id.
        id: DeliveryId,
        /// The SHA-256 of its body: the same id with another body is not the same delivery.
        payload_sha256: [u8; 32],
        /// What the sender is told.
        answer: Answer,
    },
    /// One row of a list, with what became of it. Remembered for 30 days.
    Row {
        /// Which list.
        list: ListId,
        /// Which row, from 0.
        index: u32,
        /// What the sender is told about it.
        row: Row,
    },
    /// A link that one use ends.
    Link {
        /// What is different in each link.
        nonce: String,
        /// When the link ends by itself: the caller has checked that it has not.
        expires_at: Timestamp,
    },
    /// The versions alone: the sweep, or a form that may be posted again.
    Nothing,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Committed {
    /// The messages that wait in the outbox, in the order of the outcome; one for each fifty of a
    /// message's recipients.
    pub message_ids: Vec<Uuid>,
    /// What it cost.
    pub consumed: Consumed,
    /// How many calls it took.
    pub calls: u32,
}

impl Store {
    /// Writes an outcome: its changes, each conditioned on the version that was read; its audit
    /// entries; its messages, into the outbox; and the record that makes it happen once. All of it
    /// in one transaction. An outcome with nothing in it and `Once::Nothing` writes nothing.
    ///
    /// `now` is the instant of the decision: with it the commit tells a request that is recorded for
    /// the first time, where early updates wait, from one that changes. `new_id` gives ids that were
    /// never given before, and grow with time (UUID version 7).
    ///
    /// Conflicts between transactions and throttling are waited for, a bounded number of times; a
    /// lost answer is asked for once more, under the same token.
    ///
    /// # Errors
    /// [`CommitError::AlreadySeen`] when `once` was seen and is not over;
    /// [`CommitError::Conflict`] when something that was read has changed;
    /// [`CommitError::CommentExists`]; [`CommitError::TooLarge`] before anything is sent;
    /// or that the store is not available or refuses. Nothing was written then, save that after
    /// [`CommitError::Unavailable`] it may have been.
    pub async fn commit(
        &self,
        outcome: &Outcome,
        once: &Once,
        now: Timestamp,
        new_id: &(dyn Fn() -> Uuid + Sync),
    ) -> Result<Committed, CommitError> {
        let plan = plan::plan(self, outcome, once, now, new_id)?;
        if plan.writes.is_empty() {
            return Ok(Committed::default());
        }
        let done = self.transact(&plan.writes, Some(new_id())).await?;
        Ok(Committed {
            message_ids: plan.message_ids,
            consumed: done.consumed,
            calls: done.calls,
        })
    }
}
