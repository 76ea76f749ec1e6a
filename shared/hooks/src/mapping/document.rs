//! The canonical document under construction.

use serde_json::{Map, Value};

/// Puts a value under a path of names and creates the objects on the way. `None` changes nothing.
pub(super) fn put(document: &mut Value, path: &[&str], value: Option<impl Into<Value>>) {
    let Some(value) = value else { return };
    let Some((last, parents)) = path.split_last() else {
        return;
    };
    let mut place = document;
    for name in parents {
        place = object(place)
            .entry((*name).to_owned())
            .or_insert(Value::Null);
    }
    object(place).insert((*last).to_owned(), value.into());
}

/// The value as an object; replaces a value of another kind.
fn object(value: &mut Value) -> &mut Map<String, Value> {
    if !value.is_object() {
        *value = Value::Object(Map::new());
    }
    value
        .as_object_mut()
        .expect("the line above made it an object")
}
