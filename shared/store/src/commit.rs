//! The one commit: writes the changes, messages and audit entries of a decision in one transaction
//! or not at all.

mod plan;

use domain::{DeliveryId, Outcome, SourceId, Timestamp, outcome::Row};
use uuid::Uuid;

use crate::{Answer, CommitError, Consumed, ListId, Store};

/// The record that makes a commit happen once, however often and concurrently it is tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Once {
    /// A delivery, with its answer for now and every repetition. Remembered for 30 days.
    Delivery {
        /// The sender.
        source: SourceId,
        /// The delivery's id.
        id: DeliveryId,
        /// The SHA-256 of its body: the same id with another body is not the same delivery.
        payload_sha256: [u8; 32],
        /// The answer to the sender.
        answer: Answer,
    },
    /// One row of a list, with its outcome. Remembered for 30 days.
    Row {
        /// The list.
        list: ListId,
        /// The row's place, from 0.
        index: u32,
        /// The sender's answer about it.
        row: Row,
    },
    /// A link that one use ends.
    Link {
        /// The nonce, which differs in each link.
        nonce: String,
        /// The end of the link. The caller has checked that it has not come.
        expires_at: Timestamp,
    },
    /// A notice that is given once.
    Notice {
        /// Its name, which no other notice has.
        name: String,
        /// The instant until which it is remembered.
        until: Timestamp,
    },
    /// No record. The versions alone protect: for the sweep, or a form that may be posted again.
    Nothing,
}

/// The result of a commit.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Committed {
    /// The messages in the outbox, in the order of the outcome; one for each fifty of a message's
    /// recipients.
    pub message_ids: Vec<Uuid>,
    /// Its cost.
    pub consumed: Consumed,
    /// The number of calls.
    pub calls: u32,
}

impl Store {
    /// Writes an outcome in one transaction: its changes, each under the condition of the version
    /// that was read; its audit entries; its messages, into the outbox; and the record that makes
    /// it happen once. An empty outcome with `Once::Nothing` writes nothing.
    ///
    /// `now` is the instant of the decision. By it the commit tells a request that is recorded for
    /// the first time, where early updates wait, from one that changes. `new_id` gives ids that are
    /// new and grow with time (UUID version 7).
    ///
    /// Conflicts between transactions and throttling are waited for, a bounded number of times. A
    /// call whose answer was lost is repeated once, under the same token.
    ///
    /// # Errors
    /// [`CommitError::AlreadySeen`] if `once` was seen and is not over; [`CommitError::Conflict`]
    /// if something that was read has changed; [`CommitError::CommentExists`];
    /// [`CommitError::TooLarge`] before anything is sent; or that the store is not available or
    /// refuses. Nothing was written then, except that after [`CommitError::Unavailable`] it may
    /// have been.
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
