//! The edges that `DynamoDB` sets.

use aws_sdk_dynamodb::{primitives::Blob, types::AttributeValue};
use domain::{Change, Outcome};
use store::{CommitError, Once, Parking, Wanted};

use crate::{
    changes::outcome,
    engine::{Engine, new_id},
    sample,
};

fn customers(count: usize) -> Vec<Change> {
    (0..count)
        .map(|n| Change::Customer(sample::customer(&format!("p{n}@acme.example"))))
        .collect()
}

async fn commit(engine: &Engine, outcome: &Outcome, once: &Once) -> Result<(), CommitError> {
    engine
        .store
        .commit(outcome, once, sample::now(), &new_id)
        .await
        .map(drop)
}

#[tokio::test]
async fn a_hundred_items_are_one_transaction_and_a_hundred_and_one_are_none() {
    let engine = Engine::start().await;
    let once = sample::once("d-1");
    let error = commit(&engine, &outcome(customers(100)), &once)
        .await
        .unwrap_err();
    assert!(matches!(error, CommitError::TooLarge { .. }), "{error:?}");
    assert!(!error.retryable());
    assert_eq!(
        engine.meter.total().calls,
        0,
        "told before anything is sent"
    );
    commit(&engine, &outcome(customers(99)), &once)
        .await
        .unwrap();
    assert_eq!(engine.keys("directory").await.len(), 99);
}

async fn park(engine: &Engine, id: &str, bytes: usize) -> Result<(), CommitError> {
    let body = vec![b'x'; bytes];
    // A body is parked once, so each of these has a hash of its own.
    let mut payload_sha256 = [0; 32];
    payload_sha256[..id.len()].copy_from_slice(id.as_bytes());
    engine
        .store
        .park(
            &Parking {
                source: &sample::source(),
                id: &sample::delivery_id(id),
                function: "request-created",
                code: domain::Code::UnknownDesk,
                body: &body,
                payload_sha256,
                answer: &sample::answer(),
            },
            sample::now(),
            &new_id,
        )
        .await
}

#[tokio::test]
async fn an_item_takes_four_hundred_kilobytes_to_the_byte() {
    let engine = Engine::start().await;
    let (mut fits, mut too_large) = (300_000, 500_000);
    while too_large - fits > 1 {
        let middle = usize::midpoint(fits, too_large);
        match park(&engine, &format!("{middle}"), middle).await {
            Ok(()) => fits = middle,
            Err(CommitError::TooLarge { .. }) => too_large = middle,
            Err(error) => panic!("the engine refused {middle} bytes: {error:?}"),
        }
    }
    // The engine refuses one byte more, as we do.
    let id = AttributeValue::S(fits.to_string());
    let items = engine.items("journal").await;
    let mut item = items
        .into_iter()
        .find(|item| item.get("id") == Some(&id))
        .unwrap();
    let put = |item| {
        let put = engine.client.put_item().table_name("journal");
        put.set_item(Some(item)).send()
    };
    put(item.clone()).await.unwrap();
    item.insert(
        "body".to_owned(),
        AttributeValue::B(Blob::new(vec![b'x'; too_large])),
    );
    put(item).await.unwrap_err();
}

#[tokio::test]
async fn a_transaction_takes_four_megabytes() {
    let engine = Engine::start().await;
    let request = |n: usize| {
        let mut request = sample::request(&format!("SUP-{n}"));
        // 120 KB each.
        let fields = (0..60).map(|f| {
            let name = format!("f{f}").parse().unwrap();
            (name, "x".repeat(2_000).parse().unwrap())
        });
        request.fields.extend(fields);
        Change::Request(Box::new(request))
    };
    let error = commit(
        &engine,
        &outcome((0..36).map(request).collect()),
        &Once::Nothing,
    )
    .await
    .unwrap_err();
    assert!(
        matches!(
            error,
            CommitError::TooLarge {
                what: "more than 4 MB"
            }
        ),
        "{error:?}"
    );
    commit(
        &engine,
        &outcome((0..33).map(request).collect()),
        &Once::Nothing,
    )
    .await
    .unwrap();
}

#[tokio::test]
async fn a_query_goes_on_over_pages_of_one_megabyte() {
    let engine = Engine::start().await;
    for n in 0..8 {
        park(&engine, &format!("d-{n}"), 300_000).await.unwrap();
    }
    let page = engine.store.parked(None, 100).await.unwrap();
    assert!(page.items.len() < 8, "one page holds a megabyte");
    let mut parked = page.items;
    let mut cursor = page.next;
    while let Some(next) = cursor {
        let page = engine.store.parked(Some(&next), 100).await.unwrap();
        parked.extend(page.items);
        cursor = page.next;
    }
    assert_eq!(parked.len(), 8);
    // The same within one read: a request with very many viewers.
    let request = sample::request("SUP-1");
    commit(
        &engine,
        &outcome(vec![Change::Request(Box::new(request.clone()))]),
        &Once::Nothing,
    )
    .await
    .unwrap();
    for chunk in 0..40 {
        let viewers = (0..99)
            .map(|n| {
                // An address of the greatest length, so that 4,000 viewers are over a megabyte.
                let domain = format!(
                    "{}.{}.{}.example",
                    "d".repeat(60),
                    "e".repeat(60),
                    "f".repeat(50)
                );
                let who = format!("p{chunk:02}{n:02}{}@{domain}", "x".repeat(59));
                Change::Viewer(sample::viewer("SUP-1", sample::person(&who)))
            })
            .collect();
        commit(&engine, &outcome(viewers), &Once::Nothing)
            .await
            .unwrap();
    }
    let (record, viewers) = engine
        .store
        .request_with_viewers(&request.id)
        .await
        .unwrap();
    assert!(record.is_some());
    assert_eq!(viewers.len(), 40 * 99);
    assert!(engine.meter.read()["Query"].calls > 3);
}

#[tokio::test]
async fn a_load_of_more_than_a_hundred_keys_is_cut() {
    let engine = Engine::start().await;
    for chunk in customers(250).chunks(100) {
        commit(&engine, &outcome(chunk.to_vec()), &Once::Nothing)
            .await
            .unwrap();
    }
    let emails: Vec<_> = (0..250)
        .map(|n| sample::email(&format!("p{n}@acme.example")))
        .collect();
    let loaded = engine
        .store
        .load(Wanted::new().customers(&emails).customers(&emails))
        .await
        .unwrap();
    assert_eq!(loaded.customers().count(), 250);
    assert_eq!(engine.meter.read()["BatchGetItem"].calls, 3);
}
