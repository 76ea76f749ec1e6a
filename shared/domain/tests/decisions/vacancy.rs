//! Organisations that nobody leads whom mail reaches.

use domain::{
    Action, Mail, Membership, Organization, Outcome, Role,
    decide::{
        AppointState, Facts, OffboardState, Offboarding, Transition, appoint_lead, ask_review,
        carry_out, finish_review, look_at_leads, notice_vacancy, offboard, set_role, tick,
    },
    membership::OffboardReason,
    message::ToAsk,
    sweep::Exemption,
};

use super::inactivity::due;
use crate::{
    read::{actions, mail, mails, org, to},
    world::{acme, admin, ann, bob, day, delivery, lena, member, start, support, time, warned},
};

/// Acme, to be reviewed on the 180th day, as it is after its lead left on this one.
fn leaderless(on: u16) -> Organization {
    let state = OffboardState {
        org: Organization {
            due_at: Some(day(180)),
            ..acme()
        },
        desk: Some(support()),
        membership: Some(Membership {
            role: Role::Lead,
            ..member(&lena())
        }),
        successor: None,
        open_requests: 0,
    };
    let asked = Offboarding {
        why: OffboardReason::Left,
        at: None,
        hand_over_to: None,
    };
    let outcome = offboard(state, &asked, &delivery().at(day(on))).unwrap();
    org(&outcome).unwrap().clone()
}

fn look(org: Organization, reached: bool, on: u16) -> Outcome {
    let to_ask = || {
        let asked = |email, last_active| ToAsk {
            email,
            name: None,
            last_active,
        };
        vec![asked(ann(), Some(day(3))), asked(bob(), Some(day(9)))]
    };
    let proof = time(day(on));
    look_at_leads(org, &[admin()], reached, to_ask, &proof.at(day(on)))
}

fn after(outcome: &Outcome) -> Organization {
    org(outcome).unwrap().clone()
}

#[test]
fn administrators_hear_at_once_and_weekly_while_it_lasts() {
    let vacant = leaderless(10);
    assert!(vacant.is_vacant());
    assert_eq!(vacant.due_at, Some(day(10)));
    let first = look(vacant, false, 10);
    assert_eq!(mails(&first), [to("organization_vacant", &admin())]);
    assert_eq!(actions(&first), [Action::OrganizationVacant]);
    let Mail::OrganizationVacant {
        since,
        to_ask,
        total,
        ..
    } = mail(&first)
    else {
        panic!("it says whom to ask");
    };
    assert_eq!((*since, *total), (day(10), 2));
    let asked: Vec<_> = to_ask.iter().map(|asked| &asked.email).collect();
    assert!(asked == [&bob(), &ann()], "the most active first");
    assert!(look(after(&first), false, 10).is_empty(), "run twice");
    assert!(look(after(&first), false, 16).is_empty());
    let second = look(after(&first), false, 17);
    assert_eq!(mails(&second), [to("organization_vacant", &admin())]);
    assert!(actions(&second).is_empty(), "it is the same vacancy");
    // A sweep that is late by a month reminds once.
    let late = look(after(&second), false, 54);
    assert_eq!(late.messages.len(), 1);
    assert_eq!(after(&late).due_at, Some(day(61)));
}

#[test]
fn of_many_the_twenty_most_active_are_named() {
    let many = || {
        let asked = |n: u16| ToAsk {
            email: format!("p{n:03}@acme.example").parse().unwrap(),
            name: None,
            last_active: (n < 30).then(|| day(n)),
        };
        (0..40).map(asked).collect()
    };
    let proof = time(day(50));
    let outcome = look_at_leads(leaderless(50), &[admin()], false, many, &proof.at(day(50)));
    let Mail::OrganizationVacant { to_ask, total, .. } = mail(&outcome) else {
        panic!("it says whom to ask");
    };
    assert_eq!((*total, to_ask.len()), (40, 20));
    assert_eq!(to_ask[0].last_active, Some(day(29)));
    assert_eq!(to_ask[19].last_active, Some(day(10)));
}

#[test]
fn meanwhile_the_sweep_warns_and_holds_removals() {
    let vacant = after(&look(leaderless(10), false, 10));
    let quiet = tick(&member(&ann()), &vacant, &Facts::default(), day(90));
    assert_eq!(quiet, Some(Transition::Warn));
    let over = warned(&ann(), day(90));
    let spare = Transition::Spare(Exemption::Vacant);
    let answer = tick(&over, &vacant, &Facts::default(), day(104));
    assert_eq!(answer.as_ref(), Some(&spare));
    let held = carry_out(
        &spare,
        due(over.clone(), start()),
        &time(day(104)).at(day(104)),
    );
    let held = crate::read::membership(&held).clone();
    assert_eq!(held.state, over.state, "the warning stands");
    assert_eq!(held.due_at, Some(day(111)));
    // Whoever leads it next finds an end that was announced.
    let answer = tick(&held, &acme(), &Facts::default(), day(111));
    assert_eq!(answer, Some(Transition::Remove));
}

#[test]
fn a_lead_ends_it_at_the_next_look_and_the_review_goes_on_where_it_stood() {
    let vacant = after(&look(leaderless(10), false, 10));
    for (on, asked) in [(20, 180), (200, 180)] {
        let state = AppointState {
            org: vacant.clone(),
            membership: Some(member(&bob())),
            left: false,
            customer: None,
        };
        let named = appoint_lead(state, &bob(), None, &delivery().at(day(on))).unwrap();
        let named = after(&named);
        assert_eq!(named.due_at, Some(day(on)), "the next sweep looks");
        let ended = look(named, true, on);
        assert_eq!(actions(&ended), [Action::VacancyEnded]);
        assert!(ended.messages.is_empty());
        let led = after(&ended);
        assert!(!led.is_vacant());
        assert_eq!(led.due_at, Some(day(asked)));
        assert!(look(led, true, on).is_empty());
    }
}

#[test]
fn a_review_stands_still_and_is_not_put_off() {
    let vacant = leaderless(170);
    let asked = ask_review(vacant.clone(), |_| 4, &time(day(180)).at(day(180)));
    assert!(asked.is_empty());
    let told = after(&look(vacant, false, 180));
    assert_eq!(told.vacancy.unwrap().review_due, Some(day(180)));
    // Somebody is through with a round all the same: the next one counts from it.
    let mut open = told;
    open.review.began_at = Some(day(160));
    let finished = after(&finish_review(open, &time(day(181)).at(day(181))));
    assert_eq!(finished.due_at, Some(day(187)), "the reminder stays");
    assert_eq!(finished.vacancy.unwrap().review_due, Some(day(340)));
}

#[test]
fn leads_whom_no_mail_reaches_are_none() {
    let doubted = Organization {
        due_at: Some(day(180)),
        ..acme()
    };
    let vacant = look(
        Organization {
            due_at: Some(day(5)),
            ..doubted
        },
        false,
        5,
    );
    assert_eq!(mails(&vacant), [to("organization_vacant", &admin())]);
    assert!(after(&vacant).is_vacant());
    assert_eq!(after(&look(after(&vacant), true, 12)).vacancy, None);
}

#[test]
fn that_one_of_two_leads_stops_is_looked_into_and_nobody_is_told() {
    let two = Organization {
        leads: [lena(), bob()].into(),
        due_at: Some(day(180)),
        ..acme()
    };
    let lead = Membership {
        role: Role::Lead,
        ..member(&bob())
    };
    let outcome = set_role(two, lead, Role::Member, &delivery().at(day(3))).unwrap();
    let left = after(&outcome);
    assert!(!left.is_vacant(), "nothing is held on a doubt");
    let looked = look(left, true, 3);
    assert!(looked.messages.is_empty() && looked.audit.is_empty());
    assert_eq!(after(&looked).due_at, Some(day(180)));
}

#[test]
fn an_organisation_that_began_without_a_lead_is_noticed_when_the_sweep_meets_it() {
    let none = Organization {
        leads: [].into(),
        due_at: Some(day(180)),
        ..acme()
    };
    let noticed = after(&notice_vacancy(none, day(7)));
    assert_eq!(noticed.due_at, Some(day(7)));
    assert!(notice_vacancy(noticed, day(8)).is_empty());
    assert!(notice_vacancy(acme(), day(8)).is_empty());
}
