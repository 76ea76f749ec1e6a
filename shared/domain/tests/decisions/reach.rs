//! Mail that does not reach somebody, and what follows from it.

use domain::{
    Action, Actor, Code, Customer, EmailAddress, Evidence, Mail, Membership, Organization, Outcome,
    Proof, Role,
    customer::{Deliverability, Suppression},
    decide::{
        Facts, Told, Transition, carry_out, hold_unreachable, lift_suppression, mail_works_again,
        suppress, take_back_complaint, tick, unmute,
    },
    membership::State,
    message::{AboutRequest, Opens},
    sweep::Exemption,
    text::Name,
};

use super::{exemptions::observing, inactivity::due};
use crate::{
    read::{actions, customers, mail, mails, membership, org, to},
    world::{
        acme, admin, ann, bob, customer, day, lena, member, org_id, request_ref, start, time,
        warned,
    },
};

fn by_mail_system() -> Proof {
    Proof {
        actor: Actor::MailFeedback,
        evidence: Evidence::MailEvent {
            message: "m-1".parse().unwrap(),
        },
    }
}

fn stopped(who: &EmailAddress, why: Suppression, on: u16) -> Customer {
    Customer {
        deliverability: Deliverability::Suppressed {
            why,
            since: day(on),
        },
        ..customer(who)
    }
}

fn hear(customer: Customer, why: Suppression, on: u16) -> Outcome {
    suppress(customer, vec![acme()], why, &by_mail_system().at(day(on)))
}

#[test]
fn an_address_that_bounced_gets_nothing_more_and_each_lead_learns_it_once() {
    let globex = Organization {
        id: org_id("globex"),
        leads: [lena(), bob(), ann()].into(),
        ..acme()
    };
    let orgs = vec![acme(), globex];
    let bounce = Suppression::Bounce;
    let proof = by_mail_system();
    let outcome = suppress(customer(&ann()), orgs.clone(), bounce, &proof.at(day(1)));
    assert!(customers(&outcome)[0].is_unreachable());
    assert_eq!(
        mails(&outcome),
        [
            to("address_suppressed", &lena()),
            to("address_suppressed", &bob())
        ]
    );
    assert_eq!(actions(&outcome), [Action::AddressSuppressed]);
    // She leads one of them: the sweep looks whether mail reaches anybody there.
    let doubted = org(&outcome).unwrap();
    assert_eq!(
        (doubted.id.as_str(), doubted.due_at),
        ("globex", Some(day(1)))
    );
    assert!(!doubted.is_vacant(), "it is not known yet");
    let again = customers(&outcome)[0].clone();
    for why in [
        Suppression::Bounce,
        Suppression::Complaint,
        Suppression::Listed,
    ] {
        let told = suppress(again.clone(), orgs.clone(), why, &proof.at(day(90)));
        assert!(told.is_empty(), "{why:?}");
    }
}

#[test]
fn a_complaint_that_is_followed_by_a_bounce_is_a_bounce() {
    let complained = customers(&hear(customer(&ann()), Suppression::Complaint, 1))[0].clone();
    assert!(complained.has_complained() && !complained.is_unreachable());
    let bounced = hear(complained, Suppression::Bounce, 2);
    assert!(customers(&bounced)[0].is_unreachable());
    assert_eq!(mails(&bounced), [to("address_suppressed", &lena())]);
}

/// Each kind of mail that somebody could be sent, as far as a complaint tells them apart.
fn every_kind_of_mail() -> Vec<(&'static str, Mail)> {
    let org_name = || Name::new("Acme").unwrap();
    let request = || AboutRequest {
        id: request_ref("SUP-1"),
        now: None,
        summary: "The door".parse().unwrap(),
    };
    let invitation = |reminder| Mail::Invitation {
        org_name: org_name(),
        inviter: None,
        role: Role::Member,
        note: None,
        expires_at: day(20),
        access_until: None,
        reminder,
    };
    vec![
        (
            "never",
            Mail::RequestReceived {
                request: request(),
                description: None,
            },
        ),
        (
            "never",
            Mail::RequestShared {
                request: request(),
                reporter: "Bob".to_owned(),
            },
        ),
        ("later", invitation(false)),
        ("later", invitation(true)),
        (
            "later",
            Mail::ConfirmRequest {
                draft: "d1".parse().unwrap(),
                summary: "The door".parse().unwrap(),
                expires_at: day(20),
                language: None,
            },
        ),
        (
            "later",
            Mail::YourLink {
                opens: Opens::MyRequests,
                org_name: None,
            },
        ),
        (
            "always",
            Mail::YourLink {
                opens: Opens::LeadConsole,
                org_name: None,
            },
        ),
        (
            "always",
            Mail::Welcome {
                org_name: org_name(),
                role: Role::Member,
            },
        ),
        (
            "always",
            Mail::InactivityWarning {
                org_name: org_name(),
                quiet_days: domain::Days(90),
                grace_until: day(20),
                reminder: false,
            },
        ),
        (
            "always",
            Mail::AccessEnding {
                org_name: org_name(),
                access_until: day(20),
            },
        ),
        (
            "always",
            Mail::LastLeadSpared {
                org_name: org_name(),
                lead: lena(),
            },
        ),
        (
            "always",
            Mail::ExceptionRefused {
                org_name: org_name(),
                invitee: bob(),
            },
        ),
        (
            "always",
            Mail::TokenExpires {
                desk: "support".parse().unwrap(),
                expires_at: day(30),
            },
        ),
    ]
}

#[test]
fn a_complaint_stops_mails_about_requests_and_for_a_month_what_strangers_can_cause() {
    let complained = stopped(&ann(), Suppression::Complaint, 1).deliverability;
    for (when, mail) in every_kind_of_mail() {
        let lets = |on| complained.lets_through(&mail, day(on));
        let expected = match when {
            "always" => [true, true],
            "later" => [false, true],
            _ => [false, false],
        };
        assert_eq!([lets(30), lets(31)], expected, "{}", mail.kind());
        for why in [Suppression::Bounce, Suppression::Listed] {
            let gone = stopped(&ann(), why, 1).deliverability;
            assert!(!gone.lets_through(&mail, day(400)), "{}", mail.kind());
        }
        assert!(Deliverability::Deliverable.lets_through(&mail, day(1)));
    }
}

#[test]
fn a_second_complaint_after_that_month_begins_another_and_tells_nobody() {
    let first = stopped(&ann(), Suppression::Complaint, 1);
    assert!(hear(first.clone(), Suppression::Complaint, 30).is_empty());
    let second = hear(first, Suppression::Complaint, 40);
    assert!(second.messages.is_empty());
    assert_eq!(
        customers(&second)[0].deliverability,
        stopped(&ann(), Suppression::Complaint, 40).deliverability
    );
}

#[test]
fn whatever_stopped_mail_is_lifted_with_its_reason() {
    for why in [
        Suppression::Bounce,
        Suppression::Listed,
        Suppression::Complaint,
    ] {
        let customer = stopped(&ann(), why, 1);
        let lifted = lift_suppression(customer, "a new mailbox", &time(day(2)).at(day(2)));
        assert_eq!(actions(&lifted), [Action::SuppressionLifted]);
        assert_eq!(
            lifted.audit[0].reason.as_ref().unwrap().as_str(),
            "a new mailbox"
        );
        let written = customers(&lifted)[0].clone();
        assert_eq!(written.deliverability, Deliverability::Deliverable);
        assert_eq!(written.reachable_since, Some(day(2)));
        assert!(lift_suppression(written, "again", &time(day(3)).at(day(3))).is_empty());
    }
}

#[test]
fn a_complaint_is_taken_back_by_a_correction_or_by_its_reader_and_nothing_else_is() {
    let complained = stopped(&ann(), Suppression::Complaint, 1);
    let correction = take_back_complaint(complained.clone(), "not spam", &time(day(2)).at(day(2)));
    assert_eq!(actions(&correction), [Action::SuppressionLifted]);
    let wanted = unmute(complained.clone(), &time(day(2)).at(day(2)));
    assert_eq!(actions(&wanted), [Action::SuppressionLifted]);
    let muted = Customer {
        muted: true,
        ..complained
    };
    let both = unmute(muted, &time(day(2)).at(day(2)));
    assert_eq!(
        actions(&both),
        [Action::MailResumed, Action::SuppressionLifted]
    );
    let written = customers(&both);
    assert_eq!(written.len(), 1);
    assert!(!written[0].muted && !written[0].has_complained());
    for why in [Suppression::Bounce, Suppression::Listed] {
        let gone = stopped(&ann(), why, 1);
        assert!(take_back_complaint(gone.clone(), "not spam", &time(day(2)).at(day(2))).is_empty());
        assert!(unmute(gone, &time(day(2)).at(day(2))).is_empty());
    }
}

#[test]
fn a_lead_says_once_a_day_that_mail_works_again_and_never_against_a_complaint() {
    let works = |customer, on| mail_works_again(customer, &time(day(on)).at(day(on)));
    let lifted = works(stopped(&ann(), Suppression::Bounce, 1), 1).unwrap();
    assert_eq!(actions(&lifted), [Action::SuppressionLifted]);
    let again = customers(&hear(customers(&lifted)[0].clone(), Suppression::Bounce, 1))[0].clone();
    let refusal = works(again.clone(), 1).unwrap_err();
    assert_eq!(refusal.code, Code::LimitReached);
    assert!(!works(again, 2).unwrap().is_empty());
    let complained = stopped(&ann(), Suppression::Complaint, 1);
    assert_eq!(works(complained, 9).unwrap_err().code, Code::NotAllowed);
    assert!(works(customer(&ann()), 9).unwrap().is_empty());
}

fn unreachable() -> Facts {
    Facts {
        unreachable: true,
        ..Facts::default()
    }
}

#[test]
fn whom_no_mail_reaches_is_neither_warned_nor_removed() {
    let quiet = tick(&member(&ann()), &acme(), &unreachable(), day(90));
    let held = Some(Transition::Spare(Exemption::Unreachable));
    assert_eq!(quiet, held);
    for on in [97, 104] {
        let late = tick(&warned(&ann(), day(90)), &acme(), &unreachable(), day(on));
        assert_eq!(late, held, "day {on}");
    }
    let watched = tick(&member(&ann()), &observing(), &unreachable(), day(90));
    assert_eq!(
        watched,
        Some(Transition::WouldSpare(Exemption::Unreachable))
    );
    // For who is exempt for another reason nobody has to be asked.
    let marked = Membership {
        exempt: true,
        ..member(&ann())
    };
    let answer = tick(&marked, &acme(), &unreachable(), day(90));
    assert_eq!(answer, Some(Transition::Spare(Exemption::Marked)));
}

#[test]
fn whom_mail_did_not_reach_for_a_time_after_the_warning_is_warned_anew() {
    let back = |on| Facts {
        reachable_since: Some(day(on)),
        ..Facts::default()
    };
    let late = |facts: Facts| tick(&warned(&ann(), day(90)), &acme(), &facts, day(104));
    assert_eq!(late(back(89)), Some(Transition::Remove));
    assert_eq!(late(back(90)), Some(Transition::Warn));
    assert_eq!(late(back(103)), Some(Transition::Warn));
    let anew = carry_out(
        &Transition::Warn,
        due(warned(&ann(), day(90)), start()),
        &time(day(104)).at(day(104)),
    );
    assert!(matches!(
        membership(&anew).state,
        State::Warned { grace_until, .. } if grace_until == day(118)
    ));
}

#[test]
fn the_leads_are_told_of_all_whom_no_mail_reaches_and_again_after_a_month() {
    let people = || {
        vec![
            due(member(&ann()), start()),
            due(warned(&bob(), day(80)), start()),
        ]
    };
    let told = Told::Leads(vec![lena()]);
    let held = hold_unreachable(&acme(), told, people(), &time(day(94)).at(day(94)));
    assert_eq!(mails(&held), [to("unreachable_held", &lena())]);
    let Mail::UnreachableHeld { people: named, .. } = mail(&held) else {
        panic!("it says whom");
    };
    assert!(*named == [ann(), bob()]);
    // A warning that cannot have been read is void.
    assert_eq!(actions(&held), [Action::MemberKept]);
    for change in &held.changes {
        let domain::Change::Membership(membership) = change else {
            panic!("only memberships change");
        };
        assert_eq!(
            (&membership.state, membership.due_at),
            (&State::Active, Some(day(124)))
        );
    }
    let told = Told::Administrators(vec![admin()]);
    let held = hold_unreachable(&acme(), told, people(), &time(day(94)).at(day(94)));
    assert_eq!(mails(&held), [to("unreachable_held", &admin())]);
    assert_eq!(held.messages[0].org, None, "they have no console");
}
