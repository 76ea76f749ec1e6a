//! Senders that send the same many times at once, through a store and a mail system that fail.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;
use tokio::task::JoinSet;

use crate::faults::told::created;
use crate::fixture::Story;

/// The number of answers of each status.
pub(crate) type Answers = BTreeMap<u16, u64>;

/// Sends each request `times` at once, as many of them side by side as there are senders, and again
/// until it is taken; says what was answered.
pub(crate) async fn send(
    story: &Arc<Story>,
    keys: &[String],
    (senders, times): (usize, usize),
    told: &str,
) -> Answers {
    let mut sending = JoinSet::new();
    for sender in 0..senders {
        let keys: Vec<_> = keys.iter().skip(sender).step_by(senders).cloned().collect();
        let (story, told) = (Arc::clone(story), told.to_owned());
        sending.spawn(async move {
            let mut answers = Answers::new();
            for key in keys {
                until_taken(&story, &key, times, &mut answers, &told).await;
            }
            answers
        });
    }
    let mut answers = Answers::new();
    while let Some(of_one) = sending.join_next().await {
        for (status, count) in of_one.unwrap() {
            *answers.entry(status).or_default() += count;
        }
    }
    answers
}

async fn until_taken(
    story: &Arc<Story>,
    key: &str,
    times: usize,
    answers: &mut Answers,
    told: &str,
) {
    let body = created(key);
    for _ in 0..100 {
        let mut is_taken = false;
        for status in at_once(story, key, &body, times).await {
            *answers.entry(status).or_default() += 1;
            // Taken now, taken before, or not now.
            assert!([202, 200, 503].contains(&status), "{key}: {status}, {told}");
            is_taken |= status != 503;
        }
        if is_taken {
            return;
        }
    }
    panic!("{key} was never taken: {told}");
}

async fn at_once(story: &Arc<Story>, key: &str, body: &Value, times: usize) -> Vec<u16> {
    let posts = (0..times).map(|_| story.post("forms", "request-created", key, body));
    let answers = futures::future::join_all(posts).await;
    answers.into_iter().map(|answer| answer.status).collect()
}
