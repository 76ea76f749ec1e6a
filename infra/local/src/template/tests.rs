#![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

use jiff::SignedDuration;
use serde_json::json;

use super::*;

fn deployed() -> Template {
    let parameters = BTreeMap::from([("SesDomain".to_owned(), json!("lanyard.example"))]);
    Template::read(DEPLOYED, "lanyard", &parameters).unwrap()
}

#[test]
fn the_four_tables_are_read_with_their_indexes_stream_and_time_to_live() {
    let template = deployed();
    let names: Vec<_> = template
        .tables
        .iter()
        .map(|table| table.role.as_str())
        .collect();
    assert_eq!(names, ["audit", "directory", "journal", "requests"]);
    let journal = template.table("journal").unwrap();
    assert_eq!(journal.name, "lanyard-journal");
    assert_eq!(journal.time_to_live.as_deref(), Some("expires_at"));
    assert_eq!(
        journal.definition["StreamSpecification"]["StreamViewType"],
        "NEW_IMAGE"
    );
    let directory = template.table("directory").unwrap();
    let indexes = directory.definition["GlobalSecondaryIndexes"]
        .as_array()
        .unwrap();
    assert_eq!(indexes.len(), 2);
    assert!(directory.time_to_live.is_none());
}

#[test]
fn each_function_is_read_with_its_trigger() {
    let template = deployed();
    assert_eq!(template.functions.len(), 9);
    let created = template.function("request-created").unwrap();
    assert_eq!(
        created.routes,
        [Route {
            method: "POST".to_owned(),
            path: "/hooks/{source}/request-created".to_owned()
        }]
    );
    let relay = template.function("outbox-relay").unwrap();
    assert_eq!(relay.streams.len(), 1);
    assert_eq!(relay.streams[0].table, "JournalTable");
    let sweep = template.function("inactivity-sweep").unwrap();
    assert_eq!(sweep.schedules[0].every, SignedDuration::from_mins(15));
    assert_eq!(
        sweep.asynchronous.on_failure.as_deref(),
        Some("SweepDeadLetters")
    );
    assert_eq!(sweep.asynchronous.retries, 1);
    assert_eq!(template.function("mail-feedback").unwrap().rules.len(), 1);
    assert!(template.function("self-service").unwrap().routes.len() > 1);
}

#[test]
fn the_environment_names_the_tables() {
    let template = deployed();
    for function in &template.functions {
        let environment = &function.environment;
        assert_eq!(environment["LANYARD_JOURNAL_TABLE"], "lanyard-journal");
        assert_eq!(environment["LANYARD_SES_CONFIGURATION_SET"], "lanyard");
        assert_eq!(environment["LANYARD_LINK_SECRET_PREVIOUS"], "");
    }
}

#[test]
fn a_function_s_own_variable_takes_the_place_of_the_common_one() {
    let template = deployed();
    let hook = &template.function("request-created").unwrap().environment;
    assert!(template.environment["LANYARD_LINK_SECRET"].starts_with("{{resolve:"));
    assert_eq!(hook["LANYARD_LINK_SECRET"], "");
    let source = "LANYARD_SOURCE_SECRET";
    assert_eq!(hook[source], template.environment[source]);
}

fn refused(resources: &str) -> String {
    let text = format!("Resources:\n{resources}");
    Template::read(&text, "lanyard", &BTreeMap::new())
        .unwrap_err()
        .to_string()
}

#[test]
fn what_cannot_be_read_is_refused_by_name() {
    assert_eq!(
        refused("  T: { Type: AWS::DynamoDB::Table, Properties: { TableName: t, Replicas: [] } }"),
        "`T` uses `Replicas`, which is not known here"
    );
    assert_eq!(
        refused("  T: { Type: AWS::DynamoDB::Table, Properties: { KeySchema: [] } }"),
        "`T` has no `TableName`"
    );
    assert_eq!(
        refused(
            "  F: { Type: AWS::Serverless::Function, Properties: { FunctionName: f, Events: { Q: { Type: SQS } } } }"
        ),
        "`F.Q` uses `SQS`, which is not known here"
    );
    assert_eq!(
        refused("  M: { Type: AWS::Lambda::EventSourceMapping }"),
        "`M` uses `AWS::Lambda::EventSourceMapping`, which is not known here"
    );
    assert_eq!(
        refused("  T: { Type: AWS::DynamoDB::Table, Properties: { TableName: !Ref X } }"),
        "`X` is referred to, but is neither a parameter nor a resource"
    );
}
