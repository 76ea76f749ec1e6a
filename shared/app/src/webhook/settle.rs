//! From an event to its recorded answer.

use domain::{Code, Event, Outcome, Refusal, Timestamp};
use hooks::problem::Problem;
use store::{Answer, CommitError, Delivery, Once, Parking};

use super::{Found, Hook, Receiver, Reply, VerifiedDelivery};
use crate::{
    AppError, Metric,
    path::limits::PARKED_PER_SOURCE,
    path::{Ruling, Settled, Stop},
};

impl<H: Hook> Receiver<H> {
    /// Takes the events of a delivery.
    pub(super) async fn take_events(
        &self,
        delivery: &VerifiedDelivery<'_>,
        events: Vec<Event>,
    ) -> Result<Reply, Stop> {
        let event = H::event(events);
        // Reading lets through the events of its own function alone.
        let event = event.ok_or(AppError::Unreadable("it belongs to another function"))?;
        H::take(self, delivery, event).await
    }

    /// Loads, decides and commits. A comment that another delivery has told is left out.
    pub(super) async fn settle(
        &self,
        delivery: &VerifiedDelivery<'_>,
        event: H::Event,
    ) -> Result<Reply, Stop> {
        match self.attempt(delivery, &event).await {
            Err(Stop::Failed(AppError::Commit(CommitError::CommentExists))) => {
                match H::without_comments(event) {
                    Some(rest) => self.attempt(delivery, &rest).await,
                    None => self.note(delivery).await,
                }
            }
            reply => reply,
        }
    }

    async fn attempt(
        &self,
        delivery: &VerifiedDelivery<'_>,
        event: &H::Event,
    ) -> Result<Reply, Stop> {
        let now = self.services.now();
        let settled = self.services.attempt(&Once::Nothing, now, || async move {
            let state = match H::load(self, delivery, event, now).await? {
                Found::Fresh(state) => state,
                Found::Seen(first) => return self.replay(delivery, first).map(Ruling::Leave),
            };
            let (outcome, answer) = H::decide(state, delivery, event, now)?;
            H::count(self, delivery, event, now).await?;
            let once = delivery.once(answer.clone());
            Ok(Ruling::Record(outcome, once, Reply::taken(answer)))
        });
        self.told(delivery, settled.await?).await
    }

    /// Records that a well-formed payload is of no consequence, so that its repetition is a
    /// duplicate like any other.
    pub(super) async fn note(&self, delivery: &VerifiedDelivery<'_>) -> Result<Reply, Stop> {
        let now = self.services.now();
        let settled = self.services.attempt(&Once::Nothing, now, || async move {
            if let Some(first) = self.first(delivery, now).await? {
                return self.replay(delivery, first).map(Ruling::Leave);
            }
            let answer = delivery.accepted();
            let once = delivery.once(answer.clone());
            Ok(Ruling::Record(
                Outcome::default(),
                once,
                Reply::taken(answer),
            ))
        });
        self.told(delivery, settled.await?).await
    }

    /// The reply to a delivery; the first one, when another invocation has taken it meanwhile.
    async fn told(
        &self,
        delivery: &VerifiedDelivery<'_>,
        settled: Settled<Reply>,
    ) -> Result<Reply, Stop> {
        match settled {
            Settled::Done(reply) | Settled::Unchanged(reply) => Ok(reply),
            Settled::DoneBefore => match self.first(delivery, self.services.now()).await? {
                Some(first) => self.replay(delivery, first),
                None => Err(AppError::Contended.into()),
            },
        }
    }

    /// The record of the same delivery, if it came before.
    async fn first(
        &self,
        delivery: &VerifiedDelivery<'_>,
        now: Timestamp,
    ) -> Result<Option<Delivery>, AppError> {
        let (source, id) = (delivery.source_id(), &delivery.id);
        Ok(self.services.store.delivery(source, id, now).await?)
    }

    /// The reply to a delivery that was seen before: the first one, if the payload is the same.
    ///
    /// # Errors
    /// [`AppError::Contended`] while another invocation works on the same list.
    pub(super) fn replay(
        &self,
        delivery: &VerifiedDelivery<'_>,
        first: Delivery,
    ) -> Result<Reply, Stop> {
        if !delivery.is_same_payload(&first) {
            return Ok(Reply::Problem(Problem::delivery_conflict()));
        }
        let mut answer = first.answer.ok_or(AppError::Contended)?;
        // A retry of something that was taken is told that it was, not that it is taken again.
        if answer.status == 202 {
            answer.status = 200;
        }
        self.services.count(Metric::Replayed);
        Ok(Reply::Answer {
            answer,
            replayed: true,
        })
    }

    /// Answers a refusal by the business.
    pub(super) async fn refuse(
        &self,
        delivery: &VerifiedDelivery<'_>,
        refusal: &Refusal,
    ) -> Result<Reply, Stop> {
        self.services.count(Metric::Refused);
        self.park(delivery, refusal.code, Problem::refused(refusal))
            .await
    }

    /// Records the answer for retries and parks the delivery: an administrator can mend the cause
    /// and replay it.
    pub(super) async fn park(
        &self,
        delivery: &VerifiedDelivery<'_>,
        code: Code,
        problem: Problem,
    ) -> Result<Reply, Stop> {
        let now = self.services.now();
        let parking = Parking {
            source: delivery.source_id(),
            id: &delivery.id,
            function: H::FUNCTION.as_str(),
            code,
            body: delivery.body,
            payload_sha256: delivery.payload_sha256,
            answer: &Answer {
                status: problem.status,
                body: problem.body(),
            },
        };
        let store = &self.services.store;
        let scope = format!("parked:{}", delivery.source_id());
        if let Some(wait) = self.services.over(&scope, PARKED_PER_SOURCE, now).await? {
            return Err(Stop::Later(wait));
        }
        match store.park(&parking, now, &|| self.services.new_id()).await {
            Ok(()) => {
                self.services.count(Metric::Parked);
                Ok(Reply::Problem(problem))
            }
            // The same body waits for an administrator already: the answer alone is recorded.
            Err(CommitError::Conflict) => {
                let once = delivery.once(parking.answer.clone());
                self.services
                    .commit(&Outcome::default(), &once, now)
                    .await?;
                Ok(Reply::Problem(problem))
            }
            // Somebody else answered meanwhile: theirs is the first answer.
            Err(CommitError::AlreadySeen { .. }) => match self.first(delivery, now).await? {
                Some(first) if first.answer.is_some() || !delivery.is_same_payload(&first) => {
                    self.replay(delivery, first)
                }
                Some(_) | None => Ok(Reply::Problem(problem)),
            },
            Err(error) => Err(error.into()),
        }
    }
}
