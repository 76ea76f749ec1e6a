//! One run of the inactivity sweep and its report.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{OrgId, RunId, Version};

/// The record of a run of the sweep: what it did, or would have done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SweepRun {
    /// The identifier of the run, which is the instant at which it began.
    pub id: RunId,
    /// The state of the run.
    pub state: RunState,
    /// The numbers of what it did.
    pub report: Report,
    /// The number of people whom each organisation was about to lose, as long as its digest is
    /// still to be written.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub removals: BTreeMap<OrgId, u32>,
    /// The organisations of a held run that an administrator of their desk has released, while
    /// those of other desks wait.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub released: BTreeSet<OrgId>,
    /// The number of people removed from organisations that were released before the others.
    #[serde(default)]
    pub removed_before: u32,
    /// The number of times this item was written.
    pub version: Version,
}

impl SweepRun {
    /// Returns the organisations of a held run that wait for an administrator, each with the number
    /// of people it would lose. None when the run is not held.
    pub fn waiting(&self) -> impl Iterator<Item = (&OrgId, u32)> {
        let held = self.state == RunState::Held;
        let rest = self
            .removals
            .iter()
            .filter(move |(org, _)| held && !self.released.contains(*org));
        rest.map(|(org, count)| (org, *count))
    }
}

/// The states of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum RunState {
    /// It began and has not ended; if it was killed the next one takes over.
    Running,
    /// It is over.
    Finished {
        /// The instant.
        at: Timestamp,
    },
    /// It would have removed too many and waits for an administrator.
    Held,
    /// An administrator let it go on; the next run carries it out.
    Released {
        /// The instant.
        at: Timestamp,
    },
}

/// The numbers of memberships that a run handled.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Report {
    /// Looked at.
    pub examined: u32,
    /// Warned.
    pub warned: u32,
    /// Reminded of a warning, an invitation or an end of access.
    pub reminded: u32,
    /// Removed for inactivity.
    pub removed: u32,
    /// Off-boarded because a date came.
    pub offboarded: u32,
    /// Invitations that lapsed.
    pub expired: u32,
    /// Kept because they were active.
    pub kept: u32,
    /// Records reduced to what the audit needs.
    pub reduced: u32,
    /// Spared, by reason.
    pub exempted: BTreeMap<Exemption, u32>,
    /// Would have been warned, were the organisation's mode `enforce`.
    pub would_warn: u32,
    /// Would have been removed, were the organisation's mode `enforce`.
    pub would_remove: u32,
    /// Not removed because the run stopped.
    pub held: u32,
    /// Could not be written this time; the next run tries again.
    pub failed: u32,
    /// Messages that the stream had not finished, queued again.
    pub requeued: u32,
    /// Updates whose request did not come within 24 hours.
    pub parked: u32,
    /// Organisations whose leads were asked who still belongs.
    pub reviews: u32,
    /// Organisations that nobody leads whom mail reaches, and whose administrators were told.
    pub vacant: u32,
    /// The next deadline that this run saw.
    pub next_due: Option<Timestamp>,
}

/// The reasons why somebody is spared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Exemption {
    /// They lead the organisation.
    Lead,
    /// They are its last lead.
    LastLead,
    /// They have an open request.
    OpenRequest,
    /// An administrator marked them.
    Marked,
    /// No mail reaches them, so they could not be warned.
    Unreachable,
    /// Their organisation has no lead whom mail reaches, so nobody could say that they stay.
    Vacant,
}
