//! What every row is measured with.

use std::fs;
use std::path::PathBuf;

use tests::repository::root;

use crate::peers::Peer;
use crate::programs::Programs;

/// The functions, and how often each thing is measured.
#[derive(Debug)]
pub(crate) struct Bench {
    pub(crate) programs: Programs,
    /// In each round everything that is compared is measured once, so that a change of the machine's
    /// mood meets all of it.
    pub(crate) rounds: usize,
    /// Whom they are measured beside; of each that could not be had, why not.
    pub(crate) peers: Vec<Result<Peer, String>>,
}

impl Bench {
    /// The peers that could be had.
    pub(crate) fn peers(&self) -> impl Iterator<Item = &Peer> {
        self.peers.iter().flatten()
    }
}

/// Where everything lies that a benchmark leaves.
pub(crate) fn folder() -> PathBuf {
    root().join("target/bench")
}

/// Where a program writes what it says.
pub(crate) fn log(row: &str, program: &str) -> PathBuf {
    let logs = folder().join("logs");
    fs::create_dir_all(&logs).unwrap();
    logs.join(format!("{row}-{program}.log"))
}
