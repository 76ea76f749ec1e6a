//! Which use case a function carries: its own and no other, so that a program does not hold the
//! decisions of all four.

use std::pin::Pin;

use domain::{Event, event::What};

use super::{Receiver, genuine::Genuine, settle::Step};
use crate::AppError;

/// One attempt at an event.
pub(super) type Attempt<'a> = Pin<Box<dyn Future<Output = Result<Step, AppError>> + Send + 'a>>;
/// What makes attempts at the events of one delivery of one function. Named by a receiver when it is made, and
/// nowhere else: whoever is not named is not part of the program.
pub(super) type UseCase = for<'a> fn(&'a Receiver, &'a Genuine<'a>, &'a [Event]) -> Attempt<'a>;

/// Reading has seen to it.
const ROUTED: &str = "only the events of its own function are read, and several only of an update";

pub(super) fn request_created<'a>(
    receiver: &'a Receiver,
    delivery: &'a Genuine<'a>,
    events: &'a [Event],
) -> Attempt<'a> {
    let [
        Event {
            what: What::RequestCreated(created),
            at,
        },
    ] = events
    else {
        unreachable!("{ROUTED}")
    };
    Box::pin(receiver.record_request(delivery, created, *at))
}

pub(super) fn request_updated<'a>(
    receiver: &'a Receiver,
    delivery: &'a Genuine<'a>,
    events: &'a [Event],
) -> Attempt<'a> {
    Box::pin(receiver.update_request(delivery, events))
}

pub(super) fn customer_invited<'a>(
    receiver: &'a Receiver,
    delivery: &'a Genuine<'a>,
    events: &'a [Event],
) -> Attempt<'a> {
    let [
        Event {
            what: What::CustomerInvited(invited),
            ..
        },
    ] = events
    else {
        unreachable!("{ROUTED}")
    };
    Box::pin(receiver.invite_customers(delivery, invited))
}

pub(super) fn member_offboarded<'a>(
    receiver: &'a Receiver,
    delivery: &'a Genuine<'a>,
    events: &'a [Event],
) -> Attempt<'a> {
    let [
        Event {
            what: What::MemberOffboarded(leaving),
            ..
        },
    ] = events
    else {
        unreachable!("{ROUTED}")
    };
    Box::pin(receiver.offboard_member(delivery, leaving))
}
