//! Approvals: asked, answered, and their bounds.

use std::collections::BTreeSet;

use domain::{
    Action, Code, EmailAddress, Event, Outcome, Refusal, Request, Timestamp,
    event::{ApprovalAnswered, ApprovalRequested, EventData},
    request::{Decision, Part, Viewer},
};

use super::updates::{known, update};
use crate::{
    read::{actions, customers, mails, request, to},
    world::{ann, bob, day, request_ref, viewer, zoe},
};

fn asked(id: &str, approvers: &[EmailAddress], due: Option<Timestamp>) -> Event {
    let what = EventData::ApprovalRequested(ApprovalRequested {
        request: request_ref("SUP-1"),
        approval: id.parse().unwrap(),
        approvers: approvers.to_vec(),
        due,
    });
    Event { at: day(1), what }
}

fn answered(id: &str, by: &EmailAddress, decision: Decision) -> Event {
    let what = EventData::ApprovalAnswered(ApprovalAnswered {
        request: request_ref("SUP-1"),
        approval: id.parse().unwrap(),
        by: by.clone(),
        decision,
        reason: Some("Too dear".parse().unwrap()),
    });
    Event { at: day(1), what }
}

fn anns() -> Request {
    crate::world::request("SUP-1", &ann())
}

fn reporter() -> Viewer {
    viewer("SUP-1", &ann(), Part::Reporter)
}

fn told(request: Request, event: &Event) -> Result<Outcome, Refusal> {
    update(known(request, vec![reporter()], None), event)
}

fn waiting() -> Request {
    request(&told(anns(), &asked("a1", &[bob()], None)).unwrap())
        .unwrap()
        .clone()
}

#[test]
fn approvers_see_the_request_and_each_is_asked_once() {
    let outcome = told(anns(), &asked("a1", &[bob(), zoe(), bob()], Some(day(5)))).unwrap();
    let approvals = &request(&outcome).unwrap().approvals;
    let approval = approvals.values().next().unwrap();
    assert_eq!(
        (&approval.approvers, approval.due),
        (&BTreeSet::from([bob(), zoe()]), Some(day(5)))
    );
    assert_eq!(
        mails(&outcome),
        [
            to("approval_requested", &bob()),
            to("approval_requested", &zoe())
        ]
    );
    assert_eq!(actions(&outcome), [Action::ApprovalRequested]);

    assert!(
        told(waiting(), &asked("a1", &[bob()], None))
            .unwrap()
            .is_empty()
    );
    let more = told(waiting(), &asked("a1", &[bob(), zoe()], None)).unwrap();
    assert_eq!(mails(&more), [to("approval_requested", &zoe())]);
    let moved = told(waiting(), &asked("a1", &[bob()], Some(day(9)))).unwrap();
    assert_eq!(
        request(&moved)
            .unwrap()
            .approvals
            .values()
            .next()
            .unwrap()
            .due,
        Some(day(9))
    );
    assert!(moved.messages.is_empty());
}

#[test]
fn an_answer_is_an_activity_and_reaches_the_reporter() {
    let outcome = told(waiting(), &answered("a1", &bob(), Decision::Declined)).unwrap();
    let approvals = &request(&outcome).unwrap().approvals;
    let answer = &approvals.values().next().unwrap().answers[&bob()];
    assert_eq!((answer.decision, answer.at), (Decision::Declined, day(2)));
    assert_eq!(customers(&outcome)[0].email, bob());
    assert_eq!(mails(&outcome), [to("approval_answered", &ann())]);
    assert_eq!(actions(&outcome), [Action::ApprovalAnswered]);
}

#[test]
fn the_same_answer_twice_is_one_and_another_one_is_refused() {
    let yes = answered("a1", &bob(), Decision::Approved);
    let once = request(&told(waiting(), &yes).unwrap()).unwrap().clone();
    assert!(told(once.clone(), &yes).unwrap().is_empty());
    let refusal = told(once, &answered("a1", &bob(), Decision::Declined)).unwrap_err();
    assert_eq!(refusal.code, Code::NotPossibleNow);
}

#[test]
fn who_was_not_asked_does_not_answer() {
    for event in [
        answered("a1", &zoe(), Decision::Approved),
        answered("a2", &bob(), Decision::Approved),
    ] {
        assert_eq!(
            told(waiting(), &event).unwrap_err().code,
            Code::UnknownApproval
        );
    }
}

#[test]
fn a_reporter_hears_no_answer_of_their_own_nor_when_mails_are_off() {
    let own = request(&told(anns(), &asked("a1", &[ann()], None)).unwrap())
        .unwrap()
        .clone();
    let outcome = told(own, &answered("a1", &ann(), Decision::Approved)).unwrap();
    assert!(outcome.messages.is_empty());
    let off = Viewer {
        subscribed: false,
        ..reporter()
    };
    let state = known(waiting(), vec![off], None);
    let outcome = update(state, &answered("a1", &bob(), Decision::Approved)).unwrap();
    assert!(outcome.messages.is_empty());
}

#[test]
fn a_request_keeps_fifty_approvals() {
    let mut full = anns();
    for n in 0..50 {
        let outcome = told(full, &asked(&format!("a{n}"), &[bob()], None)).unwrap();
        full = request(&outcome).unwrap().clone();
    }
    let refusal = told(full, &asked("a50", &[bob()], None)).unwrap_err();
    assert_eq!(refusal.code, Code::LimitReached);
}
