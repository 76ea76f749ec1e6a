//! Connecting a desk with its site at Jira.

use domain::DeskId;
use hooks::secret::Sealed;
use operator::{ConnectError, Given, World};
use secrecy::ExposeSecret;

use crate::{
    engine::{Engine, SOURCES, WORLD},
    site::Site,
};

const TOKEN: &str = "ATATT-a-token";

pub(crate) fn support() -> DeskId {
    "support".parse().unwrap()
}

fn given(day: &str) -> Given {
    Given {
        login: "robot@lanyard.example".to_owned(),
        token: TOKEN.into(),
        expires_on: day.parse().unwrap(),
    }
}

/// The seeded world with a desk that is connected with this site.
pub(crate) fn connected(site: &str, more: &str) -> World {
    let kind = "[desk.support.jira.request_type.incident]\nid = 12";
    let section =
        format!("[desk.support.jira]\nsite = \"{site}\"\nservice_desk = 3\n{more}\n{kind}");
    World::parse(&format!("{WORLD}\n{section}\n")).unwrap()
}

const READ_REQUESTS: &str = "requests = \"read\"";

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_tried_and_kept_sealed_and_nothing_is_written_there() {
    let (engine, site) = (Engine::start().await, Site::start(&[]).await);
    let operator = engine.operator();
    operator
        .apply(&connected(&site.address(), READ_REQUESTS))
        .await
        .unwrap();
    let tried = operator
        .try_connection(&support(), given("2027-11-22"))
        .await
        .unwrap();
    assert_eq!(tried.missing, Vec::<String>::new());
    assert_eq!(
        tried.lines[..2],
        ["account: Robot", "service desk 3: Support (SUP)"]
    );
    operator.keep_connection(tried).await.unwrap();

    assert!(site.methods().await.iter().all(|method| method == "GET"));
    let stored = engine.everything("directory").await.join("\n");
    assert!(!stored.contains(TOKEN), "the token is not stored in clear");
    let kept = engine.store.desk_token(&support()).await.unwrap().unwrap();
    assert_eq!(kept.expires_on.to_string(), "2027-11-22");
    assert_eq!(kept.account.as_str(), "5b10");
    let keys = app::Keys::of_sources(&app::Generations::only(SOURCES.into()));
    let opened = keys.open(&support(), &Sealed::from(kept.sealed)).unwrap();
    assert_eq!(opened.expose_secret(), TOKEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_token_takes_the_place_of_the_first() {
    let (engine, site) = (Engine::start().await, Site::start(&[]).await);
    let operator = engine.operator();
    operator
        .apply(&connected(&site.address(), READ_REQUESTS))
        .await
        .unwrap();
    for day in ["2026-12-01", "2027-11-01"] {
        let tried = operator
            .try_connection(&support(), given(day))
            .await
            .unwrap();
        operator.keep_connection(tried).await.unwrap();
        let kept = engine.store.desk_token(&support()).await.unwrap().unwrap();
        assert_eq!(kept.expires_on.to_string(), day);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn applying_seals_a_token_anew_after_a_rotation_and_forgets_it_with_the_connection() {
    let (engine, site) = (Engine::start().await, Site::start(&[]).await);
    let operator = engine.operator();
    let world = connected(&site.address(), READ_REQUESTS);
    operator.apply(&world).await.unwrap();
    let tried = operator
        .try_connection(&support(), given("2027-01-01"))
        .await;
    operator.keep_connection(tried.unwrap()).await.unwrap();
    assert!(operator.plan(&world).await.unwrap().is_empty());

    let next = "the next source secret for tests, of more than 43 characters";
    let rotating = engine.operator_with(next, Some(SOURCES));
    rotating.apply(&world).await.unwrap();
    let kept = engine.store.desk_token(&support()).await.unwrap().unwrap();
    let keys = app::Keys::of_sources(&app::Generations::only(next.into()));
    let opened = keys.open(&support(), &Sealed::from(kept.sealed)).unwrap();
    assert_eq!(opened.expose_secret(), TOKEN);
    assert!(rotating.plan(&world).await.unwrap().is_empty());

    // Nobody has the first secret any more.
    let lost = operator.plan(&world).await.unwrap();
    let notice = "desk support: its token does not open with this source secret; connect it again";
    assert!(lost.notices().any(|one| one == notice));

    rotating.apply(&crate::engine::world()).await.unwrap();
    assert_eq!(engine.store.desk_token(&support()).await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_missing_right_is_named_with_what_will_not_work() {
    let without = &["ADMINISTER", "USER_PICKER", "MODIFY_REPORTER"];
    let (engine, site) = (Engine::start().await, Site::start(without).await);
    let operator = engine.operator();
    operator
        .apply(&connected(&site.address(), READ_REQUESTS))
        .await
        .unwrap();
    let missing = || async {
        let tried = operator
            .try_connection(&support(), given("2027-01-01"))
            .await;
        tried.unwrap().missing
    };
    let only_people = missing().await;
    assert_eq!(
        only_people,
        [
            "Administer Jira: new people get no account there",
            "Browse users and groups: people who have an account there are not found",
        ]
    );
    // A desk whose customers are read alone needs no administrator.
    let read = "customers = \"read\"\nrequests = \"read\"";
    operator
        .apply(&connected(&site.address(), read))
        .await
        .unwrap();
    assert_eq!(missing().await, only_people[1..]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_fit_and_who_is_not_let_in_is_said_and_nothing_kept() {
    let (engine, site) = (Engine::start().await, Site::start(&[]).await);
    let operator = engine.operator();
    operator.apply(&crate::engine::world()).await.unwrap();
    let desk = support();
    let try_with = async |day: &str| {
        operator
            .try_connection(&desk, given(day))
            .await
            .unwrap_err()
    };
    assert!(matches!(
        try_with("2027-01-01").await,
        ConnectError::Undescribed(_)
    ));
    for day in ["2026-11-21", "2028-01-01"] {
        assert!(matches!(try_with(day).await, ConnectError::Day), "{day}");
    }
    let world = connected(&site.address(), READ_REQUESTS);
    operator.apply(&world).await.unwrap();
    let nobody: DeskId = "nobody".parse().unwrap();
    let unknown = operator
        .try_connection(&nobody, given("2027-01-01"))
        .await
        .unwrap_err();
    assert!(matches!(unknown, ConnectError::Unknown(_)));

    let shut = Site::answering(|_| wiremock::ResponseTemplate::new(401)).await;
    operator
        .apply(&connected(&shut.address(), READ_REQUESTS))
        .await
        .unwrap();
    let refused = try_with("2027-01-01").await;
    assert!(
        matches!(refused, ConnectError::Unauthorized { .. }),
        "{refused}"
    );
    let shown = format!("{refused} {refused:?}");
    assert!(
        !shown.contains(TOKEN) && !shown.contains("robot@"),
        "{shown}"
    );
    assert_eq!(engine.store.desk_token(&desk).await.unwrap(), None);
}
