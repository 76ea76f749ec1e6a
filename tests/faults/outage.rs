//! A mail system that is away, or takes nothing from us, for longer than a stream remembers.

use serde_json::{Value, json};

use crate::faults::told::keys;
use crate::fixture::Story;

/// A day is all that a stream keeps, so that what was not sent by then is found by the sweep alone.
async fn is_survived(hours: u32, faults: Value) {
    let story = Story::begin().await;
    let keys = keys("O", 12);
    story.faults(faults.clone());
    story.raise_all(&keys).await;
    story.outlive_the_stream().await;
    story.advance_by(&format!("PT{hours}H"), "PT6H").await;
    assert!(story.mails_of("request_received").is_empty(), "{faults}");
    story.faults(json!({}));
    story.until_all_is_sent().await;
    story
        .each_has_one_effect(&keys, 0, &faults.to_string())
        .await;
}

#[tokio::test]
async fn after_thirty_hours_without_a_mail_system_everything_is_sent() {
    is_survived(30, json!({ "ses": { "fail": 1.0 } })).await;
}

#[tokio::test]
async fn after_a_day_without_quota_everything_is_sent() {
    is_survived(26, json!({ "ses": { "quota": 1.0 } })).await;
}

#[tokio::test]
async fn after_a_day_of_an_account_that_may_not_send_everything_is_sent() {
    is_survived(26, json!({ "ses": { "pause": 1.0 } })).await;
}

/// One that is throttled is paced, and the mails leave.
#[tokio::test]
async fn through_a_mail_system_that_throttles_most_mails_everything_is_sent_once() {
    let story = Story::begin().await;
    let keys = keys("T", 12);
    story.faults(json!({ "seed": 4, "ses": { "throttle": 0.7 } }));
    story.raise_all(&keys).await;
    story.until_all_is_sent().await;
    story.each_has_one_effect(&keys, 0, "throttled").await;
}

/// An address that the mail system refuses for good is not tried again, and others are not kept waiting.
#[tokio::test]
async fn what_is_rejected_is_given_up_at_once_and_shown() {
    let story = Story::begin().await;
    story.faults(json!({ "ses": { "reject": 1.0 } }));
    story.raise_all(&keys("J", 1)).await;
    story.settle().await;
    story.faults(json!({}));
    story.raise_all(&["J-2".to_owned()]).await;
    story.until_all_is_sent().await;
    let failed: Vec<Value> = story.items("journal", "OUTBOX#").await;
    let failed = failed.iter().map(|message| &message["recipients"]);
    let failed = failed.filter(|recipients| recipients.to_string().contains("\"failed\""));
    assert_eq!(failed.count(), 1);
    assert_eq!(story.mails_of("request_received").len(), 1);
}
