//! Work at service desks elsewhere.
//!
//! ```text
//! asked ── done ──▶ deleted
//!   │  └── put off ──▶ waiting ── due ──▶ tried again
//!   └───── refused ──▶ refused ── asked again, or deleted
//! ```
//!
//! A look at a person is one item, however often it was asked for: asking again replaces the token,
//! and only the holder of the newest token ends it. The acts of a request are one item each, in one
//! partition, in their order. The stream shows what is asked; everything that waits is found through
//! the `due` index, in a shard of its own.

use domain::{DeskWork, RequestRef, Timestamp};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    CommitError, Store, StoreError,
    item::{self, Item},
    keys::{self, Key},
    tables::Table,
    transaction::{Condition, Write},
};

/// The time that the stream has to show new work before the `due` index does.
const FIRST_DUE: SignedDuration = SignedDuration::from_mins(3);
/// The shard of the `due` index for work that waits.
const WAITING: &str = "work";
/// The shard of the `due` index for work that was refused.
const REFUSED: &str = "work-refused";
/// The attribute that holds the token.
const TOKEN: &str = "token";
/// The most bytes that are kept of an answer.
const LONGEST_ANSWER: usize = 300;

/// The key of an item of work.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WorkId(Key);

/// An item of work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkItem {
    /// Its key.
    pub id: WorkId,
    /// The work.
    pub work: DeskWork,
    /// The token of the last time that it was asked for.
    pub token: Uuid,
    /// The instant at which it was last asked for.
    pub asked_at: Timestamp,
    /// The number of times that it was tried in vain.
    pub attempts: u32,
    /// The answer of the last try, if it was in vain.
    pub said: Option<String>,
    /// `true` if it was refused for good.
    pub refused: bool,
}

/// Work as the journal's stream shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Its key.
    pub id: WorkId,
    /// The token with which it was asked for.
    pub token: Uuid,
    /// The work.
    pub work: DeskWork,
}

/// The states of an item of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum State {
    /// The stream shows it to the writer.
    Asked,
    /// It waits for its next try.
    Waiting,
    /// The desk has refused it for good.
    Refused,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Stored {
    /// The work as JSON: nobody queries its parts.
    work: String,
    state: State,
    token: Uuid,
    asked_at: Timestamp,
    attempts: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    said: Option<String>,
}

/// An item of work as a commit writes it.
pub(crate) fn new_item(work: &DeskWork, token: Uuid, now: Timestamp) -> Result<Item, StoreError> {
    let key = match work {
        DeskWork::Look { desk, person, .. } => Key::look(desk, person),
        DeskWork::Act { request, act } => Key::act(request, act, token),
    };
    let stored = Stored {
        work: serde_json::to_string(work).map_err(StoreError::unwritable)?,
        state: State::Asked,
        token,
        asked_at: now,
        attempts: 0,
        said: None,
    };
    let mut item = item::encode(&key, &stored)?;
    set_due(&mut item, WAITING, later(now, FIRST_DUE));
    Ok(item)
}

/// Returns the work of an outcome with one look at each person: two changes of a person that are
/// committed together need no second one.
pub(crate) fn each_look_once(work: &[DeskWork]) -> impl Iterator<Item = &DeskWork> {
    work.iter().enumerate().filter_map(|(place, one)| {
        let is_repeated = match one {
            DeskWork::Look { .. } => work[..place].iter().any(|other| other.is_same_look(one)),
            DeskWork::Act { .. } => false,
        };
        (!is_repeated).then_some(one)
    })
}

fn later(now: Timestamp, wait: SignedDuration) -> Timestamp {
    now.checked_add(wait).unwrap_or(Timestamp::MAX)
}

fn set_due(item: &mut Item, shard: &str, at: Timestamp) {
    item::set(item, keys::DUE_SHARD, shard.to_owned());
    item::set(item, keys::DUE_AT, keys::instant(at));
}

fn decode(item: Item) -> Result<WorkItem, StoreError> {
    let what = "work at a desk";
    let id = Key::of(&item).ok_or(StoreError::Misshapen { what })?;
    let stored: Stored = item::decode(what, item)?;
    Ok(WorkItem {
        id: WorkId(id),
        work: read(&stored.work)?,
        token: stored.token,
        asked_at: stored.asked_at,
        attempts: stored.attempts,
        said: stored.said,
        refused: stored.state == State::Refused,
    })
}

fn read(work: &str) -> Result<DeskWork, StoreError> {
    serde_json::from_str(work).map_err(|source| StoreError::Unreadable {
        what: "work at a desk",
        source: Box::new(source),
    })
}

impl Asked {
    /// Reads an item of work from a stream record.
    ///
    /// # Errors
    /// If it is no work, or has other attributes.
    pub fn from_image(image: serde_dynamo::Item) -> Result<Self, StoreError> {
        #[derive(Deserialize)]
        struct Image {
            pk: String,
            sk: String,
            token: Uuid,
            work: String,
        }
        let image: Image =
            serde_dynamo::from_item(image).map_err(|source| StoreError::Unreadable {
                what: "work at a desk",
                source: Box::new(source),
            })?;
        Ok(Self {
            id: WorkId(Key {
                pk: image.pk,
                sk: image.sk,
            }),
            token: image.token,
            work: read(&image.work)?,
        })
    }
}

impl WorkItem {
    fn put(&self, state: State, shard: &str, due: Timestamp) -> Result<Write, StoreError> {
        let stored = Stored {
            work: serde_json::to_string(&self.work).map_err(StoreError::unwritable)?,
            state,
            token: self.token,
            asked_at: self.asked_at,
            attempts: self.attempts,
            said: self.said.clone(),
        };
        let mut item = item::encode(&self.id.0, &stored)?;
        set_due(&mut item, shard, due);
        let condition = Condition::Holds(TOKEN, self.token.to_string());
        Ok(Write::put(
            Table::Journal,
            "work at a desk",
            item,
            condition,
        ))
    }

    /// The item with one try in vain more, and what was said about it.
    fn tried(&self, said: &str) -> Self {
        Self {
            attempts: self.attempts.saturating_add(1),
            said: Some(shortened(said)),
            ..self.clone()
        }
    }
}

/// At most [`LONGEST_ANSWER`] bytes of an answer.
fn shortened(said: &str) -> String {
    said[..said.floor_char_boundary(LONGEST_ANSWER)].to_owned()
}

/// Takes a conflict for the word that somebody else has asked again, or ended the work.
fn if_newest(written: Result<(), CommitError>) -> Result<bool, CommitError> {
    match written {
        Ok(()) => Ok(true),
        Err(CommitError::Conflict) => Ok(false),
        Err(error) => Err(error),
    }
}

impl Store {
    /// One item of work, unless it is done.
    ///
    /// # Errors
    /// If the store is not available or refuses, or the item cannot be read.
    pub async fn work(&self, id: &WorkId) -> Result<Option<WorkItem>, StoreError> {
        let item = self.get_journal(&id.0).await?;
        item.map(decode).transpose()
    }

    /// The acts of a request that are not done, in their order.
    ///
    /// # Errors
    /// As [`Store::work`].
    pub async fn acts_of(&self, request: &RequestRef) -> Result<Vec<WorkItem>, StoreError> {
        let query = self
            .client
            .query()
            .table_name(self.tables.name(Table::Journal))
            .consistent_read(true)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", item::text(keys::acts_partition(request)));
        let items = self.query_all(query).await?;
        items.into_iter().map(decode).collect()
    }

    /// At most `limit` items of work whose time has come, the longest due first.
    ///
    /// # Errors
    /// As [`Store::work`].
    pub async fn due_work(&self, now: Timestamp, limit: u32) -> Result<Vec<WorkItem>, StoreError> {
        self.work_in(WAITING, now, limit).await
    }

    /// At most `limit` items of work that were refused for good, the oldest first.
    ///
    /// # Errors
    /// As [`Store::work`].
    pub async fn refused_work(&self, limit: u32) -> Result<Vec<WorkItem>, StoreError> {
        self.work_in(REFUSED, Timestamp::MAX, limit).await
    }

    async fn work_in(
        &self,
        shard: &str,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<WorkItem>, StoreError> {
        let query = self
            .client
            .query()
            .table_name(self.tables.name(Table::Journal))
            .index_name(keys::DUE)
            .key_condition_expression("due_shard = :shard AND due_at <= :now")
            .expression_attribute_values(":shard", item::text(shard))
            .expression_attribute_values(":now", item::text(keys::instant(now)))
            .limit(i32::try_from(limit.max(1)).unwrap_or(i32::MAX));
        let (found, _) = self.query_once(query, None).await?;
        let keys: Vec<_> = found
            .iter()
            .filter_map(|item| Some((Table::Journal, Key::of(item)?)))
            .collect();
        // The index is a moment behind the table, and has no order of its own after this read.
        let items = self.get_batch(&keys, None).await?;
        let mut work: Vec<WorkItem> = items
            .into_iter()
            .map(|(_, item)| decode(item))
            .collect::<Result<_, _>>()?;
        let place = |id: &WorkId| keys.iter().position(|(_, key)| *key == id.0);
        work.sort_by_key(|item| place(&item.id));
        Ok(work)
    }

    /// Ends an item of work. Returns `false` if it was asked for again since it was read.
    ///
    /// # Errors
    /// If the store is not available or refuses.
    pub async fn finish_work(&self, item: &WorkItem) -> Result<bool, CommitError> {
        let condition = Condition::Holds(TOKEN, item.token.to_string());
        let key = item.id.0.clone();
        let delete = Write::delete(Table::Journal, "work at a desk", key, condition);
        if_newest(self.transact(&[delete], None).await.map(drop))
    }

    /// Puts an item of work off, with what was said about it. Returns `false` if it was asked for
    /// again since it was read.
    ///
    /// # Errors
    /// If the store is not available or refuses.
    pub async fn put_off_work(
        &self,
        item: &WorkItem,
        until: Timestamp,
        said: &str,
    ) -> Result<bool, CommitError> {
        let put = item.tried(said).put(State::Waiting, WAITING, until)?;
        if_newest(self.transact(&[put], None).await.map(drop))
    }

    /// Marks an item of work as refused for good, with what was said about it. Returns `false` if
    /// it was asked for again since it was read.
    ///
    /// # Errors
    /// If the store is not available or refuses.
    pub async fn refuse_work(
        &self,
        item: &WorkItem,
        now: Timestamp,
        said: &str,
    ) -> Result<bool, CommitError> {
        let put = item.tried(said).put(State::Refused, REFUSED, now)?;
        if_newest(self.transact(&[put], None).await.map(drop))
    }

    /// Asks for an item of work anew, so that the stream shows it again.
    ///
    /// # Errors
    /// If the store is not available or refuses.
    pub async fn ask_again(
        &self,
        item: &WorkItem,
        token: Uuid,
        now: Timestamp,
    ) -> Result<bool, CommitError> {
        let anew = WorkItem {
            attempts: 0,
            said: None,
            ..item.clone()
        };
        let mut put = anew.put(State::Asked, WAITING, later(now, FIRST_DUE))?;
        if let crate::transaction::Act::Put(attributes) = &mut put.act {
            item::set(attributes, TOKEN, token.to_string());
        }
        if_newest(self.transact(&[put], None).await.map(drop))
    }

    /// Has the writer look at a person of a desk, whatever has changed.
    ///
    /// # Errors
    /// If the store is not available or refuses.
    pub async fn ask_work(
        &self,
        work: &DeskWork,
        token: Uuid,
        now: Timestamp,
    ) -> Result<(), CommitError> {
        let item = new_item(work, token, now)?;
        let put = Write::put(Table::Journal, "work at a desk", item, Condition::Nothing);
        self.transact(&[put], None).await.map(drop)
    }
}
