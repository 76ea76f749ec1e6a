//! The updates of a request: comments, statuses, shares, approvals.

use std::collections::BTreeSet;

use domain::{
    Event, Outcome, RequestRef, Timestamp,
    decide::{Update, UpdateState, request_updated},
    event::EventData,
    request::Record,
};
use hooks::function::Function;
use store::{Answer, Wanted};

use super::{Found, Hook, Receiver, VerifiedDelivery};
use crate::path::Stop;

/// The webhook of updates.
#[derive(Debug)]
pub enum RequestUpdated {}

/// The updates of one request that one delivery brings. They are committed together.
#[derive(Debug)]
pub struct Updates {
    request: RequestRef,
    events: Vec<Event>,
}

impl Hook for RequestUpdated {
    const FUNCTION: Function = Function::RequestUpdated;
    type Event = Updates;
    type State = UpdateState;

    fn event(events: Vec<Event>) -> Option<Updates> {
        let request = events.first()?.what.updated_request()?.clone();
        Some(Updates { request, events })
    }

    async fn load(
        at: &Receiver<Self>,
        delivery: &VerifiedDelivery<'_>,
        Updates { request, events }: &Updates,
        now: Timestamp,
    ) -> Result<Found<UpdateState>, Stop> {
        let said = || events.iter().map(|event| &event.what);
        let person = said().find_map(EventData::active_person);
        let shared_with = said().find_map(EventData::shared_with);
        let mut wanted = Wanted::new()
            .delivery(delivery.source_id(), &delivery.id)
            .customers(person);
        if let Some(org) = shared_with {
            wanted = wanted.organization(org);
        }
        // Two reads side by side: one of the journal and the directory, one of the request.
        let store = &at.services.store;
        let (loaded, found) = tokio::join!(store.load(wanted), store.request_with_viewers(request));
        let (loaded, mut found) = (loaded?, found?);
        if let Some(first) = loaded.delivery(delivery.source_id(), &delivery.id, now)? {
            return Ok(Found::Seen(first));
        }
        // Under a key that it was moved to, it is found by its first one.
        if let (Some(Record::Alias(alias)), _) = &found {
            found = store.request_with_viewers(&alias.of).await?;
        }
        let (record, viewers) = found;
        Ok(Found::Fresh(match record {
            Some(Record::Known(request)) => {
                let named = at.settings.named_by(said(), None, person).await?;
                UpdateState::Known {
                    request,
                    viewers,
                    actor: person.and_then(|email| loaded.customer(email).cloned()),
                    orgs: shared_with
                        .filter(|org| loaded.organization(org).is_some())
                        .cloned()
                        .into_iter()
                        .chain(named.orgs)
                        .collect::<BTreeSet<_>>(),
                    keys: Box::new(named.keys),
                }
            }
            Some(Record::Awaited(awaited)) => UpdateState::Unknown(Some(awaited)),
            Some(Record::Alias(_)) | None => UpdateState::Unknown(None),
        }))
    }

    fn decide(
        state: UpdateState,
        delivery: &VerifiedDelivery<'_>,
        Updates { events, .. }: &Updates,
        now: Timestamp,
    ) -> Result<(Outcome, Answer), Stop> {
        let updates: Vec<Update<'_>> = events
            .iter()
            .map(|event| Update {
                event,
                proof: delivery.proof(event.what.active_person()),
            })
            .collect();
        let from = (delivery.source_id(), &delivery.id);
        let outcome = request_updated(state, &updates, from, now)?;
        Ok((outcome, delivery.accepted()))
    }

    fn without_comments(mut updates: Updates) -> Option<Updates> {
        let is_comment = |event: &Event| matches!(event.what, EventData::RequestCommented(_));
        updates.events.retain(|event| !is_comment(event));
        (!updates.events.is_empty()).then_some(updates)
    }
}
