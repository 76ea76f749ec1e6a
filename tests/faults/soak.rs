//! `make soak`: half an hour of all of it, world after world, and a count of what was injected.

use std::collections::BTreeMap;
use std::env;
use std::num::NonZeroU64;
use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt;
use serde_json::json;

use crate::faults::crowd;
use crate::faults::storm::all_faults;
use crate::faults::stream::poisoned;
use crate::faults::told::{keys, seed, tell};
use crate::fixture::Story;

/// Minutes, unless `SOAK_MINUTES` has another number.
const USUAL: NonZeroU64 = NonZeroU64::new(30).unwrap();
/// Requests in one world, and how many of each are sent at once. The engine is quickest while it is
/// small.
const REQUESTS: usize = 250;
const TIMES: usize = 8;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes half an hour: make soak"]
async fn nothing_is_lost_or_doubled_for_as_long_as_one_likes() {
    let minutes = env::var("SOAK_MINUTES").ok();
    let minutes: NonZeroU64 = minutes.map_or(USUAL, |minutes| minutes.parse().unwrap());
    let first = seed(1);
    let mut time = tokio::time::interval(Duration::from_secs(60 * minutes.get()));
    time.tick().await;
    let mut answers: BTreeMap<u16, u64> = BTreeMap::new();
    let mut injected: BTreeMap<&'static str, u64> = BTreeMap::new();
    let mut worlds = 0;
    while time.tick().now_or_never().is_none() {
        let seed = first + worlds;
        let told = format!("SEED={seed}");
        let story = Arc::new(Story::begin().await);
        story.faults(all_faults(seed));
        let keys = keys("Q", REQUESTS);
        // Every fourth world is one of crowds.
        let times = if worlds % 4 == 3 { 64 } else { TIMES };
        let of_world = crowd::send(&story, &keys, (4, times), &told).await;
        story.faults(json!({}));
        story.until_all_is_sent().await;
        story.each_has_one_effect(&keys, REQUESTS / 4, &told).await;
        for (status, count) in of_world {
            *answers.entry(status).or_default() += count;
        }
        for (fault, count) in story.local().faults.injected() {
            *injected.entry(fault).or_default() += count;
        }
        poisoned(usize::try_from(worlds).unwrap() % 100, 100).await;
        worlds += 1;
        let deliveries: u64 = answers.values().sum();
        let faults: u64 = injected.values().sum();
        tell(&format!(
            "{worlds} worlds, {deliveries} deliveries, {faults} faults injected"
        ));
    }
    tell(&format!("answers: {answers:?}"));
    for (fault, count) in injected {
        tell(&format!("{fault:>24} {count:>8}"));
    }
    tell("nothing was lost, and nothing was doubled");
}
