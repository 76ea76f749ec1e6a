//! Nearly a third of all calls fail, in every way that there is.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::faults::crowd;
use crate::faults::told::{keys, seed};
use crate::fixture::Story;

/// Every fault of DynamoDB and of SES at once. A call that hangs takes seconds, so few do.
pub(crate) fn all_faults(seed: u64) -> Value {
    json!({
        "seed": seed,
        "dynamodb": {
            "throttle": 0.06, "conflict": 0.08, "fail_before": 0.06, "fail_after": 0.06,
            "cut": 0.06, "hang": 0.001,
        },
        "ses": {
            "throttle": 0.08, "quota": 0.02, "pause": 0.02, "fail": 0.08, "hang": 0.001,
            "accept_then_fail": 0.02,
        },
    })
}

/// One effect each, whatever fails, and no answer but 202, 200 for a duplicate, and 503.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_or_doubled_while_nearly_a_third_of_all_calls_fails() {
    let seed = seed(3);
    let story = Arc::new(Story::begin().await);
    story.faults(all_faults(seed));
    let keys = keys("S", 60);
    let told = format!("SEED={seed}");
    let answers = crowd::send(&story, &keys, (4, 4), &told).await;
    story.faults(json!({}));
    story.until_all_is_sent().await;
    let injected = story.local().faults.injected();
    let told = format!("{told}, {answers:?}, {injected:?}");
    story.each_has_one_effect(&keys, 30, &told).await;
    let kinds = ["throttle", "conflict", "fail_before", "fail_after", "cut"];
    for kind in kinds.map(|kind| format!("dynamodb.{kind}")) {
        assert!(injected.contains_key(kind.as_str()), "{kind}: {told}");
    }
}

/// Sixty-four at once, each of them through a store in which every tenth write meets another.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crowd_of_sixty_four_leaves_one_effect_each() {
    let seed = seed(5);
    let story = Arc::new(Story::begin().await);
    story.faults(json!({ "seed": seed, "dynamodb": { "conflict": 0.1, "fail_after": 0.05 } }));
    let keys = keys("C", 10);
    let told = format!("SEED={seed}");
    let answers = crowd::send(&story, &keys, (2, 64), &told).await;
    story.faults(json!({}));
    story.until_all_is_sent().await;
    assert!(answers.values().sum::<u64>() >= 640, "{answers:?}");
    let told = format!("{told}, {answers:?}");
    story.each_has_one_effect(&keys, 5, &told).await;
}

/// A sender that was down for three days sends again what it had not seen taken.
#[tokio::test]
async fn a_delivery_repeated_after_seventy_six_hours_is_a_duplicate() {
    let story = Story::begin().await;
    let keys = keys("R", 3);
    story.raise_all(&keys).await;
    story.settle().await;
    story.advance("PT76H").await;
    for key in &keys {
        let body = crate::faults::told::created(key);
        let again = story.post("forms", "request-created", key, &body).await;
        assert!(again.must_be(200).replayed());
    }
    story.settle().await;
    story.each_has_one_effect(&keys, 0, "replayed").await;
}
