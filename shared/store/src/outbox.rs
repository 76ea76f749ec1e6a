//! Messages to send: claimed once, marked recipient by recipient, queued again when stuck.
//!
//! ```text
//! pending ── claim ──▶ claimed ── last recipient settled ──▶ done
//!    ▲                    │
//!    └──── release ───────┘        lease over: claimed again, or requeued as a copy
//! ```
//!
//! A message that nobody finishes stays in the `due` index, from where the sweep queues it again:
//! the item is replaced by a copy under a new id, so that the stream shows an insert. After
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

/// How often a stuck message is queued again before it is given up: with the waits between, which
/// grow from 30 minutes to 6 hours, that is more than two days.
pub const MAX_ATTEMPTS: u32 = 12;
/// How long the stream has to deliver a message before the sweep looks after it.
const FIRST_DUE: SignedDuration = SignedDuration::from_mins(30);
/// The longest time between two tries.
const LONGEST_DUE: SignedDuration = SignedDuration::from_hours(6);
/// How long a message is kept, sent or not.
const KEPT: Days = Days(60);

/// A message that was claimed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxMessage {
    /// The item's id; a copy has another one.
    pub id: Uuid,
    /// The message's id, which no copy changes: what is derived from it is the same in each try.
    pub message_id: Uuid,
    /// What is sent.
    pub message: Message,
    /// What became of it, by recipient.
    pub recipients: BTreeMap<EmailAddress, Receipt>,
    /// How often it was queued again.
    pub attempts: u32,
    /// When it was committed, or queued again.
    pub queued_at: Timestamp,
    /// Under which id it was claimed.
    pub claimed_by: Uuid,
    /// Until when whoever claimed it has time to send it.
    pub lease_until: Timestamp,
}

impl OutboxMessage {
    /// Who has not got it yet.
    pub fn waiting(&self) -> impl Iterator<Item = &EmailAddress> {
        self.recipients
            .iter()
            .filter(|(_, receipt)| **receipt == Receipt::Waiting)
            .map(|(email, _)| email)
    }
}

/// What became of a message for one recipient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Receipt {
    /// Nothing yet.
    Waiting,
    /// The mail system took it.
    Sent {
        /// Its id there.
        id: String,
    },
    /// The mail system will never take it.
    Failed {
        /// Why, in the mail system's words.
        why: String,
    },
    /// It was not sent on purpose.
    Skipped {
        /// Why, such as `suppressed` or `muted`.
        why: String,
    },
}

/// A message as the journal's stream shows it when it is inserted: enough to put access mail
/// before digests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Queued {
    /// The item's id, to claim it by.
    pub id: Uuid,
    /// How urgent it is.
    pub urgency: Urgency,
}

impl Queued {
    /// Reads an inserted item as a stream record holds it.
    ///
    /// # Errors
    /// When it is no message to send, or its attributes are not those of one.
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

/// Where a message stands.
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
    /// JSON: nobody asks the table about its parts, and one text is smaller than a tree of
    /// attributes.
    message: String,
    recipients: BTreeMap<EmailAddress, Receipt>,
    /// How many recipients are still waiting.
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

/// A message as a commit puts it into the outbox.
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

/// A message that was given up: kept, with no deadline.
fn dead_item(id: Uuid, stored: &Stored, now: Timestamp) -> Result<Item, StoreError> {
    let mut item = item::encode_next(&Key::outbox(id), stored, stored.version)?;
    item::set_expiry(&mut item, KEPT.after(now));
    Ok(item)
}

/// When the sweep should look after a message that was queued again `attempts` times.
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

/// A message that holds a lease.
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
