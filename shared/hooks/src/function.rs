//! The function of a delivery, and the events that belong to it.

use std::fmt;
use std::str::FromStr;

use domain::event::EventData;
use serde::{Deserialize, Serialize};

/// A function that takes webhooks: the last part of `/hooks/{source}/{function}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Function {
    /// Somebody raised a request.
    RequestCreated,
    /// Something happened to a request.
    RequestUpdated,
    /// Somebody invites people.
    CustomerInvited,
    /// Somebody's access ends.
    MemberOffboarded,
}

/// No function has this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "no such function; known are request-created, request-updated, customer-invited and \
     member-offboarded"
)]
pub struct UnknownFunction;

impl Function {
    /// Every function that takes webhooks.
    pub const ALL: [Self; 4] = [
        Self::RequestCreated,
        Self::RequestUpdated,
        Self::CustomerInvited,
        Self::MemberOffboarded,
    ];

    /// The name in the path.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RequestCreated => "request-created",
            Self::RequestUpdated => "request-updated",
            Self::CustomerInvited => "customer-invited",
            Self::MemberOffboarded => "member-offboarded",
        }
    }

    /// The function that an event belongs to.
    #[must_use]
    pub const fn of(event: EventType) -> Self {
        match event {
            EventType::RequestCreated => Self::RequestCreated,
            EventType::RequestCommented
            | EventType::RequestTransitioned
            | EventType::RequestShared
            | EventType::ApprovalRequested
            | EventType::ApprovalAnswered
            | EventType::RequestClosed
            | EventType::RequestMoved => Self::RequestUpdated,
            EventType::CustomerInvited => Self::CustomerInvited,
            EventType::MemberOffboarded => Self::MemberOffboarded,
        }
    }
}

impl FromStr for Function {
    type Err = UnknownFunction;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|function| function.as_str() == text)
            .ok_or(UnknownFunction)
    }
}

impl fmt::Display for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The type of a canonical event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum EventType {
    /// `request.created`
    #[serde(rename = "request.created")]
    RequestCreated,
    /// `request.commented`
    #[serde(rename = "request.commented")]
    RequestCommented,
    /// `request.transitioned`
    #[serde(rename = "request.transitioned")]
    RequestTransitioned,
    /// `request.shared`
    #[serde(rename = "request.shared")]
    RequestShared,
    /// `request.approval_requested`
    #[serde(rename = "request.approval_requested")]
    ApprovalRequested,
    /// `request.approval_answered`
    #[serde(rename = "request.approval_answered")]
    ApprovalAnswered,
    /// `request.closed`
    #[serde(rename = "request.closed")]
    RequestClosed,
    /// `request.moved`
    #[serde(rename = "request.moved")]
    RequestMoved,
    /// `customer.invited`
    #[serde(rename = "customer.invited")]
    CustomerInvited,
    /// `member.offboarded`
    #[serde(rename = "member.offboarded")]
    MemberOffboarded,
}

/// No event has this type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no event has this type")]
pub struct UnknownEventType;

impl EventType {
    /// Every type.
    pub const ALL: [Self; 10] = [
        Self::RequestCreated,
        Self::RequestCommented,
        Self::RequestTransitioned,
        Self::RequestShared,
        Self::ApprovalRequested,
        Self::ApprovalAnswered,
        Self::RequestClosed,
        Self::RequestMoved,
        Self::CustomerInvited,
        Self::MemberOffboarded,
    ];

    /// The type as senders write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RequestCreated => "request.created",
            Self::RequestCommented => "request.commented",
            Self::RequestTransitioned => "request.transitioned",
            Self::RequestShared => "request.shared",
            Self::ApprovalRequested => "request.approval_requested",
            Self::ApprovalAnswered => "request.approval_answered",
            Self::RequestClosed => "request.closed",
            Self::RequestMoved => "request.moved",
            Self::CustomerInvited => "customer.invited",
            Self::MemberOffboarded => "member.offboarded",
        }
    }
}

impl From<&EventData> for EventType {
    fn from(what: &EventData) -> Self {
        match what {
            EventData::RequestCreated(_) => Self::RequestCreated,
            EventData::RequestCommented(_) => Self::RequestCommented,
            EventData::RequestTransitioned(_) => Self::RequestTransitioned,
            EventData::RequestShared(_) => Self::RequestShared,
            EventData::ApprovalRequested(_) => Self::ApprovalRequested,
            EventData::ApprovalAnswered(_) => Self::ApprovalAnswered,
            EventData::RequestClosed(_) => Self::RequestClosed,
            EventData::RequestMoved(_) => Self::RequestMoved,
            EventData::CustomerInvited(_) => Self::CustomerInvited,
            EventData::MemberOffboarded(_) => Self::MemberOffboarded,
        }
    }
}

impl FromStr for EventType {
    type Err = UnknownEventType;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|event| event.as_str() == text)
            .ok_or(UnknownEventType)
    }
}

impl fmt::Display for EventType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
