//! The accounts of a site.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// The part of the id of a portal-only account that names the site.
const SITE: &str = "6f1d2c84-0b1e-4c59-9a57-2f4f8c1d7a10";
/// The time until a new account is found by a search.
const INDEXED_AFTER: SignedDuration = SignedDuration::from_mins(3);

/// The kind of an account, as Jira spells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A customer of the portals of this site, and nothing else.
    Customer,
    /// A person with an Atlassian account.
    Atlassian,
    /// A bot.
    App,
}

/// A right of an account on the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// Browses users and groups.
    Browse,
    /// Works on requests, with a licence.
    Agent,
    /// Administers the service desks.
    DeskAdmin,
    /// Administers Jira.
    JiraAdmin,
    /// Administers the site.
    SiteAdmin,
}

impl Right {
    /// Every right.
    pub const ALL: [Self; 5] = [
        Self::Browse,
        Self::Agent,
        Self::DeskAdmin,
        Self::JiraAdmin,
        Self::SiteAdmin,
    ];
}

/// A person or bot on the site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The id. It is the identity; an address is not.
    pub id: String,
    /// The address.
    pub email: String,
    /// The name, as the first creator gave it.
    pub display_name: String,
    /// The kind.
    pub kind: Kind,
    /// False after the portal access was revoked.
    pub active: bool,
    /// False if the owner hides the address.
    pub shows_email: bool,
    /// The instant of creation.
    pub created: Timestamp,
    /// The rights; a customer has none.
    pub rights: BTreeSet<Right>,
}

impl Account {
    /// A portal-only customer with the number of their creation.
    #[must_use]
    pub fn customer(number: u64, email: &str, display_name: &str, created: Timestamp) -> Self {
        Self {
            id: format!("qm:{SITE}:{number:08x}"),
            email: email.to_owned(),
            display_name: display_name.to_owned(),
            kind: Kind::Customer,
            active: true,
            shows_email: true,
            created,
            rights: BTreeSet::new(),
        }
    }

    /// A person with an Atlassian account and these rights.
    #[must_use]
    pub fn atlassian(id: &str, email: &str, display_name: &str, rights: &[Right]) -> Self {
        Self {
            id: id.to_owned(),
            kind: Kind::Atlassian,
            rights: rights.iter().copied().collect(),
            ..Self::customer(0, email, display_name, Timestamp::UNIX_EPOCH)
        }
    }

    /// Tells whether the account has a right.
    #[must_use]
    pub fn may(&self, right: Right) -> bool {
        self.rights.contains(&right)
    }

    /// Tells whether the account works on requests, or is a bot.
    #[must_use]
    pub fn is_staff(&self) -> bool {
        self.kind == Kind::App || self.may(Right::Agent)
    }

    /// Tells whether the account has an address; case does not matter.
    #[must_use]
    pub fn has_email(&self, email: &str) -> bool {
        self.email.eq_ignore_ascii_case(email.trim())
    }

    /// Tells whether a search at an instant finds the account at all.
    #[must_use]
    pub fn is_searchable(&self, now: Timestamp) -> bool {
        self.active && now.duration_since(self.created) >= INDEXED_AFTER
    }

    /// Tells whether the words of a search are the beginning of the address or of a part of the
    /// name. A hidden address is found only as a whole.
    #[must_use]
    pub fn matches(&self, query: &str) -> bool {
        let query = query.trim().to_lowercase();
        let begins = |text: &str| text.to_lowercase().starts_with(&query);
        let by_email = if self.shows_email {
            begins(&self.email)
        } else {
            self.has_email(&query)
        };
        by_email || begins(&self.display_name) || self.display_name.split(' ').any(begins)
    }
}
