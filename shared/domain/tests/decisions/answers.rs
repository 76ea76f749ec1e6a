//! Answers from links: to invitations, exceptions and warnings.

use domain::{
    Action, Actor, Code, Membership, Organization, Role, Timestamp,
    decide::{accept, allow_exception, decline, keep_access, refuse_exception},
    link::Purpose,
    membership::{ClosedReason, Leaving, OffboardReason, State},
};

use crate::{
    read::{actions, customers, mails, membership, org, to},
    world::{
        acme, admin, ann, bob, customer, day, delivery, invited, lena, member, posted, warned, zoe,
    },
};

fn proposed() -> Membership {
    Membership {
        state: State::Proposed {
            note: None,
            expires_at: day(14),
        },
        ..invited(&zoe())
    }
}

fn accepting(membership: Membership, now: Timestamp) -> Result<domain::Outcome, domain::Refusal> {
    let proof = posted(&ann(), Purpose::AcceptInvitation);
    accept(acme(), membership, None, &proof.at(now))
}

#[test]
fn accepting_begins_access_and_counts_as_activity() {
    let outcome = accepting(invited(&ann()), day(2)).unwrap();
    let new = membership(&outcome);
    assert_eq!((&new.state, new.joined_at), (&State::Active, Some(day(2))));
    assert_eq!(new.due_at, Some(day(92)));
    assert_eq!(org(&outcome), None, "the seat was taken by the invitation");
    assert_eq!(customers(&outcome)[0].last_active_at, Some(day(2)));
    assert_eq!(mails(&outcome), [to("welcome", &ann())]);
    assert_eq!(actions(&outcome), [Action::InvitationAccepted]);
}

#[test]
fn who_was_active_today_already_costs_no_write() {
    let active = domain::Customer {
        last_active_at: Some(day(2)),
        ..customer(&ann())
    };
    let proof = posted(&ann(), Purpose::AcceptInvitation);
    let outcome = accept(acme(), invited(&ann()), Some(active), &proof.at(day(2))).unwrap();
    assert!(customers(&outcome).is_empty());
}

#[test]
fn a_lead_who_accepts_leads() {
    let lead = Membership {
        role: Role::Lead,
        ..invited(&ann())
    };
    let outcome = accepting(lead, day(2)).unwrap();
    assert!(org(&outcome).unwrap().leads.contains(&ann()));
}

#[test]
fn an_invitation_is_open_until_its_last_instant_and_no_longer_swept_or_not() {
    let last = day(14) - jiff::SignedDuration::from_millis(1);
    assert!(accepting(invited(&ann()), last).is_ok());
    let refusal = accepting(invited(&ann()), day(14)).unwrap_err();
    assert_eq!(refusal.code, Code::NotPossibleNow);
}

#[test]
fn an_invitation_is_not_accepted_into_an_access_that_is_over() {
    let until = Membership {
        access_until: Some(day(2)),
        ..invited(&ann())
    };
    assert!(accepting(until, day(2)).is_err());
    let leaving = Leaving {
        at: day(2),
        why: OffboardReason::Left,
        hand_over_to: None,
        by: Actor::Person(lena()),
    };
    let leaving = Membership {
        leaving: Some(leaving),
        ..invited(&ann())
    };
    assert!(accepting(leaving, day(2)).is_err());
}

#[test]
fn what_is_not_invited_is_not_accepted() {
    let closed = Membership {
        state: State::Closed {
            why: ClosedReason::Withdrawn,
        },
        ..invited(&ann())
    };
    for membership in [member(&ann()), warned(&ann(), day(1)), closed, proposed()] {
        assert_eq!(
            accepting(membership, day(2)).unwrap_err().code,
            Code::NotPossibleNow
        );
    }
}

#[test]
fn declining_frees_the_seat_and_tells_the_inviter() {
    let proof = posted(&ann(), Purpose::AcceptInvitation);
    let outcome = decline(acme(), invited(&ann()), &proof.at(day(2))).unwrap();
    assert_eq!(org(&outcome).unwrap().seats_used, 2);
    let closed = membership(&outcome);
    assert_eq!(
        closed.state,
        State::Closed {
            why: ClosedReason::Declined
        }
    );
    assert_eq!(closed.epoch, 0, "what is their own is none of its business");
    assert_eq!(
        closed.due_at,
        Some(day(32)),
        "and forgotten when nobody can undo it"
    );
    assert_eq!(mails(&outcome), [to("invitation_declined", &lena())]);
    assert_eq!(
        outcome.messages[0].org,
        Some(acme().id),
        "a lead's mail opens the console"
    );
    assert_eq!(actions(&outcome), [Action::InvitationDeclined]);
}

#[test]
fn an_inviter_who_leads_nobody_is_told_beside_those_who_do_and_a_system_is_told_nothing() {
    let proof = posted(&ann(), Purpose::AcceptInvitation);
    let by_zoe = Membership {
        invited_by: Actor::Person(zoe()),
        ..invited(&ann())
    };
    let mut org = acme();
    org.leads = [lena(), bob()].into();
    for outcome in [
        decline(org.clone(), by_zoe.clone(), &proof.at(day(2))).unwrap(),
        refuse_exception(
            org,
            Membership {
                invited_by: Actor::Person(zoe()),
                ..proposed()
            },
            &proof.at(day(2)),
        )
        .unwrap(),
    ] {
        assert_eq!(outcome.messages[0].to, [bob(), lena(), zoe()]);
        // Named in any case: so a leaver's copy is left out, and only a lead's opens the console.
        assert_eq!(outcome.messages[0].org, Some(acme().id));
    }
    let by_hr = Membership {
        invited_by: Actor::Source("hr".parse().unwrap()),
        ..invited(&ann())
    };
    let outcome = decline(acme(), by_hr, &proof.at(day(2))).unwrap();
    assert!(outcome.messages.is_empty());
}

#[test]
fn an_allowed_exception_is_an_invitation_by_who_asked() {
    let proof = posted(&admin(), Purpose::DecideInvitation);
    let outcome = allow_exception(acme(), proposed(), &proof.at(day(2))).unwrap();
    assert_eq!(org(&outcome).unwrap().seats_used, 4);
    let new = membership(&outcome);
    assert!(matches!(&new.state, State::Invited { expires_at, .. } if *expires_at == day(16)));
    assert_eq!(new.invited_by, Actor::Person(lena()));
    let told = [to("invitation", &zoe()), to("exception_allowed", &lena())];
    assert_eq!(mails(&outcome), told);
    assert_eq!(outcome.audit[0].actor, Actor::Person(admin()));
}

#[test]
fn an_exception_is_allowed_only_into_a_free_seat_and_in_time() {
    let proof = posted(&admin(), Purpose::DecideInvitation);
    let full = Organization {
        seats_used: 10,
        ..acme()
    };
    let refusal = allow_exception(full, proposed(), &proof.at(day(2))).unwrap_err();
    assert_eq!(refusal.code, Code::SeatCapReached);
    let over = Membership {
        access_until: Some(day(2)),
        ..proposed()
    };
    for (membership, now) in [
        (proposed(), day(14)),
        (over, day(2)),
        (invited(&zoe()), day(2)),
    ] {
        let refusal = allow_exception(acme(), membership, &proof.at(now)).unwrap_err();
        assert_eq!(refusal.code, Code::NotPossibleNow);
    }
}

#[test]
fn a_refused_exception_tells_who_asked_and_touches_no_seat() {
    let proof = posted(&admin(), Purpose::DecideInvitation);
    let outcome = refuse_exception(acme(), proposed(), &proof.at(day(2))).unwrap();
    assert_eq!(org(&outcome), None);
    assert_eq!(
        membership(&outcome).state,
        State::Closed {
            why: ClosedReason::Refused
        }
    );
    assert_eq!(mails(&outcome), [to("exception_refused", &lena())]);
    assert_eq!(actions(&outcome), [Action::ExceptionRefused]);
    assert!(refuse_exception(acme(), member(&ann()), &proof.at(day(2))).is_err());
}

#[test]
fn keeping_access_voids_the_warning_also_when_the_grace_is_over_and_nobody_came() {
    let proof = posted(&ann(), Purpose::KeepAccess);
    let (warned, now) = (warned(&ann(), day(90)), day(110));
    let outcome = keep_access(&acme(), warned, Some(customer(&ann())), &proof.at(now)).unwrap();
    let kept = membership(&outcome);
    assert_eq!(
        (&kept.state, kept.kept_at, kept.since),
        (&State::Active, Some(now), now)
    );
    assert_eq!(kept.due_at, Some(day(200)));
    assert_eq!(customers(&outcome)[0].last_active_at, Some(now));
    assert_eq!(actions(&outcome), [Action::MemberKept]);
}

#[test]
fn keeping_access_unwarned_is_noted_and_posted_twice_it_is_noted_once() {
    let proof = posted(&ann(), Purpose::KeepAccess);
    let outcome = keep_access(&acme(), member(&ann()), None, &proof.at(day(5))).unwrap();
    let kept = membership(&outcome).clone();
    assert_eq!(
        (kept.since, kept.kept_at),
        (member(&ann()).since, Some(day(5)))
    );
    let again = keep_access(&acme(), kept, None, &proof.at(day(5))).unwrap();
    assert!(again.is_empty());
}

#[test]
fn without_access_there_is_nothing_to_keep() {
    let refusal = keep_access(&acme(), invited(&ann()), None, &delivery().at(day(5))).unwrap_err();
    assert_eq!(refusal.code, Code::NotPossibleNow);
}
