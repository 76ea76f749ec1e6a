//! Parked deliveries: refused, or too early for a request that never came. They are kept with their
//! bodies, so that an administrator can fix the cause and replay them.
//!
//! A refusal by a business rule is the delivery's answer for 30 days. A delivery that could not be
//! read has no recorded answer: it is taken once it, or the mapping, is fixed. It is kept all the
//! same, once for each body, because it may hold somebody's words.

use aws_sdk_dynamodb::{primitives::Blob, types::AttributeValue};
use domain::{Code, DeliveryId, SourceId, Timestamp, request::EarlyUpdate};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Answer, CommitError, Cursor, Page, Store, StoreError, delivery,
    item::{self, Item},
    keys::{self, Key},
    page::List,
    tables::Table,
    transaction::{Condition, Role, Write},
};

const BODY: &str = "body";

/// A refused delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parking<'a> {
    /// The sender.
    pub source: &'a SourceId,
    /// The delivery's id.
    pub id: &'a DeliveryId,
    /// The function that it was sent to, such as `request-created`.
    pub function: &'a str,
    /// The rule that refused it.
    pub code: Code,
    /// Its body, byte for byte.
    pub body: &'a [u8],
    /// The SHA-256 of its body.
    pub payload_sha256: [u8; 32],
    /// The answer to the sender, now and when they send it again.
    pub answer: &'a Answer,
}

/// A delivery that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread<'a> {
    /// The sender.
    pub source: &'a SourceId,
    /// The delivery's id.
    pub id: &'a DeliveryId,
    /// The function that it was sent to.
    pub function: &'a str,
    /// The reason for keeping it.
    pub code: Code,
    /// Its body, byte for byte.
    pub body: &'a [u8],
    /// The SHA-256 of its body.
    pub payload_sha256: [u8; 32],
}

/// A parked delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parked {
    /// The instant of parking.
    pub at: Timestamp,
    /// The sender.
    pub source: SourceId,
    /// The delivery's id.
    pub id: DeliveryId,
    /// The function that it was sent to.
    pub function: String,
    /// The rule that refused it.
    pub code: Code,
    /// The body that was sent.
    pub body: ParkedBody,
}

/// The body that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParkedBody {
    /// As its sender wrote it.
    Raw(Vec<u8>),
    /// As the canonical event's JSON: it was accepted, and its request never came.
    Canonical(Vec<u8>),
}

#[derive(Serialize, Deserialize)]
struct Stored {
    at: Timestamp,
    source: SourceId,
    id: DeliveryId,
    function: String,
    code: Code,
    canonical: bool,
}

impl Stored {
    /// A delivery that is parked as its sender wrote it.
    fn raw(source: &SourceId, id: &DeliveryId, function: &str, code: Code, at: Timestamp) -> Self {
        Self {
            at,
            source: source.clone(),
            id: id.clone(),
            function: function.to_owned(),
            code,
            canonical: false,
        }
    }
}

/// The two writes that park a body once: a mark, which stays as long as deliveries are remembered,
/// and the parked delivery.
fn parked_once(mark: &Key, stored: &Stored, body: &[u8]) -> Result<[Write; 2], StoreError> {
    let mut marked = mark.attributes();
    marked.insert(item::VERSION.to_owned(), item::number(1));
    item::set_expiry(&mut marked, delivery::REMEMBERED.after(stored.at));
    let absent = Condition::AbsentOrExpired(stored.at);
    let parked = new_item(stored, body)?;
    Ok([
        Write::put(Table::Journal, "mark of a parked body", marked, absent),
        Write::put(
            Table::Journal,
            "parked delivery",
            parked,
            Condition::Nothing,
        ),
    ])
}

fn new_item(stored: &Stored, body: &[u8]) -> Result<Item, StoreError> {
    let key = Key::parked(stored.at, &stored.source, &stored.id);
    let mut item = item::encode(&key, stored)?;
    item.insert(item::VERSION.to_owned(), item::number(1));
    item.insert(BODY.to_owned(), AttributeValue::B(Blob::new(body)));
    Ok(item)
}

/// The parked form of an update whose request did not come.
pub(crate) fn early_update_item(update: &EarlyUpdate, now: Timestamp) -> Result<Item, StoreError> {
    let body = serde_json::to_vec(&update.event).map_err(StoreError::unwritable)?;
    let stored = Stored {
        at: now,
        source: update.source.clone(),
        id: update.delivery.clone(),
        function: "request-updated".to_owned(),
        code: Code::UnknownRequest,
        canonical: true,
    };
    new_item(&stored, &body)
}

fn decode(mut item: Item) -> Result<Parked, StoreError> {
    let what = "parked delivery";
    let Some(AttributeValue::B(body)) = item.remove(BODY) else {
        return Err(StoreError::Misshapen { what });
    };
    let stored: Stored = item::decode(what, item)?;
    let body = body.into_inner();
    Ok(Parked {
        at: stored.at,
        source: stored.source,
        id: stored.id,
        function: stored.function,
        code: stored.code,
        body: if stored.canonical {
            ParkedBody::Canonical(body)
        } else {
            ParkedBody::Raw(body)
        },
    })
}

impl Store {
    /// Records a refused delivery with its answer, and parks it: both or neither. A body is parked
    /// once while deliveries are remembered, under any id. If the id is not signed, an attacker who
    /// captured a delivery can make up as many ids as they like.
    ///
    /// # Errors
    /// [`CommitError::AlreadySeen`] if the delivery was seen, [`CommitError::Conflict`] if its body
    /// is parked already, [`CommitError::TooLarge`] if its body is (400 KB an item), or that the
    /// store is not available or refuses.
    pub async fn park(
        &self,
        parking: &Parking<'_>,
        now: Timestamp,
        new_id: &(dyn Fn() -> Uuid + Sync),
    ) -> Result<(), CommitError> {
        let seen = delivery::new_item(
            parking.source,
            parking.id,
            &parking.payload_sha256,
            Some(parking.answer),
            now,
        );
        let stored = Stored::raw(
            parking.source,
            parking.id,
            parking.function,
            parking.code,
            now,
        );
        let mark = Key::parked_body(parking.source, &parking.payload_sha256);
        let [mark, parked] = parked_once(&mark, &stored, parking.body)?;
        let seen = Write::put(
            Table::Journal,
            "delivery",
            seen,
            Condition::AbsentOrExpired(now),
        );
        let writes = [seen.with_role(Role::Once), parked, mark];
        self.transact(&writes, Some(new_id())).await.map(drop)
    }

    /// Tells whether a delivery that could not be read is kept already.
    ///
    /// # Errors
    /// If the store is not available or refuses.
    pub async fn is_kept(&self, unread: &Unread<'_>, now: Timestamp) -> Result<bool, StoreError> {
        let key = Key::unread(unread.source, unread.id, &unread.payload_sha256);
        let mark = self.get_journal(&key).await?;
        Ok(mark.is_some_and(|mark| !item::has_expired(&mark, now)))
    }

    /// Parks a delivery that could not be read, once for each of its bodies in 30 days.
    ///
    /// # Errors
    /// [`CommitError::TooLarge`] if the body is, or that the store is not available or refuses.
    pub async fn keep(
        &self,
        unread: &Unread<'_>,
        now: Timestamp,
        new_id: &(dyn Fn() -> Uuid + Sync),
    ) -> Result<(), CommitError> {
        let key = Key::unread(unread.source, unread.id, &unread.payload_sha256);
        let stored = Stored::raw(unread.source, unread.id, unread.function, unread.code, now);
        let writes = parked_once(&key, &stored, unread.body)?;
        match self.transact(&writes, Some(new_id())).await {
            Err(CommitError::Conflict) => {
                // Another call kept the same one meanwhile, or is about to.
                let kept = self.is_kept(unread, now).await;
                let kept = kept.map_err(CommitError::Unavailable)?;
                kept.then_some(()).ok_or(CommitError::Conflict)
            }
            done => done.map(drop),
        }
    }

    /// Lists the parked deliveries, oldest first.
    ///
    /// # Errors
    /// If the store is not available or refuses, an item cannot be read, or the cursor is invalid.
    pub async fn parked(
        &self,
        cursor: Option<&Cursor>,
        limit: u32,
    ) -> Result<Page<Parked>, StoreError> {
        let query = self
            .client
            .query()
            .table_name(&self.tables.journal)
            .consistent_read(true)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", item::text(keys::PARKED));
        let list = List {
            partition: (keys::PK, keys::PARKED),
            order: (keys::SK, ""),
            is_end: keys::is_parked,
        };
        let page = self.query_page(query, list, cursor, limit).await?;
        page.try_map(decode)
    }

    /// Deletes a parked delivery that was replayed or is not wanted.
    ///
    /// # Errors
    /// If the store is not available or refuses.
    pub async fn unpark(&self, parked: &Parked) -> Result<(), StoreError> {
        let key = Key::parked(parked.at, &parked.source, &parked.id);
        self.delete(Table::Journal, &key).await
    }
}
