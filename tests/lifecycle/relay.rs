//! From the outbox to the mail system, whatever that one does.

use std::collections::BTreeSet;

use app::path::Deadline;
use app::{Queued, Relay, Sender};
use aws_sdk_dynamodb::types::AttributeValue;
use domain::message::Urgency;
use serde_json::{Value, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use crate::fixture::Story;

async fn raise_many(story: &Story, count: usize) -> Vec<String> {
    let mut visitors = Vec::new();
    for place in 0..count {
        let visitor = format!("guest-{place}@visitor.example");
        story.raise(&format!("SUP-1{place:02}"), &visitor).await;
        visitors.push(visitor);
    }
    visitors
}

/// Lets the sweep find what the stream gave up on, until nothing is left.
async fn until_all_is_sent(story: &Story) {
    for _ in 0..4 {
        story.advance("PT31M").await;
    }
    for message in story.items("journal", "OUTBOX#").await {
        assert_eq!(message["state"], "done", "{message}");
    }
}

#[tokio::test]
async fn every_mail_leaves_once_through_a_mail_system_that_fails_often() {
    let story = Story::begin().await;
    story.faults(json!({ "seed": 7, "ses": { "throttle": 0.3, "fail": 0.3 } }));
    let visitors = raise_many(&story, 20).await;
    story.settle().await;
    story.faults(json!({}));
    until_all_is_sent(&story).await;
    for visitor in visitors {
        assert_eq!(story.kinds(&visitor), ["request_received"]);
    }
    story.check_invariants().await;
}

#[tokio::test]
async fn a_mail_that_the_stream_gave_up_on_is_found_by_the_sweep() {
    let story = Story::begin().await;
    story.faults(json!({ "ses": { "fail": 1.0 } }));
    story.raise("SUP-1", "noor@visitor.example").await;
    story.settle().await;
    assert!(!story.local().queues.read()["RelayDeadLetters"].is_empty());
    assert!(story.mails("noor@visitor.example").is_empty());
    story.faults(json!({}));
    story.advance("PT29M").await;
    assert!(story.mails("noor@visitor.example").is_empty());
    story.advance("PT2M").await;
    assert_eq!(story.kinds("noor@visitor.example"), ["request_received"]);
    assert_eq!(story.last_run().await.report.requeued, 1);
    story
        .get(&story.link("noor@visitor.example", "requester"))
        .await
        .must_be(200);
    story.check_invariants().await;
}

/// The one window for a double: the mail system took the mail, and said that it did not.
#[tokio::test]
async fn a_mail_whose_acceptance_was_lost_leaves_again_as_the_same_mail() {
    let story = Story::begin().await;
    story.faults(json!({ "ses": { "accept_then_fail": 1.0 } }));
    story.raise("SUP-1", "noor@visitor.example").await;
    story.settle().await;
    story.faults(json!({}));
    until_all_is_sent(&story).await;
    let mails = story.mails("noor@visitor.example");
    assert!(mails.len() > 1);
    let same: BTreeSet<_> = mails
        .iter()
        .map(|mail| {
            (
                mail.headers.get("Message-ID").cloned(),
                mail.subject.clone(),
            )
        })
        .collect();
    assert_eq!(same.len(), 1, "{same:?}");
    let links: BTreeSet<_> = story
        .links("noor@visitor.example", "requester")
        .into_iter()
        .collect();
    for link in links {
        story.get(&link).await.must_be(200);
    }
}

#[tokio::test]
async fn a_record_that_cannot_be_read_ends_in_the_queue_and_the_others_are_sent() {
    let story = Story::begin().await;
    let tables = local::sdk::dynamodb(&story.local().dynamodb_endpoint, "story");
    let put = |pk: &str| {
        let text = |text: &str| AttributeValue::S(text.to_owned());
        tables
            .put_item()
            .table_name(story.local().tables()["journal"])
            .item("pk", text(pk))
            .item("sk", text("OUTBOX"))
            .send()
    };
    story.raise("SUP-1", "noor@visitor.example").await;
    put("OUTBOX#nothing-of-ours").await.unwrap();
    let visitors = raise_many(&story, 5).await;
    story.settle().await;
    for visitor in visitors {
        assert_eq!(story.count(&visitor, "request_received"), 1);
    }
    assert_eq!(story.count("noor@visitor.example", "request_received"), 1);
    assert_eq!(story.local().queues.read()["RelayDeadLetters"].len(), 1);
}

#[tokio::test]
async fn of_a_batch_access_mail_leaves_first_and_digests_last() {
    let story = Story::begin().await;
    story.faults(json!({ "ses": { "fail": 1.0 } }));
    story.raise("SUP-1", "xena@acme.example").await; // a request's mail, and a digest for the lead
    story
        .invite("acme", "lena@acme.example", "zoe@acme.example")
        .await;
    story.settle().await;
    story.faults(json!({}));
    let mut batch: Vec<Queued> = story
        .items("journal", "OUTBOX#")
        .await
        .iter()
        .filter(|message| message["state"] != "done")
        .map(queued)
        .collect();
    batch.sort_by_key(|queued| std::cmp::Reverse(queued.urgency));
    assert_eq!(batch.len(), 3);
    let before = story.local().mailbox.count();
    let ses = local::sdk::sesv2(&story.local().sesv2_endpoint, "outbox-relay");
    let sender = Sender::new(&ses, Some(story.config.ses_configuration_set.clone()));
    let relay = Relay::new(
        story.services.clone(),
        sender,
        story.config.ses_max_send_rate,
    );
    let again = relay.send_batch(&batch, Deadline::NONE).await;
    assert_eq!(again, Vec::<usize>::new());
    let mails = story.local().mailbox.list(None).split_off(before);
    let kinds: Vec<_> = mails.iter().map(|mail| mail.kind.as_str()).collect();
    assert_eq!(kinds, ["invitation", "request_received", "member_joined"]);
    story.check_invariants().await;
}

/// A mail system for which each mail takes a minute, beyond half of a claim's two.
#[tokio::test]
async fn a_relay_that_is_too_slow_leaves_the_rest_to_who_may_claim_it_next() {
    let story = Story::begin().await;
    let watchers = [
        "amir@acme.example",
        "bela@acme.example",
        "farah@acme.example",
    ];
    let more = json!({ "participants": watchers });
    story.raise_with("SUP-1", "kira@acme.example", more).await;
    story.settle().await;
    story.faults(json!({ "ses": { "fail": 1.0 } }));
    story
        .comment(
            "SUP-1",
            json!({ "email": "ada@lanyard.example", "name": "Ada", "role": "agent" }),
        )
        .await;
    story.settle().await;
    let unsent = story.items("journal", "OUTBOX#").await;
    let unsent = unsent
        .iter()
        .find(|message| message["state"] != "done")
        .unwrap();
    assert_eq!(
        unsent["recipients"].as_object().unwrap().len(),
        4,
        "{unsent}"
    );

    let slow = MockServer::start().await;
    let clock = story.local().clock.clone();
    Mock::given(any())
        .respond_with(move |_: &Request| {
            clock.advance("PT1M").unwrap();
            ResponseTemplate::new(200).set_body_json(json!({ "MessageId": "slow" }))
        })
        .mount(&slow)
        .await;
    let ses = local::sdk::sesv2(&slow.uri(), "outbox-relay");
    let relay = Relay::new(
        story.services.clone(),
        Sender::new(&ses, None),
        story.config.ses_max_send_rate,
    );
    let batch = [queued(unsent)];
    assert_eq!(relay.send_batch(&batch, Deadline::NONE).await, [0]);
    assert_eq!(slow.received_requests().await.unwrap().len(), 2);
    // Given back at once, and each of the others gets it once.
    assert_eq!(
        relay.send_batch(&batch, Deadline::NONE).await,
        Vec::<usize>::new()
    );
    assert_eq!(slow.received_requests().await.unwrap().len(), 4);
}

fn queued(message: &Value) -> Queued {
    let pk = message["pk"].as_str().unwrap();
    let urgency: Urgency = serde_json::from_value(message["urgency"].clone()).unwrap();
    Queued {
        id: pk.trim_start_matches("OUTBOX#").parse().unwrap(),
        urgency,
    }
}
