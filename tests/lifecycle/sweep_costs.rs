//! The cost of a sweep follows from the people who are due, not from those who are there.

use aws_sdk_dynamodb::types::AttributeValue;
use local::dynamodb::meter::Reading;
use tests::crowd::{self, Item};

use crate::fixture::Story;

/// Falls due eighty-one days after the world began.
const WIM: &str = "wim@globex.test";
const DUE: u32 = 20;

fn put(item: &mut Item, name: &str, value: &str) {
    // Of a person's items their membership alone has a deadline.
    if item.contains_key(name) {
        item.insert(name.to_owned(), AttributeValue::S(value.to_owned()));
    }
}

/// What the runs of one day ask of DynamoDB in which twenty of so many and twenty are due.
async fn a_day_with(not_due: u32) -> Reading {
    let story = Story::begin().await;
    story.advance("P80D").await;
    let shard = |number: u32| (number % u32::from(store::SHARDS)).to_string();
    let client = local::sdk::dynamodb(&story.local().dynamodb_endpoint, "story");
    let directory = story.local().tables()["directory"];
    crowd::add(&client, directory, WIM, "quiet", DUE, |number, item| {
        put(item, "due_shard", &shard(number));
    })
    .await;
    crowd::add(&client, directory, WIM, "there", not_due, |number, item| {
        put(item, "due_shard", &shard(number));
        put(item, "due_at", "2199-01-01T00:00:00.000000Z");
    })
    .await;
    let before = story.local().meter.read();
    story.advance("P2D").await;
    story.settle().await;
    let used = story.local().meter.read().since(&before);
    let warned = story.mails_of("inactivity_warning").len();
    assert_eq!(warned, usize::try_from(DUE).unwrap() + 1);
    used
}

#[expect(clippy::print_stdout, reason = "docs/scaling.md says how to read it")]
#[tokio::test]
async fn ten_times_as_many_who_are_not_due_cost_nothing_more() {
    let (few, many) = tokio::join!(a_day_with(100), a_day_with(1_000));
    println!(
        "{DUE} due of 100: {} calls, {} read units, {} write units",
        few.calls(),
        few.read_units(),
        few.write_units()
    );
    println!(
        "{DUE} due of 1,000: {} calls, {} read units, {} write units",
        many.calls(),
        many.read_units(),
        many.write_units()
    );
    for (of_few, of_many) in [
        (few.read_units(), many.read_units()),
        (few.write_units(), many.write_units()),
    ] {
        assert!((of_few - of_many).abs() <= of_few / 100.0);
    }
    assert!(few.calls().abs_diff(many.calls()) <= few.calls() / 100);
}
