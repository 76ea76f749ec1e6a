//! From an event to its recorded answer: decide, commit, and again while others change what the
//! decision rests on.

use domain::{Code, Event, Outcome, Refusal, Timestamp, event::What};
use hooks::problem::Problem;
use jiff::SignedDuration;
use store::{Answer, CommitError, Delivery, Parking};

use super::{Receiver, Reply, genuine::Genuine};
use crate::{
    AppError, Metric,
    core::{ATTEMPTS, Written},
    limits::PARKED_PER_SOURCE,
};

/// What one attempt at an event came to.
pub(super) enum Step {
    /// It is answered, and the answer is recorded.
    Answered(Answer),
    /// It was seen before.
    Seen(Delivery),
    /// The business says no.
    Refused(Refusal),
    /// Too much of its kind was sent: the sender is to come again after this time.
    Later(SignedDuration),
    /// Something has changed meanwhile: try again.
    Again,
    /// Its comment was told by another delivery.
    CommentKnown,
}

impl Receiver {
    /// Decides and commits, again while others change what the decision rests on.
    pub(super) async fn carry_out(
        &self,
        delivery: &Genuine<'_>,
        mut events: Vec<Event>,
    ) -> Result<Reply, AppError> {
        for attempt in 0..ATTEMPTS {
            let step = if events.is_empty() {
                // There is nothing left to do for this delivery.
                let (outcome, answer) = (Outcome::default(), delivery.accepted());
                self.commit(delivery, &outcome, answer, self.core.now())
                    .await?
            } else {
                (self.use_case)(self, delivery, &events).await?
            };
            match step {
                Step::Answered(answer) => {
                    return Ok(Reply::Answer {
                        answer,
                        replayed: false,
                    });
                }
                Step::Seen(first) => {
                    if let Some(reply) = self.replay(delivery, first) {
                        return Ok(reply);
                    }
                    // Another invocation is working on the same list: give it time.
                }
                Step::Refused(refusal) => return self.refuse(delivery, &refusal).await,
                Step::Later(wait) => return Ok(later(wait)),
                Step::Again => {}
                Step::CommentKnown => {
                    events.retain(|event| !matches!(event.what, What::RequestCommented(_)));
                }
            }
            self.core.before_next_attempt(attempt).await;
        }
        Err(AppError::Contended)
    }

    /// Commits what one event decides, under this delivery's record.
    pub(super) async fn commit(
        &self,
        delivery: &Genuine<'_>,
        outcome: &Outcome,
        answer: Answer,
        now: Timestamp,
    ) -> Result<Step, AppError> {
        let once = delivery.once(answer.clone());
        match self.core.commit(outcome, &once, now).await {
            Ok(Written::Done) => Ok(Step::Answered(answer)),
            Ok(Written::SeenBefore | Written::Stale) => Ok(Step::Again),
            Err(AppError::Commit(CommitError::CommentExists)) => Ok(Step::CommentKnown),
            Err(error) => Err(error),
        }
    }

    /// The answer to a delivery that was seen before: the first one, if the payload is the same.
    fn replay(&self, delivery: &Genuine<'_>, first: Delivery) -> Option<Reply> {
        if first.payload_sha256 != delivery.payload_sha256 {
            return Some(Reply::Problem(Problem::delivery_conflict()));
        }
        let mut answer = first.answer?;
        // A retry of something that was taken is told that it was, not that it is taken again.
        if answer.status == 202 {
            answer.status = 200;
        }
        self.core.count(Metric::Replayed);
        Some(Reply::Answer {
            answer,
            replayed: true,
        })
    }

    /// Records that a well-formed payload is of no consequence, so that its repetition is a
    /// duplicate like any other.
    pub(super) async fn note_nothing(
        &self,
        delivery: &Genuine<'_>,
        reason: &'static str,
        now: Timestamp,
    ) -> Result<Reply, AppError> {
        tracing::info!(reason, "payload of no consequence");
        for attempt in 0..ATTEMPTS {
            let seen = self
                .core
                .store
                .delivery(delivery.source_id(), &delivery.id, now)
                .await?;
            if let Some(reply) = seen.and_then(|first| self.replay(delivery, first)) {
                return Ok(reply);
            }
            let outcome = Outcome::default();
            let answer = delivery.accepted();
            if let Step::Answered(answer) = self.commit(delivery, &outcome, answer, now).await? {
                return Ok(Reply::Answer {
                    answer,
                    replayed: false,
                });
            }
            self.core.before_next_attempt(attempt).await;
        }
        Err(AppError::Contended)
    }

    /// Answers a refusal by the business.
    async fn refuse(&self, delivery: &Genuine<'_>, refusal: &Refusal) -> Result<Reply, AppError> {
        self.core.count(Metric::Refused);
        self.park(delivery, refusal.code, Problem::refused(refusal))
            .await
    }

    /// Records the answer for retries and parks the delivery, for an administrator to mend what
    /// was missing and replay it.
    pub(super) async fn park(
        &self,
        delivery: &Genuine<'_>,
        code: Code,
        problem: Problem,
    ) -> Result<Reply, AppError> {
        let now = self.core.now();
        let parking = Parking {
            source: delivery.source_id(),
            id: &delivery.id,
            function: self.function.as_str(),
            code,
            body: delivery.body,
            payload_sha256: delivery.payload_sha256,
            answer: &Answer {
                status: problem.status,
                body: problem.body(),
            },
        };
        let store = &self.core.store;
        let scope = format!("parked:{}", delivery.source_id());
        if let Some(wait) = self.core.over(&scope, PARKED_PER_SOURCE, now).await? {
            return Ok(later(wait));
        }
        match store.park(&parking, now, &|| self.core.new_id()).await {
            Ok(()) => {
                self.core.count(Metric::Parked);
                Ok(Reply::Problem(problem))
            }
            // The same body waits for an administrator already: the answer alone is recorded.
            Err(CommitError::Conflict) => {
                let once = delivery.once(parking.answer.clone());
                let outcome = Outcome::default();
                match self.core.commit(&outcome, &once, now).await? {
                    Written::Done | Written::SeenBefore | Written::Stale => {}
                }
                Ok(Reply::Problem(problem))
            }
            // Somebody else answered meanwhile: theirs is the first answer.
            Err(CommitError::AlreadySeen { .. }) => {
                let first = store
                    .delivery(delivery.source_id(), &delivery.id, now)
                    .await?;
                Ok(first
                    .and_then(|first| self.replay(delivery, first))
                    .unwrap_or(Reply::Problem(problem)))
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// 429: nothing was recorded, and the sender is to bring it again.
fn later(wait: SignedDuration) -> Reply {
    let seconds = u32::try_from(wait.as_secs()).unwrap_or(u32::MAX);
    Reply::Problem(Problem::too_many_requests(seconds.max(1)))
}
