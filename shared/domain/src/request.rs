//! A request: what somebody asked a desk for, who may see it, and what became of it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    ApprovalId, CommentId, EmailAddress, Event, OrgId, RequestRef, SourceId, Version,
    desk::RequestType,
    text::{Body, Line, Name, Reason, Text, Title},
};

/// A request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Which one.
    pub id: RequestRef,
    /// What kind it is, as the desk names it.
    pub kind: Title,
    /// What it is about.
    pub summary: Title,
    /// The whole story.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Body>,
    /// The form's answers.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<Line<64>, Text<4_000>>,
    /// Where the desk itself shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<url::Url>,
    /// Who asked.
    pub reporter: EmailAddress,
    /// How they are called, when anyone said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reporter_name: Option<Name>,
    /// For which organisation, when there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub org: Option<OrgId>,
    /// How it came.
    pub channel: Channel,
    /// Where it stands.
    pub status: Status,
    /// Since when, by the sender's clock.
    pub status_at: Timestamp,
    /// How it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolution: Option<Title>,
    /// What was asked of approvers, and what they said.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub approvals: BTreeMap<ApprovalId, Approval>,
    /// The status changes in the order in which they were heard of; of very many the first are
    /// dropped.
    #[serde(default)]
    pub history: Vec<StatusChange>,
    /// When it was recorded.
    pub created_at: Timestamp,
    /// How often this item was written.
    pub version: Version,
}

/// The most status changes that a request keeps.
pub const MAX_HISTORY: usize = 100;

/// The most text, in bytes, that a request may have: it lies in one item, and `DynamoDB` takes no
/// item of more than 400 KB with the names and marks between the texts.
pub(crate) const MAX_SIZE: usize = 360_000;

/// How a request came.
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
    /// What it means.
    pub category: Category,
}

/// What a status means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Nobody has begun.
    New,
    /// Somebody works on it.
    InProgress,
    /// The requester has to do something.
    WaitingForCustomer,
    /// It is over.
    Done,
}

/// One line of a request's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusChange {
    /// When, by the sender's clock.
    pub at: Timestamp,
    /// The status then.
    pub to: Status,
    /// Whether it arrived after a newer one and so changed nothing.
    #[serde(default)]
    pub late: bool,
}

/// A question to approvers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// Who is asked.
    pub approvers: BTreeSet<EmailAddress>,
    /// Until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Timestamp>,
    /// What was said, by whom.
    #[serde(default)]
    pub answers: BTreeMap<EmailAddress, ApprovalAnswer>,
}

/// One approver's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprovalAnswer {
    /// Yes or no.
    pub decision: Decision,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// When.
    pub at: Timestamp,
}

/// Yes or no.
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
    /// On which request.
    pub request: RequestRef,
    /// The sender's id of it.
    pub id: CommentId,
    /// Who wrote it.
    pub author: Author,
    /// What.
    pub body: Body,
    /// When, by the sender's clock.
    pub at: Timestamp,
}

/// Who wrote a comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// Their address, when the sender knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<EmailAddress>,
    /// Their name.
    pub name: Name,
    /// On which side of the desk they are.
    pub role: AuthorRole,
}

/// On which side of the desk an author is.
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
    /// Which request.
    pub request: RequestRef,
    /// Who.
    pub who: Who,
    /// What kind the request is. It never changes, so that lists can be searched without reading
    /// the requests themselves.
    pub kind: Title,
    /// What the request is about. It never changes either.
    pub summary: Title,
    /// As what.
    pub parts: BTreeSet<Part>,
    /// Whether they want mails about it.
    pub subscribed: bool,
    /// Whether the request is open.
    pub open: bool,
    /// Where it stands in their list: when it was created or last changed its status.
    pub moved_at: Timestamp,
    /// How often this item was written.
    pub version: Version,
}

/// Who may see a request.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// One person.
    Person(EmailAddress),
    /// Every member of an organisation.
    Organization(OrgId),
}

/// As what somebody sees a request.
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

/// Updates that came before their request and wait for it, at most 24 hours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Awaited {
    /// The request that is not known yet.
    pub id: RequestRef,
    /// What came, in the order in which it came.
    pub updates: Vec<EarlyUpdate>,
    /// When waiting ends: 24 hours after the first update.
    pub until: Timestamp,
    /// How often this item was written.
    pub version: Version,
}

/// An update that came before its request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlyUpdate {
    /// What it says.
    pub event: Event,
    /// Who sent it.
    pub source: SourceId,
    /// In which delivery.
    pub delivery: crate::DeliveryId,
}

/// What is stored under a request's key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Record {
    /// The request.
    Known(Box<Request>),
    /// Updates that wait for it.
    Awaited(Awaited),
}

impl Request {
    /// What was answered, under the questions as the form has them and in its order; after them what
    /// was answered beyond the form, under its own name.
    #[must_use]
    pub fn answered(&self, form: Option<&RequestType>) -> Vec<(Title, &Text<4_000>)> {
        let asked = form.map_or(&[][..], |form| &form.fields[..]);
        let of_the_form = asked.iter().filter_map(|field| {
            let answer = self.fields.get(&field.id)?;
            Some((field.label.clone(), answer))
        });
        let beyond = self.fields.iter().filter_map(|(id, answer)| {
            let known = asked.iter().any(|field| field.id == *id);
            let label = Title::new(id.as_str()).ok()?;
            (!known).then_some((label, answer))
        });
        of_the_form.chain(beyond).collect()
    }

    /// Whether anything is still to be done.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.status.category != Category::Done
    }

    /// Adds a line to the history, dropping the first of very many.
    pub(crate) fn note(&mut self, change: StatusChange) {
        self.history.push(change);
        while self.history.len() > MAX_HISTORY || (self.history.len() > 1 && self.size() > MAX_SIZE)
        {
            self.history.remove(0);
        }
    }

    /// About how many bytes of text it has.
    pub(crate) fn size(&self) -> usize {
        /// What surrounds one entry of a list: names, marks, an instant.
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
