//! A mapping that an administrator writes: canonical path → JSON Pointer, constant, or the first of
//! several rules.

mod wanted;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::document::put;
use super::{Context, Mapped, MappingError, Pointer, say};
use crate::function::{EventType, Function};
use wanted::Wanted;

/// The largest number of rules in one mapping.
const MAX_RULES: usize = 64;

/// A rule for every canonical path that the mapping fills, such as `/data/request/key`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "BTreeMap<Pointer, Rule>", into = "BTreeMap<Pointer, Rule>")]
pub struct Declarative(BTreeMap<Pointer, Rule>);

/// The origin of a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Description", into = "Description")]
pub struct Rule {
    from: From,
    /// True if the event is complete without the value.
    optional: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum From {
    Pointer {
        pointer: Pointer,
        /// The sender's words → their meaning here; empty if they need no translation.
        values: BTreeMap<String, Value>,
    },
    Constant(Value),
    First(Vec<Rule>),
}

/// The result of a rule.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found<'a> {
    value: &'a Value,
    /// Its place in the payload; empty for a constant.
    pointer: &'a str,
}

/// A rule in the world file: exactly one of pointer, constant and first.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Description {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pointer: Option<Pointer>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    constant: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    first: Option<Vec<Rule>>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    values: BTreeMap<String, Value>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    optional: bool,
}

/// The reason why a mapping is invalid.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidRule {
    /// None or several of the three.
    #[error("a rule has exactly one of: pointer, constant, first")]
    NotOne,
    /// `values` without a pointer whose words they could translate.
    #[error("'values' belongs to a pointer")]
    NoWords,
    /// `first` without a rule.
    #[error("'first' needs at least one rule")]
    Empty,
    /// More rules than an event has fields.
    #[error("a mapping has at most {MAX_RULES} rules")]
    TooMany,
    /// No rule for the type, without which there is no event.
    #[error("a mapping needs a rule for /type")]
    NoType,
    /// A path outside the canonical form.
    #[error("{0} is neither /type nor /timestamp nor below /data")]
    NoSuchPath(Pointer),
}

impl Rule {
    /// The value at a pointer.
    #[must_use]
    pub const fn pointer(pointer: Pointer) -> Self {
        Self {
            from: From::Pointer {
                pointer,
                values: BTreeMap::new(),
            },
            optional: false,
        }
    }

    /// Always this value.
    #[must_use]
    pub const fn constant(value: Value) -> Self {
        Self {
            from: From::Constant(value),
            optional: false,
        }
    }

    /// The first place of the value; empty for a constant.
    pub(super) fn place(&self) -> &str {
        match &self.from {
            From::Pointer { pointer, .. } => pointer.as_str(),
            From::Constant(_) => "",
            From::First(rules) => rules.first().map_or("", Rule::place),
        }
    }

    /// The value, or the pointer that was missing (of several, the last).
    pub(super) fn find<'a>(&'a self, payload: &'a Value) -> Result<&'a Value, &'a Pointer> {
        self.locate(payload).map(|found| found.value)
    }

    /// Like [`Rule::find`], with the place of the value. An empty text counts as missing, and so
    /// does a word without a translation in `values`.
    fn locate<'a>(&'a self, payload: &'a Value) -> Result<Found<'a>, &'a Pointer> {
        match &self.from {
            From::Pointer { pointer, values } => {
                let stands = pointer.find(payload).filter(|value| !say::is_blank(value));
                let meant = if values.is_empty() {
                    stands
                } else {
                    stands
                        .and_then(say::text)
                        .and_then(|word| values.get(word.trim()))
                };
                meant
                    .map(|value| Found {
                        value,
                        pointer: pointer.as_str(),
                    })
                    .ok_or(pointer)
            }
            From::Constant(value) => Ok(Found { value, pointer: "" }),
            From::First(rules) => {
                let mut missing = None;
                for rule in rules {
                    match rule.locate(payload) {
                        Ok(found) => return Ok(found),
                        Err(pointer) => missing = Some(pointer),
                    }
                }
                Err(missing.expect("'first' was checked to have at least one rule"))
            }
        }
    }

    /// Tells whether it translates the sender's words.
    fn translates(&self) -> bool {
        match &self.from {
            From::Pointer { values, .. } => !values.is_empty(),
            From::Constant(_) => false,
            From::First(rules) => rules.iter().any(Rule::translates),
        }
    }
}

impl TryFrom<Description> for Rule {
    type Error = InvalidRule;

    fn try_from(description: Description) -> Result<Self, Self::Error> {
        let Description {
            pointer,
            constant,
            first,
            values,
            optional,
        } = description;
        if pointer.is_none() && !values.is_empty() {
            return Err(InvalidRule::NoWords);
        }
        let from = match (pointer, constant, first) {
            (Some(pointer), None, None) => From::Pointer { pointer, values },
            (None, Some(value), None) => From::Constant(value),
            (None, None, Some(rules)) if rules.is_empty() => return Err(InvalidRule::Empty),
            (None, None, Some(rules)) => From::First(rules),
            _ => return Err(InvalidRule::NotOne),
        };
        Ok(Self { from, optional })
    }
}

impl std::convert::From<Rule> for Description {
    fn from(rule: Rule) -> Self {
        let mut description = Self {
            optional: rule.optional,
            ..Self::default()
        };
        match rule.from {
            From::Pointer { pointer, values } => {
                description.pointer = Some(pointer);
                description.values = values;
            }
            From::Constant(value) => description.constant = Some(value),
            From::First(rules) => description.first = Some(rules),
        }
        description
    }
}

impl TryFrom<BTreeMap<Pointer, Rule>> for Declarative {
    type Error = InvalidRule;

    fn try_from(rules: BTreeMap<Pointer, Rule>) -> Result<Self, Self::Error> {
        if rules.len() > MAX_RULES {
            return Err(InvalidRule::TooMany);
        }
        if !rules.keys().any(|path| path.as_str() == "/type") {
            return Err(InvalidRule::NoType);
        }
        let foreign = rules.keys().find(|path| {
            let path = path.as_str();
            !matches!(path, "/type" | "/timestamp") && !path.starts_with("/data/")
        });
        match foreign {
            Some(path) => Err(InvalidRule::NoSuchPath(path.clone())),
            None => Ok(Self(rules)),
        }
    }
}

impl std::convert::From<Declarative> for BTreeMap<Pointer, Rule> {
    fn from(mapping: Declarative) -> Self {
        mapping.0
    }
}

impl Declarative {
    pub(super) fn apply(
        &self,
        payload: &Value,
        context: &Context<'_>,
    ) -> Result<Mapped, MappingError> {
        if let Some(reason) = self.nothing(payload, context.function) {
            return Ok(Mapped::Nothing(reason));
        }
        let mut document = Value::Null;
        let received = context.received_at.to_string();
        put(&mut document, &["timestamp"], Some(received));
        for (path, rule) in &self.0 {
            let found = match rule.locate(payload) {
                Ok(found) => found,
                Err(_) if rule.optional => continue,
                Err(pointer) => return Err(missing(payload, pointer, path)),
            };
            let wanted = Wanted::at(path.as_str());
            let value = wanted.of(found.value).ok_or_else(|| {
                let words = format!("{} for {path}", wanted.words());
                MappingError::unusable(found.pointer, found.value, &words)
            })?;
            let parts: Vec<String> = path.parts().collect();
            let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
            put(&mut document, &parts, Some(value));
        }
        Ok(Mapped::event(document))
    }

    /// The reason why a payload has no event here, if the mapping tells the sender's events apart:
    /// the word has no translation, or the event belongs to another function.
    fn nothing(&self, payload: &Value, function: Function) -> Option<&'static str> {
        let (_, rule) = self.0.iter().find(|(path, _)| path.as_str() == "/type")?;
        if !rule.translates() {
            return None;
        }
        let Ok(kind) = rule.find(payload) else {
            return Some("the mapping makes no event of this payload");
        };
        let event: EventType = kind.as_str()?.parse().ok()?;
        (Function::of(event) != function).then_some("this event is sent to another function")
    }
}

/// The error for a missing value that is needed.
fn missing(payload: &Value, pointer: &Pointer, path: &Pointer) -> MappingError {
    let found = match payload.pointer(pointer.as_str()) {
        None => "nothing",
        Some(Value::Null) => "null",
        Some(text) if say::is_blank(text) => "an empty text",
        // Only a word without a translation is present and counts as missing.
        Some(_) => "a value that the mapping's 'values' do not have",
    };
    MappingError::Missing {
        pointer: pointer.to_string(),
        found,
        wanted: format!("the value for {path}"),
    }
}
