//! Requests of people with a session.

use domain::{
    form::{Question, Typed, Wrong},
    request::{Record, ViewerId},
};
use jiff::SignedDuration;

use super::world::{World, filled, text};
use crate::intake::{Filling, KnownPerson, Raised};

async fn ids(world: &World, known: Option<&KnownPerson>, address: &str) -> Vec<String> {
    let desks = world
        .intake
        .desks(known, Some(text(address)))
        .await
        .unwrap();
    desks.into_iter().map(|desk| desk.id.to_string()).collect()
}

#[tokio::test]
async fn everybody_is_offered_the_desks_that_take_their_requests() {
    let world = World::start().await;
    assert_eq!(ids(&world, None, "198.51.100.7").await, ["it", "support"]);
    assert_eq!(
        ids(&world, None, "192.0.2.7").await,
        ["it", "office", "support"]
    );
    // A session is good from everywhere.
    for (email, desks) in [
        ("lena@acme.example", &["office", "support"][..]),
        ("gus@globex.example", &["inner", "office", "support"]),
        ("ines@lanyard.example", &["it", "office", "support"]),
    ] {
        let known = world.known(email);
        assert_eq!(ids(&world, Some(&known), "198.51.100.7").await, desks);
        for desk in ["it", "inner", "office", "support"] {
            let shown = world.form(Some(&known), desk).await.is_some();
            assert_eq!(shown, desks.contains(&desk), "{email} {desk}");
        }
    }
}

#[tokio::test]
async fn looking_writes_nothing() {
    let world = World::start().await;
    let _ = world.calls();
    let lena = world.known("lena@acme.example");
    for known in [None, Some(&lena)] {
        ids(&world, known, "198.51.100.7").await;
        world.form(known, "support").await.unwrap();
    }
    assert!(!world.wrote());
}

#[tokio::test]
async fn a_request_is_recorded_at_once_and_once() {
    let world = World::start().await;
    let lena = world.known("lena@acme.example");
    let form = world.form(Some(&lena), "support").await.unwrap();
    assert_eq!(form.organizations.len(), 1);
    let filling = Filling {
        share: true,
        ..filled(&form.token)
    };
    let Raised::Done(request, caller) = world.raise(&lena, "support", &filling).await else {
        panic!("not recorded");
    };
    assert_eq!(caller.email(), &text("lena@acme.example"));
    let key = request.key.as_str();
    assert!(key.len() == 8 && key.as_bytes()[3] == b'-', "{key}");
    let store = &world.services.store;
    let (record, viewers) = store.request_with_viewers(&request).await.unwrap();
    let Some(Record::Known(known)) = record else {
        panic!("no request");
    };
    assert_eq!(known.org, Some(text("acme")));
    assert_eq!(known.summary, text("A laptop"));
    assert_eq!(known.fields[&text("item")], text("Laptop"));
    let who: Vec<_> = viewers.into_iter().map(|viewer| viewer.who).collect();
    assert!(who.contains(&ViewerId::Person(text("lena@acme.example"))));
    assert!(who.contains(&ViewerId::Organization(text("acme"))));
    let again = world.raise(&lena, "support", &filling).await;
    assert!(matches!(again, Raised::Before), "{again:?}");
}

#[tokio::test]
async fn a_form_with_mistakes_comes_back_and_one_from_elsewhere_does_nothing() {
    let world = World::start().await;
    let (lena, gus) = (
        world.known("lena@acme.example"),
        world.known("gus@globex.example"),
    );
    let form = world.form(Some(&lena), "support").await.unwrap();
    let _ = world.calls();
    let mut typed = Typed::new();
    typed.add("item", "Yacht".to_owned());
    let filling = Filling {
        typed,
        ..filled(&form.token)
    };
    let Raised::Faulty(_, faults) = world.raise(&lena, "support", &filling).await else {
        panic!("taken");
    };
    let faults: Vec<_> = faults.into_iter().map(|f| (f.question, f.wrong)).collect();
    assert_eq!(
        faults,
        [
            (Question::Summary, Wrong::Missing),
            (Question::Field(text("item")), Wrong::NotAChoice)
        ]
    );
    // Another session's, another form's, a stranger's, none.
    let other = world.form(Some(&lena), "office").await.unwrap().token;
    let nobodys = world.form(None, "support").await.unwrap().token;
    for (known, token) in [(&gus, &form.token), (&lena, &other), (&lena, &nobodys)] {
        let raised = world.raise(known, "support", &filled(token)).await;
        assert!(matches!(raised, Raised::Foreign(_)), "{raised:?}");
    }
    let raised = world.raise(&lena, "support", &filled("")).await;
    assert!(matches!(raised, Raised::Foreign(_)), "{raised:?}");
    assert!(!world.wrote());
}

#[tokio::test]
async fn a_desk_that_does_not_take_it_is_no_desk() {
    let world = World::start().await;
    let lena = world.known("lena@acme.example");
    let token = world.form(Some(&lena), "support").await.unwrap().token;
    for desk in ["inner", "it", "nowhere"] {
        let raised = world.raise(&lena, desk, &filled(&token)).await;
        assert!(matches!(raised, Raised::Nothing), "{desk} {raised:?}");
    }
}

#[tokio::test]
async fn an_organization_of_others_is_none() {
    let world = World::start().await;
    let lena = world.known("lena@acme.example");
    for (org, taken) in [
        ("globex", false),
        ("nowhere", false),
        ("", true),
        ("acme", true),
    ] {
        let token = world.form(Some(&lena), "support").await.unwrap().token;
        let filling = Filling {
            org: Some(org.to_owned()),
            ..filled(&token)
        };
        let raised = world.raise(&lena, "support", &filling).await;
        match raised {
            Raised::Done(..) => assert!(taken, "{org}"),
            Raised::Nothing => assert!(!taken, "{org}"),
            other => panic!("{org}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn a_session_from_before_somebody_left_is_nobodys() {
    let world = World::start().await;
    let before = world.known("gone@acme.example");
    let recognized = world.intake.recognize(before.clone()).await.unwrap();
    assert!(recognized.is_none());
    // Also a session of later is no way in.
    let after = KnownPerson::of(&world.caller("gone@acme.example", 1)).unwrap();
    let recognized = world.intake.recognize(after.clone()).await.unwrap();
    assert!(recognized.is_some());
    for known in [before, after] {
        assert!(world.form(Some(&known), "support").await.is_none());
        let raised = world.raise(&known, "support", &filled("")).await;
        assert!(matches!(raised, Raised::Nothing), "{raised:?}");
    }
}

#[tokio::test]
async fn nobody_raises_any_number_in_an_hour() {
    let world = World::start().await;
    let lena = world.known("lena@acme.example");
    for _ in 0..crate::path::limits::RAISED_PER_PERSON.hits {
        let token = world.form(Some(&lena), "support").await.unwrap().token;
        let raised = world.raise(&lena, "support", &filled(&token)).await;
        assert!(matches!(raised, Raised::Done(..)), "{raised:?}");
    }
    let token = world.form(Some(&lena), "support").await.unwrap().token;
    let raised = world.raise(&lena, "support", &filled(&token)).await;
    let Raised::TooOften(_, after) = raised else {
        panic!("{raised:?}");
    };
    assert!(after <= SignedDuration::from_hours(1));
}
