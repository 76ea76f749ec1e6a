//! The one loop of *load, decide, commit, again*.

use std::{ops::ControlFlow, time::Duration};

use domain::{Outcome, Timestamp};
use store::{CommitError, Once, Store};

use crate::{AppError, Clock, Ids, Metric, Metrics, Services, path::Stop};

/// The number of attempts before a caller is told to come again.
const MOST: u32 = 24;
/// The longest wait before the next attempt.
const LONGEST_WAIT: Duration = Duration::from_millis(250);

/// The result of a decision.
#[derive(Debug)]
pub enum Ruling<T> {
    /// The outcome is to be committed, and then this is told. Written also when the outcome is empty,
    /// if the attempt has a record to leave.
    Write(Outcome, T),
    /// The same under a record that holds the answer, such as that of a delivery.
    Record(Outcome, Once, T),
    /// There is nothing to write. This is told.
    Leave(T),
    /// Something is in the way for a moment: look again a little later.
    Again,
}

impl<T> Ruling<T> {
    /// An outcome to commit, unless nothing is in it.
    pub fn of(outcome: Outcome, told: T) -> Self {
        if outcome.is_empty() {
            Self::Leave(told)
        } else {
            Self::Write(outcome, told)
        }
    }
}

/// The result of an action that was carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled<T> {
    /// It is done.
    Done(T),
    /// It was done before under the same record: by the same form, link, row or delivery.
    DoneBefore,
    /// There was nothing to do.
    Unchanged(T),
}

impl<T> Settled<T> {
    /// The words of the decision; `before` for an action that was done before.
    pub fn told_or(self, before: T) -> T {
        match self {
            Self::Done(told) | Self::Unchanged(told) => told,
            Self::DoneBefore => before,
        }
    }

    /// Tells whether this very call has written something.
    pub fn is_done(&self) -> bool {
        matches!(self, Self::Done(_))
    }
}

/// The result of one commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    /// It is done.
    Done,
    /// Its delivery, row or link was seen before.
    SeenBefore,
    /// Something has changed since it was read.
    Stale,
}

/// The means to try something again: the tables, the time, and chance.
#[derive(Clone, Copy)]
pub struct Attempts<'a> {
    store: &'a Store,
    clock: &'a dyn Clock,
    ids: &'a dyn Ids,
    metrics: Option<&'a Metrics>,
}

impl<'a> Attempts<'a> {
    /// Attempts that nobody counts.
    #[must_use]
    pub fn new(store: &'a Store, clock: &'a dyn Clock, ids: &'a dyn Ids) -> Self {
        Self {
            store,
            clock,
            ids,
            metrics: None,
        }
    }

    /// Repeats a step until it ends the loop, with longer waits each time. A step that has met the
    /// change of somebody else says [`ControlFlow::Continue`].
    ///
    /// # Errors
    /// The step's own; [`AppError::Contended`] when it has not ended after two dozen tries.
    pub async fn repeat<T, E, F>(self, mut step: impl FnMut() -> F) -> Result<T, E>
    where
        E: From<AppError>,
        F: Future<Output = Result<ControlFlow<T>, E>>,
    {
        for attempt in 0..MOST {
            // In a box of its own, or the futures of all steps would nest too deep for the compiler.
            if let ControlFlow::Break(value) = Box::pin(step()).await? {
                return Ok(value);
            }
            self.wait(attempt).await;
        }
        Err(AppError::Contended.into())
    }

    /// Loads and decides by `rule`, and commits at the instant `now`, under the record `once`. Starts
    /// over when somebody else has changed an item that the decision rests on.
    ///
    /// # Errors
    /// The rule's own; that of the store; [`AppError::Contended`].
    pub async fn attempt<T, E, F>(
        self,
        once: &Once,
        now: Timestamp,
        mut rule: impl FnMut() -> F,
    ) -> Result<Settled<T>, E>
    where
        E: From<AppError>,
        F: Future<Output = Result<Ruling<T>, E>>,
    {
        self.repeat(|| {
            let ruled = rule();
            async {
                let (outcome, record, told) = match ruled.await? {
                    Ruling::Write(outcome, told) => (outcome, None, told),
                    Ruling::Record(outcome, record, told) => (outcome, Some(record), told),
                    Ruling::Leave(told) => return Ok(ControlFlow::Break(Settled::Unchanged(told))),
                    Ruling::Again => return Ok(ControlFlow::Continue(())),
                };
                let once = record.as_ref().unwrap_or(once);
                Ok(match self.commit(&outcome, once, now).await? {
                    Written::Done => ControlFlow::Break(Settled::Done(told)),
                    Written::SeenBefore => ControlFlow::Break(Settled::DoneBefore),
                    Written::Stale => ControlFlow::Continue(()),
                })
            }
        })
        .await
    }

    /// Commits an outcome once.
    async fn commit(
        self,
        outcome: &Outcome,
        once: &Once,
        now: Timestamp,
    ) -> Result<Written, AppError> {
        let new_id = || self.ids.uuid(self.clock.now());
        match self.store.commit(outcome, once, now, &new_id).await {
            Ok(_) => Ok(Written::Done),
            Err(CommitError::AlreadySeen { .. }) => Ok(Written::SeenBefore),
            Err(CommitError::Conflict) => {
                if let Some(metrics) = self.metrics {
                    metrics.count(Metric::Conflict);
                }
                Ok(Written::Stale)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Waits before the next attempt, longer each time, spread by chance.
    async fn wait(self, attempt: u32) {
        let longest = Duration::from_millis(2_u64.saturating_pow(attempt.min(10)))
            .saturating_mul(2)
            .min(LONGEST_WAIT);
        let mut byte = [0; 1];
        self.ids.fill(&mut byte);
        tokio::time::sleep(longest.mul_f64(f64::from(byte[0]) / 256.0)).await;
    }
}

impl Services {
    fn attempts(&self) -> Attempts<'_> {
        Attempts {
            store: &self.store,
            clock: &*self.clock,
            ids: &*self.ids,
            metrics: Some(&self.metrics),
        }
    }

    /// Commits an outcome that nobody decides anew: another call sees to it if this one comes late.
    pub(crate) async fn commit(
        &self,
        outcome: &Outcome,
        once: &Once,
        now: Timestamp,
    ) -> Result<Written, AppError> {
        self.attempts().commit(outcome, once, now).await
    }

    /// Loads, decides and commits, as [`Attempts::attempt`] does.
    pub(crate) async fn attempt<T, E, F>(
        &self,
        once: &Once,
        now: Timestamp,
        rule: impl FnMut() -> F,
    ) -> Result<Settled<T>, E>
    where
        E: From<AppError>,
        F: Future<Output = Result<Ruling<T>, E>>,
    {
        Box::pin(self.attempts().attempt(once, now, rule)).await
    }

    /// The same for a form or a link that acts once. Its first use makes a second one impossible:
    /// whoever is refused for that reason is told that it was done before.
    pub(crate) async fn attempt_once<T, F>(
        &self,
        once: &Once,
        now: Timestamp,
        rule: impl FnMut() -> F,
    ) -> Result<Settled<T>, Stop>
    where
        F: Future<Output = Result<Ruling<T>, Stop>>,
    {
        match self.attempt(once, now, rule).await {
            Err(stop) if stop.may_be_repetition() && self.was_used(once, now).await? => {
                Ok(Settled::DoneBefore)
            }
            settled => settled,
        }
    }

    /// Tells whether this very form or link was used before and acted.
    pub(crate) async fn was_used(&self, once: &Once, now: Timestamp) -> Result<bool, AppError> {
        match once {
            Once::Link { nonce, .. } => Ok(self.store.link_used(nonce, now).await?),
            Once::Notice { name, .. } => Ok(self.store.notice_given(name, now).await?),
            Once::Delivery { .. } | Once::Row { .. } | Once::Nothing => Ok(false),
        }
    }
}
