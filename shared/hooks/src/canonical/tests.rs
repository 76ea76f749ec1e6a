//! Every event in full, every limit at its edge, and every fault by its pointer.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]
#![allow(
    clippy::needless_pass_by_value,
    reason = "documents are written in place"
)]

mod faults;
mod invitation;

use domain::address::InvalidEmail;
use domain::event::{Event, EventData, MemberOffboarded, Organizations};
use domain::membership::{OffboardReason, Role};
use serde_json::{Value, json};

use super::*;

fn now() -> Timestamp {
    "2026-11-22T09:30:00Z".parse().unwrap()
}

fn read(document: &Value) -> Result<Event, CanonicalError> {
    let function = document["type"]
        .as_str()
        .and_then(|name| name.parse().ok())
        .map_or(Function::RequestCreated, Function::of);
    let reading = Reading {
        function,
        desk: None,
        now: now(),
    };
    parse(document, &reading)
}

fn event(kind: &str, data: Value) -> Value {
    json!({"type": kind, "timestamp": "2026-11-22T09:00:00Z", "data": data})
}

/// One complete document of every type, with every optional field.
fn every_event() -> Vec<Value> {
    let request = json!({"key": "SUP-1", "desk": "support"});
    vec![
        event(
            "request.created",
            json!({
                "request": {
                    "key": "SUP-1", "desk": "support", "type": "Incident", "summary": "It stops",
                    "description": "Since\nyesterday.", "url": "https://desk.example/SUP-1",
                    "fields": {"Product": "Reports", "Rows": 4096, "Urgent": true, "Tags": ["a", "b"], "Left": null, "Out": ""},
                },
                "reporter": {"email": "Noor@VISITOR.example", "name": "Noor Haddad"},
                "organization": "acme",
                "participants": ["tom@visitor.example", "Tom@visitor.example"],
                "channel": "form",
            }),
        ),
        event(
            "request.commented",
            json!({
                "request": request,
                "comment": {
                    "id": "c-1", "body": "Hello", "public": true,
                    "author": {"email": "pavel@lanyard.example", "name": "Pavel", "role": "agent"},
                },
            }),
        ),
        event(
            "request.transitioned",
            json!({
                "request": request,
                "status": {"from": "New", "to": "Waiting", "category": "waiting_for_customer"},
                "resolution": "Done", "by": "pavel@lanyard.example",
            }),
        ),
        event(
            "request.shared",
            json!({
                "request": request, "participants": ["tom@visitor.example"], "organization": "acme",
            }),
        ),
        event(
            "request.approval_requested",
            json!({
                "request": request,
                "approval": {"id": "a-1", "approvers": ["mona@lanyard.example"], "due": "2026-12-01T12:00:00+01:00"},
            }),
        ),
        event(
            "request.approval_answered",
            json!({
                "request": request,
                "approval": {"id": "a-1", "by": "mona@lanyard.example", "decision": "declined", "reason": "Too dear"},
            }),
        ),
        event(
            "request.closed",
            json!({"request": request, "resolution": "Repaired"}),
        ),
        event(
            "request.moved",
            json!({"request": request, "to": {"key": "IT-7", "desk": "it", "elsewhere": false}}),
        ),
        event(
            "customer.invited",
            json!({
                "organization": "acme",
                "invitees": [{"email": "nia@acme.example", "name": "Nia", "role": "lead"}],
                "invited_by": "lena@acme.example", "access_until": "2027-01-01T00:00:00Z", "message": "Hi!",
            }),
        ),
        event(
            "member.offboarded",
            json!({
                "organization": "*", "member": {"email": "nia@acme.example"}, "reason": "left",
                "effective_at": "2027-01-01T00:00:00Z", "hand_over_to": "lena@acme.example",
                "requested_by": "people@acme.example",
            }),
        ),
    ]
}

/// The fault, as (pointer, reason).
fn fault(document: &Value) -> (String, String) {
    match read(document).unwrap_err() {
        CanonicalError::Field { pointer, reason } => (pointer, reason),
        other => panic!("{other:?}"),
    }
}

/// The first document with the value at a pointer replaced, or removed.
fn one(kind: &str) -> Value {
    every_event()
        .into_iter()
        .find(|document| document["type"] == kind)
        .unwrap()
}

fn with(kind: &str, pointer: &str, value: Option<Value>) -> Value {
    let mut document = one(kind);
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let parent = document
        .pointer_mut(parent)
        .unwrap()
        .as_object_mut()
        .unwrap();
    match value {
        Some(value) => parent.insert(name.to_owned(), value),
        None => parent.remove(name),
    };
    document
}

#[test]
fn every_event_is_read_and_knows_its_type() {
    let types: Vec<&str> = every_event()
        .iter()
        .map(|document| read(document).unwrap().what.name())
        .collect();
    assert_eq!(types, EventType::ALL.map(EventType::as_str));
}

#[test]
fn a_created_request_has_all_that_was_sent() {
    let event = read(&one("request.created")).unwrap();
    assert_eq!(event.at, "2026-11-22T09:00:00Z".parse().unwrap());
    let EventData::RequestCreated(created) = event.what else {
        panic!("another event")
    };
    assert_eq!(created.request.to_string(), "support/SUP-1");
    assert_eq!(created.reporter.email.as_str(), "noor@visitor.example");
    assert_eq!(
        created.participants.len(),
        1,
        "the same person twice is one"
    );
    let fields: Vec<_> = created
        .fields
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    assert_eq!(
        fields,
        [
            ("Product", "Reports"),
            ("Rows", "4096"),
            ("Tags", "a, b"),
            ("Urgent", "yes")
        ]
    );
}

#[test]
fn unknown_fields_are_ignored() {
    for mut document in every_event() {
        let plain = read(&document).unwrap();
        document["extra"] = json!([1]);
        document["data"]["extra"] = json!({"a": 1});
        assert_eq!(read(&document).unwrap(), plain);
    }
}

#[test]
fn an_unknown_type_is_refused_without_repeating_it() {
    let refusal = |kind: Value| read(&json!({"type": kind, "data": {}})).unwrap_err();
    assert_eq!(
        refusal(json!("request.exploded")).to_string(),
        "no event has this type"
    );
    for kind in [json!(null), json!(1), json!(["request.created"])] {
        assert!(
            matches!(refusal(kind), CanonicalError::Field { pointer, .. } if pointer == "/type")
        );
    }
}

#[test]
fn each_function_takes_its_own_events_and_no_other() {
    for document in every_event() {
        let mut takers = Vec::new();
        for function in Function::ALL {
            let reading = Reading {
                function,
                desk: None,
                now: now(),
            };
            match parse(&document, &reading) {
                Ok(_) => takers.push(function),
                Err(CanonicalError::WrongFunction { .. }) => {}
                Err(other) => panic!("{other:?}"),
            }
        }
        let kind: EventType = document["type"].as_str().unwrap().parse().unwrap();
        assert_eq!(takers, [Function::of(kind)]);
    }
}

#[test]
fn nothing_but_an_object_is_an_event() {
    for document in [json!([]), json!("x"), json!(1), json!(null), json!({})] {
        assert!(read(&document).is_err(), "{document}");
    }
}

#[test]
fn a_source_may_have_a_desk_of_its_own() {
    let document = with("request.closed", "/data/request/desk", None);
    let desk: DeskId = "it".parse().unwrap();
    let reading = Reading {
        function: Function::RequestUpdated,
        desk: Some(&desk),
        now: now(),
    };
    let EventData::RequestClosed(closed) = parse(&document, &reading).unwrap().what else {
        panic!("another event")
    };
    assert_eq!(closed.request.to_string(), "it/SUP-1");
    let named = parse(&one("request.closed"), &reading).unwrap();
    assert_eq!(
        named.what.updated_request().unwrap().to_string(),
        "support/SUP-1"
    );
}

#[test]
fn off_boarding_is_everywhere_or_in_one_organisation() {
    let EventData::MemberOffboarded(everywhere) = read(&one("member.offboarded")).unwrap().what
    else {
        panic!("another event")
    };
    assert_eq!(everywhere.org, Organizations::All);
    let document = event(
        "member.offboarded",
        json!({
            "organization": "acme", "member": {"email": "nia@acme.example"}, "reason": "not_needed",
        }),
    );
    let one = MemberOffboarded {
        org: Organizations::One("acme".parse().unwrap()),
        email: "nia@acme.example".parse().unwrap(),
        reason: OffboardReason::NotNeeded,
        effective_at: None,
        hand_over_to: None,
        requested_by: None,
    };
    assert_eq!(
        read(&document).unwrap().what,
        EventData::MemberOffboarded(one)
    );
}

#[test]
fn the_end_of_the_year_9999_is_an_instant_and_means_never() {
    for (text, at) in [
        ("9999-12-31T23:59:59Z", Timestamp::MAX),
        ("9999-12-31T23:59:59.999999999Z", Timestamp::MAX),
        ("9999-12-31T23:59:59-12:00", Timestamp::MAX),
        (
            "9999-12-30T21:00:00Z",
            "9999-12-30T21:00:00Z".parse().unwrap(),
        ),
        (
            "2200-01-01T00:00:00Z",
            "2200-01-01T00:00:00Z".parse().unwrap(),
        ),
    ] {
        let value = json!(text);
        assert_eq!(node::Node::root(&value).instant(), Ok(at), "{text}");
        assert_eq!(
            domain::Days(u16::MAX).after(at).max(at),
            domain::Days(u16::MAX).after(at)
        );
    }
    for text in ["9999-12-31T23:59:59", "9999-12-31", "10000-01-01T00:00:00Z"] {
        let value = json!(text);
        assert!(node::Node::root(&value).instant().is_err(), "{text}");
    }
}
