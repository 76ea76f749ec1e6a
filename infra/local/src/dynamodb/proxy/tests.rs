#![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::error::ProvideErrorMetadata;
use aws_sdk_dynamodb::types::{AttributeValue, Put, TransactWriteItem};

use super::*;
use crate::clock::MovableClock;
use crate::dynamodb::engine::Engine;
use crate::fault::{DynamodbFaults, Faults};
use crate::sdk;
use crate::template::{DEPLOYED, Template};

struct Bench {
    engine: Engine,
    layer: Layer,
    client: Client,
}

async fn bench(faults: DynamodbFaults) -> Bench {
    let parameters = [("SesDomain".to_owned(), json!("lanyard.example"))].into();
    let template = Template::read(DEPLOYED, "lanyard", &parameters).unwrap();
    let engine = Engine::start(&template, None, &MovableClock::real())
        .await
        .unwrap();
    let layer = Layer {
        engine: engine.address(),
        faults: Arc::default(),
        meter: Arc::default(),
        written: Arc::default(),
        permissions: Arc::default(),
        tape: Arc::default(),
    };
    layer
        .faults
        .set(Faults {
            dynamodb: faults,
            ..Faults::default()
        })
        .unwrap();
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let endpoint = sdk::address(listener.local_addr().unwrap());
    tokio::spawn(serve(listener, layer.clone()));
    let config = sdk::dynamodb(&endpoint, "test").config().to_builder();
    let client = Client::from_conf(config.retry_config(RetryConfig::disabled()).build());
    Bench {
        engine,
        layer,
        client,
    }
}

fn item(id: &str) -> Put {
    Put::builder()
        .table_name("lanyard-journal")
        .item("pk", AttributeValue::S(id.to_owned()))
        .item("sk", AttributeValue::S("OUTBOX".to_owned()))
        .build()
        .unwrap()
}

async fn stored(bench: &Bench) -> i32 {
    let direct = sdk::dynamodb(&sdk::address(bench.engine.address()), "test");
    direct
        .scan()
        .table_name("lanyard-journal")
        .send()
        .await
        .unwrap()
        .count()
}

fn write(
    bench: &Bench,
) -> aws_sdk_dynamodb::operation::transact_write_items::builders::TransactWriteItemsFluentBuilder {
    let items =
        ["OUTBOX#1", "OUTBOX#2"].map(|id| TransactWriteItem::builder().put(item(id)).build());
    bench
        .client
        .transact_write_items()
        .set_transact_items(Some(items.to_vec()))
}

#[tokio::test]
async fn a_write_passes_is_counted_and_wakes_the_reader() {
    let bench = bench(DynamodbFaults::default()).await;
    write(&bench).send().await.unwrap();
    assert_eq!(stored(&bench).await, 2);
    let used = bench.layer.meter.read();
    assert_eq!(used.calls(), 1);
    // Two units for each item: a transaction prepares and commits.
    assert!((used.write_units() - 4.0).abs() < f64::EPSILON, "{used:?}");
    bench.layer.written.notified().await;
}

#[tokio::test]
async fn a_conflict_cancels_the_transaction_with_a_reason_for_each_item() {
    let bench = bench(DynamodbFaults {
        conflict: 1.0,
        ..DynamodbFaults::default()
    })
    .await;
    let refused = write(&bench).send().await.unwrap_err().into_service_error();
    let cancelled = refused.is_transaction_canceled_exception();
    assert!(cancelled, "{refused:?}");
    let aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError::TransactionCanceledException(details) = refused else {
        panic!("not the cancellation that was asserted");
    };
    let codes: Vec<_> = details
        .cancellation_reasons()
        .iter()
        .filter_map(|reason| reason.code())
        .collect();
    assert_eq!(codes, ["TransactionConflict", "None"]);
    assert_eq!(stored(&bench).await, 0);
}

#[tokio::test]
async fn a_single_write_meets_a_conflict_and_a_read_does_not() {
    let bench = bench(DynamodbFaults {
        conflict: 1.0,
        ..DynamodbFaults::default()
    })
    .await;
    let single = bench
        .client
        .put_item()
        .table_name("lanyard-journal")
        .set_item(Some(item("OUTBOX#1").item().clone()));
    let refused = single.send().await.unwrap_err();
    assert_eq!(refused.code(), Some("TransactionConflictException"));
    bench
        .client
        .scan()
        .table_name("lanyard-journal")
        .send()
        .await
        .unwrap();
}

#[tokio::test]
async fn a_failure_before_writes_nothing_and_one_after_has_written() {
    let before = bench(DynamodbFaults {
        fail_before: 1.0,
        ..DynamodbFaults::default()
    })
    .await;
    let refused = write(&before).send().await.unwrap_err();
    assert_eq!(refused.code(), Some("InternalServerError"));
    assert_eq!(stored(&before).await, 0);
    let after = bench(DynamodbFaults {
        fail_after: 1.0,
        ..DynamodbFaults::default()
    })
    .await;
    let refused = write(&after).send().await.unwrap_err();
    assert_eq!(refused.raw_response().unwrap().status().as_u16(), 500);
    assert_eq!(stored(&after).await, 2);
    assert_eq!(after.layer.meter.read().0["TransactWriteItems"].faults, 1);
}

#[tokio::test]
async fn what_is_cut_or_hangs_was_done_and_has_no_answer() {
    let cut = DynamodbFaults {
        cut: 1.0,
        ..DynamodbFaults::default()
    };
    let hang = DynamodbFaults {
        hang: 1.0,
        ..DynamodbFaults::default()
    };
    for faults in [cut, hang] {
        let bench = bench(faults).await;
        let answer = tokio::time::timeout(Duration::from_millis(500), write(&bench).send());
        assert!(!matches!(answer.await, Ok(Ok(_))));
        assert_eq!(stored(&bench).await, 2);
    }
}

#[tokio::test]
async fn a_throttled_call_says_so() {
    let bench = bench(DynamodbFaults {
        throttle: 1.0,
        ..DynamodbFaults::default()
    })
    .await;
    let refused = write(&bench).send().await.unwrap_err();
    assert_eq!(refused.code(), Some("ThrottlingException"));
}
