//! The updates of a request: comments, statuses, shares, approvals.

use std::collections::BTreeSet;

use domain::{
    Event,
    decide::{Update, UpdateState, request_updated},
    event::What,
    request::Record,
};
use store::Wanted;

use super::{Receiver, genuine::Genuine, settle::Step};
use crate::AppError;

impl Receiver {
    /// Decides on the updates of one request that one delivery brings, and commits them together.
    pub(super) async fn update_request(
        &self,
        delivery: &Genuine<'_>,
        events: &[Event],
    ) -> Result<Step, AppError> {
        let now = self.core.now();
        let said = || events.iter().map(|event| &event.what);
        let request = said()
            .find_map(What::updated_request)
            .expect("only updates are routed here");
        let person = said().find_map(What::active_person);
        let shared_with = said().find_map(What::shared_with);
        let mut wanted = Wanted::new()
            .delivery(delivery.source_id(), &delivery.id)
            .customers(person);
        if let Some(org) = shared_with {
            wanted = wanted.organization(org);
        }
        // Two reads side by side: one of the journal and the directory, one of the request.
        let (loaded, found) = tokio::join!(
            self.core.store.load(wanted),
            self.core.store.request_with_viewers(request),
        );
        let (loaded, mut found) = (loaded?, found?);
        if let Some(first) = loaded.delivery(delivery.source_id(), &delivery.id, now)? {
            return Ok(Step::Seen(first));
        }
        // Under a key that it was moved to, it is found by its first one.
        if let (Some(Record::Alias(alias)), _) = &found {
            found = self.core.store.request_with_viewers(&alias.of).await?;
        }
        let (record, viewers) = found;
        let state = match record {
            Some(Record::Known(request)) => {
                let named = self.named_by(said(), None, person).await?;
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
                    keys: named.keys,
                }
            }
            Some(Record::Awaited(awaited)) => UpdateState::Unknown(Some(awaited)),
            Some(Record::Alias(_)) | None => UpdateState::Unknown(None),
        };
        let updates: Vec<Update<'_>> = events
            .iter()
            .map(|event| Update {
                event,
                proof: delivery.proof(event.what.active_person()),
            })
            .collect();
        let from = (delivery.source_id(), &delivery.id);
        match request_updated(state, &updates, from, now) {
            Ok(outcome) => {
                self.commit(delivery, &outcome, delivery.accepted(), now)
                    .await
            }
            Err(refusal) => Ok(Step::Refused(refusal)),
        }
    }
}
