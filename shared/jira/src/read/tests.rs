#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::{Issue, Organization, Request, RequestField, ServiceDesk, Transition, User, document};

/// Any JSON, with the names that answers have among its members.
fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "[a-z0-9: -]{0,12}".prop_map(Value::from),
    ];
    let name = prop::sample::select(vec![
        "accountId",
        "id",
        "issueKey",
        "key",
        "fields",
        "status",
        "name",
        "reporter",
        "to",
        "type",
        "content",
        "text",
        "attrs",
        "emailAddress",
        "active",
        "fieldId",
        "created",
    ]);
    leaf.prop_recursive(5, 64, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(name.clone(), inner, 0..8).prop_map(|members| members
                .into_iter()
                .map(|(k, v)| (k.to_owned(), v))
                .collect()),
        ]
    })
}

proptest! {
    #[test]
    fn any_list_is_read_as_far_as_it_goes(values in prop::collection::vec(anything(), 0..8)) {
        let all = values.len();
        let (users, unreadable) = entries::<User>(values.clone());
        prop_assert_eq!(users.len() + unreadable, all);
        entries::<Organization>(values.clone());
        entries::<ServiceDesk>(values.clone());
        entries::<RequestField>(values.clone());
        entries::<Transition>(values.clone());
        entries::<Request>(values);
    }

    #[test]
    fn a_user_is_read_whatever_its_other_fields_hold(value in anything()) {
        let mut user = json!({ "accountId": "5b10" });
        for name in ["emailAddress", "displayName", "active", "accountType", "timeZone"] {
            user[name] = value.clone();
        }
        let user: User = serde_json::from_value(user).unwrap();
        prop_assert_eq!(user.account_id.as_str(), "5b10");
    }

    #[test]
    fn an_issue_is_read_whatever_its_fields_hold(value in anything()) {
        let mut issue = json!({ "key": "SUP-1", "id": value });
        let fields = ["summary", "description", "status", "reporter", "created"];
        issue["fields"] = fields.into_iter().map(|name| (name.to_owned(), value.clone())).collect();
        let issue: Issue = serde_json::from_value(issue).unwrap();
        prop_assert_eq!(issue.key.as_str(), "SUP-1");
    }

    #[test]
    fn any_document_has_a_text(value in anything()) {
        document::text(&value);
    }

    #[test]
    fn a_text_survives_its_document(lines in prop::collection::vec("[ -~äß]{0,20}", 1..8)) {
        let text = lines.join("\n");
        let shown = document::text(&document::of(&text));
        let plain = |text: &str| {
            let lines = text.lines().filter(|line| !line.trim().is_empty());
            lines.map(str::to_owned).collect::<Vec<_>>()
        };
        // A line of blanks alone at the end is nothing that anybody sees.
        prop_assert_eq!(plain(shown.trim_end()), plain(text.trim_end()));
    }

    #[test]
    fn any_text_is_read_as_an_instant_or_not(text in "\\PC{0,40}") {
        instant_of(&text);
    }
}

#[test]
fn instants_are_read_in_each_form_that_jira_writes() {
    let expected = instant_of("2026-11-30T09:31:00.123Z");
    assert!(expected.is_some());
    for text in [
        "2026-11-30T10:31:00.123+0100",
        "2026-11-30T10:31:00.123+01:00",
    ] {
        assert_eq!(instant_of(text), expected, "{text}");
    }
    assert_eq!(instant_of("today"), None);
}

#[test]
fn a_deep_document_is_read_to_a_depth() {
    let mut document = json!({ "type": "text", "text": "deep" });
    for _ in 0..100 {
        document = json!({ "type": "listItem", "content": [document] });
    }
    assert_eq!(document::text(&document), "");
}
