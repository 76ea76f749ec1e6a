//! The policy of an organisation: desk-wide defaults, overridden one by one.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::DomainName;

/// A number of days of 24 hours each. Deadlines are instants, so daylight saving moves none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Days(pub u16);

impl Days {
    /// The span of time.
    #[must_use]
    pub fn duration(self) -> SignedDuration {
        SignedDuration::from_hours(i64::from(self.0) * 24)
    }

    /// Returns the instant this many days after `start`, or the last one that there is.
    #[must_use]
    pub fn after(self, start: Timestamp) -> Timestamp {
        later(start, self.duration())
    }

    /// Returns the instant this many days before `end`, or the first one that there is.
    #[must_use]
    pub fn before(self, end: Timestamp) -> Timestamp {
        end.saturating_sub(self.duration())
            .unwrap_or(Timestamp::MIN)
    }
}

/// Returns the instant this much after `start`, or the last one that there is.
pub(crate) fn later(start: Timestamp, by: SignedDuration) -> Timestamp {
    start.saturating_add(by).unwrap_or(Timestamp::MAX)
}

/// The treatment of an invitation to an address outside the allowed domains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutsideDomain {
    /// It is refused.
    Refuse,
    /// An administrator is asked.
    Ask,
}

/// The rule for somebody who raises a request from a domain of the organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DomainJoin {
    /// Only an invitation makes a member.
    Off,
    /// The first request does, if a seat is free.
    OnRequest,
}

/// The mode of the inactivity sweep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// It reports what it would have done and touches nothing.
    Observe,
    /// It warns and removes.
    Enforce,
}

/// Deadlines of an invitation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationPolicy {
    /// The number of days in which an invitation can be accepted.
    pub valid_days: Days,
    /// The number of days after which the one reminder leaves.
    pub remind_after_days: Days,
}

/// The spellings of an address that reach one mailbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spelling {
    /// The characters that begin a sub-address, besides the `+` that does everywhere.
    pub separators: BTreeSet<char>,
    /// `true` if a dot before the `@` makes another mailbox.
    pub dots_count: bool,
}

impl Default for Spelling {
    fn default() -> Self {
        Self {
            separators: BTreeSet::new(),
            dots_count: true,
        }
    }
}

impl Spelling {
    /// Returns `true` if a character begins a sub-address.
    #[must_use]
    pub fn separates(&self, c: char) -> bool {
        c == '+' || self.separators.contains(&c)
    }
}

/// The policy of the inactivity sweep.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InactivityPolicy {
    /// Report only, or act.
    pub mode: Mode,
    /// Quiet days before the warning.
    pub warn_after_days: Days,
    /// Days between the warning and the removal.
    pub grace_days: Days,
    /// Days before the removal at which the person is reminded.
    pub remind_days_before: Vec<Days>,
    /// `true` if leads are spared.
    pub exempt_leads: bool,
    /// `true` if people with an open request are spared.
    pub exempt_open_requests: bool,
    /// The share of members, in per cent, that one run may remove before it stops and asks.
    pub max_removals_percent: u8,
    /// The number of members that one run may remove in any case.
    pub max_removals_floor: u32,
}

impl InactivityPolicy {
    /// The most people one run may remove out of `members` without being released.
    #[must_use]
    pub fn removal_limit(&self, members: u32) -> u32 {
        Self::share(members, self.max_removals_percent).max(self.max_removals_floor)
    }

    /// This many per cent of the members, rounded down.
    #[must_use]
    pub fn share(members: u32, percent: u8) -> u32 {
        let share = u64::from(members) * u64::from(percent) / 100;
        u32::try_from(share).unwrap_or(u32::MAX)
    }
}

/// The policy of one organisation, with every default filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// Domains whose addresses may be invited; empty means any.
    pub allowed_domains: BTreeSet<DomainName>,
    /// The treatment of an invitation outside them.
    pub outside_domain: OutsideDomain,
    /// The number of people who may hold a seat.
    pub seat_cap: u32,
    /// The number of people who may be invited on one day (UTC).
    pub invite_daily_limit: u32,
    /// The rule for a request from the organisation's domain.
    pub domain_join: DomainJoin,
    /// The spellings of an address that reach one mailbox.
    #[serde(default)]
    pub spelling: Spelling,
    /// Deadlines of invitations.
    pub invitation: InvitationPolicy,
    /// The number of days in which an off-boarding can be undone.
    pub undo_days: Days,
    /// The interval at which leads are asked who still belongs.
    pub review_every_days: Days,
    /// The inactivity sweep.
    pub inactivity: InactivityPolicy,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            allowed_domains: BTreeSet::new(),
            outside_domain: OutsideDomain::Refuse,
            seat_cap: 50,
            invite_daily_limit: 1_000,
            domain_join: DomainJoin::Off,
            spelling: Spelling::default(),
            invitation: InvitationPolicy {
                valid_days: Days(14),
                remind_after_days: Days(7),
            },
            undo_days: Days(30),
            review_every_days: Days(180),
            inactivity: InactivityPolicy {
                mode: Mode::Observe,
                warn_after_days: Days(90),
                grace_days: Days(14),
                remind_days_before: vec![Days(7), Days(1)],
                exempt_leads: true,
                exempt_open_requests: true,
                max_removals_percent: 5,
                max_removals_floor: 10,
            },
        }
    }
}
