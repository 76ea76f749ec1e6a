//! The settings of a benchmark.

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
