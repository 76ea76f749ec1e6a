//! A mapping that an administrator writes: canonical path → JSON Pointer, constant, or the first
//! of several.

use std::collections::BTreeMap;

use domain::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::document::put;
use super::{Context, Mapped, MappingError, Pointer};

/// The most rules one mapping may have.
const MAX_RULES: usize = 64;
/// Numbers from here on are milliseconds; below, seconds. In seconds it is the year 5138.
const MILLISECONDS_FROM: i64 = 100_000_000_000;

/// A rule for every canonical path that the mapping fills, such as `/data/request/key`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "BTreeMap<Pointer, Rule>", into = "BTreeMap<Pointer, Rule>")]
pub struct Declarative(BTreeMap<Pointer, Rule>);

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Description", into = "Description")]
pub struct Rule {
    from: From,
    /// Whether the event is complete without it.
    optional: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum From {
    Pointer(Pointer),
    Constant(Value),
    First(Vec<Rule>),
}

/// A rule as it is written: exactly one of the three.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Description {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pointer: Option<Pointer>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    constant: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    first: Option<Vec<Rule>>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    optional: bool,
}

/// Why a mapping was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidRule {
    /// None or several of the three.
    #[error("a rule has exactly one of: pointer, constant, first")]
    NotOne,
    /// `first` of nothing.
    #[error("'first' needs at least one rule")]
    Empty,
    /// More rules than an event has fields.
    #[error("a mapping has at most {MAX_RULES} rules")]
    TooMany,
    /// An event cannot come about without a type.
    #[error("a mapping needs a rule for /type")]
    NoType,
    /// Only the canonical form's own members can be filled.
    #[error("{0} is neither /type nor /timestamp nor below /data")]
    NoSuchPath(Pointer),
}

impl Rule {
    /// What stands at a pointer.
    #[must_use]
    pub const fn pointer(pointer: Pointer) -> Self {
        Self {
            from: From::Pointer(pointer),
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

    /// Where the value is looked for first; empty for a constant.
    pub(super) fn place(&self) -> &str {
        match &self.from {
            From::Pointer(pointer) => pointer.as_str(),
            From::Constant(_) => "",
            From::First(rules) => rules.first().map_or("", Rule::place),
        }
    }

    /// The value, or the pointer that was missing (of several, the last).
    pub(super) fn find<'a>(&'a self, payload: &'a Value) -> Result<&'a Value, &'a Pointer> {
        match &self.from {
            From::Pointer(pointer) => pointer.find(payload).ok_or(pointer),
            From::Constant(value) => Ok(value),
            From::First(rules) => {
                let mut missing = None;
                for rule in rules {
                    match rule.find(payload) {
                        Ok(value) => return Ok(value),
                        Err(pointer) => missing = Some(pointer),
                    }
                }
                Err(missing.expect("'first' was checked to have at least one rule"))
            }
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
            optional,
        } = description;
        let from = match (pointer, constant, first) {
            (Some(pointer), None, None) => From::Pointer(pointer),
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
            From::Pointer(pointer) => description.pointer = Some(pointer),
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
        let mut document = Value::Null;
        let received = context.received_at.to_string();
        put(&mut document, &["timestamp"], Some(received));
        for (path, rule) in &self.0 {
            let value = match rule.find(payload) {
                Ok(value) => value.clone(),
                Err(_) if rule.optional => continue,
                Err(pointer) => {
                    return Err(MappingError::missing(
                        pointer.as_str(),
                        &format!("the value for {path}"),
                    ));
                }
            };
            let value = if path.as_str() == "/timestamp" {
                instant(value)
            } else {
                value
            };
            let parts: Vec<String> = path.parts().collect();
            let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
            put(&mut document, &parts, Some(value));
        }
        Ok(Mapped::event(document))
    }
}

/// Unix seconds or milliseconds as an instant; anything else as it is.
fn instant(value: Value) -> Value {
    let at = value.as_i64().and_then(|number| {
        if number >= MILLISECONDS_FROM {
            Timestamp::from_millisecond(number).ok()
        } else {
            Timestamp::from_second(number).ok()
        }
    });
    at.map_or(value, |at| at.to_string().into())
}
