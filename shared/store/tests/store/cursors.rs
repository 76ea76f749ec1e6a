//! Forged places in lists: the receiver of a place can read it and write others.

use std::collections::BTreeMap;

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use domain::{Action, Change, Outcome, Subject, request::ViewerId};
use store::{Cursor, Once, Order, StoreError};

use crate::{
    changes::outcome,
    engine::{Engine, new_id},
    sample,
};

/// A forged cursor with `key` and its values, in JSON.
fn made_up(key: &[(&str, &str)]) -> Cursor {
    let key: BTreeMap<_, _> = key.iter().copied().collect();
    let text = serde_json::to_vec(&key).unwrap();
    Cursor::from_text(&BASE64_URL_SAFE_NO_PAD.encode(text))
}

/// The names and values of a cursor.
fn inside(cursor: &Cursor) -> BTreeMap<String, String> {
    let text = BASE64_URL_SAFE_NO_PAD.decode(cursor.as_str()).unwrap();
    serde_json::from_slice(&text).unwrap()
}

/// Cursors that belong to no list, made of one that does: the right partition, and a name too many
/// or too few, or a value that no item has there.
fn forged(genuine: &Cursor, order: &str) -> Vec<Cursor> {
    let key = inside(genuine);
    let with = |changes: &[(&str, Option<&str>)]| {
        let mut key = key.clone();
        for (name, value) in changes {
            match value {
                Some(value) => key.insert((*name).to_owned(), (*value).to_owned()),
                None => key.remove(*name),
            };
        }
        let key: Vec<_> = key.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        made_up(&key)
    };
    let beyond = format!("{}{}", key[order], "x".repeat(1_024));
    let after = format!("{}#", key[order]);
    let mut forged = vec![
        with(&[("x", Some("y"))]),
        with(&[(order, Some("0")), ("x", Some("y"))]),
        with(&[(order, None)]),
        with(&[(order, Some(""))]),
        with(&[(order, Some("0"))]),
        with(&[(order, Some("~"))]),
        with(&[(order, Some("MEMBER#"))]),
        with(&[(order, Some("COMMENT#"))]),
        with(&[(order, Some("open#"))]),
        with(&[(order, Some(&beyond))]),
        with(&[(order, Some(&after))]),
    ];
    for name in key.keys() {
        forged.push(with(&[(name, None)]));
        forged.push(with(&[(name, Some(""))]));
    }
    forged
}

#[tokio::test]
async fn a_made_up_cursor_is_refused_in_every_list_and_never_asked_for() {
    let engine = Engine::start().await;
    let store = &engine.store;
    let (acme, request) = (sample::org_id("acme"), sample::request("SUP-1"));
    let about = Subject::Person(sample::email("p0@acme.example"));
    let ann = ViewerId::Person(sample::email("ann@acme.example"));
    let mut changes: Vec<_> = (0..3)
        .map(|n| Change::Membership(sample::membership("acme", &format!("p{n}@acme.example"))))
        .collect();
    changes.push(Change::Request(Box::new(request.clone())));
    for n in 0..3 {
        changes.push(Change::Comment(sample::comment("SUP-1", &format!("c{n}"))));
        changes.push(Change::Viewer(sample::viewer(
            &format!("SUP-{n}"),
            ann.clone(),
        )));
    }
    let outcome = Outcome {
        audit: (0..3)
            .map(|_| sample::audit(Action::MemberInvited, about.clone()))
            .collect(),
        ..outcome(changes)
    };
    let once = Once::Nothing;
    store
        .commit(&outcome, &once, sample::now(), &new_id)
        .await
        .unwrap();
    let today = domain::organization::day_of(sample::now());

    macro_rules! refuses {
        ($order:literal, $list:expr) => {
            let list = $list;
            let genuine = list(None).await.unwrap().next.unwrap();
            assert!(list(Some(genuine.clone())).await.is_ok());
            for cursor in forged(&genuine, $order) {
                let error = list(Some(cursor.clone())).await.err();
                assert!(
                    matches!(error, Some(StoreError::BadCursor)),
                    "{} {:?}: {error:?}",
                    stringify!($list),
                    inside(&cursor)
                );
            }
        };
    }
    refuses!("sk", async |c: Option<Cursor>| store
        .roster(&acme, c.as_ref(), 1)
        .await);
    refuses!("sk", async |c: Option<Cursor>| {
        store.audit_of_org(Some(&acme), today, c.as_ref(), 1).await
    });
    refuses!("entry", async |c: Option<Cursor>| store
        .audit_of(&about, c.as_ref(), 1)
        .await);
    refuses!("sk", async |c: Option<Cursor>| {
        store
            .comments(&request.id, Order::NewestFirst, c.as_ref(), 1)
            .await
    });
    refuses!("position", async |c: Option<Cursor>| store
        .viewed(&ann, true, c.as_ref(), 1)
        .await);
}
