//! The permissions of the template's roles on the tables.
//!
//! On a laptop nobody checks a policy, and a missing permission would show only after a deployment.
//! So the layer in front of the engine checks every call of a function against the statements of
//! its role: action, table, index, and partition keys (`dynamodb:LeadingKeys`). Callers that are no
//! function of the template (the operator, the bundle itself) may do anything.
//!
//! The used permissions can be noted. After all stories, the notes show which ones nobody needs.

mod call;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use std::process;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::Value;

use crate::dynamodb::permissions::call::{Want, list, wants};
use crate::template::Template;

/// The permissions of every function.
#[derive(Debug, Default)]
pub struct Permissions {
    functions: BTreeMap<String, Vec<Grant>>,
    /// The tables' logical ids by their names.
    tables: BTreeMap<String, String>,
    used: Option<Mutex<Used>>,
}

/// The used permissions so far, each noted once.
#[derive(Debug)]
struct Used {
    known: BTreeSet<String>,
    file: File,
}

/// One statement of a role, as far as it is about tables.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Grant {
    actions: BTreeSet<String>,
    places: BTreeSet<Resource>,
    /// Patterns of partition keys, for a statement that is limited to some.
    keys: Option<Vec<String>>,
}

/// A table, or one of its indexes, by its logical id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Resource {
    table: String,
    index: Option<String>,
}

/// A call that no statement allows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{function} is not authorized to perform dynamodb:{action} on {place}")]
pub struct Denied {
    /// The caller.
    pub function: String,
    /// The action.
    pub action: String,
    /// The table, index and keys.
    pub place: String,
}

impl Permissions {
    /// The permissions that the roles of a template give its functions.
    #[must_use]
    pub fn of(template: &Template) -> Self {
        let resources = &template.resources;
        let mut functions = BTreeMap::new();
        for resource in resources.values() {
            if resource["Type"] != "AWS::Serverless::Function" {
                continue;
            }
            let properties = &resource["Properties"];
            let code = properties["CodeUri"].as_str().unwrap_or_default();
            let Some(name) = code.rsplit('/').next().filter(|name| !name.is_empty()) else {
                continue;
            };
            let role = properties["Role"]["Fn::GetAtt"][0].as_str();
            let role = role.and_then(|role| resources.get(role));
            let policies = role.map(|role| &role["Properties"]["Policies"]);
            let grants = policies
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .flat_map(|policy| list(&policy["PolicyDocument"]["Statement"]))
                .filter_map(Grant::read)
                .collect();
            functions.insert(name.to_owned(), grants);
        }
        let tables = template.tables.iter();
        let tables = tables.map(|table| (table.name.clone(), table.id.clone()));
        Self {
            functions,
            tables: tables.collect(),
            used: None,
        }
    }

    /// Notes used permissions from now on, one per line, in a new file of a folder.
    ///
    /// # Errors
    /// If the file cannot be created.
    pub fn noting_in(mut self, folder: &Path) -> io::Result<Self> {
        /// The number of the next bundle of this process.
        static NEXT: AtomicU64 = AtomicU64::new(0);
        fs::create_dir_all(folder)?;
        let name = format!("{}-{}", process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let file = File::create(folder.join(name))?;
        let known = BTreeSet::new();
        self.used = Some(Mutex::new(Used { known, file }));
        Ok(self)
    }

    /// Every granted permission, in the words of the notes.
    #[must_use]
    pub fn granted(&self) -> BTreeSet<String> {
        let mut granted = BTreeSet::new();
        for (function, grants) in &self.functions {
            for grant in grants {
                for action in &grant.actions {
                    let places = grant.places.iter();
                    granted.extend(places.map(|place| use_of(function, action, place)));
                }
            }
        }
        granted
    }

    fn note(&self, function: &str, action: &str, place: &Resource) {
        let Some(used) = &self.used else {
            return;
        };
        let mut used = used
            .lock()
            .expect("no code panics while it holds the notes");
        let line = use_of(function, action, place);
        if used.known.insert(line.clone())
            && let Err(error) = writeln!(used.file, "{line}")
        {
            tracing::error!(%error, "what was used cannot be noted");
        }
    }

    /// Checks one call, by the caller's name, its action and its body.
    ///
    /// # Errors
    /// If the caller is a function and no statement of its role allows the call.
    pub fn check(&self, caller: &str, action: &str, body: &Value) -> Result<(), Denied> {
        let Some(grants) = self.functions.get(caller) else {
            return Ok(());
        };
        for want in wants(action, body) {
            let place = Resource {
                table: self.tables.get(&want.table).unwrap_or(&want.table).clone(),
                index: want.index.clone(),
            };
            if grants.iter().any(|grant| grant.allows(&want, &place)) {
                self.note(caller, &want.action, &place);
            } else {
                // An index's keys may be people; a table's begin with their kind.
                let place = match &want.index {
                    Some(index) => format!("{}/index/{index}", want.table),
                    None => format!("{}, keys {}", want.table, kinds(&want.keys)),
                };
                return Err(Denied {
                    function: caller.to_owned(),
                    action: want.action,
                    place,
                });
            }
        }
        Ok(())
    }
}

/// Keys are left out: a statement for several kinds of items need not be used for each action and
/// kind.
fn use_of(function: &str, action: &str, place: &Resource) -> String {
    let index = place.index.as_deref();
    let index = index.map_or_else(String::new, |index| format!("/index/{index}"));
    let table = &place.table;
    format!("{function} {action} {table}{index}")
}

/// The kinds of keys, without their owners.
fn kinds(keys: &[String]) -> String {
    let kinds: BTreeSet<_> = keys
        .iter()
        .map(|key| key.split('#').next().unwrap_or_default())
        .collect();
    kinds.into_iter().collect::<Vec<_>>().join(", ")
}

impl Grant {
    fn read(statement: &Value) -> Option<Self> {
        let actions: BTreeSet<_> = list(&statement["Action"])
            .into_iter()
            .filter_map(|action| action.as_str()?.strip_prefix("dynamodb:"))
            .map(str::to_owned)
            .collect();
        let places: BTreeSet<_> = list(&statement["Resource"])
            .into_iter()
            .filter_map(Resource::read)
            .collect();
        let keys = &statement["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"];
        let keys: Vec<_> = list(keys)
            .into_iter()
            .filter_map(|key| key.as_str().map(str::to_owned))
            .collect();
        let allows = statement["Effect"] == "Allow" && !actions.is_empty() && !places.is_empty();
        allows.then(|| Self {
            actions,
            places,
            keys: (!keys.is_empty()).then_some(keys),
        })
    }

    fn allows(&self, want: &Want, place: &Resource) -> bool {
        let fits = |key: &String| {
            self.keys
                .iter()
                .flatten()
                .any(|pattern| matches(pattern, key))
        };
        self.actions.contains(&want.action)
            && self.places.contains(place)
            && (self.keys.is_none() || want.keys.iter().all(fits))
    }
}

impl Resource {
    /// `!GetAtt Table.Arn` or `!Sub "${Table.Arn}/index/name"`.
    fn read(resource: &Value) -> Option<Self> {
        if let Some(id) = resource["Fn::GetAtt"][0].as_str() {
            return Some(Self {
                table: id.to_owned(),
                index: None,
            });
        }
        let text = resource["Fn::Sub"].as_str()?;
        let (table, index) = text.strip_prefix("${")?.split_once(".Arn}/index/")?;
        Some(Self {
            table: table.to_owned(),
            index: Some(index.to_owned()),
        })
    }
}

/// IAM's `StringLike`. The template only uses a `*` at the end.
fn matches(pattern: &str, key: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(beginning) => key.starts_with(beginning),
        None => pattern == key,
    }
}

#[cfg(test)]
mod tests;
