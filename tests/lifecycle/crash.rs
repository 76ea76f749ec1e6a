//! Sweeps that overlap, that are killed, and that meet somebody who comes back in that moment.

use app::path::Deadline;
use serde_json::json;

use crate::fixture::Story;

const LENA: &str = "lena@acme.example";
const GUS: &str = "gus@globex.example";
const VERA: &str = "vera@globex.example";
const WIM: &str = "wim@globex.test";

#[tokio::test]
async fn sweeps_at_the_same_time_warn_once_remove_once_and_tell_once() {
    let story = Story::begin().await;
    story.sleep("P95D");
    Box::pin(all_at_once(&story)).await;
    for who in [VERA, WIM] {
        assert_eq!(story.kinds(who), ["inactivity_warning"]);
    }
    story.sleep("P15D");
    Box::pin(all_at_once(&story)).await;
    for who in [VERA, WIM] {
        assert_eq!(story.audited("globex", who, "member_offboarded").await, 1);
        assert_eq!(story.count(who, "access_ended"), 1);
    }
    let digests = story.mails_of("removal_digest");
    assert_eq!(digests.len(), 1);
    assert!(digests[0].text.contains(VERA) && digests[0].text.contains(WIM));
    story.check_invariants().await;
}

async fn all_at_once(story: &Story) {
    let sweeps: Vec<_> = (0..4).map(|_| story.sweep()).collect();
    let [a, b, c, d] = &sweeps[..] else {
        unreachable!()
    };
    let runs = tokio::join!(
        a.run(Deadline::NONE),
        b.run(Deadline::NONE),
        c.run(Deadline::NONE),
        d.run(Deadline::NONE)
    );
    for run in [runs.0, runs.1, runs.2, runs.3] {
        run.unwrap();
    }
    story.advance("PT1S").await;
}

/// Acme's eleven, due, in a world that may remove them.
async fn due() -> Story {
    let story = Story::begin().await;
    story.enforce("acme").await;
    story
        .inactivity("acme", "max_removals_floor", 20.into())
        .await;
    story
        .inactivity("globex", "max_removals_floor", 20.into())
        .await;
    story.advance("P100D").await;
    assert_eq!(story.mails_of("inactivity_warning").len(), 13);
    story
}

async fn removed(story: &Story) -> usize {
    let audit = story.items("audit", "ORG#acme#").await;
    let gone = |entry: &&serde_json::Value| entry["action"] == "member_offboarded";
    audit.iter().filter(gone).count()
}

async fn all_are_gone_and_told_of(story: &Story) {
    assert_eq!(removed(story).await, 11);
    assert_eq!(story.organization("acme").await.seats_used, 1);
    let digests: Vec<_> = story
        .mails(LENA)
        .into_iter()
        .filter(|mail| mail.kind == "removal_digest")
        .collect();
    assert_eq!(digests.len(), 1);
    for mail in story.mails_of("inactivity_warning") {
        let who = &mail.to[0];
        if who.ends_with("@acme.example") {
            assert!(digests[0].text.contains(who), "{who} is not told of");
            assert_eq!(story.count(who, "access_ended"), 1);
        }
    }
    story.check_invariants().await;
}

/// Two of the eleven, or a few more, are gone; then the sweep was killed.
async fn killed() -> Story {
    let story = due().await;
    story.sleep("P15D");
    let sweep = story.sweep();
    let some_are_gone = async {
        while removed(&story).await < 2 {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        biased;
        () = some_are_gone => {}
        run = sweep.run(Deadline::NONE) => panic!("it was not killed: {run:?}"),
    }
    story
}

#[tokio::test]
async fn a_sweep_that_was_killed_is_finished_by_the_next_and_the_leads_learn_of_everybody() {
    let story = Box::pin(killed()).await;
    assert!(removed(&story).await < 11);
    story.advance("PT15M").await;
    all_are_gone_and_told_of(&story).await;
}

#[tokio::test]
async fn a_sweep_without_time_does_not_end_what_another_began() {
    let story = Box::pin(killed()).await;
    for _ in 0..3 {
        story.sweep().run(Deadline::at(story.now())).await.unwrap();
    }
    story.advance("PT15M").await;
    all_are_gone_and_told_of(&story).await;
}

#[tokio::test]
async fn a_sweep_whose_time_is_up_leaves_the_rest_to_the_next() {
    let story = due().await;
    story.sleep("P15D");
    let deadline = story.now() + jiff::SignedDuration::from_millis(10_300);
    story.sweep().run(Deadline::at(deadline)).await.unwrap();
    story.advance("PT15M").await;
    all_are_gone_and_told_of(&story).await;
}

#[tokio::test]
async fn sweeps_over_a_table_that_fails_end_where_a_good_one_ends() {
    let story = due().await;
    story.faults(json!({
        "dynamodb": { "conflict": 0.2, "fail_before": 0.15, "fail_after": 0.15 },
    }));
    story.advance("P15D").await;
    story.faults(json!({}));
    story.advance("PT15M").await;
    story.advance("PT31M").await;
    all_are_gone_and_told_of(&story).await;
}

#[tokio::test]
async fn who_comes_back_in_the_moment_of_the_removal_is_either_there_or_known_to_have_left() {
    for round in 0..5 {
        let story = Story::begin().await;
        story.advance("P82D").await;
        story.sleep("P15D");
        let sweep = story.sweep();
        let key = format!("SUP-{round}");
        let (run, _) = tokio::join!(sweep.run(Deadline::NONE), story.raise(&key, WIM));
        run.unwrap();
        story.settle().await;
        let removed = story.audited("globex", WIM, "member_offboarded").await;
        let reported = story.count(GUS, "leaver_raised_request");
        if story.is_gone("globex", WIM).await {
            assert_eq!((removed, reported), (1, 1));
            assert_eq!(story.count(WIM, "request_received"), 0);
        } else {
            assert_eq!((removed, reported), (0, 0));
            assert_eq!(story.count(WIM, "request_received"), 1);
        }
        story.check_invariants().await;
    }
}
