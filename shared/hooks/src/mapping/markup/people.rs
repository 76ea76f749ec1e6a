//! The names of mentioned people.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use serde_json::Value;

use crate::mapping::tidy;

/// Finds people in a payload when somebody is mentioned without a name.
pub(super) struct People<'p> {
    payload: &'p Value,
    names: OnceCell<BTreeMap<&'p str, &'p str>>,
}

impl<'p> People<'p> {
    pub(super) fn of(payload: &'p Value) -> Self {
        Self {
            payload,
            names: OnceCell::new(),
        }
    }

    /// A person mentioned by an account or a login name.
    pub(super) fn mention(&self, id: &str) -> String {
        let names = self.names.get_or_init(|| {
            let mut names = BTreeMap::new();
            collect(self.payload, &mut names);
            names
        });
        let account = id.strip_prefix("accountid:");
        let name = names.get(account.unwrap_or(id)).copied();
        // Readers know login names, but no accounts.
        let name = name.unwrap_or(if account.is_some() { "someone" } else { id });
        format!("@{}", tidy::line(name, 200).unwrap_or_default())
    }
}

/// Collects names. The parser has limited the depth of the document.
fn collect<'p>(value: &'p Value, names: &mut BTreeMap<&'p str, &'p str>) {
    match value {
        Value::Object(members) => {
            if let Some(name) = members.get("displayName").and_then(Value::as_str) {
                let ids = ["accountId", "key", "name"];
                for id in ids.into_iter().filter_map(|id| members.get(id)?.as_str()) {
                    names.insert(id, name);
                }
            }
            members.values().for_each(|member| collect(member, names));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, names)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
