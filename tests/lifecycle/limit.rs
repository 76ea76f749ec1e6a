//! The stop before too many are removed at once.

use domain::sweep::RunState;

use crate::fixture::Story;
use crate::lifecycle::told::org;

const LENA: &str = "lena@acme.example";
const GUS: &str = "gus@globex.example";
const ADMINISTRATORS: [&str; 2] = ["ada@lanyard.example", "otto@lanyard.example"];

/// All of Acme's eleven members are silent, one more than a run may remove; and Globex' two.
async fn held() -> Story {
    let story = Story::begin().await;
    story.enforce("acme").await;
    story.advance("P100D").await;
    assert_eq!(story.mails_of("inactivity_warning").len(), 13);
    story.advance("P15D").await;
    story
}

#[tokio::test]
async fn a_run_over_the_limit_removes_no_one_and_asks_once() {
    let story = held().await;
    assert_eq!(story.last_run().await.state, RunState::Held);
    for _ in 0..4 {
        story.advance("PT15M").await;
    }
    let report = story.last_run().await.report;
    assert_eq!((report.removed, report.held), (0, 13));
    assert_eq!(story.organization("acme").await.seats_used, 12);
    assert_eq!(story.organization("globex").await.seats_used, 3);
    assert!(story.mails_of("access_ended").is_empty());
    for administrator in ADMINISTRATORS {
        assert_eq!(story.count(administrator, "sweep_held"), 1);
    }
    story.check_invariants().await;
}

#[tokio::test]
async fn a_held_run_that_was_released_removes_and_tells_each_lead_once() {
    let story = held().await;
    let [ada, otto] = ADMINISTRATORS.map(|who| story.link(who, "release-sweep"));
    story.get(&ada).await.must_be(200);
    story.press(&ada, "yes").await.must_be(200);
    story.get(&ada).await.must_be(410);
    story.get(&otto).await.must_be(410);
    story.advance("PT15M").await;
    assert_eq!(story.organization("acme").await.seats_used, 1);
    assert_eq!(story.organization("globex").await.seats_used, 1);
    assert_eq!(story.mails_of("access_ended").len(), 13);
    assert_eq!(story.count(LENA, "removal_digest"), 1);
    assert_eq!(story.count(GUS, "removal_digest"), 1);
    story.advance("PT15M").await;
    assert_eq!(story.mails_of("removal_digest").len(), 2);
    assert_eq!(story.mails_of("sweep_held").len(), 2);
    story.check_invariants().await;
}

#[tokio::test]
async fn who_was_active_while_a_run_was_held_stays() {
    let story = held().await;
    story.raise("SUP-1", "bela@acme.example").await;
    let link = story.link(ADMINISTRATORS[0], "release-sweep");
    story.press(&link, "yes").await.must_be(200);
    story.advance("PT15M").await;
    assert!(story.is_active("acme", "bela@acme.example").await);
    assert_eq!(story.organization("acme").await.seats_used, 2);
    story.check_invariants().await;
}

#[tokio::test]
async fn a_release_is_for_those_who_were_counted_and_not_for_as_many_again() {
    let story = Story::begin().await;
    story.enforce("acme").await;
    story
        .inactivity("globex", "max_removals_floor", 1.into())
        .await;
    story.inactivity("globex", "grace_days", 16.into()).await;
    story.advance("P95D").await;
    story.advance("P14DT1H").await;
    assert_eq!(story.last_run().await.removals[&org("acme")], 11);
    // Before it is released Globex' two are due as well, one more than Globex may lose.
    story.advance("P2D").await;
    let link = story.link(ADMINISTRATORS[0], "release-sweep");
    story.press(&link, "yes").await.must_be(200);
    story.advance("PT15M").await;
    assert_eq!(story.organization("acme").await.seats_used, 12);
    assert_eq!(story.count(ADMINISTRATORS[0], "sweep_held"), 2);
    assert_eq!(story.last_run().await.state, RunState::Held);
    let link = story.link(ADMINISTRATORS[0], "release-sweep");
    story.press(&link, "yes").await.must_be(200);
    story.advance("PT15M").await;
    assert_eq!(story.organization("acme").await.seats_used, 1);
    assert_eq!(story.organization("globex").await.seats_used, 1);
    story.check_invariants().await;
}

#[tokio::test]
async fn a_run_that_nobody_released_in_its_links_days_is_asked_about_anew() {
    let story = held().await;
    let old = story.link(ADMINISTRATORS[0], "release-sweep");
    story.advance("P6D").await;
    assert_eq!(story.count(ADMINISTRATORS[0], "sweep_held"), 1);
    story.advance("P1DT1H").await;
    assert_eq!(story.count(ADMINISTRATORS[0], "sweep_held"), 2);
    assert_eq!(story.organization("acme").await.seats_used, 12);
    story.get(&old).await.must_be(410);
    let link = story.link(ADMINISTRATORS[0], "release-sweep");
    story.press(&link, "yes").await.must_be(200);
    story.advance("PT15M").await;
    assert_eq!(story.organization("acme").await.seats_used, 1);
    story.check_invariants().await;
}
