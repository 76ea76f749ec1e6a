//! The rules of Lanyard, without any I/O: types that cannot hold a bad value, the policy of an
//! organisation, the state machines of membership and request, and the decisions over them.
//!
//! Every decision is a pure function `(state, event, occasion) → Result<Outcome, Refusal>`. This
//! crate must not do I/O, be async, know AWS or look at a clock: time comes in as an argument. It
//! returns changes and messages; other crates store, sign and mail them.

pub mod account;
pub mod address;
pub mod affiliation;
pub mod audit;
pub mod called;
pub mod columns;
pub mod customer;
pub mod decide;
pub mod desk;
pub mod desk_work;
pub mod draft;
pub mod epoch;
pub mod event;
pub mod form;
pub mod id;
pub mod language;
pub mod link;
pub mod mailbox;
pub mod membership;
pub mod message;
pub mod network;
pub mod organization;
pub mod outcome;
pub mod policy;
pub mod refusal;
pub mod request;
pub mod request_access;
pub mod sweep;
pub mod text;

pub use address::{DomainName, EmailAddress};
pub use affiliation::{Affiliation, Standing};
pub use audit::{Action, Actor, AuditEntry, Evidence, Occasion, Proof, Subject};
pub use customer::Customer;
pub use desk_work::{DeskAct, DeskWork};
pub use epoch::Epoch;
pub use event::Event;
pub use id::{
    ApprovalId, CommentId, DeliveryId, DeskId, DraftId, ExternalId, OrgId, RequestKey, RequestRef,
    RequestTypeId, RunId, SourceId,
};
pub use jiff::Timestamp;
pub use language::{InvalidLanguage, Language};
pub use mailbox::Mailbox;
pub use membership::{Membership, Role};
pub use message::{Mail, Message};
pub use organization::Organization;
pub use outcome::{Change, Outcome};
pub use policy::{Days, Policy};
pub use refusal::{Code, Refusal, RefusedField};
pub use request::Request;

use serde::{Deserialize, Serialize};

/// The number of times that a stored item was written. Every write is conditioned on the version
/// that was read; `Version::NEW` means that nothing was stored yet.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Version(pub u64);

impl Version {
    /// Nothing is stored yet: the write must create the item.
    pub const NEW: Self = Self(0);

    /// The version that a write conditioned on this one stores.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// Returns `true` if nothing is stored yet.
    #[must_use]
    pub fn is_new(self) -> bool {
        self == Self::NEW
    }
}
