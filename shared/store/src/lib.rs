//! Lanyard's data in four `DynamoDB` tables: typed keys, loads, queries, and the one commit that
//! writes a decision as a whole.
//!
//! This crate knows the domain's types and nothing of webhooks, links or mail. It must not decide:
//! it writes what an [`Outcome`](domain::Outcome) says, under the conditions that it was decided
//! on, or nothing. It must not write a key outside `keys`, and must not look at a clock or at
//! chance: both come in.
//!
//! # The methods of a store
//!
//! Each row is one file of this crate.
//!
//! | for | methods of [`Store`] |
//! |---|---|
//! | deciding | [`load`](Store::load) what a decision rests on, [`commit`](Store::commit) its outcome |
//! | webhooks | [`delivery`](Store::delivery), [`begin_list`](Store::begin_list), [`finish_list`](Store::finish_list) |
//! | refused deliveries | [`park`](Store::park), [`keep`](Store::keep), [`is_kept`](Store::is_kept), [`parked`](Store::parked), [`unpark`](Store::unpark) |
//! | accounts at sources | [`accounts`](Store::accounts), [`accounts_of`](Store::accounts_of) |
//! | people | [`organizations_of`](Store::organizations_of), [`contacts`](Store::contacts) |
//! | rosters | [`roster`](Store::roster), [`roster_entries`](Store::roster_entries) |
//! | requests | [`request_with_viewers`](Store::request_with_viewers), [`comments`](Store::comments), [`viewed`](Store::viewed), [`viewed_from`](Store::viewed_from) |
//! | unconfirmed requests | [`draft`](Store::draft) |
//! | uploaded lists | [`put_upload`](Store::put_upload), [`upload`](Store::upload), [`confirm_upload`](Store::confirm_upload), [`finish_part`](Store::finish_part) |
//! | rows of a list | [`list_row`](Store::list_row), [`list_rows`](Store::list_rows) |
//! | single-use links | [`link_used`](Store::link_used) |
//! | notices given once | [`notice_given`](Store::notice_given) |
//! | the outbox | [`claim`](Store::claim), [`mark_sent`](Store::mark_sent), [`mark_failed`](Store::mark_failed), [`mark_skipped`](Store::mark_skipped), [`release`](Store::release), [`requeue`](Store::requeue) |
//! | work at desks | [`work`](Store::work), [`acts_of`](Store::acts_of), [`due_work`](Store::due_work), [`refused_work`](Store::refused_work), [`finish_work`](Store::finish_work), [`put_off_work`](Store::put_off_work), [`refuse_work`](Store::refuse_work), [`ask_again`](Store::ask_again), [`ask_work`](Store::ask_work) |
//! | accounts at desks | [`desk_link`](Store::desk_link), [`desk_links`](Store::desk_links), [`put_desk_link`](Store::put_desk_link), [`counterpart`](Store::counterpart), [`put_counterpart`](Store::put_counterpart) |
//! | a desk's pause | [`desk_pause`](Store::desk_pause), [`pause_desk`](Store::pause_desk), [`resume_desk`](Store::resume_desk) |
//! | deadlines | [`due_in_directory`](Store::due_in_directory), [`next_due_in_directory`](Store::next_due_in_directory), [`due_in_journal`](Store::due_in_journal), [`drop_early_pointer`](Store::drop_early_pointer) |
//! | sweep runs | [`open_run`](Store::open_run), [`run`](Store::run), [`runs_of_day`](Store::runs_of_day) |
//! | the audit trail | [`audit_of`](Store::audit_of), [`audit_of_org`](Store::audit_of_org) |
//! | limits | [`count_hit`](Store::count_hit), [`count_hits`](Store::count_hits) |
//! | settings | [`world`](Store::world), [`desk`](Store::desk), [`organization`](Store::organization), [`domain_rule`](Store::domain_rule), [`source`](Store::source), and a `put_` or `delete_` of each |
//! | a desk's token | [`desk_token`](Store::desk_token), [`put_desk_token`](Store::put_desk_token), [`forget_desk_token`](Store::forget_desk_token) |

mod accounts;
mod answer;
mod attributes;
mod commit;
mod delivery;
mod desk;
mod domain_rule;
mod draft;
mod due;
mod error;
mod item;
mod keys;
mod list;
mod list_id;
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

pub use answer::{Answer, Delivery};
pub use commit::{Committed, Once};
pub use delivery::REMEMBERED;
pub use desk::{
    Asked, DeskLink, DeskToken, Found, LinkState, Pause, PauseReason, WorkId, WorkItem,
};
pub use due::{DueInDirectory, DueInJournal};
pub use error::{Cause, CommitError, StoreError};
pub use keys::SHARDS;
pub use list_id::{InvalidUploadId, ListId, UploadId};
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
pub use upload::{PART, Upload, UploadPart};
