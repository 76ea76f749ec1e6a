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
}

#[test]
fn a_time_is_taken_however_it_is_written_and_refused_when_it_could_be_two() {
    let at = |value: Value| {
        let payload = json!({"at": value, "ticket": {"id": "T1", "text": "Help"}});
        apply_for(&full(), Function::RequestCreated, payload, &[])
    };
    for (written, meant) in [
        (json!(1_795_339_800.25), "2026-11-22T09:30:00.25Z"),
        (json!(1_795_339_800.0), RECEIVED),
        (json!("1795339800"), RECEIVED),
        (json!(" 1795339800.123456 "), "2026-11-22T09:30:00.123456Z"),
        (json!("1795339800500"), "2026-11-22T09:30:00.5Z"),
        (json!("1795339800500.5"), "2026-11-22T09:30:00.5005Z"),
        (
            json!(1_795_339_800_500_250_i64),
            "2026-11-22T09:30:00.50025Z",
        ),
        (
            json!(1_795_339_800_500_250_125_i64),
            "2026-11-22T09:30:00.500250125Z",
        ),
        (json!("2026-11-22T10:30:00+01:00"), RECEIVED),
        (json!("2026-11-22T10:30:00.000+0100"), RECEIVED),
        (json!("2026-11-22 09:30:00 UTC"), RECEIVED),
        (json!("2026-11-22 10:30:00 +0100"), RECEIVED),
        (json!("Sun, 22 Nov 2026 09:30:00 GMT"), RECEIVED),
        (json!("Sun, 22 Nov 2026 10:30:00 +0100"), RECEIVED),
    ] {
        let Ok(Mapped::Events { documents, .. }) = at(written.clone()) else {
            panic!("{written}")
        };
        assert_eq!(documents[0]["timestamp"], meant, "{written}");
    }
    for written in [
        json!(i64::MAX),
        json!(i64::MIN),
        json!(u64::MAX),
        json!(-1_795_339_800),
        json!(20_261_122),
        json!(0),
        json!(true),
        json!("2026-11-22 09:30:00"),
        json!("2026-11-22"),
        json!("tomorrow"),
        json!([1_795_339_800]),
        json!("1795339800,5"),
        json!("+1795339800"),
    ] {
        let error = at(written.clone()).unwrap_err();
        assert_eq!(error.pointer(), Some("/at"), "{written}");
    }
}

#[test]
fn what_is_of_another_kind_is_named_with_its_place() {
    let refused = |ticket: Value| {
        let error = apply_for(
            &full(),
            Function::RequestCreated,
            json!({"ticket": ticket}),
            &[],
        );
        let error = error.unwrap_err();
        (error.pointer().unwrap().to_owned(), error.to_string())
    };
    let key = "a text, or a number of all its digits, for /data/request/key";
    for (id, found) in [
        (json!([1]), "a list"),
        (json!({"value": 1}), "an object"),
        (json!(1e300), "a number"),
    ] {
        let (pointer, says) = refused(json!({"id": id, "text": "Help"}));
        assert_eq!(pointer, "/ticket/id");
        assert_eq!(
            says,
            format!("what stands at /ticket/id is {found} and not {key}")
        );
    }
    for (id, found) in [(json!(null), "null"), (json!(" "), "an empty text")] {
        let (_, says) = refused(json!({"id": id, "text": "Help"}));
        let place = "where the value for /data/request/key is expected";
        assert_eq!(says, format!("{found} stands at /ticket/id, {place}"));
    }
    // Only the first value that exists is used.
    assert_eq!(
        refused(json!({"id": 1, "title": {}, "text": "Help"})).0,
        "/ticket/title"
    );
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
        ("/data/a", json!({"constant": "a", "values": {"a": 1}})),
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
    let words = mapping(json!({
        "/type": {"pointer": "/action", "values": {"opened": "request.created"}},
    }));
    let text = serde_json::to_value(words.as_ref().unwrap()).unwrap();
    assert_eq!(
        serde_json::from_value::<Mapping>(text).unwrap(),
        words.unwrap()
    );
}
