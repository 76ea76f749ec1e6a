//! Each mapping's edges. Whole payloads, shaped like the real ones, are tested from `events/`.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use proptest::prelude::*;
use serde_json::json;

use super::*;

const RECEIVED: &str = "2026-11-22T09:30:00Z";

fn apply_for(
    mapping: &Mapping,
    function: Function,
    payload: Value,
    accounts: &[(&str, &str)],
) -> Result<Mapped, MappingError> {
    let accounts = accounts
        .iter()
        .map(|(id, email)| (id.parse().unwrap(), email.parse().unwrap()))
        .collect();
    let context = Context {
        function,
        received_at: RECEIVED.parse().unwrap(),
        accounts: &accounts,
    };
    mapping.apply(payload, &context)
}

fn document(mapping: &Mapping, function: Function, payload: Value) -> Value {
    match apply_for(mapping, function, payload, &[]).unwrap() {
        Mapped::Event { document, .. } => document,
        Mapped::Nothing(reason) => panic!("{reason}"),
    }
}

fn jira() -> Mapping {
    Mapping::Jira(JiraMapping::default())
}

fn issue() -> Value {
    json!({
        "self": "https://desk.example/rest/api/2/issue/1",
        "key": "SUP-1",
        "fields": {
            "summary": "It stops",
            "issuetype": {"name": "Incident"},
            "customfield_10050": "Vera@Globex.example",
            "customfield_10010": {"requestType": {"name": "Report a fault"}},
            "customfield_10002": [{"accountId": "p-1", "displayName": "Pia"}, {"accountId": "p-2"}],
            "created": "2026-11-22T10:00:00.000+0100",
            "updated": "2026-11-22T10:15:00.000+0100",
            "status": {"name": "Open", "statusCategory": {"key": "new"}},
            "reporter": {"accountId": "r-1", "displayName": "Vera", "accountType": "customer"},
        },
    })
}

fn created() -> Value {
    json!({"webhookEvent": "jira:issue_created", "timestamp": 1_795_339_800_123_i64, "issue": issue()})
}

fn comment(change: impl FnOnce(&mut Value)) -> Value {
    let mut payload = json!({
        "webhookEvent": "comment_created",
        "timestamp": 1_795_339_800_123_i64,
        "issue": {"key": "SUP-1", "fields": {}},
        "comment": {
            "id": "7", "body": "Hello", "jsdPublic": true,
            "author": {"accountId": "a-1", "displayName": "Pavel", "accountType": "atlassian"},
        },
    });
    change(&mut payload["comment"]);
    payload
}

mod jiras {
    use super::*;

    #[test]
    fn the_mapped_field_gives_the_address_and_teaches_the_account() {
        let mapping = Mapping::Jira(JiraMapping {
            email: vec![
                "/issue/fields/customfield_1".parse().unwrap(),
                "/issue/fields/customfield_10050".parse().unwrap(),
            ],
            ..JiraMapping::default()
        });
        assert_eq!(mapping.accounts(&created()), BTreeSet::new());
        let mapped = apply_for(&mapping, Function::RequestCreated, created(), &[]).unwrap();
        let Mapped::Event { document, learned } = mapped else {
            panic!("nothing")
        };
        assert_eq!(document["data"]["reporter"]["email"], "vera@globex.example");
        assert_eq!(document["timestamp"], "2026-11-22T09:30:00.123Z");
        let learned: Vec<_> = learned
            .iter()
            .map(|(id, email)| (id.as_str(), email.as_str()))
            .collect();
        assert_eq!(learned, [("r-1", "vera@globex.example")]);
    }

    #[test]
    fn an_account_without_address_is_looked_up() {
        let ids: Vec<String> = jira()
            .accounts(&created())
            .into_iter()
            .map(String::from)
            .collect();
        assert_eq!(ids, ["r-1"]);
        let known = [("r-1", "vera@globex.example")];
        assert!(apply_for(&jira(), Function::RequestCreated, created(), &known).is_ok());
        let unknown = apply_for(&jira(), Function::RequestCreated, created(), &[]).unwrap_err();
        assert_eq!(unknown.pointer(), Some("/issue/fields/reporter"));
        assert!(unknown.parkable());
    }

    #[test]
    fn the_desks_own_names_are_used_for_type_organisation_and_participants() {
        let mapping: Mapping = serde_json::from_value(json!({
            "name": "jira",
            "email": ["/issue/fields/customfield_10050"],
            "request_type": "/issue/fields/customfield_10010/requestType/name",
            "request_types": {"Report a fault": "incident"},
            "organization": {"constant": "globex"},
            "participants": "/issue/fields/customfield_10002",
        }))
        .unwrap();
        let known = [("p-1", "pia@globex.example")];
        let mapped = apply_for(&mapping, Function::RequestCreated, created(), &known).unwrap();
        let Mapped::Event { document, .. } = mapped else {
            panic!("nothing")
        };
        assert_eq!(document["data"]["request"]["type"], "incident");
        assert_eq!(document["data"]["organization"], "globex");
        // A participant whom nobody knows is left out; the request is not.
        assert_eq!(
            document["data"]["participants"],
            json!(["pia@globex.example"])
        );
    }

    #[test]
    fn only_an_exact_and_unrestricted_yes_makes_a_comment_public() {
        let public = |change: fn(&mut Value)| {
            document(&jira(), Function::RequestUpdated, comment(change))["data"]["comment"]["public"].clone()
        };
        assert_eq!(public(|_| {}), true);
        assert_eq!(public(|c| c["jsdPublic"] = json!(false)), false);
        assert_eq!(public(|c| c["jsdPublic"] = json!("true")), false);
        assert_eq!(public(|c| c["jsdPublic"] = json!(1)), false);
        assert_eq!(public(|c| c["jsdPublic"] = json!(null)), false);
        assert_eq!(
            public(|c| drop(c.as_object_mut().unwrap().remove("jsdPublic"))),
            false
        );
        assert_eq!(
            public(|c| c["visibility"] = json!({"type": "role", "value": "Service Desk Team"})),
            false
        );
    }

    #[test]
    fn an_author_is_a_customer_by_kind_or_as_the_reporter() {
        let role = |payload: Value| {
            document(&jira(), Function::RequestUpdated, payload)["data"]["comment"]["author"]["role"].clone()
        };
        assert_eq!(role(comment(|_| {})), "agent");
        assert_eq!(
            role(comment(|c| c["author"]["accountType"] = json!("customer"))),
            "customer"
        );
        let mut own = comment(|_| {});
        own["issue"]["fields"]["reporter"] = json!({"accountId": "a-1"});
        assert_eq!(role(own), "customer");
    }

    #[test]
    fn a_comment_may_be_a_document_and_one_without_text_is_nothing() {
        let body = json!({"type": "doc", "content": [
            {"type": "paragraph", "content": [{"type": "text", "text": "Done."}]},
        ]});
        let document = document(
            &jira(),
            Function::RequestUpdated,
            comment(|c| c["body"] = body),
        );
        assert_eq!(document["data"]["comment"]["body"], "Done.");
        let empty = apply_for(
            &jira(),
            Function::RequestUpdated,
            comment(|c| c["body"] = json!(" ")),
            &[],
        );
        assert_eq!(empty, Ok(Mapped::Nothing("a comment without text")));
    }

    #[test]
    fn a_status_means_what_the_source_its_name_or_jiras_category_says() {
        let category = |mapping: &Mapping, now: &str, key: &str| {
            let mut payload = created();
            payload["webhookEvent"] = json!("jira:issue_updated");
            payload["issue"]["fields"]["status"] =
                json!({"name": now, "statusCategory": {"key": key}});
            payload["changelog"] = json!({"items": [{"field": "status", "toString": "Checking"}]});
            document(mapping, Function::RequestUpdated, payload)["data"]["status"]["category"]
                .clone()
        };
        assert_eq!(category(&jira(), "Checking", "new"), "new");
        assert_eq!(
            category(&jira(), "Checking", "indeterminate"),
            "in_progress"
        );
        assert_eq!(category(&jira(), "Checking", "done"), "done");
        // The issue has moved on: its category is not the one of the status that was reported.
        assert_eq!(category(&jira(), "Closed", "done"), "in_progress");
        let named: Mapping = serde_json::from_value(
            json!({"name": "jira", "statuses": {"Checking": "waiting_for_customer"}}),
        )
        .unwrap();
        assert_eq!(category(&named, "Checking", "done"), "waiting_for_customer");
    }

    #[test]
    fn what_is_missing_is_named() {
        let missing = |payload: Value| {
            apply_for(
                &jira(),
                Function::RequestCreated,
                payload,
                &[("r-1", "v@globex.example")],
            )
            .unwrap_err()
            .pointer()
            .map(str::to_owned)
        };
        assert_eq!(missing(json!({})).unwrap(), "/webhookEvent");
        assert_eq!(missing(json!([])).unwrap(), "/webhookEvent");
        let mut payload = created();
        payload["issue"]["key"] = json!(null);
        assert_eq!(missing(payload).unwrap(), "/issue/key");
        assert_eq!(
            missing(json!({"webhookEvent": "jira:issue_created"})).unwrap(),
            "/issue/fields/reporter"
        );
        let nothing = apply_for(
            &jira(),
            Function::RequestUpdated,
            json!({"webhookEvent": "comment_deleted"}),
            &[],
        );
        assert_eq!(nothing, Ok(Mapped::Nothing("this Jira event is not used")));
    }
}

mod automation {
    use super::*;

    fn mapping() -> Mapping {
        serde_json::from_value(
            json!({"name": "jsm-automation", "email": ["/issue/fields/customfield_10050"]}),
        )
        .unwrap()
    }

    #[test]
    fn both_of_its_formats_make_the_same_event() {
        let wrapped = json!({"issue": issue()});
        let created = document(&mapping(), Function::RequestCreated, wrapped.clone());
        assert_eq!(created["type"], "request.created");
        assert_eq!(created["timestamp"], "2026-11-22T09:00:00Z");
        assert_eq!(
            created,
            document(&mapping(), Function::RequestCreated, issue())
        );
        assert_eq!(mapping().accounts(&issue()), mapping().accounts(&wrapped));
    }

    #[test]
    fn the_function_says_what_happened() {
        let changed = document(&mapping(), Function::RequestUpdated, issue());
        assert_eq!(changed["type"], "request.transitioned");
        assert_eq!(
            changed["data"]["status"],
            json!({"to": "Open", "category": "new"})
        );
        assert_eq!(changed["timestamp"], "2026-11-22T09:15:00Z");

        let mut written = comment(|c| c["created"] = json!("2026-11-22T10:20:00.000+0100"));
        written.as_object_mut().unwrap().remove("webhookEvent");
        written.as_object_mut().unwrap().remove("timestamp");
        let commented = document(&mapping(), Function::RequestUpdated, written);
        assert_eq!(commented["type"], "request.commented");
        assert_eq!(commented["data"]["comment"]["public"], true);
        assert_eq!(commented["timestamp"], "2026-11-22T09:20:00Z");

        for function in [Function::CustomerInvited, Function::MemberOffboarded] {
            let refused = apply_for(&mapping(), function, issue(), &[]);
            assert_eq!(refused, Err(MappingError::WrongFunction));
        }
    }
}

mod forms {
    use super::*;

    fn tally(fields: Value) -> Value {
        json!({"eventType": "FORM_RESPONSE", "data": {
            "responseId": "abc", "formName": "Report", "fields": fields,
        }})
    }

    #[test]
    fn a_form_without_an_address_is_no_request() {
        let mapping = Mapping::Tally(FormMapping::default());
        let payload =
            tally(json!([{"key": "q1", "label": "Name", "type": "INPUT_TEXT", "value": "Kim"}]));
        let error = apply_for(&mapping, Function::RequestCreated, payload, &[]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "nothing stands at /data/fields, where an answer with an e-mail address is expected"
        );
    }

    #[test]
    fn the_source_says_which_question_means_what() {
        let mapping: Mapping = serde_json::from_value(json!({
            "name": "tally", "email": "q2", "summary": "What is it?", "description": "q4",
            "organization": "org", "request_type": "fault",
        }))
        .unwrap();
        let payload = tally(json!([
            {"key": "q1", "label": "Manager", "type": "INPUT_EMAIL", "value": "boss@acme.example"},
            {"key": "q2", "label": "You", "type": "INPUT_EMAIL", "value": "kim@acme.example"},
            {"key": "q3", "label": "what is it?", "type": "INPUT_TEXT", "value": "A fault\n"},
            {"key": "q4", "label": "Story", "type": "INPUT_TEXT", "value": "Long"},
            {"key": "org", "label": "org", "type": "HIDDEN_FIELDS", "value": "acme"},
            {"key": "q5", "label": "Story", "type": "INPUT_TEXT", "value": "one"},
            {"key": "q6", "label": "Story", "type": "INPUT_TEXT", "value": "two"},
        ]));
        let document = document(&mapping, Function::RequestCreated, payload);
        assert_eq!(
            document,
            json!({
                "type": "request.created", "timestamp": RECEIVED,
                "data": {
                    "request": {
                        "key": "abc", "type": "fault", "summary": "A fault", "description": "Long",
                        "fields": {"Manager": "boss@acme.example", "Story": "one", "Story (2)": "two"},
                    },
                    "reporter": {"email": "kim@acme.example"}, "organization": "acme", "channel": "form",
                },
            })
        );
    }

    #[test]
    fn forms_raise_requests_and_nothing_else() {
        for mapping in [
            Mapping::Tally(FormMapping::default()),
            Mapping::Typeform(FormMapping::default()),
        ] {
            let refused = apply_for(&mapping, Function::RequestUpdated, tally(json!([])), &[]);
            assert_eq!(refused, Err(MappingError::WrongFunction));
            let other = json!({"eventType": "FORM_PARTIAL", "event_type": "form_response_partial"});
            let nothing = apply_for(&mapping, Function::RequestCreated, other, &[]);
            assert!(matches!(nothing, Ok(Mapped::Nothing(_))));
        }
    }
}

mod declared {
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
        let payload = json!({"at": 1_795_339_800, "ticket": {"id": "T1", "text": "Help"}, "cc": ["a@b.example"]});
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
}

fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "\\PC{0,20}|jira:issue_created|comment_created|jira:issue_updated|form_response|FORM_RESPONSE|status"
            .prop_map(Value::from),
    ];
    let names = "[a-z]{1,3}|issue|fields|key|reporter|accountId|emailAddress|comment|author|body|id|webhookEvent|changelog|items|field|toString|status|name|eventType|event_type|data|form_response|answers|type|value|content|text|timestamp";
    leaf.prop_recursive(6, 64, 8, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            proptest::collection::hash_map(names, inner, 0..8)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn no_payload_panics_any_mapping(payload in anything(), which in 0..4usize) {
        for mapping in [
            Mapping::Canonical,
            jira(),
            Mapping::JsmAutomation(JiraMapping::default()),
            Mapping::Typeform(FormMapping::default()),
            Mapping::Tally(FormMapping::default()),
        ] {
            let _ = mapping.accounts(&payload);
            let _ = apply_for(&mapping, Function::ALL[which], payload.clone(), &[]);
        }
    }
}
