//! A service desk as its administrators describe it.

pub mod jira;

use std::{collections::BTreeSet, net::IpAddr};

use serde::{Deserialize, Serialize};

pub use jira::JiraDesk;

use crate::{
    DeskId, DomainName, EmailAddress, RequestTypeId, Version,
    mailbox::Mailbox,
    network::Cidr,
    policy::Spelling,
    request::{Category, Request, Status},
    text::{Line, Name, Text, Title},
};

/// A service desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Desk {
    /// The identifier in the world file.
    pub id: DeskId,
    /// The name that people read.
    pub name: Name,
    /// The address that its mails come from.
    pub sender: EmailAddress,
    /// The mailbox that is told what people do on their pages. Without one, the sender's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inbox: Option<EmailAddress>,
    /// The people who decide exceptions and are told when something needs a human.
    pub administrators: BTreeSet<EmailAddress>,
    /// The people from whom it takes requests that its own service desk has not taken already.
    pub access: Access,
    /// The networks from which strangers reach its forms; from any when there is none. Whoever has
    /// a link from a mail is no stranger.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub networks: Vec<Cidr>,
    /// The types of request that people can raise.
    pub request_types: Vec<RequestType>,
    /// The changes of status that requesters may make by themselves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub transitions: Vec<Transition>,
    /// Announcements to visitors.
    pub announcements: Vec<Announcement>,
    /// The service desk at Jira that hears of what is decided and done here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jira: Option<JiraDesk>,
    /// The number of times this item was written.
    pub version: Version,
}

impl Desk {
    /// Returns the mailbox that is told what people do on their pages.
    #[must_use]
    pub fn inbox(&self) -> &EmailAddress {
        self.inbox.as_ref().unwrap_or(&self.sender)
    }

    /// Returns `true` if this is a mailbox of the desk itself: the one that its mails come from or
    /// the one in which it reads, with or without a tag (`support+orders@lanyard.example`).
    #[must_use]
    pub fn reads_at(&self, email: &EmailAddress) -> bool {
        let mailbox = |email| Mailbox::of(email, &Spelling::default());
        [&self.sender, self.inbox()]
            .into_iter()
            .any(|own| mailbox(own) == mailbox(email))
    }

    /// Returns `true` if no customer has this address: it is a mailbox of the desk, or an
    /// administrator's.
    #[must_use]
    pub fn is_own(&self, email: &EmailAddress) -> bool {
        self.reads_at(email) || self.administrators.contains(email)
    }

    /// Returns `true` if acts on its requests are written to a service desk elsewhere. Otherwise its
    /// inbox is told of them.
    #[must_use]
    pub fn writes_requests(&self) -> bool {
        let jira = self.jira.as_ref();
        jira.is_some_and(|jira| jira.requests.writes())
    }

    /// Returns `true` if it takes requests from this address. `member` is `true` for a member of an
    /// organisation that it serves.
    #[must_use]
    pub fn takes(&self, email: &EmailAddress, member: bool) -> bool {
        match &self.access {
            Access::Members => member,
            Access::Domains(domains) => member || domains.contains(&email.domain()),
            Access::AnyoneConfirmed => true,
        }
    }

    /// Returns `true` if a stranger may fill in its forms at all. [`Desk::takes`] decides when they
    /// confirm the request.
    #[must_use]
    pub fn is_open_to_strangers(&self) -> bool {
        match self.access {
            Access::Members => false,
            Access::Domains(_) | Access::AnyoneConfirmed => true,
        }
    }

    /// Returns `true` if strangers may come from this address. An unknown address is in no network.
    #[must_use]
    pub fn admits_from(&self, address: Option<IpAddr>) -> bool {
        self.networks.is_empty()
            || address.is_some_and(|address| self.networks.iter().any(|net| net.contains(address)))
    }

    /// One of its request types.
    #[must_use]
    pub fn request_type(&self, id: &RequestTypeId) -> Option<&RequestType> {
        self.request_types.iter().find(|kind| kind.id == *id)
    }

    /// The form on which a request was raised, as far as the desk still has one of that name.
    #[must_use]
    pub fn form_of(&self, request: &Request) -> Option<&RequestType> {
        let named = |form: &&RequestType| form.name == request.kind;
        self.request_types.iter().find(named)
    }
}

/// The people from whom a desk takes requests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// From members of its organisations.
    Members,
    /// From addresses in these domains, too.
    Domains(BTreeSet<DomainName>),
    /// From anyone whose address is confirmed.
    AnyoneConfirmed,
}

/// A change of status that the desk leaves to those who asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transition {
    /// The label of its button. A desk has no two of the same name.
    pub name: Title,
    /// The categories of status in which it is possible. A desk's own words for a status are many
    /// and change; the category does not.
    pub from: BTreeSet<Category>,
    /// The status afterwards.
    pub to: Status,
}

impl Transition {
    /// Returns `true` if it is possible from this status and changes it.
    #[must_use]
    pub fn applies_to(&self, status: &Status) -> bool {
        self.from.contains(&status.category) && self.to != *status
    }
}

/// One kind of request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestType {
    /// The identifier in the addresses of forms.
    pub id: RequestTypeId,
    /// The name that people read.
    pub name: Title,
    /// The heading under which it is listed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Title>,
    /// The purpose, in the desk's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Text<2_000>>,
    /// The questions of its form.
    #[serde(default)]
    pub fields: Vec<Field>,
}

/// One question of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// The key under which the answer is kept.
    pub id: Line<64>,
    /// The question.
    pub label: Title,
    /// The kind of answer that it takes.
    pub kind: FieldKind,
    /// `true` if it must be answered.
    #[serde(default)]
    pub required: bool,
    /// Help beside the question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Title>,
    /// The answers to choose from, for a choice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Title>,
}

/// The kinds of answers that a field can take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// One line.
    Text,
    /// Several lines.
    Paragraph,
    /// One of the choices.
    Choice,
    /// Any of the choices.
    Choices,
    /// A number.
    Number,
    /// A date.
    Date,
    /// An e-mail address.
    Email,
    /// A web address.
    Link,
    /// A colleague.
    Person,
}

/// Something visitors of a desk should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announcement {
    /// The heading.
    pub title: Title,
    /// The text.
    pub body: Text<4_000>,
}
