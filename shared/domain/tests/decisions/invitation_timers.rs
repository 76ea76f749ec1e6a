//! The effect of time on an invitation, and on deadlines that were moved.

use domain::{
    Action, Membership,
    decide::{Facts, Transition, carry_out, tick},
    membership::{ClosedReason, OffboardReason, State},
};

use super::inactivity::due;
use crate::{
    read::{actions, mails, membership, org, to},
    world::{acme, ann, day, invited, member, start, time, warned},
};

#[test]
fn an_invitee_is_reminded_once_and_then_the_invitation_lapses() {
    let answer = tick(&invited(&ann()), &acme(), &Facts::default(), day(7));
    assert_eq!(answer, Some(Transition::RemindInvitee));
    let outcome = carry_out(
        &Transition::RemindInvitee,
        due(invited(&ann()), start()),
        &time(day(7)).at(day(7)),
    );
    let reminded = membership(&outcome).clone();
    assert_eq!(reminded.due_at, Some(day(14)));
    assert_eq!(mails(&outcome), [to("invitation_reminder", &ann())]);
    assert_eq!(actions(&outcome), [Action::InvitationReminded]);

    assert_eq!(
        tick(&reminded, &acme(), &Facts::default(), day(14)),
        Some(Transition::Lapse)
    );
    let outcome = carry_out(
        &Transition::Lapse,
        due(reminded, start()),
        &time(day(14)).at(day(14)),
    );
    assert_eq!(
        membership(&outcome).state,
        State::Closed {
            why: ClosedReason::Expired
        }
    );
    assert_eq!(org(&outcome).unwrap().seats_used, 2);
    assert_eq!(actions(&outcome), [Action::InvitationExpired]);
    assert!(outcome.messages.is_empty());
}

#[test]
fn a_sweep_that_slept_lets_the_invitation_lapse_without_a_reminder() {
    let answer = tick(&invited(&ann()), &acme(), &Facts::default(), day(300));
    assert_eq!(answer, Some(Transition::Lapse));
}

#[test]
fn a_question_that_no_administrator_answers_lapses_and_no_seat_comes_back() {
    let proposed = Membership {
        state: State::Proposed {
            note: None,
            expires_at: day(14),
        },
        due_at: Some(day(14)),
        ..invited(&ann())
    };
    assert_eq!(
        tick(&proposed, &acme(), &Facts::default(), day(14)),
        Some(Transition::Lapse)
    );
    let outcome = carry_out(
        &Transition::Lapse,
        due(proposed, start()),
        &time(day(14)).at(day(14)),
    );
    assert_eq!(org(&outcome), None);
    assert_eq!(
        outcome.audit[0].reason.as_ref().unwrap().as_str(),
        "no administrator answered in time"
    );
}

#[test]
fn a_deadline_that_was_moved_is_only_set_anew() {
    let proposed = Membership {
        state: State::Proposed {
            note: None,
            expires_at: day(14),
        },
        ..invited(&ann())
    };
    let reminded = Membership {
        state: State::Invited {
            note: None,
            expires_at: day(14),
            reminded: true,
        },
        ..invited(&ann())
    };
    let warned = Membership {
        due_at: Some(day(3)),
        ..warned(&ann(), day(2))
    };
    let left = Membership {
        state: State::OffBoarded {
            why: OffboardReason::Left,
            undo_until: day(40),
            hand_over_to: None,
        },
        ..member(&ann())
    };
    for membership in [proposed, reminded, invited(&ann()), warned, left] {
        let early = Membership {
            due_at: Some(day(3)),
            ..membership
        };
        let answer = tick(&early, &acme(), &Facts::default(), day(3));
        assert_eq!(answer, Some(Transition::Postpone), "{:?}", early.state);
        let outcome = carry_out(
            &Transition::Postpone,
            due(early, start()),
            &time(day(3)).at(day(3)),
        );
        assert!(crate::read::membership(&outcome).due_at.unwrap() > day(3));
    }
}
