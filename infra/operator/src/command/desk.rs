//! `lanyard desk`: the connection of a desk with Jira.

use std::{
    io::{self, BufRead},
    process::ExitCode,
};

use app::Needs;
use clap::Subcommand;
use domain::DeskId;
use operator::Given;

use crate::{DeploymentArgs, Failure, asked, deployment, operator, print_without_line_break, say};

/// The commands about a desk.
#[derive(Debug, Subcommand)]
pub(crate) enum DeskCommand {
    /// Tries an account of Jira for a desk and keeps its API token, encrypted.
    ///
    /// Asks for the account's address, its token, and the last day on which the token is accepted.
    /// Says who the account is, which rights it lacks and what will therefore not work; writes
    /// nothing at Jira. Run it again with the next token before the day comes.
    #[command(after_help = crate::VARIABLES)]
    Connect {
        /// The desk, as the world file names it. It has a section [desk.NAME.jira] there.
        desk: DeskId,
        /// Read address, token and day (2027-11-30) from three lines of standard input.
        #[arg(long)]
        no_input: bool,
        /// Keep the token although rights are missing.
        #[arg(long)]
        yes: bool,
        #[command(flatten)]
        place: DeploymentArgs,
    },
}

/// Runs a command. Returns what it was about beside its result.
pub(crate) async fn run(command: DeskCommand) -> (String, Result<ExitCode, Failure>) {
    match command {
        DeskCommand::Connect {
            desk,
            no_input,
            yes,
            place,
        } => {
            let result = connect(&desk, no_input, yes, &place).await;
            (format!("desk {desk}"), result)
        }
    }
}

async fn connect(
    desk: &DeskId,
    no_input: bool,
    yes: bool,
    place: &DeploymentArgs,
) -> Result<ExitCode, Failure> {
    let operator = operator(deployment(Needs::Sources, place).await?);
    let given = if no_input {
        given(line, line)?
    } else {
        given(answer, |question| Ok(rpassword::prompt_password(question)?))?
    };
    let tried = operator.try_connection(desk, given).await?;
    for line in &tried.lines {
        say(line);
    }
    for missing in &tried.missing {
        say(&format!("! missing: {missing}"));
    }
    if !tried.missing.is_empty() && !yes && (no_input || !asked("Keep it all the same? [y/N] ")?) {
        say("nothing was kept");
        return Ok(ExitCode::FAILURE);
    }
    operator.keep_connection(tried).await?;
    say("connected");
    Ok(ExitCode::SUCCESS)
}

/// Asks for the credentials, for the token by a way of its own.
fn given(
    ask: fn(&str) -> Result<String, Failure>,
    ask_secretly: fn(&str) -> Result<String, Failure>,
) -> Result<Given, Failure> {
    Ok(Given {
        login: ask("Address of the account: ")?,
        token: ask_secretly("Its API token (not shown): ")?.trim().into(),
        expires_on: ask("Last day of the token (2027-11-30): ")?.parse()?,
    })
}

/// The answer of a person at the terminal.
fn answer(question: &str) -> Result<String, Failure> {
    print_without_line_break(question)?;
    line(question)
}

/// A line of standard input.
fn line(_question: &str) -> Result<String, Failure> {
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim().to_owned())
}
