//! The embedded engine with the four tables, and an operator of it.

use std::sync::Arc;

use app::{
    Generations, Ids, Secrets,
    clock::{FixedClock, SeededIds},
    config::AwsConfig,
};
use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    Change, Customer, EmailAddress, Membership, OrgId, Organization, Outcome, Timestamp, Version,
    account::{Account, ShownBy},
};
use operator::{Operator, World};
use secrecy::SecretString;
use store::{Once, Store, Tables, Wanted};
use testing::DynamoDb;

pub(crate) const WORLD: &str = include_str!("../../../../events/world.toml");
pub(crate) const MEMBERS: &str = include_str!("../../../../events/members.toml");

pub(crate) const LINKS: &str = "a link secret for tests, of more than 43 characters";
pub(crate) const SOURCES: &str = "a source secret for tests, of more than 43 characters";
pub(crate) const TRACES: &str = "a trace secret for tests, of more than 43 characters";

pub(crate) fn now() -> Timestamp {
    "2026-11-22T09:30:00Z".parse().unwrap()
}

/// An engine of its own for one test.
pub(crate) struct Engine {
    pub(crate) store: Store,
    pub(crate) client: aws_sdk_dynamodb::Client,
    pub(crate) dynamodb: DynamoDb,
}

impl Engine {
    pub(crate) async fn start() -> Self {
        let dynamodb = DynamoDb::start().await;
        let client = client(&dynamodb.endpoint);
        let names = Tables {
            directory: "directory".to_owned(),
            requests: "requests".to_owned(),
            journal: "journal".to_owned(),
            audit: "audit".to_owned(),
        };
        Self {
            store: Store::new(client.clone(), names, [7; 32]),
            client,
            dynamodb,
        }
    }

    pub(crate) fn operator(&self) -> Operator {
        self.operator_with(SOURCES, None)
    }

    /// An operator with this source secret and, while rotating, the one before it.
    pub(crate) fn operator_with(&self, sources: &str, previous: Option<&str>) -> Operator {
        let secrets = Secrets {
            links: Generations::only(LINKS.into()),
            sources: Generations {
                current: sources.into(),
                previous: previous.map(SecretString::from),
            },
        };
        Operator::new(
            self.store.clone(),
            &secrets,
            Arc::new(FixedClock::at(now())),
            Arc::new(SeededIds::new(sources.len() as u64)),
        )
    }

    pub(crate) async fn organization(&self, id: &str) -> Organization {
        let id = id.parse().unwrap();
        self.store.organization(&id).await.unwrap().unwrap()
    }

    pub(crate) async fn membership(&self, org: &str, email: &str) -> Option<Membership> {
        let (org, email): (OrgId, EmailAddress) = (org.parse().unwrap(), email.parse().unwrap());
        let wanted = Wanted::new().membership(&org, &email);
        let loaded = self.store.load(wanted).await.unwrap();
        loaded.membership(&org, &email).cloned()
    }

    pub(crate) async fn put_customer(&self, customer: Customer) {
        self.write(Change::Customer(customer)).await;
    }

    /// A person's account elsewhere.
    pub(crate) async fn put_account(&self, source: &str, id: &str, email: &str) {
        let account = Account {
            source: source.parse().unwrap(),
            id: id.parse().unwrap(),
            address: email.parse().unwrap(),
            shown_by: ShownBy::Payload,
            disputed: false,
            version: Version::NEW,
        };
        self.write(Change::Account(account)).await;
    }

    async fn write(&self, change: Change) {
        let outcome = Outcome {
            changes: vec![change],
            ..Outcome::default()
        };
        // Each write has a token of its own.
        let seed = self.count("directory", "").await;
        let ids = SeededIds::new(seed as u64);
        let new_id = || ids.uuid(now());
        let written = self.store.commit(&outcome, &Once::Nothing, now(), &new_id);
        written.await.unwrap();
    }

    /// Each item of a table as text.
    pub(crate) async fn everything(&self, table: &str) -> Vec<String> {
        let found = self.client.scan().table_name(table).send().await.unwrap();
        found
            .items()
            .iter()
            .map(|item| format!("{item:?}"))
            .collect()
    }

    /// The same as the first version stored it.
    pub(crate) async fn put_old_account(&self, source: &str, id: &str, email: &str) {
        let text = |text: String| AttributeValue::S(text);
        self.client
            .put_item()
            .table_name("directory")
            .item("pk", text(format!("EXTERNAL#{source}#{id}")))
            .item("sk", text("EXTERNAL".to_owned()))
            .item("version", AttributeValue::N("1".to_owned()))
            .item("address", text(email.to_owned()))
            .send()
            .await
            .unwrap();
    }

    /// Counts the items of a table that have a partition key with this beginning.
    pub(crate) async fn count(&self, table: &str, beginning: &str) -> usize {
        let found = self.client.scan().table_name(table).send().await.unwrap();
        found
            .items()
            .iter()
            .filter(|item| item["pk"].as_s().unwrap().starts_with(beginning))
            .count()
    }
}

fn client(endpoint: &str) -> aws_sdk_dynamodb::Client {
    let config = AwsConfig {
        region: "local".to_owned(),
        access_key_id: "test".to_owned(),
        secret_access_key: "test".into(),
        session_token: None,
        dynamodb_endpoint: Some(endpoint.to_owned()),
        sesv2_endpoint: Some(endpoint.to_owned()),
        roots: app::config::Roots::System,
    };
    let http = app::aws::http_client(&config).unwrap();
    app::aws::dynamodb(&config, http)
}

pub(crate) fn world() -> World {
    World::parse(WORLD).unwrap()
}

/// The seeded world with a text in it replaced.
pub(crate) fn world_with(text: &str, other: &str) -> World {
    assert!(WORLD.contains(text), "{text}");
    World::parse(&WORLD.replacen(text, other, 1)).unwrap()
}
