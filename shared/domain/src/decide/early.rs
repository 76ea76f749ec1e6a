//! Updates that come before their request: kept for it, applied when it comes, given up when it
//! does not.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::{
    request_edit::RequestEdit,
    request_updated::{Update, apply},
};
use crate::{
    Action, Actor, AuditEntry, Change, Code, DeliveryId, Evidence, Occasion, OrgId, Outcome, Proof,
    Refusal, SourceId, Subject, Version,
    policy::later,
    request::{Awaited, EarlyUpdate},
};

/// The most updates that are kept for a request that has not come. All of them are applied in the
/// one transaction that records it, which takes 100 items.
pub const MAX_EARLY_UPDATES: usize = 9;
/// The most text that they may have together: they wait in one item, which takes 400 KB.
const MAX_EARLY_BYTES: usize = 300_000;
/// The time for which they are kept.
const EARLY_FOR: SignedDuration = SignedDuration::from_hours(24);

/// Keeps updates until their request comes.
pub(super) fn keep(
    awaited: Option<Awaited>,
    updates: &[&Update<'_>],
    (source, delivery): (&SourceId, &DeliveryId),
    now: Timestamp,
) -> Result<Outcome, Refusal> {
    let id = updates
        .iter()
        .find_map(|update| update.event.what.updated_request())
        .ok_or_else(|| Refusal::new(Code::UnknownRequest, "the event is no update of a request"))?;
    let mut awaited = awaited.unwrap_or_else(|| Awaited {
        id: id.clone(),
        updates: Vec::new(),
        until: later(now, EARLY_FOR),
        version: Version::NEW,
    });
    let full = awaited.updates.len() + updates.len() > MAX_EARLY_UPDATES;
    let size: usize = awaited.updates.iter().map(|u| u.event.what.size()).sum();
    let more: usize = updates.iter().map(|u| u.event.what.size()).sum();
    if full || (size > 0 && size + more > MAX_EARLY_BYTES) {
        return Err(Refusal::new(
            Code::TooManyEarlyUpdates,
            "the request is not known yet, and as many updates wait for it as are kept",
        ));
    }
    let mut entries = Vec::new();
    for Update { event, proof } in updates {
        awaited.updates.push(EarlyUpdate {
            event: (*event).clone(),
            source: source.clone(),
            delivery: delivery.clone(),
        });
        // One delivery is kept once, however much it says.
        if entries.is_empty() {
            let subject = Subject::Request(id.clone());
            let entry = AuditEntry::new(Action::UpdateKept, subject, &proof.at(now));
            entries.push(entry.because("its request is not known yet"));
        }
    }
    Ok(Outcome::default()
        .note_all(entries)
        .change(Change::Awaited(awaited)))
}

/// Ends the waiting of updates whose request did not come. The caller parks them.
pub fn abandon_awaited(awaited: Awaited, occasion: &Occasion) -> Outcome {
    let entry = AuditEntry::new(
        Action::UpdateAbandoned,
        Subject::Request(awaited.id.clone()),
        occasion,
    )
    .because("its request did not come within 24 hours");
    Outcome::default()
        .note(entry)
        .change(Change::AbandonAwaited(awaited))
}

/// Applies the updates that came before the request, in the order of the sender's clock. An update
/// that is refused is noted and dropped: its sender had its answer long ago.
pub(super) fn apply_early(
    edit: &mut RequestEdit,
    awaited: Option<Awaited>,
    orgs: &BTreeSet<OrgId>,
    now: Timestamp,
) {
    let mut updates = awaited.map(|a| a.updates).unwrap_or_default();
    updates.sort_by_key(|update| update.event.at);
    for EarlyUpdate {
        event,
        source,
        delivery,
    } in updates
    {
        let proof = Proof {
            actor: Actor::Source(source.clone()),
            evidence: Evidence::Delivery {
                source,
                id: delivery,
            },
        };
        let occasion = proof.at(now);
        let mut attempt = edit.clone();
        match apply(&mut attempt, &event, orgs, &occasion) {
            Ok(()) => *edit = attempt,
            Err(refusal) => edit.note(Action::UpdateAbandoned, &refusal.detail, &occasion),
        }
    }
}
