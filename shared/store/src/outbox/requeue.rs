//! Queuing a stuck message again.

use domain::Timestamp;
use uuid::Uuid;

use super::{
    MAX_ATTEMPTS, STATE, State, Stored,
    claim::{Change, Updated, names},
    decode, item_of,
};
use crate::{
    CommitError, Store, StoreError,
    item::{self, Item, VERSION},
    keys::{self, Key},
    tables::Table,
    transaction::{Condition, Write},
};

/// What came of queuing a message again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Requeued {
    /// A copy took its place; the stream shows it as an insert.
    Again {
        /// The copy's id.
        id: Uuid,
    },
    /// It was tried too often and is given up. It is kept, and stands in no index any more.
    Dead,
    /// Somebody is working on it.
    Busy,
    /// There is nothing left to send.
    Settled,
}

impl Store {
    /// Puts a copy of an unfinished message in its place, under a new id and with one attempt more,
    /// so that the stream shows it to the relay once more. Recipients who are settled stay settled,
    /// and the message's own id stays the same.
    ///
    /// # Errors
    /// When the store is not available or refuses, or the message cannot be read.
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
            return Ok(self.give_up(id, &stored).await?);
        }
        let read = stored.version;
        let copy = Stored {
            state: State::Pending,
            attempts: stored.attempts + 1,
            queued_at: now,
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
            // Claimed, settled or queued again since it was read: whoever did so sees to it.
            Err(CommitError::Conflict) => Ok(Requeued::Busy),
            Err(error) => Err(error),
        }
    }

    async fn give_up(&self, id: Uuid, stored: &Stored) -> Result<Requeued, StoreError> {
        let change = Change {
            condition: "#version = :read",
            update: "SET #state = :dead, #version = #version + :one REMOVE #due_shard, #due_at",
            names: names(&[
                ("#state", STATE),
                ("#version", VERSION),
                ("#due_shard", keys::DUE_SHARD),
                ("#due_at", keys::DUE_AT),
            ]),
            values: Item::from([
                (":dead".to_owned(), item::text(State::Dead.as_str())),
                (":read".to_owned(), item::number(stored.version.0)),
                (":one".to_owned(), item::number(1)),
            ]),
        };
        Ok(match self.update_outbox(id, change).await? {
            Updated::Done(_) => Requeued::Dead,
            Updated::Refused(_) => Requeued::Busy,
        })
    }
}
