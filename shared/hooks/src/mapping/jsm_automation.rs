//! Jira automation's "Send web request", which can set headers but not sign.
//!
//! Its body is the issue in Jira's format (`{"issue": {…}}`), in automation's (`{"key", "fields"}`),
//! or written by the rule's author, who adds a comment that way. It names no event: the rule's
//! author says what happened by choosing the function it is sent to.

use jiff::fmt::strtime;
use serde_json::{Value, json};

use super::{Context, JiraMapping, Mapped, MappingError};
use crate::function::Function;

/// How Jira writes an instant: `2026-11-22T10:30:00.000+0100`.
const INSTANT: &str = "%Y-%m-%dT%H:%M:%S%.f%z";

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
            .and_then(milliseconds);
        if let (Some(at), Some(object)) = (at, payload.as_object_mut()) {
            object.insert("timestamp".to_owned(), at.into());
        }
    }
    match context.function {
        Function::RequestCreated => mapping.created(&payload, context),
        _ if commented => JiraMapping::commented(&payload, context),
        _ => mapping.transitioned(&payload, context, None, None),
    }
}

/// Milliseconds since 1970.
fn milliseconds(text: &str) -> Option<i64> {
    let at = strtime::parse(INSTANT, text).ok()?.to_timestamp().ok()?;
    Some(at.as_millisecond())
}
