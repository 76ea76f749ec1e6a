//! The canonical events. From here on nothing knows who sent them or in which shape.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    ApprovalId, CommentId, EmailAddress, OrgId, RequestRef, Role,
    address::InvalidEmail,
    membership::OffboardReason,
    request::{Author, Channel, Decision, Destination, Status},
    text::{Body, Line, Name, Note, Reason, Text, Title},
};

/// Something that happened elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The instant, by the sender's clock.
    pub at: Timestamp,
    /// The event itself.
    pub what: EventData,
}

/// The kinds of events, with their data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
pub enum EventData {
    /// `request.created`
    #[serde(rename = "request.created")]
    RequestCreated(RequestCreated),
    /// `request.commented`
    #[serde(rename = "request.commented")]
    RequestCommented(RequestCommented),
    /// `request.transitioned`
    #[serde(rename = "request.transitioned")]
    RequestTransitioned(RequestTransitioned),
    /// `request.shared`
    #[serde(rename = "request.shared")]
    RequestShared(RequestShared),
    /// `request.approval_requested`
    #[serde(rename = "request.approval_requested")]
    ApprovalRequested(ApprovalRequested),
    /// `request.approval_answered`
    #[serde(rename = "request.approval_answered")]
    ApprovalAnswered(ApprovalAnswered),
    /// `request.closed`
    #[serde(rename = "request.closed")]
    RequestClosed(RequestClosed),
    /// `request.moved`
    #[serde(rename = "request.moved")]
    RequestMoved(RequestMoved),
    /// `customer.invited`
    #[serde(rename = "customer.invited")]
    CustomerInvited(CustomerInvited),
    /// `member.offboarded`
    #[serde(rename = "member.offboarded")]
    MemberOffboarded(MemberOffboarded),
}

impl EventData {
    /// The event's type, as senders write it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::RequestCreated(_) => "request.created",
            Self::RequestCommented(_) => "request.commented",
            Self::RequestTransitioned(_) => "request.transitioned",
            Self::RequestShared(_) => "request.shared",
            Self::ApprovalRequested(_) => "request.approval_requested",
            Self::ApprovalAnswered(_) => "request.approval_answered",
            Self::RequestClosed(_) => "request.closed",
            Self::RequestMoved(_) => "request.moved",
            Self::CustomerInvited(_) => "customer.invited",
            Self::MemberOffboarded(_) => "member.offboarded",
        }
    }

    /// About how many bytes of text an update of a request has.
    pub(crate) fn size(&self) -> usize {
        /// The bytes that every update has: names, marks, instants, the sender's ids.
        const AROUND: usize = 512;
        let addresses = |list: &[EmailAddress]| -> usize {
            list.iter().map(|email| 8 + email.as_str().len()).sum()
        };
        let title = |title: &Option<Title>| title.as_ref().map_or(0, |t| t.as_str().len());
        AROUND
            + match self {
                Self::RequestCommented(e) => e.body.as_str().len() + e.author.name.as_str().len(),
                Self::RequestTransitioned(e) => e.to.name.as_str().len() + title(&e.resolution),
                Self::RequestClosed(e) => title(&e.resolution),
                Self::RequestShared(e) => addresses(&e.participants),
                Self::ApprovalRequested(e) => addresses(&e.approvers),
                Self::ApprovalAnswered(e) => e.reason.as_ref().map_or(0, |r| r.as_str().len()),
                Self::RequestCreated(_)
                | Self::RequestMoved(_)
                | Self::CustomerInvited(_)
                | Self::MemberOffboarded(_) => 0,
            }
    }

    /// The request an update is about; `None` for the other events.
    #[must_use]
    pub fn updated_request(&self) -> Option<&RequestRef> {
        match self {
            Self::RequestCommented(e) => Some(&e.request),
            Self::RequestTransitioned(e) => Some(&e.request),
            Self::RequestShared(e) => Some(&e.request),
            Self::ApprovalRequested(e) => Some(&e.request),
            Self::ApprovalAnswered(e) => Some(&e.request),
            Self::RequestClosed(e) => Some(&e.request),
            Self::RequestMoved(e) => Some(&e.request),
            Self::RequestCreated(_) | Self::CustomerInvited(_) | Self::MemberOffboarded(_) => None,
        }
    }
}

/// Somebody raised a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestCreated {
    /// The request.
    pub request: RequestRef,
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
    /// The person who asked for it.
    pub reporter: Person,
    /// The organisation, when one is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub org: Option<OrgId>,
    /// The people who take part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub participants: Vec<EmailAddress>,
    /// The channel through which it came.
    pub channel: Channel,
}

/// A person as an event names them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Their address.
    pub email: EmailAddress,
    /// Their name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
}

/// Somebody commented on a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestCommented {
    /// The request.
    pub request: RequestRef,
    /// The sender's id of the comment.
    pub comment: CommentId,
    /// The author.
    pub author: Author,
    /// The text.
    pub body: Body,
    /// `true` if customers may read it. An internal comment is stored nowhere.
    pub public: bool,
}

/// A request's status changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestTransitioned {
    /// The request.
    pub request: RequestRef,
    /// The status now.
    pub to: Status,
    /// The desk's word for how it ended, if it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolution: Option<Title>,
    /// The person who changed it and needs no mail about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<EmailAddress>,
}

/// People or an organisation were let in on a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestShared {
    /// The request.
    pub request: RequestRef,
    /// These people.
    #[serde(default)]
    pub participants: Vec<EmailAddress>,
    /// Every member of this organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub org: Option<OrgId>,
}

/// People are asked to approve a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprovalRequested {
    /// The request.
    pub request: RequestRef,
    /// The sender's id of the question.
    pub approval: ApprovalId,
    /// The people who are asked.
    pub approvers: Vec<EmailAddress>,
    /// The instant until which an answer is awaited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Timestamp>,
}

/// An approver answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprovalAnswered {
    /// The request.
    pub request: RequestRef,
    /// The sender's id of the question.
    pub approval: ApprovalId,
    /// The approver who answered.
    pub by: EmailAddress,
    /// The answer.
    pub decision: Decision,
    /// The reason, when they gave one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
}

/// A request is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestClosed {
    /// The request.
    pub request: RequestRef,
    /// The desk's word for how it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolution: Option<Title>,
}

/// A request got another key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestMoved {
    /// The one it had.
    pub request: RequestRef,
    /// The one it has now.
    pub to: Destination,
}

/// People are to be let into an organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerInvited {
    /// The organisation.
    pub org: OrgId,
    /// The people to invite: 1 to 1,000, each judged alone.
    pub invitees: Vec<Invitee>,
    /// The person who invites them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invited_by: Option<EmailAddress>,
    /// The instant at which access ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_until: Option<Timestamp>,
    /// The note of the inviter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
}

/// One row of an invitation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitee {
    /// The text of the row for the report, cut to 320 characters.
    pub raw: String,
    /// The address, or why it is none.
    #[serde(with = "parsed_email")]
    pub email: Result<EmailAddress, InvalidEmail>,
    /// Their name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// The role that they will have.
    pub role: Role,
}

impl Invitee {
    /// Reads a row's address, whatever stands there.
    #[must_use]
    pub fn new(raw: &str, name: Option<Name>, role: Role) -> Self {
        Self {
            raw: raw.chars().take(320).collect(),
            email: raw.trim().parse(),
            name,
            role,
        }
    }
}

/// A row's address is stored as a text, or else why it is none: whoever reads the row later says the
/// same of it.
mod parsed_email {
    use super::{EmailAddress, InvalidEmail};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    /// An address, or the reason why it is none.
    type Parsed = Result<EmailAddress, InvalidEmail>;

    #[derive(Serialize, Deserialize)]
    #[serde(untagged)]
    enum Stored {
        Address(String),
        Invalid { invalid: InvalidEmail },
    }

    pub(super) fn serialize<S: Serializer>(email: &Parsed, to: S) -> Result<S::Ok, S::Error> {
        let stored = match email {
            Ok(email) => Stored::Address(email.as_str().to_owned()),
            Err(invalid) => Stored::Invalid {
                invalid: invalid.clone(),
            },
        };
        stored.serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Parsed, D::Error> {
        Ok(match Stored::deserialize(from)? {
            Stored::Address(text) => text.parse(),
            Stored::Invalid { invalid } => Err(invalid),
        })
    }

    #[cfg(test)]
    mod tests {
        #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

        use crate::{Role, event::Invitee};

        #[test]
        fn what_is_wrong_with_a_row_is_the_same_when_it_is_read_again() {
            let long = format!("{}@acme.example", "a".repeat(300));
            for raw in ["lena@acme.example", "lena", "lena@acme.example-", "", &long] {
                let row = Invitee::new(raw, None, Role::Member);
                let stored = serde_json::to_string(&row).unwrap();
                let read: Invitee = serde_json::from_str(&stored).unwrap();
                assert_eq!(read, row, "{stored}");
            }
        }

        #[test]
        fn a_row_of_before_reasons_were_stored_is_read() {
            let stored = r#"{"raw":"lena","email":"","role":"member"}"#;
            let read: Invitee = serde_json::from_str(stored).unwrap();
            assert_eq!(read, Invitee::new("lena", None, Role::Member));
        }
    }
}

/// A member's access is to end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberOffboarded {
    /// The organisation, or all of them.
    pub org: Organizations,
    /// The person who leaves.
    pub email: EmailAddress,
    /// The reason.
    pub reason: OffboardReason,
    /// The instant at which access ends. At once when there is none or it has passed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_at: Option<Timestamp>,
    /// The colleague who takes over open requests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hand_over_to: Option<EmailAddress>,
    /// The person who asked for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requested_by: Option<EmailAddress>,
}

/// One organisation, or all that a person belongs to (`"*"`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Organizations {
    /// Every one.
    All,
    /// This one.
    One(OrgId),
}
