//! A customer organisation: its policy, its seats and its leads.

use std::collections::BTreeSet;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{DeskId, EmailAddress, OrgId, Policy, Version, text::Name};

/// A customer organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organization {
    /// The identifier in the world file.
    pub id: OrgId,
    /// The name that people read.
    pub name: Name,
    /// The desk that serves it: its mails come from there, its administrators decide exceptions.
    pub desk: DeskId,
    /// The policy, with every default filled in.
    pub policy: Policy,
    /// The number of memberships that hold a seat.
    pub seats_used: u32,
    /// Its counterpart, while the desk is connected with a service desk elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counterpart: Option<Counterpart>,
    /// Everybody who is an active lead of it.
    pub leads: BTreeSet<EmailAddress>,
    /// The last day on which anyone was invited, and the number of people invited on it.
    pub invited: InvitedToday,
    /// The review of its people.
    #[serde(default)]
    pub review: Review,
    /// Set while nobody leads it whom mail reaches, or while the sweep has yet to find out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vacancy: Option<Vacancy>,
    /// The last day (UTC) on which its leads were told that somebody could not join for want of a
    /// seat: once a day is enough.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told_full: Option<Date>,
    /// The next instant at which the sweep looks: to ask the leads who still belongs or, while it
    /// is vacant, the administrators who could lead it. None until the sweep has met the
    /// organisation, and while there is nothing to ask.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
    /// The number of times this item was written.
    pub version: Version,
}

/// The organisation at Jira that has the same people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counterpart {
    /// Its number there, if an administrator named it. Otherwise it is found or made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<u64>,
    /// `true` if people are written there. Otherwise both sides are only compared.
    #[serde(default)]
    pub written: bool,
}

/// A count of one day. It means nothing on the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitedToday {
    /// The day (UTC).
    pub day: Date,
    /// The number of people who were invited on it.
    pub count: u32,
}

/// The review of an organisation's people: its leads are asked who still belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Review {
    /// The instant at which the last round began. Whoever was confirmed since need not be confirmed
    /// again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub began_at: Option<Timestamp>,
    /// The instant at which a lead last finished a round.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<Timestamp>,
}

impl Review {
    /// Returns the instant at which the unfinished round began, if there is one.
    #[must_use]
    pub fn open_since(&self) -> Option<Timestamp> {
        self.began_at
            .filter(|began| self.finished_at.is_none_or(|finished| finished < *began))
    }
}

/// A time in which nobody leads an organisation whom mail reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vacancy {
    /// The instant since which it is so.
    pub since: Timestamp,
    /// The instant at which the administrators were last told. None while the sweep has yet to find
    /// out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told_at: Option<Timestamp>,
    /// The instant of the next review, which stands still meanwhile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review_due: Option<Timestamp>,
}

/// The day an instant falls on, in UTC.
#[must_use]
pub fn day_of(now: Timestamp) -> Date {
    now.to_zoned(jiff::tz::TimeZone::UTC).date()
}

impl Organization {
    /// Returns `true` if one more person can hold a seat.
    #[must_use]
    pub fn has_free_seat(&self) -> bool {
        self.seats_used < self.policy.seat_cap
    }

    /// Returns `true` if an address is in a domain that may be invited without asking.
    #[must_use]
    pub fn allows(&self, email: &EmailAddress) -> bool {
        self.policy.allowed_domains.is_empty()
            || self.policy.allowed_domains.contains(&email.domain())
    }

    /// Returns the number of people who may still be invited on the day of `now`.
    #[must_use]
    pub fn invitations_left(&self, now: Timestamp) -> u32 {
        let used = if self.invited.day == day_of(now) {
            self.invited.count
        } else {
            0
        };
        self.policy.invite_daily_limit.saturating_sub(used)
    }

    /// Counts one more invitation on the day of `now`.
    pub(crate) fn count_invitation(&mut self, now: Timestamp) {
        let day = day_of(now);
        if self.invited.day != day {
            self.invited = InvitedToday { day, count: 0 };
        }
        self.invited.count += 1;
    }

    /// Takes a seat. The caller has checked that one is free.
    pub(crate) fn take_seat(&mut self) {
        self.seats_used += 1;
    }

    /// Gives a seat back.
    pub(crate) fn free_seat(&mut self) {
        self.seats_used = self.seats_used.saturating_sub(1);
    }

    /// Returns `true` if nobody leads it whom mail reaches. While that is only doubted, it is not
    /// vacant yet.
    #[must_use]
    pub fn is_vacant(&self) -> bool {
        let is_known = |vacancy: Vacancy| vacancy.told_at.is_some();
        self.leads.is_empty() || self.vacancy.is_some_and(is_known)
    }

    /// Has the sweep find out at once if anybody still leads it whom mail reaches. Returns `true` if
    /// that was not asked before.
    pub(crate) fn doubt_leads(&mut self, now: Timestamp) -> bool {
        if self.vacancy.is_some() {
            return false;
        }
        self.vacancy = Some(Vacancy {
            since: now,
            told_at: None,
            review_due: self.due_at,
        });
        self.due_at = Some(now);
        true
    }

    /// Sets the next review. While the organisation is vacant, the review waits.
    pub(crate) fn set_review_due(&mut self, due: Option<Timestamp>) {
        match &mut self.vacancy {
            Some(vacancy) => vacancy.review_due = due,
            None => self.due_at = due,
        }
    }

    /// Adds an active lead. If there was none before, the sweep looks at once.
    pub(crate) fn add_lead(&mut self, email: &EmailAddress, now: Timestamp) {
        if self.leads.insert(email.clone()) && self.vacancy.is_some() {
            self.due_at = Some(now);
        }
    }

    /// Removes a lead. The sweep finds out at once if mail reaches any of the others.
    pub(crate) fn remove_lead(&mut self, email: &EmailAddress, now: Timestamp) {
        if self.leads.remove(email) {
            self.doubt_leads(now);
        }
    }

    /// Returns `true` if this person is the only active lead.
    #[must_use]
    pub fn is_last_lead(&self, email: &EmailAddress) -> bool {
        self.leads.len() == 1 && self.leads.contains(email)
    }
}
