//! The state behind the local addresses: one bundle's clock, mailbox, faults and triggers.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::clock::{ClockError, MovableClock};
use crate::dynamodb::engine::Upkeep;
use crate::dynamodb::meter::Meter;
use crate::dynamodb::tape::Tape;
use crate::environment;
use crate::fault::FaultPlan;
use crate::jira::Jira;
use crate::jira::refusal::Refusal;
use crate::jira::sender::Target;
use crate::lambda::asynchronous::Deliverer;
use crate::lambda::feeder::Feeder;
use crate::lambda::queue::Queues;
use crate::lambda::scheduler::Scheduler;
use crate::ses::feedback::{self, Report};
use crate::ses::mailbox::Mailbox;
use crate::start::Cast;
use crate::template::Template;

/// The time that settling may take before it is called stuck.
const PATIENCE: Duration = Duration::from_mins(2);

/// A source of the seeded world, with its secret in clear: this is a laptop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalSource {
    /// Its id, as in `/hooks/{source}/…`.
    pub id: String,
    /// Its signature scheme.
    pub scheme: String,
    /// The header that carries the signature.
    pub header: String,
    /// Its secret in clear.
    pub secret: String,
    /// The functions it may call.
    pub functions: Vec<String>,
}

/// Says what a link is for, from its token; `None` if it cannot tell.
pub type PurposeReader = Arc<dyn Fn(&str) -> Option<String> + Send + Sync>;

/// Everything behind `/_local`.
pub struct Local {
    /// The deployed functions.
    pub template: Arc<Template>,
    /// The clock of all functions.
    pub clock: MovableClock,
    /// The captured mails.
    pub mailbox: Arc<Mailbox>,
    /// The stand-in for Jira.
    pub jira: Jira,
    /// The faults in force.
    pub faults: Arc<FaultPlan>,
    /// The calls to DynamoDB.
    pub meter: Arc<Meter>,
    /// Each call, when somebody asks for it.
    pub tape: Arc<Tape>,
    /// The events that were given up.
    pub queues: Arc<Queues>,
    /// Delivers events to functions.
    pub deliverer: Deliverer,
    /// Runs the schedules.
    pub scheduler: Arc<Scheduler>,
    /// Feed the streams.
    pub feeders: Vec<Feeder>,
    /// The engine's own clock and expiry.
    pub upkeep: Upkeep,
    /// The address of the pages, without a trailing slash.
    pub base_url: String,
    /// The layer in front of DynamoDB.
    pub dynamodb_endpoint: String,
    /// The captured SES.
    pub sesv2_endpoint: String,
    pub(crate) sources: Mutex<Vec<LocalSource>>,
    pub(crate) purpose: Mutex<Option<PurposeReader>>,
    pub(crate) cast: Mutex<Option<Arc<Cast>>>,
}

impl std::fmt::Debug for Local {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Local")
            .field("base_url", &self.base_url)
            .finish_non_exhaustive()
    }
}

/// The reason why the bundle refused a local address.
#[derive(Debug, thiserror::Error)]
pub enum LocalError {
    /// The request's body is not what the address takes.
    #[error("the body is not understood: {0}")]
    Body(String),
    /// The clock refuses.
    #[error(transparent)]
    Clock(#[from] ClockError),
    /// The stream is not drained after a long time.
    #[error("the relay is still busy after {} s; see /_local/queues.json and the log", PATIENCE.as_secs())]
    Busy,
    /// No mail to report about.
    #[error("no mail to `{0}` was captured")]
    NoMail(String),
    /// The desk refuses the act.
    #[error(transparent)]
    Desk(#[from] Refusal),
    /// No rule of the template lets the event through.
    #[error("no rule of the template lets this event through")]
    NoRule,
}

/// A move of the clock, as `POST /_local/clock` takes it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Move {
    /// An ISO 8601 duration to go ahead by.
    #[serde(default)]
    pub advance: Option<String>,
    /// An instant to go to.
    #[serde(default)]
    pub set: Option<Timestamp>,
    /// With `advance`: go there in steps of this length and let the schedules run at each, as they
    /// would have while the time went by. Without it the time in between is slept through.
    #[serde(default)]
    pub step: Option<String>,
}

/// A link that somebody was mailed.
#[derive(Debug, Serialize)]
pub struct MailedLink {
    /// The address.
    pub url: String,
    /// The purpose.
    pub purpose: String,
    /// The kind of the mail it was in.
    pub kind: String,
    /// The subject of that mail.
    pub subject: String,
    /// The id of that mail.
    pub mail: String,
    /// The instant of sending.
    pub at: Timestamp,
}

impl Local {
    /// The environment of a function that runs outside of this bundle, in a process of its own, over
    /// its tables and its mail system: that of all functions together, with each secret that one of
    /// them is given; `caller` is whose role is asked, and nobody's may do all.
    #[must_use]
    pub fn environment(&self, caller: &str) -> BTreeMap<String, String> {
        environment::environment(
            &self.template.environment,
            caller,
            &self.dynamodb_endpoint,
            &self.sesv2_endpoint,
        )
    }

    /// Tells which sources the seeded world has, for `/_local/sources.json`. Jira's webhooks go to
    /// the one that is named like it.
    pub fn set_sources(&self, sources: Vec<LocalSource>) {
        if let Some(source) = sources.iter().find(|source| source.id == "jira") {
            self.jira.sender().aim(Target {
                base_url: self.base_url.clone(),
                source: source.clone(),
            });
        }
        *held(&self.sources) = sources;
    }

    /// The sources of the seeded world.
    #[must_use]
    pub fn sources(&self) -> Vec<LocalSource> {
        held(&self.sources).clone()
    }

    /// Gives `/_local/links.json` a way to read a link's purpose from its token.
    pub fn set_purpose_reader(&self, reader: PurposeReader) {
        *held(&self.purpose) = Some(reader);
    }

    /// Tells who belongs to the seeded world, for the start page.
    pub fn set_cast(&self, cast: Cast) {
        *held(&self.cast) = Some(Arc::new(cast));
    }

    /// The people of the seeded world.
    #[must_use]
    pub fn cast(&self) -> Option<Arc<Cast>> {
        held(&self.cast).clone()
    }

    /// Returns when the streams are drained, the functions behind them idle, and Jira's webhooks
    /// delivered.
    ///
    /// # Errors
    ///
    /// If they still are not after two minutes.
    pub async fn settle(&self) -> Result<(), LocalError> {
        let all = async {
            loop {
                self.jira.sender().settle().await;
                let told = self.jira.sender().pushed();
                for feeder in &self.feeders {
                    feeder.settle().await;
                }
                // A function behind a stream may have acted there.
                if self.jira.sender().pushed() == told {
                    break;
                }
            }
        };
        tokio::time::timeout(PATIENCE, all)
            .await
            .map_err(|_| LocalError::Busy)
    }

    /// Moves the clock, lets the schedules run, and returns when the relay has caught up.
    ///
    /// # Errors
    ///
    /// If the clock refuses, or the relay does not come to rest.
    pub async fn move_clock(&self, asked: &Move) -> Result<Timestamp, LocalError> {
        // What was written before the move is relayed before it too.
        self.settle().await?;
        match (&asked.advance, asked.set, &asked.step) {
            (None, Some(instant), None) => {
                self.clock.set(instant)?;
            }
            (Some(duration), None, None) => {
                self.clock.advance(duration)?;
            }
            (Some(duration), None, Some(step)) => {
                let end = self.clock.after(duration)?;
                while self.clock.after(step)? < end {
                    self.clock.advance(step)?;
                    self.catch_up().await?;
                }
                self.clock.set(end)?;
            }
            _ => {
                return Err(LocalError::Body(
                    "give `advance`, with or without `step`, or `set`".to_owned(),
                ));
            }
        }
        self.catch_up().await?;
        Ok(self.clock.now())
    }

    /// Lets the schedules run now, and returns when the relay has caught up.
    ///
    /// # Errors
    ///
    /// If the relay does not come to rest.
    pub async fn catch_up(&self) -> Result<(), LocalError> {
        self.scheduler.run_all().await;
        self.settle().await?;
        if let Err(error) = self.upkeep.sweep_time_to_live() {
            tracing::error!(%error, "expired items could not be deleted");
        }
        Ok(())
    }

    /// Reports a bounce or complaint to whichever functions the template's rules name.
    /// Gives their names and the event.
    ///
    /// # Errors
    ///
    /// If there is no such mail or no such rule.
    pub async fn report(&self, report: &Report) -> Result<(Vec<String>, Value), LocalError> {
        let mails = self.mailbox.list(Some(&report.email));
        let mail = mails
            .iter()
            .rev()
            .find(|mail| report.message.as_ref().is_none_or(|id| *id == mail.id))
            .ok_or_else(|| LocalError::NoMail(report.email.clone()))?;
        let id = self.deliverer.invoker.request_id();
        let event = feedback::event(report, mail, &id, self.clock.now());
        let functions = self.template.functions.iter();
        let targets: Vec<_> = functions
            .filter(|function| function.rules.iter().any(|rule| rule.matches(&event)))
            .collect();
        if targets.is_empty() {
            return Err(LocalError::NoRule);
        }
        let mut delivered = Vec::new();
        for function in targets {
            // A failure is in the log and in the function's queue, as it would be in the cloud.
            if self
                .deliverer
                .deliver(function, event.clone())
                .await
                .is_ok()
            {
                delivered.push(function.name.clone());
            }
        }
        self.settle().await?;
        Ok((delivered, event))
    }

    /// The links that somebody was mailed, newest mail first.
    #[must_use]
    pub fn links(&self, email: &str) -> Vec<MailedLink> {
        let purpose = held(&self.purpose).clone();
        let mut links = Vec::new();
        for mail in self.mailbox.list(Some(email)).iter().rev() {
            for url in mail.links() {
                let read = purpose.as_ref().and_then(|read| read(token_of(&url)?));
                links.push(MailedLink {
                    purpose: read.unwrap_or_else(|| mail.kind.clone()),
                    url,
                    kind: mail.kind.clone(),
                    subject: mail.subject.clone(),
                    mail: mail.id.clone(),
                    at: mail.at,
                });
            }
        }
        links
    }

    /// The physical names of the tables by their roles.
    #[must_use]
    pub fn tables(&self) -> BTreeMap<&str, &str> {
        let tables = self.template.tables.iter();
        tables
            .map(|table| (table.role.as_str(), table.name.as_str()))
            .collect()
    }
}

pub(crate) fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().expect("no code panics while it holds it")
}

/// The token in a link such as `http://localhost:4400/l/{token}`.
fn token_of(url: &str) -> Option<&str> {
    let (_, rest) = url
        .split_once("/l/")
        .or_else(|| url.split_once("/unsubscribe/"))?;
    rest.split(['/', '?', '#']).next()
}
