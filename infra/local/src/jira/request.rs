//! Requests and their comments.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::workflow::Status;

/// A request, which is an issue of the desk's project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// The id of the issue.
    pub id: u64,
    /// The key.
    pub key: String,
    /// The id of the desk.
    pub desk: u64,
    /// The id of the request type.
    pub request_type: u64,
    /// The values of its fields by the fields' ids, with `summary` and `description`.
    pub fields: BTreeMap<String, Value>,
    /// The account of the reporter.
    pub reporter: String,
    /// The account that created it.
    pub creator: String,
    /// The id of the status.
    pub status: String,
    /// The instant of the last change of status.
    pub status_since: Timestamp,
    /// The accounts of the participants.
    pub participants: BTreeSet<String>,
    /// The ids of the organisations that it is shared with.
    pub organizations: BTreeSet<u64>,
    /// The labels.
    pub labels: BTreeSet<String>,
    /// The comments, oldest first.
    pub comments: Vec<Comment>,
    /// The properties of the issue.
    pub properties: BTreeMap<String, Value>,
    /// The instant of creation.
    pub created: Timestamp,
    /// The instant of the last change.
    pub updated: Timestamp,
}

/// A comment on a request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Comment {
    /// The id.
    pub id: u64,
    /// The account of the author.
    pub author: String,
    /// The text.
    pub body: String,
    /// False if only agents see it.
    pub public: bool,
    /// The properties.
    pub properties: BTreeMap<String, Value>,
    /// The instant of creation.
    pub created: Timestamp,
}

impl Request {
    /// The status.
    #[must_use]
    pub fn status(&self) -> &'static Status {
        Status::of(&self.status)
    }

    /// The summary.
    #[must_use]
    pub fn summary(&self) -> &str {
        self.text("summary")
    }

    /// The text of a field; empty if there is none.
    #[must_use]
    pub fn text(&self, field: &str) -> &str {
        self.fields
            .get(field)
            .and_then(Value::as_str)
            .unwrap_or_default()
    }
}
