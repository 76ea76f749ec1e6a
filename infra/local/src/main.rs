//! Starts the local bundle and keeps it up.
#![expect(clippy::print_stderr, reason = "a command that a person reads")]

use std::error::Error;
use std::process::ExitCode;

use clap::Parser;
use local::bundle::{self, Options};
use local::cli::Arguments;
use local::lambda::deployment;
use local::world;
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
    // The engine warns of every failed condition, which is the normal sign of a duplicate.
    let quiet = EnvFilter::try_from_env("LANYARD_LOG")
        .unwrap_or_else(|_| EnvFilter::new("warn,dynoxide=error"));
    tracing_subscriber::fmt()
        .with_env_filter(quiet)
        .with_writer(std::io::stderr)
        .init();

    let options = Options {
        data: arguments.data,
        port: arguments.port,
        until_seeded: true,
        ..Options::default()
    };
    let running = bundle::start(options, deployment::functions).await?;
    world::seed(&running).await?;
    let as_expected = arguments.no_replay || world::replay(&running).await?;
    if !arguments.once {
        world::tell_addresses(&running);
        tokio::signal::ctrl_c().await?;
    }
    running.stop().await;
    Ok(as_expected)
}
