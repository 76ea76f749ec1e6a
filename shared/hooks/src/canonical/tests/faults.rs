//! The faults of documents, and their places.

use proptest::prelude::*;

use super::*;

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
#[expect(clippy::too_many_lines, reason = "one row for each fault")]
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
            json!("9999-12-31T23:59:59Z"),
            "lies more than a day in the future",
        ),
        (
            "request.created",
            "/timestamp",
            json!("1999-12-31T23:59:59Z"),
            "lies before the year 2000",
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
    // An invalid name is no place either: nobody reads a pointer of 200,000 characters.
    for name in ["x".repeat(200_000), "\u{202e}".to_owned()] {
        for answer in [json!("x"), json!({"nested": 1})] {
            let fields = json!({ name.as_str(): answer });
            let document = with("request.created", "/data/request/fields", Some(fields));
            assert_eq!(fault(&document).0, "/data/request/fields");
        }
    }
    let document = with("request.shared", "/data/participants", Some(json!([])));
    assert!(read(&document).is_ok(), "an organization is named");
}

proptest! {
    #[test]
    fn one_value_replaced_by_anything_is_read_or_named(
        event in prop::sample::select(every_event()),
        place in any::<prop::sample::Index>(),
        value in prop_oneof![
            Just(json!(null)), Just(json!({})), Just(json!([])), Just(json!([[1]])),
            any::<i64>().prop_map(|n| json!(n)),
            any::<f64>().prop_map(|n| json!(n)),
            "\\PC{0,40}".prop_map(Value::from),
        ],
    ) {
        let mut document = event;
        let mut pointers = Vec::new();
        collect(&document, "", &mut pointers);
        let pointer = place.get(&pointers).clone();
        *document.pointer_mut(&pointer).unwrap() = value.clone();
        let read = read(&document);
        if let (Err(error), Some(text)) = (&read, value.as_str().filter(|text| text.len() > 4)) {
            prop_assert!(!error.to_string().contains(text), "{text} is repeated: {error}");
        }
        if let Err(CanonicalError::Field { pointer: at, .. }) = read {
            // The fault is at the replaced value, at the value it should have held, or at the
            // answer that a choice belongs to.
            let near = at.starts_with(&pointer) || pointer.starts_with(&format!("{at}/"));
            prop_assert!(near, "{at} for {pointer}");
        }
    }
}

/// Every pointer below a value, without the value itself.
fn collect(value: &Value, at: &str, into: &mut Vec<String>) {
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
        collect(child, &pointer, into);
        into.push(pointer);
    }
}
