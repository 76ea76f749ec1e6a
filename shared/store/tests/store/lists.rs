//! Lists: in order, in pages, and with no other list's items.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    Actor, Change, Customer, Timestamp, Version,
    customer::{Deliverability, Suppression},
    membership::{ClosedReason, Leaving, OffboardReason, State},
    request::ViewerId,
};
use jiff::SignedDuration;
use store::{
    Contact, Cursor, Detail, DueInDirectory, Entry, Once, Order, Page, Place, SHARDS, StoreError,
};

use crate::{
    changes::outcome,
    engine::{Engine, new_id},
    sample,
};

async fn write(engine: &Engine, changes: Vec<Change>) {
    engine
        .store
        .commit(&outcome(changes), &Once::Nothing, sample::now(), &new_id)
        .await
        .unwrap();
}

/// Reads a list page by page.
async fn all<T>(
    mut page: impl AsyncFnMut(Option<Cursor>) -> Result<Page<T>, StoreError>,
) -> Vec<T> {
    let mut items = Vec::new();
    let mut cursor = None;
    loop {
        let next = page(cursor).await.unwrap();
        items.extend(next.items);
        cursor = next.next;
        if cursor.is_none() {
            return items;
        }
    }
}

#[tokio::test]
async fn the_roster_is_in_the_order_of_addresses_and_in_pages() {
    let engine = Engine::start().await;
    let mut changes: Vec<Change> = (0..25)
        .map(|n| Change::Membership(sample::membership("acme", &format!("p{n:02}@acme.example"))))
        .collect();
    changes.push(Change::Organization(sample::organization("acme")));
    changes.push(Change::Membership(sample::membership(
        "globex",
        "gus@globex.example",
    )));
    write(&engine, changes).await;
    let acme = sample::org_id("acme");
    let members = all(async |cursor| engine.store.roster(&acme, cursor.as_ref(), 10).await).await;
    let addresses: Vec<_> = members.iter().map(|m| m.email.as_str()).collect();
    let expected: Vec<_> = (0..25).map(|n| format!("p{n:02}@acme.example")).collect();
    assert_eq!(addresses, expected);
}

#[tokio::test]
async fn an_entry_says_of_a_membership_what_the_whole_of_it_says() {
    let engine = Engine::start().await;
    let until = sample::now();
    let states = [
        State::Active,
        State::Invited {
            note: None,
            expires_at: until,
            reminded: false,
        },
        State::Warned {
            at: until,
            grace_until: until,
            reminded: None,
        },
        State::Closed {
            why: ClosedReason::Declined,
        },
        State::Proposed {
            note: None,
            expires_at: until,
        },
        State::OffBoarded {
            why: OffboardReason::Left,
            undo_until: until,
            hand_over_to: None,
        },
    ];
    let members: Vec<_> = states
        .into_iter()
        .enumerate()
        .map(|(n, state)| {
            let mut member = sample::membership("acme", &format!("p{n}@acme.example"));
            member.state = state;
            member.name = (n > 0).then(|| "Ann <b>".parse().unwrap());
            member.access_until = (n == 1).then_some(until);
            member.leaving = (n == 2).then_some(Leaving {
                at: until,
                why: OffboardReason::Left,
                hand_over_to: None,
                by: Actor::Sweep,
            });
            member
        })
        .collect();
    let changes = members.iter().cloned().map(Change::Membership).collect();
    write(&engine, changes).await;
    let acme = sample::org_id("acme");
    for detail in [Detail::None, Detail::Since, Detail::InvitedBy] {
        let expected: Vec<_> = members
            .iter()
            .map(|member| {
                let whole = Entry::from(member);
                Entry {
                    since: whole.since.filter(|_| detail == Detail::Since),
                    invited_by: whole.invited_by.filter(|_| detail == Detail::InvitedBy),
                    ..whole
                }
            })
            .collect();
        let entries = engine.store.roster_entries(&acme, detail).await.unwrap();
        assert_eq!(entries, expected, "{detail:?}");
    }
}

#[tokio::test]
async fn a_membership_that_is_none_is_an_error_and_not_left_out() {
    let engine = Engine::start().await;
    let acme = sample::org_id("acme");
    let ann = sample::membership("acme", "ann@acme.example");
    write(&engine, vec![Change::Membership(ann)]).await;
    let key = |name: &str, value: &str| (name.to_owned(), AttributeValue::S(value.to_owned()));
    let strange = [
        key("pk", "ORG#acme"),
        key("sk", "MEMBER#bob@acme.example"),
        key("email", "bob@acme.example"),
    ];
    let put = engine.client.put_item().table_name("directory");
    let put = put.set_item(Some(strange.into())).send();
    put.await.unwrap();
    let read = engine.store.roster_entries(&acme, Detail::None).await;
    let error = read.unwrap_err();
    assert!(
        matches!(error, StoreError::Misshapen { what: "membership" }),
        "{error:?}"
    );
}

#[tokio::test]
async fn of_a_person_it_is_told_when_they_were_active_and_whether_mail_reaches_them() {
    let engine = Engine::start().await;
    let emails: Vec<_> = (0..120)
        .map(|n| sample::email(&format!("p{n}@acme.example")))
        .collect();
    let at = sample::now();
    let known = |n: usize| Contact {
        last_active_at: n.is_multiple_of(2).then_some(at),
        deliverability: if n.is_multiple_of(3) {
            Deliverability::Suppressed {
                why: Suppression::Bounce,
                since: at,
            }
        } else {
            Deliverability::Deliverable
        },
    };
    // More than one batch of keys, and the last ten are unknown.
    let customers: Vec<_> = emails[..110]
        .iter()
        .enumerate()
        .map(|(n, email)| {
            let mut customer = Customer::new(email.clone(), None);
            customer.last_active_at = known(n).last_active_at;
            customer.deliverability = known(n).deliverability;
            Change::Customer(customer)
        })
        .collect();
    for some in customers.chunks(50) {
        write(&engine, some.to_vec()).await;
    }
    let contacts = engine.store.contacts(&emails).await.unwrap();
    let expected = (0..110).map(|n| (emails[n].clone(), known(n))).collect();
    assert_eq!(contacts, expected);
}

#[tokio::test]
async fn a_cursor_of_another_list_is_refused() {
    let engine = Engine::start().await;
    let changes = ["acme", "globex"]
        .iter()
        .flat_map(|org| {
            (0..3).map(|n| Change::Membership(sample::membership(org, &format!("p{n}@x.example"))))
        })
        .collect();
    write(&engine, changes).await;
    let page = engine
        .store
        .roster(&sample::org_id("acme"), None, 1)
        .await
        .unwrap();
    let acmes = page.next.unwrap();
    let through_text = Cursor::from_text(acmes.as_str());
    assert_eq!(through_text, acmes);
    for cursor in [acmes, Cursor::from_text("???"), Cursor::from_text("e30")] {
        let error = engine
            .store
            .roster(&sample::org_id("globex"), Some(&cursor), 1)
            .await
            .unwrap_err();
        assert!(matches!(error, StoreError::BadCursor), "{error:?}");
    }
}

#[tokio::test]
async fn a_person_is_found_in_all_their_organizations_and_nowhere_after_leaving() {
    let engine = Engine::start().await;
    let ann = sample::email("ann@acme.example");
    write(
        &engine,
        vec![
            Change::Customer(sample::customer("ann@acme.example")),
            Change::Membership(sample::membership("globex", "ann@acme.example")),
            Change::Membership(sample::membership("acme", "ann@acme.example")),
            Change::Membership(sample::membership("acme", "bob@acme.example")),
        ],
    )
    .await;
    let orgs = engine.store.organizations_of(&ann).await.unwrap();
    assert_eq!(orgs, [sample::org_id("acme"), sample::org_id("globex")]);
    let membership = domain::Membership {
        version: Version(1),
        ..sample::membership("acme", "ann@acme.example")
    };
    let left = true;
    write(&engine, vec![Change::Forget { membership, left }]).await;
    let orgs = engine.store.organizations_of(&ann).await.unwrap();
    assert_eq!(orgs, [sample::org_id("globex")]);
}

fn seconds(seconds: i64) -> Timestamp {
    sample::now() + SignedDuration::from_secs(seconds)
}

#[tokio::test]
async fn what_somebody_may_see_is_listed_newest_first_open_and_closed_apart() {
    let engine = Engine::start().await;
    let ann = sample::person("ann@acme.example");
    let changes = (0..12)
        .map(|n| {
            let mut viewer = sample::viewer(&format!("SUP-{n}"), ann.clone());
            viewer.moved_at = seconds(n * 7 % 12);
            viewer.open = n % 3 != 0;
            Change::Viewer(viewer)
        })
        .chain([
            Change::Viewer(sample::viewer(
                "SUP-99",
                ViewerId::Organization(sample::org_id("acme")),
            )),
            Change::Viewer(sample::viewer("SUP-98", sample::person("bob@acme.example"))),
        ])
        .collect();
    write(&engine, changes).await;
    for (open, count) in [(true, 8), (false, 4)] {
        let list =
            all(async |cursor| engine.store.viewed(&ann, open, cursor.as_ref(), 3).await).await;
        assert_eq!(list.len(), count);
        assert!(list.is_sorted_by(|a, b| a.moved_at > b.moved_at));
        assert!(list.iter().all(|viewer| viewer.open == open));
    }
    let acme = ViewerId::Organization(sample::org_id("acme"));
    let list = engine.store.viewed(&acme, true, None, 10).await.unwrap();
    assert_eq!(list.items[0].request, sample::request_ref("SUP-99"));
}

#[tokio::test]
async fn a_list_goes_on_behind_any_of_its_requests_also_one_that_has_moved_away() {
    let engine = Engine::start().await;
    let ann = sample::person("ann@acme.example");
    let changes = (0..9)
        .map(|n| {
            let mut viewer = sample::viewer(&format!("SUP-{n}"), ann.clone());
            // Three for each instant. The requests' own order decides among them.
            viewer.moved_at = seconds(n / 3);
            Change::Viewer(viewer)
        })
        .collect();
    write(&engine, changes).await;
    let (whole, more) = engine.store.viewed_from(&ann, true, None, 9).await.unwrap();
    assert_eq!(whole.len(), 9);
    assert!(
        !more
            || engine
                .store
                .viewed_from(&ann, true, Some(&Place::of(&whole[8])), 9)
                .await
                .unwrap()
                .0
                .is_empty()
    );
    for (index, viewer) in whole.iter().enumerate() {
        let place: Place = Place::of(viewer).to_string().parse().unwrap();
        let (rest, _) = engine
            .store
            .viewed_from(&ann, true, Some(&place), 9)
            .await
            .unwrap();
        assert_eq!(rest, whole[index + 1..]);
        let (next, more) = engine
            .store
            .viewed_from(&ann, true, Some(&place), 1)
            .await
            .unwrap();
        assert_eq!(next.first(), whole.get(index + 1));
        assert_eq!(more, index < 8 && !next.is_empty());
    }
    let gone = Change::RemoveViewer(whole[4].clone());
    write(&engine, vec![gone]).await;
    let behind = Place::of(&whole[4]);
    let (rest, _) = engine
        .store
        .viewed_from(&ann, true, Some(&behind), 9)
        .await
        .unwrap();
    assert_eq!(rest, whole[5..]);
    // A place in another's list leads only to items of one's own list.
    let bob = sample::person("bob@acme.example");
    let (foreign, _) = engine
        .store
        .viewed_from(&bob, true, Some(&behind), 9)
        .await
        .unwrap();
    assert_eq!(foreign, []);
}

#[tokio::test]
async fn comments_are_read_in_either_order() {
    let engine = Engine::start().await;
    // Instants whose shortest texts sort otherwise: .5 after .25, and a whole second first.
    let at = ["00.5", "00", "00.25", "01"]
        .map(|second| -> Timestamp { format!("2026-11-22T09:30:{second}Z").parse().unwrap() });
    let changes = at
        .iter()
        .enumerate()
        .map(|(n, at)| {
            let mut comment = sample::comment("SUP-1", &format!("c-{n}"));
            comment.at = *at;
            Change::Comment(comment)
        })
        .chain([Change::Request(Box::new(sample::request("SUP-1")))])
        .collect();
    write(&engine, changes).await;
    let request = sample::request_ref("SUP-1");
    for (order, expected) in [
        (Order::OldestFirst, ["c-1", "c-2", "c-0", "c-3"]),
        (Order::NewestFirst, ["c-3", "c-0", "c-2", "c-1"]),
    ] {
        let comments = all(async |cursor| {
            engine
                .store
                .comments(&request, order, cursor.as_ref(), 2)
                .await
        })
        .await;
        let ids: Vec<_> = comments.iter().map(|c| c.id.as_str()).collect();
        assert_eq!(ids, expected);
    }
}

#[tokio::test]
async fn memberships_are_due_when_their_time_has_come_and_not_before() {
    let engine = Engine::start().await;
    let changes = (0..60)
        .map(|n| {
            let mut membership = sample::membership("acme", &format!("p{n:02}@acme.example"));
            membership.due_at = (n % 4 != 0).then(|| seconds(n));
            Change::Membership(membership)
        })
        .collect();
    write(&engine, changes).await;
    let mut due = Vec::new();
    let mut shards = 0;
    for shard in 0..SHARDS {
        let found = all(async |cursor| {
            engine
                .store
                .due_in_directory(seconds(30), shard, cursor.as_ref(), 2)
                .await
        })
        .await;
        assert!(found.is_sorted(), "the longest due first");
        shards += usize::from(!found.is_empty());
        due.extend(found);
    }
    due.sort();
    let expected: Vec<_> = (0..=30)
        .filter(|n| n % 4 != 0)
        .map(|n| {
            DueInDirectory::Membership(
                sample::org_id("acme"),
                sample::email(&format!("p{n:02}@acme.example")),
            )
        })
        .collect();
    assert_eq!(due, expected);
    assert!(shards > 4, "deadlines are spread over the shards");
}
