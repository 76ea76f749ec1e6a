//! The state machine of a message to send.

use domain::{Outcome, Timestamp, message::Urgency};
use jiff::SignedDuration;
use store::{
    Claim, DueInJournal, MAX_ATTEMPTS, Once, OutboxMessage, Queued, Receipt, Requeued, SHARDS,
};
use uuid::Uuid;

use crate::{
    engine::{Engine, new_id},
    sample,
};

const LEASE: SignedDuration = SignedDuration::from_mins(5);

fn minutes(minutes: i64) -> Timestamp {
    sample::now() + SignedDuration::from_mins(minutes)
}

pub(crate) async fn queue(engine: &Engine, to: &[&str]) -> Uuid {
    let outcome = Outcome {
        messages: vec![sample::message(to)],
        ..Outcome::default()
    };
    let committed = engine
        .store
        .commit(&outcome, &Once::Nothing, sample::now(), &new_id)
        .await
        .unwrap();
    committed.message_ids[0]
}

async fn claimed(engine: &Engine, id: Uuid, now: Timestamp) -> OutboxMessage {
    match engine.store.claim(id, new_id(), now, LEASE).await.unwrap() {
        Claim::Claimed(message) => *message,
        other => panic!("{other:?}"),
    }
}

async fn due(engine: &Engine, now: Timestamp) -> Vec<Uuid> {
    let mut due = Vec::new();
    for shard in 0..SHARDS {
        let page = engine
            .store
            .due_in_journal(now, shard, None, 100)
            .await
            .unwrap();
        due.extend(page.items.into_iter().map(|item| match item {
            DueInJournal::Message(id) => id,
            DueInJournal::EarlyUpdates(request) => panic!("{request}"),
        }));
    }
    due
}

/// The first try was written and its answer lost, so the claim is repeated.
#[tokio::test]
async fn whoever_asks_again_for_what_they_claimed_has_it() {
    let engine = Engine::start().await;
    let id = queue(&engine, &["ann@acme.example"]).await;
    let by = new_id();
    let first = engine.store.claim(id, by, minutes(0), LEASE).await.unwrap();
    let again = engine.store.claim(id, by, minutes(0), LEASE).await.unwrap();
    assert!(matches!(first, Claim::Claimed(_)));
    assert_eq!(again, first);
    let other = engine.store.claim(id, new_id(), minutes(0), LEASE).await;
    assert_eq!(other.unwrap(), Claim::Busy { until: minutes(5) });
}

#[tokio::test]
async fn a_message_is_claimed_sent_and_done() {
    let engine = Engine::start().await;
    let ann = sample::email("ann@acme.example");
    let id = queue(&engine, &["ann@acme.example"]).await;
    let mut message = claimed(&engine, id, sample::now()).await;
    assert_eq!(message.message, sample::message(&["ann@acme.example"]));
    assert_eq!((message.id, message.message_id), (id, id));
    assert_eq!(message.attempts, 0);
    assert_eq!(message.lease_until, minutes(5));
    let busy = engine
        .store
        .claim(id, new_id(), minutes(5), LEASE)
        .await
        .unwrap();
    assert_eq!(busy, Claim::Busy { until: minutes(5) });
    let marked = engine
        .store
        .mark_sent(&mut message, &ann, "ses-1")
        .await
        .unwrap();
    assert!(marked);
    assert_eq!(message.waiting().count(), 0);
    let again = engine
        .store
        .mark_failed(&mut message, &ann, "no")
        .await
        .unwrap();
    assert!(!again, "a recipient is settled once");
    let settled = engine
        .store
        .claim(id, new_id(), minutes(60), LEASE)
        .await
        .unwrap();
    assert_eq!(settled, Claim::Settled);
    assert!(due(&engine, minutes(10_000)).await.is_empty());
    let requeued = engine
        .store
        .requeue(id, minutes(60), &new_id)
        .await
        .unwrap();
    assert_eq!(requeued, Requeued::Settled);
}

#[tokio::test]
async fn the_last_of_several_recipients_ends_the_message() {
    let engine = Engine::start().await;
    let to = ["ann@acme.example", "b.o'b#@acme.example", "cy@acme.example"];
    let id = queue(&engine, &to).await;
    let mut message = claimed(&engine, id, sample::now()).await;
    let [ann, bob, cy] = to.map(sample::email);
    let store = &engine.store;
    assert!(store.mark_sent(&mut message, &bob, "ses-1").await.unwrap());
    assert!(
        store
            .mark_failed(&mut message, &ann, "rejected")
            .await
            .unwrap()
    );
    assert_eq!(message.waiting().collect::<Vec<_>>(), [&cy]);
    assert_eq!(due(&engine, minutes(30)).await, [id]);
    // A claim after the lease finds the same state.
    let mut other = claimed(&engine, id, minutes(6)).await;
    assert_eq!(other.recipients, message.recipients);
    assert!(
        store
            .mark_skipped(&mut other, &cy, "suppressed")
            .await
            .unwrap()
    );
    assert!(due(&engine, minutes(10_000)).await.is_empty());
    // The first relay marks a recipient that the second has settled: nothing happens.
    assert!(!store.mark_sent(&mut message, &cy, "ses-2").await.unwrap());
    assert_eq!(
        message.recipients[&cy],
        Receipt::Skipped {
            why: "suppressed".to_owned()
        }
    );
}

#[tokio::test]
async fn two_relays_whose_leases_overlap_still_end_the_message_once() {
    let engine = Engine::start().await;
    let to = ["ann@acme.example", "bob@acme.example"];
    let [ann, bob] = to.map(sample::email);
    let id = queue(&engine, &to).await;
    let mut first = claimed(&engine, id, sample::now()).await;
    let mut second = claimed(&engine, id, minutes(6)).await;
    let store = &engine.store;
    assert!(store.mark_sent(&mut first, &ann, "1").await.unwrap());
    // The second relay does not know of it, and takes bob for not the last.
    assert!(store.mark_sent(&mut second, &bob, "2").await.unwrap());
    assert!(due(&engine, minutes(10_000)).await.is_empty());
    let settled = store.claim(id, new_id(), minutes(60), LEASE).await.unwrap();
    assert_eq!(settled, Claim::Settled);
}

#[tokio::test]
async fn a_message_given_back_waits_for_its_time() {
    let engine = Engine::start().await;
    let id = queue(&engine, &["ann@acme.example"]).await;
    let message = claimed(&engine, id, sample::now()).await;
    assert!(engine.store.release(&message, minutes(2)).await.unwrap());
    assert!(
        !engine.store.release(&message, minutes(9)).await.unwrap(),
        "it is given back once"
    );
    let early = engine
        .store
        .claim(id, new_id(), minutes(1), LEASE)
        .await
        .unwrap();
    assert_eq!(early, Claim::Busy { until: minutes(2) });
    let message = claimed(&engine, id, minutes(2)).await;
    assert_eq!(message.lease_until, minutes(7));
    let lapsed = claimed(&engine, id, minutes(8)).await;
    assert!(
        !engine.store.release(&message, minutes(9)).await.unwrap(),
        "a lease that lapsed gives nothing back"
    );
    assert_eq!(lapsed.lease_until, minutes(13));
}

#[tokio::test]
async fn a_stuck_message_is_queued_again_as_a_copy_that_knows_who_got_it() {
    let engine = Engine::start().await;
    let to = ["ann@acme.example", "bob@acme.example"];
    let [ann, bob] = to.map(sample::email);
    let id = queue(&engine, &to).await;
    assert!(due(&engine, minutes(29)).await.is_empty());
    assert_eq!(due(&engine, minutes(30)).await, [id]);
    let mut message = claimed(&engine, id, minutes(30)).await;
    let store = &engine.store;
    assert!(store.mark_sent(&mut message, &ann, "1").await.unwrap());
    let busy = store.requeue(id, minutes(35), &new_id).await.unwrap();
    assert_eq!(busy, Requeued::Busy, "its lease has not run out");
    let again = store.requeue(id, minutes(36), &new_id).await.unwrap();
    let Requeued::Again { id: copy_id } = again else {
        panic!("{again:?}");
    };
    assert_ne!(copy_id, id);
    assert_eq!(engine.keys("journal").await.len(), 1);
    assert_eq!(
        store.claim(id, new_id(), minutes(36), LEASE).await.unwrap(),
        Claim::Settled
    );
    let mut copy = claimed(&engine, copy_id, minutes(36)).await;
    assert_eq!(copy.message_id, id, "the message's own id stays");
    assert_eq!(copy.attempts, 1);
    assert_eq!(copy.waiting().collect::<Vec<_>>(), [&bob]);
    assert!(due(&engine, minutes(36 + 59)).await.is_empty());
    assert_eq!(due(&engine, minutes(36 + 60)).await, [copy_id]);
    // The first relay comes back from the dead: its mark finds no message.
    assert!(!store.mark_sent(&mut message, &bob, "2").await.unwrap());
    assert!(store.mark_sent(&mut copy, &bob, "3").await.unwrap());
}

#[tokio::test]
async fn a_message_that_never_leaves_is_given_up_and_kept() {
    let engine = Engine::start().await;
    let mut id = queue(&engine, &["ann@acme.example"]).await;
    let mut now = sample::now();
    for _ in 0..MAX_ATTEMPTS {
        now += SignedDuration::from_hours(6);
        assert_eq!(due(&engine, now).await, [id]);
        match engine.store.requeue(id, now, &new_id).await.unwrap() {
            Requeued::Again { id: copy } => id = copy,
            other => panic!("{other:?}"),
        }
    }
    now += SignedDuration::from_hours(6);
    let dead = engine.store.requeue(id, now, &new_id).await.unwrap();
    assert_eq!(dead, Requeued::Dead);
    assert!(due(&engine, now).await.is_empty());
    assert_eq!(
        engine.store.claim(id, new_id(), now, LEASE).await.unwrap(),
        Claim::Settled
    );
    assert_eq!(engine.keys("journal").await.len(), 1);
    assert!(
        now.duration_since(sample::now()) > SignedDuration::from_hours(48),
        "long enough for a mail system that is down for a day or two"
    );
}

#[tokio::test]
async fn the_stream_tells_which_message_and_how_urgent() {
    let engine = Engine::start().await;
    let id = queue(&engine, &["ann@acme.example"]).await;
    let items = engine.items("journal").await;
    let image = serde_dynamo::Item::from(
        items[0]
            .iter()
            .map(|(name, value)| (name.clone(), value.clone().into()))
            .collect::<std::collections::HashMap<String, serde_dynamo::AttributeValue>>(),
    );
    assert_eq!(
        Queued::from_image(image).unwrap(),
        Queued {
            id,
            urgency: Urgency::Request
        }
    );
    assert!(Queued::from_image(serde_dynamo::Item::default()).is_err());
}
