//! The keys that requests are moved to: what is stored there, and what has to be known to apply what
//! waits there.

use std::collections::BTreeSet;

use domain::{
    EmailAddress, OrgId, RequestRef,
    decide::Keys,
    event::EventData,
    request::{Awaited, Record},
};
use store::Wanted;

use crate::{AppError, path::settings::Settings};

/// The most keys that are looked up for one delivery. Each move that waits under one leads to the next.
const MAX_KEYS: usize = 10;

/// The keys that updates name besides the request that they are about.
#[derive(Debug, Default)]
pub(crate) struct Named {
    /// Of their organisations, those that exist.
    pub(crate) orgs: BTreeSet<OrgId>,
    /// The keys to which they move the request, with the customers whose updates wait for it.
    pub(crate) keys: Keys,
}

impl Settings {
    /// Loads what updates of one request name, together with those that wait for it already, and
    /// those that wait under the keys to which they move it. `known` is loaded elsewhere.
    pub(crate) async fn named_by<'a>(
        &self,
        updates: impl Iterator<Item = &'a EventData>,
        awaited: Option<&Awaited>,
        known: Option<&EmailAddress>,
    ) -> Result<Named, AppError> {
        let moves = updates.filter_map(EventData::moved_to).cloned().collect();
        self.waiting_under(moves, awaited, known).await
    }

    /// Loads what waits under the keys to which a request is moved, and what that names.
    pub(crate) async fn waiting_under(
        &self,
        mut moves: BTreeSet<RequestRef>,
        awaited: Option<&Awaited>,
        known: Option<&EmailAddress>,
    ) -> Result<Named, AppError> {
        let mut named = Named::default();
        let (mut people, mut orgs) = (BTreeSet::new(), BTreeSet::new());
        let mut note = |awaited: &Awaited, moves: &mut BTreeSet<RequestRef>| {
            for what in awaited.updates.iter().map(|update| &update.event.what) {
                people.extend(
                    what.active_person()
                        .filter(|who| Some(*who) != known)
                        .cloned(),
                );
                orgs.extend(what.shared_with().cloned());
                moves.extend(what.moved_to().cloned());
            }
        };
        if let Some(awaited) = awaited {
            note(awaited, &mut moves);
        }
        let mut asked = BTreeSet::new();
        while asked.len() < MAX_KEYS && !moves.is_empty() {
            for id in &moves {
                if self.desk(&id.desk).await?.is_some() {
                    named.keys.desks.insert(id.desk.clone());
                }
            }
            let wanted = moves.iter().fold(Wanted::new(), Wanted::request);
            let loaded = self.services().store.load(wanted).await?;
            asked.append(&mut moves);
            for id in &asked {
                let Some(record) = loaded.request(id) else {
                    continue;
                };
                if let Record::Awaited(awaited) = record {
                    note(awaited, &mut moves);
                }
                named.keys.records.insert(id.clone(), record.clone());
            }
            moves.retain(|id| !asked.contains(id));
        }
        let wanted = Wanted::new().customers(people.iter());
        let wanted = orgs.iter().fold(wanted, Wanted::organization);
        if wanted.is_empty() {
            return Ok(named);
        }
        let loaded = self.services().store.load(wanted).await?;
        orgs.retain(|org| loaded.organization(org).is_some());
        named.orgs = orgs;
        named.keys.customers = loaded.customers().cloned().collect();
        Ok(named)
    }
}
