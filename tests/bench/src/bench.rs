//! The settings of a benchmark.

use std::fs;
use std::path::PathBuf;

use tests::repository::root;

use crate::peers::Peer;
use crate::programs::Programs;

/// The functions, and the number of rounds.
#[derive(Debug)]
pub(crate) struct Bench {
    pub(crate) programs: Programs,
    /// The number of rounds. Each round measures every compared program once, so that a change of
    /// the machine's load affects all of them.
    pub(crate) rounds: usize,
    /// The peers, each with the reason if it is not available.
    pub(crate) peers: Vec<Result<Peer, String>>,
}

impl Bench {
    /// The available peers.
    pub(crate) fn peers(&self) -> impl Iterator<Item = &Peer> {
        self.peers.iter().flatten()
    }
}

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
