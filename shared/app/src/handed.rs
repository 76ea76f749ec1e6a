//! The input of a function that has a trigger and no route.

use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_json::Value;

use crate::AppError;

/// An event, or the knowledge that it is none.
///
/// Reading it as a `T` at once would be shorter, but when that fails the runtime logs why, and
/// quotes what stood in the way: a text that somebody wrote, an address.
#[derive(Debug, Clone)]
pub struct Handed<T>(Option<T>);

impl<T> Handed<T> {
    /// The event.
    ///
    /// # Errors
    /// If it does not come from the trigger.
    pub fn read(self) -> Result<T, AppError> {
        let strange = AppError::Unreadable("it is not what the trigger sends");
        self.0.ok_or(strange)
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Handed<T> {
    /// Fails for what is no JSON and for nothing else.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Ok(Self(T::deserialize(value).ok()))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Event {
        at: u8,
    }

    #[test]
    fn an_event_is_read() {
        let handed: Handed<Event> = serde_json::from_str(r#"{"at":1,"more":[]}"#).unwrap();
        assert_eq!(handed.read().unwrap(), Event { at: 1 });
    }

    #[test]
    fn what_is_none_is_an_error_that_quotes_nothing() {
        for text in [r#"{"at":"lena@acme.example"}"#, r#""a text""#, "null", "{}"] {
            let handed: Handed<Event> = serde_json::from_str(text).unwrap();
            assert_eq!(
                handed.read().unwrap_err().to_string(),
                "the event cannot be read: it is not what the trigger sends"
            );
        }
    }
}
