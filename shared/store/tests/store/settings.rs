//! Settings of administrators, accounts elsewhere, and limits.

use std::collections::BTreeSet;

use domain::{
    Change, Outcome, Version,
    account::{Account, ShownBy},
    desk::{Access, Desk},
};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use store::{CommitError, DeskToken, Hits, Once, Rate, World};

use crate::{
    engine::{Engine, new_id},
    sample,
};

fn desk(version: Version) -> Desk {
    Desk {
        id: "it".parse().unwrap(),
        name: "IT".parse().unwrap(),
        sender: sample::email("it@lanyard.example"),
        inbox: None,
        administrators: BTreeSet::from([sample::email("ada@lanyard.example")]),
        access: Access::Domains(BTreeSet::from(["lanyard.example".parse().unwrap()])),
        networks: vec!["192.0.2.0/24".parse().unwrap()],
        request_types: vec![],
        transitions: vec![],
        announcements: vec![],
        jira: None,
        version,
    }
}

#[tokio::test]
async fn a_desks_token_is_written_under_its_version_and_shows_neither_login_nor_token() {
    let engine = Engine::start().await;
    let store = &engine.store;
    let desk = "it".parse().unwrap();
    assert_eq!(store.desk_token(&desk).await.unwrap(), None);
    let token = DeskToken {
        desk,
        login: "robot@lanyard.example".to_owned(),
        account: "5b10".parse().unwrap(),
        sealed: "v1.abc".to_owned(),
        expires_on: "2027-11-30".parse().unwrap(),
        version: Version::NEW,
    };
    store.put_desk_token(&token).await.unwrap();
    let error = store.put_desk_token(&token).await.unwrap_err();
    assert!(matches!(error, CommitError::Conflict), "{error:?}");
    let read = store.desk_token(&token.desk).await.unwrap().unwrap();
    let shown = format!("{read:?}");
    assert!(
        !shown.contains("robot") && !shown.contains("v1."),
        "{shown}"
    );
    assert_eq!(
        read,
        DeskToken {
            version: Version(1),
            ..token
        }
    );
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Source {
    scheme: String,
    secrets: Vec<String>,
}

#[tokio::test]
async fn desks_organizations_and_sources_are_written_under_their_versions() {
    let engine = Engine::start().await;
    let store = &engine.store;
    let it = "it".parse().unwrap();
    assert_eq!(store.desk(&it).await.unwrap(), None);
    store.put_desk(&desk(Version::NEW)).await.unwrap();
    let error = store.put_desk(&desk(Version::NEW)).await.unwrap_err();
    assert!(matches!(error, CommitError::Conflict), "{error:?}");
    store.put_desk(&desk(Version(1))).await.unwrap();
    assert_eq!(store.desk(&it).await.unwrap(), Some(desk(Version(2))));

    let mut acme = sample::organization("acme");
    store.put_organization(&acme).await.unwrap();
    acme.version = Version(1);
    assert_eq!(
        store.organization(&acme.id).await.unwrap(),
        Some(acme.clone())
    );

    let source = Source {
        scheme: "hub-signature".to_owned(),
        secrets: vec!["sealed".to_owned()],
    };
    let id = sample::source();
    assert_eq!(store.source::<Source>(&id).await.unwrap(), None);
    store.put_source(&id, &source, Version::NEW).await.unwrap();
    let error = store
        .put_source(&id, &source, Version::NEW)
        .await
        .unwrap_err();
    assert!(matches!(error, CommitError::Conflict), "{error:?}");
    assert_eq!(store.source(&id).await.unwrap(), Some((source, Version(1))));
}

#[tokio::test]
async fn the_world_names_what_is_described() {
    let engine = Engine::start().await;
    let store = &engine.store;
    assert_eq!(store.world().await.unwrap(), World::default());
    store.put_desk(&desk(Version::NEW)).await.unwrap();
    for org in ["acme", "globex"] {
        store
            .put_organization(&sample::organization(org))
            .await
            .unwrap();
    }
    let source = Source {
        scheme: "stripe".to_owned(),
        secrets: vec![],
    };
    store
        .put_source(&sample::source(), &source, Version::NEW)
        .await
        .unwrap();
    let domains = ["acme.example", "globex.example"].map(|d| d.parse().unwrap());
    for domain in &domains {
        store
            .put_domain_rule(domain, &sample::org_id("acme"))
            .await
            .unwrap();
    }
    store
        .put_domain_rule(&domains[1], &sample::org_id("globex"))
        .await
        .unwrap();
    store.delete_domain_rule(&domains[0]).await.unwrap();
    assert_eq!(store.domain_rule(&domains[0]).await.unwrap(), None);
    assert_eq!(
        store.domain_rule(&domains[1]).await.unwrap(),
        Some(sample::org_id("globex"))
    );
    assert_eq!(
        store.world().await.unwrap(),
        World {
            desks: BTreeSet::from(["it".parse().unwrap()]),
            organizations: BTreeSet::from([sample::org_id("acme"), sample::org_id("globex")]),
            domains: BTreeSet::from([domains[1].clone()]),
            sources: BTreeSet::from([sample::source()]),
        }
    );
    store.delete_source(&sample::source()).await.unwrap();
    store.delete_desk(&"it".parse().unwrap()).await.unwrap();
    let world = store.world().await.unwrap();
    assert!(world.sources.is_empty() && world.desks.is_empty());
    assert_eq!(
        store.source::<Source>(&sample::source()).await.unwrap(),
        None
    );
}

#[tokio::test]
async fn an_account_elsewhere_leads_to_an_address() {
    let engine = Engine::start().await;
    let (source, id) = (
        sample::source(),
        "5b10a2844c20165700ede21g".parse().unwrap(),
    );
    let store = &engine.store;
    let ids = BTreeSet::from([id, "another".parse().unwrap()]);
    assert!(store.accounts(&source, &ids).await.unwrap().is_empty());
    let ann = sample::email("ann@acme.example");
    let mut account = Account {
        source: source.clone(),
        id: ids.last().unwrap().clone(),
        address: ann.clone(),
        shown_by: ShownBy::Payload,
        disputed: false,
        version: Version::NEW,
    };
    let write = async |change| {
        let outcome = Outcome {
            changes: vec![change],
            ..Outcome::default()
        };
        let written = store.commit(&outcome, &Once::Nothing, sample::now(), &new_id);
        written.await.unwrap();
    };
    write(Change::Account(account.clone())).await;
    account.version = Version(1);
    let found = store.accounts(&source, &ids).await.unwrap();
    assert_eq!(found.into_values().collect::<Vec<_>>(), [account.clone()]);
    assert_eq!(store.accounts_of(&ann).await.unwrap(), [account.clone()]);
    // An account is no membership.
    assert!(store.organizations_of(&ann).await.unwrap().is_empty());

    write(Change::ForgetAccount(account)).await;
    assert!(store.accounts(&source, &ids).await.unwrap().is_empty());
    assert!(store.accounts_of(&ann).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_limit_counts_within_its_window() {
    let engine = Engine::start().await;
    let now = sample::now(); // on a full minute
    let hit = async |scope: &str, seconds: i64| {
        let at = now + SignedDuration::from_secs(seconds);
        engine.store.count_hit(scope, 60, 2, at).await.unwrap()
    };
    assert_eq!(hit("a#b", 0).await, Rate::Allowed);
    assert_eq!(hit("a#b", 30).await, Rate::Allowed);
    assert_eq!(
        hit("a#b", 45).await,
        Rate::Limited {
            retry_after: SignedDuration::from_secs(15)
        }
    );
    assert_eq!(hit("a", 45).await, Rate::Allowed);
    assert_eq!(hit("a#b", 60).await, Rate::Allowed);
}

#[tokio::test]
async fn acts_and_the_copies_they_set_off_are_limited_in_one_write() {
    let engine = Engine::start().await;
    let now = sample::now();
    let limit = Hits {
        acts: 3,
        copies: 50,
    };
    let act = async |scope: &str, copies: u32| {
        let more = Hits { acts: 1, copies };
        let counted = engine.store.count_hits(scope, 60, more, limit, now);
        counted.await.unwrap()
    };
    let limited = Rate::Limited {
        retry_after: SignedDuration::from_secs(60),
    };
    // The copies reach their limit long before the acts.
    assert_eq!(act("loud", 40).await, Rate::Allowed);
    assert_eq!(act("loud", 40).await, limited);
    assert_eq!(act("loud", 1).await, limited);
    // The acts reach their limit.
    for _ in 0..3 {
        assert_eq!(act("busy", 1).await, Rate::Allowed);
    }
    assert_eq!(act("busy", 0).await, limited);
}
