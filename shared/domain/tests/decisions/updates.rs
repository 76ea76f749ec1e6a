//! Comments, statuses, shares, and what comes before its request.

use std::collections::BTreeSet;

use domain::{
    Action, Change, Code, Customer, EmailAddress, Event, Mail, Outcome, Proof, Refusal,
    RefusedField, Request, Timestamp, Version,
    decide::{Update, UpdateState, request_updated},
    event::{EventData, RequestClosed, RequestShared},
    link::Purpose,
    request::{AuthorRole, Category, Part, Viewer, ViewerId},
};

use crate::{
    read::{actions, customers, mail, mails, request, to},
    world::{
        acme, ann, bob, comment, created, customer, day, delivery, lena, minutes, org_id, posted,
        request_ref, start, status, transition, viewer, zoe,
    },
};

pub(crate) fn known(
    request: Request,
    viewers: Vec<Viewer>,
    actor: Option<Customer>,
) -> UpdateState {
    UpdateState::Known {
        request: Box::new(request),
        viewers,
        actor,
        orgs: BTreeSet::from([acme().id]),
        keys: Box::default(),
    }
}

/// Ann's request, which Bob follows.
fn anns() -> UpdateState {
    let viewers = vec![
        viewer("SUP-1", &ann(), Part::Reporter),
        viewer("SUP-1", &bob(), Part::Participant),
    ];
    known(crate::world::request("SUP-1", &ann()), viewers, None)
}

pub(crate) fn update(state: UpdateState, event: &Event) -> Result<Outcome, Refusal> {
    update_by(state, event, &delivery())
}

fn update_by(state: UpdateState, event: &Event, proof: &Proof) -> Result<Outcome, Refusal> {
    let from = ("forms".parse().unwrap(), "msg_1".parse().unwrap());
    let proof = proof.clone();
    let updates = [Update { event, proof }];
    request_updated(state, &updates, (&from.0, &from.1), day(2))
}

pub(crate) fn agents_comment() -> Event {
    comment("SUP-1", "c1", Some(&zoe()), AuthorRole::Agent, day(1))
}

#[test]
fn a_public_comment_reaches_everybody_who_follows_but_its_author() {
    let outcome = update(anns(), &agents_comment()).unwrap();
    assert_eq!(
        mails(&outcome),
        [
            to("request_commented", &ann()),
            to("request_commented", &bob())
        ]
    );
    assert!(matches!(&outcome.changes[..], [Change::Comment(comment)] if comment.at == day(1)));
    assert_eq!(actions(&outcome), [Action::RequestCommented]);

    let by_ann = comment("SUP-1", "c2", Some(&ann()), AuthorRole::Customer, day(1));
    let outcome = update(anns(), &by_ann).unwrap();
    assert_eq!(mails(&outcome), [to("request_commented", &bob())]);
}

#[test]
fn an_internal_comment_is_stored_nowhere_and_told_to_nobody_also_before_its_request() {
    let mut internal = agents_comment();
    let EventData::RequestCommented(event) = &mut internal.what else {
        panic!("a comment")
    };
    event.public = false;
    assert!(update(anns(), &internal).unwrap().is_empty());
    assert!(
        update(UpdateState::Unknown(None), &internal)
            .unwrap()
            .is_empty()
    );
}

#[test]
fn who_switched_the_request_off_gets_nothing_and_an_organisation_is_not_mailed() {
    let off = Viewer {
        subscribed: false,
        ..viewer("SUP-1", &ann(), Part::Reporter)
    };
    let all = Viewer {
        who: ViewerId::Organization(acme().id),
        ..viewer("SUP-1", &bob(), Part::Participant)
    };
    let state = known(crate::world::request("SUP-1", &ann()), vec![off, all], None);
    let outcome = update(state, &agents_comment()).unwrap();
    assert!(outcome.messages.is_empty());
    assert_eq!(outcome.changes.len(), 1);
}

#[test]
fn a_customers_comment_is_an_activity_and_an_agents_is_none() {
    let by_ann = comment("SUP-1", "c1", Some(&ann()), AuthorRole::Customer, day(1));
    let state = known(
        crate::world::request("SUP-1", &ann()),
        Vec::new(),
        Some(customer(&ann())),
    );
    let outcome = update(state, &by_ann).unwrap();
    assert_eq!(
        customers(&outcome)[0].last_active_at,
        Some(day(2)),
        "when it was heard of"
    );
    assert!(customers(&update(anns(), &agents_comment()).unwrap()).is_empty());
}

pub(crate) fn working() -> domain::request::Status {
    status("Working", Category::InProgress)
}

fn moved(at: Timestamp) -> Request {
    let outcome = update(anns(), &transition("SUP-1", working(), at)).unwrap();
    Request {
        version: Version(2),
        ..request(&outcome).unwrap().clone()
    }
}

#[test]
fn a_status_moves_the_request_in_every_list_and_tells_all_but_who_changed_it() {
    let mut event = transition("SUP-1", working(), day(1));
    let EventData::RequestTransitioned(change) = &mut event.what else {
        panic!("a status")
    };
    change.by = Some(bob());
    let outcome = update(anns(), &event).unwrap();
    let new = request(&outcome).unwrap();
    assert_eq!(
        (&new.status, new.status_at, new.history.len()),
        (&working(), day(1), 2)
    );
    let moved = outcome.changes.iter().filter(|change| match change {
        Change::Viewer(viewer) => viewer.open && viewer.moved_at == day(2),
        _ => false,
    });
    assert_eq!(moved.count(), 2);
    assert_eq!(mails(&outcome), [to("request_transitioned", &ann())]);
    assert_eq!(actions(&outcome), [Action::RequestTransitioned]);
}

#[test]
fn a_status_that_comes_late_is_noted_and_changes_nothing_else() {
    let state = known(moved(day(1)), Vec::new(), None);
    let waiting = status("Your turn", Category::WaitingForCustomer);
    let late = transition("SUP-1", waiting, minutes(day(1), -1));
    let outcome = update(state, &late).unwrap();
    let noted = request(&outcome).unwrap();
    assert_eq!((&noted.status, noted.status_at), (&working(), day(1)));
    assert!(noted.history.last().unwrap().late);
    assert!(outcome.messages.is_empty());
    assert_eq!(actions(&outcome), [Action::LateStatusNoted]);

    let again = known(noted.clone(), Vec::new(), None);
    assert!(update(again, &late).unwrap().is_empty(), "noted already");
}

#[test]
fn a_status_that_was_confirmed_later_is_not_overwritten_by_what_came_between() {
    let state = known(
        moved(day(1)),
        vec![viewer("SUP-1", &ann(), Part::Reporter)],
        None,
    );
    let confirmed = update(state, &transition("SUP-1", working(), minutes(day(1), 60))).unwrap();
    assert!(confirmed.messages.is_empty() && confirmed.audit.is_empty());
    let confirmed = request(&confirmed).unwrap().clone();
    assert_eq!(confirmed.status_at, minutes(day(1), 60));
    let between = transition(
        "SUP-1",
        status("Your turn", Category::WaitingForCustomer),
        minutes(day(1), 30),
    );
    let outcome = update(known(confirmed, Vec::new(), None), &between).unwrap();
    assert_eq!(request(&outcome).unwrap().status, working());
    assert_eq!(actions(&outcome), [Action::LateStatusNoted]);
}

#[test]
fn the_same_status_said_twice_is_said_once() {
    let state = known(moved(day(1)), Vec::new(), None);
    assert!(
        update(state, &transition("SUP-1", working(), day(1)))
            .unwrap()
            .is_empty()
    );
}

#[test]
fn a_status_that_means_done_closes_and_another_opens_again() {
    let done = update(
        anns(),
        &transition("SUP-1", status("Solved", Category::Done), day(1)),
    )
    .unwrap();
    assert!(!request(&done).unwrap().is_open());
    assert_eq!(
        mails(&done),
        [to("request_closed", &ann()), to("request_closed", &bob())]
    );
    assert_eq!(actions(&done), [Action::RequestClosed]);
    let state = known(request(&done).unwrap().clone(), Vec::new(), None);
    let opened = update(state, &transition("SUP-1", working(), day(2))).unwrap();
    assert!(request(&opened).unwrap().is_open());
    assert_eq!(actions(&opened), [Action::RequestTransitioned]);
}

fn closed(resolution: Option<&str>, at: Timestamp) -> Event {
    let what = EventData::RequestClosed(RequestClosed {
        request: request_ref("SUP-1"),
        resolution: resolution.map(|text| text.parse().unwrap()),
    });
    Event { at, what }
}

#[test]
fn closing_uses_the_desks_own_word_where_it_was_heard() {
    let outcome = update(anns(), &closed(Some("Fixed"), day(1))).unwrap();
    let over = request(&outcome).unwrap();
    assert_eq!(
        (
            over.status.name.as_str(),
            over.resolution.as_ref().unwrap().as_str()
        ),
        ("Closed", "Fixed")
    );

    let solved = update(
        anns(),
        &transition("SUP-1", status("Solved", Category::Done), day(1)),
    )
    .unwrap();
    let solved = request(&solved).unwrap().clone();
    let state = known(solved, vec![viewer("SUP-1", &ann(), Part::Reporter)], None);
    let outcome = update(state, &closed(Some("Fixed"), day(1))).unwrap();
    let over = request(&outcome).unwrap();
    assert_eq!(
        (
            over.status.name.as_str(),
            over.resolution.as_ref().unwrap().as_str()
        ),
        ("Solved", "Fixed")
    );
    assert!(outcome.messages.is_empty(), "told already");
    assert_eq!(actions(&outcome), [Action::RequestClosed]);
    let again = known(over.clone(), Vec::new(), None);
    assert!(
        update(again, &closed(Some("Fixed"), day(1)))
            .unwrap()
            .is_empty()
    );
}

#[test]
fn a_closing_that_comes_late_closes_nothing() {
    let state = known(moved(day(1)), Vec::new(), None);
    let outcome = update(state, &closed(None, start())).unwrap();
    assert!(request(&outcome).unwrap().is_open());
    assert_eq!(actions(&outcome), [Action::LateStatusNoted]);
}

pub(crate) fn share(people: &[EmailAddress], org: Option<&str>) -> Event {
    let what = EventData::RequestShared(RequestShared {
        request: request_ref("SUP-1"),
        participants: people.to_vec(),
        org: org.map(org_id),
    });
    Event { at: day(1), what }
}

#[test]
fn whom_it_is_shared_with_is_told_once_and_an_organisation_sees_it_unmailed() {
    let outcome = update(anns(), &share(&[zoe(), bob()], Some("acme"))).unwrap();
    assert_eq!(mails(&outcome), [to("request_shared", &zoe())]);
    assert_eq!(outcome.changes.len(), 2);
    assert_eq!(actions(&outcome), [Action::RequestShared]);
    assert!(update(anns(), &share(&[bob()], None)).unwrap().is_empty());
}

#[test]
fn who_sees_it_already_and_takes_part_from_now_on_is_noted_and_not_mailed() {
    let approver = viewer("SUP-1", &zoe(), Part::Approver);
    let state = known(crate::world::request("SUP-1", &ann()), vec![approver], None);
    let outcome = update(state, &share(&[zoe()], None)).unwrap();
    assert!(outcome.messages.is_empty());
    assert_eq!(actions(&outcome), [Action::RequestShared]);
}

#[test]
fn an_organisation_that_does_not_exist_is_refused_by_name() {
    let refusal = update(anns(), &share(&[], Some("nobody"))).unwrap_err();
    assert_eq!(
        (refusal.code, refusal.field),
        (Code::UnknownOrganization, Some(RefusedField::Organization))
    );
}

#[test]
fn sharing_from_ones_own_page_is_an_activity() {
    let state = known(
        crate::world::request("SUP-1", &ann()),
        Vec::new(),
        Some(customer(&ann())),
    );
    let proof = posted(&ann(), Purpose::Requester);
    let outcome = update_by(state, &share(&[bob()], None), &proof).unwrap();
    assert_eq!(customers(&outcome)[0].last_active_at, Some(day(2)));
}

#[test]
fn what_is_no_update_is_refused() {
    let what = EventData::RequestCreated(created("SUP-1", &ann()));
    for state in [anns(), UpdateState::Unknown(None)] {
        let event = Event {
            at: day(1),
            what: what.clone(),
        };
        assert_eq!(
            update(state, &event).unwrap_err().code,
            Code::UnknownRequest
        );
    }
}

#[test]
fn mails_name_the_request_and_what_happened() {
    let outcome = update(anns(), &transition("SUP-1", working(), day(1))).unwrap();
    let Mail::RequestTransitioned {
        request,
        status,
        category,
    } = mail(&outcome)
    else {
        panic!("a status")
    };
    assert_eq!(request.id, request_ref("SUP-1"));
    assert_eq!(
        (status.as_str(), *category),
        ("Working", Category::InProgress)
    );
    assert_eq!(outcome.messages[0].org, Some(acme().id));
    assert!(!outcome.messages[0].to.contains(&lena()));
}
