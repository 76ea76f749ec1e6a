//! A stream that splits, shuffles and repeats, and records that are no messages.

use app::path::Deadline;
use app::{Relay, Sender};
use futures::future::join_all;
use serde_json::json;

use crate::faults::told::keys;
use crate::fixture::Story;

/// A relay of its own, beside the one that reads the stream.
pub(crate) fn relay(story: &Story) -> Relay {
    let ses = local::sdk::sesv2(&story.local().sesv2_endpoint, "outbox-relay");
    let sender = Sender::new(&ses, Some(story.config.ses_configuration_set.clone()));
    Relay::new(
        story.services.clone(),
        sender,
        story.config.ses_max_send_rate,
    )
}

/// So many requests whose mails wait: the mail system took none until the stream showed them no more.
pub(crate) async fn with_waiting_mails(keys: &[String]) -> Story {
    let story = Story::begin().await;
    story.faults(json!({ "ses": { "pause": 1.0 } }));
    story.raise_all(keys).await;
    story.outlive_the_stream().await;
    story.faults(json!({}));
    assert_eq!(story.waiting().await.len(), keys.len());
    story
}

#[tokio::test]
async fn batches_that_are_split_shuffled_and_repeated_send_each_mail_once() {
    let keys = keys("B", 24);
    let story = with_waiting_mails(&keys).await;
    let batch = story.waiting().await;
    let mut batches: Vec<Vec<_>> = batch.chunks(10).map(<[_]>::to_vec).collect();
    batches.extend(
        batch
            .chunks(7)
            .map(|part| part.iter().rev().copied().collect()),
    );
    batches.push(batch.iter().chain(&batch).copied().collect());
    let relays: Vec<_> = batches.iter().map(|_| relay(&story)).collect();
    let sending = batches.iter().zip(&relays);
    join_all(sending.map(|(batch, relay)| relay.send_batch(batch, Deadline::NONE))).await;
    assert!(story.waiting().await.is_empty());
    story
        .each_has_one_effect(&keys, 0, "three orders at once")
        .await;
}

/// So many requests, and at this place among their messages one that is none.
pub(crate) async fn poisoned(place: usize, of: usize) {
    let keys = keys("P", of - 1);
    let story = Story::begin().await;
    story.raise_all(&keys[..place]).await;
    story.poison().await;
    story.raise_all(&keys[place..]).await;
    story.settle().await;
    let given_up = story.local().queues.read()["RelayDeadLetters"].len();
    assert_eq!(given_up, 1, "at {place} of {of}");
    story
        .each_has_one_effect(&keys, 0, &format!("at {place} of {of}"))
        .await;
}

/// The places of a whole batch, and some of the next. `make soak` tries a hundred of a hundred.
#[tokio::test]
async fn a_record_that_is_no_message_holds_nobody_up_wherever_it_stands() {
    for place in 0..12 {
        poisoned(place, 12).await;
    }
}
