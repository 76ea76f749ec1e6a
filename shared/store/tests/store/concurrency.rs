//! Many callers at once.

use domain::{Change, Outcome, Version};
use futures::future::join_all;
use store::{CommitError, Once, Wanted};

use crate::{
    changes::outcome,
    engine::{Engine, new_id},
    sample,
};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_sixty_four_commits_of_one_delivery_one_wins() {
    let engine = Engine::start().await;
    let whole = Outcome {
        changes: vec![
            Change::Request(Box::new(sample::request("SUP-1"))),
            Change::Viewer(sample::viewer("SUP-1", sample::person("ann@acme.example"))),
        ],
        messages: vec![sample::message(&["ann@acme.example"])],
        audit: vec![sample::audit(
            domain::Action::RequestCreated,
            domain::Subject::Request(sample::request_ref("SUP-1")),
        )],
        ..Outcome::default()
    };
    let once = sample::once("d-1");
    let results = join_all((0..64).map(|_| {
        let (store, whole, once) = (engine.store.clone(), whole.clone(), once.clone());
        tokio::spawn(async move { store.commit(&whole, &once, sample::now(), &new_id).await })
    }))
    .await;
    let mut won = 0;
    for result in results {
        match result.unwrap() {
            Ok(_) => won += 1,
            Err(CommitError::AlreadySeen { first: Some(first) }) => {
                assert_eq!(first.answer, Some(sample::answer()));
            }
            Err(error) => panic!("{error:?}"),
        }
    }
    assert_eq!(won, 1);
    assert_eq!(engine.keys("journal").await.len(), 2);
    assert_eq!(engine.keys("requests").await.len(), 2);
    assert_eq!(engine.keys("audit").await.len(), 1);
}

/// Loads, takes a seat if one is free, and commits; repeats while another caller was faster.
async fn take_a_seat(store: store::Store, who: usize) -> bool {
    let acme = sample::org_id("acme");
    loop {
        let loaded = store.load(Wanted::new().organization(&acme)).await.unwrap();
        let mut org = loaded.organization(&acme).unwrap().clone();
        if !org.has_free_seat() {
            return false;
        }
        org.seats_used += 1;
        let member = sample::membership("acme", &format!("p{who}@acme.example"));
        let changes = outcome(vec![Change::Organization(org), Change::Membership(member)]);
        match store
            .commit(&changes, &Once::Nothing, sample::now(), &new_id)
            .await
        {
            Ok(_) => return true,
            Err(CommitError::Conflict) => {}
            Err(error) => panic!("{error:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_more_people_get_in_than_there_are_seats() {
    let engine = Engine::start().await;
    let mut org = sample::organization("acme");
    org.seats_used = 0;
    org.policy.seat_cap = 10;
    engine.store.put_organization(&org).await.unwrap();
    let results =
        join_all((0..32).map(|who| tokio::spawn(take_a_seat(engine.store.clone(), who)))).await;
    let seated = results
        .into_iter()
        .filter(|result| *result.as_ref().unwrap())
        .count();
    assert_eq!(seated, 10);
    let members = engine.store.roster(&org.id, None, 100).await.unwrap().items;
    assert_eq!(members.len(), 10);
    let loaded = engine
        .store
        .load(Wanted::new().organization(&org.id))
        .await
        .unwrap();
    let org = loaded.organization(&org.id).unwrap();
    assert_eq!((org.seats_used, org.version), (10, Version(11)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_claims_of_one_message_one_wins() {
    let engine = Engine::start().await;
    let outcome = Outcome {
        messages: vec![sample::message(&["ann@acme.example"])],
        ..Outcome::default()
    };
    let committed = engine
        .store
        .commit(&outcome, &Once::Nothing, sample::now(), &new_id)
        .await
        .unwrap();
    let id = committed.message_ids[0];
    let claims = join_all((0..32).map(|_| {
        let store = engine.store.clone();
        tokio::spawn(async move {
            store
                .claim(
                    id,
                    new_id(),
                    sample::now(),
                    jiff::SignedDuration::from_mins(5),
                )
                .await
                .unwrap()
        })
    }))
    .await;
    let won = claims
        .into_iter()
        .filter(|claim| matches!(claim.as_ref().unwrap(), store::Claim::Claimed(_)))
        .count();
    assert_eq!(won, 1);
}
