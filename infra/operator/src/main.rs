//! `lanyard`: the operator's command.

mod command;

use std::{
    io::{self, BufRead, IsTerminal, Write},
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
};

use app::{Clock, Ids, Needs, SystemClock, SystemIds, clock::MovedClock, intake::FormLink};
use clap::{Args, Parser, Subcommand};
use domain::{
    DeskId, EmailAddress, ExternalId, RequestTypeId, SourceId, customer::Suppression, text::Reason,
};
use jiff::SignedDuration;
use operator::{
    NewSecret, Operator, World,
    reach::{self, Deployment, ReachError},
};
use secrecy::{ExposeSecret, SecretString};
use store::Store;
use url::Url;

/// Looks after a Lanyard deployment.
#[derive(Debug, Parser)]
#[command(name = "lanyard", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const VARIABLES: &str = "Variables: LANYARD_DIRECTORY_TABLE, LANYARD_REQUESTS_TABLE, \
    LANYARD_JOURNAL_TABLE, LANYARD_AUDIT_TABLE, LANYARD_SOURCE_SECRET and, while rotating, \
    LANYARD_SOURCE_SECRET_PREVIOUS, LANYARD_TRACE_SECRET, AWS_REGION, AWS_ACCESS_KEY_ID, \
    AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_ENDPOINT_URL_DYNAMODB";

#[derive(Debug, Subcommand)]
enum Command {
    /// Applies a world file: desks, organizations, sources.
    ///
    /// Shows each difference in one line and asks before it writes. People and requests stay as
    /// they are, except that a person whom the file names as a lead becomes one. A source without a
    /// secret gets one, which is shown once.
    ///
    /// Without --stack and --local, the functions' own variables describe the deployment.
    #[command(after_help = VARIABLES)]
    Apply {
        /// The file.
        file: PathBuf,
        /// Write without asking.
        #[arg(long)]
        yes: bool,
        #[command(flatten)]
        place: DeploymentArgs,
    },
    /// Gives a source a new secret. The old one stays valid for a while.
    ///
    /// A generated secret is shown once. If the sender generates it (as Stripe does), --given reads
    /// it from the first line of standard input.
    #[command(after_help = VARIABLES)]
    RotateSecret {
        /// The source, as the world file names it.
        source: SourceId,
        /// The hours for which the old secret stays valid.
        #[arg(long, default_value_t = 24, value_name = "HOURS")]
        overlap: u16,
        /// Take the sender's secret from standard input.
        #[arg(long)]
        given: bool,
        #[command(flatten)]
        place: DeploymentArgs,
    },
    /// Connects desks with Jira.
    #[command(subcommand)]
    Desk(command::desk::DeskCommand),
    /// Imports people who are customers elsewhere already.
    #[command(subcommand)]
    Import(command::import::ImportCommand),
    /// Shows and corrects the data of a person.
    #[command(subcommand)]
    Person(PersonCommand),
    /// Prints a link to a desk's form for one person, filled in by --set.
    ///
    /// Whoever opens it raises the request in that person's name at once, without confirming their
    /// address: send it to them and to nobody else. It ends after --days, when the person leaves or
    /// ends all their links, and with --once after one request.
    #[command(after_help = LINK_VARIABLES)]
    FormLink {
        /// The desk, as the world file names it.
        #[arg(long)]
        desk: DeskId,
        /// The request type, as the world file names it.
        #[arg(long = "type", value_name = "TYPE")]
        kind: RequestTypeId,
        /// The person's address.
        #[arg(long = "for", value_name = "EMAIL")]
        person: EmailAddress,
        /// Fills in a field by its id, or `summary`; a field of several choices once for each.
        #[arg(long, value_name = "FIELD=VALUE", value_parser = setting)]
        set: Vec<(String, String)>,
        /// The days that the link lives.
        #[arg(long, default_value_t = 14, value_parser = clap::value_parser!(u16).range(1..=365))]
        days: u16,
        /// The first request ends it.
        #[arg(long)]
        once: bool,
        #[command(flatten)]
        place: DeploymentArgs,
    },
}

/// The commands about a person.
#[derive(Debug, Subcommand)]
enum PersonCommand {
    /// Lists the accounts by which sources know a person, one per line.
    ///
    /// A request that names its reporter only by one of them counts as this person's. Accounts that
    /// an older version stored are missing until a payload shows them again; forget-account finds
    /// them, too.
    #[command(after_help = PERSON_VARIABLES)]
    Accounts {
        /// The person's address.
        address: EmailAddress,
        #[command(flatten)]
        place: DeploymentArgs,
    },
    /// Forgets that a source knows a person by an account that was learned wrongly.
    ///
    /// The next payload that proves the account's owner counts. Requests that were recorded for the
    /// person stay theirs. The audit keeps a record.
    #[command(after_help = PERSON_VARIABLES)]
    ForgetAccount {
        /// The person's address.
        address: EmailAddress,
        /// The source, as the world file names it.
        source: SourceId,
        /// The account, as the source names it.
        account: ExternalId,
        #[command(flatten)]
        place: DeploymentArgs,
    },
    /// Lets mail be sent again to an address to which it was stopped.
    ///
    /// A permanent bounce stops mail, and a complaint stops part of it. The next mail is sent; if
    /// it bounces, mail stops again. The address comes off SES's own list before that mail leaves.
    /// The audit keeps the reason.
    #[command(after_help = PERSON_VARIABLES)]
    Deliverable {
        /// The address.
        #[arg(value_name = "ADDRESS")]
        email: EmailAddress,
        /// The reason, in one line.
        #[arg(long)]
        reason: Reason,
        #[command(flatten)]
        place: DeploymentArgs,
    },
}

const PERSON_VARIABLES: &str = "Variables: those of apply, but for LANYARD_SOURCE_SECRET";

const LINK_VARIABLES: &str = "Variables: those of apply, and LANYARD_BASE_URL; LANYARD_LINK_SECRET in the place \
    of LANYARD_SOURCE_SECRET";

/// `field=value`.
fn setting(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((field, value)) if !field.is_empty() => Ok((field.to_owned(), value.to_owned())),
        Some(_) | None => Err("write FIELD=VALUE".to_owned()),
    }
}

/// The deployment.
#[derive(Debug, Args)]
struct DeploymentArgs {
    /// The stack of this name, on AWS.
    #[cfg(feature = "stack")]
    #[arg(long, value_name = "NAME", conflicts_with_all = ["local", "endpoint"])]
    stack: Option<String>,
    /// The local bundle at this address, such as <http://127.0.0.1:4400>.
    #[arg(long, value_name = "URL", conflicts_with = "endpoint")]
    local: Option<Url>,
    /// The address of DynamoDB, instead of AWS's.
    #[arg(long, value_name = "URL")]
    endpoint: Option<Url>,
}

type Failure = Box<dyn std::error::Error>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let (about, result) = match Cli::parse().command {
        Command::Apply { file, yes, place } => {
            let result = apply(&file, yes, &place).await;
            (file.display().to_string(), result)
        }
        Command::RotateSecret {
            source,
            overlap,
            given,
            place,
        } => {
            let result = rotate_secret(&source, overlap, given, &place).await;
            (format!("source {source}"), result)
        }
        Command::Desk(command) => command::desk::run(command).await,
        Command::Import(command) => Box::pin(command::import::run(command)).await,
        Command::Person(command) => person(command).await,
        Command::FormLink {
            desk,
            kind,
            person,
            set,
            days,
            once,
            place,
        } => {
            let about = format!("desk {desk}");
            let link = FormLink {
                desk,
                kind,
                email: person,
                once,
                lifetime: domain::Days(days),
                set,
            };
            (about, form_link(&link, &place).await)
        }
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            tell(&format!("{about}: {}", with_causes(&*error)));
            ExitCode::FAILURE
        }
    }
}

async fn rotate_secret(
    source: &SourceId,
    overlap: u16,
    given: bool,
    place: &DeploymentArgs,
) -> Result<ExitCode, Failure> {
    let given = if given {
        let mut line = String::new();
        io::stdin().lock().read_line(&mut line)?;
        Some(SecretString::from(line.trim()))
    } else {
        None
    };
    let operator = operator(deployment(Needs::Sources, place).await?);
    let overlap = SignedDuration::from_hours(overlap.into());
    let new = operator
        .rotate_secret(source, given.as_ref(), overlap)
        .await?;
    if let Some(new) = new {
        show(&new);
    }
    say("done; the functions know it within a minute");
    Ok(ExitCode::SUCCESS)
}

async fn make_deliverable(
    email: &EmailAddress,
    reason: &Reason,
    place: &DeploymentArgs,
) -> Result<ExitCode, Failure> {
    let operator = operator(deployment(Needs::Neither, place).await?);
    say(match operator.make_deliverable(email, reason).await? {
        Some(Suppression::Bounce) => "mail came back from there; it is sent again",
        Some(Suppression::Listed) => "the mail system's list stopped mail; it is sent again",
        Some(Suppression::Complaint) => "mail was called spam there; all of it is sent again",
        None => "no mail to this address was stopped",
    });
    Ok(ExitCode::SUCCESS)
}

async fn person(command: PersonCommand) -> (String, Result<ExitCode, Failure>) {
    match command {
        PersonCommand::Accounts { address, place } => {
            ("accounts".to_owned(), accounts(&address, &place).await)
        }
        PersonCommand::Deliverable {
            email,
            reason,
            place,
        } => {
            let result = make_deliverable(&email, &reason, &place).await;
            (format!("person {email}"), result)
        }
        PersonCommand::ForgetAccount {
            address,
            source,
            account,
            place,
        } => {
            let result = forget_account(&address, &source, &account, &place).await;
            (format!("account {account}"), result)
        }
    }
}

async fn accounts(person: &EmailAddress, place: &DeploymentArgs) -> Result<ExitCode, Failure> {
    let operator = operator(deployment(Needs::Neither, place).await?);
    let accounts = operator.accounts(person).await?;
    if accounts.is_empty() {
        say("no source knows this person by an account");
    }
    for account in &accounts {
        say(&operator::account_line(account));
    }
    Ok(ExitCode::SUCCESS)
}

async fn forget_account(
    person: &EmailAddress,
    source: &SourceId,
    account: &ExternalId,
    place: &DeploymentArgs,
) -> Result<ExitCode, Failure> {
    let operator = operator(deployment(Needs::Neither, place).await?);
    operator.forget_account(person, source, account).await?;
    say("forgotten");
    Ok(ExitCode::SUCCESS)
}

async fn form_link(link: &FormLink, place: &DeploymentArgs) -> Result<ExitCode, Failure> {
    let deployment = deployment(Needs::Links, place).await?;
    let base_url = deployment.base_url.clone();
    let base_url = base_url.ok_or(ReachError::Variables(vec!["LANYARD_BASE_URL"]))?;
    let url = operator(deployment).form_link(&base_url, link).await?;
    say(url.as_str());
    Ok(ExitCode::SUCCESS)
}

async fn apply(
    file: &std::path::Path,
    yes: bool,
    place: &DeploymentArgs,
) -> Result<ExitCode, Failure> {
    let world = World::parse(&std::fs::read_to_string(file)?)?;
    let operator = operator(deployment(Needs::Sources, place).await?);
    let plan = operator.plan(&world).await?;
    for notice in plan.notices() {
        say(&format!("! {notice}"));
    }
    if plan.is_empty() {
        say("nothing to change");
        return Ok(ExitCode::SUCCESS);
    }
    for line in plan.lines() {
        say(line);
    }
    if !yes && !asked("Make it so? [y/N] ")? {
        say("nothing was changed");
        return Ok(ExitCode::FAILURE);
    }
    operator.write(plan, show).await?;
    say("done");
    Ok(ExitCode::SUCCESS)
}

/// The deployment, with the secrets that the command needs.
async fn deployment(needs: Needs, place: &DeploymentArgs) -> Result<Deployment, ReachError> {
    #[cfg(feature = "stack")]
    if let Some(name) = &place.stack {
        return operator::stack::by_stack(needs, name).await;
    }
    match &place.local {
        Some(address) => reach::local_bundle(address),
        None => reach::by_environment(
            needs,
            |name| std::env::var(name).ok(),
            place.endpoint.as_ref().map(ToString::to_string),
        ),
    }
}

fn operator(deployment: Deployment) -> Operator {
    let clock: Arc<dyn Clock> = match deployment.now {
        Some(now) => Arc::new(MovedClock::showing(now)),
        None => Arc::new(SystemClock),
    };
    let ids = Arc::new(SystemIds::default());
    let chance = Arc::clone(&ids);
    let traces = app::trace_key(&deployment.trace_secret);
    let store = Store::new(deployment.dynamodb, deployment.tables, traces).with_chance(Arc::new(
        move || {
            let mut byte = [0];
            chance.fill(&mut byte);
            f64::from(byte[0]) / 256.0
        },
    ));
    Operator::new(store, &deployment.secrets, clock, ids)
}

/// Shows a new secret, this once.
fn show(new: &NewSecret) {
    say(&format!(
        "source {}: its secret, shown only now: {}",
        new.source,
        new.secret.expose_secret()
    ));
}

/// Asks a person at the terminal. Without a terminal the answer is no.
fn asked(question: &str) -> io::Result<bool> {
    if !io::stdin().is_terminal() {
        tell("nobody is there to ask; --yes says yes");
        return Ok(false);
    }
    print_without_line_break(question)?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

fn print_without_line_break(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

#[expect(clippy::print_stdout, reason = "this is what the command is for")]
fn say(line: &str) {
    println!("{line}");
}

#[expect(clippy::print_stderr, reason = "a person reads it at a terminal")]
fn tell(line: &str) {
    eprintln!("{line}");
}

/// An error with all of its causes.
fn with_causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}
