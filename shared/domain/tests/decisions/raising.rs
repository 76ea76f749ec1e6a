//! Requests that are raised on a form of ours: at once, or once they were confirmed.

use domain::{
    Code, Customer, Language, Organization, Outcome, Refusal,
    decide::{OnForm, ReportedState, may_raise, raise_request},
    desk::{Access, Desk},
    link::Purpose,
    membership::{OffboardReason, State},
    policy::DomainJoin,
    request::ViewerId,
};

use crate::{
    read::{actions, customers, mails, membership, request, to},
    world::{acme, ann, bob, created, day, member, posted, start, support},
};

fn state() -> ReportedState {
    ReportedState {
        desk: Some(support()),
        ..ReportedState::default()
    }
}

fn a_member() -> ReportedState {
    ReportedState {
        org: Some(acme()),
        membership: Some(member(&ann())),
        ..state()
    }
}

fn raise(state: ReportedState, shared: bool) -> Result<Outcome, Refusal> {
    let proof = posted(&ann(), Purpose::Requester);
    let on_form = OnForm {
        shared,
        language: Language::of_tag("de"),
    };
    raise_request(
        state,
        &created("481-7263", &ann()),
        on_form,
        &proof.at(day(1)),
    )
}

fn organizations_that_see_it(outcome: &Outcome) -> usize {
    let changes = outcome.changes.iter();
    changes
        .filter(|change| {
            matches!(change, domain::Change::Viewer(viewer)
                if matches!(viewer.who, ViewerId::Organization(_)))
        })
        .count()
}

#[test]
fn a_members_request_is_their_organisations_and_shared_when_they_say_so() {
    let outcome = raise(a_member(), false).unwrap();
    assert_eq!(request(&outcome).unwrap().org, Some(acme().id));
    assert_eq!(organizations_that_see_it(&outcome), 0);
    assert_eq!(actions(&outcome), [domain::Action::RequestCreated]);
    assert_eq!(customers(&outcome)[0].last_active_at, Some(day(1)));
    let outcome = raise(a_member(), true).unwrap();
    assert_eq!(organizations_that_see_it(&outcome), 1);
}

#[test]
fn who_is_recorded_with_it_reads_the_language_of_the_form() {
    let new = raise(state(), false).unwrap();
    let locale = |outcome: &Outcome| customers(outcome)[0].locale.clone();
    assert_eq!(locale(&new).unwrap().as_str(), "de");
    // Whoever is known chose, or chose not to.
    let known = ReportedState {
        customers: vec![Customer::new(ann(), None)],
        ..state()
    };
    assert_eq!(locale(&raise(known, false).unwrap()), None);
}

#[test]
fn the_reporter_and_the_desk_are_told() {
    let outcome = raise(a_member(), false).unwrap();
    assert_eq!(
        mails(&outcome),
        [
            to("request_received", &ann()),
            to("desk_notice", support().inbox())
        ]
    );
    let by_name = outcome.messages.iter().any(|message| match &message.mail {
        domain::Mail::DeskNotice { by, name, .. } => {
            *by == ann() && name.as_ref().is_some_and(|name| name.as_str() == "Ann Ash")
        }
        _ => false,
    });
    assert!(by_name);
}

#[test]
fn a_guest_has_no_organisation_to_share_with() {
    let outcome = raise(state(), true).unwrap();
    assert_eq!(request(&outcome).unwrap().org, None);
    assert_eq!(organizations_that_see_it(&outcome), 0);
}

#[test]
fn whoever_joins_by_it_may_share_it_at_once() {
    let mut org = acme();
    org.policy.domain_join = DomainJoin::OnRequest;
    let joining = ReportedState {
        org: Some(org),
        ..state()
    };
    let outcome = raise(joining, true).unwrap();
    assert_eq!(membership(&outcome).state, State::Active);
    assert_eq!(organizations_that_see_it(&outcome), 1);
}

#[test]
fn somebody_who_left_is_refused_as_a_stranger_to_the_desk_is() {
    let gone = State::OffBoarded {
        why: OffboardReason::Left,
        undo_until: day(30),
        hand_over_to: None,
    };
    let mut left = member(&ann());
    left.state = gone;
    let known = ReportedState {
        membership: Some(left),
        ..a_member()
    };
    let forgotten = ReportedState {
        membership: None,
        left: true,
        ..a_member()
    };
    let closed = ReportedState {
        desk: Some(Desk {
            access: Access::Members,
            ..support()
        }),
        ..state()
    };
    let refused = raise(closed, false).unwrap_err();
    assert_eq!(refused.code, Code::AccessDenied);
    for state in [known, forgotten] {
        let refusal = raise(state, false).unwrap_err();
        assert_eq!(refusal.code, refused.code);
        assert_eq!(refusal.detail, refused.detail);
    }
}

#[test]
fn the_desk_takes_requests_of_its_own_organisations_members() {
    let members_only = |org: Organization| ReportedState {
        desk: Some(Desk {
            access: Access::Members,
            ..support()
        }),
        org: Some(org),
        ..a_member()
    };
    assert!(raise(members_only(acme()), false).is_ok());
    let elsewhere = Organization {
        desk: "elsewhere".parse().unwrap(),
        ..acme()
    };
    let refusal = raise(members_only(elsewhere), false).unwrap_err();
    assert_eq!(refusal.code, Code::AccessDenied);
}

#[test]
fn that_the_sender_is_trusted_means_nothing_on_a_form() {
    let closed = ReportedState {
        desk: Some(Desk {
            access: Access::Members,
            ..support()
        }),
        trusted: true,
        ..state()
    };
    assert_eq!(raise(closed, false).unwrap_err().code, Code::AccessDenied);
}

#[test]
fn a_key_that_is_taken_is_refused_as_such() {
    let known = crate::world::request("481-7263", &bob());
    let taken = ReportedState {
        record: Some(domain::request::Record::Known(Box::new(known))),
        ..state()
    };
    assert_eq!(raise(taken, false).unwrap_err().code, Code::RequestExists);
}

#[test]
fn whether_one_may_is_told_before_and_as_it_is_decided() {
    let mut joining = acme();
    joining.policy.domain_join = DomainJoin::OnRequest;
    for access in [
        Access::Members,
        Access::Domains([ann().domain()].into()),
        Access::Domains(["other.test".parse().unwrap()].into()),
        Access::AnyoneConfirmed,
    ] {
        let desk = Some(Desk {
            access,
            ..support()
        });
        let states = [
            state(),
            a_member(),
            ReportedState {
                membership: None,
                left: true,
                ..a_member()
            },
            ReportedState {
                org: Some(joining.clone()),
                ..state()
            },
        ];
        for state in states {
            let state = ReportedState {
                desk: desk.clone(),
                ..state
            };
            assert_eq!(
                may_raise(&state, &ann(), start()),
                raise(state, false).is_ok()
            );
        }
    }
    assert!(!may_raise(&ReportedState::default(), &ann(), start()));
}
