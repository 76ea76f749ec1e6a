//! Addresses to which mail cannot be delivered.

use local::feedback::{Kind, Report};
use serde_json::json;

use crate::fixture::Story;

const LENA: &str = "lena@acme.example";
const AMIR: &str = "amir@acme.example";

impl Story {
    async fn report(&self, kind: Kind, subtype: Option<&str>, id: Option<&str>) {
        let report = Report {
            kind,
            email: AMIR.to_owned(),
            message: None,
            subtype: subtype.map(str::to_owned),
            id: id.map(str::to_owned),
        };
        self.local().report(&report).await.unwrap();
    }
}

#[tokio::test]
async fn an_address_that_bounced_gets_nothing_more_and_the_lead_learns_it_once() {
    let story = Story::begin().await;
    story
        .raise_with("SUP-1", AMIR, json!({ "organization": "acme" }))
        .await;
    story.settle().await;
    let before = story.mails(AMIR).len();
    story.report(Kind::Bounce, None, Some("bounce-1")).await;
    assert_eq!(story.count(LENA, "address_suppressed"), 1);
    story
        .comment("SUP-1", json!({ "name": "Pavel", "role": "agent" }))
        .await;
    story.off_board("acme", AMIR, json!({})).await.must_be(202);
    story.settle().await;
    assert_eq!(story.mails(AMIR).len(), before);

    // Repeated, out of order, and by another way: nothing changes.
    let directory = story.items("directory", "CUSTOMER#").await;
    let audit = story.items("audit", "").await;
    story.report(Kind::Bounce, None, Some("bounce-1")).await;
    story.report(Kind::Delivery, None, None).await;
    story.report(Kind::Complaint, None, None).await;
    story.report(Kind::Bounce, Some("Transient"), None).await;
    assert_eq!(story.items("directory", "CUSTOMER#").await, directory);
    assert_eq!(story.items("audit", "").await, audit);
    assert_eq!(story.count(LENA, "address_suppressed"), 1);
    story.check_invariants().await;
}

#[tokio::test]
async fn a_full_mailbox_is_no_reason_to_stop() {
    let story = Story::begin().await;
    story.report(Kind::Bounce, Some("Transient"), None).await;
    story.report(Kind::Delivery, None, None).await;
    story
        .raise_with("SUP-1", AMIR, json!({ "organization": "acme" }))
        .await;
    story.settle().await;
    assert_eq!(story.count(AMIR, "request_received"), 1);
    assert_eq!(story.count(LENA, "address_suppressed"), 0);
    story.check_invariants().await;
}

#[tokio::test]
async fn notices_at_the_same_time_are_told_once() {
    let story = Story::begin().await;
    tokio::join!(
        story.report(Kind::Bounce, None, None),
        story.report(Kind::Complaint, None, None),
        story.report(Kind::Bounce, None, None),
        story.report(Kind::Bounce, None, None),
    );
    story.settle().await;
    assert_eq!(story.count(LENA, "address_suppressed"), 1);
    story.check_invariants().await;
}
