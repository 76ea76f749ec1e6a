//! The embedded engine with the four tables, and a store over it.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use aws_credential_types::Credentials;
use aws_sdk_dynamodb::{
    Client,
    config::{BehaviorVersion, Config, Region, SharedCredentialsProvider, SharedHttpClient},
    types::AttributeValue,
};
use store::{Meter, Store, Tables};
use testing::DynamoDb;
use uuid::Uuid;

use crate::faults::Faults;

/// An engine of its own for one test.
pub(crate) struct Engine {
    pub(crate) store: Store,
    pub(crate) meter: Meter,
    pub(crate) client: Client,
    pub(crate) faults: Faults,
    _dynamodb: DynamoDb,
}

impl Engine {
    pub(crate) async fn start() -> Self {
        let dynamodb = DynamoDb::start().await;
        let faults = Faults::default();
        let client = client(&dynamodb.endpoint, &faults);
        let meter = Meter::new();
        let names = Tables {
            directory: "directory".to_owned(),
            requests: "requests".to_owned(),
            journal: "journal".to_owned(),
            audit: "audit".to_owned(),
        };
        let store = Store::new(client.clone(), names, [7; 32])
            .with_meter(meter.clone())
            // Waits are not part of the test.
            .with_chance(Arc::new(|| 0.0));
        Self {
            store,
            meter,
            client,
            faults,
            _dynamodb: dynamodb,
        }
    }

    /// Every item of a table as its key, in order.
    pub(crate) async fn keys(&self, table: &str) -> Vec<(String, String)> {
        let mut keys: Vec<_> = self
            .items(table)
            .await
            .iter()
            .map(|item| {
                let text = |name: &str| item[name].as_s().unwrap().clone();
                (text("pk"), text("sk"))
            })
            .collect();
        keys.sort();
        keys
    }

    /// Every item of a table.
    pub(crate) async fn items(
        &self,
        table: &str,
    ) -> Vec<std::collections::HashMap<String, AttributeValue>> {
        let mut items = Vec::new();
        let mut start = None;
        loop {
            let page = self
                .client
                .scan()
                .table_name(table)
                .set_exclusive_start_key(start)
                .send()
                .await
                .unwrap();
            items.extend(page.items.unwrap_or_default());
            start = page.last_evaluated_key;
            if start.is_none() {
                return items;
            }
        }
    }
}

fn client(endpoint: &str, faults: &Faults) -> Client {
    let http: SharedHttpClient = faults.before(aws_smithy_http_client::Builder::new().build_http());
    let credentials = Credentials::from_keys("test", "test", None);
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("local"))
        .endpoint_url(endpoint)
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .http_client(http)
        .retry_config(aws_sdk_dynamodb::config::retry::RetryConfig::disabled())
        .build();
    Client::from_conf(config)
}

/// Ids that grow and never repeat, in the layout of UUID version 7.
pub(crate) fn new_id() -> Uuid {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let next = u128::from(NEXT.fetch_add(1, Ordering::Relaxed));
    Uuid::from_u128((0x0199_0000_0000_u128 << 80) | (0x7 << 76) | (0x8 << 60) | next)
}
