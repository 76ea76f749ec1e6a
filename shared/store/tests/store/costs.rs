//! The cost of events, against the table in the design. A higher cost is a regression that needs a
//! reason.

use domain::{Action, Change, Customer, Membership, Outcome, Subject, Version, membership::State};
use jiff::SignedDuration;
use store::{Claim, Once, Units, Wanted};

use crate::{
    engine::{Engine, new_id},
    sample,
};

/// Commits and prints the cost, part by part.
async fn cost(engine: &Engine, event: &str, outcome: &Outcome, once: &Once) -> f64 {
    let committed = engine
        .store
        .commit(outcome, once, sample::now(), &new_id)
        .await
        .unwrap();
    assert_eq!(committed.calls, 1);
    let places: Vec<String> = committed
        .consumed
        .places
        .iter()
        .map(|(place, units)| format!("{place} {}", units.write))
        .collect();
    let units = committed.consumed.total.write;
    println!("{event}: {units} write units ({})", places.join(", "));
    units
}

fn about(address: &str, action: Action) -> domain::AuditEntry {
    sample::audit(action, Subject::Person(sample::email(address)))
}

fn requests(action: Action) -> domain::AuditEntry {
    sample::audit(action, Subject::Request(sample::request_ref("SUP-1")))
}

/// A world with an organisation, a member of it, and that member as a customer.
async fn world(engine: &Engine) {
    let outcome = Outcome {
        changes: vec![
            Change::Organization(sample::organization("acme")),
            Change::Membership(sample::membership("acme", "ann@acme.example")),
            Change::Customer(sample::customer("ann@acme.example")),
        ],
        ..Outcome::default()
    };
    let once = Once::Nothing;
    engine
        .store
        .commit(&outcome, &once, sample::now(), &new_id)
        .await
        .unwrap();
}

fn member() -> Membership {
    Membership {
        version: Version(1),
        ..sample::membership("acme", "ann@acme.example")
    }
}

fn organization() -> domain::Organization {
    domain::Organization {
        version: Version(1),
        seats_used: 4,
        ..sample::organization("acme")
    }
}

#[tokio::test]
async fn a_request_costs_at_most_fourteen_units_and_two_round_trips() {
    let engine = Engine::start().await;
    world(&engine).await;
    drop(engine.meter.take());
    let ann = sample::email("ann@acme.example");
    let acme = sample::org_id("acme");
    engine
        .store
        .load(
            Wanted::new()
                .delivery(&sample::source(), &sample::delivery_id("d-1"))
                .request(&sample::request_ref("SUP-1"))
                .desk(&"support".parse().unwrap())
                .customer(&ann)
                .organization(&acme)
                .membership(&acme, &ann),
        )
        .await
        .unwrap();
    let outcome = Outcome {
        changes: vec![
            Change::Request(Box::new(sample::request("SUP-1"))),
            Change::Viewer(sample::viewer("SUP-1", sample::person("ann@acme.example"))),
        ],
        messages: vec![sample::message(&["ann@acme.example"])],
        audit: vec![requests(Action::RequestCreated)],
        ..Outcome::default()
    };
    let units = cost(&engine, "request created", &outcome, &sample::once("d-1")).await;
    assert!(units <= 14.0);
    assert_eq!(engine.meter.total().calls, 2);
}

#[tokio::test]
async fn a_comment_with_three_viewers_costs_at_most_fourteen_units() {
    let engine = Engine::start().await;
    world(&engine).await;
    let outcome = Outcome {
        changes: vec![Change::Comment(sample::comment("SUP-1", "c-1"))],
        messages: vec![sample::message(&[
            "ann@acme.example",
            "bob@acme.example",
            "cy@acme.example",
        ])],
        audit: vec![requests(Action::RequestCommented)],
        ..Outcome::default()
    };
    let units = cost(&engine, "public comment", &outcome, &sample::once("d-1")).await;
    assert!(units <= 14.0);
}

#[tokio::test]
async fn an_invitation_costs_at_most_sixteen_units() {
    let engine = Engine::start().await;
    world(&engine).await;
    let outcome = Outcome {
        changes: vec![
            Change::Organization(organization()),
            Change::Membership(sample::membership("acme", "new@acme.example")),
        ],
        messages: vec![sample::message(&["new@acme.example"])],
        audit: vec![about("new@acme.example", Action::MemberInvited)],
        ..Outcome::default()
    };
    let units = cost(&engine, "customer invited", &outcome, &sample::once("d-1")).await;
    assert!(units <= 16.0);
}

#[tokio::test]
async fn an_off_boarding_costs_at_most_fourteen_units() {
    let engine = Engine::start().await;
    world(&engine).await;
    let mut gone = member();
    gone.state = State::OffBoarded {
        why: domain::membership::OffboardReason::Left,
        undo_until: domain::Days(30).after(sample::now()),
        hand_over_to: None,
    };
    gone.due_at = Some(domain::Days(30).after(sample::now()));
    let outcome = Outcome {
        changes: vec![
            Change::Organization(organization()),
            Change::Membership(gone),
        ],
        messages: vec![sample::message(&["lena@acme.example"])],
        audit: vec![about("ann@acme.example", Action::MemberOffboarded)],
        ..Outcome::default()
    };
    let units = cost(
        &engine,
        "member off-boarded",
        &outcome,
        &sample::once("d-1"),
    )
    .await;
    assert!(units <= 14.0, "{units}");
}

#[tokio::test]
async fn a_warning_costs_at_most_ten_units() {
    let engine = Engine::start().await;
    world(&engine).await;
    let mut warned = member();
    warned.state = State::Warned {
        at: sample::now(),
        grace_until: domain::Days(14).after(sample::now()),
        reminded: None,
    };
    warned.due_at = Some(domain::Days(7).after(sample::now()));
    let outcome = Outcome {
        changes: vec![Change::Membership(warned)],
        messages: vec![sample::message(&["ann@acme.example"])],
        audit: vec![about("ann@acme.example", Action::MemberWarned)],
        ..Outcome::default()
    };
    let units = cost(&engine, "member warned", &outcome, &Once::Nothing).await;
    assert!(units <= 10.0);
}

#[tokio::test]
async fn one_mail_is_two_writes_and_at_most_six_units() {
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
    drop(engine.meter.take());
    let claim = engine
        .store
        .claim(
            committed.message_ids[0],
            new_id(),
            sample::now(),
            SignedDuration::from_mins(5),
        )
        .await
        .unwrap();
    let Claim::Claimed(mut message) = claim else {
        panic!("{claim:?}");
    };
    let ann = sample::email("ann@acme.example");
    engine
        .store
        .mark_sent(&mut message, &ann, "ses-1")
        .await
        .unwrap();
    let total = engine.meter.total();
    println!(
        "one mail sent: {} write units in {} calls",
        total.units.write, total.calls
    );
    assert_eq!(total.calls, 2);
    assert!(total.units.write <= 6.0);
}

#[tokio::test]
async fn a_duplicate_that_is_found_by_the_load_writes_nothing() {
    let engine = Engine::start().await;
    let once = sample::once("d-1");
    engine
        .store
        .commit(&Outcome::default(), &once, sample::now(), &new_id)
        .await
        .unwrap();
    drop(engine.meter.take());
    engine
        .store
        .load(Wanted::new().delivery(&sample::source(), &sample::delivery_id("d-1")))
        .await
        .unwrap();
    let total = engine.meter.total();
    assert_eq!(total.calls, 1);
    assert_eq!(
        total.units,
        Units {
            read: 1.0,
            write: 0.0
        }
    );
}

/// `DynamoDB` charges a transaction twice for the items of tables, and once for the entries of
/// indexes, which follow later. The engine's figures stand in for the design's, so they must agree.
#[tokio::test]
async fn a_transaction_pays_twice_for_tables_and_once_for_indexes() {
    let engine = Engine::start().await;
    let outcome = Outcome {
        changes: vec![Change::Membership(sample::membership(
            "acme",
            "ann@acme.example",
        ))],
        ..Outcome::default()
    };
    let committed = engine
        .store
        .commit(&outcome, &Once::Nothing, sample::now(), &new_id)
        .await
        .unwrap();
    let write = |place: &str| committed.consumed.places[place].write;
    let figures = [
        write("directory"),
        write("directory/by-customer"),
        write("directory/due"),
        committed.consumed.total.write,
    ];
    assert!(
        figures
            .iter()
            .zip([2.0, 1.0, 1.0, 4.0])
            .all(|(found, expected)| (found - expected).abs() < f64::EPSILON),
        "{figures:?}"
    );
}

/// For this reason only the removal checks that a customer is unchanged.
#[tokio::test]
async fn a_check_costs_as_much_as_a_write() {
    let engine = Engine::start().await;
    world(&engine).await;
    let outcome = Outcome {
        changes: vec![Change::CustomerUnchanged {
            email: sample::email("ann@acme.example"),
            version: Version(1),
        }],
        ..Outcome::default()
    };
    let units = cost(&engine, "customer checked", &outcome, &Once::Nothing).await;
    assert!((units - 2.0).abs() < f64::EPSILON);
}

/// A customer's activity is one write a day, and the customer's record is in no index.
#[tokio::test]
async fn noting_activity_costs_two_units() {
    let engine = Engine::start().await;
    world(&engine).await;
    let outcome = Outcome {
        changes: vec![Change::Customer(Customer {
            version: Version(1),
            ..sample::customer("ann@acme.example")
        })],
        ..Outcome::default()
    };
    let units = cost(&engine, "activity noted", &outcome, &Once::Nothing).await;
    assert!((units - 2.0).abs() < f64::EPSILON);
}

/// Asking for the same look again replaces its entry in the index, which is two writes there.
#[tokio::test]
async fn work_at_a_desk_costs_at_most_four_units() {
    let engine = Engine::start().await;
    let longest = format!("{}@{}.example", "a".repeat(64), "b".repeat(60));
    let look = domain::DeskWork::Look {
        desk: "support".parse().unwrap(),
        person: sample::email(&longest),
        org: sample::org_id("acme"),
    };
    let act = domain::DeskWork::Act {
        request: sample::request_ref("SUP-1"),
        act: domain::DeskAct::Transition {
            to: domain::text::Title::new(&"x".repeat(300)).unwrap(),
            by: sample::email(&longest),
        },
    };
    for (event, work) in [("look", look.clone()), ("look again", look), ("act", act)] {
        let outcome = Outcome::default().work_all([work]);
        let units = cost(&engine, event, &outcome, &Once::Nothing).await;
        assert!(units <= 4.0, "{event}: {units}");
    }
}
