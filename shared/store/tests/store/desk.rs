//! Work at service desks: written with a decision, found again, ended once.

use domain::{DeskAct, DeskWork, Outcome, Timestamp};
use jiff::SignedDuration;
use store::{DeskLink, Found, LinkState, Once, Pause, PauseReason, WorkItem};

use crate::{
    engine::{Engine, new_id},
    sample,
};

fn look(address: &str) -> DeskWork {
    DeskWork::Look {
        desk: "support".parse().unwrap(),
        person: sample::email(address),
        org: sample::org_id("acme"),
    }
}

fn act(key: &str, act: DeskAct) -> DeskWork {
    let request = sample::request_ref(key);
    DeskWork::Act { request, act }
}

fn later(minutes: i64) -> Timestamp {
    sample::now() + SignedDuration::from_mins(minutes)
}

async fn commit(engine: &Engine, work: Vec<DeskWork>, now: Timestamp) {
    let outcome = Outcome::default().work_all(work);
    let once = Once::Nothing;
    let committed = engine.store.commit(&outcome, &once, now, &new_id).await;
    committed.unwrap();
}

async fn due(engine: &Engine, now: Timestamp) -> Vec<WorkItem> {
    engine.store.due_work(now, 100).await.unwrap()
}

#[tokio::test]
async fn ten_changes_of_a_person_are_one_look() {
    let engine = Engine::start().await;
    for _ in 0..5 {
        let twice = vec![look("ann@acme.example"), look("ann@acme.example")];
        commit(&engine, twice, sample::now()).await;
    }
    let waiting = due(&engine, later(10)).await;
    assert_eq!(waiting.len(), 1);
    assert_eq!(waiting[0].work, look("ann@acme.example"));
}

#[tokio::test]
async fn work_that_was_asked_for_again_meanwhile_stays() {
    let engine = Engine::start().await;
    commit(&engine, vec![look("ann@acme.example")], sample::now()).await;
    let first = due(&engine, later(10)).await.remove(0);
    commit(&engine, vec![look("ann@acme.example")], later(1)).await;
    assert!(!engine.store.finish_work(&first).await.unwrap());
    let put_off = engine.store.put_off_work(&first, later(60), "busy");
    assert!(!put_off.await.unwrap());
    let newest = due(&engine, later(10)).await.remove(0);
    assert_ne!(newest.token, first.token);
    assert!(engine.store.finish_work(&newest).await.unwrap());
    assert!(due(&engine, later(10)).await.is_empty());
}

#[tokio::test]
async fn what_is_put_off_is_found_again_however_late() {
    let engine = Engine::start().await;
    commit(&engine, vec![look("ann@acme.example")], sample::now()).await;
    for attempt in 1..=40 {
        let now = later(attempt * 60);
        let item = due(&engine, now).await.remove(0);
        let until = now + SignedDuration::from_mins(30);
        let put_off = engine.store.put_off_work(&item, until, "no answer");
        assert!(put_off.await.unwrap());
        assert!(due(&engine, now).await.is_empty());
    }
    let item = due(&engine, later(41 * 60)).await.remove(0);
    assert_eq!(
        (item.attempts, item.said.as_deref()),
        (40, Some("no answer"))
    );
}

#[tokio::test]
async fn refused_work_waits_for_a_person() {
    let engine = Engine::start().await;
    commit(&engine, vec![look("ann@acme.example")], sample::now()).await;
    let item = due(&engine, later(10)).await.remove(0);
    let long = "é".repeat(400);
    assert!(
        engine
            .store
            .refuse_work(&item, later(10), &long)
            .await
            .unwrap()
    );
    assert!(due(&engine, later(100_000)).await.is_empty());
    let refused = engine.store.refused_work(10).await.unwrap().remove(0);
    assert!(refused.refused);
    assert_eq!(refused.said.as_ref().unwrap().len(), 300);
    let asked = engine.store.ask_again(&refused, new_id(), later(20));
    assert!(asked.await.unwrap());
    assert!(engine.store.refused_work(10).await.unwrap().is_empty());
    let again = due(&engine, later(30)).await.remove(0);
    assert_eq!((again.attempts, again.refused), (0, false));
}

#[tokio::test]
async fn the_acts_of_a_request_come_in_their_order_with_its_creation_first() {
    let engine = Engine::start().await;
    let comment = |id: &str| {
        let id = id.parse().unwrap();
        let at = sample::now();
        act("SUP-1", DeskAct::Comment { id, at })
    };
    commit(&engine, vec![comment("c-1")], sample::now()).await;
    commit(&engine, vec![act("SUP-1", DeskAct::Create)], sample::now()).await;
    commit(&engine, vec![comment("c-2")], sample::now()).await;
    commit(&engine, vec![act("SUP-2", DeskAct::Create)], sample::now()).await;
    let acts = engine.store.acts_of(&sample::request_ref("SUP-1")).await;
    let acts: Vec<_> = acts.unwrap().into_iter().map(|item| item.work).collect();
    let expected = [
        act("SUP-1", DeskAct::Create),
        comment("c-1"),
        comment("c-2"),
    ];
    assert_eq!(acts, expected);
}

#[tokio::test]
async fn links_counterparts_and_pauses_are_read_back() {
    let engine = Engine::start().await;
    let desk = "support".parse().unwrap();
    let ann = sample::email("ann%#1@acme.example");
    let mut link = DeskLink {
        desk,
        person: ann.clone(),
        account: "qm:1:2".parse().unwrap(),
        state: LinkState::Live,
        made: true,
        listed: false,
        looked_at: Some(sample::now()),
        version: domain::Version::NEW,
    };
    let store = &engine.store;
    store.put_desk_link(&link).await.unwrap();
    assert!(store.put_desk_link(&link).await.is_err());
    link.version = domain::Version(1);
    let read = store.desk_link(&link.desk, &ann).await.unwrap();
    assert_eq!(read.as_ref(), Some(&link));
    assert_eq!(store.desk_links(&link.desk).await.unwrap(), [link.clone()]);
    // Nothing else takes the link for an account of a source or a membership.
    assert!(store.accounts_of(&ann).await.unwrap().is_empty());
    assert!(store.organizations_of(&ann).await.unwrap().is_empty());

    let acme = sample::org_id("acme");
    let found = Found {
        id: 7,
        made: false,
        version: domain::Version::NEW,
    };
    store
        .put_counterpart(&link.desk, &acme, &found)
        .await
        .unwrap();
    let read = store.counterpart(&link.desk, &acme).await.unwrap();
    assert_eq!(read.map(|found| found.id), Some(7));

    let pause = Pause {
        until: later(5),
        why: PauseReason::Limit,
        in_a_row: 2,
        token: domain::Version(1),
        calls: [("site".to_owned(), later(5))].into(),
    };
    store.pause_desk(&link.desk, &pause).await.unwrap();
    assert_eq!(store.desk_pause(&link.desk).await.unwrap(), Some(pause));
    store.resume_desk(&link.desk).await.unwrap();
    assert_eq!(store.desk_pause(&link.desk).await.unwrap(), None);
}
