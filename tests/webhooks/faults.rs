//! A store that fails a third of the time, and senders that try again until they are told that their
//! delivery was taken.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::fixture::Story;
use crate::webhooks::events;

const DELIVERIES: usize = 100;
/// The number of senders. Each sends one delivery after the other.
const SENDERS: usize = 4;

/// A request each, of ten people, so that deliveries also meet each other.
fn delivery(number: usize) -> (String, Value) {
    let key = format!("F-{number}");
    let body = events::created(&key, &format!("person{}@acme.example", number % 10));
    (key, body)
}

async fn survives(seed: u64, faults: Value) {
    let story = Arc::new(Story::begin().await);
    let mut faults = faults;
    faults["seed"] = seed.into();
    story.faults(faults.clone());
    let mut senders = JoinSet::new();
    for sender in 0..SENDERS {
        let story = Arc::clone(&story);
        senders.spawn(async move {
            let mut put_off = 0;
            for number in (sender..DELIVERIES).step_by(SENDERS) {
                let (id, body) = delivery(number);
                let (answer, again) = story
                    .post_until_taken("forms", "request-created", &id, &body)
                    .await;
                assert!(
                    [200, 202].contains(&answer.status),
                    "seed {seed}: {answer:?}"
                );
                assert_eq!(answer.json()["delivery"], id);
                put_off += again;
            }
            put_off
        });
    }
    let put_off: usize = senders.join_all().await.into_iter().sum();
    story.faults(json!({}));
    story.settle().await;
    // What the stream gave up is sent by the sweep.
    story.advance_by("PT6H", "PT1H").await;

    let told = format!("seed {seed}, {put_off} put off, {faults}");
    let requests = story.items("requests", "REQUEST#support#F-").await;
    let records = requests.iter().filter(|item| item["sk"] == "REQUEST");
    assert_eq!(records.count(), DELIVERIES, "{told}");
    let audit = story.items("audit", "").await;
    let created = audit
        .iter()
        .filter(|entry| entry["action"] == "request_created");
    assert_eq!(created.count(), DELIVERIES, "{told}");
    // SES may be given one copy twice when the mark that it has left is lost. It is the same mail
    // then, with the same Message-ID; nobody ever gets two different ones.
    let mails = story.mails_of("request_received");
    let different: BTreeSet<&String> = mails.iter().map(|m| &m.headers["Message-ID"]).collect();
    let subjects: BTreeSet<&String> = mails.iter().map(|mail| &mail.subject).collect();
    assert_eq!(
        (different.len(), subjects.len()),
        (DELIVERIES, DELIVERIES),
        "{told}"
    );
    assert!(
        mails.len() <= DELIVERIES + DELIVERIES / 10,
        "{} mails, {told}",
        mails.len()
    );
    story.check_what_is_stored().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_is_lost_or_doubled_while_a_third_of_all_writes_meets_another() {
    survives(20_261_122, json!({"dynamodb": {"conflict": 0.3}})).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_is_lost_or_doubled_while_the_store_fails_before_and_after() {
    let faults = json!({"dynamodb": {"conflict": 0.3, "fail_before": 0.1, "fail_after": 0.1}});
    survives(7, faults).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_list_is_invited_once_while_the_store_fails() {
    let story = Story::begin().await;
    story.set("organization.acme.policy.seat_cap", 100).await;
    let emails: Vec<String> = (0..40).map(|n| format!("guest{n}@acme.example")).collect();
    let body = events::invited("acme", &emails);
    story.faults(json!({
        "seed": 11,
        "dynamodb": {"conflict": 0.3, "fail_before": 0.2, "fail_after": 0.2},
    }));
    let (answer, _) = story
        .post_until_taken("forms", "customer-invited", "list", &body)
        .await;
    story.faults(json!({}));
    assert!([200, 202].contains(&answer.status), "{answer:?}");
    assert!(
        answer.rows().iter().all(|row| row["outcome"] == "invited"),
        "{answer:?}"
    );
    story.settle().await;
    story.advance_by("PT6H", "PT1H").await;
    for email in &emails {
        let mails = story.mails(email);
        let ids: BTreeSet<_> = mails
            .iter()
            .map(|mail| &mail.headers["Message-ID"])
            .collect();
        assert_eq!(ids.len(), 1, "{email}");
    }
    story.check_what_is_stored().await;
}
