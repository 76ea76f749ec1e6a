//! The mapping that an administrator writes.

use super::*;

fn mapping(rules: Value) -> Result<Mapping, serde_json::Error> {
    let mut text = json!({"name": "declarative"});
    text.as_object_mut()
        .unwrap()
        .extend(rules.as_object().unwrap().clone());
    serde_json::from_value(text)
}

fn full() -> Mapping {
    mapping(json!({
        "/type": {"constant": "request.created"},
        "/timestamp": {"pointer": "/at", "optional": true},
        "/data/request/key": {"pointer": "/ticket/id"},
        "/data/request/desk": {"constant": "support"},
        "/data/request/summary": {"first": [{"pointer": "/ticket/title"}, {"pointer": "/ticket/text"}]},
        "/data/request/type": {"first": [{"pointer": "/ticket/kind"}, {"constant": "Question"}]},
        "/data/participants": {"pointer": "/cc", "optional": true},
    }))
    .unwrap()
}

#[test]
fn pointers_constants_and_the_first_of_several_fill_the_canonical_form() {
    let payload =
        json!({"at": 1_795_339_800, "ticket": {"id": "T1", "text": "Help"}, "cc": ["a@b.example"]});
    assert_eq!(
        document(&full(), Function::RequestCreated, payload),
        json!({
            "type": "request.created", "timestamp": RECEIVED,
            "data": {
                "request": {"key": "T1", "desk": "support", "summary": "Help", "type": "Question"},
                "participants": ["a@b.example"],
            },
        })
    );
}

#[test]
fn a_timestamp_may_be_text_seconds_or_milliseconds_or_missing() {
    let at = |value: Value| {
        let payload = json!({"at": value, "ticket": {"id": "T1", "text": "Help"}});
        document(&full(), Function::RequestCreated, payload)["timestamp"].clone()
    };
    assert_eq!(at(json!("2026-11-22T10:00:00Z")), "2026-11-22T10:00:00Z");
    assert_eq!(at(json!(1_795_339_800)), RECEIVED);
    assert_eq!(at(json!(1_795_339_800_500_i64)), "2026-11-22T09:30:00.5Z");
    assert_eq!(at(json!(null)), RECEIVED);
    assert_eq!(at(json!(i64::MAX)), i64::MAX);
    assert_eq!(at(json!(i64::MIN)), i64::MIN);
}

#[test]
fn the_missing_pointer_is_named() {
    let missing = |payload: Value| {
        let error = apply_for(&full(), Function::RequestCreated, payload, &[]).unwrap_err();
        (error.pointer().unwrap().to_owned(), error.to_string())
    };
    assert_eq!(
        missing(json!({"ticket": {"text": "Help"}})),
        (
            "/ticket/id".to_owned(),
            "nothing stands at /ticket/id, where the value for /data/request/key is expected"
                .to_owned(),
        )
    );
    assert_eq!(missing(json!({"ticket": {"id": "T1"}})).0, "/ticket/text");
}

#[test]
fn a_mapping_that_could_not_work_is_refused_when_it_is_described() {
    let kind = json!({"constant": "request.created"});
    for (path, rule) in [
        ("/data/a", json!({})),
        ("/data/a", json!({"pointer": "/a", "constant": 1})),
        ("/data/a", json!({"first": []})),
        ("/data/a", json!({"pointer": "a"})),
        ("/data/a", json!({"pointer": "/a", "transform": "upper"})),
        ("/other", json!({"constant": 1})),
    ] {
        assert!(
            mapping(json!({"/type": kind, path: rule})).is_err(),
            "{path} {rule}"
        );
    }
    assert!(
        mapping(json!({"/data/a": {"constant": 1}})).is_err(),
        "no type"
    );
}

#[test]
fn a_mapping_survives_its_stored_form() {
    let text = serde_json::to_value(full()).unwrap();
    assert_eq!(serde_json::from_value::<Mapping>(text).unwrap(), full());
}
