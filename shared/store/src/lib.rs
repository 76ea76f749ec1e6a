//! Everything Lanyard keeps, in four `DynamoDB` tables: typed keys, loads, queries, and the one
//! commit that writes a decision as a whole.
//!
//! This crate knows the domain's types and nothing of webhooks, links or mail. It must not decide:
//! it writes what an [`Outcome`](domain::Outcome) says, under the conditions that it was decided
//! on, or nothing. It must not write a key outside `keys`, and must not look at a clock or at
//! chance: both come in.

mod accounts;
mod commit;
mod delivery;
mod domain_rule;
mod draft;
mod due;
mod error;
mod item;
mod keys;
mod list;
mod load;
mod mailbox;
mod meter;
mod outbox;
mod page;
mod parked;
mod people;
mod rate;
mod read;
mod requests;
mod retry;
mod roster;
mod run;
mod settings;
mod size;
mod store;
mod tables;
mod trail;
mod transaction;
mod upload;
mod used_link;

pub use commit::{Committed, Once};
pub use delivery::{Answer, Delivery, REMEMBERED};
pub use due::{DueInDirectory, DueInJournal};
pub use error::{Cause, CommitError, StoreError};
pub use keys::SHARDS;
pub use list::ListId;
pub use load::{Loaded, Wanted};
pub use meter::{Consumed, Meter, Units, Usage};
pub use outbox::{Claim, MAX_ATTEMPTS, OutboxMessage, Queued, Receipt, Requeued};
pub use page::{Cursor, Page};
pub use parked::{Parked, ParkedBody, Parking, Unread};
pub use people::Contact;
pub use rate::{Hits, Rate};
pub use requests::{NoPlace, Order, Place};
pub use roster::{Detail, Entry};
pub use settings::World;
pub use store::{Chance, Store};
pub use tables::Tables;
pub use trail::AuditRecord;
pub use upload::{InvalidUploadId, PART, Upload, UploadId, UploadPart};
