//! Event patterns of stream triggers and event rules.
//!
//! Source: "Lambda event filtering" and "Amazon EventBridge event patterns" in AWS's developer
//! guides. A pattern is an object shaped like the event. Its leaves are arrays of possible values:
//! a literal, or one comparison (`prefix`, `suffix`, `exists`, `anything-but`,
//! `equals-ignore-case`). *And* joins fields, *or* joins the members of an array. Unknown parts are
//! refused by name, because a filter that is read wrongly lets events vanish.

use serde_json::{Map, Value};

/// The reason why a pattern cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum PatternError {
    /// The pattern's text is not JSON.
    #[error("the pattern is not JSON: {0}")]
    Json(String),
    /// A field's value is neither an object nor an array.
    #[error("the pattern's field `{0}` holds neither an object nor an array")]
    Shape(String),
    /// A comparison that this bundle does not know.
    #[error(
        "the pattern's field `{field}` uses the comparison `{comparison}`, which is not known here"
    )]
    Comparison {
        /// The field that holds it, as a dotted path.
        field: String,
        /// The comparison's name.
        comparison: String,
    },
}

/// A pattern, read once and matched against many events.
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern {
    fields: Vec<(String, Condition)>,
}

#[derive(Debug, Clone, PartialEq)]
enum Condition {
    Nested(Pattern),
    AnyOf(Vec<Matcher>),
}

#[derive(Debug, Clone, PartialEq)]
enum Matcher {
    Equals(Value),
    Prefix(String),
    Suffix(String),
    EqualsIgnoreCase(String),
    AnythingBut(Vec<Value>),
    Exists(bool),
}

impl Pattern {
    /// Reads a pattern from its JSON text, the form in a stream trigger's filter.
    ///
    /// # Errors
    ///
    /// If the text is not JSON, or has unknown parts.
    pub fn from_text(text: &str) -> Result<Self, PatternError> {
        let value: Value =
            serde_json::from_str(text).map_err(|error| PatternError::Json(error.to_string()))?;
        Self::from_value(&value)
    }

    /// Reads a pattern from JSON, the form in an event rule.
    ///
    /// # Errors
    ///
    /// If it has unknown parts.
    pub fn from_value(value: &Value) -> Result<Self, PatternError> {
        match value {
            Value::Object(fields) => Self::read(fields, ""),
            _ => Err(PatternError::Shape("(whole pattern)".to_owned())),
        }
    }

    fn read(fields: &Map<String, Value>, path: &str) -> Result<Self, PatternError> {
        let mut read = Vec::with_capacity(fields.len());
        for (name, value) in fields {
            let path = if path.is_empty() {
                name.clone()
            } else {
                format!("{path}.{name}")
            };
            let condition = match value {
                Value::Object(nested) => Condition::Nested(Self::read(nested, &path)?),
                Value::Array(members) if name != "$or" => Condition::AnyOf(
                    members
                        .iter()
                        .map(|member| Matcher::read(member, &path))
                        .collect::<Result<_, _>>()?,
                ),
                _ => return Err(PatternError::Shape(path)),
            };
            read.push((name.clone(), condition));
        }
        Ok(Self { fields: read })
    }

    /// Tells whether an event passes.
    #[must_use]
    pub fn matches(&self, event: &Value) -> bool {
        self.fields.iter().all(|(name, condition)| {
            let found = event.get(name);
            match condition {
                Condition::Nested(pattern) => pattern.matches(found.unwrap_or(&Value::Null)),
                Condition::AnyOf(matchers) => matchers.iter().any(|matcher| matcher.matches(found)),
            }
        })
    }
}

impl Matcher {
    fn read(member: &Value, field: &str) -> Result<Self, PatternError> {
        let Value::Object(comparison) = member else {
            return Ok(Self::Equals(member.clone()));
        };
        let unknown = || PatternError::Comparison {
            field: field.to_owned(),
            comparison: comparison.keys().cloned().collect::<Vec<_>>().join("+"),
        };
        let mut entries = comparison.iter();
        let (Some((name, operand)), None) = (entries.next(), entries.next()) else {
            return Err(unknown());
        };
        match (name.as_str(), operand) {
            ("prefix", Value::String(text)) => Ok(Self::Prefix(text.clone())),
            ("suffix", Value::String(text)) => Ok(Self::Suffix(text.clone())),
            ("equals-ignore-case", Value::String(text)) => Ok(Self::EqualsIgnoreCase(text.clone())),
            ("exists", Value::Bool(expected)) => Ok(Self::Exists(*expected)),
            ("anything-but", Value::Array(values)) if values.iter().all(is_literal) => {
                Ok(Self::AnythingBut(values.clone()))
            }
            ("anything-but", value) if is_literal(value) => {
                Ok(Self::AnythingBut(vec![value.clone()]))
            }
            _ => Err(unknown()),
        }
    }

    fn matches(&self, found: Option<&Value>) -> bool {
        match self {
            Self::Exists(expected) => found.is_some() == *expected,
            // An array in the event matches if one of its members does.
            _ => match found {
                Some(Value::Array(members)) => members.iter().any(|member| self.accepts(member)),
                Some(value) => self.accepts(value),
                None => false,
            },
        }
    }

    fn accepts(&self, value: &Value) -> bool {
        let text = value.as_str();
        match self {
            Self::Equals(expected) => value == expected,
            Self::Prefix(prefix) => text.is_some_and(|text| text.starts_with(prefix)),
            Self::Suffix(suffix) => text.is_some_and(|text| text.ends_with(suffix)),
            Self::EqualsIgnoreCase(expected) => {
                text.is_some_and(|text| text.to_lowercase() == expected.to_lowercase())
            }
            Self::AnythingBut(refused) => !refused.contains(value),
            Self::Exists(expected) => *expected,
        }
    }
}

fn is_literal(value: &Value) -> bool {
    !matches!(value, Value::Object(_) | Value::Array(_))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

    use serde_json::json;

    use super::*;

    const OUTBOX_INSERTS: &str =
        r#"{"eventName":["INSERT"],"dynamodb":{"Keys":{"pk":{"S":[{"prefix":"OUTBOX#"}]}}}}"#;

    fn record(name: &str, key: &str) -> Value {
        json!({"eventName": name, "dynamodb": {"Keys": {"pk": {"S": key}}}})
    }

    #[test]
    fn an_insert_under_the_prefix_passes() {
        let pattern = Pattern::from_text(OUTBOX_INSERTS).unwrap();
        assert!(pattern.matches(&record("INSERT", "OUTBOX#1")));
    }

    #[test]
    fn another_operation_another_key_or_no_key_does_not() {
        let pattern = Pattern::from_text(OUTBOX_INSERTS).unwrap();
        assert!(!pattern.matches(&record("MODIFY", "OUTBOX#1")));
        assert!(!pattern.matches(&record("INSERT", "DELIVERY#forms#1")));
        assert!(!pattern.matches(&json!({"eventName": "INSERT", "dynamodb": {}})));
        assert!(
            !pattern
                .matches(&json!({"eventName": "INSERT", "dynamodb": {"Keys": {"pk": {"N": "1"}}}}))
        );
    }

    #[test]
    fn the_members_of_an_array_are_alternatives() {
        let pattern =
            Pattern::from_value(&json!({"detail-type": ["Email Bounced", "Email Delivered"]}))
                .unwrap();
        assert!(pattern.matches(&json!({"detail-type": "Email Delivered"})));
        assert!(!pattern.matches(&json!({"detail-type": "Email Opened"})));
    }

    #[test]
    fn each_comparison_accepts_what_it_says() {
        let cases = [
            (
                json!([{"suffix": ".example"}]),
                json!("a.example"),
                json!("a.test"),
            ),
            (
                json!([{"equals-ignore-case": "Bounce"}]),
                json!("BOUNCE"),
                json!("Bounced"),
            ),
            (
                json!([{"anything-but": ["a", "b"]}]),
                json!("c"),
                json!("a"),
            ),
            (json!([{"anything-but": "a"}]), json!("b"), json!("a")),
            (json!([null]), json!(null), json!(0)),
            (json!([3]), json!(3), json!("3")),
            (json!(["x"]), json!(["y", "x"]), json!(["y"])),
        ];
        for (condition, passes, fails) in cases {
            let pattern = Pattern::from_value(&json!({"a": condition})).unwrap();
            assert!(pattern.matches(&json!({"a": passes})), "{pattern:?}");
            assert!(!pattern.matches(&json!({"a": fails})), "{pattern:?}");
            assert!(!pattern.matches(&json!({})), "{pattern:?}");
        }
    }

    #[test]
    fn absence_can_be_asked_for() {
        let pattern = Pattern::from_value(&json!({"a": {"b": [{"exists": false}]}})).unwrap();
        assert!(pattern.matches(&json!({"a": {}})));
        assert!(pattern.matches(&json!({})));
        assert!(!pattern.matches(&json!({"a": {"b": 1}})));
    }

    #[test]
    fn what_is_not_known_is_refused_by_name() {
        let refused = Pattern::from_text(r#"{"a":{"b":[{"numeric":[">",1]}]}}"#).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "the pattern's field `a.b` uses the comparison `numeric`, which is not known here"
        );
        assert_eq!(
            Pattern::from_text(r#"{"a":"b"}"#).unwrap_err(),
            PatternError::Shape("a".to_owned())
        );
        assert_eq!(
            Pattern::from_text(r#"{"$or":[{"a":[1]}]}"#).unwrap_err(),
            PatternError::Shape("$or".to_owned())
        );
        assert!(matches!(
            Pattern::from_text("{"),
            Err(PatternError::Json(_))
        ));
    }
}
