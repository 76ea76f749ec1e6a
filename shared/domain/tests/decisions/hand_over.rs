//! A leaver's open requests go to a colleague.

use domain::{
    Action, Change, Mail, Membership,
    decide::{finish_hand_over, hand_back, hand_over},
    membership::{OffboardReason, State},
    request::{Part, Viewer, ViewerId},
};

use crate::{
    read::{actions, mail, mails, membership, request, to},
    world::{acme, ann, bob, day, member, time, viewer, zoe},
};

#[test]
fn a_colleague_becomes_the_reporter_and_the_leaver_sees_it_no_more() {
    let leaver = viewer("SUP-1", &ann(), Part::Reporter);
    let follower = viewer("SUP-1", &zoe(), Part::Participant);
    let viewers = vec![leaver.clone(), follower];
    let it = crate::world::request("SUP-1", &ann());
    let outcome = hand_over(
        it,
        viewers.clone(),
        &ann(),
        &bob(),
        None,
        &time(day(1)).at(day(1)),
    );
    assert_eq!(request(&outcome).unwrap().reporter, bob());
    assert!(outcome.changes.contains(&Change::RemoveViewer(leaver)));
    assert_eq!(mails(&outcome), [to("request_handed_over", &bob())]);
    assert!(
        matches!(mail(&outcome), Mail::RequestHandedOver { from, .. } if *from == ann().to_string())
    );
    assert_eq!(actions(&outcome), [Action::RequestHandedOver]);

    let again = request(&outcome).unwrap().clone();
    let again = hand_over(
        again,
        viewers,
        &ann(),
        &bob(),
        None,
        &time(day(1)).at(day(1)),
    );
    assert!(
        again.is_empty(),
        "an interrupted hand-over does nothing twice"
    );
}

#[test]
fn a_colleague_who_follows_it_already_gets_one_more_part() {
    let viewers = vec![viewer("SUP-1", &bob(), Part::Participant)];
    let it = crate::world::request("SUP-1", &ann());
    let outcome = hand_over(it, viewers, &ann(), &bob(), None, &time(day(1)).at(day(1)));
    let both = outcome.changes.iter().any(|change| match change {
        Change::Viewer(viewer) => viewer.parts.len() == 2,
        _ => false,
    });
    assert!(both);
}

#[test]
fn a_request_that_as_many_see_as_may_is_handed_over_all_the_same() {
    let others: Vec<Viewer> = (0..50)
        .map(|n| {
            viewer(
                "SUP-1",
                &format!("p{n}@acme.example").parse().unwrap(),
                Part::Participant,
            )
        })
        .collect();
    let it = crate::world::request("SUP-1", &ann());
    let outcome = hand_over(it, others, &ann(), &bob(), None, &time(day(1)).at(day(1)));
    assert!(
        outcome
            .changes
            .iter()
            .any(|change| matches!(change, Change::Viewer(_)))
    );
}

#[test]
fn that_all_is_handed_over_is_noted_once() {
    let pending = Membership {
        state: State::OffBoarded {
            why: OffboardReason::Left,
            undo_until: day(30),
            hand_over_to: Some(bob()),
        },
        ..member(&ann())
    };
    let outcome = finish_hand_over(&acme(), pending);
    let done = membership(&outcome).clone();
    assert_eq!(done.due_at, Some(day(30)));
    assert!(outcome.audit.is_empty(), "each request has its own entry");
    assert!(finish_hand_over(&acme(), done).is_empty());
    assert!(finish_hand_over(&acme(), member(&ann())).is_empty());
}

#[test]
fn who_raised_it_is_kept_and_gets_it_back_while_it_is_theirs_to_get() {
    let viewers = vec![
        viewer("SUP-1", &ann(), Part::Reporter),
        viewer("SUP-1", &bob(), Part::Participant),
    ];
    let it = domain::Request {
        reporter_name: Some("Ann Ash".parse().unwrap()),
        ..crate::world::request("SUP-1", &ann())
    };
    let at = |n| time(day(n)).at(day(n));
    let handed = hand_over(it, viewers, &ann(), &bob(), None, &at(1));
    let it = request(&handed).unwrap().clone();
    let told = it.handed.as_ref().unwrap();
    assert_eq!((&told.raised_by, &told.from), (&ann(), &ann()));
    assert_eq!(told.raised_by_name, Some("Ann Ash".parse().unwrap()));
    let viewers = handed.changes.iter().filter_map(|change| match change {
        Change::Viewer(viewer) => Some(viewer.clone()),
        _ => None,
    });
    let viewers: Vec<_> = viewers.collect();

    let back = hand_back(it.clone(), viewers.clone(), (&bob(), &ann()), None, &at(2));
    let own = request(&back).unwrap();
    assert_eq!((&own.reporter, &own.handed), (&ann(), &None));
    assert_eq!(own.reporter_name, Some("Ann Ash".parse().unwrap()));
    let colleague = back.changes.iter().find_map(|change| match change {
        Change::Viewer(viewer) if viewer.who == ViewerId::Person(bob()) => Some(viewer),
        _ => None,
    });
    assert_eq!(colleague.unwrap().parts, [Part::Participant].into());
    assert_eq!(actions(&back), [Action::RequestHandedOver]);
    let again = hand_back(own.clone(), viewers.clone(), (&bob(), &ann()), None, &at(3));
    assert!(again.is_empty());
    // Somebody else's by now.
    let gone_on = hand_over(it, viewers.clone(), &bob(), &zoe(), None, &at(2));
    let gone_on = request(&gone_on).unwrap().clone();
    assert_eq!(gone_on.handed.as_ref().unwrap().raised_by, ann());
    let none = hand_back(gone_on, viewers, (&bob(), &ann()), None, &at(3));
    assert!(none.is_empty());
}
