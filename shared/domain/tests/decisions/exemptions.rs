//! The people whom the sweep spares, and those whom it only reports.

use domain::{
    Action, Membership, Organization, Role,
    decide::{Due, Facts, Transition, carry_out, tick},
    membership::State,
    policy::Mode,
    sweep::Exemption,
};

use super::inactivity::due;
use crate::{
    read::{actions, mails, membership, to},
    world::{acme, admin, ann, bob, day, lena, member, start, time, warned},
};

pub(crate) fn observing() -> Organization {
    let mut org = acme();
    org.policy.inactivity.mode = Mode::Observe;
    org
}

#[test]
fn the_exempt_are_spared_with_the_reason_and_looked_at_again_in_a_week() {
    let marked = Membership {
        exempt: true,
        ..member(&ann())
    };
    let lead = Membership {
        email: lena(),
        role: Role::Lead,
        ..member(&ann())
    };
    let open = Facts {
        open_requests: true,
        ..Facts::default()
    };
    for (membership, facts, why) in [
        (marked, Facts::default(), Exemption::Marked),
        (lead, Facts::default(), Exemption::Lead),
        (member(&ann()), open, Exemption::OpenRequest),
    ] {
        let answer = tick(&membership, &acme(), &facts, day(90));
        assert_eq!(answer, Some(Transition::Spare(why)));
        let watched = tick(&membership, &observing(), &facts, day(90));
        assert_eq!(watched, Some(Transition::WouldSpare(why)));
        let outcome = carry_out(
            &Transition::Spare(why),
            due(membership, start()),
            &time(day(90)).at(day(90)),
        );
        let spared = crate::read::membership(&outcome);
        assert_eq!(
            (&spared.state, spared.due_at),
            (&State::Active, Some(day(97)))
        );
        assert!(outcome.audit.is_empty() && outcome.messages.is_empty());
    }
}

#[test]
fn without_the_exemption_in_the_policy_nobody_is_spared() {
    let mut org = acme();
    org.policy.inactivity.exempt_leads = false;
    org.policy.inactivity.exempt_open_requests = false;
    let open = Facts {
        open_requests: true,
        ..Facts::default()
    };
    let lead = Membership {
        email: lena(),
        role: Role::Lead,
        ..member(&ann())
    };
    assert_eq!(tick(&lead, &org, &open, day(90)), Some(Transition::Warn));
}

#[test]
fn whoever_became_exempt_after_the_warning_is_no_longer_warned() {
    let marked = Membership {
        exempt: true,
        ..warned(&ann(), day(90))
    };
    let answer = tick(&marked, &acme(), &Facts::default(), day(97));
    assert_eq!(answer, Some(Transition::Spare(Exemption::Marked)));
    let outcome = carry_out(
        &Transition::Spare(Exemption::Marked),
        due(marked, start()),
        &time(day(97)).at(day(97)),
    );
    assert_eq!(membership(&outcome).state, State::Active);
    assert_eq!(membership(&outcome).due_at, Some(day(104)));
    assert_eq!(actions(&outcome), [Action::MemberKept]);
    assert_eq!(
        outcome.audit[0].reason.as_ref().unwrap().as_str(),
        "is exempt: was marked by hand"
    );
}

#[test]
fn the_last_lead_is_not_removed_and_the_administrators_are_told() {
    let mut org = acme();
    org.policy.inactivity.exempt_leads = false;
    let lead = Membership {
        role: Role::Lead,
        due_at: Some(day(104)),
        ..warned(&lena(), day(90))
    };
    let answer = tick(&lead, &org, &Facts::default(), day(104));
    assert_eq!(answer, Some(Transition::Spare(Exemption::LastLead)));
    let mut watched = observing();
    watched.policy.inactivity.exempt_leads = false;
    let answer = tick(&lead, &watched, &Facts::default(), day(104));
    assert_eq!(answer, Some(Transition::WouldSpare(Exemption::LastLead)));

    let spare = Due {
        org: org.clone(),
        ..due(lead.clone(), start())
    };
    let outcome = carry_out(
        &Transition::Spare(Exemption::LastLead),
        spare,
        &time(day(104)).at(day(104)),
    );
    assert_eq!(mails(&outcome), [to("last_lead_spared", &admin())]);
    assert_eq!(membership(&outcome).state, State::Active);

    org.leads.insert(bob());
    let answer = tick(&lead, &org, &Facts::default(), day(104));
    assert_eq!(answer, Some(Transition::Remove), "one of two leads may go");
}

#[test]
fn observing_reports_and_touches_nothing() {
    let over = Membership {
        due_at: Some(day(104)),
        ..warned(&ann(), day(90))
    };
    let quiet = tick(&member(&ann()), &observing(), &Facts::default(), day(90));
    assert_eq!(quiet, Some(Transition::WouldWarn));
    let late = tick(&over, &observing(), &Facts::default(), day(104));
    assert_eq!(late, Some(Transition::WouldRemove));
    let reminder = tick(
        &warned(&ann(), day(90)),
        &observing(),
        &Facts::default(),
        day(97),
    );
    assert_eq!(reminder, None);
    for transition in [
        Transition::WouldWarn,
        Transition::WouldRemove,
        Transition::WouldSpare(Exemption::Lead),
        Transition::HandOver,
    ] {
        let outcome = carry_out(
            &transition,
            due(over.clone(), start()),
            &time(day(104)).at(day(104)),
        );
        assert!(outcome.is_empty());
    }
}
