//! The numbers that end links (`docs/adr/0030`).
//!
//! A link carries the epoch that it was signed at, and is honoured while the epoch is the same. So an
//! epoch must never come back to a value that it had, whatever is forgotten, restored or begun anew.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Everything that ends a link, in one number that only grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Epoch(pub u32);

impl Epoch {
    /// The epoch beyond this one by a part that only grows itself.
    pub(crate) fn plus(self, part: u32) -> Self {
        Self(self.0.saturating_add(part))
    }
}

/// A part of an epoch that is set by the clock: what begins anew begins beyond everything that was
/// before it, also when nothing is left that says what it was. Zero for what an earlier version
/// stored, and for what has begun only once.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Round(pub u32);

impl Round {
    /// The first second of 2020, from which rounds are numbered. A `u32` lasts until 2156.
    const FIRST: i64 = 1_577_836_800;

    /// The round that begins at `now`, after this one.
    #[must_use]
    pub fn next(self, now: Timestamp) -> Self {
        let seconds = now.as_second().saturating_sub(Self::FIRST).max(0);
        let seconds = u32::try_from(seconds).unwrap_or(u32::MAX);
        Self(seconds.max(self.0.saturating_add(1)))
    }
}
