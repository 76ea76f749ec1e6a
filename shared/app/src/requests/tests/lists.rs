//! The four lists: what is in them, narrowed and in pages, and what they cost.

use domain::{
    Change, Request, Version,
    link::Scope,
    request::{Category, Part, ViewerId},
};

use super::world::{World, ask, asked, member, now, person, raised, request, status, text, viewer};
use crate::{
    requests::{Ask, Aspect, List},
    tests::is_closed,
};

fn keys(list: &List) -> Vec<&str> {
    let rows = list.rows.iter();
    rows.map(|row| row.request.id.key.as_str()).collect()
}

async fn list(world: &World, email: &str, ask: &Ask) -> List {
    let found = world.requests.list(&world.own(email), ask).await;
    found.unwrap()
}

#[tokio::test]
async fn each_list_holds_what_it_is_for() {
    let world = World::start().await;
    let shared = viewer(&asked("SUP-1"), ViewerId::Organization(text("acme")), &[]);
    world.put(vec![Change::Viewer(shared)]).await;
    for (email, aspect) in [
        ("ann@acme.example", Aspect::Created),
        ("mona@acme.example", Aspect::Approvals),
        ("bob@acme.example", Aspect::TakingPart),
    ] {
        for other in [Aspect::Created, Aspect::Approvals, Aspect::TakingPart] {
            let found = list(&world, email, &ask(other)).await;
            let expected: &[&str] = if other == aspect { &["SUP-1"] } else { &[] };
            assert_eq!(keys(&found), expected, "{email} {other:?}");
        }
        let found = list(&world, email, &ask(Aspect::Shared)).await;
        assert_eq!(keys(&found), ["SUP-1"], "{email}");
        assert_eq!(found.rows[0].desk, "Customer support");
        assert_eq!(found.rows[0].org, Some(text("ACME")));
    }
    for aspect in [Aspect::Created, Aspect::Shared] {
        let found = list(&world, "gus@globex.example", &ask(aspect)).await;
        assert_eq!(keys(&found), [""; 0]);
    }
}

#[tokio::test]
async fn what_is_answered_or_over_waits_for_nobody() {
    let world = World::start().await;
    let over = Request {
        status: status("Closed", Category::Done),
        ..asked("SUP-2")
    };
    let mut answered = asked("SUP-3");
    let approval = answered.approvals.get_mut(&text("a-1")).unwrap();
    approval.answers.insert(
        text("mona@acme.example"),
        domain::request::ApprovalAnswer {
            decision: domain::request::Decision::Approved,
            reason: None,
            at: now(),
        },
    );
    for request in [&over, &answered] {
        let asked = viewer(request, person("mona@acme.example"), &[Part::Approver]);
        let [stored, _] = raised(request);
        world.put(vec![stored, Change::Viewer(asked)]).await;
    }
    let open = list(&world, "mona@acme.example", &ask(Aspect::Approvals)).await;
    assert_eq!(keys(&open), ["SUP-1"]);
    let closed = Ask {
        open: false,
        ..ask(Aspect::Approvals)
    };
    let closed = list(&world, "mona@acme.example", &closed).await;
    assert_eq!(keys(&closed), [""; 0]);
}

#[tokio::test]
async fn a_list_is_narrowed_by_state_desk_kind_and_words() {
    let world = World::start().await;
    let mut order = request("ORD-7");
    order.kind = text("Order");
    order.summary = text("Two Red chairs");
    let mut done = request("SUP-9");
    done.status = status("Solved", Category::Done);
    let changes = raised(&order).into_iter().chain(raised(&done)).collect();
    world.put(changes).await;
    let created = || ask(Aspect::Created);
    for (narrowed, expected) in [
        (created(), &["SUP-1", "ORD-7"][..]),
        (
            Ask {
                open: false,
                ..created()
            },
            &["SUP-9"],
        ),
        (
            Ask {
                kind: Some(text("Order")),
                ..created()
            },
            &["ORD-7"],
        ),
        (
            Ask {
                words: Some("CHAIRS red".to_owned()),
                ..created()
            },
            &["ORD-7"],
        ),
        (
            Ask {
                words: Some("sup-1".to_owned()),
                ..created()
            },
            &["SUP-1"],
        ),
        (
            Ask {
                words: Some("red door".to_owned()),
                ..created()
            },
            &[],
        ),
        (
            Ask {
                desk: Some(text("it")),
                ..created()
            },
            &[],
        ),
    ] {
        let found = list(&world, "ann@acme.example", &narrowed).await;
        let mut found_keys = keys(&found);
        found_keys.sort_unstable_by_key(|key| !key.starts_with("SUP"));
        assert_eq!(found_keys, expected, "{narrowed:?}");
    }
    // What a desk is called that holds nothing of hers is nothing to her.
    for id in ["it", "nowhere"] {
        let desk = Some(text(id));
        let asked = Ask { desk, ..created() };
        let found = list(&world, "ann@acme.example", &asked).await;
        assert_eq!(found.desks[&text(id)], id);
    }
    let all = list(&world, "ann@acme.example", &created()).await;
    let kinds: Vec<_> = all.kinds.iter().map(domain::text::Title::as_str).collect();
    assert_eq!(kinds, ["Order", "Question"]);
    assert_eq!(all.desks.len(), 1);
}

#[tokio::test]
async fn who_left_has_no_lists_and_nothing_of_the_organisation_in_a_new_one() {
    let world = World::start().await;
    world.leaves("ann@acme.example").await;
    let old = world.own("ann@acme.example");
    let found = world.requests.list(&old, &ask(Aspect::Created)).await;
    assert!(is_closed(&found), "the session is over");
    let new = world.caller("ann@acme.example", Scope::Own, 1);
    let found = world.requests.list(&new, &ask(Aspect::Created)).await;
    assert_eq!(keys(&found.unwrap()), [""; 0]);
}

#[tokio::test]
async fn a_trace_of_a_leaver_hides_what_was_the_organisations() {
    let world = World::start().await;
    let membership = domain::Membership {
        version: Version(1),
        ..member("ann@acme.example", "acme")
    };
    let forget = Change::Forget {
        membership,
        left: true,
    };
    world.put(vec![forget]).await;
    let found = list(&world, "ann@acme.example", &ask(Aspect::Created)).await;
    assert_eq!(keys(&found), [""; 0]);
}

#[tokio::test]
async fn whoever_belongs_to_two_organisations_chooses_whose_requests_are_listed() {
    let world = World::start().await;
    let theirs = Request {
        org: Some(text("globex")),
        ..request("SUP-8")
    };
    world
        .put(vec![
            Change::Membership(member("bob@acme.example", "globex")),
            Change::Request(Box::new(theirs.clone())),
            Change::Viewer(viewer(&theirs, ViewerId::Organization(text("globex")), &[])),
        ])
        .await;
    let of = |org: &str| Ask {
        org: Some(text(org)),
        ..ask(Aspect::Shared)
    };
    let acmes = list(&world, "bob@acme.example", &ask(Aspect::Shared)).await;
    assert_eq!(acmes.org, Some(text("acme")));
    assert_eq!(acmes.orgs.len(), 2);
    assert_eq!(keys(&acmes), [""; 0]);
    let globexs = list(&world, "bob@acme.example", &of("globex")).await;
    assert_eq!(keys(&globexs), ["SUP-8"]);
    // Of an organisation of others one gets one's own.
    let others = list(&world, "ann@acme.example", &of("globex")).await;
    assert_eq!(others.org, Some(text("acme")));
    assert_eq!(keys(&others), [""; 0]);
}

#[tokio::test]
async fn a_session_for_one_request_has_no_lists() {
    let world = World::start().await;
    let zoe = world.of_request("zoe@elsewhere.test", "SUP-1");
    let found = world.requests.list(&zoe, &ask(Aspect::TakingPart)).await;
    assert!(is_closed(&found));
    assert!(is_closed(&world.requests.reader(&zoe).await));
}

/// Many requests that are shared with Acme, of which an old one is special. Of very many only that
/// one and the newest are stored themselves: what a list leaves out is read in the index alone.
async fn many(world: &World, count: usize) {
    const NEEDLE: usize = 3;
    let numbers: Vec<_> = (0..count).collect();
    for chunk in numbers.chunks(50) {
        let changes = chunk.iter().flat_map(|number| {
            let mut one = request(&format!("M-{number:05}"));
            let seconds = i64::try_from(*number).unwrap();
            one.status_at = now() + jiff::SignedDuration::from_secs(seconds);
            if *number == NEEDLE {
                one.summary = text("The needle");
            }
            let shared = viewer(&one, ViewerId::Organization(text("acme")), &[]);
            let is_read = *number == NEEDLE || number + 150 > count;
            let stored = is_read.then(|| Change::Request(Box::new(one)));
            stored.into_iter().chain([Change::Viewer(shared)])
        });
        world.put(changes.collect()).await;
    }
}

#[tokio::test]
async fn a_long_list_comes_in_pages_of_which_none_repeats_or_leaves_out() {
    let world = World::start().await;
    many(&world, 120).await;
    let mut wanted = ask(Aspect::Shared);
    let mut seen = Vec::new();
    loop {
        let found = list(&world, "bob@acme.example", &wanted).await;
        assert!(found.rows.len() <= 25);
        seen.extend(keys(&found).into_iter().map(ToOwned::to_owned));
        wanted.behind = found.next;
        if wanted.behind.is_none() {
            break;
        }
        assert!(!found.interrupted);
    }
    let expected: Vec<_> = (0..120).rev().map(|n| format!("M-{n:05}")).collect();
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn exactly_one_page_has_no_second_one() {
    let world = World::start().await;
    many(&world, 25).await;
    let found = list(&world, "bob@acme.example", &ask(Aspect::Shared)).await;
    assert_eq!((found.rows.len(), found.next), (25, None));
}

#[tokio::test]
async fn ten_thousand_requests_are_searched_in_a_dozen_reads() {
    let world = World::start().await;
    many(&world, 10_000).await;
    let _ = world.meter.take();
    let wanted = Ask {
        words: Some("needle".to_owned()),
        ..ask(Aspect::Shared)
    };
    let found = list(&world, "bob@acme.example", &wanted).await;
    assert_eq!(keys(&found), ["M-00003"]);
    assert_eq!((found.next, found.interrupted), (None, false));
    let used = world.meter.take();
    let calls: u64 = used.values().map(|usage| usage.calls).sum();
    assert!(calls <= 20, "{calls} calls");
    assert!(used.values().all(|usage| usage.units.write == 0.0));
    // The first page looks no further than it must.
    let first = list(&world, "bob@acme.example", &ask(Aspect::Shared)).await;
    assert_eq!(first.rows.len(), 25);
    let used = world.meter.take();
    let read: f64 = used.values().map(|usage| usage.units.read).sum();
    assert!(read < 250.0, "{read} units");
}

#[tokio::test]
async fn looking_writes_nothing_however_often() {
    let world = World::start().await;
    let _ = world.meter.take();
    for _ in 0..20 {
        list(&world, "ann@acme.example", &ask(Aspect::Created)).await;
        let ann = world.own("ann@acme.example");
        let found = world
            .requests
            .one(&ann, &super::world::id("SUP-1"), None)
            .await;
        assert!(found.unwrap().is_some());
        assert!(!is_closed(&world.requests.reader(&ann).await));
    }
    for (action, usage) in world.meter.take() {
        let reads = ["GetItem", "BatchGetItem", "Query"];
        assert!(reads.contains(&action), "{action}");
        assert!(usage.units.write == 0.0, "{action}");
    }
}
