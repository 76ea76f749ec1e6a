//! Links that are mailed on request: the same for every address.

use domain::{
    customer::{Deliverability, Suppression},
    membership::{OffboardReason, State},
};

use super::*;
use crate::{
    path::limits::{LINKS_PER_CALLER, LINKS_PER_MAILBOX},
    visit::Renewed,
};

/// A lead, a member who was asked to keep their access, somebody invited, somebody who left, one
/// whose address bounced, one who wants no mails, and somebody unknown.
const ADDRESSES: [&str; 7] = [
    "lena@acme.example",
    "will@acme.example",
    "nia@acme.example",
    LEFT,
    BOUNCED,
    MUTED,
    "nobody@elsewhere.example",
];
const LEFT: &str = "olga@acme.example";
const BOUNCED: &str = "bob@acme.example";
const MUTED: &str = "mia@acme.example";

/// A world with somebody of each kind.
async fn start() -> World {
    let world = World::start().await;
    let customer = |email: &str| Customer::new(text(email), None);
    let mut bounced = customer(BOUNCED);
    bounced.deliverability = Deliverability::Suppressed {
        why: Suppression::Bounce,
        since: later(0),
    };
    let mut muted = customer(MUTED);
    muted.muted = true;
    let gone = State::OffBoarded {
        why: OffboardReason::Left,
        undo_until: later(30),
        hand_over_to: None,
    };
    world
        .put(vec![
            Change::Customer(bounced),
            Change::Customer(muted),
            Change::Customer(customer(LEFT)),
            Change::Membership(member(LEFT, Role::Member, gone)),
        ])
        .await;
    world
}

/// The effect of a visit on the tables: each call with its number and cost.
fn calls(world: &World) -> Vec<(&'static str, u64, f64)> {
    let used = world.meter.take().into_iter();
    used.map(|(action, usage)| (action, usage.calls, usage.units.write))
        .collect()
}

async fn renew(world: &World, link: &str, caller: Option<std::net::IpAddr>) -> Renewed {
    let over = world.visits.show(link).await.unwrap();
    let token = over.renewal.unwrap().token;
    world.visits.renew(link, &token, caller).await.unwrap()
}

fn seen(renewed: &Renewed) -> &'static str {
    match renewed {
        Renewed::Seen(visit) => kind(&visit.view),
        Renewed::Limited { .. } => "limited",
    }
}

#[tokio::test]
async fn links_are_mailed_to_every_address_alike_up_to_a_limit() {
    let mut did = Vec::new();
    for address in ADDRESSES {
        let world = start().await;
        let _ = world.meter.take();
        let email = text(address);
        for _ in 0..LINKS_PER_MAILBOX.hits {
            let limited = world
                .visits
                .mail_my_link(&email, Some(text("192.0.2.1")))
                .await;
            assert_eq!(limited.unwrap(), None, "{address}");
        }
        let limited = world
            .visits
            .mail_my_link(&email, Some(text("192.0.2.2")))
            .await;
        let seconds = limited.unwrap().map(|wait| wait.as_secs());
        assert_eq!(seconds, Some(15 * 60), "{address}");
        did.push(calls(&world));
    }
    assert!(did[0].iter().any(|(action, calls, _)| {
        *action == "TransactWriteItems" && *calls == u64::from(LINKS_PER_MAILBOX.hits)
    }));
    for other in &did[1..] {
        assert_eq!(*other, did[0]);
    }
}

#[tokio::test]
async fn a_caller_asks_for_no_more_than_a_few_links_whatever_the_addresses() {
    let world = World::start().await;
    for number in 0..=LINKS_PER_CALLER.hits {
        let email = text(&format!("n{number}@elsewhere.example"));
        let limited = world
            .visits
            .mail_my_link(&email, Some(text("192.0.2.1")))
            .await;
        assert_eq!(limited.unwrap().is_some(), number == LINKS_PER_CALLER.hits);
    }
}

#[tokio::test]
async fn a_link_whose_time_has_passed_offers_a_new_one_to_its_own_address_and_asks_no_table() {
    let mut offers = Vec::new();
    for address in ADDRESSES {
        for (purpose, scope) in [
            (Purpose::Requester, Scope::Own),
            (
                Purpose::KeepAccess,
                Scope::Organization { org: text("acme") },
            ),
        ] {
            let world = start().await;
            let link = world.link(address, purpose, scope, 9);
            world.clock.set(later(15));
            let _ = world.meter.take();
            let over = world.visits.show(&link).await.unwrap();
            assert_eq!(kind(&over.view), "over");
            assert!(over.visitor.is_none() && over.desk.is_none() && over.token.is_none());
            let to = over.renewal.unwrap().to;
            assert!(!to.contains(address), "{to}");
            offers.push(calls(&world));
        }
    }
    assert!(offers.iter().all(Vec::is_empty), "{offers:?}");
}

#[tokio::test]
async fn a_new_link_is_mailed_alike_whether_the_old_ones_address_is_known_or_not() {
    let mut did = Vec::new();
    for address in ADDRESSES {
        let world = start().await;
        let link = world.link(address, Purpose::Requester, Scope::Own, 9);
        world.clock.set(later(15));
        let _ = world.meter.take();
        for _ in 0..LINKS_PER_MAILBOX.hits {
            assert_eq!(
                seen(&renew(&world, &link, Some(text("192.0.2.1"))).await),
                "done"
            );
        }
        assert_eq!(
            seen(&renew(&world, &link, Some(text("192.0.2.2"))).await),
            "limited"
        );
        did.push(calls(&world));
    }
    for other in &did[1..] {
        assert_eq!(*other, did[0]);
    }
}

#[tokio::test]
async fn a_used_link_offers_a_new_one() {
    let world = World::start().await;
    let link = world.link_for(Purpose::KeepAccess);
    let token = world.visits.show(&link).await.unwrap().token.unwrap();
    world.visits.act(&link, &Wish::Yes, &token).await.unwrap();
    let over = world.visits.show(&link).await.unwrap();
    assert!(over.renewal.is_some());
    assert_eq!(
        seen(&renew(&world, &link, Some(text("192.0.2.1"))).await),
        "done"
    );
}

#[tokio::test]
async fn only_the_page_of_a_link_asks_for_a_new_one() {
    let world = World::start().await;
    let link = world.link("lena@acme.example", Purpose::Requester, Scope::Own, 9);
    let other = world.link("will@acme.example", Purpose::Requester, Scope::Own, 8);
    world.clock.set(later(15));
    let foreign = world.visits.show(&other).await.unwrap().renewal.unwrap();
    let _ = world.meter.take();
    for token in [foreign.token.as_str(), "", "x"] {
        let renewed = world
            .visits
            .renew(&link, token, Some(text("192.0.2.1")))
            .await
            .unwrap();
        assert_eq!(seen(&renewed), "foreign form");
    }
    let forged = world
        .visits
        .renew("forged", &foreign.token, Some(text("192.0.2.1")))
        .await;
    assert_eq!(seen(&forged.unwrap()), "unknown");
    assert!(world.meter.take().is_empty(), "no table was asked");
}
