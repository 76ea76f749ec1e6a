//! A request that somebody without a session has filled in. It counts for nothing until whoever
//! reads the mail at the address they gave has confirmed it.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    DeskId, DraftId, Language, RequestKey, RequestRef,
    event::Person,
    event::RequestCreated,
    form::Answers,
    request::Channel,
    text::{Body, Title},
};

/// The hours for which a draft waits to be confirmed.
pub const DRAFT_HOURS: i64 = 48;

/// A request that waits for its reporter to confirm it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftRequest {
    /// The identifier.
    pub id: DraftId,
    /// The desk that is asked.
    pub desk: DeskId,
    /// The request type, as the desk names it.
    pub kind: Title,
    /// The subject, as the reporter put it.
    pub summary: Title,
    /// The whole story, of a form that has a place for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Body>,
    /// The form's answers.
    #[serde(default)]
    pub answers: Answers,
    /// The person in whose name it was filled in. Nothing shows yet that it was they.
    pub reporter: Person,
    /// The language in which they read the form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// The instant until which it can be confirmed.
    pub until: Timestamp,
}

impl DraftRequest {
    /// Returns the instant until which a form that is filled in at `now` can be confirmed.
    #[must_use]
    pub fn until(now: Timestamp) -> Timestamp {
        crate::policy::later(now, SignedDuration::from_hours(DRAFT_HOURS))
    }

    /// Returns `true` if its time is over.
    #[must_use]
    pub fn is_over(&self, now: Timestamp) -> bool {
        now >= self.until
    }

    /// The request that it becomes, under this key.
    #[must_use]
    pub fn raised_as(&self, key: RequestKey) -> RequestCreated {
        RequestCreated {
            request: RequestRef {
                desk: self.desk.clone(),
                key,
            },
            kind: self.kind.clone(),
            summary: self.summary.clone(),
            description: self.description.clone(),
            fields: self.answers.clone(),
            url: None,
            reporter: self.reporter.clone(),
            org: None,
            participants: Vec::new(),
            channel: Channel::Form,
        }
    }
}
