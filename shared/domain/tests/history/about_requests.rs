//! Loading and deciding for the events about requests.

use domain::{
    Actor, EmailAddress, Event, OrgId, RequestRef, Timestamp,
    decide::{Keys, ReportedState, Update, UpdateState, request_created, request_updated},
    event::{ApprovalAnswered, ApprovalRequested, EventData, RequestClosed, RequestShared},
    request::{AuthorRole, Category, Decision, Record},
};

use super::{
    decided::{Decided, by, plain},
    op::{Op, org_of, person, request_of},
    store::Tables,
};
use crate::world;

/// Returns the organisation of somebody when an event names none: the one in which they have
/// access, else the one that they left, else the one of their domain.
fn home_of(tables: &Tables, who: &EmailAddress, now: Timestamp) -> Option<OrgId> {
    let theirs: Vec<_> = tables.affiliations(who).collect();
    let inside = theirs.iter().find(|own| own.has_access(now));
    let found = inside.or_else(|| theirs.iter().find(|own| own.has_left(now)));
    let found = found.map(|own| own.org().clone());
    found.or_else(|| {
        let domain = who.domain();
        let mut orgs = tables.orgs.values();
        orgs.find(|org| org.policy.allowed_domains.contains(&domain))
            .map(|org| org.id.clone())
    })
}

pub(super) fn raise(op: &Op, tables: &Tables, delivery: &str, now: Timestamp) -> Option<Decided> {
    let &Op::Create {
        request,
        who,
        org: named,
        with,
        trusted,
    } = op
    else {
        unreachable!("no request is raised")
    };
    let reporter = person(who);
    let mut event = world::created("SUP-1", &reporter);
    event.request = request_of(request);
    event.org = named.map(org_of);
    event.participants = with.map(person).into_iter().collect();
    let org = event
        .org
        .clone()
        .or_else(|| home_of(tables, &reporter, now));
    let key = org.clone().map(|org| (org, reporter.clone()));
    let record = tables.requests.get(&event.request).cloned();
    let waiting = match &record {
        Some(Record::Awaited(awaited)) => awaited.updates.len(),
        Some(Record::Known(_) | Record::Alias(_)) | None => 0,
    };
    let state = ReportedState {
        desk: tables.desks.get(&event.request.desk).cloned(),
        org: org.and_then(|org| tables.orgs.get(&org).cloned()),
        membership: key
            .as_ref()
            .and_then(|key| tables.memberships.get(key).cloned()),
        left: key.as_ref().is_some_and(|key| tables.left.contains(key)),
        others: key.as_ref().and_then(|key| tables.others(key)),
        customers: tables.customers.values().cloned().collect(),
        orgs: tables.orgs.keys().cloned().collect(),
        keys: keys(tables),
        trusted,
        record,
    };
    let proof = by(Actor::Person(reporter.clone()), delivery);
    let outcome = request_created(state, &event, now, &proof.at(now)).ok()?;
    Some(Decided {
        outcome,
        proof,
        activity: Some((reporter, None)),
        deliveries: 1 + waiting,
    })
}

pub(super) fn update(op: &Op, tables: &Tables, delivery: &str, now: Timestamp) -> Option<Decided> {
    let (id, event) = news(op, now);
    let actor = event.what.active_person().cloned();
    let mut activity = actor.clone().map(|who| (who, None));
    let proof = by(
        actor
            .clone()
            .map_or_else(|| Actor::Source("forms".parse().unwrap()), Actor::Person),
        delivery,
    );
    let stored = match tables.requests.get(&id) {
        Some(Record::Alias(alias)) => tables.requests.get(&alias.of),
        stored => stored,
    };
    let state = match stored {
        Some(Record::Known(request)) => UpdateState::Known {
            request: request.clone(),
            viewers: tables
                .viewers
                .values()
                .filter(|viewer| viewer.request == request.id)
                .cloned()
                .collect(),
            actor: actor.and_then(|who| tables.customers.get(&who).cloned()),
            orgs: tables.orgs.keys().cloned().collect(),
            keys: Box::new(keys(tables)),
        },
        Some(Record::Awaited(awaited)) => {
            activity = None;
            UpdateState::Unknown(Some(awaited.clone()))
        }
        Some(Record::Alias(_)) | None => {
            activity = None;
            UpdateState::Unknown(None)
        }
    };
    let from = ("forms".parse().unwrap(), delivery.parse().unwrap());
    let updates = [Update {
        event: &event,
        proof: proof.clone(),
    }];
    let outcome = request_updated(state, &updates, (&from.0, &from.1), now).ok()?;
    Some(Decided {
        activity: activity.filter(|_| !outcome.is_empty()),
        ..plain(outcome, proof)
    })
}

/// The event of an update.
fn news(op: &Op, now: Timestamp) -> (RequestRef, Event) {
    let (id, what) = match *op {
        Op::Comment { request, who, id } => {
            let text = format!("c{id}");
            let role = if id % 3 == 0 {
                AuthorRole::Agent
            } else {
                AuthorRole::Customer
            };
            let mut event = world::comment("SUP-1", &text, Some(&person(who)), role, now);
            if let EventData::RequestCommented(comment) = &mut event.what {
                comment.request = request_of(request);
            }
            (request_of(request), event.what)
        }
        Op::Transition {
            request,
            to,
            late_minutes,
        } => {
            let to = match to % 4 {
                0 => world::status("New", Category::New),
                1 => world::status("Working", Category::InProgress),
                2 => world::status("Your turn", Category::WaitingForCustomer),
                _ => world::status("Done", Category::Done),
            };
            let at = world::minutes(now, -i64::from(late_minutes));
            let mut event = world::transition("SUP-1", to, at);
            if let EventData::RequestTransitioned(change) = &mut event.what {
                change.request = request_of(request);
            }
            return (request_of(request), event);
        }
        Op::Close { request, resolved } => {
            let request = request_of(request);
            let resolution = resolved.then(|| "Fixed".parse().unwrap());
            (
                request.clone(),
                EventData::RequestClosed(RequestClosed {
                    request,
                    resolution,
                }),
            )
        }
        Op::Share { request, with, org } => {
            let request = request_of(request);
            let event = RequestShared {
                request: request.clone(),
                participants: vec![person(with)],
                org: org.map(org_of),
            };
            (request, EventData::RequestShared(event))
        }
        Op::AskApproval { request, who } => {
            let request = request_of(request);
            let event = ApprovalRequested {
                request: request.clone(),
                approval: "a1".parse().unwrap(),
                approvers: vec![person(who)],
                due: None,
            };
            (request, EventData::ApprovalRequested(event))
        }
        Op::Answer { request, who, yes } => {
            let request = request_of(request);
            let event = ApprovalAnswered {
                request: request.clone(),
                approval: "a1".parse().unwrap(),
                by: person(who),
                decision: if yes {
                    Decision::Approved
                } else {
                    Decision::Declined
                },
                reason: None,
            };
            (request, EventData::ApprovalAnswered(event))
        }
        _ => unreachable!("no update of a request"),
    };
    (id, Event { at: now, what })
}

/// The records under every key.
fn keys(tables: &Tables) -> Keys {
    Keys {
        records: tables.requests.clone(),
        customers: tables.customers.values().cloned().collect(),
        desks: tables.desks.keys().cloned().collect(),
    }
}
