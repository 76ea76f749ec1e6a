//! Joining by a request from a domain of the organisation.

use crate::fixture::Story;

const LENA: &str = "lena@acme.example";
const XENA: &str = "xena@acme.example";

#[tokio::test]
async fn who_raises_a_request_from_the_domain_becomes_a_member_and_the_lead_is_told() {
    let story = Story::begin().await;
    story.raise("SUP-1", XENA).await;
    story.settle().await;
    assert!(story.is_active("acme", XENA).await);
    assert_eq!(story.organization("acme").await.seats_used, 13);
    assert_eq!(story.count(LENA, "member_joined"), 1);
    assert_eq!(story.kinds(XENA), ["request_received"]);
    story.raise("SUP-2", XENA).await;
    story.settle().await;
    assert_eq!(story.count(LENA, "member_joined"), 1);
    story.check_invariants().await;
}

#[tokio::test]
async fn without_a_free_seat_they_are_a_guest_and_the_lead_is_told() {
    let story = Story::begin().await;
    story.seats("acme", 12).await;
    story.raise("SUP-1", XENA).await;
    story.settle().await;
    assert_eq!(story.membership("acme", XENA).await, None);
    assert_eq!(story.organization("acme").await.seats_used, 12);
    assert_eq!(story.count(LENA, "member_joined"), 1);
    story.get(&story.link(XENA, "requester")).await.must_be(200);
    story.check_invariants().await;
}

#[tokio::test]
async fn where_the_rule_is_off_nobody_joins() {
    let story = Story::begin().await;
    story.seats("globex", 10).await;
    story.raise("SUP-1", "xena@globex.example").await;
    story.settle().await;
    assert_eq!(
        story.membership("globex", "xena@globex.example").await,
        None
    );
    story.check_invariants().await;
}
