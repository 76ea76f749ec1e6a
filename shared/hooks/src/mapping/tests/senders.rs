//! Senders without a mapping of their own, in the shapes that they document.

use domain::event::{Event, EventData};

use super::*;
use crate::canonical::{self, Reading};

const DESK: &str = "support";

fn mapping(rules: Value) -> Mapping {
    let mut text = rules;
    text["name"] = json!("declarative");
    serde_json::from_value(text).unwrap()
}

/// The whole path: the mapped event is read like any other.
fn event(mapping: &Mapping, function: Function, payload: Value) -> Event {
    let document = document(mapping, function, payload);
    let desk = DESK.parse().unwrap();
    let reading = Reading {
        function,
        desk: Some(&desk),
        now: RECEIVED.parse().unwrap(),
    };
    canonical::parse(&document, &reading).unwrap()
}

fn created(event: Event) -> domain::event::RequestCreated {
    match event.what {
        EventData::RequestCreated(created) => created,
        other => panic!("{other:?}"),
    }
}

/// Issues of a repository: numbers as keys, and every change sent to every address.
fn github() -> Mapping {
    mapping(json!({
        "/type": {"pointer": "/action", "values": {
            "opened": "request.created", "closed": "request.transitioned", "reopened": "request.transitioned",
        }},
        "/timestamp": {"pointer": "/issue/updated_at"},
        "/data/request/key": {"pointer": "/issue/number"},
        "/data/request/type": {"constant": "Issue"},
        "/data/request/summary": {"pointer": "/issue/title"},
        "/data/request/description": {"pointer": "/issue/body", "optional": true},
        "/data/request/url": {"pointer": "/issue/html_url"},
        "/data/request/fields/Comments": {"pointer": "/issue/comments"},
        "/data/request/fields/Locked": {"pointer": "/issue/locked"},
        "/data/reporter/email": {"constant": "maintainers@acme.example"},
        "/data/reporter/name": {"pointer": "/issue/user/login"},
        "/data/status/to": {"pointer": "/issue/state"},
        "/data/status/category": {"pointer": "/issue/state", "values": {"open": "new", "closed": "done"}},
        "/data/resolution": {"pointer": "/issue/state_reason", "optional": true},
    }))
}

fn issue(action: &str) -> Value {
    json!({
        "action": action,
        "issue": {
            "url": "https://api.code.example/repos/acme/tools/issues/1347",
            "html_url": "https://code.example/acme/tools/issues/1347",
            "id": 9_007_199_254_740_995_u64, "node_id": "I_kwDOA", "number": 1347,
            "title": "The build stops\u{200f} on Windows",
            "user": {"login": "kim-o", "id": 583_231, "type": "User", "site_admin": false},
            "labels": [{"id": 208_045_946, "name": "bug", "color": "f29513", "default": true}],
            "state": if action == "closed" { "closed" } else { "open" },
            "locked": false, "assignee": null, "comments": 0,
            "created_at": "2026-11-22T09:00:00Z", "updated_at": "2026-11-22T09:10:00Z",
            "closed_at": null, "author_association": "NONE", "active_lock_reason": null,
            "body": null, "state_reason": if action == "closed" { json!("completed") } else { json!(null) },
        },
        "repository": {"id": 186_853_002, "full_name": "acme/tools", "private": true},
        "sender": {"login": "kim-o", "id": 583_231, "type": "User"},
    })
}

#[test]
fn github_is_connected() {
    let opened = event(&github(), Function::RequestCreated, issue("opened"));
    assert_eq!(opened.at.to_string(), "2026-11-22T09:10:00Z");
    let request = created(opened);
    assert_eq!(request.request.key.as_str(), "1347");
    assert_eq!(request.summary.as_str(), "The build stops on Windows");
    assert_eq!(request.description, None);
    let fields: Vec<_> = request
        .fields
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    assert_eq!(fields, [("Comments", "0"), ("Locked", "no")]);

    let closed = event(&github(), Function::RequestUpdated, issue("closed"));
    let EventData::RequestTransitioned(closed) = closed.what else {
        panic!()
    };
    assert_eq!(closed.to.category, domain::request::Category::Done);
    assert_eq!(closed.resolution.unwrap().as_str(), "completed");

    // A webhook for issues reports everything, to every address.
    for (function, payload) in [
        (Function::RequestCreated, issue("labeled")),
        (Function::RequestCreated, issue("closed")),
        (Function::RequestUpdated, issue("opened")),
        (
            Function::RequestCreated,
            json!({"zen": "Keep it simple.", "hook_id": 30}),
        ),
    ] {
        let said = apply_for(&github(), function, payload, &[]);
        assert!(matches!(said, Ok(Mapped::Nothing(_))), "{said:?}");
    }
}

#[test]
fn gitlabs_notes_are_public_unless_they_are_internal() {
    let mapping = mapping(json!({
        "/type": {"pointer": "/object_kind", "values": {"note": "request.commented"}},
        "/timestamp": {"pointer": "/object_attributes/created_at"},
        "/data/request/key": {"pointer": "/issue/iid"},
        "/data/comment/id": {"pointer": "/object_attributes/id"},
        "/data/comment/body": {"pointer": "/object_attributes/note"},
        "/data/comment/public": {"pointer": "/object_attributes/internal", "values": {"true": false, "false": true}},
        "/data/comment/author/name": {"pointer": "/user/name"},
        "/data/comment/author/role": {"constant": "agent"},
    }));
    let note = |internal: Value| {
        json!({
            "object_kind": "note", "event_type": "note",
            "user": {"id": 1, "name": "Otto Berg", "username": "otto", "email": "[REDACTED]"},
            "project_id": 5, "project": {"id": 5, "path_with_namespace": "acme/tools"},
            "object_attributes": {
                "id": 4_503_599_627_370_497_i64, "internal": internal, "note": "Mended in 2.1\u{0}", "noteable_type": "Issue",
                "created_at": "2026-11-22 09:20:00 UTC", "system": false, "line_code": null,
            },
            "issue": {"id": 92, "iid": 17, "title": "test", "state": "opened", "weight": -1, "time_estimate": 0},
        })
    };
    let comment = |internal: Value| {
        let event = event(&mapping, Function::RequestUpdated, note(internal));
        let EventData::RequestCommented(comment) = event.what else {
            panic!()
        };
        assert_eq!(event.at.to_string(), "2026-11-22T09:20:00Z");
        comment
    };
    let said = comment(json!(false));
    assert_eq!(
        (said.request.key.as_str(), said.comment.as_str()),
        ("17", "4503599627370497")
    );
    assert_eq!(said.body.as_str(), "Mended in 2.1");
    assert!(said.public);
    assert!(!comment(json!(true)).public);
    // An unclear value is not guessed.
    for unclear in [json!(null), json!("maybe"), json!(0)] {
        assert!(apply_for(&mapping, Function::RequestUpdated, note(unclear), &[]).is_err());
    }
}

#[test]
fn a_zendesk_trigger_is_connected_with_its_placeholders_quoted_or_not() {
    let mapping = mapping(json!({
        "/type": {"constant": "request.commented"},
        "/timestamp": {"pointer": "/ticket/updated_at"},
        "/data/request/key": {"pointer": "/ticket/id"},
        "/data/comment/id": {"pointer": "/comment/id"},
        "/data/comment/body": {"pointer": "/comment/value"},
        "/data/comment/public": {"pointer": "/comment/is_public"},
        "/data/comment/author/name": {"first": [{"pointer": "/comment/author"}, {"constant": "The service desk"}]},
        "/data/comment/author/role": {"constant": "agent"},
    }));
    for (id, public) in [
        (json!(35_436), json!(true)),
        (json!("35436"), json!("True")),
        (json!(35_436.0), json!("true")),
    ] {
        let payload = json!({
            "ticket": {"id": id, "updated_at": "2026-11-22T10:15:00+01:00", "tags": ["vip"]},
            "comment": {"id": 1_274_u32, "value": "It is on its way.", "is_public": public, "author": ""},
        });
        let event = event(&mapping, Function::RequestUpdated, payload);
        let EventData::RequestCommented(comment) = event.what else {
            panic!()
        };
        assert_eq!(comment.request.key.as_str(), "35436");
        assert_eq!(comment.author.name.as_str(), "The service desk");
        assert!(comment.public);
    }
    let payload = json!({
        "ticket": {"id": 1, "updated_at": "2026-11-22T10:15:00+01:00"},
        "comment": {"id": 2, "value": "x", "is_public": ["true"]},
    });
    let error = apply_for(&mapping, Function::RequestUpdated, payload, &[]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "what stands at /comment/is_public is a list and not true or false for /data/comment/public"
    );
}

#[test]
fn a_shopify_order_is_connected() {
    let mapping = mapping(json!({
        "/type": {"constant": "request.created"},
        "/timestamp": {"pointer": "/created_at"},
        "/data/request/key": {"pointer": "/id"},
        "/data/request/type": {"constant": "Order"},
        "/data/request/summary": {"pointer": "/name"},
        "/data/request/description": {"pointer": "/note", "optional": true},
        "/data/request/fields/Number": {"pointer": "/order_number"},
        "/data/request/fields/Total": {"pointer": "/total_price"},
        "/data/request/fields/Test": {"pointer": "/test"},
        "/data/request/fields/Discount": {"pointer": "/total_discounts_set/shop_money/amount"},
        "/data/reporter/email": {"first": [{"pointer": "/email"}, {"pointer": "/contact_email"}]},
        "/data/reporter/name": {"pointer": "/customer/first_name", "optional": true},
    }));
    let order = json!({
        "id": 820_982_911_946_154_508_u64, "email": "", "contact_email": "noor@visitor.example",
        "created_at": "2026-11-22T04:15:00-05:00", "number": 234, "order_number": 1234, "name": "#9999",
        "note": "Please ring\r\ntwice", "test": true, "total_price": "398.00", "taxes_included": false,
        "total_discounts_set": {"shop_money": {"amount": -20.5, "currency_code": "USD"}},
        "customer": {"id": 115_310_627_314_723_954_u64, "first_name": "Noor", "last_name": "Haddad"},
        "line_items": [{"id": 866_550_311_766_439_020_u64, "quantity": 1, "price": "199.00"}],
    });
    let event = event(&mapping, Function::RequestCreated, order);
    assert_eq!(event.at.to_string(), "2026-11-22T09:15:00Z");
    let request = created(event);
    // Beyond 2^53, and not one digit off.
    assert_eq!(request.request.key.as_str(), "820982911946154508");
    assert_eq!(request.reporter.email.as_str(), "noor@visitor.example");
    assert_eq!(
        request.description.unwrap().as_str(),
        "Please ring\r\ntwice"
    );
    let fields: Vec<_> = request
        .fields
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let expected = [
        ("Discount", "-20.5"),
        ("Number", "1234"),
        ("Test", "yes"),
        ("Total", "398.00"),
    ];
    assert_eq!(fields, expected);
}
