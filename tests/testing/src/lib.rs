//! The deployed tables on an engine in memory, for the tests of crates that speak to DynamoDB.
//!
//! This crate must not know any crate of the project, so that the tests of each may use it, and
//! nothing but tests may use it: it stops at the first surprise.
#![allow(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    reason = "a test stops at the first surprise"
)]

use std::sync::LazyLock;

use dynoxide::Database;
use serde_json::{Map, Value};
use serde_norway::Value as Yaml;

const TEMPLATE: &str = include_str!("../../../infra/template.yaml");

/// The bodies of `CreateTable`. A table is called by its resource: `DirectoryTable` is `directory`.
static TABLES: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let mut template: Yaml = serde_norway::from_str(TEMPLATE).unwrap();
    template.apply_merge().unwrap();
    let resources = template["Resources"].as_mapping().unwrap();
    let tables = resources.iter().filter_map(|(name, resource)| {
        let name = name.as_str()?.strip_suffix("Table")?;
        Some(table(&name.to_lowercase(), &resource["Properties"]))
    });
    tables.collect()
});

/// A table as the template declares it, without what an engine in memory has no use for.
fn table(name: &str, properties: &Yaml) -> Value {
    let kept = [
        "BillingMode",
        "AttributeDefinitions",
        "KeySchema",
        "GlobalSecondaryIndexes",
    ];
    let kept = kept.map(|property| {
        let value = serde_norway::from_value(properties[property].clone());
        (property.to_owned(), value.unwrap())
    });
    let mut body = Map::from_iter(kept);
    body.insert("TableName".to_owned(), name.into());
    body.into()
}

/// A DynamoDB of one test's own, with the tables `directory`, `requests`, `journal` and `audit`.
pub struct DynamoDb {
    /// The address at which it answers while it lives.
    pub endpoint: String,
    /// Ends with the last handle.
    _database: Database,
}

impl DynamoDb {
    /// Starts an engine with empty tables on loopback.
    pub async fn start() -> Self {
        let database = Database::memory().unwrap();
        for table in TABLES.iter() {
            let table = serde_json::from_value(table.clone()).unwrap();
            database.create_table(table).unwrap();
        }
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0));
        let listener = listener.await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(dynoxide::server::serve_on(listener, database.clone()));
        Self {
            endpoint,
            _database: database,
        }
    }
}
