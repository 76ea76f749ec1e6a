//! Somebody leaves: at once or on a date, here or everywhere; undone, or for good.

use app::console::Act;
use domain::Role;
use domain::membership::State;
use jiff::SignedDuration;
use serde_json::json;

use crate::fixture::Story;
use crate::lifecycle::told::Came;

const LENA: &str = "lena@acme.example";
const AMIR: &str = "amir@acme.example";
const DORA: &str = "dora@acme.example";

/// Amir has an open request for Acme and the link to it.
async fn amir_has_asked() -> Story {
    let story = Story::begin().await;
    story
        .raise_with("SUP-1", AMIR, json!({ "organization": "acme" }))
        .await;
    story.settle().await;
    story.get(&story.link(AMIR, "requester")).await.must_be(200);
    story
}

#[tokio::test]
async fn access_ends_at_once_with_every_link_and_a_colleague_takes_over() {
    let story = amir_has_asked().await;
    let links = story.links(AMIR, "requester");
    story
        .off_board("acme", AMIR, json!({ "hand_over_to": DORA }))
        .await
        .must_be(202);
    assert!(story.is_gone("acme", AMIR).await);
    assert_eq!(story.organization("acme").await.seats_used, 11);
    for link in links {
        story.get(&link).await.must_be(410);
    }
    assert_eq!(story.count(LENA, "member_offboarded"), 1);
    assert_eq!(story.count(DORA, "request_handed_over"), 1);
    let page = story.get(&story.link(DORA, "requester")).await.must_be(200);
    assert!(page.body.contains("SUP-1"));
    // What happens from now on is told to Dora.
    story
        .comment("SUP-1", json!({ "name": "Pavel", "role": "agent" }))
        .await;
    story.settle().await;
    assert_eq!(story.count(DORA, "request_commented"), 1);
    assert_eq!(story.count(AMIR, "request_commented"), 0);
    story.check_invariants().await;
}

#[tokio::test]
async fn without_a_colleague_the_lead_learns_how_much_is_open() {
    let story = amir_has_asked().await;
    story.off_board("acme", AMIR, json!({})).await.must_be(202);
    let told = story.mails(LENA).pop().unwrap();
    assert_eq!(told.kind, "member_offboarded");
    assert!(told.text.contains("Open requests: 1"), "{}", told.text);
    story.check_invariants().await;
}

#[tokio::test]
async fn access_ends_on_its_date_and_not_before() {
    let story = amir_has_asked().await;
    let link = story.link(AMIR, "requester");
    let at = story.now() + SignedDuration::from_hours(10 * 24);
    let plan = json!({ "effective_at": at.to_string(), "hand_over_to": DORA });
    story.off_board("acme", AMIR, plan).await.must_be(202);
    assert_eq!(story.count(LENA, "member_offboarded"), 1);
    story.advance("P9DT23H").await;
    assert!(story.is_active("acme", AMIR).await);
    story.get(&link).await.must_be(200);
    assert_eq!(story.count(DORA, "request_handed_over"), 0);
    story.advance("PT2H").await;
    assert!(story.is_gone("acme", AMIR).await);
    story.get(&link).await.must_be(410);
    assert_eq!(story.count(DORA, "request_handed_over"), 1);
    story.get(&story.link(DORA, "requester")).await.must_be(200);
    story.check_invariants().await;
}

#[tokio::test]
async fn a_planned_end_can_be_called_off() {
    let story = amir_has_asked().await;
    let at = story.now() + SignedDuration::from_hours(10 * 24);
    let plan = json!({ "effective_at": at.to_string() });
    story.off_board("acme", AMIR, plan).await.must_be(202);
    assert_eq!(
        story.act(LENA, "acme", AMIR, Act::CancelLeaving).await,
        Came::Done
    );
    story.advance("P11D").await;
    assert!(story.is_active("acme", AMIR).await);
    story.check_invariants().await;
}

/// Amir belongs to two organisations, and has links from both.
async fn amir_is_at_two() -> Story {
    let story = Story::begin().await;
    story.invite("initech", "ines@initech.example", AMIR).await;
    story
        .press(
            &story.link("ada@lanyard.example", "decide-invitation"),
            "yes",
        )
        .await
        .must_be(200);
    story.settle().await;
    story
        .press(&story.link(AMIR, "accept-invitation"), "yes")
        .await
        .must_be(200);
    story.settle().await;
    story
}

#[tokio::test]
async fn who_leaves_everywhere_leaves_each_organisation() {
    let story = amir_is_at_two().await;
    let links = story.links(AMIR, "requester");
    assert!(!links.is_empty());
    story.off_board("*", AMIR, json!({})).await.must_be(202);
    for (org, lead) in [("acme", LENA), ("initech", "ines@initech.example")] {
        assert!(story.is_gone(org, AMIR).await);
        assert_eq!(story.count(lead, "member_offboarded"), 1);
    }
    for link in links {
        story.get(&link).await.must_be(410);
    }
    story.check_invariants().await;
}

#[tokio::test]
async fn who_leaves_everywhere_on_a_date_keeps_each_access_until_then() {
    let story = amir_is_at_two().await;
    let links = story.links(AMIR, "requester");
    let at = story.now() + SignedDuration::from_hours(10 * 24);
    let plan = json!({ "effective_at": at.to_string() });
    story.off_board("*", AMIR, plan).await.must_be(202);
    story.advance("P9DT23H").await;
    for org in ["acme", "initech"] {
        assert!(story.is_active(org, AMIR).await, "{org}");
    }
    story.get(&links[0]).await.must_be(200);
    story.advance("PT2H").await;
    for org in ["acme", "initech"] {
        assert!(story.is_gone(org, AMIR).await, "{org}");
    }
    for link in links {
        story.get(&link).await.must_be(410);
    }
    story.check_invariants().await;
}

#[tokio::test]
async fn who_leaves_one_organisation_keeps_the_other() {
    let story = amir_is_at_two().await;
    story
        .off_board("initech", AMIR, json!({}))
        .await
        .must_be(202);
    assert!(story.is_gone("initech", AMIR).await);
    assert!(story.is_active("acme", AMIR).await);
    story.check_invariants().await;
}

#[tokio::test]
async fn the_undo_gives_access_back_within_its_days_and_old_links_stay_dead() {
    let story = amir_has_asked().await;
    let links = story.links(AMIR, "requester");
    story.off_board("acme", AMIR, json!({})).await.must_be(202);
    story.advance("P29D").await;
    assert_eq!(
        story.act(LENA, "acme", AMIR, Act::Restore).await,
        Came::Done
    );
    assert!(story.is_active("acme", AMIR).await);
    assert_eq!(story.count(AMIR, "welcome"), 1);
    assert_eq!(story.organization("acme").await.seats_used, 12);
    for link in links {
        story.get(&link).await.must_be(410);
    }
    assert!(matches!(
        story.act(LENA, "acme", AMIR, Act::Restore).await,
        Came::Refused(_)
    ));
    story.advance("P2D").await;
    assert!(story.is_active("acme", AMIR).await);
    story.check_invariants().await;
}

#[tokio::test]
async fn after_its_days_nothing_is_undone() {
    let story = amir_has_asked().await;
    story.off_board("acme", AMIR, json!({})).await.must_be(202);
    story.sleep("P30DT1S");
    // Whether or not a sweep has reduced the record already.
    let came = story.act(LENA, "acme", AMIR, Act::Restore).await;
    assert!(matches!(came, Came::Refused(_) | Came::Unknown), "{came:?}");
    story.advance("PT15M").await;
    assert_eq!(
        story.act(LENA, "acme", AMIR, Act::Restore).await,
        Came::Unknown
    );
    assert_eq!(story.organization("acme").await.seats_used, 11);
}

#[tokio::test]
async fn the_undo_needs_a_free_seat() {
    let story = Story::begin().await;
    story.off_board("acme", AMIR, json!({})).await.must_be(202);
    story.seats("acme", 11).await;
    assert!(matches!(
        story.act(LENA, "acme", AMIR, Act::Restore).await,
        Came::Refused(_)
    ));
    story.seats("acme", 12).await;
    assert_eq!(
        story.act(LENA, "acme", AMIR, Act::Restore).await,
        Came::Done
    );
    story.check_invariants().await;
}

#[tokio::test]
async fn a_leaver_does_not_come_back_by_the_domain_rule_but_by_an_invitation() {
    let story = Story::begin().await;
    story.off_board("acme", AMIR, json!({})).await.must_be(202);
    let mails = story.mails(AMIR).len();
    story.raise("SUP-1", AMIR).await;
    story.settle().await;
    assert!(story.is_gone("acme", AMIR).await);
    assert_eq!(story.mails(AMIR).len(), mails);
    for who in [LENA, "ada@lanyard.example", "otto@lanyard.example"] {
        assert_eq!(story.count(who, "leaver_raised_request"), 1, "{who}");
    }

    // Once more when nothing but a trace is left of them.
    story.advance("P31D").await;
    assert_eq!(story.membership("acme", AMIR).await, None);
    story.raise("SUP-2", AMIR).await;
    story.settle().await;
    assert_eq!(story.membership("acme", AMIR).await, None);
    assert_eq!(story.mails(AMIR).len(), mails);
    assert_eq!(story.count(LENA, "leaver_raised_request"), 2);
    assert_eq!(story.organization("acme").await.seats_used, 11);

    story.invite("acme", LENA, AMIR).await;
    story
        .press(&story.link(AMIR, "accept-invitation"), "yes")
        .await
        .must_be(200);
    assert!(story.is_active("acme", AMIR).await);
    story.raise("SUP-3", AMIR).await;
    story.settle().await;
    assert_eq!(story.count(AMIR, "request_received"), 1);
    story.check_invariants().await;
}

#[tokio::test]
async fn links_from_before_stay_dead_through_the_whole_round() {
    let story = amir_has_asked().await;
    let links = story.links(AMIR, "requester");
    story.off_board("acme", AMIR, json!({})).await.must_be(202);
    story.advance("P31D").await;
    for link in &links {
        story.get(link).await.must_be(410);
    }
    story.invite("acme", LENA, AMIR).await;
    story
        .press(&story.link(AMIR, "accept-invitation"), "yes")
        .await
        .must_be(200);
    for link in &links {
        story.get(link).await.must_be(410);
    }
}

#[tokio::test]
async fn a_lead_who_stops_being_one_loses_the_console_and_the_last_one_cannot() {
    let story = Story::begin().await;
    let console = story.link(LENA, "lead-console");
    story.get(&console).await.must_be(200);
    let step_down = Act::SetRole(Role::Member);
    assert!(matches!(
        story.act(LENA, "acme", LENA, step_down).await,
        Came::Refused(_)
    ));
    assert_eq!(
        story
            .act(LENA, "acme", DORA, Act::SetRole(Role::Lead))
            .await,
        Came::Done
    );
    assert_eq!(story.act(DORA, "acme", LENA, step_down).await, Came::Done);
    story.get(&console).await.must_be(410);
    assert_eq!(story.state("acme", LENA).await, State::Active);
    story.check_invariants().await;
}
