//! The acts of a requester: each happens once, reaches the desk and the others, and counts as
//! activity.

use domain::{
    Change, Code, Version,
    columns::{Column, Columns},
    request::{Category, Decision, Part, ViewerId},
};
use store::Order;

use super::world::{World, asked, id, now, person, request, status, text, viewer};
use crate::{
    Caller,
    requests::Wish,
    tests::{ActResult, Settles},
};

async fn act(world: &World, caller: &Caller, wish: &Wish) -> ActResult {
    let posted = world.posted();
    let came = world
        .requests
        .act(caller, &id("SUP-1"), wish, &posted)
        .await;
    came.result()
}

fn says(text_: &str) -> Wish {
    Wish::Comment(text(text_))
}

fn refused(came: &ActResult) -> Code {
    match came {
        ActResult::Refused(refusal) => refusal.code,
        ActResult::Done | ActResult::Unchanged | ActResult::Unknown => panic!("{came:?}"),
    }
}

fn to(kind: &'static str, email: &str) -> (&'static str, String) {
    (kind, email.to_owned())
}

fn to_desk() -> (&'static str, String) {
    to("desk_notice", "support@desk.example")
}

#[tokio::test]
async fn a_comment_is_kept_once_and_told_to_the_desk_and_the_others() {
    let world = World::start().await;
    let ann = world.own("ann@acme.example");
    let posted = world.posted();
    for _ in 0..3 {
        let (id, wish) = (id("SUP-1"), says("It burns"));
        let came = world.requests.act(&ann, &id, &wish, &posted).await;
        assert_eq!(came.result(), ActResult::Done);
    }
    let store = &world.services.store;
    let page = store
        .comments(&id("SUP-1"), Order::OldestFirst, None, 10)
        .await;
    assert_eq!(page.unwrap().items.len(), 1);
    assert_eq!(
        world.mails().await,
        [
            to_desk(),
            to("request_commented", "bob@acme.example"),
            to("request_commented", "mona@acme.example"),
            to("request_commented", "zoe@elsewhere.test"),
        ]
    );
    let active = world.customer("ann@acme.example").await.unwrap();
    assert_eq!(active.last_active_at, Some(now()));
}

#[tokio::test]
async fn two_comments_at_the_same_instant_are_two() {
    let world = World::start().await;
    let (ann, bob) = (world.own("ann@acme.example"), world.own("bob@acme.example"));
    let (one, two) = (says("One"), says("Two"));
    let (ann, bob) = tokio::join!(act(&world, &ann, &one), act(&world, &bob, &two));
    assert_eq!((ann, bob), (ActResult::Done, ActResult::Done));
    let store = &world.services.store;
    let page = store
        .comments(&id("SUP-1"), Order::OldestFirst, None, 10)
        .await;
    assert_eq!(page.unwrap().items.len(), 2);
}

#[tokio::test]
async fn a_guest_comments_and_the_longest_comment_fits() {
    let world = World::start().await;
    let zoe = world.of_request("zoe@elsewhere.test", "SUP-1");
    let longest = "\u{1F525}".repeat(32_768);
    assert_eq!(act(&world, &zoe, &says(&longest)).await, ActResult::Done);
    assert_eq!(world.mails().await.len(), 4);
}

#[tokio::test]
async fn what_one_does_not_see_one_does_not_change() {
    let world = World::start().await;
    let posted = world.posted();
    let _ = world.meter.take();
    for caller in [
        world.own("gus@globex.example"),
        world.own("eve@elsewhere.test"),
        world.of_request("ann@acme.example", "SUP-2"),
    ] {
        for wish in [
            says("Hello"),
            Wish::ShareWithOrganization(text("globex")),
            Wish::ShareWithColleague(text("gus@globex.example")),
            Wish::ChangeStatus(text("Close")),
            Wish::Mails(true),
            Wish::Answer {
                approval: text("a-1"),
                decision: Decision::Approved,
                reason: None,
            },
        ] {
            let sup_1 = id("SUP-1");
            let came = world.requests.act(&caller, &sup_1, &wish, &posted).await;
            assert_eq!(came.result(), ActResult::Unknown, "{wish:?}");
        }
    }
    assert!(!world.meter.take().contains_key("TransactWriteItems"));
}

#[tokio::test]
async fn who_was_off_boarded_a_moment_ago_does_nothing_any_more() {
    let world = World::start().await;
    let ann = world.own("ann@acme.example");
    world.leaves("ann@acme.example").await;
    assert_eq!(
        act(&world, &ann, &says("Still here")).await,
        ActResult::Unknown
    );
    assert_eq!(world.mails().await, []);
}

#[tokio::test]
async fn a_colleague_is_let_in_and_somebody_else_is_not() {
    let world = World::start().await;
    let ann = world.own("ann@acme.example");
    let with = |email: &str| Wish::ShareWithColleague(text(email));
    for stranger in ["gus@globex.example", "eve@elsewhere.test"] {
        let came = act(&world, &ann, &with(stranger)).await;
        assert_eq!(refused(&came), Code::NotAMember);
    }
    assert_eq!(
        act(&world, &ann, &with("lena@acme.example")).await,
        ActResult::Done
    );
    let again = act(&world, &ann, &with("lena@acme.example")).await;
    assert_eq!(again, ActResult::Unchanged);
    let lena = person("lena@acme.example");
    let viewers = world.viewers("SUP-1").await;
    let lena = viewers.iter().find(|viewer| viewer.who == lena).unwrap();
    assert_eq!(lena.parts, [Part::Participant].into());
    assert_eq!(
        world.mails().await,
        [to_desk(), to("request_shared", "lena@acme.example")]
    );
}

#[tokio::test]
async fn a_request_is_shared_with_ones_own_organisation_and_no_other() {
    let world = World::start().await;
    let ann = world.own("ann@acme.example");
    let with = |org: &str| Wish::ShareWithOrganization(text(org));
    // Whether there is one of this name is nothing to them.
    for other in ["globex", "nowhere"] {
        assert_eq!(act(&world, &ann, &with(other)).await, ActResult::Unknown);
    }
    assert_eq!(act(&world, &ann, &with("acme")).await, ActResult::Done);
    let acme = ViewerId::Organization(text("acme"));
    let viewers = world.viewers("SUP-1").await;
    assert!(viewers.iter().any(|viewer| viewer.who == acme));
    assert_eq!(world.mails().await, [to_desk()]);
}

#[tokio::test]
async fn of_two_who_change_the_status_the_second_learns_what_it_is() {
    let world = World::start().await;
    let close = Wish::ChangeStatus(text("Close"));
    let ann = world.own("ann@acme.example");
    let bob = world.own("bob@acme.example");
    let (anns, bobs) = tokio::join!(act(&world, &ann, &close), act(&world, &bob, &close));
    let done = [&anns, &bobs]
        .iter()
        .filter(|came| ***came == ActResult::Done)
        .count();
    assert_eq!(done, 1, "{anns:?} {bobs:?}");
    let other = if anns == ActResult::Done { bobs } else { anns };
    assert_eq!(refused(&other), Code::NotPossibleNow);
    let closed = world.request("SUP-1").await;
    assert_eq!(closed.status, status("Closed", Category::Done));
    assert_eq!(closed.history.len(), 1);
    let told = world.mails().await;
    assert_eq!(told.iter().filter(|mail| **mail == to_desk()).count(), 1);
}

#[tokio::test]
async fn a_form_posted_twice_is_done_also_when_its_act_cannot_be_repeated() {
    let world = World::start().await;
    let ann = world.own("ann@acme.example");
    let posted = world.posted();
    for _ in 0..2 {
        let close = Wish::ChangeStatus(text("Close"));
        let came = world
            .requests
            .act(&ann, &id("SUP-1"), &close, &posted)
            .await;
        assert_eq!(came.result(), ActResult::Done);
    }
}

#[tokio::test]
async fn a_status_that_the_desk_does_not_leave_to_requesters_is_refused() {
    let world = World::start().await;
    let ann = world.own("ann@acme.example");
    let came = act(&world, &ann, &Wish::ChangeStatus(text("Escalate"))).await;
    assert_eq!(refused(&came), Code::NotPossibleNow);
}

#[tokio::test]
async fn an_approver_answers_from_their_session() {
    let world = World::start().await;
    let answer = |decision| Wish::Answer {
        approval: text("a-1"),
        decision,
        reason: Some(text("It is needed")),
    };
    let mona = world.of_request("mona@acme.example", "SUP-1");
    let ann = world.own("ann@acme.example");
    let came = act(&world, &ann, &answer(Decision::Approved)).await;
    assert_eq!(refused(&came), Code::UnknownApproval, "who is not asked");
    let came = act(&world, &mona, &answer(Decision::Approved)).await;
    assert_eq!(came, ActResult::Done);
    let came = act(&world, &mona, &answer(Decision::Declined)).await;
    assert_eq!(refused(&came), Code::NotPossibleNow);
    assert_eq!(
        world.mails().await,
        [to("approval_answered", "ann@acme.example"), to_desk()]
    );
}

#[tokio::test]
async fn a_member_follows_what_is_shared_with_the_organisation() {
    let world = World::start().await;
    let shared = viewer(&asked("SUP-1"), ViewerId::Organization(text("acme")), &[]);
    world.put(vec![Change::Viewer(shared)]).await;
    let lena = world.own("lena@acme.example");
    assert_eq!(
        act(&world, &lena, &Wish::Mails(true)).await,
        ActResult::Done
    );
    let ann = world.own("ann@acme.example");
    assert_eq!(
        act(&world, &ann, &Wish::Mails(false)).await,
        ActResult::Done
    );
    let bob = world.own("bob@acme.example");
    assert_eq!(act(&world, &bob, &says("Hello")).await, ActResult::Done);
    let told = world.mails().await;
    assert!(told.contains(&to("request_commented", "lena@acme.example")));
    assert!(!told.contains(&to("request_commented", "ann@acme.example")));
    // To follow is no part in it: without the organisation nothing is seen.
    let acme = ViewerId::Organization(text("acme"));
    let viewers = world.viewers("SUP-1").await;
    let unshared = viewers.into_iter().find(|viewer| viewer.who == acme);
    world
        .put(vec![Change::RemoveViewer(unshared.unwrap())])
        .await;
    let found = world.requests.one(&lena, &id("SUP-1"), None).await;
    assert!(found.unwrap().is_none());
}

#[tokio::test]
async fn columns_are_remembered_on_the_persons_record() {
    let world = World::start().await;
    let ann = world.own("ann@acme.example");
    let chosen = Columns::from(vec![Column::Key, Column::Summary, Column::Desk]);
    let posted = world.posted();
    let came = world.requests.choose_columns(&ann, &chosen, &posted).await;
    assert_eq!(came.result(), ActResult::Done);
    let reader = world.requests.reader(&ann).await.unwrap();
    assert_eq!(reader.request_columns, Some(chosen.clone()));
    let again = world
        .requests
        .choose_columns(&ann, &chosen, &world.posted())
        .await;
    assert_eq!(again.result(), ActResult::Unchanged);
    let stored = world.customer("ann@acme.example").await.unwrap();
    assert_eq!(stored.version, Version(1));
}

#[tokio::test]
async fn as_many_see_a_request_as_fit_into_one_transaction() {
    let world = World::start().await;
    let crowd = (0..46).map(|number| {
        let who = person(&format!("p{number}@acme.example"));
        Change::Viewer(viewer(&request("SUP-1"), who, &[Part::Participant]))
    });
    world.put(crowd.collect()).await;
    let ann = world.own("ann@acme.example");
    let with = Wish::ShareWithColleague(text("lena@acme.example"));
    assert_eq!(refused(&act(&world, &ann, &with).await), Code::LimitReached);
    // And what all of them see can be changed.
    let close = Wish::ChangeStatus(text("Close"));
    assert_eq!(act(&world, &ann, &close).await, ActResult::Done);
}
