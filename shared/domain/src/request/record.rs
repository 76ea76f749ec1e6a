//! The items that are stored under a request's key.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    DeliveryId, Event, RequestRef, SourceId, Version,
    request::{Alias, Request},
};

/// Updates that came before their request and wait for it, at most 24 hours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Awaited {
    /// The request that is not known yet.
    pub id: RequestRef,
    /// The updates, in the order of their arrival.
    pub updates: Vec<EarlyUpdate>,
    /// The instant at which waiting ends: 24 hours after the first update.
    pub until: Timestamp,
    /// The number of times this item was written.
    pub version: Version,
}

/// An update that came before its request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlyUpdate {
    /// The event.
    pub event: Event,
    /// The source that sent it.
    pub source: SourceId,
    /// The delivery that brought it.
    pub delivery: DeliveryId,
}

/// The item that is stored under a request's key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Record {
    /// The request.
    Known(Box<Request>),
    /// Updates that wait for it.
    Awaited(Awaited),
    /// Nothing but the way to a request that was moved to this key.
    Alias(Alias),
}
