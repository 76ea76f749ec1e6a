//! The standing of a person in an organisation.
//!
//! A membership is deleted some time after it has ended, and only a trace remains. So the absence
//! of a membership says nothing by itself. An [`Affiliation`] is made of both, and every rule about
//! recipients, links, sessions and requests asks it.

use jiff::Timestamp;

use crate::{Membership, OrgId, Role, membership::State};

/// All that is recorded of one person in one organisation: their membership, and the trace of one that
/// was forgotten.
#[derive(Debug, Clone, Copy)]
pub struct Affiliation<'a> {
    org: &'a OrgId,
    membership: Option<&'a Membership>,
    /// `true` if a trace says that they left.
    left: bool,
}

/// The standing of a person in an organisation at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// They never had access, and no invitation of theirs is open.
    Never,
    /// They may answer an invitation.
    Invited,
    /// They have access.
    Member,
    /// They have access, and look after the organisation's people.
    Lead,
    /// They had access or an invitation that was ended. Only an invitation brings them back.
    Leaver,
}

impl Standing {
    /// Returns `true` if they have access.
    #[must_use]
    pub fn has_access(self) -> bool {
        match self {
            Self::Member | Self::Lead => true,
            Self::Never | Self::Invited | Self::Leaver => false,
        }
    }
}

impl<'a> Affiliation<'a> {
    /// The affiliation of somebody with `org`. `left` is `true` if a trace of them is there.
    #[must_use]
    pub fn new(org: &'a OrgId, membership: Option<&'a Membership>, left: bool) -> Self {
        Self {
            org,
            membership,
            left,
        }
    }

    /// The organisation.
    #[must_use]
    pub fn org(&self) -> &'a OrgId {
        self.org
    }

    /// The membership, in whatever state. Its absence does not say that they never belonged.
    #[must_use]
    pub fn membership(&self) -> Option<&'a Membership> {
        self.membership
    }

    /// Returns `true` if a trace says that they left, whatever came after.
    #[must_use]
    pub fn trace(&self) -> bool {
        self.left
    }

    /// Returns their standing at `now`. A date on which access ends counts from its instant on,
    /// whether or not the sweep has come.
    #[must_use]
    pub fn standing(&self, now: Timestamp) -> Standing {
        let outside = |left: bool| {
            if left {
                Standing::Leaver
            } else {
                Standing::Never
            }
        };
        let Some(membership) = self.membership else {
            return outside(self.left);
        };
        let left = self.left || membership.left_at.is_some();
        match &membership.state {
            State::Active | State::Warned { .. } if membership.is_over(now) => Standing::Leaver,
            State::Active | State::Warned { .. } => match membership.role {
                Role::Lead => Standing::Lead,
                Role::Member => Standing::Member,
            },
            State::Invited { .. } if membership.awaits_answer(now) => Standing::Invited,
            State::Invited { .. } | State::Proposed { .. } | State::Closed { .. } => outside(left),
            State::OffBoarded { .. } => Standing::Leaver,
        }
    }

    /// Returns the number of times that access was ended here, as it counts for links to what is
    /// their own. A date that has come counts at once, before the sweep writes it.
    pub(crate) fn ended(&self, now: Timestamp) -> u32 {
        let Some(membership) = self.membership else {
            return 0;
        };
        let due = membership.state.stage().has_access() && membership.is_over(now);
        membership.epoch.saturating_add(u32::from(due))
    }

    /// Returns the same number as it counts for links to what belongs to this organisation. It
    /// grows with each return, so somebody who comes back needs new links.
    pub(crate) fn epoch(&self, now: Timestamp) -> u32 {
        let returned = self
            .membership
            .map_or(0, |membership| membership.returned.0);
        self.ended(now).saturating_add(returned)
    }

    /// Returns `true` if they have access at `now`.
    #[must_use]
    pub fn has_access(&self, now: Timestamp) -> bool {
        self.standing(now).has_access()
    }

    /// Returns `true` if they left, or their access is over at `now`.
    #[must_use]
    pub fn has_left(&self, now: Timestamp) -> bool {
        self.standing(now) == Standing::Leaver
    }
}

/// Returns the organisation for which somebody asks who names none: the one in which they have
/// access, else one that they left. `None` for somebody with access in several.
#[must_use]
pub fn home_of(affiliations: &[Affiliation<'_>], now: Timestamp) -> Option<OrgId> {
    let mut inside = affiliations.iter().filter(|own| own.has_access(now));
    let found = match (inside.next(), inside.next()) {
        (Some(one), None) => Some(one),
        (Some(_), Some(_)) => None,
        (None, _) => affiliations.iter().find(|own| own.has_left(now)),
    };
    found.map(|own| own.org().clone())
}
