//! Quiet members: warned, reminded, removed; kept, spared, or only reported.

use domain::{
    Action, Change, Days, Mail, Membership, Timestamp, Version,
    decide::{Due, Facts, Transition, carry_out, tick},
    membership::{OffboardReason, State},
};

use super::exemptions::observing;
use crate::{
    read::{actions, mail, mails, membership, org, to},
    world::{acme, ann, customer, day, member, minutes, start, support, time, warned},
};

fn active_at(at: Timestamp) -> Facts {
    Facts {
        last_active: Some(at),
        ..Facts::default()
    }
}

pub(crate) fn due(membership: Membership, last_active: Timestamp) -> Due {
    Due {
        org: acme(),
        desk: Some(support()),
        customer: Some(domain::Customer {
            last_active_at: Some(last_active),
            ..customer(&membership.email)
        }),
        membership,
        successor: None,
        open_requests: 0,
    }
}

#[test]
fn before_its_deadline_nothing_happens_to_a_membership() {
    assert_eq!(
        tick(&member(&ann()), &acme(), &Facts::default(), day(89)),
        None
    );
    let without = Membership {
        due_at: None,
        ..member(&ann())
    };
    assert_eq!(tick(&without, &acme(), &Facts::default(), day(900)), None);
}

#[test]
fn ninety_quiet_days_bring_a_warning_with_the_whole_grace() {
    let answer = tick(&member(&ann()), &acme(), &Facts::default(), day(90));
    assert_eq!(answer, Some(Transition::Warn));
    let outcome = carry_out(
        &Transition::Warn,
        due(member(&ann()), start()),
        &time(day(90)).at(day(90)),
    );
    let warned = membership(&outcome);
    assert_eq!(
        warned.state,
        State::Warned {
            at: day(90),
            grace_until: day(104),
            reminded: None
        }
    );
    assert_eq!(warned.due_at, Some(day(97)));
    assert_eq!(mails(&outcome), [to("inactivity_warning", &ann())]);
    assert_eq!(actions(&outcome), [Action::MemberWarned]);
    assert_eq!(outcome.changes.len(), 1);
}

#[test]
fn a_sweep_that_slept_for_a_year_warns_first() {
    let answer = tick(&member(&ann()), &acme(), &Facts::default(), day(455));
    assert_eq!(answer, Some(Transition::Warn));
    let outcome = carry_out(
        &Transition::Warn,
        due(member(&ann()), start()),
        &time(day(455)).at(day(455)),
    );
    assert!(matches!(
        membership(&outcome).state,
        State::Warned { grace_until, .. } if grace_until == day(469)
    ));
}

#[test]
fn any_activity_only_moves_the_deadline() {
    let answer = tick(&member(&ann()), &acme(), &active_at(day(30)), day(90));
    assert_eq!(answer, Some(Transition::Postpone));
    let outcome = carry_out(
        &Transition::Postpone,
        due(member(&ann()), day(30)),
        &time(day(90)).at(day(90)),
    );
    assert_eq!(membership(&outcome).due_at, Some(day(120)));
    assert!(outcome.audit.is_empty() && outcome.messages.is_empty());
    let kept = Membership {
        kept_at: Some(day(80)),
        ..member(&ann())
    };
    assert_eq!(
        tick(&kept, &acme(), &Facts::default(), day(90)),
        Some(Transition::Postpone)
    );
}

#[test]
fn a_warned_member_is_reminded_at_seven_days_and_at_one() {
    let warned = warned(&ann(), day(90));
    assert_eq!(tick(&warned, &acme(), &Facts::default(), day(96)), None);
    let answer = tick(&warned, &acme(), &Facts::default(), day(97));
    assert_eq!(answer, Some(Transition::Remind(Days(7))));
    let outcome = carry_out(
        &Transition::Remind(Days(7)),
        due(warned, start()),
        &time(day(97)).at(day(97)),
    );
    let reminded = membership(&outcome).clone();
    assert_eq!(reminded.due_at, Some(day(103)));
    assert!(
        matches!(mail(&outcome), Mail::InactivityWarning { reminder: true, grace_until, .. } if *grace_until == day(104))
    );
    assert_eq!(actions(&outcome), [Action::MemberReminded]);
    assert_eq!(tick(&reminded, &acme(), &Facts::default(), day(97)), None);
    let answer = tick(&reminded, &acme(), &Facts::default(), day(103));
    assert_eq!(answer, Some(Transition::Remind(Days(1))));
}

#[test]
fn a_missed_reminder_is_not_made_up_for() {
    let answer = tick(
        &warned(&ann(), day(90)),
        &acme(),
        &Facts::default(),
        day(103),
    );
    assert_eq!(answer, Some(Transition::Remind(Days(1))));
}

#[test]
fn a_reminder_as_far_ahead_as_the_grace_is_long_is_the_warning_itself() {
    let mut longer = due(member(&ann()), start());
    longer.org.policy.inactivity.remind_days_before = vec![Days(30), Days(14), Days(7)];
    let org = longer.org.clone();
    let outcome = carry_out(&Transition::Warn, longer, &time(day(90)).at(day(90)));
    assert_eq!(membership(&outcome).due_at, Some(day(97)));
    assert_eq!(
        tick(membership(&outcome), &org, &Facts::default(), day(90)),
        None
    );
}

#[test]
fn the_grace_ends_access_to_the_instant_and_not_before() {
    let warned = Membership {
        due_at: Some(day(104)),
        ..warned(&ann(), day(90))
    };
    let before = minutes(day(104), -1);
    assert_eq!(tick(&warned, &acme(), &Facts::default(), before), None);
    assert_eq!(
        tick(&warned, &acme(), &Facts::default(), day(104)),
        Some(Transition::Remove)
    );
    let outcome = carry_out(
        &Transition::Remove,
        due(warned, start()),
        &time(day(104)).at(day(104)),
    );
    assert!(matches!(
        membership(&outcome).state,
        State::OffBoarded {
            why: OffboardReason::Inactive,
            ..
        }
    ));
    assert_eq!(org(&outcome).unwrap().seats_used, 2);
    assert_eq!(
        mails(&outcome),
        [to("access_ended", &ann())],
        "the lead gets the run's digest"
    );
    assert!(outcome.changes.contains(&Change::CustomerUnchanged {
        email: ann(),
        version: Version(1)
    }));
}

#[test]
fn somebody_never_seen_is_removed_only_if_still_nobody_has_seen_them() {
    let unseen = Due {
        customer: None,
        ..due(warned(&ann(), day(90)), start())
    };
    let outcome = carry_out(&Transition::Remove, unseen, &time(day(104)).at(day(104)));
    assert!(outcome.changes.contains(&Change::CustomerUnchanged {
        email: ann(),
        version: Version::NEW
    }));
}

#[test]
fn activity_after_the_warning_cancels_it_also_on_its_own_day_and_after_the_grace() {
    let warned = warned(&ann(), day(90));
    for (active, now) in [(day(90), day(97)), (day(95), day(97)), (day(103), day(400))] {
        let mut org = acme();
        org.policy.inactivity.warn_after_days = Days(1_000);
        let answer = tick(&warned, &org, &active_at(active), now);
        assert_eq!(
            answer,
            Some(Transition::Keep),
            "active on {active}, looked at on {now}"
        );
    }
    let outcome = carry_out(
        &Transition::Keep,
        due(warned.clone(), day(95)),
        &time(day(97)).at(day(97)),
    );
    assert_eq!(membership(&outcome).state, State::Active);
    assert_eq!(membership(&outcome).due_at, Some(day(185)));
    assert_eq!(actions(&outcome), [Action::MemberKept]);
    let before = tick(&warned, &acme(), &active_at(start()), day(104));
    assert_eq!(
        before,
        Some(Transition::Remove),
        "activity from before the quiet keeps nobody"
    );
}

#[test]
fn a_warning_that_overlooked_an_activity_is_void() {
    let warned = warned(&ann(), day(90));
    for now in [day(97), day(104)] {
        let answer = tick(&warned, &acme(), &active_at(day(89)), now);
        assert_eq!(answer, Some(Transition::Keep));
        // By then they have been quiet for long enough: they get a warning with its whole grace.
        let answer = tick(&warned, &acme(), &active_at(minutes(start(), 1)), now);
        assert_eq!(answer, Some(Transition::Warn));
    }
}

#[test]
fn whoever_was_active_after_a_warning_and_has_been_quiet_since_gets_a_new_one() {
    let warned = warned(&ann(), day(90));
    let answer = tick(&warned, &acme(), &active_at(day(95)), day(400));
    assert_eq!(answer, Some(Transition::Warn));
    let kept = tick(&warned, &observing(), &active_at(day(95)), day(400));
    assert_eq!(kept, Some(Transition::Keep));
}

#[test]
fn a_policy_without_quiet_days_or_grace_still_acts_once_in_an_instant() {
    let mut org = acme();
    org.policy.inactivity.warn_after_days = Days(0);
    org.policy.inactivity.grace_days = Days(0);
    org.policy.inactivity.remind_days_before.clear();
    let now = minutes(day(90), 60);
    let warned = Membership {
        state: State::Warned {
            at: now,
            grace_until: now,
            reminded: None,
        },
        due_at: Some(now),
        ..member(&ann())
    };
    assert_eq!(tick(&warned, &org, &active_at(start()), now), None);
    let later = tick(&warned, &org, &active_at(start()), minutes(now, 1));
    assert_eq!(later, Some(Transition::Remove));
    let same_day = tick(&warned, &org, &active_at(day(90)), now);
    assert_eq!(same_day, Some(Transition::Keep));
}
