//! The end of access, at once or on a date, and its undoing.

use domain::{
    Action, Actor, Code, Membership, OrgId, Organization, Outcome, Refusal, RefusedField, Role,
    Timestamp, Version,
    decide::{
        Due, Facts, OffboardState, Offboarding, Transition, cancel_leaving, carry_out, offboard,
        restore, tick,
    },
    link::Purpose,
    membership::{ClosedReason, Leaving, OffboardReason, State},
};

use crate::{
    read::{actions, mail, mails, membership, org, to},
    world::{
        acme, admin, ann, bob, customer, day, delivery, invited, lena, member, posted, support,
        time, warned,
    },
};

fn state_of(leaver: Membership) -> OffboardState {
    OffboardState {
        org: acme(),
        desk: Some(support()),
        membership: Some(leaver),
        successor: None,
        open_requests: 0,
    }
}

fn asked(at: Option<Timestamp>) -> Offboarding {
    Offboarding {
        why: OffboardReason::Left,
        at,
        hand_over_to: None,
    }
}

fn leaving(leaver: Membership, at: Option<Timestamp>) -> Result<Outcome, Refusal> {
    offboard(state_of(leaver), &asked(at), &delivery().at(day(10)))
}

fn off_boarded(undo_until: Timestamp) -> Membership {
    Membership {
        state: State::OffBoarded {
            why: OffboardReason::Left,
            undo_until,
            hand_over_to: None,
        },
        left_at: Some(day(10)),
        epoch: 1,
        ..member(&ann())
    }
}

#[test]
fn off_boarding_ends_access_at_once_and_kills_the_links() {
    // Whoever was only invited never belonged: what is their own is none of the organisation's.
    for (leaver, ended) in [
        (member(&ann()), 1),
        (warned(&ann(), day(9)), 1),
        (invited(&ann()), 0),
    ] {
        let outcome = leaving(leaver, None).unwrap();
        let left = membership(&outcome);
        assert!(matches!(
            &left.state,
            State::OffBoarded { why: OffboardReason::Left, undo_until, hand_over_to: None }
                if *undo_until == day(40)
        ));
        assert_eq!(
            (left.epoch, left.left_at, left.due_at),
            (ended, Some(day(10)), Some(day(40)))
        );
        assert_eq!(org(&outcome).unwrap().seats_used, 2);
        assert_eq!(mails(&outcome), [to("member_offboarded", &lena())]);
        assert_eq!(actions(&outcome), [Action::MemberOffboarded]);
        assert_eq!(
            outcome.audit[0].reason.as_ref().unwrap().as_str(),
            "left the organisation"
        );
    }
}

#[test]
fn a_date_that_has_passed_means_at_once_and_a_later_one_changes_nothing_yet() {
    let now = leaving(member(&ann()), Some(day(10))).unwrap();
    assert!(matches!(membership(&now).state, State::OffBoarded { .. }));
    let later = leaving(member(&ann()), Some(day(20))).unwrap();
    let planned = membership(&later);
    assert_eq!(planned.state, State::Active);
    assert_eq!(planned.due_at, Some(day(20)));
    assert_eq!(org(&later), None);
    assert_eq!(mails(&later), [to("member_offboarded", &lena())]);
    assert_eq!(actions(&later), [Action::OffboardingScheduled]);

    let again = leaving(planned.clone(), Some(day(20))).unwrap();
    assert!(again.is_empty(), "planned so already");
    let moved = leaving(planned.clone(), Some(day(30))).unwrap();
    assert_eq!(membership(&moved).leaving.as_ref().unwrap().at, day(30));
}

fn due_at(membership: Membership, successor: Option<Membership>, open: u32) -> Due {
    Due {
        org: acme(),
        desk: Some(support()),
        membership,
        customer: Some(customer(&ann())),
        successor,
        open_requests: open,
    }
}

fn planned(to: Option<&domain::EmailAddress>) -> Membership {
    Membership {
        leaving: Some(Leaving {
            at: day(20),
            why: OffboardReason::NotNeeded,
            hand_over_to: to.cloned(),
            by: Actor::Person(lena()),
        }),
        due_at: Some(day(20)),
        ..member(&ann())
    }
}

#[test]
fn a_planned_off_boarding_happens_on_its_date_by_who_asked_for_it() {
    let leaver = planned(None);
    assert_eq!(tick(&leaver, &acme(), &Facts::default(), day(19)), None);
    let leave = tick(&leaver, &acme(), &Facts::default(), day(20)).unwrap();
    assert_eq!(leave, Transition::Leave);
    let outcome = carry_out(&leave, due_at(leaver, None, 0), &time(day(20)).at(day(20)));
    assert!(matches!(
        membership(&outcome).state,
        State::OffBoarded {
            why: OffboardReason::NotNeeded,
            ..
        }
    ));
    assert_eq!(membership(&outcome).leaving, None);
    assert_eq!(outcome.audit[0].actor, Actor::Person(lena()));
    assert_eq!(outcome.audit[0].evidence, time(day(20)).evidence);
}

#[test]
fn an_invited_person_leaves_on_the_date_too() {
    let leaver = Membership {
        state: invited(&ann()).state,
        ..planned(None)
    };
    let org = acme();
    assert_eq!(
        tick(&leaver, &org, &Facts::default(), day(20)),
        Some(Transition::Leave)
    );
}

#[test]
fn a_planned_hand_over_to_somebody_who_left_meanwhile_goes_to_the_leads_instead() {
    let gone = Membership {
        email: bob(),
        ..off_boarded(day(40))
    };
    for (successor, expected) in [
        (Some(member(&bob())), Some(bob())),
        (Some(gone), None),
        (None, None),
    ] {
        let due = due_at(planned(Some(&bob())), successor, 2);
        let outcome = carry_out(&Transition::Leave, due, &time(day(20)).at(day(20)));
        let State::OffBoarded { hand_over_to, .. } = &membership(&outcome).state else {
            panic!("off-boarded")
        };
        assert_eq!(*hand_over_to, expected);
        let domain::Mail::MemberOffboarded {
            open_requests,
            hand_over_to,
            ..
        } = mail(&outcome)
        else {
            panic!("the lead is told")
        };
        assert_eq!((*open_requests, hand_over_to), (2, &expected));
    }
}

#[test]
fn a_plan_is_taken_back_once() {
    let proof = posted(&lena(), Purpose::LeadConsole);
    let outcome = cancel_leaving(&acme(), planned(None), &proof.at(day(12))).unwrap();
    assert_eq!(membership(&outcome).leaving, None);
    assert_eq!(membership(&outcome).due_at, Some(day(90)));
    assert_eq!(actions(&outcome), [Action::OffboardingCancelled]);
    let refusal = cancel_leaving(&acme(), member(&ann()), &proof.at(day(12))).unwrap_err();
    assert_eq!(refusal.code, Code::NotPossibleNow);
}

#[test]
fn who_left_already_leaves_no_second_time() {
    assert!(leaving(off_boarded(day(40)), None).unwrap().is_empty());
}

#[test]
fn who_never_came_is_no_member() {
    let closed = Membership {
        state: State::Closed {
            why: ClosedReason::Declined,
        },
        ..invited(&ann())
    };
    assert_eq!(leaving(closed, None).unwrap_err().code, Code::NotAMember);
    let nobody = OffboardState {
        membership: None,
        ..state_of(member(&ann()))
    };
    let refusal = offboard(nobody, &asked(None), &delivery().at(day(10))).unwrap_err();
    assert_eq!(
        (refusal.code, refusal.field),
        (Code::NotAMember, Some(RefusedField::Member))
    );
}

#[test]
fn a_question_to_the_administrators_is_withdrawn() {
    let proposed = Membership {
        state: State::Proposed {
            note: None,
            expires_at: day(14),
        },
        ..invited(&ann())
    };
    let outcome = leaving(proposed, None).unwrap();
    assert_eq!(
        membership(&outcome).state,
        State::Closed {
            why: ClosedReason::Withdrawn
        }
    );
    assert_eq!(actions(&outcome), [Action::InvitationWithdrawn]);
    assert_eq!(org(&outcome), None);
}

#[test]
fn only_a_colleague_with_access_takes_over() {
    let hand_over = Offboarding {
        hand_over_to: Some(bob()),
        ..asked(None)
    };
    let state = |successor| OffboardState {
        successor,
        open_requests: 1,
        ..state_of(member(&ann()))
    };
    let elsewhere = Membership {
        org: "globex".parse::<OrgId>().unwrap(),
        ..member(&bob())
    };
    for successor in [
        None,
        Some(invited(&bob())),
        Some(elsewhere),
        Some(member(&lena())),
    ] {
        let refusal = offboard(state(successor), &hand_over, &delivery().at(day(10))).unwrap_err();
        assert_eq!(refusal.code, Code::HandOverToNotAMember);
        assert_eq!(refusal.field, Some(RefusedField::HandOverTo));
    }
    let to_self = Offboarding {
        hand_over_to: Some(ann()),
        ..asked(None)
    };
    let refusal = offboard(
        state(Some(member(&ann()))),
        &to_self,
        &delivery().at(day(10)),
    )
    .unwrap_err();
    assert_eq!(refusal.code, Code::HandOverToNotAMember);

    let outcome = offboard(
        state(Some(member(&bob()))),
        &hand_over,
        &delivery().at(day(10)),
    )
    .unwrap();
    let left = membership(&outcome);
    assert!(
        matches!(&left.state, State::OffBoarded { hand_over_to: Some(to), .. } if *to == bob())
    );
    assert_eq!(
        left.due_at,
        Some(crate::world::minutes(day(10), 15)),
        "the sweep sees to the rest"
    );
}

#[test]
fn with_nothing_open_there_is_nothing_to_hand_over() {
    let hand_over = Offboarding {
        hand_over_to: Some(bob()),
        ..asked(None)
    };
    let state = OffboardState {
        successor: Some(member(&bob())),
        ..state_of(member(&ann()))
    };
    let outcome = offboard(state, &hand_over, &delivery().at(day(10))).unwrap();
    assert!(matches!(
        &membership(&outcome).state,
        State::OffBoarded {
            hand_over_to: None,
            ..
        }
    ));
}

#[test]
fn when_the_last_lead_leaves_the_administrators_are_told() {
    let lead = Membership {
        role: Role::Lead,
        ..member(&lena())
    };
    let outcome = leaving(lead, None).unwrap();
    assert!(org(&outcome).unwrap().leads.is_empty());
    assert_eq!(mails(&outcome), [to("member_offboarded", &admin())]);
    assert_eq!(
        outcome.messages[0].org, None,
        "administrators have no console there"
    );
}

#[test]
fn who_did_it_gets_no_mail_about_it() {
    let proof = posted(&lena(), Purpose::LeadConsole);
    let outcome = offboard(state_of(member(&ann())), &asked(None), &proof.at(day(10))).unwrap();
    assert!(outcome.messages.is_empty());
    let mut two = state_of(member(&ann()));
    two.org.leads.insert(bob());
    let outcome = offboard(two, &asked(None), &proof.at(day(10))).unwrap();
    assert_eq!(mails(&outcome), [to("member_offboarded", &bob())]);
}

#[test]
fn an_off_boarding_is_undone_within_its_days() {
    let lead = Membership {
        role: Role::Lead,
        ..off_boarded(day(40))
    };
    let proof = posted(&lena(), Purpose::LeadConsole);
    let last = day(40) - jiff::SignedDuration::from_millis(1);
    let outcome = restore(acme(), lead, &proof.at(last)).unwrap();
    let back = membership(&outcome);
    assert_eq!(
        (&back.state, back.kept_at, back.epoch),
        (&State::Active, Some(last), 1)
    );
    assert_eq!(org(&outcome).unwrap().seats_used, 4);
    assert!(org(&outcome).unwrap().leads.contains(&ann()));
    assert_eq!(mails(&outcome), [to("welcome", &ann())]);
    assert_eq!(actions(&outcome), [Action::MemberRestored]);
    assert_eq!(
        restore(acme(), off_boarded(day(40)), &proof.at(day(40)))
            .unwrap_err()
            .code,
        Code::NotPossibleNow
    );
}

#[test]
fn an_undoing_needs_a_free_seat_and_an_off_boarding() {
    let proof = posted(&lena(), Purpose::LeadConsole);
    let full = Organization {
        seats_used: 10,
        ..acme()
    };
    let refusal = restore(full, off_boarded(day(40)), &proof.at(day(12))).unwrap_err();
    assert_eq!(refusal.code, Code::SeatCapReached);
    for membership in [member(&ann()), invited(&ann()), warned(&ann(), day(9))] {
        assert!(restore(acme(), membership, &proof.at(day(12))).is_err());
    }
}

#[test]
fn who_is_restored_after_the_end_of_their_access_has_no_end_any_more() {
    let proof = posted(&lena(), Purpose::LeadConsole);
    let expired = Membership {
        access_until: Some(day(10)),
        access_reminded: Some(domain::Days(1)),
        ..off_boarded(day(40))
    };
    let back = restore(acme(), expired, &proof.at(day(12))).unwrap();
    assert_eq!(
        (
            membership(&back).access_until,
            membership(&back).access_reminded
        ),
        (None, None)
    );
    let ahead = Membership {
        access_until: Some(day(50)),
        ..off_boarded(day(40))
    };
    let back = restore(acme(), ahead, &proof.at(day(12))).unwrap();
    assert_eq!(membership(&back).access_until, Some(day(50)));
}

#[test]
fn after_its_days_the_record_is_reduced_and_old_links_stay_dead() {
    let left = Membership {
        due_at: Some(day(40)),
        epoch: 2,
        ..off_boarded(day(40))
    };
    let reduce = tick(&left, &acme(), &Facts::default(), day(40)).unwrap();
    assert_eq!(reduce, Transition::Reduce);
    let outcome = carry_out(
        &reduce,
        due_at(left.clone(), None, 0),
        &time(day(40)).at(day(40)),
    );
    assert!(matches!(
        &outcome.changes[0],
        domain::Change::Forget { left: true, .. }
    ));
    assert_eq!(crate::read::customers(&outcome)[0].epoch, 2);
    assert_eq!(actions(&outcome), [Action::RecordReduced]);
    assert_eq!(tick(&left, &acme(), &Facts::default(), day(39)), None);
}

#[test]
fn an_invitation_that_came_to_nothing_is_forgotten_without_a_trace_unless_they_had_left_before() {
    for (left_at, traced) in [(None, false), (Some(day(1)), true)] {
        let closed = Membership {
            state: State::Closed {
                why: ClosedReason::Declined,
            },
            left_at,
            epoch: 1,
            due_at: Some(day(40)),
            version: Version(3),
            ..invited(&ann())
        };
        let forget = tick(&closed, &acme(), &Facts::default(), day(40)).unwrap();
        assert_eq!(forget, Transition::Forget);
        let outcome = carry_out(&forget, due_at(closed, None, 0), &time(day(40)).at(day(40)));
        assert!(
            matches!(&outcome.changes[0], domain::Change::Forget { left, .. } if *left == traced)
        );
    }
}

#[test]
fn an_interrupted_hand_over_goes_on_before_the_record_is_reduced_however_late() {
    let pending = Membership {
        state: State::OffBoarded {
            why: OffboardReason::Left,
            undo_until: day(40),
            hand_over_to: Some(bob()),
        },
        due_at: Some(day(11)),
        ..off_boarded(day(40))
    };
    for now in [day(11), day(400)] {
        let answer = tick(&pending, &acme(), &Facts::default(), now);
        assert_eq!(answer, Some(Transition::HandOver));
    }
}
