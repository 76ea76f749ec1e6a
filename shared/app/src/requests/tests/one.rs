//! One request: who sees it, and what of it.

use domain::{
    Change, Request,
    link::Scope,
    request::{Part, Who},
};

use super::world::{World, asked, comment, id, person, request, text, viewer};
use crate::requests::{Cursor, OneRequest};

async fn one(world: &World, caller: &crate::Caller) -> Option<OneRequest> {
    world
        .requests
        .one(caller, &id("SUP-1"), None)
        .await
        .unwrap()
}

#[tokio::test]
async fn who_takes_part_sees_it_and_everybody_else_finds_nothing() {
    let world = World::start().await;
    for email in ["ann@acme.example", "bob@acme.example", "mona@acme.example"] {
        assert!(one(&world, &world.own(email)).await.is_some(), "{email}");
        let narrow = world.of_request(email, "SUP-1");
        assert!(one(&world, &narrow).await.is_some(), "{email}");
    }
    for email in [
        "lena@acme.example",
        "gus@globex.example",
        "eve@elsewhere.test",
    ] {
        assert!(one(&world, &world.own(email)).await.is_none(), "{email}");
        let forged = world.of_request(email, "SUP-1");
        assert!(one(&world, &forged).await.is_none(), "{email}");
    }
    let ann = world.own("ann@acme.example");
    let found = world.requests.one(&ann, &id("SUP-404"), None).await;
    assert!(found.unwrap().is_none());
}

#[tokio::test]
async fn a_guest_sees_that_request_and_nothing_else() {
    let world = World::start().await;
    let other = request("SUP-2");
    let guest = viewer(&other, person("zoe@elsewhere.test"), &[Part::Participant]);
    let shared = viewer(&other, Who::Organization(text("acme")), &[]);
    let changes = vec![
        Change::Request(Box::new(other)),
        Change::Viewer(guest),
        Change::Viewer(shared),
    ];
    world.put(changes).await;
    let zoe = world.of_request("zoe@elsewhere.test", "SUP-1");
    let seen = one(&world, &zoe).await.unwrap();
    assert!(
        seen.participants.is_empty(),
        "colleagues are shown to colleagues"
    );
    assert!(!seen.sight.may_share());
    let other = world.requests.one(&zoe, &id("SUP-2"), None).await.unwrap();
    assert!(other.is_none(), "though they take part in it, too");
    let own = world.own("zoe@elsewhere.test");
    let other = world.requests.one(&own, &id("SUP-2"), None).await.unwrap();
    assert!(other.is_some());
}

#[tokio::test]
async fn a_member_sees_what_is_shared_with_the_organisation_until_they_leave() {
    let world = World::start().await;
    let shared = viewer(&asked("SUP-1"), Who::Organization(text("acme")), &[]);
    world.put(vec![Change::Viewer(shared)]).await;
    let lena = world.own("lena@acme.example");
    let seen = one(&world, &lena).await.unwrap();
    assert!(!seen.sight.takes_part() && seen.transitions.is_empty());
    assert!(seen.may_follow && !seen.subscribed);
    assert_eq!(seen.shared_with, [text("ACME")]);
    assert_eq!(seen.participants.len(), 2);
    world.leaves("lena@acme.example").await;
    assert!(one(&world, &lena).await.is_none());
    let again = world.caller("lena@acme.example", Scope::Own, 1);
    assert!(one(&world, &again).await.is_none());
}

#[tokio::test]
async fn who_left_sees_nothing_at_once_whatever_their_part() {
    let world = World::start().await;
    let sessions = [
        world.own("ann@acme.example"),
        world.of_request("ann@acme.example", "SUP-1"),
    ];
    world.leaves("ann@acme.example").await;
    for session in sessions {
        assert!(one(&world, &session).await.is_none());
    }
    for epoch in [0, 1] {
        let scope = Scope::Request {
            request: id("SUP-1"),
        };
        let ann = world.caller("ann@acme.example", scope, epoch);
        assert!(one(&world, &ann).await.is_none());
    }
}

#[tokio::test]
async fn a_session_of_a_console_or_of_an_older_epoch_opens_no_request() {
    let world = World::start().await;
    let org = text("acme");
    let console = world.caller("ann@acme.example", Scope::Organization { org }, 0);
    assert!(one(&world, &console).await.is_none());
    let epoch = 1;
    let other = world.caller("ann@acme.example", Scope::Own, epoch);
    assert!(one(&world, &other).await.is_none());
}

#[tokio::test]
async fn the_page_says_what_is_open_to_whom() {
    let world = World::start().await;
    let names = |seen: &OneRequest| -> Vec<String> {
        let changes = seen.transitions.iter();
        changes.map(|change| change.name.to_string()).collect()
    };
    let ann = one(&world, &world.own("ann@acme.example")).await.unwrap();
    assert_eq!(names(&ann), ["Close"]);
    assert!(ann.asked.is_empty() && ann.subscribed);
    assert_eq!(ann.could_share_with.len(), 1);
    assert_eq!(ann.desk, "Customer support");
    let mona = one(&world, &world.own("mona@acme.example")).await.unwrap();
    assert_eq!(mona.asked[0].id, text("a-1"));
    assert!(names(&mona).is_empty(), "to approve is not to take part");
}

#[tokio::test]
async fn comments_are_paged_towards_the_older_ones() {
    let world = World::start().await;
    let comments = (0..45).map(|number| Change::Comment(comment(number)));
    world.put(comments.collect()).await;
    let ann = world.own("ann@acme.example");
    let mut before: Option<Cursor> = None;
    let mut pages = Vec::new();
    loop {
        let page = world
            .requests
            .one(&ann, &id("SUP-1"), before.as_ref())
            .await;
        let page = page.unwrap().unwrap();
        let bodies = page.comments.iter();
        pages.push(bodies.map(|c| c.body.to_string()).collect::<Vec<_>>());
        before = page.older;
        if before.is_none() {
            break;
        }
    }
    let counts: Vec<_> = pages.iter().map(Vec::len).collect();
    assert_eq!(counts, [20, 20, 5]);
    assert_eq!(pages[0].last().unwrap(), "Comment 44");
    pages.reverse();
    let expected: Vec<_> = (0..45).map(|n| format!("Comment {n}")).collect();
    assert_eq!(pages.concat(), expected);
    for nonsense in ["", "x", "e30", "eyJwayI6IlJFUVVFU1Qjc3VwcG9ydCNTVVAtMiJ9"] {
        let place = Cursor::from_text(nonsense);
        let page = world.requests.one(&ann, &id("SUP-1"), Some(&place)).await;
        assert!(page.unwrap().is_none(), "{nonsense}");
    }
}

#[tokio::test]
async fn an_update_that_waits_for_its_request_is_no_request() {
    let world = World::start().await;
    let awaited = domain::request::Awaited {
        id: id("SUP-5"),
        updates: Vec::new(),
        until: super::world::days(1),
        version: domain::Version::NEW,
    };
    let early = Request { ..request("SUP-5") };
    let follows = viewer(&early, person("ann@acme.example"), &[Part::Reporter]);
    world
        .put(vec![Change::Awaited(awaited), Change::Viewer(follows)])
        .await;
    let ann = world.own("ann@acme.example");
    let found = world.requests.one(&ann, &id("SUP-5"), None).await;
    assert!(found.unwrap().is_none());
}
