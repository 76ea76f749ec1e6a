//! One read for everything that a decision needs.

use domain::{Change, request::Record};
use store::{StoreError, Wanted};

use aws_sdk_dynamodb::types::AttributeValue;

use crate::{
    changes::outcome,
    engine::{Engine, new_id},
    sample,
};

#[tokio::test]
async fn a_mixed_load_is_one_call_and_leaves_out_what_is_not_there() {
    let engine = Engine::start().await;
    let ann = sample::email("ann@acme.example");
    let acme = sample::org_id("acme");
    let who = sample::person("ann@acme.example");
    let changes = vec![
        Change::Customer(sample::customer("ann@acme.example")),
        Change::Organization(sample::organization("acme")),
        Change::Membership(sample::membership("acme", "ann@acme.example")),
        Change::Request(Box::new(sample::request("SUP-1"))),
        Change::Viewer(sample::viewer("SUP-1", who.clone())),
    ];
    let once = sample::once("d-1");
    engine
        .store
        .commit(&outcome(changes), &once, sample::now(), &new_id)
        .await
        .unwrap();
    let domain = "acme.example".parse().unwrap();
    engine.store.put_domain_rule(&domain, &acme).await.unwrap();
    drop(engine.meter.take());
    let (request, missing) = (sample::request_ref("SUP-1"), sample::request_ref("SUP-2"));
    let nobody = sample::email("nobody@acme.example");
    let loaded = engine
        .store
        .load(
            Wanted::new()
                .customer(&ann)
                .customer(&nobody)
                .organization(&acme)
                .membership(&acme, &ann)
                .membership(&acme, &nobody)
                .affiliation(&acme, &ann)
                .desk(&"support".parse().unwrap())
                .domain_rule(&domain)
                .request(&request)
                .request(&missing)
                .viewer(&request, &who)
                .delivery(&sample::source(), &sample::delivery_id("d-1")),
        )
        .await
        .unwrap();
    assert_eq!(engine.meter.total().calls, 1);
    assert!(loaded.customer(&ann).is_some());
    assert!(loaded.customer(&nobody).is_none());
    assert!(loaded.organization(&acme).is_some());
    assert_eq!(loaded.memberships().count(), 1);
    assert!(!loaded.affiliation(&acme, &ann).trace());
    assert!(loaded.desk(&"support".parse().unwrap()).is_none());
    assert_eq!(loaded.domain_rule(&domain), Some(&acme));
    assert!(matches!(loaded.request(&request), Some(Record::Known(_))));
    assert_eq!(loaded.request(&missing), None);
    assert!(loaded.viewer(&request, &who).is_some());
    let seen = loaded.delivery(
        &sample::source(),
        &sample::delivery_id("d-1"),
        sample::now(),
    );
    assert!(seen.unwrap().is_some());
}

#[tokio::test]
async fn nothing_wanted_calls_nobody() {
    let engine = Engine::start().await;
    engine.store.load(Wanted::new()).await.unwrap();
    assert_eq!(engine.meter.total().calls, 0);
}

#[tokio::test]
async fn an_item_that_is_not_what_its_key_says_is_an_error_that_names_no_one() {
    let engine = Engine::start().await;
    engine
        .client
        .put_item()
        .table_name("directory")
        .item(
            "pk",
            AttributeValue::S("CUSTOMER#ann@acme.example".to_owned()),
        )
        .item("sk", AttributeValue::S("CUSTOMER".to_owned()))
        .item("name", AttributeValue::Bool(true))
        .send()
        .await
        .unwrap();
    let ann = sample::email("ann@acme.example");
    let error = engine
        .store
        .load(Wanted::new().customer(&ann))
        .await
        .unwrap_err();
    assert!(
        matches!(
            error,
            StoreError::Unreadable {
                what: "customer",
                ..
            }
        ),
        "{error:?}"
    );
    assert!(!error.retryable());
    assert!(!error.to_string().contains('@'));
}

#[tokio::test]
async fn a_pseudonym_is_the_same_for_a_person_and_another_under_another_key() {
    let engine = Engine::start().await;
    let ann = sample::email("ann@acme.example");
    let own = engine.store.pseudonym(&ann);
    assert_eq!(own.len(), 32);
    assert!(own.bytes().all(|b| b.is_ascii_hexdigit()));
    assert_eq!(own, engine.store.clone().pseudonym(&ann));
    assert_ne!(
        own,
        engine.store.pseudonym(&sample::email("bob@acme.example"))
    );
    let other = store::Store::new(
        engine.client.clone(),
        engine.store.tables().clone(),
        [8; 32],
    );
    assert_ne!(own, other.pseudonym(&ann));
}
