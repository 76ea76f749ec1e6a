//! The samples under `events/`, and in which order they make sense.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

/// One file of `events/`: one event, and what is expected of it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    /// `<function>/<case>`, from the file's place.
    #[serde(skip)]
    pub name: String,
    /// The source that sends it, for a hook.
    #[serde(default)]
    pub source: Option<String>,
    /// The function it is for.
    pub function: String,
    /// What happens, in one line.
    pub description: String,
    /// The sample that has to come first.
    #[serde(default)]
    pub after: Option<String>,
    /// What the sender adds besides the signature.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// The sender's payload, for a hook.
    #[serde(default)]
    pub body: Option<Value>,
    /// The event as AWS hands it over, for a function with another trigger.
    #[serde(default)]
    pub event: Option<Value>,
    /// A bounce or a complaint of a mail that was sent.
    #[serde(default)]
    pub report: Option<Value>,
    /// A link that somebody was mailed, and what is done with it.
    #[serde(default)]
    pub visit: Option<Visit>,
    /// What is expected.
    pub expect: Expectation,
}

/// What somebody does with a link from a mail.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    /// Who.
    pub email: String,
    /// What the link is for.
    pub purpose: String,
    /// What they choose; nothing, to only look.
    #[serde(default)]
    pub wish: Option<String>,
}

/// What is expected of a sample.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    /// The answer's status; 200 for what has none.
    #[serde(default)]
    pub status: Option<u16>,
    /// Members that the answer's body must have.
    #[serde(default)]
    pub body: Option<Value>,
    /// What must have been written.
    #[serde(default)]
    pub items: Vec<ExpectedItem>,
    /// Who gets which mail: these, and nobody else.
    #[serde(default)]
    pub mails: Vec<ExpectedMail>,
}

/// An item that must be there.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedItem {
    /// The table's role: `directory`, `requests`, `journal` or `audit`.
    pub table: String,
    /// How its partition key begins.
    pub pk: String,
}

/// A mail that must leave.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedMail {
    /// To whom.
    pub to: String,
    /// Of which kind.
    pub kind: String,
}

/// Why the samples cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum SampleError {
    /// A folder or a file cannot be read.
    #[error("{} cannot be read: {source}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// What the system says.
        #[source]
        source: std::io::Error,
    },
    /// A file is no sample.
    #[error("{} is no sample: {source}", path.display())]
    NoSample {
        /// Which.
        path: PathBuf,
        /// What is wrong with it.
        #[source]
        source: serde_json::Error,
    },
    /// A sample is to come after one that is not there, or after itself.
    #[error("{name} is to come after {after}, which never comes")]
    Order {
        /// The sample.
        name: String,
        /// What it waits for.
        after: String,
    },
}

/// Where the samples are.
#[must_use]
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../events")
}

/// Every sample, each after the one it builds on, otherwise by name.
///
/// # Errors
/// When a file cannot be read, is no sample, or waits for one that never comes.
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

/// Hooks in the order of the story (raised, updated, invited, off-boarded), then what follows from
/// them.
const STORY: [&str; 8] = [
    "request-created",
    "request-updated",
    "customer-invited",
    "self-service",
    "member-offboarded",
    "mail-feedback",
    "inactivity-sweep",
    "outbox-relay",
];

fn in_order(mut waiting: Vec<Sample>) -> Result<Vec<Sample>, SampleError> {
    let place = |sample: &Sample| STORY.iter().position(|name| *name == sample.function);
    waiting.sort_by_key(|sample| (place(sample), sample.name.clone()));
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
