//! A person's account in another system, and the address under which they are known here.

use serde::{Deserialize, Serialize};

use crate::{EmailAddress, SourceId, Version, id::ExternalId};

/// An account that a source names people by, bound to an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The source that names people so.
    pub source: SourceId,
    /// Its name for the person.
    pub id: ExternalId,
    /// The person's address.
    pub address: EmailAddress,
    /// The proof that account and address are one person's.
    pub shown_by: ShownBy,
    /// `true` once a second address came with the account. It belongs to nobody then, until
    /// somebody forgets it.
    pub disputed: bool,
    /// The number of times this item was written.
    pub version: Version,
}

/// The kinds of proof that an account and an address are one person's. A later variant is stronger.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum ShownBy {
    /// Stored before this was kept.
    #[default]
    Unsaid,
    /// The payload names the address in a field and the account as its reporter. The description of
    /// the source says that its reporters are its customers.
    Description,
    /// The payload names both in one object.
    Payload,
}

/// An address that a payload gives for an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The address.
    pub address: EmailAddress,
    /// The proof.
    pub shown_by: ShownBy,
}
