//! Jira automation's "Send web request", which can set headers but not sign.
//!
//! Its body is the issue in Jira's format (`{"issue": {…}}`), in automation's (`{"key",
//! "fields"}`), or written by the rule's author, who adds a comment that way. It names no event.
//! The rule's author chooses the kind of event by the function in the address.

use serde_json::{Value, json};

use super::jira::{NOT_SERVED, echo, instant};
use super::{Context, JiraMapping, Mapped, MappingError};
use crate::function::Function;

/// The payload in the shape of Jira's webhooks.
pub(super) fn with_issue(payload: Value) -> Value {
    if payload.get("issue").is_none() && payload.get("fields").is_some() {
        json!({"issue": payload})
    } else {
        payload
    }
}

pub(super) fn apply(
    mapping: &JiraMapping,
    payload: Value,
    context: &Context<'_>,
) -> Result<Mapped, MappingError> {
    let mut payload = with_issue(payload);
    let commented = payload.get("comment").is_some_and(Value::is_object);
    let stamp = match context.function {
        Function::RequestCreated => "/issue/fields/created",
        Function::RequestUpdated if commented => "/comment/created",
        Function::RequestUpdated => "/issue/fields/updated",
        Function::CustomerInvited | Function::MemberOffboarded => {
            return Err(MappingError::WrongFunction);
        }
    };
    if payload["timestamp"].is_null() {
        let at = payload
            .pointer(stamp)
            .and_then(Value::as_str)
            .and_then(instant)
            .map(jiff::Timestamp::as_millisecond);
        if let (Some(at), Some(object)) = (at, payload.as_object_mut()) {
            object.insert("timestamp".to_owned(), at.into());
        }
    }
    let key = payload.pointer("/issue/key").and_then(Value::as_str);
    if key.is_some_and(|key| !mapping.serves(key)) {
        return Ok(Mapped::Nothing(NOT_SERVED));
    }
    let own = match context.function {
        Function::RequestCreated => echo::is_made_by_us(&payload, context),
        _ => commented && echo::is_comment_of_ours(&payload, context),
    };
    if own {
        return Ok(Mapped::Nothing(echo::OWN));
    }
    match context.function {
        Function::RequestCreated => mapping.created(&payload, context),
        _ if commented => mapping.only_comment(&payload, context),
        _ => {
            let document = mapping.transitioned(&payload, context, None)?;
            Ok(Mapped::event(document))
        }
    }
}
