//! Commits that happen once.

use domain::{
    Change, Outcome, Timestamp, Version,
    outcome::{Row, RowOutcome},
};
use jiff::SignedDuration;
use store::{CommitError, ListId, Once};

use crate::{
    changes::outcome,
    engine::{Engine, new_id},
    sample,
};

fn later(seconds: i64) -> Timestamp {
    sample::now() + SignedDuration::from_secs(seconds)
}

const MONTH: i64 = 30 * 24 * 3600;

async fn commit(
    engine: &Engine,
    changes: Vec<Change>,
    once: &Once,
    now: Timestamp,
) -> Result<store::Committed, CommitError> {
    engine
        .store
        .commit(&outcome(changes), once, now, &new_id)
        .await
}

#[tokio::test]
async fn a_delivery_happens_once_and_the_first_answer_comes_back() {
    let engine = Engine::start().await;
    let once = sample::once("d-1");
    commit(&engine, vec![], &once, sample::now()).await.unwrap();
    let error = commit(&engine, vec![], &once, later(60)).await.unwrap_err();
    let CommitError::AlreadySeen { first: Some(first) } = error else {
        panic!("{error:?}");
    };
    assert_eq!(first.answer, Some(sample::answer()));
    assert_eq!(first.payload_sha256, [1; 32]);
}

#[tokio::test]
async fn having_been_seen_outweighs_a_version_that_moved() {
    let engine = Engine::start().await;
    let once = sample::once("d-1");
    let org = Change::Organization(sample::organization("acme"));
    commit(&engine, vec![org.clone()], &once, sample::now())
        .await
        .unwrap();
    let error = commit(&engine, vec![org.clone()], &once, sample::now())
        .await
        .unwrap_err();
    assert!(
        matches!(error, CommitError::AlreadySeen { .. }),
        "{error:?}"
    );
    let other = sample::once("d-2");
    let error = commit(&engine, vec![org], &other, sample::now())
        .await
        .unwrap_err();
    assert!(matches!(error, CommitError::Conflict), "{error:?}");
    assert!(error.retryable());
}

#[tokio::test]
async fn a_refused_commit_writes_nothing_at_all() {
    let engine = Engine::start().await;
    let stale = domain::Organization {
        version: Version(7),
        ..sample::organization("acme")
    };
    let outcome = Outcome {
        changes: vec![
            Change::Customer(sample::customer("ann@acme.example")),
            Change::Organization(stale),
        ],
        messages: vec![sample::message(&["ann@acme.example"])],
        audit: vec![sample::audit(
            domain::Action::MemberInvited,
            domain::Subject::Person(sample::email("ann@acme.example")),
        )],
        ..Outcome::default()
    };
    let once = sample::once("d-1");
    let error = engine
        .store
        .commit(&outcome, &once, sample::now(), &new_id)
        .await
        .unwrap_err();
    assert!(matches!(error, CommitError::Conflict), "{error:?}");
    for table in ["directory", "requests", "journal", "audit"] {
        assert!(engine.keys(table).await.is_empty(), "{table}");
    }
}

#[tokio::test]
async fn a_record_whose_time_is_over_is_not_honoured_though_it_was_not_deleted() {
    let engine = Engine::start().await;
    let once = sample::once("d-1");
    let (source, id) = (sample::source(), sample::delivery_id("d-1"));
    commit(&engine, vec![], &once, sample::now()).await.unwrap();
    for (at, seen) in [(later(MONTH), true), (later(MONTH + 1), false)] {
        let known = engine.store.delivery(&source, &id, at).await.unwrap();
        assert_eq!(known.is_some(), seen, "{at}");
    }
    assert!(
        commit(&engine, vec![], &once, later(MONTH)).await.is_err(),
        "its last second"
    );
    commit(&engine, vec![], &once, later(MONTH + 1))
        .await
        .unwrap();
}

#[tokio::test]
async fn a_link_is_used_once() {
    let engine = Engine::start().await;
    let once = Once::Link {
        nonce: "n#1".to_owned(),
        expires_at: later(60),
    };
    assert!(!engine.store.link_used("n#1", sample::now()).await.unwrap());
    commit(&engine, vec![], &once, sample::now()).await.unwrap();
    assert!(engine.store.link_used("n#1", sample::now()).await.unwrap());
    let error = commit(&engine, vec![], &once, sample::now())
        .await
        .unwrap_err();
    assert!(
        matches!(error, CommitError::AlreadySeen { first: None }),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_row_of_a_list_happens_once() {
    let engine = Engine::start().await;
    let row = |index| Once::Row {
        list: ListId::Delivery {
            source: sample::source(),
            id: sample::delivery_id("d-1"),
        },
        index,
        row: Row {
            email: "ann@acme.example".to_owned(),
            outcome: RowOutcome::Invited,
            code: None,
        },
    };
    let now = sample::now();
    commit(&engine, vec![], &row(0), now).await.unwrap();
    commit(&engine, vec![], &row(1), now).await.unwrap();
    let error = commit(&engine, vec![], &row(1), now).await.unwrap_err();
    assert!(
        matches!(error, CommitError::AlreadySeen { .. }),
        "{error:?}"
    );
}

#[tokio::test]
async fn nothing_to_write_calls_nobody() {
    let engine = Engine::start().await;
    let committed = commit(&engine, vec![], &Once::Nothing, sample::now())
        .await
        .unwrap();
    assert_eq!(committed.calls, 0);
    assert_eq!(engine.meter.total().calls, 0);
}

#[tokio::test]
async fn a_message_to_many_is_cut_into_items_of_fifty() {
    let engine = Engine::start().await;
    let to: Vec<String> = (0..101).map(|n| format!("p{n}@acme.example")).collect();
    let to: Vec<&str> = to.iter().map(String::as_str).collect();
    let outcome = Outcome {
        messages: vec![sample::message(&to), sample::message(&[])],
        ..Outcome::default()
    };
    let committed = engine
        .store
        .commit(&outcome, &Once::Nothing, sample::now(), &new_id)
        .await
        .unwrap();
    assert_eq!(committed.message_ids.len(), 3);
    assert_eq!(engine.keys("journal").await.len(), 3);
}
