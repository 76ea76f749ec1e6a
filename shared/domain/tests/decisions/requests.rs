//! Requests that are raised: by members, guests, people who join by it, and people who left.

use std::collections::BTreeSet;

use domain::{
    Action, Change, Code, Customer, EmailAddress, Membership, Organization, Outcome, Refusal,
    RefusedField,
    decide::{ReportedState, request_created},
    desk::{Access, Desk},
    event::RequestCreated,
    membership::{ClosedReason, OffboardReason, State},
    policy::DomainJoin,
    request::{Part, Record, ViewerId},
};

use crate::{
    read::{actions, customers, mails, membership, org, request, to},
    world::{
        acme, admin, ann, bob, created, customer, day, delivery, invited, lena, member, start,
        support, warned, zoe,
    },
};

fn state() -> ReportedState {
    ReportedState {
        desk: Some(support()),
        trusted: true,
        ..ReportedState::default()
    }
}

fn joinable() -> Organization {
    let mut org = acme();
    org.policy.domain_join = DomainJoin::OnRequest;
    org
}

fn raise(state: ReportedState, event: &RequestCreated) -> Result<Outcome, Refusal> {
    request_created(state, event, start(), &delivery().at(day(1)))
}

fn raised_by(who: &EmailAddress, org: Organization, known: Option<Membership>) -> Outcome {
    let state = ReportedState {
        org: Some(org),
        membership: known,
        ..state()
    };
    raise(state, &created("SUP-1", who)).unwrap()
}

fn viewers(outcome: &Outcome) -> Vec<(String, Vec<Part>)> {
    let changes = outcome.changes.iter();
    changes
        .filter_map(|change| match change {
            Change::Viewer(viewer) => match &viewer.who {
                ViewerId::Person(email) => {
                    Some((email.to_string(), viewer.parts.iter().copied().collect()))
                }
                ViewerId::Organization(_) => None,
            },
            _ => None,
        })
        .collect()
}

#[test]
fn a_members_request_is_recorded_for_the_organisation_and_acknowledged() {
    for known in [member(&ann()), warned(&ann(), start())] {
        let outcome = raised_by(&ann(), acme(), Some(known));
        let new = request(&outcome).unwrap();
        assert_eq!(new.org, Some(acme().id));
        assert_eq!((new.status_at, new.created_at), (start(), day(1)));
        assert!(new.is_open());
        assert_eq!(
            viewers(&outcome),
            [(ann().to_string(), vec![Part::Reporter])]
        );
        assert_eq!(mails(&outcome), [to("request_received", &ann())]);
        assert_eq!(actions(&outcome), [Action::RequestCreated]);
        assert_eq!(org(&outcome), None);
    }
}

#[test]
fn raising_is_an_activity_and_a_name_is_kept_with_it() {
    let outcome = raised_by(&ann(), acme(), Some(member(&ann())));
    assert_eq!(customers(&outcome)[0].last_active_at, Some(day(1)));
    assert_eq!(
        customers(&outcome)[0].name.as_ref().unwrap().as_str(),
        "Ann Ash"
    );
    let today = Customer {
        last_active_at: Some(day(1)),
        ..customer(&ann())
    };
    let known = ReportedState {
        customers: vec![today],
        ..state()
    };
    assert!(customers(&raise(known, &created("SUP-1", &ann())).unwrap()).is_empty());
}

#[test]
fn a_stranger_is_a_guest_whose_request_belongs_to_no_organisation_unless_the_desk_says_so() {
    let outcome = raise(state(), &created("SUP-1", &zoe())).unwrap();
    assert_eq!(request(&outcome).unwrap().org, None);
    assert_eq!(mails(&outcome), [to("request_received", &zoe())]);

    let mut event = created("SUP-1", &zoe());
    event.org = Some(acme().id);
    let named = ReportedState {
        org: Some(acme()),
        ..state()
    };
    let outcome = raise(named, &event).unwrap();
    assert_eq!(request(&outcome).unwrap().org, Some(acme().id));
}

#[test]
fn what_does_not_exist_is_refused_by_name() {
    let nowhere = ReportedState {
        desk: None,
        ..state()
    };
    let refusal = raise(nowhere, &created("SUP-1", &ann())).unwrap_err();
    assert_eq!(
        (refusal.code, refusal.field),
        (Code::UnknownDesk, Some(RefusedField::Desk))
    );
    let mut event = created("SUP-1", &ann());
    event.org = Some("nobody".parse().unwrap());
    let refusal = raise(state(), &event).unwrap_err();
    assert_eq!(
        (refusal.code, refusal.field),
        (Code::UnknownOrganization, Some(RefusedField::Organization))
    );
}

#[test]
fn a_request_is_recorded_once() {
    let known = crate::world::request("SUP-1", &ann());
    let state = ReportedState {
        record: Some(Record::Known(Box::new(known))),
        ..state()
    };
    let refusal = raise(state, &created("SUP-1", &ann())).unwrap_err();
    assert_eq!(refusal.code, Code::RequestExists);
}

#[test]
fn somebody_of_the_domain_joins_by_their_first_request() {
    let outcome = raised_by(&ann(), joinable(), None);
    let new = membership(&outcome);
    assert_eq!(
        (&new.state, new.joined_at, new.due_at),
        (&State::Active, Some(day(1)), Some(day(91)))
    );
    assert_eq!(org(&outcome).unwrap().seats_used, 4);
    assert_eq!(request(&outcome).unwrap().org, Some(acme().id));
    assert_eq!(
        mails(&outcome),
        [to("member_joined", &lena()), to("request_received", &ann())]
    );
    assert_eq!(
        actions(&outcome),
        [Action::MemberJoined, Action::RequestCreated]
    );
}

#[test]
fn without_a_free_seat_they_are_a_guest_and_the_lead_learns_it() {
    let full = Organization {
        seats_used: 10,
        ..joinable()
    };
    let outcome = raised_by(&ann(), full.clone(), None);
    let told = org(&outcome).unwrap().clone();
    assert_eq!(told.seats_used, 10);
    assert_eq!(request(&outcome).unwrap().org, None);
    assert_eq!(
        mails(&outcome),
        [to("member_joined", &lena()), to("request_received", &ann())]
    );
    assert!(matches!(
        outcome.messages[0].mail,
        domain::Mail::MemberJoined { seated: false, .. }
    ));
    // Once a day is enough, however many come.
    let again = raised_by(&ann(), told, None);
    assert_eq!(org(&again), None);
    assert_eq!(mails(&again), [to("request_received", &ann())]);

    let mut event = created("SUP-1", &ann());
    event.org = Some(acme().id);
    let named = ReportedState {
        org: Some(full),
        ..state()
    };
    assert_eq!(
        request(&raise(named, &event).unwrap()).unwrap().org,
        Some(acme().id)
    );
}

#[test]
fn nobody_joins_where_the_domain_is_foreign_or_the_rule_is_off() {
    for (who, org) in [(zoe(), joinable()), (ann(), acme())] {
        let outcome = raised_by(&who, org, None);
        assert_eq!(actions(&outcome), [Action::RequestCreated]);
    }
    let mut open = joinable();
    open.policy.allowed_domains.clear();
    assert_eq!(
        actions(&raised_by(&ann(), open, None)),
        [Action::RequestCreated]
    );
}

#[test]
fn an_invitation_is_not_accepted_by_a_request() {
    let proposed = Membership {
        state: State::Proposed {
            note: None,
            expires_at: day(14),
        },
        ..invited(&ann())
    };
    for known in [invited(&ann()), proposed] {
        assert_eq!(
            actions(&raised_by(&ann(), joinable(), Some(known))),
            [Action::RequestCreated]
        );
    }
}

fn left() -> Membership {
    Membership {
        state: State::OffBoarded {
            why: OffboardReason::Left,
            undo_until: day(30),
            hand_over_to: None,
        },
        left_at: Some(start()),
        ..member(&ann())
    }
}

#[test]
fn a_leavers_request_is_recorded_with_no_link_and_reported() {
    let outcome = raised_by(&ann(), joinable(), Some(left()));
    assert_eq!(request(&outcome).unwrap().org, Some(acme().id));
    assert!(viewers(&outcome).is_empty());
    assert_eq!(
        mails(&outcome),
        [
            to("leaver_raised_request", &lena()),
            to("leaver_raised_request", &admin())
        ]
    );
    assert_eq!(outcome.messages[1].org, None);
    assert_eq!(actions(&outcome), [Action::RequestCreated]);
    assert_eq!(
        customers(&outcome).len(),
        1,
        "it is an activity: elsewhere they may be a member"
    );
}

#[test]
fn who_both_leads_and_administers_is_told_once_of_a_leaver() {
    let org = Organization {
        leads: BTreeSet::from([admin()]),
        ..joinable()
    };
    let outcome = raised_by(&ann(), org, Some(left()));
    assert_eq!(mails(&outcome), [to("leaver_raised_request", &admin())]);
}

#[test]
fn no_domain_rule_lets_a_leaver_in_whatever_came_after() {
    let declined = Membership {
        state: State::Closed {
            why: ClosedReason::Declined,
        },
        left_at: Some(start()),
        ..invited(&ann())
    };
    let asked = Membership {
        state: State::Proposed {
            note: None,
            expires_at: day(14),
        },
        ..declined.clone()
    };
    let first_time = Membership {
        left_at: None,
        ..declined.clone()
    };
    for (known, trace) in [
        (Some(left()), false),
        (Some(declined), false),
        (Some(asked), false),
        (None, true),
        (Some(first_time.clone()), true),
    ] {
        let state = ReportedState {
            org: Some(joinable()),
            membership: known,
            left: trace,
            ..state()
        };
        let outcome = raise(state, &created("SUP-1", &ann())).unwrap();
        assert_eq!(actions(&outcome), [Action::RequestCreated]);
        assert!(
            mails(&outcome)
                .iter()
                .all(|(kind, _)| *kind == "leaver_raised_request")
        );
    }
    let outcome = raised_by(&ann(), joinable(), Some(first_time));
    assert_eq!(
        outcome.audit[0].action,
        Action::MemberJoined,
        "who only declined may join"
    );
}

#[test]
fn somebody_back_by_invitation_is_a_member_in_spite_of_the_trace() {
    let state = ReportedState {
        org: Some(acme()),
        membership: Some(member(&ann())),
        left: true,
        ..state()
    };
    let outcome = raise(state, &created("SUP-1", &ann())).unwrap();
    assert_eq!(mails(&outcome), [to("request_received", &ann())]);
}

#[test]
fn a_desk_that_was_not_asked_yet_takes_requests_from_whom_it_will() {
    let domains = Access::Domains(BTreeSet::from(["elsewhere.test".parse().unwrap()]));
    let ask =
        |access: &Access, who: &EmailAddress, org: Organization, known: Option<Membership>| {
            let state = ReportedState {
                desk: Some(Desk {
                    access: access.clone(),
                    ..support()
                }),
                org: Some(org),
                membership: known,
                trusted: false,
                ..ReportedState::default()
            };
            raise(state, &created("SUP-1", who)).map_err(|refusal| refusal.code)
        };
    assert!(ask(&Access::Members, &ann(), acme(), Some(member(&ann()))).is_ok());
    assert!(ask(&Access::Members, &ann(), joinable(), None).is_ok());
    let denied = ask(&Access::Members, &zoe(), acme(), None);
    assert_eq!(denied.unwrap_err(), Code::AccessDenied);
    let denied = ask(&Access::Members, &ann(), acme(), Some(left()));
    assert_eq!(denied.unwrap_err(), Code::AccessDenied);
    assert!(ask(&domains, &zoe(), acme(), None).is_ok());
    assert_eq!(
        ask(&domains, &bob(), acme(), None).unwrap_err(),
        Code::AccessDenied
    );
    assert!(ask(&Access::AnyoneConfirmed, &zoe(), acme(), None).is_ok());
}

#[test]
fn participants_see_it_and_are_told_once_and_the_reporter_is_none() {
    let mut event = created("SUP-1", &ann());
    event.participants = vec![bob(), ann(), bob()];
    let outcome = raise(state(), &event).unwrap();
    assert_eq!(
        viewers(&outcome),
        [
            (ann().to_string(), vec![Part::Reporter]),
            (bob().to_string(), vec![Part::Participant])
        ]
    );
    assert_eq!(
        mails(&outcome),
        [to("request_received", &ann()), to("request_shared", &bob())]
    );
}
