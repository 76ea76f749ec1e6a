//! The review, from the question to the last answer.

use domain::{EmailAddress, decide::ask_review};

use super::{world::days, *};
use crate::{Sweep, path::Deadline};

/// A world whose leads were asked just now.
async fn asked() -> World {
    let world = World::start().await;
    let mut org = world.organization().await;
    org.due_at = Some(now());
    let proof = world.caller("lena@acme.example", "acme").proof();
    let outcome = ask_review(org, |_| 3, &proof.at(now()));
    world.put(outcome.changes).await;
    world
}

async fn left(world: &World, caller: &Caller) -> Vec<String> {
    let view = world.console.review(caller, &text("acme")).await;
    match view.unwrap().stage {
        ReviewStage::Open { people, left, .. } => {
            assert_eq!(left, people.len());
            let people = people.iter();
            people
                .map(|person| person.membership.email.local_part().to_owned())
                .collect()
        }
        ReviewStage::Nothing { .. } => Vec::new(),
    }
}

async fn confirm(world: &World, caller: &Caller, who: &[&str]) -> usize {
    let emails: Vec<EmailAddress> = who.iter().map(|email| text(email)).collect();
    let (posted, acme) = (world.posted(), text("acme"));
    let confirmed = world.console.confirm((caller, &posted), &acme, &emails);
    confirmed.await.unwrap()
}

#[tokio::test]
async fn a_lead_is_asked_about_everybody_with_access_but_themselves() {
    let world = asked().await;
    let lena = world.caller("lena@acme.example", "acme");
    assert_eq!(left(&world, &lena).await, ["will", "bob", "ann"]);
}

#[tokio::test]
async fn answers_are_kept_as_they_come_and_the_last_one_finishes_the_review() {
    let world = asked().await;
    let lena = world.caller("lena@acme.example", "acme");
    assert_eq!(confirm(&world, &lena, &["ann@acme.example"]).await, 1);
    assert_eq!(confirm(&world, &lena, &["ann@acme.example"]).await, 0);
    assert_eq!(left(&world, &lena).await, ["will", "bob"]);
    let (posted, bob) = (world.posted(), text("bob@acme.example"));
    let came = world
        .console
        .offboard((&lena, &posted), &text("acme"), &bob, &offboarding())
        .await;
    assert_eq!(came.result(), ActResult::Done);
    assert_eq!(left(&world, &lena).await, ["will"]);
    assert!(world.organization().await.review.open_since().is_some());
    // Whoever is gone, foreign or the lead themselves is nobody to confirm.
    let others = [
        "bob@acme.example",
        "gus@globex.example",
        "lena@acme.example",
    ];
    assert_eq!(confirm(&world, &lena, &others).await, 0);
    assert_eq!(confirm(&world, &lena, &["will@acme.example"]).await, 1);
    let org = world.organization().await;
    assert_eq!(org.review.finished_at, Some(now()));
    assert_eq!(org.due_at, Some(days(180)));
    // A warning is void by it.
    let will = world.membership("will@acme.example").await;
    assert_eq!(
        (will.state, will.confirmed_at),
        (State::Active, Some(now()))
    );
}

#[tokio::test]
async fn two_leads_share_a_review() {
    let world = World::start().await;
    let lena = world.caller("lena@acme.example", "acme");
    let ann = text("ann@acme.example");
    let lead = Act::SetRole(Role::Lead);
    let (posted, acme) = (world.posted(), text("acme"));
    world
        .console
        .act((&lena, &posted), &acme, &ann, lead)
        .await
        .unwrap();
    let mut org = world.organization().await;
    org.due_at = Some(now());
    let outcome = ask_review(org, |_| 3, &lena.proof().at(now()));
    world.put(outcome.changes).await;
    let round = world.membership("ann@acme.example").await.round;
    let ann = world.caller_since("ann@acme.example", "acme", round);
    let who = ["bob@acme.example", "will@acme.example"];
    let (one, two) = tokio::join!(confirm(&world, &lena, &who), confirm(&world, &ann, &who));
    assert_eq!(one + two, 2, "each is confirmed once");
    assert_eq!(left(&world, &lena).await, ["ann"]);
    assert_eq!(left(&world, &ann).await, ["lena"]);
}

#[tokio::test]
async fn the_sweep_asks_when_the_policys_days_have_passed() {
    let world = World::start().await;
    let sweep = Sweep::new(world.services.clone());
    let mut ann = world.membership("ann@acme.example").await;
    ann.due_at = Some(now());
    world.put(vec![domain::Change::Membership(ann)]).await;
    assert_eq!(sweep.run(Deadline::NONE).await.unwrap().reviews, 0);
    assert_eq!(world.organization().await.due_at, Some(days(180)));
    world.clock.set(days(179));
    assert_eq!(sweep.run(Deadline::NONE).await.unwrap().reviews, 0);
    world.clock.set(days(180));
    assert_eq!(sweep.run(Deadline::NONE).await.unwrap().reviews, 1);
    assert_eq!(sweep.run(Deadline::NONE).await.unwrap().reviews, 0, "once");
    assert_eq!(
        world.organization().await.review.open_since(),
        Some(days(180))
    );
    assert_eq!(world.mails("review_asked").await, 1);
}
