//! The acts of a lead on their roster.

use domain::{
    Action, Code, Mail, Membership, Organization, Role,
    decide::{keep_by_lead, resend, set_exempt, set_role, withdraw},
    link::Purpose,
    membership::{ClosedReason, State},
    message::Opens,
    organization::{InvitedToday, day_of},
};

use crate::{
    read::{actions, mails, membership, org, to},
    world::{acme, ann, bob, day, invited, lena, member, posted, warned},
};

fn by_lead() -> domain::Proof {
    posted(&lena(), Purpose::LeadConsole)
}

#[test]
fn a_withdrawn_invitation_frees_its_seat_and_its_link_is_dead() {
    let outcome = withdraw(acme(), invited(&ann()), &by_lead().at(day(3))).unwrap();
    assert_eq!(org(&outcome).unwrap().seats_used, 2);
    assert_eq!(
        membership(&outcome).state,
        State::Closed {
            why: ClosedReason::Withdrawn
        }
    );
    assert_eq!(membership(&outcome).epoch, 0);
    assert_eq!(actions(&outcome), [Action::InvitationWithdrawn]);
    assert!(withdraw(acme(), member(&ann()), &by_lead().at(day(3))).is_err());
}

#[test]
fn an_invitation_sent_again_has_a_new_deadline_and_a_new_reminder_and_counts_for_the_day() {
    let reminded = Membership {
        state: State::Invited {
            note: None,
            expires_at: day(14),
            reminded: true,
        },
        ..invited(&ann())
    };
    let outcome = resend(acme(), reminded, &by_lead().at(day(10))).unwrap();
    let again = membership(&outcome);
    assert!(matches!(
        &again.state,
        State::Invited { expires_at, reminded: false, .. } if *expires_at == day(24)
    ));
    assert_eq!(again.due_at, Some(day(17)));
    assert_eq!(
        org(&outcome).unwrap().invited,
        InvitedToday {
            day: day_of(day(10)),
            count: 1
        }
    );
    assert_eq!(
        org(&outcome).unwrap().seats_used,
        3,
        "the seat was taken before"
    );
    assert_eq!(mails(&outcome), [to("invitation", &ann())]);
    assert_eq!(actions(&outcome), [Action::InvitationResent]);
}

#[test]
fn only_an_open_invitation_is_sent_again_and_not_past_the_days_limit() {
    let over = Membership {
        access_until: Some(day(5)),
        ..invited(&ann())
    };
    for (membership, now) in [
        (invited(&ann()), day(14)),
        (over, day(5)),
        (member(&ann()), day(5)),
    ] {
        let refusal = resend(acme(), membership, &by_lead().at(now)).unwrap_err();
        assert_eq!(refusal.code, Code::NotPossibleNow);
    }
    let mut busy = acme();
    busy.policy.invite_daily_limit = 0;
    let refusal = resend(busy, invited(&ann()), &by_lead().at(day(5))).unwrap_err();
    assert_eq!(refusal.code, Code::DailyLimitReached);
}

#[test]
fn a_form_posted_twice_in_one_instant_sends_one_mail() {
    let first = resend(acme(), invited(&ann()), &by_lead().at(day(5))).unwrap();
    let again = membership(&first).clone();
    assert!(
        resend(acme(), again, &by_lead().at(day(5)))
            .unwrap()
            .is_empty()
    );
}

#[test]
fn a_lead_keeps_a_colleague_and_the_warning_is_void() {
    let outcome = keep_by_lead(&acme(), warned(&ann(), day(90)), &by_lead().at(day(95))).unwrap();
    let kept = membership(&outcome);
    assert_eq!(
        (&kept.state, kept.kept_at, kept.due_at),
        (&State::Active, Some(day(95)), Some(day(185)))
    );
    assert_eq!(actions(&outcome), [Action::MemberKept]);
    let again = keep_by_lead(&acme(), kept.clone(), &by_lead().at(day(95))).unwrap();
    assert!(again.is_empty());
    assert!(keep_by_lead(&acme(), invited(&ann()), &by_lead().at(day(95))).is_err());
}

#[test]
fn a_member_becomes_a_lead_and_a_lead_a_member_whose_console_link_ends() {
    let up = set_role(acme(), member(&ann()), Role::Lead, &by_lead().at(day(1))).unwrap();
    assert!(org(&up).unwrap().leads.contains(&ann()));
    assert_eq!(
        (membership(&up).role, membership(&up).epoch),
        (Role::Lead, 0)
    );
    assert_eq!(actions(&up), [Action::RoleChanged]);
    assert_eq!(up.messages.len(), 1);
    assert_eq!(up.messages[0].to, [ann()]);
    let opens_console = |mail: &Mail| {
        let opens = Opens::LeadConsole;
        matches!(mail, Mail::YourLink { opens: one, .. } if *one == opens)
    };
    assert!(opens_console(&up.messages[0].mail));

    let two = org(&up).unwrap().clone();
    let lead = membership(&up).clone();
    let down = set_role(two, lead, Role::Member, &by_lead().at(day(2))).unwrap();
    assert!(!org(&down).unwrap().leads.contains(&ann()));
    assert_eq!(
        (membership(&down).role, membership(&down).epoch),
        (Role::Member, 0)
    );
    assert!(down.messages.is_empty());
    // Whoever leads again, in the same instant even, is sent a link of their own to it.
    let mut two = org(&down).unwrap().clone();
    two.leads.insert(lena());
    let again = set_role(
        two,
        membership(&down).clone(),
        Role::Lead,
        &by_lead().at(day(1)),
    );
    assert!(membership(&again.unwrap()).round > membership(&up).round);
}

#[test]
fn the_last_lead_stays_one_and_a_role_that_is_so_already_changes_nothing() {
    let last = Membership {
        role: Role::Lead,
        ..member(&lena())
    };
    let refusal = set_role(acme(), last, Role::Member, &by_lead().at(day(1))).unwrap_err();
    assert_eq!(refusal.code, Code::LastLead);
    let same = set_role(acme(), member(&ann()), Role::Member, &by_lead().at(day(1))).unwrap();
    assert!(same.is_empty());
    let refusal = set_role(acme(), invited(&ann()), Role::Lead, &by_lead().at(day(1))).unwrap_err();
    assert_eq!(refusal.code, Code::NotAMember);
}

#[test]
fn somebody_is_marked_as_exempt_by_hand_and_unmarked() {
    let marked = set_exempt(member(&ann()), true, &by_lead().at(day(1))).unwrap();
    assert!(membership(&marked).exempt);
    assert_eq!(actions(&marked), [Action::ExemptionChanged]);
    let marked = membership(&marked).clone();
    assert!(
        set_exempt(marked.clone(), true, &by_lead().at(day(1)))
            .unwrap()
            .is_empty()
    );
    assert!(!membership(&set_exempt(marked, false, &by_lead().at(day(2))).unwrap()).exempt);
    assert!(set_exempt(invited(&ann()), true, &by_lead().at(day(1))).is_err());
}

#[test]
fn seats_and_leads_are_asked_of_the_organisation() {
    let org = Organization {
        seats_used: 9,
        ..acme()
    };
    assert!(org.has_free_seat());
    assert!(org.is_last_lead(&lena()) && !org.is_last_lead(&bob()));
}
