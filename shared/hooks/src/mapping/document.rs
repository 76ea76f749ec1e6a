//! The canonical document while it is being put together.

use serde_json::{Map, Value};

/// Puts a value under a path of names, making the objects on the way. A value that is none leaves
/// no trace.
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

/// The value as an object; what else stood there makes way.
fn object(value: &mut Value) -> &mut Map<String, Value> {
    if !value.is_object() {
        *value = Value::Object(Map::new());
    }
    value
        .as_object_mut()
        .expect("the line above made it an object")
}
