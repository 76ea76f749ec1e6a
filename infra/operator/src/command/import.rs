//! `lanyard import`: people who are customers elsewhere already.

use std::{io::Write, path::PathBuf, process::ExitCode};

use app::Needs;
use clap::Subcommand;
use domain::DeskId;
use operator::{ImportOptions, ImportPlan};

use crate::{DeploymentArgs, Failure, asked, deployment, operator, say};

/// The commands that import.
#[derive(Debug, Subcommand)]
pub(crate) enum ImportCommand {
    /// Takes over the customers of a desk at Jira, without mailing anybody.
    ///
    /// Reads the site, shows what would be written, and asks. Members of a known organisation become
    /// members here, active from today, and their accounts are linked. Organisations that are not
    /// known are shown as a piece of a world file: name their leads, apply it, and import again. An
    /// interrupted import goes on when it is run again.
    #[command(after_help = crate::VARIABLES)]
    Jira {
        /// The desk, as the world file names it.
        desk: DeskId,
        /// Import Atlassian accounts, too. Agents have such accounts.
        #[arg(long)]
        atlassian: bool,
        /// Write the piece of a world file here instead of showing it.
        #[arg(long, value_name = "FILE")]
        new_organizations: Option<PathBuf>,
        /// Write without asking.
        #[arg(long)]
        yes: bool,
        #[command(flatten)]
        place: DeploymentArgs,
    },
}

/// Runs a command. Returns what it was about beside its result.
pub(crate) async fn run(command: ImportCommand) -> (String, Result<ExitCode, Failure>) {
    match command {
        ImportCommand::Jira {
            desk,
            atlassian,
            new_organizations,
            yes,
            place,
        } => {
            let options = ImportOptions { atlassian };
            let file = new_organizations.as_deref();
            let result = jira(&desk, options, file, yes, &place).await;
            (format!("desk {desk}"), result)
        }
    }
}

async fn jira(
    desk: &DeskId,
    options: ImportOptions,
    file: Option<&std::path::Path>,
    yes: bool,
    place: &DeploymentArgs,
) -> Result<ExitCode, Failure> {
    let operator = operator(deployment(Needs::Sources, place).await?);
    let client = operator.jira_of(desk).await?;
    let site = operator.read_site(desk, &client).await?;
    let organizations = site.organizations.len();
    say(&format!(
        "read {organizations} organizations in {} calls",
        site.calls
    ));
    let plan = operator.plan_import(desk, &site, options).await?;
    show(&plan, file)?;
    if plan.is_empty() {
        say("nothing to change");
        return Ok(ExitCode::SUCCESS);
    }
    if !yes && !asked("Make it so? Nobody is mailed. [y/N] ")? {
        say("nothing was changed");
        return Ok(ExitCode::FAILURE);
    }
    let done = operator.carry_out_import(&plan).await?;
    say(&format!(
        "done: {} new members, {} accounts linked",
        done.members, done.linked
    ));
    Ok(ExitCode::SUCCESS)
}

/// Shows the plan, and writes the piece of a world file where it was asked for.
fn show(plan: &ImportPlan, file: Option<&std::path::Path>) -> Result<(), Failure> {
    for line in plan.lines() {
        say(&line);
    }
    if plan.new_organizations.is_empty() {
        return Ok(());
    }
    let Some(file) = file else {
        say("organizations that are not known here, as a piece of the world file:");
        say(&plan.new_organizations);
        return Ok(());
    };
    std::fs::File::create_new(file)?.write_all(plan.new_organizations.as_bytes())?;
    say(&format!(
        "organizations that are not known here: see {}",
        file.display()
    ));
    Ok(())
}
