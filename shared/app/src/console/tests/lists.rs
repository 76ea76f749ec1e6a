//! Inviting many.

use domain::{event::Invitee, outcome::RowOutcome};
use store::Once;

use super::*;
use crate::path::Deadline;

pub(super) fn draft(rows: &[&str]) -> SubmittedList {
    SubmittedList {
        rows: rows
            .iter()
            .map(|row| Invitee::new(row, None, Role::Member))
            .collect(),
        column: None,
        file: None,
        note: None,
        access_until: None,
    }
}

async fn view(world: &World, id: &store::UploadId) -> ListView {
    let lena = world.caller("lena@acme.example", "acme");
    let view = world.console.list(&lena, &text("acme"), id).await;
    view.unwrap()
}

async fn work(world: &World, id: &store::UploadId) -> Stage {
    let lena = world.caller("lena@acme.example", "acme");
    let (posted, acme) = (world.posted(), text("acme"));
    let stage = world
        .console
        .work_off((&lena, &posted), &acme, id, Deadline::NONE)
        .await;
    stage.unwrap()
}

fn became(view: &ListView) -> Vec<(RowOutcome, Option<Code>)> {
    let rows = view.rows.iter();
    rows.map(|judged| (judged.row.outcome, judged.row.code))
        .collect()
}

/// Every kind of row; there are three seats left.
const ROWS: [&str; 9] = [
    "p1@acme.example",
    "P1@acme.example",
    "no address",
    "zoe@elsewhere.example",
    "ann@acme.example",
    "nia@acme.example",
    "p2@acme.example",
    "p3@acme.example",
    "p4@acme.example",
];

#[tokio::test]
async fn the_preview_says_what_the_report_then_says() {
    let world = World::start().await;
    let id = world.kept_list(&ROWS).await;
    let preview = view(&world, &id).await;
    assert_eq!(preview.stage, Stage::Preview);
    let refused = |code| (RowOutcome::Refused, Some(code));
    let (invited, here) = (
        (RowOutcome::Invited, None),
        (RowOutcome::AlreadyMember, None),
    );
    let expected = [
        invited,
        refused(Code::Duplicate),
        refused(Code::InvalidEmail),
        refused(Code::DomainNotAllowed),
        here,
        here,
        invited,
        invited,
        refused(Code::SeatCapReached),
    ];
    assert_eq!(became(&preview), expected);
    assert_eq!(
        world.organization().await.seats_used,
        5,
        "nobody is invited yet"
    );
    assert_eq!(work(&world, &id).await, Stage::Done);
    let report = view(&world, &id).await;
    assert_eq!(
        (report.stage, became(&report)),
        (Stage::Done, expected.to_vec())
    );
    assert_eq!(world.organization().await.seats_used, 8);
    assert_eq!(report.count(RowOutcome::Invited), 3);
}

#[tokio::test]
async fn the_same_list_twice_does_nothing_twice_and_shows_the_first_report() {
    let world = World::start().await;
    let first = world.kept_list(&ROWS).await;
    work(&world, &first).await;
    let report = became(&view(&world, &first).await);
    let second = world.kept_list(&ROWS).await;
    assert_eq!(first, second);
    assert_eq!(work(&world, &second).await, Stage::Done);
    assert_eq!(became(&view(&world, &second).await), report);
    assert_eq!(world.mails("invitation").await, 3);
    assert_ne!(world.kept_list(&ROWS[1..]).await, first);
}

#[tokio::test]
async fn a_long_list_goes_on_where_it_stopped() {
    let world = World::start().await;
    let mut org = world.organization().await;
    org.policy.seat_cap = 1_000;
    world.put(vec![domain::Change::Organization(org)]).await;
    let many: Vec<_> = (0..230).map(|n| format!("p{n}@acme.example")).collect();
    let rows: Vec<_> = many.iter().map(String::as_str).collect();
    let id = world.kept_list(&rows).await;
    assert_eq!(work(&world, &id).await, Stage::Working { done: 200 });
    let halfway = view(&world, &id).await;
    assert_eq!(halfway.stage, Stage::Working { done: 200 });
    assert_eq!(work(&world, &id).await, Stage::Done);
    assert_eq!(world.organization().await.seats_used, 235);
    assert_eq!(view(&world, &id).await.count(RowOutcome::Invited), 230);
}

#[tokio::test]
async fn a_list_that_was_cut_short_within_a_part_tells_each_row_as_it_was() {
    let world = World::start().await;
    let id = world
        .kept_list(&["p1@acme.example", "p2@acme.example"])
        .await;
    // The first row was done, and the function ended before it noted the part.
    let once = Once::Row {
        list: store::ListId::Upload {
            org: text("acme"),
            id: id.clone(),
        },
        index: 0,
        row: domain::outcome::Row {
            email: "p1@acme.example".to_owned(),
            outcome: RowOutcome::Invited,
            code: None,
        },
    };
    let services = &world.services;
    services
        .commit(&Outcome::default(), &once, now())
        .await
        .unwrap();
    work(&world, &id).await;
    assert_eq!(view(&world, &id).await.count(RowOutcome::Invited), 2);
    assert_eq!(world.mails("invitation").await, 1);
}

#[tokio::test]
async fn two_leads_at_once_invite_each_once() {
    let world = World::start().await;
    let id = world.kept_list(&ROWS).await;
    tokio::join!(work(&world, &id), work(&world, &id));
    assert_eq!(world.organization().await.seats_used, 8);
    assert_eq!(world.mails("invitation").await, 3);
    assert_eq!(view(&world, &id).await.count(RowOutcome::Invited), 3);
}

#[tokio::test]
async fn a_cap_that_is_reached_between_preview_and_yes_refuses_what_is_too_much() {
    let world = World::start().await;
    let id = world
        .kept_list(&["p1@acme.example", "p2@acme.example"])
        .await;
    let mut org = world.organization().await;
    org.policy.seat_cap = 6;
    world.put(vec![domain::Change::Organization(org)]).await;
    work(&world, &id).await;
    let report = view(&world, &id).await;
    assert_eq!(
        became(&report),
        [
            (RowOutcome::Invited, None),
            (RowOutcome::Refused, Some(Code::SeatCapReached))
        ]
    );
    // A seat comes free: what was refused for the cap can be tried again, and nothing else.
    assert_eq!(report.again(), 1);
    let mut org = world.organization().await;
    org.policy.seat_cap = 8;
    world.put(vec![domain::Change::Organization(org)]).await;
    let lena = world.caller("lena@acme.example", "acme");
    let (posted, acme) = (world.posted(), text("acme"));
    let again = world.console.try_again((&lena, &posted), &acme, &id).await;
    let again = again.unwrap();
    let preview = view(&world, &again).await;
    assert_eq!((preview.stage, preview.rows.len()), (Stage::Preview, 1));
    work(&world, &again).await;
    assert_eq!(view(&world, &again).await.count(RowOutcome::Invited), 1);
    let nothing = world
        .console
        .try_again((&lena, &posted), &acme, &again)
        .await;
    assert!(is_closed(&nothing));
}

#[tokio::test]
async fn a_list_belongs_to_its_organization() {
    let world = World::start().await;
    let id = world.kept_list(&ROWS).await;
    let gus = world.caller("gus@globex.example", "globex");
    let (console, globex, posted) = (&world.console, text("globex"), world.posted());
    assert!(is_closed(&console.list(&gus, &globex, &id).await));
    let worked = console
        .work_off((&gus, &posted), &globex, &id, Deadline::NONE)
        .await;
    assert!(is_closed(&worked));
    assert!(is_closed(
        &console.try_again((&gus, &posted), &globex, &id).await
    ));
}
