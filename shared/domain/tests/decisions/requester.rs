//! Access to a request, and the acts on its page.

use domain::{
    Action, Affiliation, Change, Code, Customer, EmailAddress, Mail, Membership, Outcome, Proof,
    RefusedField, Request,
    columns::{Column, Columns},
    decide::{
        Found, ShareWith, answer_approval, change_status, choose_columns, choose_mails, comment,
        comment_and_change_status, share,
    },
    desk::Transition,
    link::Purpose,
    membership::{ClosedReason, OffboardReason, State},
    message::RequesterAction,
    request::{Approval, Category, Decision, Part, Viewer, ViewerId},
    request_access::RequestAccess,
};

use crate::{
    read::{actions, customers, mails, request, to},
    world::{
        ann, bob, customer, day, email, lena, member, org_id, posted, start, status, support,
        viewer, zoe,
    },
};

fn anns() -> Request {
    crate::world::request("SUP-1", &ann())
}

fn shared_with(org: &str) -> Viewer {
    Viewer {
        who: ViewerId::Organization(org_id(org)),
        parts: [].into(),
        ..viewer("SUP-1", &ann(), Part::Reporter)
    }
}

fn left(who: &EmailAddress) -> Membership {
    Membership {
        state: State::OffBoarded {
            why: OffboardReason::Left,
            undo_until: day(30),
            hand_over_to: None,
        },
        ..member(who)
    }
}

fn access(
    request: &Request,
    viewers: &[Viewer],
    who: &EmailAddress,
    memberships: &[Membership],
) -> Option<RequestAccess> {
    access_with(request, viewers, who, memberships, false)
}

/// The same with a trace in the request's own organisation, or without one.
fn access_with(
    request: &Request,
    viewers: &[Viewer],
    who: &EmailAddress,
    memberships: &[Membership],
    left: bool,
) -> Option<RequestAccess> {
    let mut theirs: Vec<_> = memberships
        .iter()
        .map(|m| Affiliation::new(&m.org, Some(m), false))
        .collect();
    if let Some(org) = &request.org
        && memberships.iter().all(|m| m.org != *org)
    {
        theirs.push(Affiliation::new(org, None, left));
    }
    RequestAccess::of(request, viewers, who, &theirs, start())
}

/// The request as a member of `acme` finds it; Ann raised it and Bob takes part.
fn found_in(request: Request, mut viewers: Vec<Viewer>, who: &EmailAddress) -> Found {
    viewers.push(viewer("SUP-1", &ann(), Part::Reporter));
    viewers.push(viewer("SUP-1", &bob(), Part::Participant));
    let access = access(&request, &viewers, who, &[member(who)]).unwrap();
    Found {
        request: Box::new(request),
        viewers,
        desk: Some(support()),
        person: customer(who),
        access,
    }
}

fn found(who: &EmailAddress) -> Found {
    found_in(anns(), Vec::new(), who)
}

fn by(who: &EmailAddress) -> Proof {
    posted(who, Purpose::Requester)
}

fn close() -> Transition {
    Transition {
        name: "Close".parse().unwrap(),
        from: [Category::New, Category::InProgress].into(),
        to: status("Closed", Category::Done),
    }
}

fn of_org(org: &str) -> ShareWith {
    ShareWith::Organization(org_id(org), "Acme".parse().unwrap())
}

/// The mail in which the desk of the request reads what was done.
fn to_the_desk() -> (&'static str, String) {
    to("desk_notice", &support().sender)
}

fn is_active(outcome: &Outcome, who: &EmailAddress) -> bool {
    let active = |c: &&Customer| c.email == *who && c.last_active_at == Some(day(2));
    customers(outcome).iter().any(active)
}

fn viewers(outcome: &Outcome) -> Vec<&Viewer> {
    let changes = outcome.changes.iter();
    changes
        .filter_map(|change| match change {
            Change::Viewer(viewer) => Some(viewer),
            _ => None,
        })
        .collect()
}

#[test]
fn whoever_takes_part_sees_it_and_nobody_else_does() {
    let own = [viewer("SUP-1", &zoe(), Part::Participant)];
    let seen = access(&anns(), &own, &zoe(), &[]).unwrap();
    assert!(seen.takes_part());
    assert!(!seen.may_share(), "a guest has no colleagues here");
    assert!(seen.may_follow(&anns()));
    assert_eq!(access(&anns(), &own, &bob(), &[member(&bob())]), None);
}

#[test]
fn a_request_of_no_organisation_is_nobodys_but_its_reporters_to_share() {
    let guests = Request {
        org: None,
        ..anns()
    };
    let viewers = [
        viewer("SUP-1", &ann(), Part::Reporter),
        viewer("SUP-1", &bob(), Part::Participant),
        viewer("SUP-1", &zoe(), Part::Approver),
        shared_with("acme"),
    ];
    let seen = |who: &EmailAddress| access(&guests, &viewers, who, &[member(who)]).unwrap();
    for who in [bob(), zoe()] {
        let access = seen(&who);
        assert!(access.circle.is_empty() && !access.may_share(), "{who}");
        assert!(!access.knows_participants(&guests), "{who}");
    }
    let reporter = seen(&ann());
    assert_eq!(reporter.circle, [org_id("acme")].into());
    assert!(reporter.may_share() && !reporter.knows_participants(&guests));
    // One of an organisation is for its own members, whoever else takes part in it.
    let globex = Request {
        org: Some(org_id("globex")),
        ..anns()
    };
    let outside = access(&globex, &viewers, &ann(), &[member(&ann())]).unwrap();
    assert!(!outside.may_share() && !outside.knows_participants(&globex));
    let inside = access(&anns(), &viewers, &bob(), &[member(&bob())]).unwrap();
    assert!(inside.may_share() && inside.knows_participants(&anns()));
}

#[test]
fn who_takes_part_in_a_guests_request_cannot_share_it() {
    let guests = Request {
        org: None,
        ..anns()
    };
    let with = [
        of_org("acme"),
        ShareWith::Colleague(zoe(), [org_id("acme")].into()),
    ];
    for with in with {
        let found = found_in(guests.clone(), Vec::new(), &bob());
        let refusal = share(found, with.clone(), &by(&bob()).at(day(2))).unwrap_err();
        assert_eq!(refusal.code, Code::NotAllowed);
        let found = found_in(guests.clone(), Vec::new(), &ann());
        let shared = share(found, with, &by(&ann()).at(day(2))).unwrap();
        assert_eq!(viewers(&shared).len(), 1);
    }
}

#[test]
fn a_member_sees_what_is_shared_with_the_organisation_and_takes_no_part_in_it() {
    let shared = [shared_with("acme")];
    let seen = access(&anns(), &shared, &bob(), &[member(&bob())]).unwrap();
    assert_eq!(seen.orgs, [org_id("acme")].into());
    assert!(!seen.takes_part() && !seen.may_share());
    assert!(seen.may_follow(&anns()));
    let elsewhere = [shared_with("globex")];
    assert_eq!(access(&anns(), &elsewhere, &bob(), &[member(&bob())]), None);
    let invited = crate::world::invited(&bob());
    assert_eq!(access(&anns(), &shared, &bob(), &[invited]), None);
}

#[test]
fn who_left_sees_nothing_from_that_instant() {
    let all = [
        viewer("SUP-1", &ann(), Part::Reporter),
        shared_with("acme"),
        shared_with("globex"),
    ];
    let globex = Membership {
        org: org_id("globex"),
        ..member(&ann())
    };
    let memberships = [left(&ann()), globex];
    assert_eq!(access(&anns(), &all, &ann(), &memberships), None);
    let elsewhere = &memberships[1..];
    assert_eq!(access_with(&anns(), &all, &ann(), elsewhere, true), None);
    // Without a word about the request's own organisation nothing can be told, and nothing is shown.
    let none = RequestAccess::of(&anns(), &all, &ann(), &[], start());
    assert_eq!(none, None);
    // Invited anew after the record was reduced, and the invitation came to nothing.
    let closed = Membership {
        state: State::Closed {
            why: ClosedReason::Declined,
        },
        ..member(&ann())
    };
    let org = org_id("acme");
    let theirs = [Affiliation::new(&org, Some(&closed), true)];
    assert_eq!(
        RequestAccess::of(&anns(), &all, &ann(), &theirs, start()),
        None
    );
}

#[test]
fn to_have_chosen_mails_is_no_part_in_a_request() {
    let follows = Viewer {
        parts: [].into(),
        ..viewer("SUP-1", &bob(), Part::Participant)
    };
    assert_eq!(access(&anns(), &[follows], &bob(), &[member(&bob())]), None);
}

#[test]
fn through_another_organisation_one_sees_a_request_and_cannot_follow_it() {
    let globex = Membership {
        org: org_id("globex"),
        ..member(&zoe())
    };
    let seen = access(&anns(), &[shared_with("globex")], &zoe(), &[globex]).unwrap();
    assert!(!seen.may_follow(&anns()));
    let found = Found {
        access: seen,
        viewers: vec![shared_with("globex")],
        ..found(&ann())
    };
    let refused = choose_mails(found, true, &by(&zoe()).at(day(2))).unwrap_err();
    assert_eq!(refused.code, Code::NotAllowed);
}

#[test]
fn a_comment_is_kept_and_told_to_the_others_and_not_to_its_author() {
    let outcome = comment(
        found(&ann()),
        "c-9".parse().unwrap(),
        &"It burns".parse().unwrap(),
        &by(&ann()).at(day(2)),
    );
    assert_eq!(
        mails(&outcome),
        [to("request_commented", &bob()), to_the_desk()]
    );
    assert_eq!(actions(&outcome), [Action::RequestCommented]);
    assert!(is_active(&outcome, &ann()));
    let comments = outcome.changes.iter();
    let comments = comments.filter(|change| {
        matches!(change, Change::Comment(c)
            if c.at == day(2) && c.author.email == Some(ann()) && c.author.name.as_str() == ann().as_str())
    });
    assert_eq!(comments.count(), 1);
    assert!(
        customers(&outcome).iter().all(|c| c.name.is_none()),
        "an address does not become a name"
    );
}

#[test]
fn the_desk_reads_what_was_done_and_by_whom() {
    let notices = |outcome: &Outcome| -> Vec<(EmailAddress, RequesterAction)> {
        let messages = outcome.messages.iter();
        messages
            .filter_map(|message| match &message.mail {
                Mail::DeskNotice { by, action, .. } => Some((by.clone(), action.clone())),
                _ => None,
            })
            .collect()
    };
    let body: domain::text::Body = "It burns".parse().unwrap();
    let said = comment(
        found(&ann()),
        "c-9".parse().unwrap(),
        &body,
        &by(&ann()).at(day(2)),
    );
    let closed = change_status(found(&ann()), &close(), &by(&ann()).at(day(2))).unwrap();
    let shared = share(found(&ann()), of_org("acme"), &by(&ann()).at(day(2))).unwrap();
    for (outcome, action) in [
        (said, RequesterAction::Commented { body }),
        (
            closed,
            RequesterAction::StatusChanged {
                status: close().to.name,
            },
        ),
        (
            shared,
            RequesterAction::SharedWithOrganization {
                org_name: "Acme".parse().unwrap(),
            },
        ),
    ] {
        assert_eq!(notices(&outcome), [(ann(), action)]);
    }
    let mails = choose_mails(found(&ann()), false, &by(&ann()).at(day(2))).unwrap();
    assert_eq!(
        notices(&mails),
        [],
        "whose mails come is nobody else's business"
    );
}

#[test]
fn a_desk_that_is_described_no_more_is_not_told_and_nothing_else_changes() {
    let gone = Found {
        desk: None,
        ..found(&ann())
    };
    let outcome = change_status(gone, &close(), &by(&ann()).at(day(2))).unwrap();
    assert_eq!(mails(&outcome), [to("request_closed", &bob())]);
}

#[test]
fn a_comment_bears_the_name_that_is_known() {
    let mut found = found(&ann());
    found.request.reporter_name = Some("Ann Ash".parse().unwrap());
    let body = "It burns".parse().unwrap();
    let outcome = comment(found, "c-9".parse().unwrap(), &body, &by(&ann()).at(day(2)));
    let author = outcome.changes.iter().find_map(|change| match change {
        Change::Comment(comment) => Some(comment.author.name.as_str()),
        _ => None,
    });
    assert_eq!(author, Some("Ann Ash"));
}

#[test]
fn a_request_is_shared_with_a_colleague_who_then_takes_part() {
    let with = ShareWith::Colleague(lena(), [org_id("acme")].into());
    let outcome = share(found(&ann()), with, &by(&ann()).at(day(2))).unwrap();
    assert_eq!(
        mails(&outcome),
        [to("request_shared", &lena()), to_the_desk()]
    );
    assert_eq!(actions(&outcome), [Action::RequestShared]);
    assert!(is_active(&outcome, &ann()));
    assert_eq!(viewers(&outcome).len(), 1);
    assert_eq!(viewers(&outcome)[0].parts, [Part::Participant].into());

    let again = ShareWith::Colleague(bob(), [org_id("acme")].into());
    let outcome = share(found(&ann()), again, &by(&ann()).at(day(2))).unwrap();
    assert_eq!(outcome, Outcome::default());
}

#[test]
fn a_request_is_shared_with_no_stranger_no_leaver_and_no_other_organisation() {
    let refused = |with| {
        let refusal = share(found(&ann()), with, &by(&ann()).at(day(2))).unwrap_err();
        (refusal.code, refusal.field)
    };
    for inside in [[].into(), [org_id("globex")].into()] {
        let no_colleague = (Code::NotAMember, Some(RefusedField::Colleague));
        assert_eq!(refused(ShareWith::Colleague(zoe(), inside)), no_colleague);
    }
    assert_eq!(
        refused(of_org("globex")),
        (Code::UnknownOrganization, Some(RefusedField::Organization))
    );
}

#[test]
fn a_request_is_shared_with_the_organisation_and_nobody_is_mailed_for_it() {
    let with = || of_org("acme");
    let outcome = share(found(&bob()), with(), &by(&bob()).at(day(2))).unwrap();
    assert_eq!(mails(&outcome), [to_the_desk()]);
    assert_eq!(actions(&outcome), [Action::RequestShared]);
    assert_eq!(
        viewers(&outcome)[0].who,
        ViewerId::Organization(org_id("acme"))
    );
    let shared = found_in(anns(), vec![shared_with("acme")], &bob());
    let again = share(shared, with(), &by(&bob()).at(day(2))).unwrap();
    assert_eq!(again, Outcome::default());
}

#[test]
fn who_only_sees_it_neither_shares_it_nor_changes_its_status() {
    let seen = || found_in(anns(), vec![shared_with("acme")], &lena());
    let with = of_org("acme");
    let refused = share(seen(), with, &by(&lena()).at(day(2))).unwrap_err();
    assert_eq!(refused.code, Code::NotAllowed);
    let refused = change_status(seen(), &close(), &by(&lena()).at(day(2))).unwrap_err();
    assert_eq!(refused.code, Code::NotAllowed);
}

#[test]
fn a_requester_changes_the_status_as_the_desk_allows_it() {
    let outcome = change_status(found(&ann()), &close(), &by(&ann()).at(day(2))).unwrap();
    let closed = request(&outcome).unwrap();
    assert_eq!(closed.status, close().to);
    assert_eq!(closed.status_at, day(2));
    assert_eq!(
        mails(&outcome),
        [to("request_closed", &bob()), to_the_desk()]
    );
    assert_eq!(actions(&outcome), [Action::RequestClosed]);
    assert_eq!(
        outcome.audit[0].reason.as_ref().unwrap().as_str(),
        "the requester chose «Close»"
    );
    assert!(is_active(&outcome, &ann()));
    assert!(viewers(&outcome).iter().all(|viewer| !viewer.open));
}

#[test]
fn a_status_that_changed_meanwhile_is_told_and_not_overwritten() {
    let done = Request {
        status: status("Solved", Category::Done),
        ..anns()
    };
    let found = found_in(done, Vec::new(), &ann());
    let refused = change_status(found, &close(), &by(&ann()).at(day(2))).unwrap_err();
    assert_eq!(refused.code, Code::NotPossibleNow);
    assert_eq!(refused.detail, "the request has another status by now");
}

#[test]
fn a_desk_whose_clock_is_ahead_does_not_make_the_requesters_choice_late() {
    let ahead = Request {
        status_at: day(3),
        ..anns()
    };
    let found = found_in(ahead, Vec::new(), &ann());
    let outcome = change_status(found, &close(), &by(&ann()).at(day(2))).unwrap();
    assert_eq!(request(&outcome).unwrap().status, close().to);
    assert!(request(&outcome).unwrap().status_at > day(3));
}

fn asked() -> Request {
    let approval = Approval {
        approvers: [bob()].into(),
        due: None,
        answers: [].into(),
    };
    Request {
        approvals: [("a-1".parse().unwrap(), approval)].into(),
        ..anns()
    }
}

#[test]
fn an_approver_answers_once_and_the_reporter_learns_it() {
    let answer = (Decision::Declined, Some("Too dear".parse().unwrap()));
    let request_asked = found_in(asked(), Vec::new(), &bob());
    let id: domain::ApprovalId = "a-1".parse().unwrap();
    let proof = by(&bob());
    let outcome = answer_approval(request_asked, id.clone(), answer, &proof.at(day(2))).unwrap();
    assert_eq!(
        mails(&outcome),
        [to("approval_answered", &ann()), to_the_desk()]
    );
    assert!(is_active(&outcome, &bob()));
    let answered = request(&outcome).unwrap().clone();
    assert_eq!(asked().awaits(&bob()).count(), 1);
    assert_eq!(answered.awaits(&bob()).count(), 0);

    let same = (Decision::Declined, None);
    let again = found_in(answered.clone(), Vec::new(), &bob());
    let outcome = answer_approval(again, id.clone(), same, &proof.at(day(2))).unwrap();
    assert_eq!(outcome, Outcome::default());
    let other = (Decision::Approved, None);
    let again = found_in(answered, Vec::new(), &bob());
    let refused = answer_approval(again, id.clone(), other, &proof.at(day(2))).unwrap_err();
    assert_eq!(refused.code, Code::NotPossibleNow);
    let not_asked = found_in(asked(), Vec::new(), &ann());
    let refused =
        answer_approval(not_asked, id, other_answer(), &by(&ann()).at(day(2))).unwrap_err();
    assert_eq!(refused.code, Code::UnknownApproval);
}

fn other_answer() -> (Decision, Option<domain::text::Reason>) {
    (Decision::Approved, None)
}

#[test]
fn nothing_waits_for_an_approver_once_the_request_is_over() {
    let over = Request {
        status: status("Closed", Category::Done),
        ..asked()
    };
    assert_eq!(over.awaits(&bob()).count(), 0);
}

#[test]
fn mails_about_a_request_are_switched_off_and_on_again() {
    let off = choose_mails(found(&ann()), false, &by(&ann()).at(day(2))).unwrap();
    assert!(!viewers(&off)[0].subscribed);
    assert_eq!(actions(&off), [Action::MailStopped]);
    assert!(is_active(&off, &ann()));
    let already = choose_mails(found(&ann()), true, &by(&ann()).at(day(2))).unwrap();
    assert_eq!(already, Outcome::default());
}

#[test]
fn a_member_who_sees_it_through_the_organisation_can_begin_to_follow_it() {
    let seen = || found_in(anns(), vec![shared_with("acme")], &lena());
    let outcome = choose_mails(seen(), true, &by(&lena()).at(day(2))).unwrap();
    let follows = viewers(&outcome)[0];
    assert_eq!(follows.who, ViewerId::Person(lena()));
    assert!(follows.parts.is_empty() && follows.subscribed);
    assert_eq!(actions(&outcome), [Action::MailResumed]);
    let off = choose_mails(seen(), false, &by(&lena()).at(day(2))).unwrap();
    assert_eq!(off, Outcome::default());
}

#[test]
fn columns_are_remembered_and_choosing_the_same_again_changes_nothing() {
    let columns = || Columns::from(vec![Column::Key, Column::Summary]);
    let outcome = choose_columns(customer(&ann()), columns(), day(2));
    let chosen = customers(&outcome)[0].clone();
    assert_eq!(chosen.request_columns, Some(columns()));
    assert!(is_active(&outcome, &ann()));
    assert_eq!(
        choose_columns(chosen, columns(), day(3)),
        Outcome::default()
    );
}

#[test]
fn no_more_see_a_request_than_one_transaction_writes() {
    let crowd = (0..48).map(|n| {
        let who = email(&format!("p{n}@acme.example"));
        viewer("SUP-1", &who, Part::Participant)
    });
    let full = found_in(anns(), crowd.collect(), &ann());
    let with = ShareWith::Colleague(lena(), [org_id("acme")].into());
    let refused = share(full, with, &by(&ann()).at(start())).unwrap_err();
    assert_eq!(refused.code, Code::LimitReached);
}

#[test]
fn nobody_shares_a_request_with_themselves_nor_again_with_its_reporter() {
    let with = |who| ShareWith::Colleague(who, [org_id("acme")].into());
    let refusal = share(found(&ann()), with(ann()), &by(&ann()).at(day(2))).unwrap_err();
    let expected = (Code::NotAllowed, Some(RefusedField::Colleague));
    assert_eq!((refusal.code, refusal.field), expected);
    let outcome = share(found(&bob()), with(ann()), &by(&bob()).at(day(2))).unwrap();
    assert_eq!(outcome, Outcome::default());
}

#[test]
fn a_comment_opens_a_closed_request_again_where_its_author_chose_so() {
    let closed = || Request {
        status: close().to,
        ..anns()
    };
    let open = Transition {
        name: "Open again".parse().unwrap(),
        from: [Category::Done].into(),
        to: status("In progress", Category::InProgress),
    };
    let said = || ("c-9".parse().unwrap(), "Still broken".parse().unwrap());
    let occasion = by(&ann()).at(day(2));
    let (id, body) = said();
    let found = found_in(closed(), Vec::new(), &ann());
    let outcome = comment_and_change_status(found, id, &body, &open, &occasion).unwrap();
    assert!(request(&outcome).unwrap().is_open());
    assert_eq!(
        actions(&outcome),
        [Action::RequestCommented, Action::RequestTransitioned]
    );
    let (id, body) = said();
    let found = found_in(closed(), Vec::new(), &ann());
    let stays = comment(found, id, &body, &occasion);
    assert!(request(&stays).is_none_or(|request| !request.is_open()));
    // What is not possible is refused as a whole: nothing is said twice.
    let (id, body) = said();
    let found = found_in(anns(), Vec::new(), &ann());
    assert!(comment_and_change_status(found, id, &body, &open, &occasion).is_err());
}
