//! Members from before the world began.

use operator::Members;

use crate::engine::{Engine, MEMBERS, now, world};

#[tokio::test]
async fn the_members_of_the_design_are_there_and_no_mail_tells_of_the_past() {
    let engine = Engine::start().await;
    let operator = engine.operator();
    operator.apply(&world()).await.unwrap();
    let members = Members::parse(MEMBERS).unwrap();
    assert_eq!(operator.seed(&members).await.unwrap(), 13);

    let acme = engine.organization("acme").await;
    assert_eq!((acme.seats_used, acme.leads.len()), (12, 1));
    let globex = engine.organization("globex").await;
    assert_eq!(globex.seats_used, globex.policy.seat_cap);
    assert_eq!(acme.invitations_left(now()), acme.policy.invite_daily_limit);

    let silent = "bela@acme.example".parse().unwrap();
    let loaded = engine
        .store
        .load(store::Wanted::new().customer(&silent))
        .await
        .unwrap();
    let active = loaded.customer(&silent).unwrap().last_active_at.unwrap();
    assert!(now().duration_since(active).as_hours() >= 365 * 24);
    let silent = engine.membership("acme", silent.as_str()).await.unwrap();
    assert!(silent.state.stage().has_access() && silent.due_at.is_some());

    // Three leads, and one member who gets the link to his requests.
    assert_eq!(engine.count("journal", "OUTBOX#").await, 4);
    // An invitation and an answer for each, and the three leads.
    assert_eq!(engine.count("audit", "ORG#").await, 3 + 2 * 13);
}

#[tokio::test]
async fn seeding_twice_changes_nothing() {
    let engine = Engine::start().await;
    let operator = engine.operator();
    operator.apply(&world()).await.unwrap();
    let members = Members::parse(MEMBERS).unwrap();
    operator.seed(&members).await.unwrap();
    assert_eq!(operator.seed(&members).await.unwrap(), 0);
    assert!(operator.plan(&world()).await.unwrap().is_empty());
    assert_eq!(engine.organization("acme").await.seats_used, 12);
}
