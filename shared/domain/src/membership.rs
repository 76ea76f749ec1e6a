//! One customer in one organisation: what is invited, active, warned and off-boarded.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, EmailAddress, OrgId, Version,
    epoch::Round,
    text::{Name, Note},
};

/// A membership.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// The organisation.
    pub org: OrgId,
    /// The person.
    pub email: EmailAddress,
    /// How they are called, when anyone said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// What they may do.
    pub role: Role,
    /// Where in the lifecycle they are.
    pub state: State,
    /// Since when.
    pub since: Timestamp,
    /// Who invited them; the source when an event named no person.
    pub invited_by: Actor,
    /// When they became a member, counted as an activity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joined_at: Option<Timestamp>,
    /// When they, or the lead for them, last said that access is still wanted; counted as an
    /// activity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept_at: Option<Timestamp>,
    /// When a lead last said that they still belong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed_at: Option<Timestamp>,
    /// When access ends whatever else happens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_until: Option<Timestamp>,
    /// Of the reminders before `access_until`, how many days ahead the last one left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_reminded: Option<crate::Days>,
    /// An off-boarding that was asked for a later date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leaving: Option<Leaving>,
    /// Whether an administrator marked them as never to be removed for inactivity.
    #[serde(default)]
    pub exempt: bool,
    /// When access was last ended, whatever came after: who left once comes back by an invitation
    /// that they accept, never by a domain rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_at: Option<Timestamp>,
    /// Grows with each end of access. Links from before are dead, those to all that is their own
    /// among them; when the membership is forgotten, the person's record takes it over.
    #[serde(default)]
    pub epoch: u32,
    /// Set when somebody who had left comes back: links to what belongs to the organisation that
    /// were mailed before are dead.
    #[serde(default)]
    pub returned: Round,
    /// Which invitation, or appointment as a lead, this is: links of an earlier one are dead.
    #[serde(default)]
    pub round: Round,
    /// The next instant at which the sweep should look; none when no deadline is set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
    /// How often this item was written.
    pub version: Version,
}

/// What a member may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Raise and see requests.
    Member,
    /// Look after the organisation's people, too.
    Lead,
}

/// Where in the lifecycle a membership is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum State {
    /// Waits for an administrator, because a limit is exceeded. Holds no seat.
    Proposed {
        /// What the inviter wrote.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<Note>,
        /// When the question lapses.
        expires_at: Timestamp,
    },
    /// Invited and not answered yet. Holds a seat.
    Invited {
        /// What the inviter wrote.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<Note>,
        /// When the invitation lapses.
        expires_at: Timestamp,
        /// Whether the one reminder has left.
        reminded: bool,
    },
    /// Has access. Holds a seat.
    Active,
    /// Has access, was quiet, and was told. Holds a seat.
    Warned {
        /// When the warning was written.
        at: Timestamp,
        /// When access ends, fixed with the warning.
        grace_until: Timestamp,
        /// Of the reminders, how many days ahead the last one left.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reminded: Option<crate::Days>,
    },
    /// Had access; can be restored until `undo_until`.
    OffBoarded {
        /// Why.
        why: OffboardReason,
        /// Until when it can be undone.
        undo_until: Timestamp,
        /// To whom open requests still have to be handed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hand_over_to: Option<EmailAddress>,
    },
    /// Was invited and never came. Forgotten after a while.
    Closed {
        /// Why.
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
    /// Whether the person has access.
    #[must_use]
    pub fn has_access(self) -> bool {
        match self {
            Self::Active | Self::Warned => true,
            Self::Proposed | Self::Invited | Self::OffBoarded | Self::Closed => false,
        }
    }
}

impl State {
    /// Which state it is.
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

/// Why access ended.
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

/// Why an invitation came to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosedReason {
    /// The invitee said no.
    Declined,
    /// The inviter took it back.
    Withdrawn,
    /// Nobody answered in time.
    Expired,
    /// An administrator refused the exception.
    Refused,
}

/// An off-boarding that was asked for a later date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leaving {
    /// When access ends.
    pub at: Timestamp,
    /// Why.
    pub why: OffboardReason,
    /// Who takes over open requests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hand_over_to: Option<EmailAddress>,
    /// Who asked.
    pub by: Actor,
}

/// The last of the reminders before access ends: the date has come, and they stayed as the last lead.
pub(crate) const AT_THE_DATE: Option<crate::Days> = Some(crate::Days(0));

/// What a membership begins with, in the place of an earlier one or where there is none.
#[derive(Debug)]
pub(crate) struct Beginning<'a> {
    pub(crate) org: &'a OrgId,
    pub(crate) email: &'a EmailAddress,
    pub(crate) name: Option<Name>,
    pub(crate) role: Role,
    pub(crate) state: State,
    pub(crate) by: Actor,
    pub(crate) access_until: Option<Timestamp>,
    /// What is stored of an earlier one.
    pub(crate) known: Option<Membership>,
    /// Tells whether a trace of an earlier one is there.
    pub(crate) left: bool,
    pub(crate) now: Timestamp,
}

impl Membership {
    /// A membership that begins. What ends links, and the memory that somebody left, outlast what it
    /// takes the place of.
    pub(crate) fn begin(beginning: Beginning<'_>) -> Self {
        let Beginning {
            org,
            email,
            name,
            role,
            state,
            by,
            access_until,
            known,
            left,
            now,
        } = beginning;
        let known = known.as_ref();
        let back = left || known.is_some_and(Self::leaves_trace);
        let returned = known.map(|m| m.returned).unwrap_or_default();
        let round = known.map(|m| m.round).unwrap_or_default();
        Self {
            org: org.clone(),
            email: email.clone(),
            name: name.or_else(|| known.and_then(|m| m.name.clone())),
            role,
            state,
            since: now,
            invited_by: by,
            joined_at: None,
            kept_at: None,
            confirmed_at: None,
            access_until,
            access_reminded: None,
            leaving: None,
            exempt: false,
            left_at: known.and_then(|m| m.left_at),
            epoch: known.map_or(0, |m| m.epoch),
            returned: if back { returned.next(now) } else { returned },
            round: round.next(now),
            due_at: None,
            version: known.map_or(Version::NEW, |m| m.version),
        }
    }

    /// Whether it counts against the organisation's seat cap.
    #[must_use]
    pub fn holds_seat(&self) -> bool {
        match self.state {
            State::Invited { .. } | State::Active | State::Warned { .. } => true,
            State::Proposed { .. } | State::OffBoarded { .. } | State::Closed { .. } => false,
        }
    }

    /// Tells whether the person has access at `now`. A date on which it ends counts from its instant on; the
    /// seat is free when the sweep has come.
    #[must_use]
    pub fn has_access(&self, now: Timestamp) -> bool {
        self.state.stage().has_access() && !self.is_over(now)
    }

    /// Returns `true` if an invitation, or the question to an administrator, can be answered at `now`:
    /// its time has not run out, whether or not the sweep has come.
    #[must_use]
    pub fn awaits_answer(&self, now: Timestamp) -> bool {
        match &self.state {
            State::Proposed { expires_at, .. } | State::Invited { expires_at, .. } => {
                now < *expires_at && !self.is_over(now)
            }
            State::Active
            | State::Warned { .. }
            | State::OffBoarded { .. }
            | State::Closed { .. } => false,
        }
    }

    /// Tells whether the person looks after the organisation's people at `now`.
    #[must_use]
    pub fn is_active_lead(&self, now: Timestamp) -> bool {
        self.role == Role::Lead && self.has_access(now)
    }

    /// Tells whether a date has come on which access ends, or would have, had it begun; also when no sweep
    /// has carried it out. The last lead stays beyond the date of their access once the sweep has
    /// said so.
    pub(crate) fn is_over(&self, now: Timestamp) -> bool {
        let leaving = self.leaving.as_ref().is_some_and(|l| l.at <= now);
        let until = self.access_until.is_some_and(|until| until <= now);
        leaving || (until && self.access_reminded != AT_THE_DATE)
    }

    /// Whether a review that began at `began` asks about this person: they had access then, and
    /// since then no lead has said that they stay, or when they go.
    #[must_use]
    pub fn awaits_review(&self, began: Timestamp) -> bool {
        self.state.stage().has_access()
            && self.leaving.is_none()
            && self.joined_at.is_none_or(|joined| joined < began)
            && self.confirmed_at.is_none_or(|confirmed| confirmed < began)
    }

    /// Tells whether a trace stays when it is forgotten: the person left, also when they were invited since
    /// and the invitation came to nothing.
    pub(crate) fn leaves_trace(&self) -> bool {
        self.left_at.is_some() || matches!(self.state, State::OffBoarded { .. })
    }
}
