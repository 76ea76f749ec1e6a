//! The command line of the local bundle.

use std::path::PathBuf;

use clap::Parser;

/// Runs all of Lanyard on this machine: every function, an embedded DynamoDB, captured mail, the
/// schedule, and a clock that can be moved. Needs no account and opens loopback addresses only.
#[derive(Debug, Clone, Parser)]
#[command(name = "lanyard-local", version)]
pub struct Arguments {
    /// Keeps all data in this directory over a restart; in memory without it.
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// The port of the pages, hooks and local addresses; 0 for a free one.
    #[arg(long, default_value_t = 4400)]
    pub port: u16,
    /// Ends after the samples: status 0 if all came out as expected, 1 if not.
    #[arg(long, conflicts_with = "no_replay")]
    pub once: bool,
    /// Starts with the seeded world and sends no samples.
    #[arg(long)]
    pub no_replay: bool,
    /// Prints each sample with its answer and its mails, and every line of the log.
    #[arg(long, short)]
    pub verbose: bool,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn without_arguments_it_replays_in_memory_on_the_usual_port_and_stays() {
        let arguments = Arguments::try_parse_from(["local"]).unwrap();
        assert_eq!(
            (arguments.port, arguments.once, arguments.no_replay),
            (4400, false, false)
        );
        assert!(arguments.data.is_none());
    }

    #[test]
    fn ending_after_a_replay_that_is_not_wanted_makes_no_sense() {
        assert!(Arguments::try_parse_from(["local", "--once", "--no-replay"]).is_err());
    }
}
