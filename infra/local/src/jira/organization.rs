//! Organisations, and the desks that they are attached to.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A group of customers of the whole site.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Organization {
    /// The id: a number in paths and bodies, text in answers.
    pub id: u64,
    /// The name; other organisations may have the same in another case.
    pub name: String,
    /// The instant of creation.
    pub created: Timestamp,
    /// True if an identity provider feeds it by SCIM.
    pub scim_managed: bool,
    /// The e-mail domains whose new customers join by themselves.
    pub domains: Vec<String>,
    /// The ids of the members.
    pub members: BTreeSet<String>,
    /// The properties.
    pub properties: BTreeMap<String, Value>,
}

impl Organization {
    /// An organisation without members.
    #[must_use]
    pub fn new(id: u64, name: &str, created: Timestamp) -> Self {
        Self {
            id,
            name: name.to_owned(),
            created,
            scim_managed: false,
            domains: Vec::new(),
            members: BTreeSet::new(),
            properties: BTreeMap::new(),
        }
    }

    /// Tells whether a new customer with this address joins by themselves.
    #[must_use]
    pub fn takes(&self, email: &str) -> bool {
        let domain = email.rsplit_once('@').map_or("", |(_, domain)| domain);
        let is_theirs = |known: &String| known.eq_ignore_ascii_case(domain);
        !self.scim_managed && self.domains.iter().any(is_theirs)
    }
}

/// A service desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Desk {
    /// The id.
    pub id: u64,
    /// The id of its project.
    pub project: u64,
    /// The key of its project, with which the keys of its requests begin.
    pub key: String,
    /// The name.
    pub name: String,
    /// True if anybody with an account may raise requests. Such a desk has no list of customers.
    pub open: bool,
    /// The ids of the accounts on the desk's list.
    pub customers: BTreeSet<String>,
    /// The ids of the attached organisations.
    pub organizations: BTreeSet<u64>,
    /// The number of the last request.
    pub numbered: u64,
}
