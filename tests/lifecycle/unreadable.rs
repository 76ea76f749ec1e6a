//! One thing that cannot be read is no reason for everybody else's deadlines to pass by.

use aws_sdk_dynamodb::types::AttributeValue;
use store::SHARDS;

use crate::fixture::Story;

const WIM: &str = "wim@globex.test";

impl Story {
    /// Puts something with a key of ours, a deadline long past, and nothing else that makes sense.
    async fn put_unreadable(&self, table: &str, pk: &str, sk: &str, shard: u8) {
        let tables = local::sdk::dynamodb(&self.local().dynamodb_endpoint, "story");
        let text = |text: &str| AttributeValue::S(text.to_owned());
        tables
            .put_item()
            .table_name(self.local().tables()[table])
            .item("pk", text(pk))
            .item("sk", text(sk))
            .item("due_shard", text(&shard.to_string()))
            .item("due_at", text("2020-01-01T00:00:00.000000000Z"))
            .send()
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn memberships_that_cannot_be_read_hold_up_nobody_else() {
    let story = Story::begin().await;
    for shard in 0..SHARDS {
        let broken = format!("MEMBER#broken{shard}@globex.example");
        story
            .put_unreadable("directory", "ORG#globex", &broken, shard)
            .await;
    }
    story.advance("P82D").await;
    assert!(story.is_warned("globex", WIM).await);
    assert_eq!(story.kinds(WIM), ["inactivity_warning"]);
    let report = story.last_run().await.report;
    assert_eq!(report.failed, u32::from(SHARDS), "{report:?}");
}

#[tokio::test]
async fn messages_that_cannot_be_read_hold_up_nobody_else() {
    let story = Story::begin().await;
    for shard in 0..SHARDS {
        let id = format!("OUTBOX#019abcde-0000-7000-8000-0000000000{shard:02}");
        story.put_unreadable("journal", &id, "OUTBOX", shard).await;
    }
    story.faults(serde_json::json!({ "ses": { "fail": 1.0 } }));
    story.raise("SUP-1", "noor@visitor.example").await;
    story.settle().await;
    story.faults(serde_json::json!({}));
    story.advance("PT31M").await;
    assert_eq!(story.kinds("noor@visitor.example"), ["request_received"]);
    let report = story.last_run().await.report;
    assert_eq!(report.failed, u32::from(SHARDS), "{report:?}");
    assert_eq!(report.requeued, 1);
    story.check_invariants().await;
}
