//! Updates that come before their request.

use domain::{
    Action, Change, Code, Event, Outcome, Version,
    decide::{MAX_EARLY_UPDATES, ReportedState, UpdateState, abandon_awaited, request_created},
    event::EventData,
    request::{AuthorRole, Awaited, Category, EarlyUpdate, Record},
};

use super::updates::{agents_comment, share, update, working};
use crate::{
    read::{actions, mails, request, to},
    world::{
        ann, bob, comment, created, day, delivery, minutes, request_ref, start, status, support,
        time, transition, zoe,
    },
};

fn waiting(updates: Vec<Event>) -> Awaited {
    let updates = updates.into_iter().map(|event| EarlyUpdate {
        event,
        source: "jira".parse().unwrap(),
        delivery: "early_1".parse().unwrap(),
    });
    Awaited {
        id: request_ref("SUP-1"),
        updates: updates.collect(),
        until: day(2),
        version: Version(1),
    }
}

#[test]
fn an_update_that_comes_before_its_request_is_kept_for_a_day() {
    let outcome = update(UpdateState::Unknown(None), &agents_comment()).unwrap();
    let [Change::Awaited(awaited)] = &outcome.changes[..] else {
        panic!("kept")
    };
    assert_eq!((awaited.until, awaited.version), (day(3), Version::NEW));
    assert!(outcome.messages.is_empty());
    assert_eq!(actions(&outcome), [Action::UpdateKept]);
    let second = update(
        UpdateState::Unknown(Some(awaited.clone())),
        &agents_comment(),
    )
    .unwrap();
    let [Change::Awaited(awaited)] = &second.changes[..] else {
        panic!("kept")
    };
    assert_eq!(
        (awaited.updates.len(), awaited.until),
        (2, day(3)),
        "the first sets the deadline"
    );
}

#[test]
fn what_waited_is_applied_by_the_senders_clock_when_the_request_comes() {
    let awaited = waiting(vec![
        transition("SUP-1", status("Solved", Category::Done), day(1)),
        transition("SUP-1", working(), minutes(start(), 5)),
        comment(
            "SUP-1",
            "c1",
            Some(&zoe()),
            AuthorRole::Agent,
            minutes(start(), 7),
        ),
    ]);
    let outcome = create(awaited);
    let new = request(&outcome).unwrap();
    assert_eq!(
        (new.status.name.as_str(), new.version),
        ("Solved", Version(1))
    );
    assert!(new.history.iter().all(|line| !line.late));
    assert_eq!(
        actions(&outcome),
        [
            Action::RequestCreated,
            Action::RequestTransitioned,
            Action::RequestCommented,
            Action::RequestClosed
        ]
    );
    let early = &outcome.audit[1];
    assert!(
        matches!(&early.evidence, domain::Evidence::Delivery { id, .. } if id.as_str() == "early_1")
    );
    let viewers = outcome.changes.iter().filter(|change| match change {
        Change::Viewer(viewer) => !viewer.open,
        _ => false,
    });
    assert_eq!(
        viewers.count(),
        1,
        "each item is written once, as it is in the end"
    );
}

fn create(awaited: Awaited) -> Outcome {
    let state = ReportedState {
        desk: Some(support()),
        record: Some(Record::Awaited(awaited)),
        trusted: true,
        ..ReportedState::default()
    };
    request_created(
        state,
        &created("SUP-1", &ann()),
        start(),
        &delivery().at(day(2)),
    )
    .unwrap()
}

#[test]
fn what_waited_and_does_not_fit_is_dropped_as_a_whole_and_noted() {
    let outcome = create(waiting(vec![
        share(&[bob()], Some("nobody")),
        agents_comment(),
    ]));
    assert_eq!(
        actions(&outcome),
        [
            Action::RequestCreated,
            Action::UpdateAbandoned,
            Action::RequestCommented
        ]
    );
    assert_eq!(
        mails(&outcome),
        [
            to("request_received", &ann()),
            to("request_commented", &ann())
        ]
    );

    let crowd: Vec<_> = (0..60)
        .map(|n| format!("p{n}@acme.example").parse().unwrap())
        .collect();
    let outcome = create(waiting(vec![share(&crowd, None)]));
    let viewers = outcome
        .changes
        .iter()
        .filter(|c| matches!(c, Change::Viewer(_)));
    assert_eq!(viewers.count(), 1, "not half of the crowd");
}

#[test]
fn a_comment_that_two_senders_brought_early_is_one_comment() {
    let outcome = create(waiting(vec![agents_comment(), agents_comment()]));
    assert_eq!(
        actions(&outcome),
        [Action::RequestCreated, Action::RequestCommented]
    );
}

#[test]
fn no_more_wait_than_one_transaction_can_apply_and_one_item_hold() {
    let full = waiting(vec![agents_comment(); MAX_EARLY_UPDATES]);
    let refusal = update(UpdateState::Unknown(Some(full)), &agents_comment()).unwrap_err();
    assert_eq!(refusal.code, Code::TooManyEarlyUpdates);

    let mut long = agents_comment();
    let EventData::RequestCommented(event) = &mut long.what else {
        panic!("a comment")
    };
    event.body = "x".repeat(32_000).parse().unwrap();
    let heavy = waiting(vec![long.clone(); 9]);
    let refusal = update(UpdateState::Unknown(Some(heavy)), &long).unwrap_err();
    assert_eq!(refusal.code, Code::TooManyEarlyUpdates);
}

#[test]
fn what_waited_in_vain_is_given_up_with_one_entry() {
    let outcome = abandon_awaited(waiting(vec![agents_comment()]), &time(day(2)).at(day(2)));
    assert!(matches!(&outcome.changes[..], [Change::AbandonAwaited(_)]));
    assert_eq!(actions(&outcome), [Action::UpdateAbandoned]);
}
