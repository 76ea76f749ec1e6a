#![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

use aws_sdk_dynamodb::types::AttributeValue;

use super::*;
use crate::sdk;
use crate::template::DEPLOYED;

fn template() -> Template {
    let parameters = [("SesDomain".to_owned(), json!("lanyard.example"))].into();
    Template::read(DEPLOYED, "lanyard", &parameters).unwrap()
}

fn text(value: &str) -> AttributeValue {
    AttributeValue::S(value.to_owned())
}

async fn put(engine: &Engine, id: &str) {
    let client = sdk::dynamodb(&sdk::address(engine.address()), "test");
    client
        .put_item()
        .table_name("lanyard-journal")
        .item("pk", text(id))
        .item("sk", text("OUTBOX"))
        .item("expires_at", AttributeValue::N("1000000000".to_owned()))
        .send()
        .await
        .unwrap();
}

async fn count(engine: &Engine) -> i32 {
    let client = sdk::dynamodb(&sdk::address(engine.address()), "test");
    client
        .scan()
        .table_name("lanyard-journal")
        .send()
        .await
        .unwrap()
        .count()
}

#[tokio::test]
async fn the_real_client_finds_the_tables_of_the_template() {
    let engine = Engine::start(&template(), None, &MovableClock::real())
        .await
        .unwrap();
    let client = sdk::dynamodb(&sdk::address(engine.address()), "test");
    let mut names = client
        .list_tables()
        .send()
        .await
        .unwrap()
        .table_names()
        .to_vec();
    names.sort();
    assert_eq!(
        names,
        [
            "lanyard-audit",
            "lanyard-directory",
            "lanyard-journal",
            "lanyard-requests"
        ]
    );
    let journal = client
        .describe_table()
        .table_name("lanyard-journal")
        .send()
        .await
        .unwrap();
    assert!(journal.table().unwrap().latest_stream_arn().is_some());
    engine.stop().await;
}

#[tokio::test]
async fn a_file_keeps_its_items_over_a_restart() {
    let data = tempfile::tempdir().unwrap();
    let clock = MovableClock::real();
    let engine = Engine::start(&template(), Some(data.path()), &clock)
        .await
        .unwrap();
    put(&engine, "OUTBOX#1").await;
    engine.stop().await;
    let engine = Engine::start(&template(), Some(data.path()), &clock)
        .await
        .unwrap();
    assert_eq!(count(&engine).await, 1);
}

#[tokio::test]
async fn what_expired_by_the_moved_clock_is_deleted_in_memory() {
    let engine = Engine::start(&template(), None, &MovableClock::real())
        .await
        .unwrap();
    put(&engine, "DELIVERY#forms#1").await;
    assert_eq!(engine.upkeep().sweep_time_to_live().unwrap(), 1);
    assert_eq!(count(&engine).await, 0);
}

#[tokio::test]
async fn a_data_directory_of_another_template_is_refused() {
    let data = tempfile::tempdir().unwrap();
    let clock = MovableClock::real();
    Engine::start(&template(), Some(data.path()), &clock)
        .await
        .unwrap()
        .stop()
        .await;
    let mut changed = template();
    changed.tables[0].definition["GlobalSecondaryIndexes"] = json!([]);
    let refused = Engine::start(&changed, Some(data.path()), &clock)
        .await
        .unwrap_err();
    assert!(matches!(refused, EngineError::Changed(table) if table == "lanyard-audit"));
}
