//! The samples under `events/`, and their order.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

/// One file of `events/`: one event and its expectation.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    /// `<function>/<case>`, by the file's place.
    #[serde(skip)]
    pub name: String,
    /// The source that sends it, for a hook.
    #[serde(default)]
    pub source: Option<String>,
    /// The function it is for.
    pub function: String,
    /// The sample in one line.
    pub description: String,
    /// The sample that has to come before.
    #[serde(default)]
    pub after: Option<String>,
    /// The number of days ago at which it happened. It is sent with the clock at that time, and
    /// with that time as its `timestamp`.
    #[serde(default)]
    pub days_ago: Option<u16>,
    /// The headers that the sender adds besides the signature.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// The sender's payload, for a hook.
    #[serde(default)]
    pub body: Option<Value>,
    /// The event in AWS's form, for a function with another trigger.
    #[serde(default)]
    pub event: Option<Value>,
    /// A bounce or a complaint of a sent mail.
    #[serde(default)]
    pub report: Option<Value>,
    /// A link in a person's mail, and their act on it.
    #[serde(default)]
    pub visit: Option<Visit>,
    /// The expectation.
    pub expect: Expectation,
}

/// A person's act on a link from a mail.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    /// The person.
    pub email: String,
    /// The purpose of the link.
    pub purpose: String,
    /// Their choice; `None` to only look.
    #[serde(default)]
    pub wish: Option<String>,
}

/// The expectation of a sample.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    /// The answer's status; 200 without it.
    #[serde(default)]
    pub status: Option<u16>,
    /// Members that the answer's body must have.
    #[serde(default)]
    pub body: Option<Value>,
    /// The items that must have been written.
    #[serde(default)]
    pub items: Vec<ExpectedItem>,
    /// The mails that must leave: these and no others.
    #[serde(default)]
    pub mails: Vec<ExpectedMail>,
    /// Texts of warnings and errors that belong to it, such as that of a record which is broken on
    /// purpose. A line with one of them is not shown.
    #[serde(default)]
    pub log: Vec<String>,
}

/// An item that must exist.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedItem {
    /// The table's role: `directory`, `requests`, `journal` or `audit`.
    pub table: String,
    /// The beginning of its partition key.
    pub pk: String,
}

/// A mail that must leave.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedMail {
    /// The recipient.
    pub to: String,
    /// The kind.
    pub kind: String,
}

/// The reason why the samples cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum SampleError {
    /// A folder or a file cannot be read.
    #[error("{} cannot be read: {source}", path.display())]
    Unreadable {
        /// The path.
        path: PathBuf,
        /// The system's error.
        #[source]
        source: std::io::Error,
    },
    /// A file is no sample.
    #[error("{} is no sample: {source}", path.display())]
    NoSample {
        /// The path.
        path: PathBuf,
        /// The fault.
        #[source]
        source: serde_json::Error,
    },
    /// A sample follows one that does not exist, or itself.
    #[error("{name} is to come after {after}, which never comes")]
    Order {
        /// The sample.
        name: String,
        /// The sample that it follows.
        after: String,
    },
}

/// The folder of the samples.
#[must_use]
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../events")
}

/// Every sample, each after the one that it follows, otherwise by day and name.
///
/// # Errors
/// If a file cannot be read, is no sample, or follows one that never comes.
pub fn all(folder: &Path) -> Result<Vec<Sample>, SampleError> {
    let mut waiting = Vec::new();
    for function in entries(folder)? {
        if function.is_dir() {
            for file in entries(&function)? {
                if file.extension().is_some_and(|kind| kind == "json") {
                    waiting.push(read(&file)?);
                }
            }
        }
    }
    in_order(waiting)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, SampleError> {
    let unreadable = |source| SampleError::Unreadable {
        path: folder.to_owned(),
        source,
    };
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        entries.push(entry.map_err(unreadable)?.path());
    }
    entries.sort();
    Ok(entries)
}

fn read(path: &Path) -> Result<Sample, SampleError> {
    let text = std::fs::read_to_string(path).map_err(|source| SampleError::Unreadable {
        path: path.to_owned(),
        source,
    })?;
    let mut sample: Sample =
        serde_json::from_str(&text).map_err(|source| SampleError::NoSample {
            path: path.to_owned(),
            source,
        })?;
    let case = path.file_stem().unwrap_or_default().to_string_lossy();
    sample.name = format!("{}/{case}", sample.function);
    Ok(sample)
}

/// The earliest first. On one day, hooks in the order of the story (raised, updated, invited, off-boarded), followed by the other
/// functions.
pub(super) const STORY: [&str; 9] = [
    "request-created",
    "request-updated",
    "customer-invited",
    "self-service",
    "member-offboarded",
    "mail-feedback",
    "inactivity-sweep",
    "outbox-relay",
    "desk-writer",
];

fn in_order(mut waiting: Vec<Sample>) -> Result<Vec<Sample>, SampleError> {
    let place = |sample: &Sample| STORY.iter().position(|name| *name == sample.function);
    let ago = |sample: &Sample| Reverse(sample.days_ago.unwrap_or_default());
    waiting.sort_by_key(|sample| (ago(sample), place(sample), sample.name.clone()));
    let mut done: BTreeSet<String> = BTreeSet::new();
    let mut ordered = Vec::new();
    while !waiting.is_empty() {
        let next = waiting.iter().position(|sample| {
            sample
                .after
                .as_ref()
                .is_none_or(|after| done.contains(after))
        });
        let Some(next) = next else {
            let stuck = &waiting[0];
            return Err(SampleError::Order {
                name: stuck.name.clone(),
                after: stuck.after.clone().unwrap_or_default(),
            });
        };
        let sample = waiting.remove(next);
        done.insert(sample.name.clone());
        ordered.push(sample);
    }
    Ok(ordered)
}
