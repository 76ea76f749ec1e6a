//! One request: who sees it, and what of it.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use domain::{
    Change, Request, Version,
    link::Scope,
    request::{Awaited, Comment, Part, ViewerId},
};

use super::world::{World, asked, comment, days, id, person, request, text, viewer};
use crate::{
    requests::{Cursor, OneRequest, Wish},
    tests::{ActResult, Settles},
};

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
    let shared = viewer(&other, ViewerId::Organization(text("acme")), &[]);
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
    assert!(!seen.access.may_share());
    let other = world.requests.one(&zoe, &id("SUP-2"), None).await.unwrap();
    assert!(other.is_none(), "though they take part in it, too");
    let own = world.own("zoe@elsewhere.test");
    let other = world.requests.one(&own, &id("SUP-2"), None).await.unwrap();
    assert!(other.is_some());
}

#[tokio::test]
async fn a_member_sees_what_is_shared_with_the_organisation_until_they_leave() {
    let world = World::start().await;
    let shared = viewer(&asked("SUP-1"), ViewerId::Organization(text("acme")), &[]);
    world.put(vec![Change::Viewer(shared)]).await;
    let lena = world.own("lena@acme.example");
    let seen = one(&world, &lena).await.unwrap();
    assert!(!seen.access.takes_part() && seen.transitions.is_empty());
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
    let made_up = [
        r#"{"pk":"REQUEST#support#SUP-1"}"#,
        r#"{"pk":"REQUEST#support#SUP-1","sk":""}"#,
        r#"{"pk":"REQUEST#support#SUP-1","sk":"0","x":"y"}"#,
        r#"{"pk":"REQUEST#support#SUP-1","sk":"VIEWER#zoe@elsewhere.test"}"#,
        r#"{"pk":"REQUEST#support#SUP-2","sk":"COMMENT#2026-11-22T09:30:00.000000Z#c"}"#,
    ]
    .map(|key| BASE64_URL_SAFE_NO_PAD.encode(key));
    let made_up = made_up.iter().map(String::as_str);
    for nonsense in made_up.chain(["", "x", "e30", "eyJwayI6IlJFUVVFU1Qjc3VwcG9ydCNTVVAtMiJ9"]) {
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

#[tokio::test]
async fn a_page_takes_only_so_many_bytes_of_comments_and_the_rest_comes_after() {
    let world = World::start().await;
    let long = |number: u16| Comment {
        body: text(&format!("{number:02}{}", "&".repeat(32_766))),
        ..comment(number)
    };
    // Four bytes each: a single one of them is half of what a page takes.
    let longest = Comment {
        body: text(&"\u{1f525}".repeat(32_768)),
        ..comment(24)
    };
    for number in 0..24 {
        world.put(vec![Change::Comment(long(number))]).await;
    }
    world.put(vec![Change::Comment(longest)]).await;
    let ann = world.own("ann@acme.example");
    let (mut before, mut pages, mut seen) = (None, Vec::new(), Vec::new());
    loop {
        let page = world
            .requests
            .one(&ann, &id("SUP-1"), before.as_ref())
            .await;
        let page = page.unwrap().unwrap();
        let sizes = page.comments.iter().map(|c| c.body.as_str().len());
        assert!(sizes.sum::<usize>() <= 256 * 1_024);
        pages.push(page.comments.len());
        let ids = page.comments.iter().rev().map(|c| c.id.to_string());
        seen.extend(ids);
        before = page.older;
        if before.is_none() {
            break;
        }
    }
    assert_eq!(pages, [5, 8, 8, 4]);
    let expected: Vec<_> = (0..25).rev().map(|n| comment(n).id.to_string()).collect();
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn a_request_that_is_not_theirs_and_one_that_is_not_there_cost_the_same_calls() {
    let world = World::start().await;
    let calls = || -> Vec<_> {
        let used = world.meter.take().into_iter();
        used.map(|(action, usage)| (action, usage.calls)).collect()
    };
    let early = Awaited {
        id: id("SUP-8"),
        updates: Vec::new(),
        until: days(1),
        version: Version::NEW,
    };
    world.put(vec![Change::Awaited(early)]).await;
    for email in [
        "lena@acme.example",
        "gus@globex.example",
        "eve@elsewhere.test",
    ] {
        let own = world.own(email);
        let mut did = Vec::new();
        for key in ["SUP-1", "SUP-404", "SUP-8"] {
            let _ = calls();
            let found = world.requests.one(&own, &id(key), None).await.unwrap();
            assert!(found.is_none(), "{email} {key}");
            let shown = calls();
            let posted = world.posted();
            let wish = Wish::Mails(false);
            let came = world.requests.act(&own, &id(key), &wish, &posted).await;
            assert_eq!(came.result(), ActResult::Unknown);
            did.push((shown, calls()));
        }
        assert!(!did[0].0.is_empty());
        assert_eq!(did[1], did[0], "{email}");
        assert_eq!(did[2], did[0], "{email}");
    }
}

#[tokio::test]
async fn in_a_request_of_no_organisation_nobody_is_told_who_takes_part() {
    let world = World::start().await;
    let guests = Request {
        org: None,
        reporter: text("zoe@elsewhere.test"),
        ..request("SUP-3")
    };
    let parts = [
        ("zoe@elsewhere.test", Part::Reporter),
        ("gus@globex.example", Part::Participant),
        ("ann@acme.example", Part::Participant),
    ];
    let viewers =
        parts.map(|(email, part)| Change::Viewer(viewer(&guests, person(email), &[part])));
    let mut changes = vec![Change::Request(Box::new(guests))];
    changes.extend(viewers);
    world.put(changes).await;
    for (email, _) in parts {
        let own = world.own(email);
        let seen = world.requests.one(&own, &id("SUP-3"), None).await;
        let seen = seen.unwrap().unwrap();
        assert!(seen.participants.is_empty(), "{email}");
        assert!(seen.could_share_with.is_empty(), "{email}");
        for wish in [
            Wish::ShareWithOrganization(text("globex")),
            Wish::ShareWithOrganization(text("acme")),
            Wish::ShareWithColleague(text("bob@acme.example")),
        ] {
            let posted = world.posted();
            let came = world.requests.act(&own, &id("SUP-3"), &wish, &posted).await;
            let refused = matches!(came.result(), ActResult::Refused(_));
            assert!(refused, "{email}");
        }
    }
}
