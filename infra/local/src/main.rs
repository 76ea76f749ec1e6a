//! Starts the local bundle and keeps it up.
#![expect(clippy::print_stderr, reason = "a command that a person reads")]

use std::error::Error;
use std::io::IsTerminal;
use std::process::ExitCode;

use clap::Parser;
use local::bundle::{self, Options};
use local::cli::Arguments;
use local::lambda::deployment;
use local::log::Log;
use local::world::{self, Detail};
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Starts the bundle. Returns true if everything came out as expected.
async fn run(arguments: Arguments) -> Result<bool, Box<dyn Error + Send + Sync>> {
    let chosen = EnvFilter::try_from_env("LANYARD_LOG");
    let log = match (&chosen, arguments.verbose) {
        (Err(_), false) => Log::held(),
        _ => Log::open(),
    };
    // The engine warns of every failed condition, which is the normal sign of a duplicate.
    let quiet = chosen.unwrap_or_else(|_| EnvFilter::new("warn,dynoxide=error"));
    tracing_subscriber::fmt()
        .with_env_filter(quiet)
        .with_writer(log.clone())
        .with_ansi(std::io::stderr().is_terminal())
        .init();

    let options = Options {
        data: arguments.data,
        port: arguments.port,
        until_seeded: true,
        ..Options::default()
    };
    let running = bundle::start(options, deployment::functions).await?;
    world::seed(&running).await?;
    let detail = if arguments.verbose {
        Detail::Samples
    } else {
        Detail::Functions
    };
    let as_expected = arguments.no_replay || world::replay(&running, detail, &log).await?;
    log.let_go();
    if !arguments.once {
        world::tell_addresses(&running);
        tokio::signal::ctrl_c().await?;
    }
    running.stop().await;
    Ok(as_expected)
}
