//! Lists that a lead uploaded.

use domain::{
    Role, Timestamp,
    event::Invitee,
    outcome::{Row, RowOutcome},
};
use store::{PART, Upload, UploadId};

use crate::{
    engine::{Engine, new_id},
    sample,
};

fn upload() -> Upload {
    Upload {
        by: sample::email("lena@acme.example"),
        at: sample::now(),
        column: None,
        file: Some("colleagues.csv".parse().unwrap()),
        note: None,
        access_until: None,
        confirmed_at: None,
    }
}

fn id() -> UploadId {
    UploadId::from_digest(&[7; 32])
}

fn rows(many: usize) -> Vec<Invitee> {
    (0..many)
        .map(|n| Invitee::new(&format!("p{n}@acme.example"), None, Role::Member))
        .collect()
}

async fn put(engine: &Engine, rows: &[Invitee], now: Timestamp) -> bool {
    let (org, store) = (sample::org_id("acme"), &engine.store);
    store
        .put_upload(&org, &id(), &upload(), rows, now, &new_id)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_list_of_a_thousand_is_kept_once_and_read_back_in_its_order() {
    let engine = Engine::start().await;
    let mut many = rows(999);
    many.push(Invitee::new("not an address", None, Role::Member));
    assert!(put(&engine, &many, sample::now()).await);
    assert!(!put(&engine, &rows(1), sample::now()).await);
    let acme = sample::org_id("acme");
    let found = engine.store.upload(&acme, &id(), sample::now()).await;
    let (head, parts) = found.unwrap().unwrap();
    assert_eq!(head, upload());
    assert!(parts.iter().all(|part| part.rows.len() <= PART));
    let read: Vec<_> = parts.into_iter().flat_map(|part| part.rows).collect();
    assert_eq!(read, many);
}

#[tokio::test]
async fn what_became_of_a_part_is_noted_once_and_of_a_list_that_is_there() {
    let engine = Engine::start().await;
    let (store, acme, now) = (&engine.store, sample::org_id("acme"), sample::now());
    let row = |outcome| Row {
        email: "p0@acme.example".to_owned(),
        outcome,
        code: None,
    };
    store.confirm_upload(&acme, &id(), now).await.unwrap();
    assert_eq!(store.upload(&acme, &id(), now).await.unwrap(), None);
    put(&engine, &rows(1), now).await;
    for outcome in [RowOutcome::Invited, RowOutcome::AlreadyMember] {
        let rows = [row(outcome)];
        store.finish_part(&acme, &id(), 0, &rows).await.unwrap();
    }
    for later in [0, 1] {
        let at = now + jiff::SignedDuration::from_hours(later);
        store.confirm_upload(&acme, &id(), at).await.unwrap();
    }
    let (head, parts) = store.upload(&acme, &id(), now).await.unwrap().unwrap();
    assert_eq!(head.confirmed_at, Some(now));
    assert_eq!(parts[0].done, Some(vec![row(RowOutcome::Invited)]));
}

#[tokio::test]
async fn a_list_belongs_to_its_organization_and_is_forgotten_after_thirty_days() {
    let engine = Engine::start().await;
    put(&engine, &rows(3), sample::now()).await;
    let (store, now) = (&engine.store, sample::now());
    let globex = sample::org_id("globex");
    assert_eq!(store.upload(&globex, &id(), now).await.unwrap(), None);
    let later = domain::Days(31).after(now);
    let acme = sample::org_id("acme");
    assert_eq!(store.upload(&acme, &id(), later).await.unwrap(), None);
    assert!(put(&engine, &rows(1), later).await);
}

#[test]
fn an_id_is_of_hexadecimal_digits() {
    let text = id().to_string();
    assert_eq!(text.parse(), Ok(id()));
    for bad in [
        "",
        "07",
        &text.to_uppercase().replace('0', "G"),
        &format!("{text}0"),
        "../../",
    ] {
        assert!(bad.parse::<UploadId>().is_err(), "{bad}");
    }
}
