//! `target/bench/report.json`: the whole table, for programs.

use std::fs;
use std::path::PathBuf;

use local::clock::MovableClock;
use serde::Serialize;

use crate::folders::folder;
use crate::row::{Row, Verdict};

/// A run of the benchmark.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    /// The day, in UTC.
    pub(crate) day: String,
    pub(crate) machine: Machine,
    pub(crate) rounds: usize,
    pub(crate) rows: Vec<Entry>,
}

/// The kind of the machine and its load.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Machine {
    pub(crate) cores: usize,
    pub(crate) architecture: &'static str,
    /// The number of processes that wanted to run, over the minute before the run began.
    pub(crate) load_before: f64,
}

/// A row with its verdict.
#[derive(Debug, Serialize)]
pub(crate) struct Entry {
    #[serde(flatten)]
    pub(crate) row: Row,
    pub(crate) verdict: Verdict,
}

impl Machine {
    /// This machine.
    pub(crate) fn here() -> Self {
        let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
        let load = load
            .split_whitespace()
            .next()
            .and_then(|load| load.parse().ok());
        Self {
            cores: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
            architecture: match std::env::consts::ARCH {
                "x86_64" => "x86-64",
                other => other,
            },
            load_before: load.unwrap_or_default(),
        }
    }

    /// The kind of the machine in words.
    pub(crate) fn kind(&self) -> String {
        format!("{} cores, {}", self.cores, self.architecture)
    }
}

impl Report {
    pub(crate) fn new(machine: Machine, rounds: usize, rows: Vec<Row>) -> Self {
        let entry = |row: Row| Entry {
            verdict: row.verdict(),
            row,
        };
        Self {
            day: MovableClock::real().now().strftime("%F").to_string(),
            machine,
            rounds,
            rows: rows.into_iter().map(entry).collect(),
        }
    }

    /// Writes the report and returns its path.
    pub(crate) fn write(&self) -> PathBuf {
        let path = folder().join("report.json");
        let text = serde_json::to_string_pretty(self).unwrap();
        fs::write(&path, text + "\n").unwrap();
        path
    }
}
