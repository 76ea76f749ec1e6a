//! Invitations: their limits and effects.

use domain::{
    Action, Code, Days, Mail, Membership, Organization, Role, Version,
    decide::{AppointState, InviteState, Invited, Terms, appoint_lead, invite},
    desk::Desk,
    link::Purpose,
    membership::{ClosedReason, OffboardReason, State},
    organization::InvitedToday,
    organization::day_of,
    outcome::RowOutcome,
    policy::OutsideDomain,
};

use crate::{
    read::{actions, mail, mails, membership, org, to},
    world::{
        acme, admin, ann, bob, day, delivery, invited, lena, member, posted, start, support, zoe,
    },
};

fn terms() -> Terms {
    Terms {
        role: Role::Member,
        name: None,
        access_until: None,
        note: None,
    }
}

fn try_inviting(org: Organization, known: Option<Membership>) -> Invited {
    let state = InviteState {
        inviter: None,
        org,
        desk: Some(support()),
        membership: known,
        left: false,
    };
    let proof = posted(&lena(), Purpose::LeadConsole);
    invite(state, &ann(), &terms(), &proof.at(day(1)))
}

fn refused(invited: &Invited) -> Code {
    assert!(invited.outcome.is_empty(), "a refused row changes nothing");
    assert_eq!(invited.row, RowOutcome::Refused);
    invited.code.unwrap()
}

#[test]
fn an_invitation_takes_a_seat_and_sends_one_mail() {
    let done = try_inviting(acme(), None);
    assert_eq!((done.row, done.code), (RowOutcome::Invited, None));
    let new = membership(&done.outcome);
    assert_eq!(org(&done.outcome).unwrap().seats_used, 4);
    assert_eq!(org(&done.outcome).unwrap().invitations_left(day(1)), 999);
    assert!(matches!(&new.state, State::Invited { expires_at, .. } if *expires_at == day(15)));
    assert_eq!(new.due_at, Some(day(8)), "the reminder is what comes first");
    assert_eq!(new.version, Version::NEW);
    assert_eq!(mails(&done.outcome), [to("invitation", &ann())]);
    assert_eq!(actions(&done.outcome), [Action::MemberInvited]);
}

#[test]
fn whoever_has_access_or_an_open_invitation_is_a_member_already() {
    for known in [member(&ann()), invited(&ann())] {
        let done = try_inviting(acme(), Some(known));
        assert!(done.outcome.is_empty());
        assert_eq!((done.row, done.code), (RowOutcome::AlreadyMember, None));
    }
}

#[test]
fn an_invitation_whose_time_is_over_is_in_nobodys_way_and_keeps_its_seat() {
    let full = Organization {
        seats_used: 10,
        ..acme()
    };
    let over = Membership {
        state: State::Invited {
            note: None,
            expires_at: start(),
            reminded: true,
        },
        ..invited(&ann())
    };
    let done = try_inviting(full, Some(over));
    assert_eq!(done.row, RowOutcome::Invited);
    assert_eq!(org(&done.outcome).unwrap().seats_used, 10);
}

#[test]
fn the_seat_cap_is_reached_exactly() {
    let last = Organization {
        seats_used: 9,
        ..acme()
    };
    let done = try_inviting(last, None);
    assert_eq!(org(&done.outcome).unwrap().seats_used, 10);
    let full = Organization {
        seats_used: 10,
        ..acme()
    };
    assert_eq!(refused(&try_inviting(full, None)), Code::SeatCapReached);
}

#[test]
fn a_day_takes_no_more_invitations_than_its_limit_and_the_next_day_starts_anew() {
    let mut org = acme();
    org.policy.invite_daily_limit = 2;
    org.invited = InvitedToday {
        day: day_of(day(1)),
        count: 2,
    };
    assert_eq!(
        refused(&try_inviting(org.clone(), None)),
        Code::DailyLimitReached
    );
    org.invited.day = day_of(start());
    let done = try_inviting(org, None);
    let counted = crate::read::org(&done.outcome).unwrap().invited;
    assert_eq!(
        counted,
        InvitedToday {
            day: day_of(day(1)),
            count: 1
        }
    );
}

fn outside(desk: Option<Desk>, ask: OutsideDomain) -> Invited {
    let mut org = acme();
    org.policy.outside_domain = ask;
    let state = InviteState {
        inviter: None,
        org,
        desk,
        membership: None,
        left: false,
    };
    invite(state, &zoe(), &terms(), &delivery().at(day(1)))
}

#[test]
fn outside_the_domains_an_invitation_is_refused_before_any_other_limit() {
    let mut org = acme();
    org.policy.invite_daily_limit = 0;
    let state = InviteState {
        inviter: None,
        org,
        desk: Some(support()),
        membership: None,
        left: false,
    };
    let done = invite(state, &zoe(), &terms(), &delivery().at(day(1)));
    assert_eq!(refused(&done), Code::DomainNotAllowed);
    assert_eq!(
        refused(&outside(Some(support()), OutsideDomain::Refuse)),
        Code::DomainNotAllowed
    );
}

#[test]
fn without_domains_anyone_may_be_invited() {
    let mut org = acme();
    org.policy.allowed_domains.clear();
    let state = InviteState {
        inviter: None,
        org,
        desk: None,
        membership: None,
        left: false,
    };
    let done = invite(state, &zoe(), &terms(), &delivery().at(day(1)));
    assert_eq!(done.row, RowOutcome::Invited);
    assert!(matches!(
        mail(&done.outcome),
        Mail::Invitation { inviter: None, .. }
    ));
}

#[test]
fn an_exception_asks_the_administrators_and_takes_no_seat() {
    let done = outside(Some(support()), OutsideDomain::Ask);
    assert_eq!(
        (done.row, done.code),
        (RowOutcome::Refused, Some(Code::AwaitingApproval))
    );
    assert_eq!(org(&done.outcome).unwrap().seats_used, 3);
    assert_eq!(org(&done.outcome).unwrap().invited.count, 1);
    assert_eq!(membership(&done.outcome).due_at, Some(day(15)));
    assert_eq!(mails(&done.outcome), [to("exception_asked", &admin())]);
    assert_eq!(actions(&done.outcome), [Action::ExceptionAsked]);

    let again = InviteState {
        inviter: None,
        org: acme(),
        desk: Some(support()),
        membership: Some(membership(&done.outcome).clone()),
        left: false,
    };
    let again = invite(again, &zoe(), &terms(), &delivery().at(day(2)));
    assert_eq!(refused(&again), Code::AwaitingApproval);
}

#[test]
fn with_nobody_to_ask_an_exception_is_refused() {
    let nobody = Desk {
        administrators: [].into(),
        ..support()
    };
    for desk in [None, Some(nobody)] {
        assert_eq!(
            refused(&outside(desk, OutsideDomain::Ask)),
            Code::DomainNotAllowed
        );
    }
}

#[test]
fn an_end_of_access_in_the_past_is_refused() {
    let state = InviteState {
        inviter: None,
        org: acme(),
        desk: None,
        membership: None,
        left: false,
    };
    let terms = Terms {
        access_until: Some(day(1)),
        ..terms()
    };
    let done = invite(state, &ann(), &terms, &delivery().at(day(1)));
    assert_eq!(refused(&done), Code::DateInThePast);
}

#[test]
fn whoever_left_comes_back_by_an_invitation_but_their_old_links_do_not() {
    let left = Membership {
        state: State::OffBoarded {
            why: OffboardReason::Left,
            undo_until: day(30),
            hand_over_to: None,
        },
        name: Some("Ann Ash".parse().unwrap()),
        left_at: Some(start()),
        epoch: 3,
        exempt: true,
        version: Version(7),
        ..member(&ann())
    };
    let done = try_inviting(acme(), Some(left));
    let back = membership(&done.outcome);
    assert_eq!(done.row, RowOutcome::Invited);
    assert_eq!(
        (back.epoch, back.left_at, back.version),
        (3, Some(start()), Version(7))
    );
    assert!(!back.exempt, "an exemption is not inherited");
    assert_eq!(back.name.as_ref().unwrap().as_str(), "Ann Ash");
}

#[test]
fn who_declined_can_be_invited_again() {
    let closed = Membership {
        state: State::Closed {
            why: ClosedReason::Declined,
        },
        ..invited(&ann())
    };
    assert_eq!(try_inviting(acme(), Some(closed)).row, RowOutcome::Invited);
}

#[test]
fn terms_stand_in_the_membership_and_in_the_mail() {
    let terms = Terms {
        role: Role::Lead,
        name: Some("Bob Bay".parse().unwrap()),
        access_until: Some(day(20)),
        note: Some("Welcome aboard".parse().unwrap()),
    };
    let state = InviteState {
        inviter: None,
        org: acme(),
        desk: None,
        membership: None,
        left: false,
    };
    let proof = posted(&lena(), Purpose::LeadConsole);
    let done = invite(state, &bob(), &terms, &proof.at(day(1)));
    let new = membership(&done.outcome);
    assert_eq!((new.role, new.access_until), (Role::Lead, Some(day(20))));
    let Mail::Invitation {
        inviter,
        role,
        note,
        access_until,
        expires_at,
        reminder,
        ..
    } = mail(&done.outcome)
    else {
        panic!("an invitation")
    };
    assert_eq!(inviter.as_deref(), Some("lena@acme.example"));
    assert_eq!(
        (*role, *access_until, *reminder),
        (Role::Lead, Some(day(20)), false)
    );
    assert_eq!(note.as_ref().unwrap().as_str(), "Welcome aboard");
    assert_eq!(*expires_at, Days(14).after(day(1)));
    assert!(
        !org(&done.outcome).unwrap().leads.contains(&bob()),
        "an invited lead leads nobody yet"
    );
}

#[test]
fn a_lead_who_left_is_not_appointed_past_the_off_boarding() {
    let left = Membership {
        state: State::OffBoarded {
            why: OffboardReason::Left,
            undo_until: day(30),
            hand_over_to: None,
        },
        ..member(&ann())
    };
    let state = AppointState {
        org: acme(),
        membership: Some(left),
        left: false,
        customer: None,
    };
    let refusal = appoint_lead(state, &ann(), None, &delivery().at(day(1))).unwrap_err();
    assert_eq!(refusal.code, Code::NotPossibleNow);
}
