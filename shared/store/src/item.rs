//! Conversion between the domain's types and items: flat attributes, the version, and the
//! attributes of indexes.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    AuditEntry, Membership, Organization, Timestamp, Version,
    request::{Comment, Viewer},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_dynamo::aws_sdk_dynamodb_1::{from_item, to_attribute_value, to_item};
use uuid::Uuid;

pub(crate) use crate::attributes::Item;
use crate::{
    StoreError,
    keys::{self, Key},
};

/// The number of times that the item was written.
pub(crate) const VERSION: &str = "version";
/// The time from which time-to-live may delete it, in seconds since the epoch.
pub(crate) const EXPIRES_AT: &str = "expires_at";

/// The attributes of a value under a key.
pub(crate) fn encode<T: Serialize>(key: &Key, value: &T) -> Result<Item, StoreError> {
    let mut item: Item = to_item(value).map_err(StoreError::unwritable)?;
    item.extend(key.attributes());
    Ok(item)
}

/// The attributes of a versioned value under a key, with the version that this write stores.
pub(crate) fn encode_next<T: Serialize>(
    key: &Key,
    value: &T,
    read: Version,
) -> Result<Item, StoreError> {
    let mut item = encode(key, value)?;
    item.insert(VERSION.to_owned(), number(read.next().0));
    Ok(item)
}

/// The value of an item.
pub(crate) fn decode<T: DeserializeOwned>(what: &'static str, item: Item) -> Result<T, StoreError> {
    from_item(item).map_err(|source| StoreError::Unreadable {
        what,
        source: Box::new(source),
    })
}

/// An organisation with its deadline in the `due` index.
pub(crate) fn organization(org: &Organization) -> Result<Item, StoreError> {
    let key = Key::organization(&org.id);
    let mut item = encode_next(&key, org, org.version)?;
    if let Some(due) = org.due_at {
        set_due(&mut item, &key, due);
    }
    Ok(item)
}

/// A membership with its deadline in the `due` index and its entry in `by-customer`.
pub(crate) fn membership(membership: &Membership) -> Result<Item, StoreError> {
    let key = Key::membership(&membership.org, &membership.email);
    let mut item = encode_next(&key, membership, membership.version)?;
    set(&mut item, keys::EMAIL, membership.email.as_str().to_owned());
    set(&mut item, keys::ORG, membership.org.as_str().to_owned());
    if let Some(due) = membership.due_at {
        set_due(&mut item, &key, due);
    }
    Ok(item)
}

/// A viewer with their place in the index `by-viewer`.
pub(crate) fn viewer(viewer: &Viewer) -> Result<Item, StoreError> {
    let key = Key::viewer(&viewer.request, &viewer.who);
    let mut item = encode_next(&key, viewer, viewer.version)?;
    set(&mut item, keys::VIEWER, keys::viewer(&viewer.who));
    set(
        &mut item,
        keys::POSITION,
        keys::position(viewer.open, viewer.moved_at),
    );
    Ok(item)
}

/// A comment. It is written once, so its version is always the first.
pub(crate) fn comment(comment: &Comment) -> Result<Item, StoreError> {
    let key = Key::comment(&comment.request, comment.at, &comment.id);
    encode_next(&key, comment, Version::NEW)
}

/// The attribute for an audit entry's own subject, because `subject` belongs to the index.
const ABOUT: &str = "about";

/// An audit entry with its place in the index `by-subject`.
pub(crate) fn audit(entry: &AuditEntry, id: Uuid) -> Result<Item, StoreError> {
    let key = Key::audit(entry.org.as_ref(), entry.at, id);
    let mut item = encode_next(&key, entry, Version::NEW)?;
    let about = to_attribute_value(&entry.subject).map_err(StoreError::unwritable)?;
    item.insert(ABOUT.to_owned(), about);
    set(&mut item, keys::SUBJECT, keys::subject(&entry.subject));
    set(&mut item, keys::ENTRY, id.to_string());
    Ok(item)
}

/// An audit entry and its id.
pub(crate) fn to_audit(mut item: Item) -> Result<(Uuid, AuditEntry), StoreError> {
    let what = "audit entry";
    let id = item
        .get(keys::ENTRY)
        .and_then(|id| id.as_s().ok()?.parse().ok())
        .ok_or(StoreError::Misshapen { what })?;
    let about = item.remove(ABOUT).ok_or(StoreError::Misshapen { what })?;
    item.insert(keys::SUBJECT.to_owned(), about);
    Ok((id, decode(what, item)?))
}

/// Puts an item's deadline into the `due` index.
pub(crate) fn set_due(item: &mut Item, key: &Key, due: Timestamp) {
    set(item, keys::DUE_SHARD, key.shard());
    set(item, keys::DUE_AT, keys::instant(due));
}

/// Lets time-to-live delete an item some time after `at`.
pub(crate) fn set_expiry(item: &mut Item, at: Timestamp) {
    item.insert(EXPIRES_AT.to_owned(), number(epoch(at)));
}

/// Tells whether an item has expired. Time-to-live may not have deleted it yet.
pub(crate) fn has_expired(item: &Item, now: Timestamp) -> bool {
    item.get(EXPIRES_AT)
        .and_then(|at| at.as_n().ok()?.parse::<i64>().ok())
        .is_some_and(|at| at < epoch(now))
}

/// Seconds since the epoch, the unit of `expires_at`.
pub(crate) fn epoch(at: Timestamp) -> i64 {
    at.as_second()
}

pub(crate) fn set(item: &mut Item, name: &str, value: String) {
    item.insert(name.to_owned(), AttributeValue::S(value));
}

pub(crate) fn number(value: impl std::fmt::Display) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

pub(crate) fn text(value: impl Into<String>) -> AttributeValue {
    AttributeValue::S(value.into())
}
