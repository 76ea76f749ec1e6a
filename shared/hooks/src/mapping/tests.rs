//! Each mapping's edges. Whole payloads, shaped like the real ones, are tested from `events/`.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]
#![allow(
    clippy::needless_pass_by_value,
    reason = "payloads are written in place"
)]

mod automation;
mod declared;
mod forms;
mod identities;
mod jiras;
mod senders;
mod words;

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
    let known = |(id, email): &(&str, &str)| (id.parse().unwrap(), email.parse().unwrap());
    let people = People {
        accounts: accounts.iter().map(known).collect(),
        desk: Some(desk()),
        ..People::default()
    };
    let context = Context {
        function,
        received_at: RECEIVED.parse().unwrap(),
        people: &people,
    };
    mapping.apply(payload, &context)
}

fn desk() -> Desk {
    serde_json::from_value(json!({
        "id": "support",
        "name": "Customer support",
        "sender": "support@lanyard.example",
        "inbox": "inbox@lanyard.example",
        "administrators": ["ada@lanyard.example"],
        "access": "members",
        "request_types": [],
        "announcements": [],
        "version": 1,
    }))
    .unwrap()
}

fn document(mapping: &Mapping, function: Function, payload: Value) -> Value {
    match apply_for(mapping, function, payload, &[]).unwrap() {
        Mapped::Events { mut documents, .. } => documents.remove(0),
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

fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "\\PC{0,20}|jira:issue_created|comment_created|jira:issue_updated|form_response|FORM_RESPONSE|status"
            .prop_map(Value::from),
    ];
    let names = "[a-z]{1,3}|issue|fields|key|reporter|accountId|emailAddress|comment|author|body|id|webhookEvent|changelog|items|field|toString|status|name|eventType|event_type|data|form_response|answers|type|value|content|text|timestamp|definition|fields|properties|title|choices|labels|rows|columns|options|url|hidden|variables|marks|attrs";
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
            let _ = mapping.accounts(&payload, Function::ALL[which]);
            let _ = apply_for(&mapping, Function::ALL[which], payload.clone(), &[]);
        }
    }
}
