//! Which people of a roster are shown, and in which order.

use std::{cmp::Reverse, collections::BTreeMap};

use domain::{Actor, Membership, Timestamp, membership::State};

/// What somebody is to the organisation, as a roster tells people apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Has access, and nothing speaks against it.
    Active,
    /// Has access, was quiet, and was warned.
    Warned,
    /// Has access, and it ends on a date.
    Leaving,
    /// Was invited and has not answered.
    Invited,
    /// Waits for an administrator.
    Proposed,
    /// Had access until it was ended.
    OffBoarded,
    /// Was invited and never came.
    Closed,
}

impl Kind {
    /// Every kind, in the order in which a lead thinks of them.
    pub const ALL: [Self; 7] = [
        Self::Active,
        Self::Warned,
        Self::Leaving,
        Self::Invited,
        Self::Proposed,
        Self::OffBoarded,
        Self::Closed,
    ];

    /// The kind of a membership.
    #[must_use]
    pub fn of(membership: &Membership) -> Self {
        match membership.state {
            State::Active if ends(membership) => Self::Leaving,
            State::Active => Self::Active,
            State::Warned { .. } if membership.leaving.is_some() => Self::Leaving,
            State::Warned { .. } => Self::Warned,
            State::Invited { .. } => Self::Invited,
            State::Proposed { .. } => Self::Proposed,
            State::OffBoarded { .. } => Self::OffBoarded,
            State::Closed { .. } => Self::Closed,
        }
    }
}

fn ends(membership: &Membership) -> bool {
    membership.leaving.is_some() || membership.access_until.is_some()
}

/// In which order people are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// By name, and by address where nobody said a name.
    #[default]
    Name,
    /// Those first who have been silent for the longest.
    Silent,
    /// Those first who were active last.
    Recent,
    /// Those first whose state changed last.
    Newest,
    /// By who invited them.
    InvitedBy,
}

impl Order {
    /// Every order.
    pub const ALL: [Self; 5] = [
        Self::Name,
        Self::Silent,
        Self::Recent,
        Self::Newest,
        Self::InvitedBy,
    ];

    /// Whether it takes to know when everybody was last active.
    pub(super) fn by_activity(self) -> bool {
        match self {
            Self::Silent | Self::Recent => true,
            Self::Name | Self::Newest | Self::InvitedBy => false,
        }
    }
}

/// What a lead asks of the roster.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// What has to stand in the name or the address; everything does when it is empty.
    pub search: String,
    /// Of which kind.
    pub kind: Option<Kind>,
    /// In which order.
    pub order: Order,
    /// Which page, from 1.
    pub page: usize,
}

impl Query {
    /// Whether somebody is asked for.
    fn admits(&self, membership: &Membership, search: &str) -> bool {
        let stands_in = |text: &str| text.to_lowercase().contains(search);
        let found = search.is_empty()
            || stands_in(membership.email.as_str())
            || membership
                .name
                .as_ref()
                .is_some_and(|n| stands_in(n.as_str()));
        found && self.kind.is_none_or(|kind| kind == Kind::of(membership))
    }

    /// Those of a roster that are asked for.
    pub(super) fn of(&self, people: Vec<Membership>) -> Vec<Membership> {
        let search = self.search.trim().to_lowercase();
        people
            .into_iter()
            .filter(|membership| self.admits(membership, &search))
            .collect()
    }

    /// Puts them in order. `active` says when somebody was last active, for the orders that ask
    /// for it.
    pub(super) fn sort(
        &self,
        people: &mut [Membership],
        active: impl Fn(&Membership) -> Option<Timestamp>,
    ) {
        // Of equals, the names decide; of people with one name, the addresses.
        people.sort_by_cached_key(called);
        match self.order {
            Order::Name => {}
            Order::Silent => people.sort_by_key(|member| active(member)),
            Order::Recent => people.sort_by_key(|member| Reverse(active(member))),
            Order::Newest => people.sort_by_key(|member| Reverse(member.since)),
            Order::InvitedBy => people.sort_by_cached_key(inviter),
        }
    }
}

fn called(membership: &Membership) -> (String, String) {
    let email = membership.email.to_string();
    let name = membership
        .name
        .as_ref()
        .map(|name| name.as_str().to_lowercase());
    (name.unwrap_or_else(|| email.clone()), email)
}

fn inviter(membership: &Membership) -> String {
    match &membership.invited_by {
        Actor::Person(email) => email.to_string(),
        // After every address.
        Actor::Source(_) | Actor::Sweep | Actor::MailFeedback | Actor::Operator => "~".to_owned(),
    }
}

/// How many there are of each kind.
pub(super) fn count(people: &[Membership]) -> BTreeMap<Kind, usize> {
    let mut counts = BTreeMap::new();
    for membership in people {
        *counts.entry(Kind::of(membership)).or_default() += 1;
    }
    counts
}
