//! Every event in full, every limit at its edge, and every fault by its pointer.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use domain::address::InvalidEmail;
use domain::event::{Event, MemberOffboarded, Organizations, What};
use domain::membership::{OffboardReason, Role};
use proptest::prelude::*;
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
fn with(kind: &str, pointer: &str, value: Option<Value>) -> Value {
    let mut document = every_event()
        .into_iter()
        .find(|document| document["type"] == kind)
        .unwrap();
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
    let event = read(&every_event()[0]).unwrap();
    assert_eq!(event.at, "2026-11-22T09:00:00Z".parse().unwrap());
    let What::RequestCreated(created) = event.what else {
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
fn an_unknown_type_is_refused_by_its_name() {
    let refusal = |kind: Value| read(&json!({"type": kind, "data": {}})).unwrap_err();
    assert_eq!(
        refusal(json!("request.exploded")).to_string(),
        "no event has the type 'request.exploded'"
    );
    let CanonicalError::UnknownType { name } = refusal(json!("x\r\n".repeat(1000))) else {
        panic!("another error")
    };
    assert_eq!(name, "x".repeat(64));
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
fn what_is_required_is_missed_by_its_pointer() {
    for (kind, pointers) in [
        (
            "request.created",
            &[
                "/timestamp",
                "/data",
                "/data/request",
                "/data/request/key",
                "/data/request/desk",
                "/data/request/type",
                "/data/request/summary",
                "/data/reporter/email",
            ][..],
        ),
        (
            "request.commented",
            &[
                "/data/comment/id",
                "/data/comment/author/name",
                "/data/comment/author/role",
                "/data/comment/body",
                "/data/comment/public",
            ],
        ),
        (
            "request.transitioned",
            &["/data/status/to", "/data/status/category"],
        ),
        ("request.approval_requested", &["/data/approval/id"]),
        (
            "request.approval_answered",
            &["/data/approval/by", "/data/approval/decision"],
        ),
        ("customer.invited", &["/data/organization"]),
        (
            "member.offboarded",
            &["/data/organization", "/data/member/email", "/data/reason"],
        ),
    ] {
        for pointer in pointers {
            for value in [None, Some(Value::Null)] {
                let (at, reason) = fault(&with(kind, pointer, value));
                assert_eq!((at.as_str(), reason.as_str()), (*pointer, "is missing"));
            }
        }
    }
}

#[test]
fn what_is_optional_may_be_missing_or_null() {
    for (kind, pointers) in [
        (
            "request.created",
            &[
                "/data/request/description",
                "/data/request/fields",
                "/data/request/url",
                "/data/reporter/name",
                "/data/organization",
                "/data/participants",
                "/data/channel",
            ][..],
        ),
        ("request.commented", &["/data/comment/author/email"]),
        (
            "request.transitioned",
            &["/data/status/from", "/data/resolution", "/data/by"],
        ),
        ("request.shared", &["/data/participants"]),
        ("request.approval_requested", &["/data/approval/due"]),
        ("request.approval_answered", &["/data/approval/reason"]),
        ("request.closed", &["/data/resolution"]),
        (
            "customer.invited",
            &["/data/invited_by", "/data/access_until", "/data/message"],
        ),
        (
            "member.offboarded",
            &[
                "/data/effective_at",
                "/data/hand_over_to",
                "/data/requested_by",
            ],
        ),
    ] {
        for pointer in pointers {
            for value in [None, Some(Value::Null)] {
                read(&with(kind, pointer, value)).unwrap();
            }
        }
    }
}

#[test]
fn a_value_that_a_field_cannot_hold_is_named_and_not_repeated() {
    let long = |length: usize| json!("x".repeat(length));
    for (kind, pointer, value, reason) in [
        (
            "request.created",
            "/timestamp",
            json!("yesterday"),
            "is not an instant such as 2026-11-22T09:30:00Z",
        ),
        (
            "request.created",
            "/timestamp",
            json!("2026-11-22T09:30:00"),
            "is not an instant such as 2026-11-22T09:30:00Z",
        ),
        (
            "request.created",
            "/timestamp",
            json!("9999-12-30T22:00:00Z"),
            "does not lie between the years 2000 and 2200",
        ),
        (
            "request.created",
            "/timestamp",
            json!("1999-12-31T23:59:59Z"),
            "does not lie between the years 2000 and 2200",
        ),
        (
            "request.created",
            "/timestamp",
            json!("2026-11-23T09:30:01Z"),
            "lies more than a day in the future",
        ),
        (
            "request.created",
            "/timestamp",
            json!(1_795_339_800),
            "must be a string",
        ),
        (
            "request.created",
            "/data/reporter/email",
            json!("lena@@acme"),
            "the part after the @ is not a domain name",
        ),
        (
            "request.created",
            "/data/reporter/email",
            json!("a b@acme.example"),
            "not an e-mail address of the form name@domain",
        ),
        (
            "request.created",
            "/data/reporter/name",
            json!("Lena\r\nBcc: x@evil.test"),
            "contains a control or text-direction character",
        ),
        (
            "request.created",
            "/data/request/summary",
            long(301),
            "is longer than 300 characters",
        ),
        (
            "request.created",
            "/data/request/summary",
            json!(" "),
            "must not be empty",
        ),
        (
            "request.created",
            "/data/request/description",
            long(32_769),
            "is longer than 32768 characters",
        ),
        (
            "request.created",
            "/data/request/url",
            json!("javascript:alert(1)"),
            "is not a web address that begins with https:// or http://",
        ),
        (
            "request.created",
            "/data/request/url",
            json!("https://a:b@desk.example/"),
            "is not a web address that begins with https:// or http://",
        ),
        (
            "request.created",
            "/data/request/url",
            json!(format!("https://desk.example/{}", "x".repeat(2048))),
            "is longer than 2048 characters",
        ),
        (
            "request.created",
            "/data/request/fields",
            json!([]),
            "must be an object",
        ),
        (
            "request.created",
            "/data/participants",
            json!("tom@visitor.example"),
            "must be an array",
        ),
        (
            "request.created",
            "/data/participants",
            json!(vec!["a@a.example"; 51]),
            "has more than 50 elements",
        ),
        (
            "request.created",
            "/data/channel",
            json!("fax"),
            "must be one of: form, portal, email, api",
        ),
        (
            "request.commented",
            "/data/comment/public",
            json!("true"),
            "must be true or false",
        ),
        (
            "request.commented",
            "/data/comment/public",
            json!(1),
            "must be true or false",
        ),
        (
            "request.shared",
            "/data/organization",
            json!("Acme Ltd"),
            "not a valid organization: 1 to 64 lower-case letters, digits and inner hyphens",
        ),
        (
            "request.approval_requested",
            "/data/approval/approvers",
            json!([]),
            "must name at least one approver",
        ),
        (
            "request.approval_answered",
            "/data/approval/decision",
            json!("maybe"),
            "must be one of: approved, declined",
        ),
        (
            "customer.invited",
            "/data/invitees",
            json!([]),
            "must have 1 to 1000 rows",
        ),
        (
            "customer.invited",
            "/data/message",
            long(2_001),
            "is longer than 2000 characters",
        ),
        (
            "member.offboarded",
            "/data/reason",
            json!("inactive"),
            "must be one of: left, not_needed, lead, policy",
        ),
    ] {
        let document = with(kind, pointer, Some(value));
        assert_eq!(fault(&document), (pointer.to_owned(), reason.to_owned()));
    }
}

#[test]
fn a_fault_deep_in_a_list_or_a_form_is_named_exactly() {
    let people = json!(["tom@visitor.example", "nobody"]);
    let document = with("request.created", "/data/participants", Some(people));
    assert_eq!(fault(&document).0, "/data/participants/1");
    let fields = json!({"a/b~c": {"nested": 1}});
    let document = with("request.created", "/data/request/fields", Some(fields));
    assert_eq!(fault(&document).0, "/data/request/fields/a~1b~0c");
    let document = with("request.shared", "/data/participants", Some(json!([])));
    assert!(read(&document).is_ok(), "an organization is named");
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
    let What::RequestClosed(closed) = parse(&document, &reading).unwrap().what else {
        panic!("another event")
    };
    assert_eq!(closed.request.to_string(), "it/SUP-1");
    let named = parse(&every_event()[6], &reading).unwrap();
    assert_eq!(
        named.what.updated_request().unwrap().to_string(),
        "support/SUP-1"
    );
}

#[test]
fn a_malformed_row_stays_a_row() {
    let document = event(
        "customer.invited",
        json!({
            "organization": "acme",
            "invitees": [
                {"email": " Nia@Acme.example ", "name": "Nia\u{202e}"},
                {"email": "not an address", "role": "member"},
                {"role": "lead"},
                {"email": 7},
                {"email": "x".repeat(1000)},
            ],
        }),
    );
    let What::CustomerInvited(invited) = read(&document).unwrap().what else {
        panic!("another event")
    };
    let rows = invited.invitees;
    assert_eq!(rows[0].email.as_ref().unwrap().as_str(), "nia@acme.example");
    assert_eq!((&rows[0].name, rows[0].role), (&None, Role::Member));
    assert_eq!(rows[1].email, Err(InvalidEmail::Syntax));
    assert_eq!(rows[1].raw, "not an address");
    assert_eq!((rows[2].raw.as_str(), rows[2].role), ("", Role::Lead));
    assert_eq!(rows[3].raw, "7");
    assert_eq!(rows[4].raw.len(), 320);
}

#[test]
fn an_invitation_has_up_to_a_thousand_rows() {
    let list = |count: usize| {
        let rows: Vec<Value> = (0..count)
            .map(|n| json!({"email": format!("p{n}@acme.example"), "role": "member"}))
            .collect();
        event(
            "customer.invited",
            json!({"organization": "acme", "invitees": rows}),
        )
    };
    assert!(read(&list(1_000)).is_ok());
    assert_eq!(fault(&list(1_001)).1, "has more than 1000 elements");
    let mut program = list(2);
    program["data"]["invitees"][1]["role"] = json!("owner");
    assert_eq!(fault(&program).0, "/data/invitees/1/role");
    program["data"]["invitees"][1] = json!("p@acme.example");
    assert_eq!(fault(&program).0, "/data/invitees/1");
}

#[test]
fn off_boarding_is_everywhere_or_in_one_organisation() {
    let What::MemberOffboarded(everywhere) = read(&every_event()[8]).unwrap().what else {
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
    assert_eq!(read(&document).unwrap().what, What::MemberOffboarded(one));
}

proptest! {
    #[test]
    fn one_value_replaced_by_anything_is_read_or_named(
        which in 0..9usize,
        place in any::<prop::sample::Index>(),
        value in prop_oneof![
            Just(json!(null)), Just(json!({})), Just(json!([])), Just(json!([[1]])),
            any::<i64>().prop_map(|n| json!(n)),
            any::<f64>().prop_map(|n| json!(n)),
            "\\PC{0,40}".prop_map(Value::from),
        ],
    ) {
        let mut document = every_event()[which].clone();
        let mut pointers = Vec::new();
        collect(&document, String::new(), &mut pointers);
        let pointer = place.get(&pointers).clone();
        *document.pointer_mut(&pointer).unwrap() = value;
        if let Err(CanonicalError::Field { pointer: at, .. }) = read(&document) {
            // What is at fault is what was replaced, or what it should have held.
            prop_assert!(at.starts_with(&pointer), "{at} for {pointer}");
        }
    }
}

/// Every pointer below a value, itself apart.
fn collect(value: &Value, at: String, into: &mut Vec<String>) {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(object) => object.iter().map(|(k, v)| (k.clone(), v)).collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(n, v)| (n.to_string(), v))
            .collect(),
        _ => Vec::new(),
    };
    for (name, child) in children {
        let pointer = format!("{at}/{name}");
        collect(child, pointer.clone(), into);
        into.push(pointer);
    }
}
