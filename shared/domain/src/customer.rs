//! A customer: one e-mail address, whichever organisations it belongs to.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Days, EmailAddress, Version, columns::Columns, organization::day_of, text::Line, text::Name,
};

/// A person known by an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    /// The address.
    pub email: EmailAddress,
    /// Their name, when it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// The language they read (BCP 47), when they chose one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<Line<35>>,
    /// The time zone they live in (IANA name), when they chose one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<Line<64>>,
    /// `true` if they switched off every mail that can be switched off.
    #[serde(default)]
    pub muted: bool,
    /// The columns of their list of requests, when they chose some.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_columns: Option<Columns>,
    /// The state of mail to them.
    #[serde(default)]
    pub deliverability: Deliverability,
    /// The instant at which mail to them was last allowed again, after it had been stopped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reachable_since: Option<Timestamp>,
    /// The first activity of the last day (UTC) on which there was any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_active_at: Option<Timestamp>,
    /// Grows with each "end all my links".
    #[serde(default)]
    pub epoch: u32,
    /// The number of times this item was written.
    pub version: Version,
}

/// The state of mail to an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Deliverability {
    /// Nothing speaks against it.
    #[default]
    Deliverable,
    /// Nothing is sent any more; after a complaint only mails that the complaint cannot be about.
    Suppressed {
        /// The reason why it is stopped.
        why: Suppression,
        /// The instant since which it is so.
        since: Timestamp,
    },
}

/// The time for which a complaint stops the mails that strangers can cause. After it, its reader
/// can ask for their link again, which is one of them.
pub(crate) const COMPLAINT_STOPS_STRANGERS: Days = Days(30);

impl Deliverability {
    /// Returns the reason why mail to the address is stopped, as a whole or in part.
    #[must_use]
    pub fn stopped(self) -> Option<Suppression> {
        match self {
            Self::Deliverable => None,
            Self::Suppressed { why, .. } => Some(why),
        }
    }

    /// Returns `true` if no mail arrives, whatever it says.
    #[must_use]
    pub fn is_unreachable(self) -> bool {
        match self.stopped() {
            Some(Suppression::Bounce | Suppression::Listed) => true,
            Some(Suppression::Complaint) | None => false,
        }
    }

    /// Returns `true` if a notice at `now` says more than what is known.
    #[must_use]
    pub(crate) fn is_worsened_by(self, why: Suppression, now: Timestamp) -> bool {
        match self {
            Self::Deliverable => true,
            Self::Suppressed {
                why: Suppression::Bounce | Suppression::Listed,
                ..
            } => false,
            Self::Suppressed {
                why: Suppression::Complaint,
                since,
            } => match why {
                Suppression::Bounce | Suppression::Listed => true,
                Suppression::Complaint => COMPLAINT_STOPS_STRANGERS.after(since) <= now,
            },
        }
    }
}

/// The reasons why an address gets no mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Suppression {
    /// It bounced for good.
    Bounce,
    /// Its reader reported our mail as spam.
    Complaint,
    /// It stands on the mail system's own list, which has stopped our mail.
    Listed,
}

impl Customer {
    /// Somebody not known yet.
    #[must_use]
    pub fn new(email: EmailAddress, name: Option<Name>) -> Self {
        Self {
            email,
            name,
            locale: None,
            time_zone: None,
            muted: false,
            request_columns: None,
            deliverability: Deliverability::Deliverable,
            reachable_since: None,
            last_active_at: None,
            epoch: 0,
            version: Version::NEW,
        }
    }

    /// Returns `true` if no mail reaches this address, whatever it says.
    #[must_use]
    pub fn is_unreachable(&self) -> bool {
        self.deliverability.is_unreachable()
    }

    /// Returns `true` if its reader reported our mail as spam, and has not taken it back.
    #[must_use]
    pub fn has_complained(&self) -> bool {
        self.deliverability.stopped() == Some(Suppression::Complaint)
    }

    /// Ends links from before: the epoch grows by the number of ends.
    pub(crate) fn end_links(&mut self, ends: u32) {
        self.epoch = self.epoch.saturating_add(ends);
    }

    /// Notes an activity at `now`, with at most one write a day. Returns `true` if anything changed.
    pub(crate) fn note_activity(&mut self, now: Timestamp) -> bool {
        let known = self
            .last_active_at
            .is_some_and(|last| day_of(last) >= day_of(now));
        if !known {
            self.last_active_at = Some(now);
        }
        !known
    }
}
