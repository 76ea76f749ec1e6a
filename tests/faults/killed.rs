//! A function that dies at any of its calls, and is followed by another.

use std::future::Future;

use app::Receiver;
use app::path::Deadline;
use app::webhook::{Incoming, Reply, RequestCreated};
use domain::Timestamp;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::faults::stream::{relay, with_waiting_mails};
use crate::faults::told::{created, keys, reporter};
use crate::fixture::Story;

/// Runs something until it asks for more than so many calls of DynamoDB. The next one is done or not,
/// and never answered; then the process is gone. Says whether it was.
async fn killed_after(
    story: &Story,
    calls: u64,
    done: bool,
    work: impl Future<Output = ()>,
) -> bool {
    let hangs = || {
        story
            .local()
            .faults
            .injected()
            .get("dynamodb.stop")
            .copied()
    };
    let before = hangs();
    story.faults(json!({ "dynamodb": { "stop": { "after": calls, "done": done } } }));
    let stopped = async {
        while hangs() == before {
            tokio::task::yield_now().await;
        }
    };
    let was_killed = tokio::select! {
        biased;
        () = stopped => true,
        () = work => false,
    };
    story.faults(json!({}));
    was_killed
}

/// A fresh process takes a delivery, as far as it comes.
async fn take(story: &Story, receiver: Receiver<RequestCreated>, id: &str, body: &Value) {
    take_by(story, receiver, (id, Deadline::NONE), body).await;
}

async fn take_by(
    story: &Story,
    receiver: Receiver<RequestCreated>,
    (id, deadline): (&str, Deadline),
    body: &Value,
) -> Reply {
    let body = body.to_string().into_bytes();
    let now: Timestamp = story.now();
    let mut headers = story.signer("forms").sign(id, now, &body);
    headers.insert("content-type", "application/json".parse().unwrap());
    let incoming = Incoming {
        source: "forms",
        headers: &headers,
        body: &body,
        address: None,
        deadline,
    };
    receiver.receive(&incoming).await
}

#[tokio::test]
async fn a_delivery_that_dies_at_any_call_is_done_once_by_the_next() {
    let story = Story::begin().await;
    let mut taken = Vec::new();
    for done in [false, true] {
        for calls in 0.. {
            let key = format!("K-{calls}{}", if done { "D" } else { "U" });
            let body = created(&key);
            let receiver = Receiver::<RequestCreated>::new(story.services.clone());
            let work = take(&story, receiver, &key, &body);
            let dies = Box::pin(killed_after(&story, calls, done, work)).await;
            let again = story.post("forms", "request-created", &key, &body).await;
            assert!([200, 202].contains(&again.status), "{key}: {again:?}");
            // So that the relay is at rest, and only the one who dies makes calls.
            story.settle().await;
            taken.push(key);
            if !dies {
                break;
            }
        }
    }
    assert!(taken.len() > 6, "{taken:?}");
    story.until_all_is_sent().await;
    story.each_has_one_effect(&taken, 0, "killed").await;
}

/// Calls that hang take seconds each. Whoever sent the delivery is told in time to send it again.
#[tokio::test]
async fn while_the_store_does_not_answer_a_delivery_is_answered_before_its_deadline() {
    let story = Story::begin().await;
    story.faults(json!({ "dynamodb": { "hang": 1.0 } }));
    let receiver = Receiver::<RequestCreated>::new(story.services.clone());
    let deadline = story.now() + SignedDuration::from_secs(1);
    let body = created("H-1");
    let reply = take_by(&story, receiver, ("H-1", Deadline::at(deadline)), &body).await;
    let Reply::Problem(problem) = reply else {
        panic!("{reply:?}");
    };
    assert_eq!((problem.status, problem.retry_after), (503, Some(5)));
    // The first call's first attempt was under way.
    assert_eq!(story.local().faults.injected()["dynamodb.hang"], 1);
}

/// Only between the mail system's answer and the mark can a mail leave twice, and once for each death.
#[tokio::test]
async fn a_relay_that_dies_at_any_call_is_followed_by_one_that_sends_the_rest() {
    let keys = keys("L", 12);
    let story = with_waiting_mails(&keys).await;
    let mut waiting = story.waiting().await.into_iter();
    let mut deaths = 0;
    for done in [false, true] {
        for calls in 0.. {
            let message = waiting.next().expect("more messages than calls");
            let relay = relay(&story);
            let work = async {
                relay.send_batch(&[message], Deadline::NONE).await;
            };
            if !killed_after(&story, calls, done, work).await {
                break;
            }
            deaths += 1;
        }
    }
    assert!(deaths > 4, "{deaths}");
    story.until_all_is_sent().await;
    // Of the two kinds of death one is before the mark of a mail that has left.
    story
        .each_has_one_effect(&keys, 1, &format!("{deaths} deaths"))
        .await;
    for key in &keys {
        assert!(story.count_of(&reporter(key)) <= 2, "{key}");
    }
}

impl Story {
    fn count_of(&self, email: &str) -> usize {
        self.mails(email).len()
    }
}
