//! The canonical events: the one form that everything behind this crate understands.
//!
//! Unknown fields are ignored and unknown types refused by name. An invalid value is refused with
//! its JSON Pointer. Addresses are parsed here, once, into a type that cannot hold a bad one. Only
//! the rows of an invitation are judged later, one by one.

mod invitation;
mod node;
mod request;
#[cfg(test)]
mod tests;

use domain::Timestamp;
use domain::event::{Event, EventData, MemberOffboarded, Organizations};
use domain::id::DeskId;
use domain::membership::OffboardReason;
use serde_json::Value;

use crate::function::{EventType, Function};
use node::Node;

/// The largest number of people in one list of a request's event.
pub const MAX_PEOPLE: usize = 50;
/// The largest number of form answers in an event.
pub const MAX_FIELDS: usize = 100;
/// The largest number of rows in one invitation.
pub const MAX_INVITEES: usize = 1_000;

/// The earliest instant: 2000-01-01. An earlier one is a sender's mistake. Later ones are accepted
/// up to the end of time, and no deadline computed from them exceeds it (`domain::Days::after`). A
/// bare number is read as an instant only before 2200-01-01.
pub(crate) const EARLIEST: i64 = 946_684_800;
pub(crate) const LATEST: i64 = 7_258_118_400;
/// The number of seconds by which a sender's clock may be ahead. A status from next year would
/// otherwise hide every correct status until then.
const AHEAD: i64 = 24 * 3600;

/// The reason why a document is no event, or not one for this function.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CanonicalError {
    /// No event has this type.
    #[error("no event has this type")]
    UnknownType,
    /// The event belongs to another function.
    #[error("an event of this type is sent to {}", Function::of(*event))]
    WrongFunction {
        /// The type of the event.
        event: EventType,
        /// The function that received it.
        function: Function,
    },
    /// A field is missing or invalid.
    #[error("{}: {reason}", place(pointer))]
    Field {
        /// JSON Pointer (RFC 6901).
        pointer: String,
        /// The fault in a few words, without any value.
        reason: String,
    },
}

/// A place in the body, in words. The pointer to the whole body is empty.
fn place(pointer: &str) -> &str {
    if pointer.is_empty() {
        "the body"
    } else {
        pointer
    }
}

impl CanonicalError {
    fn field(pointer: &str, reason: &impl ToString) -> Self {
        Self::Field {
            pointer: pointer.to_owned(),
            reason: reason.to_string(),
        }
    }
}

/// The circumstances under which a document is read.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// The function that received it.
    pub function: Function,
    /// The desk of events that name none.
    pub desk: Option<&'a DeskId>,
    /// The receiver's clock.
    pub now: Timestamp,
}

/// Parses a canonical document.
///
/// # Errors
/// If its type is unknown or belongs to another function, or a field is missing or invalid.
pub fn parse(document: &Value, reading: &Reading<'_>) -> Result<Event, CanonicalError> {
    let root = Node::root(document);
    let event = event_type(&root)?;
    if Function::of(event) != reading.function {
        return Err(CanonicalError::WrongFunction {
            event,
            function: reading.function,
        });
    }
    let timestamp = root.get("timestamp");
    let at = timestamp.instant()?;
    if at.as_second() - reading.now.as_second() > AHEAD {
        return Err(timestamp.wrong("lies more than a day in the future"));
    }
    let data = root.get("data");
    data.object()?;
    let what = match event {
        EventType::RequestCreated => request::created(&data, reading)?,
        EventType::RequestCommented => request::commented(&data, reading)?,
        EventType::RequestTransitioned => request::transitioned(&data, reading)?,
        EventType::RequestShared => request::shared(&data, reading)?,
        EventType::ApprovalRequested => request::approval_requested(&data, reading)?,
        EventType::ApprovalAnswered => request::approval_answered(&data, reading)?,
        EventType::RequestClosed => request::closed(&data, reading)?,
        EventType::RequestMoved => request::moved(&data, reading)?,
        EventType::CustomerInvited => invitation::invited(&data)?,
        EventType::MemberOffboarded => offboarded(&data)?,
    };
    Ok(Event { at, what })
}

fn event_type(root: &Node<'_>) -> Result<EventType, CanonicalError> {
    root.object()?;
    let name = root.get("type").text()?;
    name.parse().map_err(|_| CanonicalError::UnknownType)
}

fn offboarded(data: &Node<'_>) -> Result<EventData, CanonicalError> {
    let org = data.get("organization");
    Ok(EventData::MemberOffboarded(MemberOffboarded {
        org: if org.text()? == "*" {
            Organizations::All
        } else {
            Organizations::One(org.parse()?)
        },
        email: data.get("member").get("email").parse()?,
        reason: data.get("reason").one_of(&[
            ("left", OffboardReason::Left),
            ("not_needed", OffboardReason::NotNeeded),
            ("lead", OffboardReason::Lead),
            ("policy", OffboardReason::Policy),
        ])?,
        effective_at: data.get("effective_at").if_there(Node::instant)?,
        hand_over_to: data.get("hand_over_to").if_there(Node::parse)?,
        requested_by: data.get("requested_by").if_there(Node::parse)?,
    }))
}
