//! Things that Jira names by a number and by a word. The number identifies the thing; the word is
//! in the language of a site, and changes.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::mapping::Pointer;

/// A thing's id and name, as far as the payload has them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Label<'v> {
    pub(super) id: Option<String>,
    pub(super) name: Option<&'v str>,
}

impl<'v> Label<'v> {
    /// The label of a value: an object with `id` and `name`, or one of the two by itself.
    pub(super) fn of(value: &'v Value) -> Self {
        match value {
            Value::Object(object) => Self {
                id: object.get("id").and_then(id),
                name: object.get("name").and_then(name),
            },
            Value::String(_) => Self {
                id: id(value),
                name: name(value),
            },
            Value::Number(_) => Self {
                id: id(value),
                name: None,
            },
            Value::Null | Value::Bool(_) | Value::Array(_) => Self::default(),
        }
    }

    /// The label at a pointer. For a pointer to a `name` it finds the `id` beside it; for an object
    /// that contains a request type it finds that.
    pub(super) fn at(payload: &'v Value, pointer: &Pointer) -> Self {
        let parent = pointer.as_str().strip_suffix("/name");
        let object = parent
            .and_then(|parent| payload.pointer(parent))
            .filter(|value| value.is_object());
        let Some(value) = object.or_else(|| pointer.find(payload)) else {
            return Self::default();
        };
        Self::of(value.get("requestType").unwrap_or(value))
    }

    /// The setting for this thing: by its id, else by its name; case does not matter.
    pub(super) fn find<'s, T>(&self, settings: &'s BTreeMap<String, T>) -> Option<&'s T> {
        let by_id = self.id.as_ref().and_then(|id| settings.get(id));
        by_id.or_else(|| named(settings, self.name?))
    }
}

/// A setting by a name.
pub(super) fn named<'s, T>(settings: &'s BTreeMap<String, T>, name: &str) -> Option<&'s T> {
    let exact = settings.get(name);
    let folded = || {
        let wanted = name.trim().to_lowercase();
        let same = |known: &str| known.trim().to_lowercase() == wanted;
        settings.iter().find(|(known, _)| same(known))
    };
    exact.or_else(|| folded().map(|(_, value)| value))
}

/// An id. Jira writes it as text, rules as a number.
pub(super) fn id(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
            None
        }
    }
}

fn name(value: &Value) -> Option<&str> {
    value.as_str().filter(|text| !text.trim().is_empty())
}
