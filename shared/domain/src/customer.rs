//! A customer: one e-mail address, whichever organisations it belongs to.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    EmailAddress, Version, columns::Columns, organization::day_of, text::Line, text::Name,
};

/// A person known by an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    /// The address.
    pub email: EmailAddress,
    /// How they are called, when anyone said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// The language they read (BCP 47), when they chose one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<Line<35>>,
    /// The time zone they live in (IANA name), when they chose one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<Line<64>>,
    /// Whether they switched off every mail that can be switched off.
    #[serde(default)]
    pub muted: bool,
    /// The columns of their list of requests, when they chose some.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_columns: Option<Columns>,
    /// Whether mail reaches them.
    #[serde(default)]
    pub deliverability: Deliverability,
    /// The first activity of the last day (UTC) on which there was any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_active_at: Option<Timestamp>,
    /// Grows with each "end all my links".
    #[serde(default)]
    pub epoch: u32,
    /// How often this item was written.
    pub version: Version,
}

/// Whether mail may be sent to an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Deliverability {
    /// Nothing speaks against it.
    #[default]
    Deliverable,
    /// Nothing is sent any more.
    Suppressed {
        /// Why.
        why: Suppression,
        /// Since when.
        since: Timestamp,
    },
}

impl Deliverability {
    /// Whether nothing may be sent.
    #[must_use]
    pub fn is_suppressed(self) -> bool {
        match self {
            Self::Deliverable => false,
            Self::Suppressed { .. } => true,
        }
    }
}

/// Why an address gets no mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Suppression {
    /// It bounced for good.
    Bounce,
    /// Its reader reported our mail as spam.
    Complaint,
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
            last_active_at: None,
            epoch: 0,
            version: Version::NEW,
        }
    }

    /// Whether nothing may be sent to this address.
    #[must_use]
    pub fn is_suppressed(&self) -> bool {
        self.deliverability.is_suppressed()
    }

    /// Notes an activity at `now`. At most one write a day comes of it.
    ///
    /// Returns whether anything changed.
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
