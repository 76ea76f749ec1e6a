//! Requests to a desk: their text, viewers, approvals and status.

mod answered;
mod record;

pub use record::{Awaited, EarlyUpdate, Record};

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, ApprovalId, CommentId, EmailAddress, OrgId, RequestKey, RequestRef, Version,
    text::{Body, Line, Name, Reason, Text, Title},
};

/// A request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The reference of the request.
    pub id: RequestRef,
    /// The request type, as the desk names it.
    pub kind: Title,
    /// The subject, as the reporter put it.
    pub summary: Title,
    /// The whole story.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Body>,
    /// The form's answers.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<Line<64>, Text<4_000>>,
    /// The address at which the desk itself shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<url::Url>,
    /// The person who asked.
    pub reporter: EmailAddress,
    /// Their name, when it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reporter_name: Option<Name>,
    /// The last hand-over, when it was raised by somebody else than its reporter now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handed: Option<HandedOver>,
    /// The organisation, when it belongs to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub org: Option<OrgId>,
    /// The channel through which it came.
    pub channel: Channel,
    /// The status.
    pub status: Status,
    /// The instant since which it has this status, by the sender's clock.
    pub status_at: Timestamp,
    /// The desk's word for how it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolution: Option<Title>,
    /// The approvals, with their approvers and answers.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub approvals: BTreeMap<ApprovalId, Approval>,
    /// The place it was moved to, if any. It is stored under its first key all the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved: Option<Move>,
    /// The status changes in the order of their arrival. The oldest are dropped when there are very
    /// many.
    #[serde(default)]
    pub history: Vec<StatusChange>,
    /// The instant at which it was recorded.
    pub created_at: Timestamp,
    /// The number of times this item was written.
    pub version: Version,
}

/// A hand-over of a request, with the person who raised it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedOver {
    /// The person who raised the request.
    pub raised_by: EmailAddress,
    /// Their name, when it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raised_by_name: Option<Name>,
    /// The reporter before.
    pub from: EmailAddress,
    /// The actor who asked for it.
    pub by: Actor,
    /// The instant.
    pub at: Timestamp,
}

/// The most status changes that a request keeps.
pub const MAX_HISTORY: usize = 100;

/// The most text, in bytes, that a request may have: it lies in one item, and `DynamoDB` takes no
/// item of more than 400 KB with the names and marks between the texts.
pub(crate) const MAX_SIZE: usize = 360_000;

/// The channel through which a request came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// A form.
    Form,
    /// The desk's portal.
    Portal,
    /// A mail.
    Email,
    /// A program.
    Api,
}

/// A status, in the desk's word and in ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// The desk's word.
    pub name: Title,
    /// The meaning of that status.
    pub category: Category,
}

impl Status {
    /// The status of a request of which none was heard.
    pub(crate) fn fresh() -> Self {
        Self {
            name: Title::new("New").expect("a fixed word is a title"),
            category: Category::New,
        }
    }
}

/// The meaning of a status, the same for every desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Work has not begun.
    New,
    /// Somebody works on it.
    InProgress,
    /// The requester has to do something.
    WaitingForCustomer,
    /// It is over.
    Done,
}

/// A move of a request to another key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    /// The place it is at since.
    pub to: Destination,
    /// The instant, by the sender's clock.
    pub at: Timestamp,
}

/// The place a request was moved to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Destination {
    /// A desk that is served here, where it goes on.
    Desk(RequestRef),
    /// A place that no desk here serves, under this key.
    Elsewhere(RequestKey),
}

impl Destination {
    /// The key there.
    #[must_use]
    pub fn key(&self) -> &RequestKey {
        match self {
            Self::Desk(id) => &id.key,
            Self::Elsewhere(key) => key,
        }
    }

    /// The desk and the key there, if a desk here serves it.
    #[must_use]
    pub fn served(&self) -> Option<&RequestRef> {
        match self {
            Self::Desk(id) => Some(id),
            Self::Elsewhere(_) => None,
        }
    }
}

/// Another key of a request: one that it was moved to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alias {
    /// The other key.
    pub id: RequestRef,
    /// The key under which the request is stored.
    pub of: RequestRef,
    /// The number of times this item was written.
    pub version: Version,
}

/// One line of a request's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusChange {
    /// The instant, by the sender's clock.
    pub at: Timestamp,
    /// The status then.
    pub to: Status,
    /// `true` if it arrived after a newer one and so changed nothing.
    #[serde(default)]
    pub late: bool,
}

/// A question to approvers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// The people who are asked.
    pub approvers: BTreeSet<EmailAddress>,
    /// The instant until which an answer is awaited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Timestamp>,
    /// The answers, by approver.
    #[serde(default)]
    pub answers: BTreeMap<EmailAddress, ApprovalAnswer>,
}

/// One approver's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprovalAnswer {
    /// The answer.
    pub decision: Decision,
    /// The reason that the approver gave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// The instant of the answer.
    pub at: Timestamp,
}

/// The answers to an approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Yes.
    Approved,
    /// No.
    Declined,
}

/// A public comment. An internal one is never stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// The request.
    pub request: RequestRef,
    /// The sender's id of it.
    pub id: CommentId,
    /// The author.
    pub author: Author,
    /// The text.
    pub body: Body,
    /// The instant, by the sender's clock.
    pub at: Timestamp,
}

/// The author of a comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// Their address, when the sender knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<EmailAddress>,
    /// Their name.
    pub name: Name,
    /// The side of the desk on which they are.
    pub role: AuthorRole,
}

/// The sides of the desk on which an author can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuthorRole {
    /// Works there.
    Agent,
    /// Asks there.
    Customer,
}

/// Somebody, or an organisation, who may see a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    /// The request.
    pub request: RequestRef,
    /// The person or organisation.
    pub who: ViewerId,
    /// The type of the request. It is repeated here because it never changes: lists are searched
    /// without reading the requests.
    pub kind: Title,
    /// The subject of the request. It never changes either.
    pub summary: Title,
    /// The parts in which they see it.
    pub parts: BTreeSet<Part>,
    /// The desk and the key that it has since it was moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub now: Option<RequestRef>,
    /// `true` if they want mails about it.
    pub subscribed: bool,
    /// `true` while the request is open.
    pub open: bool,
    /// The instant by which it is sorted in their list: its creation or its last change of status.
    pub moved_at: Timestamp,
    /// The number of times this item was written.
    pub version: Version,
}

/// A person or an organisation that may see a request.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ViewerId {
    /// One person.
    Person(EmailAddress),
    /// Every member of an organisation.
    Organization(OrgId),
}

/// The parts in which somebody takes part in a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// They asked.
    Reporter,
    /// They were let in.
    Participant,
    /// They are asked to approve.
    Approver,
}

impl Viewer {
    /// The desk and the key that the request has now.
    #[must_use]
    pub fn current(&self) -> &RequestRef {
        self.now.as_ref().unwrap_or(&self.request)
    }
}

impl Request {
    /// The desk and the key that it has now; the first ones, if it was moved elsewhere.
    #[must_use]
    pub fn current(&self) -> &RequestRef {
        let moved = self.moved.as_ref().and_then(|moved| moved.to.served());
        moved.unwrap_or(&self.id)
    }

    /// The key that it has now, here or elsewhere.
    #[must_use]
    pub fn key(&self) -> &RequestKey {
        let moved = self.moved.as_ref();
        moved.map_or(&self.id.key, |moved| moved.to.key())
    }

    /// The key that it has in a place that no desk here serves, if it was moved to one.
    #[must_use]
    pub fn elsewhere(&self) -> Option<&RequestKey> {
        match &self.moved.as_ref()?.to {
            Destination::Elsewhere(key) => Some(key),
            Destination::Desk(_) => None,
        }
    }

    /// Returns `true` while something is still to be done.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.status.category != Category::Done
    }

    /// Adds a line to the history, and drops the oldest when there are very many.
    pub(crate) fn note(&mut self, change: StatusChange) {
        self.history.push(change);
        while self.history.len() > MAX_HISTORY || (self.history.len() > 1 && self.size() > MAX_SIZE)
        {
            self.history.remove(0);
        }
    }

    /// About how many bytes of text it has.
    pub(crate) fn size(&self) -> usize {
        /// The bytes around one entry of a list: names, marks, an instant.
        const AROUND: usize = 64;
        let fields = self.fields.iter();
        let history = self.history.iter();
        let approvals = self.approvals.iter();
        let asked = |approval: &Approval| -> usize {
            let approvers = approval.approvers.iter();
            let answers = approval.answers.iter();
            approvers
                .map(|email| AROUND + email.as_str().len())
                .sum::<usize>()
                + answers
                    .map(|(email, answer)| {
                        let reason = answer.reason.as_ref().map_or(0, |r| r.as_str().len());
                        AROUND + email.as_str().len() + reason
                    })
                    .sum::<usize>()
        };
        self.description.as_ref().map_or(0, |d| d.as_str().len())
            + fields
                .map(|(key, answer)| AROUND + key.as_str().len() + answer.as_str().len())
                .sum::<usize>()
            + self.url.as_ref().map_or(0, |url| url.as_str().len())
            + history
                .map(|line| AROUND + line.to.name.as_str().len())
                .sum::<usize>()
            + approvals
                .map(|(id, approval)| AROUND + id.as_str().len() + asked(approval))
                .sum::<usize>()
    }
}
