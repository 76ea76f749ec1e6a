//! The exact problem of each answer, in `problems.json`.

use std::sync::LazyLock;

use serde_json::{Map, Value};

use crate::fixture::Answer;

static PROBLEMS: LazyLock<Map<String, Value>> =
    LazyLock::new(|| serde_json::from_str(include_str!("problems.json")).unwrap());

/// Holds an answer to the problem of this name.
pub(super) fn hold(name: &str, answer: &Answer) {
    assert_eq!(Some(&answer.problem()), PROBLEMS.get(name), "{name}");
}
