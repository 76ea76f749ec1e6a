//! Deliveries, lists that are worked off row by row, and parked deliveries.

use domain::{
    Code, Outcome, Timestamp,
    outcome::{Row, RowOutcome},
};
use store::{Answer, CommitError, ListId, Once, ParkedBody, Parking, Unread, Wanted};

use crate::{
    engine::{Engine, new_id},
    sample,
};

fn row(email: &str) -> Row {
    Row {
        email: email.to_owned(),
        outcome: RowOutcome::Refused,
        code: Some(Code::SeatCapReached),
    }
}

fn list() -> ListId {
    ListId::Delivery {
        source: sample::source(),
        id: sample::delivery_id("list"),
    }
}

async fn put_row(engine: &Engine, index: u32, now: Timestamp) {
    let once = Once::Row {
        list: list(),
        index,
        row: row(&format!("p{index}@acme.example")),
    };
    engine
        .store
        .commit(&Outcome::default(), &once, now, &new_id)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_list_that_was_cut_short_knows_how_far_it_came() {
    let engine = Engine::start().await;
    let (source, id, now) = (sample::source(), sample::delivery_id("list"), sample::now());
    let store = &engine.store;
    let begun = store.begin_list(&source, &id, &[3; 32], now).await.unwrap();
    assert_eq!(begun, None);
    for index in [0, 1, 12] {
        put_row(&engine, index, now).await;
    }
    let again = store.begin_list(&source, &id, &[3; 32], now).await.unwrap();
    let again = again.unwrap();
    assert_eq!((again.payload_sha256, again.answer), ([3; 32], None));
    let rows = store.list_rows(&list(), now).await.unwrap();
    assert_eq!(rows.keys().copied().collect::<Vec<_>>(), [0, 1, 12]);
    assert_eq!(rows[&12], row("p12@acme.example"));
    let first = Answer {
        status: 202,
        body: "first".to_owned(),
    };
    let second = Answer {
        status: 202,
        body: "second".to_owned(),
    };
    for given in [&first, &second] {
        let stands = store.finish_list(&source, &id, given).await.unwrap();
        assert_eq!(stands, Some(first.clone()));
    }
    let done = store.begin_list(&source, &id, &[3; 32], now).await.unwrap();
    assert_eq!(done.unwrap().answer, Some(first.clone()));
    let loaded = store
        .load(Wanted::new().delivery(&source, &id))
        .await
        .unwrap();
    let known = loaded.delivery(&source, &id, now).unwrap().unwrap();
    assert_eq!(known.answer, Some(first));
}

#[tokio::test]
async fn rows_of_a_list_that_expired_belong_to_nobody() {
    let engine = Engine::start().await;
    put_row(&engine, 0, sample::now()).await;
    let much_later = domain::Days(31).after(sample::now());
    let rows = engine.store.list_rows(&list(), much_later).await.unwrap();
    assert!(rows.is_empty());
    put_row(&engine, 0, much_later).await;
}

#[tokio::test]
async fn a_list_that_nobody_began_cannot_end() {
    let engine = Engine::start().await;
    let ended = engine
        .store
        .finish_list(
            &sample::source(),
            &sample::delivery_id("x"),
            &sample::answer(),
        )
        .await
        .unwrap();
    assert_eq!(ended, None);
}

#[tokio::test]
async fn what_is_refused_is_parked_with_its_answer() {
    let engine = Engine::start().await;
    let (source, id, answer) = (
        sample::source(),
        sample::delivery_id("d-1"),
        Answer {
            status: 422,
            body: r#"{"code":"unknown_desk"}"#.to_owned(),
        },
    );
    let parking = Parking {
        source: &source,
        id: &id,
        function: "request-created",
        code: Code::UnknownDesk,
        body: b"{\xff not even text",
        payload_sha256: [4; 32],
        answer: &answer,
    };
    let now = sample::now();
    engine.store.park(&parking, now, &new_id).await.unwrap();
    let error = engine.store.park(&parking, now, &new_id).await.unwrap_err();
    let CommitError::AlreadySeen { first: Some(first) } = error else {
        panic!("{error:?}");
    };
    assert_eq!(first.answer, Some(answer.clone()));
    let parked = engine.store.parked(None, 10).await.unwrap();
    assert_eq!(parked.next, None);
    let [parked] = &parked.items[..] else {
        panic!("one is parked");
    };
    assert_eq!(
        (parked.at, parked.function.as_str(), parked.code),
        (now, "request-created", Code::UnknownDesk)
    );
    assert_eq!(
        parked.body,
        ParkedBody::Raw(b"{\xff not even text".to_vec())
    );
    engine.store.unpark(parked).await.unwrap();
    assert!(
        engine
            .store
            .parked(None, 10)
            .await
            .unwrap()
            .items
            .is_empty()
    );
    let known = engine.store.delivery(&source, &id, now).await.unwrap();
    assert_eq!(known.unwrap().answer, Some(answer));
}

#[tokio::test]
async fn what_could_not_be_read_is_kept_once_for_each_body_and_answers_nothing() {
    let engine = Engine::start().await;
    let (source, id, now) = (sample::source(), sample::delivery_id("d-1"), sample::now());
    let unread = |byte: u8, body| Unread {
        source: &source,
        id: &id,
        function: "request-created",
        code: Code::Unreadable,
        body,
        payload_sha256: [byte; 32],
    };
    let (first, second) = (unread(1, b"{\xff"), unread(2, b"{"));
    assert!(!engine.store.is_kept(&first, now).await.unwrap());
    for _ in 0..2 {
        engine.store.keep(&first, now, &new_id).await.unwrap();
    }
    assert!(engine.store.is_kept(&first, now).await.unwrap());
    assert!(!engine.store.is_kept(&second, now).await.unwrap());
    let later = now + jiff::SignedDuration::from_secs(1);
    engine.store.keep(&second, later, &new_id).await.unwrap();

    let parked = engine.store.parked(None, 10).await.unwrap().items;
    let kept: Vec<_> = parked.iter().map(|kept| (&kept.body, kept.code)).collect();
    let raw = |body: &[u8]| ParkedBody::Raw(body.to_vec());
    let expected = [
        (&raw(b"{\xff"), Code::Unreadable),
        (&raw(b"{"), Code::Unreadable),
    ];
    assert_eq!(kept, expected);
    assert_eq!(
        engine.store.delivery(&source, &id, now).await.unwrap(),
        None
    );
    // Its mark is gone after as many days as a delivery is remembered.
    let after = now + jiff::SignedDuration::from_hours(30 * 24 + 1);
    assert!(!engine.store.is_kept(&first, after).await.unwrap());
}
