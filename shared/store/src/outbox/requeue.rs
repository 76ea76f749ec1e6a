//! Queuing a stuck message again.

use domain::Timestamp;
use uuid::Uuid;

use super::{MAX_ATTEMPTS, State, Stored, dead_item, decode, item_of};
use crate::{
    CommitError, Store,
    keys::Key,
    tables::Table,
    transaction::{Condition, Write},
};

/// The result of queuing a message again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Requeued {
    /// A copy replaced it; the stream shows the copy as an insert.
    Again {
        /// The copy's id.
        id: Uuid,
    },
    /// It was tried too often and is given up. The item stays, but in no index.
    Dead,
    /// A relay is working on it.
    Busy,
    /// Nothing is left to send.
    Settled,
}

impl Store {
    /// Replaces an unfinished message by a copy under a new id and with one attempt more, so that
    /// the stream shows it to the relay once more. Settled recipients stay settled, and the
    /// message's own id stays the same.
    ///
    /// # Errors
    /// If the store is not available or refuses, or the message cannot be read.
    pub async fn requeue(
        &self,
        id: Uuid,
        now: Timestamp,
        new_id: &(dyn Fn() -> Uuid + Sync),
    ) -> Result<Requeued, CommitError> {
        let Some(item) = self.get_journal(&Key::outbox(id)).await? else {
            return Ok(Requeued::Settled);
        };
        let (_, stored) = decode(item)?;
        match stored.state {
            State::Done | State::Dead => return Ok(Requeued::Settled),
            State::Claimed if stored.lease_until.is_some_and(|until| until >= now) => {
                return Ok(Requeued::Busy);
            }
            State::Pending | State::Claimed => {}
        }
        if stored.attempts >= MAX_ATTEMPTS {
            return self.give_up(id, stored, now).await;
        }
        let read = stored.version;
        let copy = Stored {
            state: State::Pending,
            attempts: stored.attempts + 1,
            queued_at: now,
            claimed_by: None,
            lease_until: None,
            not_before: None,
            ..stored
        };
        let copy_id = new_id();
        let writes = [
            Write::delete(
                Table::Journal,
                "message",
                Key::outbox(id),
                Condition::Version(read),
            ),
            Write::put(
                Table::Journal,
                "copy of a message",
                item_of(copy_id, &copy, now)?,
                Condition::Absent,
            ),
        ];
        match self.transact(&writes, Some(new_id())).await {
            Ok(_) => Ok(Requeued::Again { id: copy_id }),
            // Claimed, settled or queued again since it was read. The other side takes care of it.
            Err(CommitError::Conflict) => Ok(Requeued::Busy),
            Err(error) => Err(error),
        }
    }

    /// Writes the whole item, because the sweep may put messages and not update them.
    async fn give_up(
        &self,
        id: Uuid,
        stored: Stored,
        now: Timestamp,
    ) -> Result<Requeued, CommitError> {
        let read = stored.version;
        let dead = Stored {
            state: State::Dead,
            claimed_by: None,
            lease_until: None,
            not_before: None,
            ..stored
        };
        let item = dead_item(id, &dead, now)?;
        let write = Write::put(Table::Journal, "message", item, Condition::Version(read));
        match self.transact(&[write], None).await {
            Ok(_) => Ok(Requeued::Dead),
            Err(CommitError::Conflict) => Ok(Requeued::Busy),
            Err(error) => Err(error),
        }
    }
}
