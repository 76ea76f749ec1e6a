//! The difference between a file and the tables, and applying it.

use domain::{Role, SourceId};
use hooks::{
    secret::{Secret, SecretBox},
    source::Source,
};
use operator::{OperatorError, Plan};
use secrecy::ExposeSecret;

use crate::engine::{Engine, SOURCES, now, world, world_with};

fn lines(plan: &Plan) -> Vec<&str> {
    plan.lines().collect()
}

#[tokio::test]
async fn a_world_is_applied_once_and_then_there_is_nothing_to_change() {
    let engine = Engine::start().await;
    let operator = engine.operator();
    let plan = operator.plan(&world()).await.unwrap();
    let told = lines(&plan);
    assert!(told.contains(&"desk it: new (IT help desk, 3 request types)"));
    assert!(told.contains(&"organization acme: new (Acme, desk support, 25 seats)"));
    assert!(told.contains(&"domain globex.test: organization globex"));
    assert!(told.contains(&"organization acme: lead lena@acme.example"));
    assert!(told.contains(&"source forms: new (standard-webhooks), with a new secret"));
    assert_eq!(
        engine.count("directory", "").await,
        0,
        "a plan writes nothing"
    );

    let applied = operator.apply(&world()).await.unwrap();
    assert_eq!(applied.new_secrets.len(), 5);
    let again = operator.plan(&world()).await.unwrap();
    assert!(again.is_empty(), "{:?}", lines(&again));
    assert_eq!(again.notices().count(), 0);
    let applied = operator.apply(&world()).await.unwrap();
    assert_eq!((applied.written, applied.new_secrets.len()), (0, 0));
}

#[tokio::test]
async fn each_lead_has_a_seat_an_audit_entry_and_a_mail_with_the_link() {
    let engine = Engine::start().await;
    engine.operator().apply(&world()).await.unwrap();
    let acme = engine.organization("acme").await;
    assert_eq!(acme.seats_used, 1);
    let lena = engine
        .membership("acme", "lena@acme.example")
        .await
        .unwrap();
    assert_eq!(lena.role, Role::Lead);
    assert!(acme.leads.contains(&lena.email));
    assert_eq!(engine.count("journal", "OUTBOX#").await, 3);
    assert_eq!(engine.count("audit", "ORG#").await, 3);
}

#[tokio::test]
async fn a_changed_seat_cap_is_one_line_and_leaves_the_people_alone() {
    let engine = Engine::start().await;
    let operator = engine.operator();
    operator.apply(&world()).await.unwrap();
    let changed = world_with("seat_cap = 25", "seat_cap = 30");
    let plan = operator.plan(&changed).await.unwrap();
    assert_eq!(lines(&plan), ["organization acme: seat_cap 25 → 30"]);
    let before = engine.organization("acme").await;
    operator.write(plan, |_| ()).await.unwrap();
    let after = engine.organization("acme").await;
    assert_eq!(after.policy.seat_cap, 30);
    assert_eq!(
        (after.seats_used, after.leads),
        (before.seats_used, before.leads)
    );
    assert_eq!(engine.count("journal", "OUTBOX#").await, 3, "no more mails");
}

#[tokio::test]
async fn changes_of_every_kind_are_told_and_made() {
    let engine = Engine::start().await;
    let operator = engine.operator();
    operator.apply(&world()).await.unwrap();
    for (text, other, line) in [
        (
            "sender = \"it@lanyard.example\"",
            "sender = \"help@lanyard.example\"",
            "desk it: sender it@lanyard.example → help@lanyard.example",
        ),
        (
            "sender = \"it@lanyard.example\"",
            "sender = \"it@lanyard.example\"\ninbox = \"queue@lanyard.example\"",
            "desk it: inbox (none) → queue@lanyard.example",
        ),
        (
            "label = \"Needed by\"",
            "label = \"When?\"",
            "desk it: request_types[hardware].fields[by].label Needed by → When?",
        ),
        (
            "grace_days = 14",
            "grace_days = 21",
            "organization acme: inactivity.grace_days 14 → 21",
        ),
        (
            "domains = [\"globex.example\", \"globex.test\"]",
            "domains = [\"globex.example\"]",
            "domain globex.test: organization globex → (none)",
        ),
        (
            "mapping = \"tally\"\ndesk = \"it\"",
            "mapping = \"tally\"\ndesk = \"support\"",
            "source tally: desk it → support",
        ),
    ] {
        let changed = world_with(text, other);
        let plan = operator.plan(&changed).await.unwrap();
        assert!(lines(&plan).contains(&line), "{line}: {:?}", lines(&plan));
        operator.write(plan, |_| ()).await.unwrap();
        let left = operator.plan(&changed).await.unwrap();
        assert!(left.is_empty(), "{:?}", lines(&left));
        operator.apply(&world()).await.unwrap();
    }
}

#[tokio::test]
async fn a_seat_cap_below_the_seats_in_use_is_refused_and_nothing_is_written() {
    let engine = Engine::start().await;
    let operator = engine.operator();
    operator.apply(&world()).await.unwrap();
    operator
        .seed(&operator::Members::parse(crate::engine::MEMBERS).unwrap())
        .await
        .unwrap();
    let changed = world_with("seat_cap = 25", "seat_cap = 5");
    let Err(OperatorError::Invalid(invalid)) = operator.plan(&changed).await else {
        panic!("it should not be possible");
    };
    assert_eq!(
        invalid.to_string(),
        "organization.acme.policy.seat_cap: is below the 12 seats in use"
    );
}

#[tokio::test]
async fn people_stay_whatever_the_file_leaves_out() {
    let engine = Engine::start().await;
    let operator = engine.operator();
    operator.apply(&world()).await.unwrap();
    let replaced = world_with(
        "leads = [{ email = \"gus@globex.example\", name = \"Gus Moreau\" }]",
        "leads = [{ email = \"una@globex.example\" }]",
    );
    let plan = operator.plan(&replaced).await.unwrap();
    assert_eq!(
        lines(&plan),
        ["organization globex: lead una@globex.example"]
    );
    assert_eq!(
        plan.notices().collect::<Vec<_>>(),
        [
            "organization globex: gus@globex.example leads it and is not in the file; people stay as \
          they are"
        ]
    );
    operator.write(plan, |_| ()).await.unwrap();
    assert_eq!(engine.organization("globex").await.leads.len(), 2);

    let nothing = operator::World::parse("").unwrap();
    let plan = operator.plan(&nothing).await.unwrap();
    assert!(lines(&plan).contains(&"desk it: removed; its requests stay"));
    assert!(
        !lines(&plan)
            .iter()
            .any(|line| line.contains("organization"))
    );
    assert_eq!(
        plan.notices().count(),
        4,
        "three organizations and their desk"
    );
    operator.write(plan, |_| ()).await.unwrap();
    assert_eq!(engine.organization("acme").await.seats_used, 1);
    let support = "support".parse().unwrap();
    assert!(engine.store.desk(&support).await.unwrap().is_some());
}

async fn source(engine: &Engine, id: &str) -> Source {
    let id = id.parse().unwrap();
    let found = engine.store.source::<Source>(&id).await.unwrap();
    found.unwrap().0
}

#[tokio::test]
async fn a_new_secret_is_shown_once_and_verifies_and_no_line_holds_one() {
    let engine = Engine::start().await;
    let operator = engine.operator();
    let plan = operator.plan(&world()).await.unwrap();
    let told = lines(&plan).join("\n");
    let mut shown = Vec::new();
    operator
        .write(plan, |new| {
            shown.push((new.source.clone(), new.secret.expose_secret().to_owned()));
        })
        .await
        .unwrap();
    let forms: SourceId = "forms".parse().unwrap();
    let (_, secret) = shown.iter().find(|(id, _)| *id == forms).unwrap();
    assert!(secret.starts_with("whsec_"));
    assert!(!told.contains(secret.as_str()));
    let keys = sealed_with(SOURCES);
    let stored = source(&engine, "forms").await;
    let opened = keys.open(&forms, &stored.secrets[0].sealed).unwrap();
    assert_eq!(opened.expose_secret(), secret);
    assert!(Secret::parse(&stored.scheme, secret).is_ok());
}

/// Seals and opens with this source secret.
fn sealed_with(secret: &str) -> SecretBox {
    app::Keys::of_sources(&app::Generations::only(secret.into()))
}

#[tokio::test]
async fn secrets_are_encrypted_anew_after_a_rotation_and_stay_the_same() {
    let engine = Engine::start().await;
    engine.operator().apply(&world()).await.unwrap();
    let new_secret = "another source secret for tests, of more than 43 characters";
    let rotating = engine.operator_with(new_secret, Some(SOURCES));
    let plan = rotating.plan(&world()).await.unwrap();
    assert_eq!(plan.lines().count(), 5);
    assert!(lines(&plan).contains(&"source hr: its secret is encrypted with the new key"));
    let (old_keys, new_keys) = (sealed_with(SOURCES), sealed_with(new_secret));
    let before = source(&engine, "hr").await.open(&old_keys, now()).unwrap();
    let applied = rotating.write(plan, |_| ()).await.unwrap();
    assert!(applied.new_secrets.is_empty());
    let after = source(&engine, "hr").await.open(&new_keys, now()).unwrap();
    assert_eq!(before.len(), after.len());
    let left = rotating.plan(&world()).await.unwrap();
    assert!(left.is_empty());
}

#[tokio::test]
async fn a_secret_that_nobody_can_open_any_more_is_replaced_and_said_to_be() {
    let engine = Engine::start().await;
    engine.operator().apply(&world()).await.unwrap();
    let stranger = engine.operator_with(
        "a third source secret, of more than 43 characters, too",
        None,
    );
    let plan = stranger.plan(&world()).await.unwrap();
    assert!(lines(&plan).contains(
        &"source hr: a new secret, because the old one does not open with this source secret"
    ));
    let applied = stranger.write(plan, |_| ()).await.unwrap();
    assert_eq!(applied.new_secrets.len(), 5);
}

#[tokio::test]
async fn what_somebody_else_applied_since_the_plan_is_not_undone() {
    let engine = Engine::start().await;
    let (one, other) = (engine.operator(), engine.operator());
    let plan = one.plan(&world()).await.unwrap();
    let first = other.apply(&world()).await.unwrap();
    assert_eq!(first.new_secrets.len(), 5);
    let second = one.write(plan, |_| ()).await.unwrap();
    assert!(second.new_secrets.is_empty(), "their secrets stay");
    assert_eq!(engine.organization("acme").await.seats_used, 1);
    assert_eq!(engine.count("journal", "OUTBOX#").await, 3);
}
