//! An engine for each test of a use case, with the tables that every deployment has.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::{fmt::Debug, str::FromStr, sync::Arc};

use domain::{Change, Outcome, Refusal, Timestamp};
use dynoxide::Database;
use serde_json::{Value, json};
use store::{Meter, Once};

use crate::{
    Config, Core,
    aws::Clients,
    clock::{FixedClock, SeededIds},
    path::{Settled, Stop},
};

pub(crate) fn text<T: FromStr<Err: Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

/// When the worlds of the tests begin.
pub(crate) fn now() -> Timestamp {
    text("2026-11-22T09:30:00Z")
}

/// The tables, and what use cases need besides.
pub(crate) struct Engine {
    pub(crate) core: Core,
    pub(crate) clock: Arc<FixedClock>,
    pub(crate) meter: Meter,
    /// While it lives, the engine answers.
    _database: Database,
}

impl Engine {
    pub(crate) async fn start(now: Timestamp) -> Self {
        let database = Database::memory().unwrap();
        for name in ["directory", "requests", "journal", "audit"] {
            let table = serde_json::from_value(table(name)).unwrap();
            database.create_table(table).unwrap();
        }
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0))
            .await
            .unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(dynoxide::server::serve_on(listener, database.clone()));
        let config = Config::for_tests(&endpoint);
        let client = Clients::build(&config.aws).unwrap().dynamodb;
        let clock = Arc::new(FixedClock::at(now));
        let meter = Meter::new();
        let ids = Arc::new(SeededIds::new(1));
        let mut core = Core::new(client, &config, clock.clone(), ids);
        core.store = core.store.with_meter(meter.clone());
        Self {
            core,
            clock,
            meter,
            _database: database,
        }
    }

    pub(crate) async fn put(&self, changes: Vec<Change>) {
        let outcome = Outcome {
            changes,
            ..Outcome::default()
        };
        let new_id = || self.core.new_id();
        let store = &self.core.store;
        store
            .commit(&outcome, &Once::Nothing, self.core.now(), &new_id)
            .await
            .unwrap();
    }
}

fn table(name: &str) -> Value {
    let keys = |hash: &str, range: &str| {
        json!([
            {"AttributeName": hash, "KeyType": "HASH"},
            {"AttributeName": range, "KeyType": "RANGE"},
        ])
    };
    let indexes: &[(&str, &str, &str)] = match name {
        "directory" => &[
            ("by-customer", "email", "org"),
            ("due", "due_shard", "due_at"),
        ],
        "requests" => &[("by-viewer", "viewer", "position")],
        "journal" => &[("due", "due_shard", "due_at")],
        _ => &[("by-subject", "subject", "entry")],
    };
    let names = indexes.iter().flat_map(|(_, hash, range)| [hash, range]);
    let attributes: Vec<_> = ["pk", "sk"]
        .iter()
        .chain(names)
        .map(|name| json!({"AttributeName": name, "AttributeType": "S"}))
        .collect();
    let indexes: Vec<_> = indexes
        .iter()
        .map(|(name, hash, range)| {
            json!({
                "IndexName": name,
                "KeySchema": keys(hash, range),
                "Projection": {"ProjectionType": "ALL"},
            })
        })
        .collect();
    json!({
        "TableName": name,
        "BillingMode": "PAY_PER_REQUEST",
        "KeySchema": keys("pk", "sk"),
        "AttributeDefinitions": attributes,
        "GlobalSecondaryIndexes": indexes,
    })
}

/// The result of an action, for comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Came {
    Done,
    Unchanged,
    Refused(Refusal),
    Unknown,
}

/// An action that did not fail.
pub(crate) trait Settles {
    fn came(self) -> Came;
}

impl Settles for Result<Settled<()>, Stop> {
    fn came(self) -> Came {
        match self {
            Ok(Settled::Done(()) | Settled::DoneBefore) => Came::Done,
            Ok(Settled::Unchanged(())) => Came::Unchanged,
            Err(Stop::Refused(refusal)) => Came::Refused(refusal),
            Err(Stop::Closed | Stop::Gone) => Came::Unknown,
            Err(stop) => panic!("{stop:?}"),
        }
    }
}

/// Tells whether something is not there for its caller. Panics when that is not known.
pub(crate) fn is_closed<T>(result: &Result<T, Stop>) -> bool {
    match result {
        Ok(_) | Err(Stop::Refused(_)) => false,
        Err(Stop::Closed | Stop::Gone) => true,
        Err(stop) => panic!("{stop:?}"),
    }
}
