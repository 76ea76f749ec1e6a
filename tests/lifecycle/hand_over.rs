//! A leaver's open requests, however many.

use domain::request::Record;
use domain::{Change, Outcome, Version};
use serde_json::json;
use store::Once;

use crate::fixture::Story;

const AMIR: &str = "amir@acme.example";
const DORA: &str = "dora@acme.example";

/// As many more requests as are wanted, each like the one that is there.
async fn as_many_more(story: &Story, like: &str, count: usize) {
    let id = serde_json::from_value(json!({ "desk": "support", "key": like })).unwrap();
    let (record, viewers) = story.store().request_with_viewers(&id).await.unwrap();
    let Some(Record::Known(request)) = record else {
        panic!("{like} is not there");
    };
    let numbers: Vec<usize> = (0..count).collect();
    // A transaction takes a hundred items.
    for some in numbers.chunks(40) {
        let mut outcome = Outcome::default();
        for number in some {
            let mut copy = request.clone();
            copy.id.key = format!("{like}-{number:03}").parse().unwrap();
            copy.version = Version::NEW;
            for viewer in &viewers {
                let mut viewer = viewer.clone();
                viewer.request = copy.id.clone();
                viewer.version = Version::NEW;
                outcome.changes.push(Change::Viewer(viewer));
            }
            outcome.changes.push(Change::Request(copy));
        }
        let new_id = || story.services.new_id();
        let commit = story
            .store()
            .commit(&outcome, &Once::Nothing, story.now(), &new_id);
        commit.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_very_many_open_requests_none_stays_with_the_leaver() {
    let story = Story::begin().await;
    story
        .raise_with("SUP-1", AMIR, json!({ "organization": "acme" }))
        .await;
    story.settle().await;
    as_many_more(&story, "SUP-1", 520).await;
    // When there are too many for the time that the function has, the sweep goes on with them; the
    // sender is told that it was taken all the same.
    story
        .off_board("acme", AMIR, json!({ "hand_over_to": DORA }))
        .await
        .must_be(202);
    story.advance_by("PT1H", "PT20M").await;
    let requests = story.items("requests", "REQUEST#support#SUP-1").await;
    let reporters = requests.iter().filter(|item| item["sk"] == "REQUEST");
    let reporters: Vec<_> = reporters.map(|item| &item["reporter"]).collect();
    assert_eq!(reporters.len(), 521);
    assert!(reporters.iter().all(|reporter| **reporter == DORA));
}
