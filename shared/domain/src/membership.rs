//! Memberships: one customer in one organisation, from the invitation to the off-boarding.

mod state;

pub use state::{ClosedReason, OffboardReason, Stage, State};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Actor, EmailAddress, OrgId, Version, epoch::Round, text::Name};

/// A membership.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// The organisation.
    pub org: OrgId,
    /// The person.
    pub email: EmailAddress,
    /// Their name, when it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// The role that they have.
    pub role: Role,
    /// The state in the lifecycle.
    pub state: State,
    /// The instant since which they are in this state.
    pub since: Timestamp,
    /// The inviter. The source when an event named no person.
    pub invited_by: Actor,
    /// The instant at which they became a member. It counts as an activity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joined_at: Option<Timestamp>,
    /// The instant at which they, or a lead for them, last said that access is still wanted. It
    /// counts as an activity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept_at: Option<Timestamp>,
    /// The instant at which a lead last confirmed that they still belong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed_at: Option<Timestamp>,
    /// The instant at which access ends, whatever else happens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_until: Option<Timestamp>,
    /// The number of days before `access_until` at which the last reminder left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_reminded: Option<crate::Days>,
    /// An off-boarding that was asked for a later date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leaving: Option<Leaving>,
    /// The hand-over of their open requests when access last ended. While they have access again, it
    /// is still to be taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handed: Option<Handed>,
    /// `true` if an administrator marked them as never to be removed for inactivity.
    #[serde(default)]
    pub exempt: bool,
    /// The instant at which access was last ended, whatever came after. Somebody who left comes
    /// back by accepting an invitation, never by a domain rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_at: Option<Timestamp>,
    /// A number that grows with each end of access and so ends links from before, also those to all
    /// that is their own. When the membership is forgotten, the person's record takes it over.
    #[serde(default)]
    pub epoch: u32,
    /// The round that begins when somebody who had left comes back. Earlier links to what belongs
    /// to the organisation are dead.
    #[serde(default)]
    pub returned: Round,
    /// The round of the invitation, or of the appointment as a lead. Links of an earlier round are
    /// dead.
    #[serde(default)]
    pub round: Round,
    /// The next instant at which the sweep looks; `None` when no deadline is set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
    /// The number of times this item was written.
    pub version: Version,
}

/// The role of a member, which says what they may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Raises and sees requests.
    Member,
    /// Looks after the organisation's people, too.
    Lead,
}

/// An off-boarding that was asked for a later date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leaving {
    /// The instant at which access ends.
    pub at: Timestamp,
    /// The reason.
    pub why: OffboardReason,
    /// The colleague who takes over open requests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hand_over_to: Option<EmailAddress>,
    /// The actor who asked for it.
    pub by: Actor,
}

/// A hand-over of somebody's open requests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handed {
    /// The colleague who took over.
    pub to: EmailAddress,
    /// The number of requests, as far as counted.
    pub requests: u32,
    /// The actor who asked for it.
    pub by: Actor,
}

/// The last of the reminders before access ends: the date has come, and they stayed as the last lead.
pub(crate) const AT_THE_DATE: Option<crate::Days> = Some(crate::Days(0));

/// The values that a new membership begins with, in the place of an earlier one or where there is
/// none.
#[derive(Debug)]
pub(crate) struct Beginning<'a> {
    pub(crate) org: &'a OrgId,
    pub(crate) email: &'a EmailAddress,
    pub(crate) name: Option<Name>,
    pub(crate) role: Role,
    pub(crate) state: State,
    pub(crate) by: Actor,
    pub(crate) access_until: Option<Timestamp>,
    /// The earlier membership, if one is stored.
    pub(crate) known: Option<Membership>,
    /// `true` if a trace of an earlier one is there.
    pub(crate) left: bool,
    pub(crate) now: Timestamp,
}

impl Membership {
    /// Returns a membership that begins. It takes over from the earlier one whatever keeps links
    /// dead, and the memory that somebody left.
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
            handed: None,
            exempt: false,
            left_at: known.and_then(|m| m.left_at),
            epoch: known.map_or(0, |m| m.epoch),
            returned: if back { returned.next(now) } else { returned },
            round: round.next(now),
            due_at: None,
            version: known.map_or(Version::NEW, |m| m.version),
        }
    }

    /// Returns `true` if it counts against the organisation's seat cap.
    #[must_use]
    pub fn holds_seat(&self) -> bool {
        match self.state {
            State::Invited { .. } | State::Active | State::Warned { .. } => true,
            State::Proposed { .. } | State::OffBoarded { .. } | State::Closed { .. } => false,
        }
    }

    /// Returns `true` if the person has access at `now`. A date on which it ends counts from its
    /// instant on; the seat is free when the sweep has come.
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

    /// Returns `true` if an invitation can be accepted at `now`.
    #[must_use]
    pub fn awaits_acceptance(&self, now: Timestamp) -> bool {
        matches!(self.state, State::Invited { .. }) && self.awaits_answer(now)
    }

    /// The instant at which access ends by itself: the date of a planned off-boarding, or the one of
    /// the invitation. A membership that was written with both ends at the earlier one.
    #[must_use]
    pub fn ends_at(&self) -> Option<Timestamp> {
        let leaving = self.leaving.as_ref().map(|leaving| leaving.at);
        leaving.into_iter().chain(self.access_until).min()
    }

    /// Sets the instant at which access ends, besides a planned off-boarding.
    pub(crate) fn set_end(&mut self, until: Option<Timestamp>) {
        self.access_until = until;
        self.access_reminded = None;
    }

    /// Returns `true` if the person looks after the organisation's people at `now`.
    #[must_use]
    pub fn is_active_lead(&self, now: Timestamp) -> bool {
        self.role == Role::Lead && self.has_access(now)
    }

    /// Returns `true` if access was ended once, whatever came after.
    #[must_use]
    pub fn has_left(&self) -> bool {
        self.left_at.is_some()
    }

    /// Ends links from before, also those to all that is their own.
    pub(crate) fn end_links(&mut self) {
        self.epoch = self.epoch.saturating_add(1);
    }

    /// Returns `true` if a date has come on which access ends, or would have ended, had it begun.
    /// The sweep need not have come. A last lead stays beyond the date of their access once the
    /// sweep has written that they stay.
    pub(crate) fn is_over(&self, now: Timestamp) -> bool {
        let leaving = self.leaving.as_ref().is_some_and(|l| l.at <= now);
        let until = self.access_until.is_some_and(|until| until <= now);
        leaving || (until && self.access_reminded != AT_THE_DATE)
    }

    /// Returns `true` if a review that began at `began` asks about this person: they had access
    /// then, and since then no lead has said that they stay, or when they go.
    #[must_use]
    pub fn awaits_review(&self, began: Timestamp) -> bool {
        self.state.stage().has_access()
            && self.leaving.is_none()
            && self.joined_at.is_none_or(|joined| joined < began)
            && self.confirmed_at.is_none_or(|confirmed| confirmed < began)
    }

    /// Returns `true` if a trace stays when it is forgotten: the person left, and if they were
    /// invited since, nothing came of it.
    pub(crate) fn leaves_trace(&self) -> bool {
        self.left_at.is_some() || matches!(self.state, State::OffBoarded { .. })
    }
}
