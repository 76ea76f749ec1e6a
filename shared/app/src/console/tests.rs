//! The console over an engine of its own.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod lists;
mod people;
mod reviews;
mod world;

use domain::{
    Actor, Code, Customer, Days, Role,
    decide::{Offboarding, Terms},
    link::{Purpose, Scope},
    membership::{OffboardReason, State},
};

use super::*;
use crate::tests::{ActResult, Settles, is_closed};
use world::{World, now, text};

fn offboarding() -> Offboarding {
    Offboarding {
        why: OffboardReason::Left,
        at: None,
        hand_over_to: None,
    }
}

fn member_terms() -> Terms {
    Terms {
        role: Role::Member,
        name: None,
        access_until: None,
        note: None,
    }
}

/// Tells whether any part of the console shows or takes anything.
async fn opens(world: &World, caller: &Caller, org: &str) -> bool {
    Box::pin(opens_all(world, caller, org)).await
}

async fn opens_all(world: &World, caller: &Caller, org: &str) -> bool {
    let (console, org) = (&world.console, &text(org));
    let (posted, ann) = (world.posted(), text("ann@acme.example"));
    let by = (caller, &posted);
    let handle = world.handle("ann@acme.example");
    let shown = [
        !is_closed(&console.roster(caller, org, &Query::default()).await),
        !is_closed(&console.listing(caller, org, &Query::default()).await),
        !is_closed(&console.person(caller, org, &handle).await),
        !is_closed(&console.leaving(caller, org, &handle).await),
        !is_closed(&console.review(caller, org).await),
        !is_closed(&console.history(caller, org, None, None).await),
    ];
    let done = [
        !is_closed(&console.act(by, org, &ann, Act::Keep).await),
        !is_closed(&console.invite(by, org, &ann, &member_terms()).await),
        !is_closed(&console.confirm(by, org, std::slice::from_ref(&ann)).await),
        !is_closed(
            &console
                .keep_list(caller, org, &lists::draft(&["x@acme.example"]))
                .await,
        ),
        !is_closed(
            &console
                .offboard(by, org, &text("bob@acme.example"), &offboarding())
                .await,
        ),
    ];
    let all: Vec<_> = shown.into_iter().chain(done).collect();
    assert!(
        all.iter().all(|one| *one == all[0]),
        "all or nothing: {all:?}"
    );
    all[0]
}

#[tokio::test]
async fn a_lead_sees_and_changes_their_organization_and_no_other() {
    let world = World::start().await;
    let lena = world.caller("lena@acme.example", "acme");
    assert!(opens(&world, &lena, "acme").await);
    let _ = world.meter.take();
    assert!(!opens(&world, &lena, "globex").await);
    // Gus leads globex, and holds no link to acme; a link that says so is not his.
    let gus = world.caller("gus@globex.example", "acme");
    assert!(!opens(&world, &gus, "acme").await);
    assert!(!world.meter.take().contains_key("TransactWriteItems"));
}

#[tokio::test]
async fn a_link_that_has_ended_opens_nothing_at_once() {
    for end in [
        // Somebody else stepped in between: each of these ends Lena's session.
        || {
            let mut lena = world::lead();
            lena.state = State::OffBoarded {
                why: OffboardReason::Left,
                undo_until: Days(30).after(now()),
                hand_over_to: None,
            };
            lena.epoch = 1;
            domain::Change::Membership(lena)
        },
        || {
            let mut lena = world::lead();
            lena.role = Role::Member;
            domain::Change::Membership(lena)
        },
        || {
            let mut lena = Customer::new(text("lena@acme.example"), None);
            lena.epoch = 1;
            domain::Change::Customer(lena)
        },
    ] {
        let world = World::start().await;
        let lena = world.caller("lena@acme.example", "acme");
        world.put(vec![end()]).await;
        assert!(!opens(&world, &lena, "acme").await);
    }
}

#[tokio::test]
async fn links_for_something_else_are_no_console() {
    let world = World::start().await;
    for purpose in [
        Purpose::Requester,
        Purpose::AcceptInvitation,
        Purpose::KeepAccess,
    ] {
        let scope = Scope::Organization { org: text("acme") };
        let caller = world.caller_by("lena@acme.example", purpose, scope);
        assert!(!opens(&world, &caller, "acme").await, "{purpose:?}");
    }
    let own = world.caller_by("lena@acme.example", Purpose::LeadConsole, Scope::Own);
    assert!(!opens(&world, &own, "acme").await);
}

#[tokio::test]
async fn looking_writes_nothing() {
    let world = World::start().await;
    let lena = world.caller("lena@acme.example", "acme");
    let id = world.kept_list(&["x@acme.example"]).await;
    let _ = world.meter.take();
    let (console, acme) = (&world.console, &text("acme"));
    console
        .roster(&lena, acme, &Query::default())
        .await
        .unwrap();
    console
        .listing(&lena, acme, &Query::default())
        .await
        .unwrap();
    let handle = world.handle("ann@acme.example");
    console.person(&lena, acme, &handle).await.unwrap();
    console.leaving(&lena, acme, &handle).await.unwrap();
    console.review(&lena, acme).await.unwrap();
    console.history(&lena, acme, None, None).await.unwrap();
    console.list(&lena, acme, &id).await.unwrap();
    for call in world.meter.take().keys() {
        assert!(
            matches!(*call, "Query" | "GetItem" | "BatchGetItem"),
            "{call}"
        );
    }
}

#[tokio::test]
async fn what_is_done_from_the_console_says_who_did_it_by_which_link() {
    let world = World::start().await;
    let lena = world.caller("lena@acme.example", "acme");
    let (console, acme) = (&world.console, &text("acme"));
    let posted = world.posted();
    let came = console
        .act(
            (&lena, &posted),
            acme,
            &text("ann@acme.example"),
            Act::SetRole(Role::Lead),
        )
        .await
        .result();
    assert_eq!(came, ActResult::Done);
    let history = console.history(&lena, acme, None, None).await.unwrap();
    let entry = &history.entries[0].entry;
    assert_eq!(entry.actor, Actor::Person(text("lena@acme.example")));
    assert_eq!(
        entry.evidence,
        domain::Evidence::Link {
            purpose: Purpose::LeadConsole
        }
    );
    assert!(history.is_current && history.month.to_string() == "2026-11");
    let earlier = console
        .history(&lena, acme, Some(history.month.before()), None)
        .await
        .unwrap();
    assert!(earlier.entries.is_empty() && !earlier.is_current);
    let strange = store::Cursor::from_text("bm90aGluZw");
    let nothing = console.history(&lena, acme, None, Some(&strange)).await;
    assert!(is_closed(&nothing));
}

#[tokio::test]
async fn a_form_posted_twice_acts_once_and_says_the_same_twice() {
    let world = World::start().await;
    let lena = world.caller("lena@acme.example", "acme");
    let (console, acme) = (&world.console, &text("acme"));
    let posted = world.posted();
    for (email, act) in [
        ("nia@acme.example", Act::Withdraw),
        ("will@acme.example", Act::Keep),
    ] {
        let posted = world.posted();
        for _ in 0..2 {
            let came = console.act((&lena, &posted), acme, &text(email), act).await;
            assert_eq!(came.result(), ActResult::Done, "{email}");
        }
    }
    for _ in 0..2 {
        let email = text("new@acme.example");
        let told = console
            .invite((&lena, &posted), acme, &email, &member_terms())
            .await;
        assert_eq!(told.unwrap(), InvitedOne::Invited);
    }
    // Another form with the same wish is told that there is nothing to do.
    let another = world.posted();
    let withdrawn = console
        .act(
            (&lena, &another),
            acme,
            &text("nia@acme.example"),
            Act::Withdraw,
        )
        .await
        .result();
    assert!(matches!(
        withdrawn,
        ActResult::Refused(refusal) if refusal.code == Code::NotPossibleNow
    ));
    assert_eq!(world.mails("invitation").await, 1);
}
