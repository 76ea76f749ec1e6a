//! The declarations of the template that the bundle acts on.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use serde_json::Value;

use crate::lambda::filter::Pattern;
use crate::template::trigger::{Asynchronous, Route, Schedule, StreamTrigger};

/// A table as `CreateTable` takes it.
#[derive(Debug)]
pub struct Table {
    /// The logical id, such as `JournalTable`.
    pub id: String,
    /// The physical name, such as `lanyard-journal`.
    pub name: String,
    /// The name without the stack's, such as `journal`.
    pub role: String,
    /// The body of `CreateTable`.
    pub definition: Value,
    /// The attribute that time-to-live reads, if it is on.
    pub time_to_live: Option<String>,
}

/// A function and what triggers it.
#[derive(Debug)]
pub struct Function {
    /// The name without the stack's: that of its folder and crate, such as `request-created`.
    pub name: String,
    /// Its environment, resolved. Values that AWS resolves at deployment (`{{resolve:…}}`) are as
    /// they stand.
    pub environment: BTreeMap<String, String>,
    /// The longest time of one invocation.
    pub timeout: SignedDuration,
    /// Routes of the HTTP API that lead to it.
    pub routes: Vec<Route>,
    /// Table streams that are fed to it.
    pub streams: Vec<StreamTrigger>,
    /// Schedules that start it.
    pub schedules: Vec<Schedule>,
    /// Patterns of events that are handed to it.
    pub rules: Vec<Pattern>,
    /// The retries of invocations by schedules and rules.
    pub asynchronous: Asynchronous,
}
