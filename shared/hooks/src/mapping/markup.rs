//! Turns text from Jira into the light formatting that pages show and mails quote: from wiki
//! markup, which webhooks use, and from Atlassian documents ("ADF").
//!
//! No words are lost: unknown markup keeps its text. Colours and sizes are dropped.

mod adf;
mod blocks;
mod people;
#[cfg(test)]
mod tests;
mod wiki;
mod words;

use serde_json::Value;

use people::People;

/// The text of a value in wiki markup or as an Atlassian document. The payload around it has the
/// names of the people it mentions.
pub(super) fn text(value: &Value, payload: &Value) -> Option<String> {
    let people = People::of(payload);
    match value {
        Value::String(text) => Some(wiki::text(text, &people)),
        Value::Object(_) => Some(adf::text(value, &people)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => None,
    }
}
