//! The selection and the order of people on a roster.

use std::{cmp::Reverse, collections::BTreeMap};

use domain::{Actor, EmailAddress, Membership, Timestamp, membership::Stage};
use store::{Detail, Entry};

/// The kinds of people on a roster.
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
        let (leaving, temporary) = (&membership.leaving, &membership.access_until);
        let stage = membership.state.stage();
        Self::tell(stage, leaving.is_some(), temporary.is_some())
    }

    /// Tells whether somebody is of this kind. An invitation whose access has an end is of two.
    fn includes(self, entry: &Entry) -> bool {
        let ends = entry.leaving || entry.temporary;
        let invited_to_an_end = entry.stage == Stage::Invited && ends;
        self == Self::of_entry(entry) || self == Self::Leaving && invited_to_an_end
    }

    fn of_entry(entry: &Entry) -> Self {
        Self::tell(entry.stage, entry.leaving, entry.temporary)
    }

    fn tell(stage: Stage, leaving: bool, temporary: bool) -> Self {
        match stage {
            Stage::Active if leaving || temporary => Self::Leaving,
            Stage::Active => Self::Active,
            Stage::Warned if leaving => Self::Leaving,
            Stage::Warned => Self::Warned,
            Stage::Invited => Self::Invited,
            Stage::Proposed => Self::Proposed,
            Stage::OffBoarded => Self::OffBoarded,
            Stage::Closed => Self::Closed,
        }
    }
}

/// The order in which people are listed.
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

    /// Tells whether the order needs everybody's last activity.
    pub(super) fn by_activity(self) -> bool {
        match self {
            Self::Silent | Self::Recent => true,
            Self::Name | Self::Newest | Self::InvitedBy => false,
        }
    }

    /// The attributes of everybody that the order needs.
    pub(super) fn detail(self) -> Detail {
        match self {
            Self::Name | Self::Silent | Self::Recent => Detail::None,
            Self::Newest => Detail::Since,
            Self::InvitedBy => Detail::InvitedBy,
        }
    }
}

/// A lead's query of the roster.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// The text that a name or an address has to contain; empty for everybody.
    pub search: String,
    /// Of which kind.
    pub kind: Option<Kind>,
    /// The order.
    pub order: Order,
    /// The page, from 1.
    pub page: usize,
}

impl Query {
    /// Tells whether the query includes a person.
    fn admits(&self, entry: &Entry, search: &str) -> bool {
        let stands_in = |text: &str| text.to_lowercase().contains(search);
        let found = search.is_empty()
            || stands_in(entry.email.as_str())
            || entry.name.as_ref().is_some_and(|n| stands_in(n.as_str()));
        found && self.kind.is_none_or(|kind| kind.includes(entry))
    }

    /// Those of a roster that are asked for.
    pub(super) fn of(&self, everybody: Vec<Entry>) -> Vec<Entry> {
        let search = self.search.trim().to_lowercase();
        everybody
            .into_iter()
            .filter(|entry| self.admits(entry, &search))
            .collect()
    }

    /// Puts them in order. `active` says when somebody was last active, for the orders that ask
    /// for it.
    pub(super) fn sort(
        &self,
        people: &mut [Entry],
        active: impl Fn(&EmailAddress) -> Option<Timestamp>,
    ) {
        // Of equals, the names decide; of people with one name, the addresses.
        people.sort_by_cached_key(called);
        match self.order {
            Order::Name => {}
            Order::Silent => people.sort_by_key(|entry| active(&entry.email)),
            Order::Recent => people.sort_by_key(|entry| Reverse(active(&entry.email))),
            Order::Newest => people.sort_by_key(|entry| Reverse(entry.since)),
            Order::InvitedBy => people.sort_by_cached_key(inviter),
        }
    }
}

fn called(entry: &Entry) -> (String, String) {
    let email = entry.email.to_string();
    let name = entry.name.as_ref().map(|name| name.as_str().to_lowercase());
    (name.unwrap_or_else(|| email.clone()), email)
}

fn inviter(entry: &Entry) -> String {
    match &entry.invited_by {
        Some(Actor::Person(email)) => email.to_string(),
        // After every address.
        Some(
            Actor::Source(_) | Actor::Sweep | Actor::MailFeedback | Actor::Desk | Actor::Operator,
        )
        | None => "~".to_owned(),
    }
}

/// The number of people of each kind.
pub(super) fn count(everybody: &[Entry]) -> BTreeMap<Kind, usize> {
    let mut counts = BTreeMap::new();
    for entry in everybody {
        for kind in Kind::ALL.into_iter().filter(|kind| kind.includes(entry)) {
            *counts.entry(kind).or_default() += 1;
        }
    }
    counts
}
