//! The lifecycle of a membership.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{EmailAddress, text::Note};

/// The states of a membership's lifecycle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum State {
    /// Waits for an administrator, because a limit is exceeded. Holds no seat.
    Proposed {
        /// The note of the inviter.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<Note>,
        /// The instant at which the question lapses.
        expires_at: Timestamp,
    },
    /// Invited and not answered yet. Holds a seat.
    Invited {
        /// The note of the inviter.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<Note>,
        /// The instant at which the invitation lapses.
        expires_at: Timestamp,
        /// `true` once the one reminder has left.
        reminded: bool,
    },
    /// Has access. Holds a seat.
    Active,
    /// Has access, was quiet, and was told. Holds a seat.
    Warned {
        /// The instant at which the warning was written.
        at: Timestamp,
        /// The instant at which access ends, fixed with the warning.
        grace_until: Timestamp,
        /// The number of days before the end at which the last reminder left.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reminded: Option<crate::Days>,
    },
    /// Had access; can be restored until `undo_until`.
    OffBoarded {
        /// The reason why access ended.
        why: OffboardReason,
        /// The instant until which it can be undone.
        undo_until: Timestamp,
        /// The colleague to whom open requests still have to be handed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hand_over_to: Option<EmailAddress>,
    },
    /// Was invited and never came. Forgotten after a while.
    Closed {
        /// The reason why it was closed.
        why: ClosedReason,
    },
}

/// A state without what belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// As [`State::Proposed`].
    Proposed,
    /// As [`State::Invited`].
    Invited,
    /// As [`State::Active`].
    Active,
    /// As [`State::Warned`].
    Warned,
    /// As [`State::OffBoarded`].
    OffBoarded,
    /// As [`State::Closed`].
    Closed,
}

impl Stage {
    /// Returns `true` if the person has access.
    #[must_use]
    pub fn has_access(self) -> bool {
        match self {
            Self::Active | Self::Warned => true,
            Self::Proposed | Self::Invited | Self::OffBoarded | Self::Closed => false,
        }
    }
}

impl State {
    /// Returns the state without its data.
    #[must_use]
    pub fn stage(&self) -> Stage {
        match self {
            Self::Proposed { .. } => Stage::Proposed,
            Self::Invited { .. } => Stage::Invited,
            Self::Active => Stage::Active,
            Self::Warned { .. } => Stage::Warned,
            Self::OffBoarded { .. } => Stage::OffBoarded,
            Self::Closed { .. } => Stage::Closed,
        }
    }
}

/// The reasons why access ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OffboardReason {
    /// They left the organisation.
    Left,
    /// They do not need access any more.
    NotNeeded,
    /// The lead said so.
    Lead,
    /// A policy said so.
    Policy,
    /// They were quiet, were warned, and the grace passed.
    Inactive,
    /// Their access had an end from the start.
    Expired,
}

/// The reasons why an invitation comes to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosedReason {
    /// The invitee said no.
    Declined,
    /// The inviter took it back.
    Withdrawn,
    /// There was no answer in time.
    Expired,
    /// An administrator refused the exception.
    Refused,
}
