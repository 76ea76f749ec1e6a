//! From a sender's own payload to the canonical form.
//!
//! A mapping reads JSON and writes JSON. [`crate::canonical`] parses the result like any other
//! event, so a mapping can be wrong but not dangerous.

mod declarative;
mod document;
mod error;
mod form;
mod jira;
mod jsm_automation;
mod markup;
mod pointer;
mod say;
mod tally;
#[cfg(test)]
mod tests;
mod tidy;
mod typeform;

pub use declarative::{Declarative, InvalidRule, Rule};
pub use error::MappingError;
pub use form::{FormMapping, Questions};
pub use jira::JiraMapping;
pub use pointer::{InvalidPointer, Pointer};

use std::collections::{BTreeMap, BTreeSet};

use domain::account::{Claim, ShownBy};
use domain::desk::Desk;
use domain::id::{DeskId, ExternalId};
use domain::{EmailAddress, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::function::Function;

/// The way from a source's payloads to canonical events.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "kebab-case")]
pub enum Mapping {
    /// The sender speaks the canonical form.
    #[default]
    Canonical,
    /// Jira's own webhooks.
    Jira(JiraMapping),
    /// Jira automation's "Send web request".
    JsmAutomation(JiraMapping),
    /// Typeform's responses.
    Typeform(FormMapping),
    /// Tally's responses.
    Tally(FormMapping),
    /// Any other sender's payload, as the source describes it.
    Declarative(Declarative),
}

/// The circumstances of a payload that a mapping needs.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The function that the delivery is addressed to.
    pub function: Function,
    /// The receiver's clock, for senders that state no time.
    pub received_at: Timestamp,
    /// The people whom the payload may name.
    pub people: &'a People,
}

/// The known people whom a payload may name.
#[derive(Debug, Clone, Default)]
pub struct People {
    /// The addresses of the accounts in [`Mapping::accounts`].
    pub accounts: BTreeMap<ExternalId, EmailAddress>,
    /// The desk of the source. Its own addresses belong to no customer.
    pub desk: Option<Desk>,
    /// The accounts in whose names we write to the service desks of the source. Their own acts come
    /// back, and are no news.
    pub own: BTreeSet<ExternalId>,
}

impl People {
    /// Tells whether an address is the desk's own or an administrator's.
    #[must_use]
    pub fn is_desks(&self, email: &EmailAddress) -> bool {
        self.desk.as_ref().is_some_and(|desk| desk.is_own(email))
    }
}

/// The result of a mapping.
#[derive(Debug, Clone, PartialEq)]
pub enum Mapped {
    /// Events, in the canonical form.
    Events {
        /// A document for each event, at least one. All are about one request.
        documents: Vec<Value>,
        /// The accounts that the payload shows together with an address.
        learned: BTreeMap<ExternalId, Claim>,
    },
    /// A valid payload without an event, such as an edited label, with the reason.
    Nothing(&'static str),
}

impl Mapped {
    fn event(document: Value) -> Self {
        Self::events(vec![document])
    }

    /// At least one event, and nothing learned.
    fn events(documents: Vec<Value>) -> Self {
        Self::Events {
            documents,
            learned: BTreeMap::new(),
        }
    }
}

impl Mapping {
    /// The mapping's name in the world file and in the directory.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Canonical => "canonical",
            Self::Jira(_) => "jira",
            Self::JsmAutomation(_) => "jsm-automation",
            Self::Typeform(_) => "typeform",
            Self::Tally(_) => "tally",
            Self::Declarative(_) => "declarative",
        }
    }

    /// Tells whether its senders name people by accounts of their own.
    #[must_use]
    pub const fn names_accounts(&self) -> bool {
        match self {
            Self::Jira(_) | Self::JsmAutomation(_) => true,
            Self::Canonical | Self::Typeform(_) | Self::Tally(_) | Self::Declarative(_) => false,
        }
    }

    /// The desks that the mapping names for what it maps; none where it leaves that to the source.
    #[must_use]
    pub fn desks(&self) -> BTreeSet<&DeskId> {
        match self {
            Self::Jira(mapping) | Self::JsmAutomation(mapping) => {
                mapping.projects.values().collect()
            }
            Self::Canonical | Self::Typeform(_) | Self::Tally(_) | Self::Declarative(_) => {
                BTreeSet::new()
            }
        }
    }

    /// The accounts that the payload names and whose addresses would help. The caller looks them up
    /// and passes those that [`Mapping::believes`] allows to [`Mapping::apply`].
    #[must_use]
    pub fn accounts(&self, payload: &Value, function: Function) -> BTreeSet<ExternalId> {
        match self {
            Self::Jira(mapping) => mapping.accounts(payload, function),
            Self::JsmAutomation(mapping) => {
                mapping.accounts(&jsm_automation::with_issue(payload.clone()), function)
            }
            Self::Canonical | Self::Typeform(_) | Self::Tally(_) | Self::Declarative(_) => {
                BTreeSet::new()
            }
        }
    }

    /// Tells whether an address that was bound to an account in this way counts, by the source's
    /// current description.
    #[must_use]
    pub const fn believes(&self, shown_by: ShownBy) -> bool {
        match self {
            Self::Jira(mapping) | Self::JsmAutomation(mapping) => mapping.believes(shown_by),
            Self::Canonical | Self::Typeform(_) | Self::Tally(_) | Self::Declarative(_) => false,
        }
    }

    /// Maps a payload.
    ///
    /// # Errors
    /// If the payload lacks a value that the event needs; the error names its pointer.
    pub fn apply(&self, payload: Value, context: &Context<'_>) -> Result<Mapped, MappingError> {
        match self {
            Self::Canonical => Ok(Mapped::event(payload)),
            Self::Jira(mapping) => mapping.apply(&payload, context),
            Self::JsmAutomation(mapping) => jsm_automation::apply(mapping, payload, context),
            Self::Typeform(mapping) => typeform::apply(mapping, &payload, context),
            Self::Tally(mapping) => tally::apply(mapping, &payload, context),
            Self::Declarative(mapping) => mapping.apply(&payload, context),
        }
    }
}
