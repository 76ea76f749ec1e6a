//! The fault table: whatever fails at the service desk, both sides are the same in the end, nothing
//! is there twice, and nobody is mailed by Jira.

use app::console::Act;
use serde_json::{Value, json};

use super::requests::{comments_on, own_pages, raises};
use super::{AMIR, LENA, ZOE};
use crate::fixture::Story;
use crate::lifecycle::told::Came;

impl Story {
    /// Sets faults of Jira alone.
    fn jira_fails(&self, faults: &Value) {
        self.faults(json!({ "jira": faults }));
    }

    /// Lena undoes an off-boarding.
    async fn restores(&self, who: &str) {
        let came = self.act(LENA, "acme", who, Act::Restore).await;
        assert_eq!(came, Came::Done);
    }

    /// The number of looks at somebody that came to an end.
    async fn looks_at(&self, who: &str) -> u64 {
        let desk = "support".parse().unwrap();
        let link = self.store().desk_link(&desk, &who.parse().unwrap()).await;
        link.unwrap().unwrap().version.0
    }

    async fn zoe_accepts(&self) {
        self.invite("acme", LENA, ZOE).await;
        self.settle().await;
        let link = self.link(ZOE, "accept-invitation");
        self.press(&link, "yes").await.must_be(200);
    }

    /// Everything that the table asks for: an acceptance, an off-boarding, a request, a comment.
    async fn much_happens(&self) {
        self.zoe_accepts().await;
        let web = own_pages(self, AMIR).await;
        let place = raises(self, &web).await;
        comments_on(&web, &place, "It is blank still").await;
        self.settle().await;
    }

    /// Both sides are the same, and nothing is there twice.
    async fn is_as_it_should_be(&self) {
        self.write_out().await;
        assert_eq!(self.members_at_jira("Acme"), [ZOE]);
        let issue = self.issue();
        assert_eq!(issue.comments.len(), 1, "{:#?}", issue.comments);
        assert!(self.local().jira.read(|site| site.mailed.is_empty()));
        self.check_invariants().await;
    }
}

#[tokio::test]
async fn thirty_hours_without_jira_lose_nothing() {
    let story = Story::connected().await;
    story.jira_fails(&json!({ "down": true }));
    story.much_happens().await;
    story.advance_by("PT30H", "PT1H").await;
    assert!(story.at_jira().customers.is_empty());
    story.jira_fails(&json!({}));
    story.is_as_it_should_be().await;
}

#[tokio::test]
async fn an_answer_that_is_lost_makes_nothing_twice() {
    for only in [
        "POST /rest/servicedeskapi/request",
        "POST /rest/servicedeskapi/customer",
        "/comment",
        "/transitions",
    ] {
        let story = Story::connected().await;
        story.jira_fails(&json!({ "only": only, "fail_after": 1.0 }));
        story.much_happens().await;
        story.jira_fails(&json!({}));
        story.is_as_it_should_be().await;
    }
}

#[tokio::test]
async fn a_limit_of_any_kind_is_waited_for() {
    for reason in ["burst", "issue", "quota", "unknown", "gateway"] {
        let story = Story::connected().await;
        story.jira_fails(&json!({ "throttle": 0.5, "reason": reason }));
        story.much_happens().await;
        story.advance_by("PT2H", "PT10M").await;
        story.jira_fails(&json!({}));
        story.is_as_it_should_be().await;
    }
}

#[tokio::test]
async fn a_token_that_has_expired_pauses_the_desk_until_there_is_another() {
    let story = Story::connected().await;
    story.jira_fails(&json!({ "expired": true }));
    story.much_happens().await;
    let pause = story
        .item("journal", "PAUSE#support", "PAUSE")
        .await
        .unwrap();
    assert_eq!(pause["why"], "unauthorized");
    story.jira_fails(&json!({}));
    story.give_token().await;
    story.is_as_it_should_be().await;
}

#[tokio::test]
async fn whoever_is_restored_while_the_removal_waits_stays() {
    let story = Story::connected().await;
    story.zoe_accepts().await;
    story.write_out().await;
    story.jira_fails(&json!({ "down": true }));
    story.off_board("acme", ZOE, json!({})).await.must_be(202);
    story.settle().await;
    story.restores(ZOE).await;
    story.settle().await;
    story.jira_fails(&json!({}));
    story.write_out().await;
    assert_eq!(story.members_at_jira("Acme"), [ZOE]);
}

#[tokio::test]
async fn fifty_changes_of_a_person_in_a_minute_are_few_looks() {
    let story = Story::connected().await;
    story.zoe_accepts().await;
    story.write_out().await;
    let before = story.looks_at(ZOE).await;
    for change in 0..50 {
        if change % 2 == 0 {
            story.off_board("acme", ZOE, json!({})).await.must_be(202);
        } else {
            story.restores(ZOE).await;
        }
        story.local().clock.advance("PT1S").unwrap();
    }
    story.write_out().await;
    assert_eq!(story.members_at_jira("Acme"), [ZOE]);
    let looks = story.looks_at(ZOE).await - before;
    assert!(looks <= 10, "{looks} looks");
}
