//! A function that was not told everything does not start, and says what it was not told.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::child::{Child, Lines};
use crate::deployed::command;
use tests::runtime_api::RuntimeApi;

const FUNCTIONS: [&str; 8] = [
    "request-created",
    "request-updated",
    "customer-invited",
    "member-offboarded",
    "inactivity-sweep",
    "outbox-relay",
    "mail-feedback",
    "self-service",
];

/// The variables from the template and Lambda that a function needs.
const NEEDED: [(&str, &str); 12] = [
    ("LANYARD_DIRECTORY_TABLE", "directory"),
    ("LANYARD_REQUESTS_TABLE", "requests"),
    ("LANYARD_JOURNAL_TABLE", "journal"),
    ("LANYARD_AUDIT_TABLE", "audit"),
    ("LANYARD_BASE_URL", "https://desk.example"),
    (
        "LANYARD_LINK_SECRET",
        "bm90IGEgc2VjcmV0LCBidXQgYXMgbG9uZyBhcyBvbmU=",
    ),
    (
        "LANYARD_SOURCE_SECRET",
        "b25lIG1vcmUgc3VjaCB0aGluZyBvZiB0aGUgc2l6ZS4=",
    ),
    (
        "LANYARD_TRACE_SECRET",
        "bm9yIGlzIHRoaXMsIGFuZCBpdCBpcyBhcyBsb25nIHRvbw==",
    ),
    ("LANYARD_SES_CONFIGURATION_SET", "mails"),
    ("LANYARD_SES_MAX_SEND_RATE", "10"),
    ("AWS_REGION", "eu-central-1"),
    ("AWS_SECRET_ACCESS_KEY", "not-a-key-either"),
];

/// Starts a function that has to fail, and gives what it said.
fn refused(name: &str, api: &RuntimeApi, environment: &BTreeMap<&str, &str>) -> Lines {
    let environment = environment
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let (ended, lines) = Child::start(&mut command(name, api, environment)).wait();
    assert!(!ended.success(), "{name} started: {lines:#?}");
    assert_eq!(api.asked(), 0, "{name} asked for an event");
    lines
}

/// The one line of JSON that says why.
fn reason(name: &str, lines: &Lines) -> String {
    let [line] = &lines.out[..] else {
        panic!("{name}: {lines:#?}")
    };
    let line: Value = serde_json::from_str(line).unwrap();
    assert_eq!(line["level"], "ERROR");
    assert_eq!(line["message"], "not started");
    line["error"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_function_without_its_variables_names_all_that_are_missing() {
    let api = RuntimeApi::start();
    for function in FUNCTIONS {
        let lines = refused(function, &api, &BTreeMap::new());
        let reason = reason(function, &lines);
        let foreign: &[&str] = match function {
            "outbox-relay" | "self-service" => &["LANYARD_SOURCE_SECRET"],
            "inactivity-sweep" | "mail-feedback" => {
                &["LANYARD_LINK_SECRET", "LANYARD_SOURCE_SECRET"]
            }
            _ => &["LANYARD_LINK_SECRET"],
        };
        for (variable, _) in NEEDED {
            let needed = !foreign.contains(&variable);
            assert_eq!(reason.contains(variable), needed, "{function}: {reason}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_function_names_the_one_variable_that_is_missing_or_bad_and_repeats_no_value() {
    let api = RuntimeApi::start();
    let with = |variable, value| {
        let mut environment = BTreeMap::from(NEEDED);
        environment.insert("AWS_ACCESS_KEY_ID", "id");
        environment.insert(variable, value);
        environment
    };
    for (variable, value) in [
        ("LANYARD_JOURNAL_TABLE", ""),
        ("AWS_ACCESS_KEY_ID", ""),
        ("LANYARD_SOURCE_SECRET", "too-short-to-be-one"),
        ("LANYARD_SOURCE_SECRET_PREVIOUS", "too-short-to-be-one"),
        ("LANYARD_TRACE_SECRET", "too-short-to-be-one"),
        ("LANYARD_BASE_URL", "desk.example/too"),
        ("LANYARD_SES_MAX_SEND_RATE", "as-many-as-you-like"),
        ("LANYARD_LOG", "everything"),
    ] {
        let lines = refused("request-created", &api, &with(variable, value));
        let reason = reason("request-created", &lines);
        assert!(reason.contains(&format!("{variable} ")), "{reason}");
        for (other, _) in NEEDED.iter().filter(|(other, _)| *other != variable) {
            assert!(!reason.contains(&format!("{other} ")), "{reason}");
        }
        for line in lines.all() {
            assert!(value.is_empty() || !line.contains(value), "{line}");
            for secret in [5, 6, 7, 11] {
                assert!(!line.contains(NEEDED[secret].1), "{line}");
            }
        }
    }
}
