//! The folders of a benchmark.

use std::fs;
use std::path::PathBuf;

use tests::repository::root;

/// The folder for everything that a benchmark leaves.
pub(crate) fn folder() -> PathBuf {
    root().join("target/bench")
}

/// The file for a program's output.
pub(crate) fn log(row: &str, program: &str) -> PathBuf {
    let logs = folder().join("logs");
    fs::create_dir_all(&logs).unwrap();
    logs.join(format!("{row}-{program}.log"))
}
