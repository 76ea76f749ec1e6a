//! The people in a Jira payload: by account, sometimes with an address.
//!
//! An account that stands for nobody in particular has no id here. So nothing is learned from it,
//! and nothing is found by it.

use domain::EmailAddress;
use domain::id::ExternalId;
use serde_json::Value;

use crate::mapping::{Context, tidy};

/// The beginning of the accounts of Jira Cloud's portal-only customers.
const PORTAL_ONLY: &str = "qm:";

/// Words in place of an account that is hidden, deleted, or never existed.
const NOBODY: [&str; 11] = [
    "-1",
    "0",
    "anonymous",
    "deleted",
    "nobody",
    "none",
    "null",
    "system",
    "undefined",
    "unknown",
    "unassigned",
];

/// A person in a payload.
#[derive(Debug, Clone, Copy)]
pub(super) struct Person<'v>(&'v Value);

/// The kind of an account by Jira.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A customer of the portal, and nothing else.
    Customer,
    /// An Atlassian account: a colleague, a customer, an agent.
    Colleague,
    /// An app, a former or hidden user: nobody whom mail reaches.
    Nobody,
    /// Not given. Data Center never gives it.
    Unsaid,
}

impl<'v> Person<'v> {
    /// The person at a place, if the payload names one.
    pub(super) fn at(payload: &'v Value, pointer: &str) -> Option<Self> {
        Self::of(payload.pointer(pointer)?)
    }

    /// The person that a value names, if it names one.
    pub(super) fn of(value: &'v Value) -> Option<Self> {
        let says = |value: &Value| !value.is_null() && value != "";
        let object = value.as_object()?;
        object.values().any(says).then_some(Self(value))
    }

    pub(super) fn kind(self) -> Kind {
        let kind = self.text("accountType").unwrap_or_default();
        match kind.to_ascii_lowercase().as_str() {
            "customer" => Kind::Customer,
            "atlassian" => Kind::Colleague,
            "" if self.starts_with(PORTAL_ONLY) => Kind::Customer,
            "" => Kind::Unsaid,
            _ => Kind::Nobody,
        }
    }

    /// The person's id in that Jira: Cloud's account, else Data Center's key. Without a key it is
    /// the user name, marked as such, because the key of one person can be the name of another.
    pub(super) fn account(self) -> Option<ExternalId> {
        if self.kind() == Kind::Nobody || self.is_anonymized() {
            return None;
        }
        let id = match (self.text("accountId"), self.text("key"), self.text("name")) {
            (Some(id), _, _) | (None, Some(id), _) => id.to_owned(),
            (None, None, Some(name)) if !is_nobody(name) => format!("name:{name}"),
            (None, None, _) => return None,
        };
        if is_nobody(&id) {
            None
        } else {
            id.parse().ok()
        }
    }

    /// The address that the payload gives this person.
    pub(super) fn stated_email(self, context: &Context<'_>) -> Option<EmailAddress> {
        let email = self.stated()?;
        is_customers(&email, context).then_some(email)
    }

    /// Tells whether the payload gives this person an address, for any reader.
    pub(super) fn states_address(self) -> bool {
        self.text("emailAddress")
            .is_some_and(|text| text.contains('@'))
    }

    /// The person's address: from the payload, else the known address of the account. People of the
    /// desk are not looked up.
    pub(super) fn email(self, context: &Context<'_>) -> Option<EmailAddress> {
        let stated = self.stated();
        if stated.is_some_and(|email| context.people.is_desks(&email)) {
            return None;
        }
        self.stated_email(context)
            .or_else(|| context.people.accounts.get(&self.account()?).cloned())
    }

    fn stated(self) -> Option<EmailAddress> {
        if self.kind() == Kind::Nobody || self.is_anonymized() {
            return None;
        }
        self.text("emailAddress")?.parse().ok()
    }

    pub(super) fn display_name(self) -> Option<String> {
        tidy::line(self.text("displayName")?, 200)
    }

    pub(super) fn is(self, other: Option<Self>) -> bool {
        let account = self.account();
        account.is_some() && account == other.and_then(Self::account)
    }

    /// Data Center gives an anonymized user the name `jirauser` and a number, and a deleted user
    /// the address `?`.
    fn is_anonymized(self) -> bool {
        let numbered = |name: &str| {
            let (word, number) = name.split_at_checked("jirauser".len()).unwrap_or_default();
            word.eq_ignore_ascii_case("jirauser")
                && !number.is_empty()
                && number.bytes().all(|b| b.is_ascii_digit())
        };
        self.text("name").is_some_and(numbered) || self.text("emailAddress") == Some("?")
    }

    fn starts_with(self, beginning: &str) -> bool {
        self.text("accountId")
            .is_some_and(|id| id.starts_with(beginning))
    }

    fn text(self, name: &str) -> Option<&'v str> {
        let text = self.0.get(name)?.as_str()?.trim();
        (!text.is_empty()).then_some(text)
    }
}

/// An address that can be a customer's: not one that stands for nobody, and none of the desk's own.
pub(super) fn customers_address(text: &str, context: &Context<'_>) -> Option<EmailAddress> {
    let email: EmailAddress = text.trim().parse().ok()?;
    is_customers(&email, context).then_some(email)
}

fn is_customers(email: &EmailAddress, context: &Context<'_>) -> bool {
    !email.is_nobodys() && !context.people.is_desks(email)
}

/// Tells whether an id is a word for nobody, alone or after the name of a directory
/// (`557058:unknown`), or a placeholder that automation could not fill (`{{…}}`).
fn is_nobody(id: &str) -> bool {
    let id = id.to_ascii_lowercase();
    let last = id.rsplit(':').next().unwrap_or_default();
    NOBODY.contains(&id.as_str())
        || (NOBODY.contains(&last) && last.bytes().all(|b| b.is_ascii_alphabetic()))
        || id.contains("{{")
        || id.bytes().all(|b| matches!(b, b'0' | b'-' | b'?' | b':'))
}
