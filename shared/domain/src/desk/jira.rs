//! The connection of a desk with a service desk of Jira Service Management.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use url::Url;

use crate::{
    RequestTypeId,
    request::Decision,
    text::{Line, Title},
};

/// The service desk at Jira that a desk writes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JiraDesk {
    /// The address of the site, or the address for scoped tokens at Atlassian.
    pub site: Url,
    /// The number of the service desk there.
    pub service_desk: u64,
    /// The treatment of its customers.
    #[serde(default)]
    pub customers: Keeping,
    /// The treatment of its organisations.
    #[serde(default)]
    pub organizations: Keeping,
    /// The treatment of its requests.
    #[serde(default)]
    pub requests: Keeping,
    /// `true` if the portal is closed to people who have no membership left anywhere.
    #[serde(default)]
    pub revoke: bool,
    /// Its request types, by ours.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub request_types: BTreeMap<RequestTypeId, JiraRequestType>,
    /// The names of the transitions that stand for answers to approvals. An answer without one
    /// becomes a comment.
    #[serde(default, skip_serializing_if = "Answers::is_empty")]
    pub approval: Answers,
}

/// The treatment of one kind of thing at Jira.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Keeping {
    /// It is kept as it is here.
    #[default]
    Manage,
    /// It is compared and never written.
    Read,
}

/// A request type at Jira.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JiraRequestType {
    /// Its number.
    pub id: u64,
    /// The field that takes the summary.
    pub summary: Line<64>,
    /// The fields that take answers, by the question's key here. All other answers are part of the
    /// description.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<Line<64>, Line<64>>,
}

/// The transitions that stand for answers to approvals.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Answers {
    /// For a yes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approved: Option<Title>,
    /// For a no.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub declined: Option<Title>,
}

impl Answers {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Returns the name of the transition for an answer.
    #[must_use]
    pub fn transition(&self, decision: Decision) -> Option<&Title> {
        match decision {
            Decision::Approved => self.approved.as_ref(),
            Decision::Declined => self.declined.as_ref(),
        }
    }
}

impl Keeping {
    /// Returns `true` if it is written.
    #[must_use]
    pub fn writes(self) -> bool {
        match self {
            Self::Manage => true,
            Self::Read => false,
        }
    }
}

impl JiraDesk {
    /// Returns `true` if changes of people lead to a look at them.
    #[must_use]
    pub fn writes_people(&self) -> bool {
        self.customers.writes() || self.organizations.writes()
    }
}
