//! Messages to send: claimed once, marked recipient by recipient, queued again when stuck.
//!
//! ```text
//! pending ── claim ──▶ claimed ── last recipient settled ──▶ done
//!    ▲                    │
//!    └──── release ───────┘        lease over: claimed again, or requeued as a copy
//! ```
//!
//! An unfinished message stays in the `due` index, where the sweep finds it and queues it again: a
//! copy under a new id replaces the item, so that the stream shows an insert. After
//! [`MAX_ATTEMPTS`] copies the message is `dead`.

mod claim;
mod requeue;

use std::collections::BTreeMap;

use domain::{Days, EmailAddress, Message, Timestamp, message::Urgency};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    StoreError,
    item::{self, Item},
    keys::Key,
};

pub use claim::Claim;
pub use requeue::Requeued;

/// The number of times that a stuck message is queued again before it is given up. With the waits
/// in between, which grow from 30 minutes to 6 hours, this takes more than two days.
pub const MAX_ATTEMPTS: u32 = 12;
/// The time that the stream has to deliver a message before the sweep queues it again.
const FIRST_DUE: SignedDuration = SignedDuration::from_mins(30);
/// The longest time between two tries.
const LONGEST_DUE: SignedDuration = SignedDuration::from_hours(6);
/// Days for which a message is kept, sent or not.
const KEPT: Days = Days(60);

/// A claimed message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxMessage {
    /// The item's id. A copy has another one.
    pub id: Uuid,
    /// The message's id, which every copy keeps. Values derived from it are the same in each try.
    pub message_id: Uuid,
    /// The content.
    pub message: Message,
    /// The receipts, by recipient.
    pub recipients: BTreeMap<EmailAddress, Receipt>,
    /// The number of times that it was queued again.
    pub attempts: u32,
    /// The instant of its commit, or of the last time that it was queued again.
    pub queued_at: Timestamp,
    /// The id under which it was claimed.
    pub claimed_by: Uuid,
    /// The end of the time in which the claimant may send it.
    pub lease_until: Timestamp,
}

impl OutboxMessage {
    /// The recipients who have not got it yet.
    pub fn waiting(&self) -> impl Iterator<Item = &EmailAddress> {
        self.recipients
            .iter()
            .filter(|(_, receipt)| **receipt == Receipt::Waiting)
            .map(|(email, _)| email)
    }
}

/// The state of a message for one recipient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Receipt {
    /// Not settled yet.
    Waiting,
    /// The mail system took it.
    Sent {
        /// Its id there.
        id: String,
    },
    /// The mail system will never take it.
    Failed {
        /// The reason, in the mail system's words.
        why: String,
    },
    /// It was not sent on purpose.
    Skipped {
        /// The reason, such as `suppressed` or `muted`.
        why: String,
    },
}

/// A message as the journal's stream shows its insert: enough to put access mail before digests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Queued {
    /// The item's id, to claim it by.
    pub id: Uuid,
    /// The message's urgency.
    pub urgency: Urgency,
}

impl Queued {
    /// Reads an inserted item from a stream record.
    ///
    /// # Errors
    /// If it is no message to send, or has other attributes.
    pub fn from_image(image: serde_dynamo::Item) -> Result<Self, StoreError> {
        #[derive(Deserialize)]
        struct Image {
            pk: String,
            sk: String,
            urgency: Urgency,
        }
        let what = "message to send";
        let image: Image =
            serde_dynamo::from_item(image).map_err(|source| StoreError::Unreadable {
                what,
                source: Box::new(source),
            })?;
        let key = Key {
            pk: image.pk,
            sk: image.sk,
        };
        let id = key.to_outbox().ok_or(StoreError::Misshapen { what })?;
        Ok(Self {
            id,
            urgency: image.urgency,
        })
    }
}

/// The state of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum State {
    Pending,
    Claimed,
    Done,
    Dead,
}

impl State {
    fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Claimed => "claimed",
            Self::Done => "done",
            Self::Dead => "dead",
        }
    }
}

/// The attributes of a message's item.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Stored {
    message_id: Uuid,
    state: State,
    urgency: Urgency,
    attempts: u32,
    queued_at: Timestamp,
    /// The message as JSON: nobody queries its parts, and one text is smaller than a tree of
    /// attributes.
    message: String,
    recipients: BTreeMap<EmailAddress, Receipt>,
    /// The number of recipients who are still waiting.
    unsettled: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    claimed_by: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lease_until: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    not_before: Option<Timestamp>,
    version: domain::Version,
}

const STATE: &str = "state";
const RECIPIENTS: &str = "recipients";
const UNSETTLED: &str = "unsettled";
const CLAIMED_BY: &str = "claimed_by";
const LEASE_UNTIL: &str = "lease_until";
const NOT_BEFORE: &str = "not_before";

/// A message as a commit writes it into the outbox.
pub(crate) fn new_item(id: Uuid, message: &Message, now: Timestamp) -> Result<Item, StoreError> {
    let recipients: BTreeMap<EmailAddress, Receipt> = message
        .to
        .iter()
        .map(|email| (email.clone(), Receipt::Waiting))
        .collect();
    let stored = Stored {
        message_id: id,
        state: State::Pending,
        urgency: message.mail.urgency(),
        attempts: 0,
        queued_at: now,
        message: serde_json::to_string(message).map_err(StoreError::unwritable)?,
        unsettled: u32::try_from(recipients.len()).expect("a message has at most 50 recipients"),
        recipients,
        claimed_by: None,
        lease_until: None,
        not_before: None,
        version: domain::Version::NEW,
    };
    item_of(id, &stored, now)
}

fn item_of(id: Uuid, stored: &Stored, now: Timestamp) -> Result<Item, StoreError> {
    let key = Key::outbox(id);
    let mut item = item::encode_next(&key, stored, domain::Version::NEW)?;
    item::set_due(&mut item, &key, due(stored.attempts, now));
    item::set_expiry(&mut item, KEPT.after(now));
    Ok(item)
}

/// A message that was given up: kept, without a deadline.
fn dead_item(id: Uuid, stored: &Stored, now: Timestamp) -> Result<Item, StoreError> {
    let mut item = item::encode_next(&Key::outbox(id), stored, stored.version)?;
    item::set_expiry(&mut item, KEPT.after(now));
    Ok(item)
}

/// The instant from which the sweep queues a message again, after `attempts` times.
fn due(attempts: u32, now: Timestamp) -> Timestamp {
    let wait = 2i32
        .checked_pow(attempts)
        .and_then(|factor| FIRST_DUE.checked_mul(factor))
        .unwrap_or(LONGEST_DUE)
        .min(LONGEST_DUE);
    now.checked_add(wait).unwrap_or(Timestamp::MAX)
}

fn decode(item: Item) -> Result<(Uuid, Stored), StoreError> {
    let what = "message to send";
    let id = Key::of(&item)
        .and_then(|key| key.to_outbox())
        .ok_or(StoreError::Misshapen { what })?;
    Ok((id, item::decode(what, item)?))
}

/// A message with a lease.
fn leased(item: Item) -> Result<OutboxMessage, StoreError> {
    let what = "message to send";
    let (id, stored) = decode(item)?;
    let message =
        serde_json::from_str(&stored.message).map_err(|source| StoreError::Unreadable {
            what,
            source: Box::new(source),
        })?;
    Ok(OutboxMessage {
        id,
        message_id: stored.message_id,
        message,
        recipients: stored.recipients,
        attempts: stored.attempts,
        queued_at: stored.queued_at,
        claimed_by: stored.claimed_by.ok_or(StoreError::Misshapen { what })?,
        lease_until: stored.lease_until.ok_or(StoreError::Misshapen { what })?,
    })
}
