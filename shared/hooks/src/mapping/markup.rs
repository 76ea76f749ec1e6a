//! What people write in Jira, as the light formatting that the pages show and a mail can quote:
//! from its wiki markup, in which webhooks have it, and from Atlassian documents ("ADF").
//!
//! Nothing that somebody wrote is lost: what is not known here keeps its words. Colours and sizes go.

mod adf;
mod page;
mod people;
#[cfg(test)]
mod tests;
mod wiki;
mod words;

use serde_json::Value;

use people::People;

/// The text of a value that is either wiki markup or an Atlassian document. The payload around it
/// tells the names of those whom it mentions.
pub(super) fn text(value: &Value, payload: &Value) -> Option<String> {
    let people = People::of(payload);
    match value {
        Value::String(text) => Some(wiki::text(text, &people)),
        Value::Object(_) => Some(adf::text(value, &people)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => None,
    }
}
