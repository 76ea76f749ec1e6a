//! The console over an engine of its own.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod lists;
mod people;
mod reviews;
mod world;

use domain::{
    Action, Actor, Code, Customer, Days, Role, Subject,
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
        !is_closed(&console.history(caller, org, &HistoryQuery::default()).await),
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
    console
        .history(&lena, acme, &HistoryQuery::default())
        .await
        .unwrap();
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
    let history = console
        .history(&lena, acme, &HistoryQuery::default())
        .await
        .unwrap();
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
        .history(
            &lena,
            acme,
            &HistoryQuery {
                month: Some(history.month.before()),
                ..HistoryQuery::default()
            },
        )
        .await
        .unwrap();
    assert!(earlier.entries.is_empty() && !earlier.is_current);
    let strange = store::Cursor::from_text("bm90aGluZw");
    let from = HistoryQuery {
        from: Some(strange),
        ..HistoryQuery::default()
    };
    let nothing = console.history(&lena, acme, &from).await;
    assert!(is_closed(&nothing));
}

#[tokio::test]
async fn the_history_is_narrowed_to_a_person_a_topic_and_a_kind_of_actor() {
    let world = World::start().await;
    let lena = world.caller("lena@acme.example", "acme");
    let (console, acme) = (&world.console, &text("acme"));
    for (email, act) in [
        ("nia@acme.example", Act::Withdraw),
        ("will@acme.example", Act::Keep),
    ] {
        let by = (&lena, &world.posted());
        let came = console.act(by, acme, &text(email), act).await;
        assert_eq!(came.result(), ActResult::Done);
    }
    let found = async |query: &HistoryQuery| {
        let history = console.history(&lena, acme, query).await.unwrap();
        let subjects = history
            .entries
            .into_iter()
            .map(|record| record.entry.subject);
        let emails = subjects.filter_map(|subject| match subject {
            Subject::Person(email) => Some(email.to_string()),
            Subject::Request(_) | Subject::Run(_) | Subject::Organization(_) => None,
        });
        emails.collect::<Vec<_>>()
    };
    let all = found(&HistoryQuery::default()).await;
    assert_eq!(all, ["will@acme.example", "nia@acme.example"]);
    let nobody = HistoryQuery {
        by: Some(ActorKind::System),
        ..HistoryQuery::default()
    };
    assert!(found(&nobody).await.is_empty());
    let will = HistoryQuery {
        who: "WILL@".to_owned(),
        by: Some(ActorKind::Person),
        ..HistoryQuery::default()
    };
    assert_eq!(found(&will).await, ["will@acme.example"]);
    let invitations = HistoryQuery {
        topic: Some(Topic::Invitations),
        ..HistoryQuery::default()
    };
    assert_eq!(found(&invitations).await, ["nia@acme.example"]);
    let handle = world.handle("will@acme.example");
    let will = console.person(&lena, acme, &handle).await.unwrap();
    let actions = will.recent.iter().map(|record| record.entry.action);
    assert_eq!(actions.collect::<Vec<_>>(), [Action::MemberKept]);
    assert!(will.named.contains_key(&text("will@acme.example")));
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
