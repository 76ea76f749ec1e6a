//! The state of the site, and the questions that everything asks.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::account::{Account, Right};
use super::organization::{Desk, Organization};
use super::refusal::Refusal;
use super::request::Request;

/// The first id of an issue; lower ones belong to the samples.
const FIRST_ISSUE: u64 = 20_001;

/// A token with which a program calls in the name of an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// The account.
    pub account: String,
    /// The token in clear, because this is a laptop.
    pub secret: String,
    /// True if it works only below `/ex/jira/{cloud}`.
    pub scoped: bool,
    /// The instant of its end.
    pub expires: Option<Timestamp>,
}

/// An event that the site tells its webhooks of.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Happening {
    /// An issue was created.
    Created,
    /// Fields of an issue changed, each with an item of the changelog.
    Changed(Vec<Value>),
    /// A comment was added, by its id.
    Commented(u64),
}

/// A happening with its issue and the account that caused it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Event {
    pub(crate) issue: u64,
    pub(crate) by: String,
    pub(crate) happening: Happening,
}

/// Everything on the site.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Site {
    /// The accounts by their ids.
    pub accounts: BTreeMap<String, Account>,
    /// The tokens.
    pub tokens: Vec<Token>,
    /// The organisations by their ids.
    pub organizations: BTreeMap<u64, Organization>,
    /// The desks by their ids.
    pub desks: BTreeMap<u64, Desk>,
    /// The requests by the ids of their issues.
    pub requests: BTreeMap<u64, Request>,
    /// Acts of API callers that would have mailed a customer.
    pub mailed: Vec<String>,
    /// True if the desks' own notifications of customers are switched on.
    pub notifies_customers: bool,
    /// The number of things that were made.
    pub made: u64,
    /// The events that were not handed to the webhooks yet.
    #[serde(skip)]
    pub(crate) events: Vec<Event>,
    /// The instant of the change under way.
    #[serde(skip)]
    pub(crate) now: Timestamp,
}

impl Site {
    /// The next number for a new thing.
    pub(crate) fn number(&mut self) -> u64 {
        self.made += 1;
        self.made
    }

    pub(crate) fn issue_number(&mut self) -> u64 {
        FIRST_ISSUE + self.number()
    }

    /// The account with an id.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub fn account(&self, id: &str) -> Result<&Account, Refusal> {
        let found = self.accounts.get(id);
        found.ok_or_else(|| Refusal::missing("account", id))
    }

    /// The accounts with an address; case does not matter. There may be two.
    pub fn with_email(&self, email: &str) -> impl Iterator<Item = &Account> {
        let accounts = self.accounts.values();
        accounts.filter(move |account| account.has_email(email))
    }

    /// The organisation with an id in the form of a path.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub fn organization(&self, id: &str) -> Result<&Organization, Refusal> {
        let found = id
            .parse()
            .ok()
            .and_then(|id: u64| self.organizations.get(&id));
        found.ok_or_else(|| Refusal::missing("organization", id))
    }

    /// The desk with an id, or with the key or id of its project.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub fn desk(&self, id: &str) -> Result<&Desk, Refusal> {
        let found = self.desks.values().find(|desk| {
            desk.id.to_string() == id || desk.project.to_string() == id || desk.key == id
        });
        found.ok_or_else(|| Refusal::missing("service desk", id))
    }

    pub(crate) fn desk_mut(&mut self, id: &str) -> Result<&mut Desk, Refusal> {
        let id = self.desk(id)?.id;
        let found = self.desks.get_mut(&id);
        found.ok_or_else(|| Refusal::missing("service desk", &id.to_string()))
    }

    /// The request with an id or key.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub fn request(&self, id_or_key: &str) -> Result<&Request, Refusal> {
        let by_id = id_or_key
            .parse()
            .ok()
            .and_then(|id: u64| self.requests.get(&id));
        let by_key = || {
            let mut requests = self.requests.values();
            requests.find(|request| request.key.eq_ignore_ascii_case(id_or_key))
        };
        by_id
            .or_else(by_key)
            .ok_or_else(|| Refusal::missing("issue", id_or_key))
    }

    pub(crate) fn request_mut(&mut self, id: u64) -> Result<&mut Request, Refusal> {
        let found = self.requests.get_mut(&id);
        found.ok_or_else(|| Refusal::missing("issue", &id.to_string()))
    }

    /// Tells whether an account may see a request: as an agent, or because it is theirs.
    #[must_use]
    pub fn sees(&self, account: &Account, request: &Request) -> bool {
        account.may(Right::Agent) || self.is_own(account, request)
    }

    /// Tells whether a request is an account's own: raised by it, shared with it, or shared with an
    /// organisation of it.
    #[must_use]
    pub fn is_own(&self, account: &Account, request: &Request) -> bool {
        let member = |id: &u64| {
            let organization = self.organizations.get(id);
            organization.is_some_and(|organization| organization.members.contains(&account.id))
        };
        request.reporter == account.id
            || request.creator == account.id
            || request.participants.contains(&account.id)
            || request.organizations.iter().any(member)
    }

    pub(crate) fn tell(&mut self, issue: u64, by: &str, happening: Happening) {
        self.events.push(Event {
            issue,
            by: by.to_owned(),
            happening,
        });
    }

    /// Notes that a caller of the API caused a mail to a customer.
    pub(crate) fn mails(&mut self, act: String) {
        self.mailed.push(act);
    }
}
