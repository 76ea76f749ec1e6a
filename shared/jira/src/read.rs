//! Lenient reading: a field that is missing, null or of another type is absent.

use jiff::{Timestamp, fmt::strtime};
use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_json::Value;

/// A field that may be anything, and counts where it is a `T`.
pub(crate) fn optional<'de, D, T>(from: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    let value = Value::deserialize(from)?;
    Ok(serde_json::from_value(value).ok())
}

/// The entries of a list that can be read, and the number of the others.
pub(crate) fn entries<T: DeserializeOwned>(values: Vec<Value>) -> (Vec<T>, usize) {
    let all = values.len();
    let read: Vec<T> = values
        .into_iter()
        .filter_map(|value| serde_json::from_value(value).ok())
        .collect();
    let unreadable = all - read.len();
    (read, unreadable)
}

/// An instant in one of the forms in which Jira writes it: ISO 8601 with any offset, with or
/// without seconds, or an object with milliseconds.
pub(crate) fn instant<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Timestamp>, D::Error> {
    Ok(match Value::deserialize(from)? {
        Value::String(text) => instant_of(&text),
        Value::Object(object) => {
            let millis = object.get("epochMillis").and_then(Value::as_i64);
            millis.and_then(|millis| Timestamp::from_millisecond(millis).ok())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => None,
    })
}

/// An instant as text.
pub(crate) fn instant_of(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let jiras = || {
        strtime::parse("%Y-%m-%dT%H:%M:%S%.f%z", text)
            .ok()?
            .to_timestamp()
            .ok()
    };
    text.parse().ok().or_else(jiras)
}

#[cfg(test)]
#[path = "read/tests.rs"]
mod tests;
