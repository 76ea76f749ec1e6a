//! Work at a service desk elsewhere: added where the desk is connected, and nowhere else.

use domain::{
    DeskAct, DeskWork, EmailAddress, Membership, Organization, Outcome,
    decide::{
        AppointState, Found, OffboardState, Offboarding, OnForm, ReportedState, ShareWith, accept,
        appoint_lead, comment, decline, hand_over, offboard, raise_request, request_created,
        restore, share,
    },
    desk::{Desk, jira::JiraDesk},
    link::Purpose,
    membership::{OffboardReason, State},
    organization::Counterpart,
    policy::DomainJoin,
    request::Part,
    request_access::RequestAccess,
};

use crate::{
    read::mails,
    world::{
        acme, ann, bob, created, customer, day, delivery, email, invited, member, posted, support,
        time, viewer,
    },
};

fn connected(written: bool) -> Organization {
    Organization {
        counterpart: Some(Counterpart { id: None, written }),
        ..acme()
    }
}

fn jira() -> JiraDesk {
    serde_json::from_value(serde_json::json!({
        "site": "https://desk.atlassian.example",
        "service_desk": 3,
    }))
    .unwrap()
}

fn writing() -> Desk {
    Desk {
        jira: Some(jira()),
        ..support()
    }
}

fn looks(outcome: &Outcome) -> Vec<EmailAddress> {
    let look = |work: &DeskWork| match work {
        DeskWork::Look { desk, person, org } => {
            assert_eq!(*org, acme().id);
            assert_eq!(*desk, support().id);
            Some(person.clone())
        }
        DeskWork::Act { .. } => None,
    };
    outcome.work.iter().filter_map(look).collect()
}

fn acts(outcome: &Outcome) -> Vec<DeskAct> {
    let act = |work: &DeskWork| match work {
        DeskWork::Act { act, .. } => Some(act.clone()),
        DeskWork::Look { .. } => None,
    };
    outcome.work.iter().filter_map(act).collect()
}

fn off_boarding(org: Organization, leaver: Membership) -> Outcome {
    let state = OffboardState {
        org,
        desk: Some(support()),
        membership: Some(leaver),
        successor: None,
        open_requests: 0,
    };
    let asked = Offboarding {
        why: OffboardReason::Left,
        at: None,
        hand_over_to: None,
    };
    offboard(state, &asked, &delivery().at(day(10))).unwrap()
}

/// Every decision by which access to an organisation begins or ends.
fn changes_of_access(org: &Organization) -> Vec<Outcome> {
    let answered = posted(&ann(), Purpose::AcceptInvitation).at(day(2));
    let left = Membership {
        state: State::OffBoarded {
            why: OffboardReason::Left,
            undo_until: day(40),
            hand_over_to: None,
        },
        ..member(&ann())
    };
    let appointed = AppointState {
        org: org.clone(),
        membership: None,
        left: false,
        customer: None,
    };
    let mut joined = org.clone();
    joined.policy.domain_join = DomainJoin::OnRequest;
    let reported = ReportedState {
        desk: Some(support()),
        org: Some(joined),
        trusted: true,
        ..ReportedState::default()
    };
    let request = created("SUP-1", &ann());
    vec![
        accept(org.clone(), invited(&ann()), None, &answered).unwrap(),
        off_boarding(org.clone(), member(&ann())),
        restore(org.clone(), left, &time(day(11)).at(day(11))).unwrap(),
        appoint_lead(appointed, &ann(), None, &delivery().at(day(1))).unwrap(),
        request_created(reported, &request, day(1), &delivery().at(day(1))).unwrap(),
    ]
}

#[test]
fn whoever_gains_or_loses_access_is_looked_at_where_the_desk_is_connected() {
    for outcome in changes_of_access(&connected(true)) {
        assert_eq!(looks(&outcome), [ann()]);
    }
    for org in [acme(), connected(false)] {
        for outcome in changes_of_access(&org) {
            assert_eq!(outcome.work, []);
        }
    }
}

#[test]
fn whoever_has_not_accepted_is_nobody_at_the_desk() {
    let answered = posted(&ann(), Purpose::AcceptInvitation).at(day(2));
    let declined = decline(connected(true), invited(&ann()), &answered).unwrap();
    assert_eq!(declined.work, []);
    let withdrawn = off_boarding(connected(true), invited(&ann()));
    assert_eq!(withdrawn.work, []);
}

fn found(desk: Desk) -> Found {
    let request = crate::world::request("SUP-1", &ann());
    let viewers = vec![
        viewer("SUP-1", &ann(), Part::Reporter),
        viewer("SUP-1", &bob(), Part::Participant),
    ];
    let ann_in_acme = member(&ann());
    let theirs = [domain::Affiliation::new(
        &ann_in_acme.org,
        Some(&ann_in_acme),
        false,
    )];
    let access = RequestAccess::of(&request, &viewers, &ann(), &theirs, day(2)).unwrap();
    Found {
        request: Box::new(request),
        viewers,
        desk: Some(desk),
        person: customer(&ann()),
        access,
    }
}

fn acts_on_a_page(desk: &Desk) -> Vec<Outcome> {
    let acting = posted(&ann(), Purpose::Requester).at(day(2));
    let (id, body) = ("c-1".parse().unwrap(), "Thank you".parse().unwrap());
    let colleague = email("cy@acme.example");
    let colleague = ShareWith::Colleague(colleague, [acme().id].into());
    let state = ReportedState {
        desk: Some(desk.clone()),
        org: Some(acme()),
        membership: Some(member(&ann())),
        ..ReportedState::default()
    };
    let raised = created("481-7263", &ann());
    vec![
        raise_request(state, &raised, OnForm::default(), &acting).unwrap(),
        comment(found(desk.clone()), id, &body, &acting),
        share(found(desk.clone()), colleague, &acting).unwrap(),
    ]
}

#[test]
fn an_act_on_a_page_goes_to_the_service_desk_or_else_to_the_inbox() {
    let inbox = ("desk_notice", support().sender.to_string());
    let mut passed_on = Vec::new();
    for outcome in acts_on_a_page(&writing()) {
        assert!(!mails(&outcome).contains(&inbox));
        passed_on.extend(acts(&outcome));
    }
    let expected = [
        DeskAct::Create,
        DeskAct::Comment {
            id: "c-1".parse().unwrap(),
            at: day(2),
        },
        DeskAct::ShareWithPerson {
            person: email("cy@acme.example"),
        },
    ];
    assert_eq!(passed_on, expected);
    for outcome in acts_on_a_page(&support()) {
        assert!(mails(&outcome).contains(&inbox));
        assert_eq!(outcome.work, []);
    }
}

#[test]
fn a_request_of_a_leaver_gets_its_new_reporter_at_the_desk_too() {
    let over = |desk: Option<&Desk>| {
        let request = crate::world::request("SUP-1", &ann());
        let occasion = time(day(1)).at(day(1));
        hand_over(request, Vec::new(), &ann(), &bob(), desk, &occasion)
    };
    let expected = DeskAct::HandOver {
        from: ann(),
        to: bob(),
    };
    assert_eq!(acts(&over(Some(&writing()))), [expected]);
    assert_eq!(over(Some(&support())).work, []);
    assert_eq!(over(None).work, []);
}
