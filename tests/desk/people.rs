//! People: whoever has access here is a customer there, and nobody else is.

use serde_json::json;

use super::{AMIR, LENA, ZOE};
use crate::fixture::Story;

#[tokio::test]
async fn whoever_accepts_appears_at_the_desk_and_whoever_is_off_boarded_is_gone() {
    let story = Story::connected().await;
    story.invite("acme", LENA, ZOE).await;
    story.settle().await;
    assert!(story.at_jira().customers.is_empty(), "nobody has accepted");
    story
        .press(&story.link(ZOE, "accept-invitation"), "yes")
        .await
        .must_be(200);
    story.write_out().await;
    assert_eq!(story.members_at_jira("Acme"), [ZOE]);
    let view = story.at_jira();
    assert_eq!(view.customers.len(), 1);
    assert_eq!(view.desk.customers, [view.customers[0].account_id.clone()]);

    story.off_board("acme", ZOE, json!({})).await.must_be(202);
    story.write_out().await;
    assert!(story.members_at_jira("Acme").is_empty());
    assert!(story.at_jira().desk.customers.is_empty());
    assert!(
        story.at_jira().customers[0].active,
        "nobody is revoked unasked"
    );
    story.check_invariants().await;
}

#[tokio::test]
async fn a_desk_that_is_not_connected_hears_of_nothing() {
    let story = Story::begin().await;
    story.off_board("acme", AMIR, json!({})).await.must_be(202);
    story.settle().await;
    assert!(story.items("journal", "WORK#").await.is_empty());
    assert!(story.at_jira().organizations.is_empty());
}
