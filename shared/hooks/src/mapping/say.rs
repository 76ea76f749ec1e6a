//! JSON values in words.

use serde_json::{Number, Value};

/// The largest whole number up to which a floating-point number differs from its neighbours: 2^53.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// The kind of a value, for a message that must not repeat it.
pub(super) const fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// Tells whether a value is a text that shows nothing.
pub(super) fn is_blank(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.trim().is_empty())
}

/// A text, a number or a truth value as text; `None` for any other value, and for a number too long
/// to be read to its last digit.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => exact(number),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A number's digits, without the fraction of a whole number: senders whose numbers are all
/// floating-point write `12.0` for the 12 of others.
fn exact(number: &Number) -> Option<String> {
    match number.as_f64() {
        Some(float) if number.is_f64() && float.fract() == 0.0 => {
            // `+ 0.0` takes the sign from a zero.
            (float.abs() <= EXACT).then(|| format!("{:.0}", float + 0.0))
        }
        _ => Some(number.to_string()),
    }
}

/// An answer as text that people read; `None` if there is none.
///
/// Commas join the elements of a list. Each object has a line of its own, and each member's name
/// stands before its value.
pub(super) fn readable(value: &Value) -> Option<String> {
    let mut words = String::new();
    write(value, &mut words, 0);
    let words = words.trim();
    (!words.is_empty()).then(|| words.to_owned())
}

fn write(value: &Value, words: &mut String, depth: usize) {
    match value {
        Value::Null => {}
        Value::Bool(answer) => words.push_str(if *answer { "yes" } else { "no" }),
        Value::Number(number) => match exact(number) {
            Some(digits) => words.push_str(&digits),
            None => words.push_str(&number.to_string()),
        },
        Value::String(text) => words.push_str(text.trim()),
        Value::Array(items) => {
            let composite = |item: &Value| item.is_object() || item.is_array();
            let lines = depth == 0 && items.iter().any(composite);
            let between = if lines { "\n" } else { ", " };
            for item in items {
                part(words, between, |words| write(item, words, depth + 1));
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                part(words, ", ", |words| {
                    let name_at = words.len();
                    words.push_str(name);
                    words.push_str(": ");
                    let value_at = words.len();
                    write(member, words, depth + 1);
                    if words.len() == value_at {
                        words.truncate(name_at);
                    }
                });
            }
        }
    }
}

/// Writes one part of several, after a separator; an empty part writes nothing.
fn part(words: &mut String, between: &str, write: impl FnOnce(&mut String)) {
    let first = words.is_empty() || [": ", ", ", "\n"].iter().any(|end| words.ends_with(end));
    let before = words.len();
    if !first {
        words.push_str(between);
    }
    let began = words.len();
    write(words);
    if words.len() == began {
        words.truncate(before);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_number_is_the_text_that_everybody_else_writes_for_it() {
        for (value, said) in [
            (json!(12), "12"),
            (json!(12.0), "12"),
            (json!(-7), "-7"),
            (json!(-7.0), "-7"),
            (json!(-0.0), "0"),
            (json!(1e3), "1000"),
            (json!(2.5), "2.5"),
            (json!(9_007_199_254_740_993_u64), "9007199254740993"),
            (json!(u64::MAX), "18446744073709551615"),
            (json!(i64::MIN), "-9223372036854775808"),
            (json!(true), "true"),
            (json!("A-1"), "A-1"),
        ] {
            assert_eq!(text(&value).as_deref(), Some(said), "{value}");
        }
        // The last digits differ from the payload's, so it is no key.
        for value in [json!(1e300), json!(18_446_744_073_709_551_616.0)] {
            assert_eq!(text(&value), None, "{value}");
        }
        for value in [json!(null), json!([1]), json!({})] {
            assert_eq!(text(&value), None, "{value}");
        }
    }

    #[test]
    fn whatever_was_answered_is_words_and_what_was_not_is_nothing() {
        for (value, said) in [
            (json!("  as typed "), "as typed"),
            (json!(true), "yes"),
            (json!(["a", null, 2, ["b"]]), "a\n2\nb"),
            (json!(["a", 2.0, false]), "a, 2, no"),
            (
                json!({"city": "Lund", "zip": null, "at": {"x": 1, "y": 2}}),
                "at: x: 1, y: 2, city: Lund",
            ),
            (json!([{"a": 1}, {"b": [1, 2]}]), "a: 1\nb: 1, 2"),
            (json!([["a", "b"], [], ["c"]]), "a, b\nc"),
        ] {
            assert_eq!(readable(&value).as_deref(), Some(said), "{value}");
        }
        for value in [
            json!(null),
            json!(""),
            json!(" \n"),
            json!([]),
            json!([null, {}]),
            json!({"a": [null]}),
        ] {
            assert_eq!(readable(&value), None, "{value}");
        }
    }
}
