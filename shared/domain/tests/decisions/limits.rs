//! The largest outcomes stay within what DynamoDB takes: 100 items a transaction, 400 KB an item.

use domain::{
    Change, Code, EmailAddress, Event, Outcome, Request, Version,
    decide::{MAX_EARLY_UPDATES, ReportedState, request_created},
    event::{EventData, RequestShared},
    message::MAX_RECIPIENTS,
    policy::DomainJoin,
    request::{AuthorRole, Awaited, Category, EarlyUpdate, Part, Record},
};

use super::updates::{known, update};
use crate::world::{
    acme, ann, comment, created, day, delivery, minutes, request_ref, start, status, support,
    transition, viewer,
};

fn crowd(count: usize) -> Vec<EmailAddress> {
    (0..count)
        .map(|n| format!("p{n}@acme.example").parse().unwrap())
        .collect()
}

/// Items of the transaction, with the delivery's record and a trace that goes with the request.
fn items(outcome: &Outcome) -> usize {
    let messages = outcome
        .messages
        .iter()
        .map(|m| m.to.len().div_ceil(MAX_RECIPIENTS));
    2 + outcome.changes.len() + outcome.audit.len() + messages.sum::<usize>()
}

#[test]
fn the_fullest_request_with_all_that_waited_for_it_is_one_transaction() {
    let mut org = acme();
    org.policy.domain_join = DomainJoin::OnRequest;
    let mut event = created("SUP-1", &ann());
    event.participants = crowd(49);
    let updates = (0..MAX_EARLY_UPDATES).map(|n| {
        let author = format!("author{n}@acme.example").parse().unwrap();
        let at = minutes(start(), i64::try_from(n).unwrap());
        EarlyUpdate {
            event: comment(
                "SUP-1",
                &format!("c{n}"),
                Some(&author),
                AuthorRole::Customer,
                at,
            ),
            source: "jira".parse().unwrap(),
            delivery: format!("d{n}").parse().unwrap(),
        }
    });
    let awaited = Awaited {
        id: request_ref("SUP-1"),
        updates: updates.collect(),
        until: day(1),
        version: Version(9),
    };
    let state = ReportedState {
        desk: Some(support()),
        record: Some(Record::Awaited(awaited)),
        org: Some(org),
        trusted: true,
        ..ReportedState::default()
    };
    let outcome = request_created(state, &event, start(), &delivery().at(day(1))).unwrap();
    let comments = outcome
        .changes
        .iter()
        .filter(|c| matches!(c, Change::Comment(_)));
    assert_eq!(comments.count(), MAX_EARLY_UPDATES);
    assert!(items(&outcome) <= 100, "{} items", items(&outcome));
}

#[test]
fn a_request_is_seen_by_fifty_and_a_status_reaches_all_of_them_in_one_transaction() {
    let viewers: Vec<_> = crowd(50)
        .iter()
        .map(|who| viewer("SUP-1", who, Part::Participant))
        .collect();
    let it = crate::world::request("SUP-1", &ann());
    let done = transition("SUP-1", status("Solved", Category::Done), day(1));
    let outcome = update(known(it.clone(), viewers.clone(), None), &done).unwrap();
    assert!(items(&outcome) <= 100, "{} items", items(&outcome));

    let what = EventData::RequestShared(RequestShared {
        request: request_ref("SUP-1"),
        participants: vec![ann()],
        org: None,
    });
    let refusal = update(known(it, viewers, None), &Event { at: day(1), what }).unwrap_err();
    assert_eq!(refusal.code, Code::LimitReached);
}

fn moved(request: Request, n: u32, name: &str) -> Request {
    let to = status(&format!("{n} {name}"), Category::InProgress);
    let at = minutes(day(1), i64::from(n));
    let outcome = update(
        known(request, Vec::new(), None),
        &transition("SUP-1", to, at),
    )
    .unwrap();
    crate::read::request(&outcome).unwrap().clone()
}

#[test]
fn a_history_keeps_its_last_hundred_lines() {
    let mut it = crate::world::request("SUP-1", &ann());
    for n in 0..150 {
        it = moved(it, n, "steps");
    }
    assert_eq!(it.history.len(), 100);
    assert_eq!(it.history.last().unwrap().to, it.status);
}

#[test]
fn a_request_of_the_longest_texts_stays_below_an_items_size() {
    let mut it = crate::world::request("SUP-1", &ann());
    it.description = Some("ä".repeat(32_768).parse().unwrap());
    for n in 0..60_u32 {
        let answer = "ö".repeat(2_000).parse().unwrap();
        it.fields
            .insert(format!("field {n}").parse().unwrap(), answer);
    }
    for n in 0..150 {
        it = moved(it, n, &"ü".repeat(280));
    }
    let size = serde_json::to_vec(&it).unwrap().len();
    assert!(size < 400 * 1024, "{size} bytes");
    assert!(it.history.len() > 1);
}
