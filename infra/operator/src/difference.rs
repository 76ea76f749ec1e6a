//! The difference between the tables and the file, in lines for people.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

/// The longest value in a line.
const LONGEST: usize = 60;

/// One line for each value that differs: `seat_cap 25 → 30`.
pub(crate) fn lines<T: Serialize>(what: &str, is: &T, should_be: &T) -> Vec<String> {
    let (is, should_be) = (values(is), values(should_be));
    let paths: BTreeSet<&String> = is.keys().chain(should_be.keys()).collect();
    paths
        .into_iter()
        .filter(|path| is.get(*path) != should_be.get(*path))
        .map(|path| {
            let shown = |value: Option<&String>| match value {
                Some(text) => shorten(text),
                None => "(none)".to_owned(),
            };
            let (before, after) = (shown(is.get(path)), shown(should_be.get(path)));
            if before == after {
                format!("{what}: {path} changed")
            } else {
                format!("{what}: {path} {before} → {after}")
            }
        })
        .collect()
}

/// Every value by its path. People do not need the words `policy` and `version` in it.
fn values<T: Serialize>(thing: &T) -> BTreeMap<String, String> {
    let document = serde_json::to_value(thing).expect("the domain's types are all of JSON");
    let mut values = BTreeMap::new();
    walk(&document, "", &mut values);
    values.remove("version");
    values
}

fn walk(value: &Value, path: &str, values: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let inner = match (path, name.as_str()) {
                    ("", "policy") => String::new(),
                    ("", name) => name.to_owned(),
                    (path, name) => format!("{path}.{name}"),
                };
                walk(member, &inner, values);
            }
        }
        Value::Array(items) if items.iter().any(Value::is_object) => {
            for (index, item) in items.iter().enumerate() {
                let name = ["id", "title"]
                    .iter()
                    .find_map(|key| item.get(key)?.as_str())
                    .map_or_else(|| index.to_string(), ToOwned::to_owned);
                walk(item, &format!("{path}[{name}]"), values);
            }
            // The order matters, too.
            let order = items.iter().filter_map(|item| item.get("id")?.as_str());
            let order: Vec<&str> = order.collect();
            if order.len() > 1 {
                values.insert(path.to_owned(), order.join(", "));
            }
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(plain).collect();
            values.insert(path.to_owned(), items.join(", "));
        }
        Value::Null => {}
        scalar => {
            values.insert(path.to_owned(), plain(scalar));
        }
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn shorten(text: &str) -> String {
    if text.is_empty() {
        return "(none)".to_owned();
    }
    let line = text.replace(['\n', '\r'], " ");
    if line.chars().count() <= LONGEST {
        return line;
    }
    let start: String = line.chars().take(LONGEST - 1).collect();
    format!("{start}…")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_value_that_differs_is_a_line_and_nothing_else() {
        let is = json!({
            "name": "Acme", "policy": {"seat_cap": 25, "inactivity": {"mode": "observe"}},
            "version": 3,
        });
        let should_be = json!({
            "name": "Acme", "policy": {"seat_cap": 30, "inactivity": {"mode": "enforce"}},
            "version": 0,
        });
        assert_eq!(
            lines("organization acme", &is, &should_be),
            [
                "organization acme: inactivity.mode observe → enforce",
                "organization acme: seat_cap 25 → 30",
            ]
        );
        assert!(lines("organization acme", &is, &is).is_empty());
    }

    #[test]
    fn what_comes_and_goes_is_named_by_its_id() {
        let is = json!({"request_types": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}]});
        let should_be = json!({"request_types": [{"id": "b", "name": "Bee"}]});
        assert_eq!(
            lines("desk it", &is, &should_be),
            [
                "desk it: request_types a, b → (none)",
                "desk it: request_types[a].id a → (none)",
                "desk it: request_types[a].name A → (none)",
                "desk it: request_types[b].name B → Bee",
            ]
        );
    }

    #[test]
    fn a_long_text_is_shortened_and_its_change_still_shows() {
        let is = json!({"body": format!("{} one", "word ".repeat(30))});
        let should_be = json!({"body": format!("{} two", "word ".repeat(30))});
        assert_eq!(lines("desk it", &is, &should_be), ["desk it: body changed"]);
    }
}
