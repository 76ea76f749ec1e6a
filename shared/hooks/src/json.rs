//! Strict JSON for input from strangers: a document has one meaning or is refused.

mod halves;

use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// The largest body of a delivery: 256 KiB.
pub const MAX_BODY: usize = 256 * 1024;

/// The reason why a body is not read as JSON. No variant repeats its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotJson {
    /// Not JSON (RFC 8259), or more than one document.
    #[error("not a JSON document: the error is at line {line}, column {column}")]
    Syntax {
        /// The line, from 1.
        line: usize,
        /// The column, from 1; 0 at the start of a line.
        column: usize,
    },
    /// An unescaped control character in a text. RFC 8259 §7 requires an escape; templates that put
    /// text between quotes forget it.
    #[error(
        "a control character, such as a line break, stands in a text without being escaped: at \
         line {line}, column {column}"
    )]
    Control {
        /// The line, from 1.
        line: usize,
        /// The column, from 1; 0 at the start of a line.
        column: usize,
    },
    /// An encoding other than UTF-8 (RFC 8259 §8.1).
    #[error("the body is encoded in {0}, and JSON is sent in UTF-8")]
    Encoding(&'static str),
    /// Bytes that are not UTF-8, of an unknown encoding.
    #[error("the body is not UTF-8: the byte at {at} belongs to no character")]
    NotUtf8 {
        /// The position of the first such byte, from 0.
        at: usize,
    },
    /// More than 128 levels of arrays and objects.
    #[error("the document is nested more than 127 levels deep")]
    TooDeep,
    /// An object has a name twice. RFC 8259 §4 leaves open which of the two counts. If two readers
    /// disagree, an attacker passes a check with one value and acts with the other.
    #[error("the object that ends or goes on at line {line} has a name twice")]
    DuplicateName {
        /// The line, from 1.
        line: usize,
    },
}

/// Reads a whole body as one JSON document. A byte order mark before it is ignored (RFC 8259 §8.1),
/// and half of a surrogate pair becomes U+FFFD.
///
/// # Errors
/// If it is not JSON in UTF-8, is nested too deeply, or has an object with a repeated name.
pub fn parse(body: &[u8]) -> Result<Value, NotJson> {
    if let Some(encoding) = other_encoding(body) {
        return Err(NotJson::Encoding(encoding));
    }
    let body = halves::replaced(body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body));
    let text = std::str::from_utf8(&body).map_err(|error| NotJson::NotUtf8 {
        at: error.valid_up_to(),
    })?;
    let Document(value) = serde_json::from_str(text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let says = error.to_string();
        match error.classify() {
            // The only custom error is ours.
            serde_json::error::Category::Data => NotJson::DuplicateName { line },
            _ if says.starts_with("recursion limit") => NotJson::TooDeep,
            _ if says.starts_with("control character") => NotJson::Control { line, column },
            _ => NotJson::Syntax { line, column },
        }
    })?;
    Ok(value)
}

/// The encoding of a body by its first bytes, if it is not UTF-8: by its byte order mark, or by the
/// zero beside an ASCII character, because JSON always begins with one.
fn other_encoding(body: &[u8]) -> Option<&'static str> {
    match body {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] | [_, 0, 0, 0, ..] | [0, 0, 0, _, ..] => {
            Some("UTF-32")
        }
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [1..=255, 0, ..] | [0, 1..=255, ..] => Some("UTF-16"),
        _ => None,
    }
}

/// A value without an object that has a name twice.
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
        for body in ["", " ", "{", "{}{}", "{'a':1}", "NaN", "[1,]", "{}\0"] {
            assert!(
                matches!(parse(body.as_bytes()), Err(NotJson::Syntax { .. })),
                "{body}"
            );
        }
    }

    #[test]
    fn half_a_surrogate_pair_costs_that_character_and_nothing_else() {
        let text = |body: &[u8]| parse(body).unwrap().as_str().map(str::to_owned).unwrap();
        for (body, read) in [
            (br#""Great \ud83d""#.as_slice(), "Great \u{fffd}"),
            (br#""\uD83D!""#, "\u{fffd}!"),
            (br#""\ude00 late""#, "\u{fffd} late"),
            (br#""\ud83d\ud83d\ude00""#, "\u{fffd}\u{1f600}"),
            (br#""\ude00\ud83d""#, "\u{fffd}\u{fffd}"),
            (br#""\ud83d\n""#, "\u{fffd}\n"),
            (br#""\ud83d\u0041""#, "\u{fffd}A"),
            // Whole pairs stay, and so does text that only looks like an escape.
            (br#""\ud83d\ude00\u00e9""#, "\u{1f600}\u{e9}"),
            (br#""\\ud83d""#, "\\ud83d"),
            (br#""\\\ud83d""#, "\\\u{fffd}"),
            // Somebody encoded the half itself.
            (b"\"a\xed\xa0\xbdb\"", "a\u{fffd}b"),
            (b"\"\xed\x9f\xbf\"", "\u{d7ff}"),
        ] {
            assert_eq!(text(body), read, "{}", String::from_utf8_lossy(body));
        }
        assert_eq!(
            parse(br#"{"na\ud83dme": ["\udc00", {"a": 1}], "b": 2}"#).unwrap(),
            json!({"na\u{fffd}me": ["\u{fffd}", {"a": 1}], "b": 2})
        );
    }

    #[test]
    fn a_name_stands_twice_also_when_its_halves_differ() {
        for body in [
            r#"{"a\ud83d":1,"a\ude00":2}"#,
            r#"{"a\ud83d":1,"a\ufffd":2}"#,
            r#"{"x":{"\ud83d\ude00":1,"😀":2}}"#,
        ] {
            let refused = parse(body.as_bytes());
            assert_eq!(refused, Err(NotJson::DuplicateName { line: 1 }), "{body}");
        }
    }

    #[test]
    fn an_escape_that_is_none_is_no_json_and_the_column_is_the_senders() {
        for body in [
            r#""\u+12a""#,
            r#""\ud8""#,
            r#""\ud83d\u+c00""#,
            r"\ud83d",
            r#""\"#,
        ] {
            assert!(parse(body.as_bytes()).is_err(), "{body}");
        }
        let mended = parse(br#"{"a": "\ud83d", oops}"#);
        let (line, column) = (1, 17);
        assert_eq!(mended, Err(NotJson::Syntax { line, column }));
    }

    #[test]
    fn a_byte_order_mark_is_taken_and_another_encoding_named() {
        assert_eq!(parse(b"\xef\xbb\xbf{\"a\":1}").unwrap(), json!({"a": 1}));
        assert!(parse(b"\xef\xbb\xbf\xef\xbb\xbf{}").is_err());
        let utf_16 = |unit: fn(u16) -> [u8; 2], mark: bool| {
            let text = if mark {
                "\u{feff}{\"a\":1}"
            } else {
                "{\"a\":1}"
            };
            let bytes: Vec<u8> = text.encode_utf16().flat_map(unit).collect();
            parse(&bytes)
        };
        for mark in [true, false] {
            for unit in [u16::to_le_bytes, u16::to_be_bytes] {
                assert_eq!(utf_16(unit, mark), Err(NotJson::Encoding("UTF-16")));
            }
        }
        let utf_32: Vec<u8> = "{}"
            .chars()
            .flat_map(|c| u32::from(c).to_le_bytes())
            .collect();
        assert_eq!(parse(&utf_32), Err(NotJson::Encoding("UTF-32")));
        assert_eq!(parse(b"\"gr\xfc\xdfe\""), Err(NotJson::NotUtf8 { at: 3 }));
        assert_eq!(parse(b"\"\xff\""), Err(NotJson::NotUtf8 { at: 1 }));
    }

    #[test]
    fn an_unescaped_control_character_is_named_and_an_escaped_one_is_read() {
        for body in ["\"a\nb\"", "\"a\0b\"", "\"a\tb\"", "{\"a\u{1b}\":1}"] {
            let refused = parse(body.as_bytes());
            assert!(matches!(refused, Err(NotJson::Control { .. })), "{body:?}");
        }
        let escaped = parse(br#""a\u0000b\u001bc\u007f""#).unwrap();
        assert_eq!(escaped, json!("a\0b\u{1b}c\u{7f}"));
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(body in proptest::collection::vec(any::<u8>(), 0..400)) {
            let ours = parse(&body);
            let theirs = serde_json::from_slice::<Value>(&halves::replaced(&body));
            let marked = body.starts_with(b"\xef\xbb\xbf");
            prop_assert!(ours.is_err() || theirs.is_ok() || marked);
        }
    }

    #[test]
    fn an_empty_object_is_a_document() {
        assert_eq!(parse(b"{}").unwrap(), json!({}));
    }
}
