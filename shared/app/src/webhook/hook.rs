//! One webhook: its event, the state that its decision needs, and the decision.

use domain::{Event, Outcome, Timestamp};
use hooks::function::Function;
use store::{Answer, Delivery};

use super::{Receiver, Reply, delivery::VerifiedDelivery};
use crate::path::Stop;

/// The state that a decision needs, unless the delivery was seen before.
#[derive(Debug)]
pub enum Found<S> {
    /// The delivery is new.
    Fresh(S),
    /// The same delivery came before, and left this record.
    Seen(Delivery),
}

/// One webhook. A function names its own and no other, so that a program does not hold the decisions
/// of all four.
pub trait Hook: Sized + Send + Sync + 'static {
    /// The function that receives it.
    const FUNCTION: Function;
    /// The event as the decision takes it.
    type Event: Send + Sync;
    /// The state that the decision needs.
    type State: Send;

    /// Makes its own event of those that were read; `None` when they belong to another function.
    fn event(events: Vec<Event>) -> Option<Self::Event>;

    /// Loads the state, together with the record of the delivery.
    fn load(
        at: &Receiver<Self>,
        delivery: &VerifiedDelivery<'_>,
        event: &Self::Event,
        now: Timestamp,
    ) -> impl Future<Output = Result<Found<Self::State>, Stop>> + Send;

    /// Decides. Returns the changes and the answer.
    ///
    /// # Errors
    /// [`Stop::Refused`] when the business says no.
    fn decide(
        state: Self::State,
        delivery: &VerifiedDelivery<'_>,
        event: &Self::Event,
        now: Timestamp,
    ) -> Result<(Outcome, Answer), Stop>;

    /// Counts the event against the limits on its kind, if it has any.
    fn count(
        _at: &Receiver<Self>,
        _delivery: &VerifiedDelivery<'_>,
        _event: &Self::Event,
        _now: Timestamp,
    ) -> impl Future<Output = Result<(), Stop>> + Send {
        std::future::ready(Ok(()))
    }

    /// The rest of an event whose comment was told by another delivery; `None` when nothing is left.
    fn without_comments(event: Self::Event) -> Option<Self::Event> {
        Some(event)
    }

    /// Takes an event: loads, decides and commits.
    fn take(
        at: &Receiver<Self>,
        delivery: &VerifiedDelivery<'_>,
        event: Self::Event,
    ) -> impl Future<Output = Result<Reply, Stop>> + Send {
        at.settle(delivery, event)
    }
}
