//! The end of a try: done, put off, or refused for good.

use ::jira::{Cause, Error, Failure, Scope};
use domain::{DeskId, Timestamp, Version};
use jiff::SignedDuration;
use store::{Pause, PauseReason, WorkItem};

use super::{DeskWriter, connection::Connection};
use crate::{AppError, Metric};

/// The first wait after a failure that may pass.
const FIRST_WAIT: SignedDuration = SignedDuration::from_secs(30);
/// The longest one.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(1);
/// The first pause of a desk that does not answer.
const FIRST_PAUSE: SignedDuration = SignedDuration::from_secs(15);
/// The longest one: the service desk is looked for this often while it is down.
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_mins(5);
/// The time after which credentials that were not accepted are tried again. New ones are tried at
/// once.
const UNAUTHORIZED: SignedDuration = SignedDuration::from_mins(30);

/// The reason why a try did not end its work.
#[derive(Debug, thiserror::Error)]
pub(super) enum Stopped {
    /// The store could not be read or written.
    #[error(transparent)]
    App(#[from] AppError),
    /// The service desk has not done it.
    #[error(transparent)]
    Desk(#[from] Error),
    /// The desk is paused, or has something to wait for.
    #[error("it waits until {0}: {1}")]
    Later(Timestamp, &'static str),
    /// It can never be done as things are.
    #[error("{0}")]
    Impossible(String),
    /// The desk is not connected any more.
    #[error("the desk is not connected")]
    Unconnected,
}

impl From<store::StoreError> for Stopped {
    fn from(error: store::StoreError) -> Self {
        Self::App(error.into())
    }
}

impl From<store::CommitError> for Stopped {
    fn from(error: store::CommitError) -> Self {
        Self::App(error.into())
    }
}

/// The end of a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// Nothing is left to do.
    Done,
    /// It waits for its next try.
    PutOff,
    /// It waits for an administrator.
    Refused,
}

impl DeskWriter {
    /// Notes how a try ended.
    pub(super) async fn end(
        &self,
        connection: Option<&Connection>,
        item: &WorkItem,
        tried: Result<(), Stopped>,
    ) -> Result<Ended, AppError> {
        let store = &self.services.store;
        let now = self.services.now();
        let stopped = match tried {
            Ok(()) => {
                if let Some(connection) = connection {
                    self.answered(connection).await?;
                }
                store.finish_work(item).await?;
                return Ok(Ended::Done);
            }
            Err(stopped) => stopped,
        };
        match stopped {
            Stopped::App(error) => Err(error),
            // Whoever takes a connection out of the file wants no more of it.
            Stopped::Unconnected => {
                store.finish_work(item).await?;
                Ok(Ended::Done)
            }
            Stopped::Later(until, said) => {
                store.put_off_work(item, until, said).await?;
                Ok(Ended::PutOff)
            }
            Stopped::Impossible(said) => self.refuse(item, &said, now).await,
            Stopped::Desk(error) => self.failed(connection, item, &error, now).await,
        }
    }

    async fn failed(
        &self,
        connection: Option<&Connection>,
        item: &WorkItem,
        error: &Error,
        now: Timestamp,
    ) -> Result<Ended, AppError> {
        let desk = item.work.desk();
        tracing::warn!(
            error = error as &dyn std::error::Error,
            desk.id = desk.as_str(),
            work.attempts = item.attempts,
            "work at a desk not done this time"
        );
        let token = connection.map(|connection| connection.token);
        let until = match &error.failure {
            Failure::Retry { cause, .. } => {
                if concerns_the_site(*cause) {
                    self.pause_unavailable(desk, token, now).await?;
                }
                now + self.spread(longer(FIRST_WAIT, item.attempts, LONGEST_WAIT))
            }
            Failure::Wait { scope, until, .. } => {
                self.pause_limit(desk, token, (scope, *until)).await?;
                *until
            }
            Failure::Unauthorized => {
                let until = now + UNAUTHORIZED;
                self.services.count(Metric::DeskUnauthorized);
                self.pause(desk, PauseReason::Unauthorized, token, until)
                    .await?;
                until
            }
            Failure::Gone | Failure::Forbidden | Failure::Already | Failure::Refused => {
                let said = error.said().unwrap_or_default();
                let said = format!("{error} {said}");
                return self.refuse(item, said.trim(), now).await;
            }
        };
        self.services.count(Metric::DeskDeferred);
        let said = error.to_string();
        self.services.store.put_off_work(item, until, &said).await?;
        Ok(Ended::PutOff)
    }

    async fn refuse(&self, item: &WorkItem, said: &str, now: Timestamp) -> Result<Ended, AppError> {
        self.services.count(Metric::DeskRefused);
        self.services.store.refuse_work(item, now, said).await?;
        tracing::error!(
            desk.id = item.work.desk().as_str(),
            "work at a desk refused for good"
        );
        Ok(Ended::Refused)
    }

    async fn pause_unavailable(
        &self,
        desk: &DeskId,
        token: Option<Version>,
        now: Timestamp,
    ) -> Result<(), AppError> {
        let before = self.services.store.desk_pause(desk).await?;
        let row = before.map_or(0, |pause| pause.in_a_row);
        let until = now + self.spread(longer(FIRST_PAUSE, row, LONGEST_PAUSE));
        self.pause(desk, PauseReason::Unavailable, token, until)
            .await
    }

    /// A limit of the site pauses the desk; that of one call or one issue is remembered for every
    /// instance.
    async fn pause_limit(
        &self,
        desk: &DeskId,
        token: Option<Version>,
        (scope, until): (&Scope, Timestamp),
    ) -> Result<(), AppError> {
        if *scope == Scope::Site {
            return self.pause(desk, PauseReason::Limit, token, until).await;
        }
        let before = self.services.store.desk_pause(desk).await?;
        let mut pause = before.unwrap_or_else(|| of_calls(token));
        let now = self.services.now();
        pause.calls.retain(|_, until| *until > now);
        pause.calls.insert(scope.to_string(), until);
        self.services.store.pause_desk(desk, &pause).await?;
        Ok(())
    }

    async fn pause(
        &self,
        desk: &DeskId,
        why: PauseReason,
        token: Option<Version>,
        until: Timestamp,
    ) -> Result<(), AppError> {
        let before = self.services.store.desk_pause(desk).await?;
        let before = before.unwrap_or_else(|| of_calls(token));
        let pause = Pause {
            until: before.until.max(until),
            why,
            in_a_row: before.in_a_row.saturating_add(1),
            token: token.unwrap_or_default(),
            calls: before.calls,
        };
        self.services.store.pause_desk(desk, &pause).await?;
        tracing::warn!(desk.id = desk.as_str(), until = %pause.until, "desk paused");
        Ok(())
    }

    /// A call was answered, so a row of pauses ends.
    async fn answered(&self, connection: &Connection) -> Result<(), AppError> {
        if connection.paused_before {
            self.services.store.resume_desk(&connection.desk.id).await?;
        }
        Ok(())
    }

    /// A wait, spread by chance between 0.7 and 1.3 times its length.
    fn spread(&self, wait: SignedDuration) -> SignedDuration {
        let mut byte = [0; 1];
        self.services.ids.fill(&mut byte);
        wait * (700 + i32::from(byte[0]) * 600 / 255) / 1_000
    }
}

/// A pause of single calls alone.
fn of_calls(token: Option<Version>) -> Pause {
    Pause {
        until: Timestamp::MIN,
        why: PauseReason::Limit,
        in_a_row: 0,
        token: token.unwrap_or_default(),
        calls: [].into(),
    }
}

/// Returns `true` if no other call would do better now.
fn concerns_the_site(cause: Cause) -> bool {
    match cause {
        Cause::Unreachable | Cause::Late | Cause::Lost | Cause::Server | Cause::Redirected => true,
        Cause::Unreadable => false,
    }
}

/// A wait that doubles with each attempt.
fn longer(first: SignedDuration, attempts: u32, longest: SignedDuration) -> SignedDuration {
    let factor = 2_i32.saturating_pow(attempts.min(20));
    first.checked_mul(factor).unwrap_or(longest).min(longest)
}
