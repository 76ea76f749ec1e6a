//! From a verified body to an event: parse, map, parse again, and check the source's rights.

use std::collections::BTreeMap;

use domain::account::Claim;
use domain::event::{Event, EventData};
use domain::id::ExternalId;
use domain::{Code, Timestamp};
use http::{HeaderMap, header};
use serde_json::Value;

use crate::canonical::{self, CanonicalError, Reading};
use crate::function::{EventType, Function};
use crate::json::{self, NotJson};
use crate::mapping::{Context, Mapped, Mapping, MappingError, People};
use crate::problem::Problem;
use crate::source::Source;

/// The content of a verified body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Read {
    /// Events.
    Events {
        /// The events, at least one. All are about one request.
        events: Vec<Event>,
        /// The accounts that the payload shows together with an address.
        learned: BTreeMap<ExternalId, Claim>,
    },
    /// A valid body without an effect here, with the reason in a few words.
    Nothing(&'static str),
}

/// The reason why a verified body is no event of its source.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Not JSON.
    #[error(transparent)]
    NotJson(#[from] NotJson),
    /// The source's mapping does not fit.
    #[error(transparent)]
    Mapping(#[from] MappingError),
    /// The sender's own canonical document has a fault.
    #[error(transparent)]
    Canonical(CanonicalError),
    /// The mapped document has a fault.
    #[error("after the mapping: {0}")]
    Mapped(CanonicalError),
    /// The source may not send to this function.
    #[error("this source may not send to this function")]
    FunctionNotAllowed(Function),
    /// The source may not send this event.
    #[error("this source may not send events of this type")]
    EventNotAllowed(EventType),
    /// The source would move a request of a desk that is not its own, or to one.
    #[error("this source may not move requests of this desk, or to it")]
    DeskNotAllowed,
}

impl ReadError {
    /// Tells whether the refusal is the delivery's final answer, until an administrator has fixed
    /// the cause and replays it. Every other delivery is taken once it, or the mapping, is fixed.
    #[must_use]
    pub const fn parkable(&self) -> bool {
        match self {
            Self::Mapping(error) => error.parkable(),
            Self::NotJson(_)
            | Self::Canonical(_)
            | Self::Mapped(_)
            | Self::FunctionNotAllowed(_)
            | Self::EventNotAllowed(_)
            | Self::DeskNotAllowed => false,
        }
    }

    /// The code under which the delivery is kept, because it may be somebody's words; `None` for an
    /// event that the administrator did not allow the source to send.
    #[must_use]
    pub const fn kept_as(&self) -> Option<Code> {
        match self {
            Self::Mapping(MappingError::UnknownAccount { .. }) => Some(Code::UnknownAccount),
            Self::NotJson(_) | Self::Mapping(_) | Self::Canonical(_) | Self::Mapped(_) => {
                Some(Code::Unreadable)
            }
            Self::FunctionNotAllowed(_) | Self::EventNotAllowed(_) | Self::DeskNotAllowed => None,
        }
    }

    /// The answer to the caller.
    #[must_use]
    pub fn problem(&self) -> Problem {
        let detail = self.to_string();
        match self {
            Self::NotJson(_) => Problem::not_json(detail),
            Self::Mapping(MappingError::UnknownAccount { pointer }) => {
                Problem::unknown_account(pointer)
            }
            Self::Mapping(error) => Problem::mapping_does_not_fit(error.pointer(), detail),
            Self::Canonical(CanonicalError::UnknownType) => Problem::unknown_type(detail),
            Self::Canonical(CanonicalError::WrongFunction { .. }) => {
                Problem::invalid_field("/type", detail)
            }
            Self::Canonical(CanonicalError::Field { pointer, .. }) => {
                Problem::invalid_field(pointer.as_str(), detail)
            }
            Self::Mapped(CanonicalError::Field { pointer, .. }) => {
                Problem::mapping_does_not_fit(Some(pointer), detail)
            }
            Self::Mapped(CanonicalError::UnknownType | CanonicalError::WrongFunction { .. }) => {
                Problem::mapping_does_not_fit(None, detail)
            }
            Self::FunctionNotAllowed(_) | Self::EventNotAllowed(_) | Self::DeskNotAllowed => {
                Problem::event_not_allowed(detail)
            }
        }
    }
}

/// Tells whether the body is declared as JSON: `application/json` or a type that ends in `+json`
/// (RFC 6839 §3.1).
#[must_use]
pub fn is_declared_json(headers: &HeaderMap) -> bool {
    let Some(value) = headers.get(header::CONTENT_TYPE) else {
        return false;
    };
    let Ok(text) = value.to_str() else {
        return false;
    };
    let kind = text.split(';').next().unwrap_or_default().trim();
    let kind = kind.to_ascii_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

/// Parses a verified body as JSON and finds the accounts to look up before [`read`].
///
/// # Errors
/// If the source may not call the function, or the body is not JSON.
pub fn payload(source: &Source, function: Function, body: &[u8]) -> Result<Value, ReadError> {
    if !source.may_call(function) {
        return Err(ReadError::FunctionNotAllowed(function));
    }
    Ok(json::parse(body)?)
}

/// Makes events of a payload.
///
/// `people` holds the addresses of the source's
/// [`Mapping::accounts`](crate::mapping::Mapping::accounts) of this payload.
///
/// # Errors
/// If the mapping does not fit, the event is not valid, or the source may not send it.
pub fn read(
    source: &Source,
    function: Function,
    payload: Value,
    people: &People,
    now: Timestamp,
) -> Result<Read, ReadError> {
    let context = Context {
        function,
        received_at: now,
        people,
    };
    let (documents, learned) = match source.mapping.apply(payload, &context)? {
        Mapped::Events { documents, learned } => (documents, learned),
        Mapped::Nothing(reason) => return Ok(Read::Nothing(reason)),
    };
    let reading = Reading {
        function,
        desk: source.desk.as_ref(),
        now,
    };
    let fault = if source.mapping == Mapping::Canonical {
        ReadError::Canonical
    } else {
        ReadError::Mapped
    };
    let mut events = Vec::with_capacity(documents.len());
    let mut not_allowed = None;
    for document in documents {
        let event = canonical::parse(&document, &reading).map_err(fault)?;
        let kind = EventType::from(&event.what);
        if let EventData::RequestMoved(moved) = &event.what {
            let mut desks = [Some(&moved.request), moved.to.served()]
                .into_iter()
                .flatten();
            if desks.any(|id| !source.may_move(&id.desk)) {
                return Err(ReadError::DeskNotAllowed);
            }
        }
        if source.may_send(kind) {
            events.push(event);
        } else {
            not_allowed = Some(kind);
        }
    }
    // Of several events in one delivery, the allowed ones count.
    match not_allowed {
        Some(kind) if events.is_empty() => Err(ReadError::EventNotAllowed(kind)),
        Some(_) | None => Ok(Read::Events { events, learned }),
    }
}
