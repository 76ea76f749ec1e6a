//! Strangers' forms and their results.

use domain::{
    form::{Question, Wrong},
    request::Record,
};

use super::world::{World, now, stranger, text};
use crate::intake::{Confirmed, Drafted, Opening, Stranger};

#[tokio::test]
async fn whatever_is_known_of_an_address_the_same_is_done_and_answered() {
    let world = World::start().await;
    // What is described is read once a minute.
    world.form(None, "support").await.unwrap();
    let mut costs = Vec::new();
    for email in [
        "nobody@elsewhere.example",
        "known1@elsewhere.example",
        "lena@acme.example",
        "gone@acme.example",
    ] {
        let _ = world.calls();
        let drafted = world.draft("support", &stranger(email)).await;
        assert!(matches!(drafted, Drafted::Waiting(_)), "{drafted:?}");
        costs.push(
            world
                .calls()
                .into_iter()
                .map(|(a, _)| a)
                .collect::<Vec<_>>(),
        );
    }
    assert!(costs[0].contains(&"TransactWriteItems"));
    // Nothing is read but the counters, which are written.
    assert!(!costs[0].contains(&"BatchGetItem") && !costs[0].contains(&"Query"));
    for cost in &costs {
        assert_eq!(*cost, costs[0]);
    }
}

#[tokio::test]
async fn a_draft_counts_for_nothing_until_it_is_confirmed_once() {
    let world = World::start().await;
    let link = world.waiting("support", "zoe@elsewhere.example", 7).await;
    let _ = world.calls();
    let Opening::Draft(waiting) = world.intake.open(&link).await.unwrap() else {
        panic!("not shown");
    };
    assert!(!world.wrote(), "looking wrote");
    let Confirmed::Done(request, _) = world.intake.confirm(&link, &waiting.token).await.unwrap()
    else {
        panic!("not recorded");
    };
    let (record, _) = world
        .services
        .store
        .request_with_viewers(&request)
        .await
        .unwrap();
    let Some(Record::Known(known)) = record else {
        panic!("no request");
    };
    assert_eq!(known.reporter, text("zoe@elsewhere.example"));
    let draft = text("draft-7");
    assert_eq!(
        world.services.store.draft(&draft, now()).await.unwrap(),
        None
    );
    let again = world.intake.confirm(&link, &waiting.token).await.unwrap();
    assert!(matches!(again, Confirmed::Before), "{again:?}");
    let foreign = world.intake.confirm(&link, "").await.unwrap();
    assert!(matches!(foreign, Confirmed::Foreign), "{foreign:?}");
    let shown = world.intake.open(&link).await.unwrap();
    assert!(matches!(shown, Opening::Over), "{shown:?}");
}

#[tokio::test]
async fn confirming_takes_the_pages_own_form() {
    let world = World::start().await;
    let link = world.waiting("support", "zoe@elsewhere.example", 7).await;
    let other = world.waiting("support", "zoe@elsewhere.example", 8).await;
    let Opening::Draft(foreign) = world.intake.open(&other).await.unwrap() else {
        panic!("not shown");
    };
    for token in ["", "x", &foreign.token] {
        let confirmed = world.intake.confirm(&link, token).await.unwrap();
        assert!(matches!(confirmed, Confirmed::Foreign), "{confirmed:?}");
    }
}

#[tokio::test]
async fn whose_requests_a_desk_takes_is_asked_again_when_it_counts() {
    let world = World::start().await;
    for (number, desk, email, taken) in [
        (1, "it", "ines@lanyard.example", true),
        (2, "it", "zoe@elsewhere.example", false),
        (3, "inner", "gus@globex.example", true),
        (4, "inner", "lena@acme.example", false),
        // From which network was asked when it was filled in: mail is read anywhere.
        (5, "office", "zoe@elsewhere.example", true),
        (6, "support", "gone@acme.example", false),
    ] {
        let link = world.waiting(desk, email, number).await;
        let Opening::Draft(waiting) = world.intake.open(&link).await.unwrap() else {
            panic!("{desk} {email}: not shown");
        };
        let confirmed = world.intake.confirm(&link, &waiting.token).await.unwrap();
        match confirmed {
            Confirmed::Done(..) => assert!(taken, "{desk} {email}"),
            Confirmed::Denied => assert!(!taken, "{desk} {email}"),
            Confirmed::Foreign | Confirmed::Before | Confirmed::Over => {
                panic!("{desk} {email}: {confirmed:?}")
            }
        }
    }
}

#[tokio::test]
async fn after_two_days_it_is_over() {
    let world = World::start().await;
    let link = world.waiting("support", "zoe@elsewhere.example", 7).await;
    world.clock.set(domain::Days(2).after(now()));
    let shown = world.intake.open(&link).await.unwrap();
    assert!(matches!(shown, Opening::Over), "{shown:?}");
}

#[tokio::test]
async fn mistakes_are_told_place_by_place_and_nothing_is_kept() {
    let world = World::start().await;
    world.form(None, "support").await.unwrap();
    let _ = world.calls();
    let nobody = Stranger {
        name: "a\u{202e}b".to_owned(),
        ..stranger("zoe")
    };
    let Drafted::Faulty(_, faults) = world.draft("support", &nobody).await else {
        panic!("taken");
    };
    let faults: Vec<_> = faults.into_iter().map(|f| (f.question, f.wrong)).collect();
    assert_eq!(
        faults,
        [
            (Question::Email, Wrong::NotAnEmail),
            (Question::Name, Wrong::Control)
        ]
    );
    assert!(!world.wrote());
}

#[tokio::test]
async fn who_fills_in_everything_is_told_that_all_went_well() {
    let world = World::start().await;
    world.form(None, "support").await.unwrap();
    let _ = world.calls();
    let program = Stranger {
        trapped: true,
        ..stranger("zoe@elsewhere.example")
    };
    let drafted = world.draft("support", &program).await;
    assert!(matches!(drafted, Drafted::Waiting(_)), "{drafted:?}");
    assert!(!world.wrote());
}

#[tokio::test]
async fn strangers_come_from_where_the_desk_says_and_to_desks_that_are_open() {
    let world = World::start().await;
    let outside = world
        .draft("office", &stranger("zoe@elsewhere.example"))
        .await;
    assert!(matches!(outside, Drafted::NotFromHere), "{outside:?}");
    let unknown = Stranger {
        address: None,
        ..stranger("zoe@elsewhere.example")
    };
    let unknown = world.draft("office", &unknown).await;
    assert!(matches!(unknown, Drafted::NotFromHere), "{unknown:?}");
    let inside = Stranger {
        address: Some(text("192.0.2.7")),
        ..stranger("zoe@elsewhere.example")
    };
    let inside = world.draft("office", &inside).await;
    assert!(matches!(inside, Drafted::Waiting(_)), "{inside:?}");
    for desk in ["inner", "nowhere"] {
        let drafted = world.draft(desk, &stranger("gus@globex.example")).await;
        assert!(matches!(drafted, Drafted::Nothing), "{desk} {drafted:?}");
    }
}

#[tokio::test]
async fn one_address_gets_few_mails_and_one_caller_sends_few() {
    let world = World::start().await;
    for _ in 0..crate::path::limits::DRAFTS_PER_MAILBOX.hits {
        let drafted = world
            .draft("support", &stranger("zoe@elsewhere.example"))
            .await;
        assert!(matches!(drafted, Drafted::Waiting(_)), "{drafted:?}");
    }
    let drafted = world
        .draft("support", &stranger("zoe@elsewhere.example"))
        .await;
    assert!(matches!(drafted, Drafted::TooOften(..)), "{drafted:?}");
    let mut limited = false;
    for number in 0..crate::path::limits::DRAFTS_PER_CALLER.hits {
        let email = format!("zoe{number}@elsewhere.example");
        let drafted = world.draft("support", &stranger(&email)).await;
        limited |= matches!(drafted, Drafted::TooOften(..));
    }
    assert!(limited);
}
