//! Invitations by the clock.

use app::console::Act;
use domain::membership::{ClosedReason, OffboardReason, State};
use jiff::SignedDuration;
use serde_json::json;

use crate::fixture::Story;
use crate::lifecycle::told::{Came, token};

const LENA: &str = "lena@acme.example";
const ZOE: &str = "zoe@acme.example";

async fn invited() -> Story {
    let story = Story::begin().await;
    let answer = story.invite("acme", LENA, ZOE).await;
    assert_eq!(answer["status"], "accepted", "{answer}");
    assert_eq!(story.kinds(ZOE), ["invitation"]);
    assert_eq!(story.organization("acme").await.seats_used, 13);
    story
}

#[tokio::test]
async fn an_invitation_is_accepted_once() {
    let story = invited().await;
    let link = story.link(ZOE, "accept-invitation");
    story.get(&link).await.must_be(200);
    story.press(&link, "yes").await.must_be(200);
    assert!(story.is_active("acme", ZOE).await);
    let again = story.get(&link).await.must_be(410);
    assert!(
        again.body.contains("You accepted this invitation"),
        "{}",
        again.body
    );
    story.settle().await;
    assert_eq!(story.kinds(ZOE), ["invitation", "welcome"]);
    story.check_invariants().await;
}

#[tokio::test]
async fn a_declined_invitation_gives_the_seat_back_and_its_inviter_learns_it() {
    let story = invited().await;
    let link = story.link(ZOE, "accept-invitation");
    story.press(&link, "no").await.must_be(200);
    story.get(&link).await.must_be(410);
    story.settle().await;
    assert_eq!(story.count(LENA, "invitation_declined"), 1);
    assert_eq!(story.organization("acme").await.seats_used, 12);
    assert_eq!(
        story.state("acme", ZOE).await,
        State::Closed {
            why: ClosedReason::Declined
        }
    );
    story.check_invariants().await;
}

#[tokio::test]
async fn an_unanswered_invitation_is_reminded_of_once_and_gives_its_seat_back_after_its_days() {
    let story = invited().await;
    let link = story.link(ZOE, "accept-invitation");
    story.advance("P6DT23H").await;
    assert_eq!(story.count(ZOE, "invitation_reminder"), 0);
    story.advance("PT2H").await;
    assert_eq!(story.count(ZOE, "invitation_reminder"), 1);
    story.advance_by("P6D", "P1D").await;
    assert_eq!(story.kinds(ZOE), ["invitation", "invitation_reminder"]);
    // Either mail's link still opens it.
    assert_eq!(story.links(ZOE, "accept-invitation").len(), 2);
    story.get(&link).await.must_be(200);
    story.advance("P1D").await;
    assert_eq!(
        story.state("acme", ZOE).await,
        State::Closed {
            why: ClosedReason::Expired
        }
    );
    assert_eq!(story.organization("acme").await.seats_used, 12);
    for link in story.links(ZOE, "accept-invitation") {
        story.get(&link).await.must_be(410);
    }
    story.check_invariants().await;
}

#[tokio::test]
async fn an_invitation_that_was_slept_through_lapses_without_a_reminder() {
    let story = invited().await;
    story.advance("P20D").await;
    assert_eq!(story.kinds(ZOE), ["invitation"]);
    assert_eq!(story.organization("acme").await.seats_used, 12);
    // Forgotten after a while, and in nobody's way.
    story.advance("P31D").await;
    assert_eq!(story.membership("acme", ZOE).await, None);
    story.invite("acme", LENA, ZOE).await;
    assert_eq!(story.count(ZOE, "invitation"), 2);
    story.check_invariants().await;
}

#[tokio::test]
async fn an_expired_invitation_cannot_be_accepted_before_the_sweep_has_come_by() {
    let story = invited().await;
    let link = story.link(ZOE, "accept-invitation");
    let page = story.get(&link).await.must_be(200).body;
    story.sleep("P14DT1S");
    let form = [("wish", "yes".to_owned()), ("token", token(&page, "yes"))];
    let post = reqwest::Client::new().post(&link).form(&form);
    assert_eq!(post.send().await.unwrap().status().as_u16(), 410);
    assert!(!story.is_active("acme", ZOE).await);
}

#[tokio::test]
async fn a_withdrawn_invitation_opens_nothing_and_holds_no_seat() {
    let story = invited().await;
    let link = story.link(ZOE, "accept-invitation");
    assert_eq!(
        story.act(LENA, "acme", ZOE, Act::Withdraw).await,
        Came::Done
    );
    assert_eq!(story.organization("acme").await.seats_used, 12);
    story.get(&link).await.must_be(410);
    assert!(matches!(
        story.act(LENA, "acme", ZOE, Act::Withdraw).await,
        Came::Refused(_)
    ));
    story.check_invariants().await;
}

#[tokio::test]
async fn an_invitation_that_is_sent_once_more_has_its_days_anew() {
    let story = invited().await;
    story.advance("P13D").await;
    assert_eq!(story.act(LENA, "acme", ZOE, Act::Resend).await, Came::Done);
    story.advance("P13D").await;
    assert!(matches!(
        story.state("acme", ZOE).await,
        State::Invited { .. }
    ));
    story
        .press(&story.link(ZOE, "accept-invitation"), "yes")
        .await
        .must_be(200);
    story.check_invariants().await;
}

#[tokio::test]
async fn nobody_acts_on_a_person_whom_the_organisation_does_not_have() {
    let story = invited().await;
    assert_eq!(
        story.act(LENA, "globex", ZOE, Act::Withdraw).await,
        Came::Unknown
    );
    assert_eq!(
        story.act(LENA, "nowhere", ZOE, Act::Keep).await,
        Came::Unknown
    );
}

#[tokio::test]
async fn access_until_a_date_ends_on_it_and_was_reminded_of() {
    let story = Story::begin().await;
    let until = story.now() + SignedDuration::from_hours(40 * 24);
    let terms = json!({ "access_until": until.to_string() });
    story.invite_with("acme", LENA, ZOE, terms).await;
    story
        .press(&story.link(ZOE, "accept-invitation"), "yes")
        .await
        .must_be(200);
    story.advance("P32D").await;
    assert_eq!(story.count(ZOE, "access_ending"), 0);
    story.advance("P1DT1H").await;
    assert_eq!(story.count(ZOE, "access_ending"), 1);
    story.advance_by("P6D", "P1D").await;
    assert_eq!(story.count(ZOE, "access_ending"), 2);
    assert!(story.is_active("acme", ZOE).await);
    story.advance("P1D").await;
    assert!(matches!(
        story.state("acme", ZOE).await,
        State::OffBoarded {
            why: OffboardReason::Expired,
            ..
        }
    ));
    assert_eq!(story.count(ZOE, "access_ended"), 1);
    assert_eq!(story.count(LENA, "member_offboarded"), 1);
    story.check_invariants().await;
}

#[tokio::test]
async fn a_date_on_which_access_ends_can_be_moved() {
    let story = Story::begin().await;
    let until = story.now() + SignedDuration::from_hours(20 * 24);
    let terms = json!({ "access_until": until.to_string() });
    story.invite_with("acme", LENA, ZOE, terms).await;
    story
        .press(&story.link(ZOE, "accept-invitation"), "yes")
        .await
        .must_be(200);
    let later = until + SignedDuration::from_hours(20 * 24);
    let act = Act::ExtendAccess(Some(later));
    assert_eq!(story.act(LENA, "acme", ZOE, act).await, Came::Done);
    assert_eq!(story.act(LENA, "acme", ZOE, act).await, Came::Unchanged);
    story.advance("P30D").await;
    assert!(story.is_active("acme", ZOE).await);
    story.advance("P11D").await;
    assert!(story.is_gone("acme", ZOE).await);
    story.check_invariants().await;
}

/// As directories write it of access that never ends; the second is the last instant there is.
#[tokio::test]
async fn access_until_the_end_of_the_year_9999_does_not_end() {
    for never in ["9999-12-31T23:59:59Z", "9999-12-31T23:59:59-12:00"] {
        let story = Story::begin().await;
        let terms = json!({ "access_until": never });
        let answer = story.invite_with("acme", LENA, ZOE, terms).await;
        assert_eq!(answer["rows"][0]["outcome"], "invited", "{never}: {answer}");
        let link = story.link(ZOE, "accept-invitation");
        let page = story.get(&link).await.must_be(200);
        assert!(page.body.contains("9999"), "{never}: {}", page.body);
        let mail = &story.mails(ZOE)[0];
        assert!(mail.text.contains("9999"), "{never}: {}", mail.text);
        story.press(&link, "yes").await.must_be(200);
        let membership = story.membership("acme", ZOE).await.unwrap();
        let until = membership.access_until.unwrap();
        assert_eq!(until, jiff::Timestamp::MAX, "{never}");
        story.advance_by("P400D", "P50D").await;
        assert!(story.is_active("acme", ZOE).await, "{never}");
        assert_eq!(story.count(ZOE, "access_ending"), 0, "{never}");
        story.check_invariants().await;
    }
}
