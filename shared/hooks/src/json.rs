//! JSON as it is read from strangers: one meaning, or none.

use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// The most bytes a delivery's body may have: 256 KiB.
pub const MAX_BODY: usize = 256 * 1024;

/// Why a body is not read as JSON. None of them repeats what stood there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotJson {
    /// Not JSON (RFC 8259), or more than one document.
    #[error("not a JSON document: the error is at line {line}, column {column}")]
    Syntax {
        /// From 1.
        line: usize,
        /// From 1; 0 at the start of a line.
        column: usize,
    },
    /// More levels of arrays and objects than 128.
    #[error("the document is nested more than 127 levels deep")]
    TooDeep,
    /// An object has a name twice. RFC 8259 §4 leaves open which of the two counts; two readers
    /// that disagree are how a check is passed with one value and acted on with another.
    #[error("the object that ends or goes on at line {line} has a name twice")]
    DuplicateName {
        /// From 1.
        line: usize,
    },
}

/// Reads a whole body as one JSON document.
///
/// # Errors
/// When it is not JSON, is nested too deeply, or has an object with a name that stands twice.
pub fn parse(body: &[u8]) -> Result<Value, NotJson> {
    let Document(value) = serde_json::from_slice(body).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        match error.classify() {
            // The only custom error is ours.
            serde_json::error::Category::Data => NotJson::DuplicateName { line },
            _ if error.to_string().starts_with("recursion limit") => NotJson::TooDeep,
            _ => NotJson::Syntax { line, column },
        }
    })?;
    Ok(value)
}

/// A value none of whose objects has a name twice.
struct Document(Value);

impl<'de> Deserialize<'de> for Document {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Reader.deserialize(from).map(Self)
    }
}

#[derive(Clone, Copy)]
struct Reader;

impl<'de> DeserializeSeed<'de> for Reader {
    type Value = Value;
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = from.next_element_seed(self)? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = from.next_key::<String>()? {
            let value = from.next_value_seed(self)?;
            if object.insert(name, value).is_some() {
                return Err(serde::de::Error::custom("duplicate name"));
            }
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn a_document_is_read_as_serde_json_reads_it() {
        let body = br#"{"a": [1, -2, 3.5, true, null, "x\u00e9", {}], "b": 18446744073709551615}"#;
        assert_eq!(
            parse(body).unwrap(),
            serde_json::from_slice::<Value>(body).unwrap()
        );
    }

    #[test]
    fn a_name_that_stands_twice_is_refused_at_any_depth_and_in_any_spelling() {
        for body in [
            r#"{"a":1,"a":1}"#,
            r#"{"a":1,"b":2,"\u0061":3}"#,
            r#"[{"x":[{"a":1,"a":2}]}]"#,
        ] {
            assert_eq!(
                parse(body.as_bytes()),
                Err(NotJson::DuplicateName { line: 1 }),
                "{body}"
            );
        }
        assert!(parse(br#"{"a":{"a":1},"b":{"a":1}}"#).is_ok());
    }

    #[test]
    fn depth_is_limited_before_the_stack_is() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(parse(nested(127).as_bytes()).is_ok());
        assert_eq!(parse(nested(128).as_bytes()), Err(NotJson::TooDeep));
        assert_eq!(parse(nested(100_000).as_bytes()), Err(NotJson::TooDeep));
        assert_eq!(
            parse(r#"{"a":"#.repeat(50_000).as_bytes()),
            Err(NotJson::TooDeep)
        );
    }

    #[test]
    fn what_is_no_json_says_where_and_not_what() {
        let secret = r#"{"email": lena@acme.example}"#;
        let error = parse(secret.as_bytes()).unwrap_err();
        assert_eq!(
            error,
            NotJson::Syntax {
                line: 1,
                column: 11
            }
        );
        assert!(!error.to_string().contains("lena"));
        for body in ["", " ", "{", "{}{}", "{'a':1}", "NaN", "[1,]", "\u{feff}{}"] {
            assert!(
                matches!(parse(body.as_bytes()), Err(NotJson::Syntax { .. })),
                "{body}"
            );
        }
        assert!(parse(b"\"\xff\"").is_err());
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(body in proptest::collection::vec(any::<u8>(), 0..400)) {
            let ours = parse(&body);
            let theirs = serde_json::from_slice::<Value>(&body);
            prop_assert!(ours.is_err() || theirs.is_ok());
        }
    }

    #[test]
    fn an_empty_object_is_a_document() {
        assert_eq!(parse(b"{}").unwrap(), json!({}));
    }
}
