//! Access that ends on a date.

use domain::{
    Action, Actor, Code, Days, Membership, Organization, Role, Timestamp,
    decide::{
        Due, Facts, OffboardState, Offboarding, Transition, cancel_leaving, carry_out,
        extend_access, offboard, tick,
    },
    link::Purpose,
    membership::{Leaving, OffboardReason, State},
    policy::Mode,
    sweep::Exemption,
};

use crate::{
    read::{actions, mails, membership, org, to},
    world::{
        acme, admin, ann, bob, customer, day, invited, lena, member, minutes, posted, support,
        time, warned,
    },
};

fn until(end: Timestamp) -> Membership {
    Membership {
        access_until: Some(end),
        due_at: Some(day(23)),
        ..member(&ann())
    }
}

fn at(membership: &Membership, now: Timestamp) -> Option<Transition> {
    tick(membership, &acme(), &Facts::default(), now)
}

fn done(transition: &Transition, membership: Membership, now: Timestamp) -> domain::Outcome {
    let due = Due {
        org: acme(),
        desk: Some(support()),
        membership,
        customer: Some(customer(&ann())),
        successor: None,
        open_requests: 0,
    };
    carry_out(transition, due, &time(now).at(now))
}

#[test]
fn somebody_whose_access_ends_is_told_seven_days_and_one_day_ahead() {
    let first = at(&until(day(30)), day(23)).unwrap();
    assert_eq!(first, Transition::RemindOfEnd(Days(7)));
    let outcome = done(&first, until(day(30)), day(23));
    let reminded = membership(&outcome).clone();
    assert_eq!(
        (reminded.access_reminded, reminded.due_at),
        (Some(Days(7)), Some(day(29)))
    );
    assert_eq!(mails(&outcome), [to("access_ending", &ann())]);
    assert_eq!(actions(&outcome), [Action::MemberReminded]);

    let second = at(&reminded, day(29)).unwrap();
    assert_eq!(second, Transition::RemindOfEnd(Days(1)));
    let reminded = membership(&done(&second, reminded, day(29))).clone();
    assert_eq!(reminded.due_at, Some(day(30)));
    assert_eq!(at(&reminded, day(30)), Some(Transition::EndAccess));
}

#[test]
fn reminders_that_were_slept_through_are_not_made_up_for() {
    let answer = at(&until(day(30)), minutes(day(29), 60)).unwrap();
    assert_eq!(answer, Transition::RemindOfEnd(Days(1)));
    assert_eq!(at(&until(day(30)), day(400)), Some(Transition::EndAccess));
}

#[test]
fn the_end_frees_the_seat_and_tells_person_and_lead() {
    let outcome = done(&Transition::EndAccess, until(day(30)), day(30));
    assert!(matches!(
        membership(&outcome).state,
        State::OffBoarded {
            why: OffboardReason::Expired,
            ..
        }
    ));
    assert_eq!(org(&outcome).unwrap().seats_used, 2);
    assert_eq!(
        mails(&outcome),
        [to("member_offboarded", &lena()), to("access_ended", &ann())]
    );
    assert_eq!(actions(&outcome), [Action::MemberOffboarded]);
}

#[test]
fn it_ends_also_where_inactivity_is_only_observed_and_for_who_is_exempt_from_that() {
    let mut org = acme();
    org.policy.inactivity.mode = Mode::Observe;
    let exempt = Membership {
        exempt: true,
        ..until(day(30))
    };
    let answer = tick(
        &exempt,
        &org,
        &Facts {
            open_requests: true,
            ..Facts::default()
        },
        day(30),
    );
    assert_eq!(answer, Some(Transition::EndAccess));
}

#[test]
fn the_last_lead_stays_and_the_administrators_are_told_once_a_week() {
    let lead = Membership {
        email: lena(),
        role: Role::Lead,
        ..until(day(30))
    };
    assert_eq!(
        at(&lead, day(30)),
        Some(Transition::Spare(Exemption::LastLead))
    );
    let outcome = done(&Transition::Spare(Exemption::LastLead), lead, day(30));
    assert_eq!(mails(&outcome), [to("last_lead_spared", &admin())]);
    assert_eq!(membership(&outcome).due_at, Some(day(37)));
    assert_eq!(at(membership(&outcome), day(30)), None);
    let next = at(membership(&outcome), day(37));
    assert_eq!(next, Some(Transition::Spare(Exemption::LastLead)));
}

#[test]
fn a_reminder_and_the_end_of_a_grace_at_once_happen_one_after_the_other() {
    let both = Membership {
        access_until: Some(day(30)),
        due_at: Some(day(23)),
        ..warned(&ann(), day(5))
    };
    let answer = at(&both, day(23)).unwrap();
    assert_eq!(answer, Transition::RemindOfEnd(Days(7)));
    let reminded = membership(&done(&answer, both, day(23))).clone();
    assert_eq!(
        at(&reminded, day(23)),
        None,
        "nothing more in the same instant"
    );
    assert_eq!(
        at(&reminded, minutes(day(23), 15)),
        Some(Transition::Remove)
    );
}

#[test]
fn an_invitation_lapses_when_the_access_it_is_for_is_over() {
    let invited = Membership {
        access_until: Some(day(3)),
        due_at: Some(day(3)),
        ..invited(&ann())
    };
    assert_eq!(at(&invited, day(3)), Some(Transition::Lapse));
}

#[test]
fn the_date_is_moved_or_taken_away() {
    let proof = posted(&lena(), Purpose::LeadConsole);
    let reminded = Membership {
        access_reminded: Some(Days(7)),
        ..until(day(30))
    };
    let org: Organization = acme();
    let moved = extend_access(&org, reminded.clone(), Some(day(60)), &proof.at(day(25))).unwrap();
    let it = membership(&moved);
    assert_eq!(
        (it.access_until, it.access_reminded, it.due_at),
        (Some(day(60)), None, Some(day(53)))
    );
    assert_eq!(actions(&moved), [Action::AccessExtended]);
    let taken = extend_access(&org, reminded.clone(), None, &proof.at(day(25))).unwrap();
    assert_eq!(membership(&taken).access_until, None);
    let same = extend_access(&org, reminded.clone(), Some(day(30)), &proof.at(day(25))).unwrap();
    assert!(same.is_empty());
    let refusal = extend_access(&org, reminded, Some(day(25)), &proof.at(day(25))).unwrap_err();
    assert_eq!(refusal.code, Code::DateInThePast);
    let gone = Membership {
        state: State::OffBoarded {
            why: OffboardReason::Left,
            undo_until: day(40),
            hand_over_to: None,
        },
        ..member(&ann())
    };
    assert!(extend_access(&org, gone, None, &proof.at(day(25))).is_err());
}

#[test]
fn the_end_of_access_is_moved_with_the_plan_that_set_it() {
    let (org, proof) = (acme(), posted(&lena(), Purpose::LeadConsole));
    let planned = Membership {
        leaving: Some(Leaving {
            at: day(30),
            why: OffboardReason::NotNeeded,
            hand_over_to: Some(bob()),
            by: Actor::Person(admin()),
        }),
        ..member(&ann())
    };
    let moved = extend_access(&org, planned.clone(), Some(day(60)), &proof.at(day(5))).unwrap();
    let it = membership(&moved);
    assert_eq!((it.ends_at(), it.access_until), (Some(day(60)), None));
    let leaving = it.leaving.as_ref().unwrap();
    assert_eq!(leaving.hand_over_to, Some(bob()));
    assert_eq!(leaving.by, Actor::Person(lena()));
    assert_eq!(actions(&moved), [Action::OffboardingScheduled]);
    let taken = extend_access(&org, planned, None, &proof.at(day(5))).unwrap();
    assert_eq!(membership(&taken).ends_at(), None);
    assert_eq!(actions(&taken), [Action::OffboardingCancelled]);
}

#[test]
fn a_planned_off_boarding_takes_the_place_of_an_earlier_end() {
    let proof = posted(&lena(), Purpose::LeadConsole);
    let state = OffboardState {
        org: acme(),
        desk: None,
        membership: Some(until(day(30))),
        successor: None,
        open_requests: 0,
    };
    let asked = Offboarding {
        why: OffboardReason::Left,
        at: Some(day(60)),
        hand_over_to: None,
    };
    let planned = offboard(state, &asked, &proof.at(day(5))).unwrap();
    assert_eq!(membership(&planned).ends_at(), Some(day(60)));
    let stays = cancel_leaving(&acme(), membership(&planned).clone(), &proof.at(day(6))).unwrap();
    assert_eq!(membership(&stays).ends_at(), None);
}

#[test]
fn the_end_of_an_access_that_has_not_begun_is_moved_too() {
    let proof = posted(&lena(), Purpose::LeadConsole);
    let moved = extend_access(&acme(), invited(&ann()), Some(day(60)), &proof.at(day(1))).unwrap();
    assert_eq!(membership(&moved).ends_at(), Some(day(60)));
}
