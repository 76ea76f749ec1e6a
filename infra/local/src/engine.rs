//! The embedded DynamoDB engine, in memory or in a file, behind a loopback listener.
//!
//! The functions speak to it with the real SDK over HTTP, as they do to DynamoDB. Tables are made
//! from the template when they are missing; a file from an earlier run keeps its items and streams.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use app::{Ids, SystemIds};
use dynoxide::storage_backend::Clock;
use dynoxide::{Database, ImportOptions};
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::clock::{self, MovableClock};
use crate::template::{Table, Template};

/// Why the engine cannot start.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The data directory or the listener cannot be had.
    #[error(transparent)]
    System(#[from] std::io::Error),
    /// The engine refused something of the template.
    #[error("table `{table}`: {source}")]
    Table {
        /// The table's physical name.
        table: String,
        /// What the engine says.
        #[source]
        source: Box<dynoxide::DynoxideError>,
    },
    /// A definition that is not one of `CreateTable`.
    #[error("table `{table}`: {source}")]
    Definition {
        /// The table's physical name.
        table: String,
        /// What is wrong with it.
        #[source]
        source: serde_json::Error,
    },
    /// The database cannot be opened.
    #[error("the database cannot be opened: {0}")]
    Open(#[source] Box<dynoxide::DynoxideError>),
    /// The data directory's tables are of another template.
    #[error(
        "table `{0}` in the data directory has other keys or indexes than the template; start with an empty directory"
    )]
    Changed(String),
}

impl EngineError {
    /// Whether starting again may succeed without a change: only when the system was at fault.
    #[must_use]
    pub fn retryable(&self) -> bool {
        matches!(self, Self::System(_))
    }
}

/// A running engine. Dropping it stops it; [`Engine::stop`] also waits until it has.
pub struct Engine {
    address: SocketAddr,
    upkeep: Upkeep,
    stop: Option<oneshot::Sender<()>>,
    serving: Option<JoinHandle<()>>,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

/// What happens inside the engine by itself: time, and what time deletes.
#[derive(Clone)]
pub struct Upkeep {
    database: Database,
    /// The clock the engine lives by, if it is the one that can be moved.
    clock: Option<MovableClock>,
}

impl std::fmt::Debug for Upkeep {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Upkeep")
            .field("clock", &self.clock)
            .finish_non_exhaustive()
    }
}

impl Upkeep {
    /// The time by which the engine dates its stream's records.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock
            .as_ref()
            .map_or_else(clock::real_now, MovableClock::now)
    }

    /// Deletes what has expired by the clock that can be moved. DynamoDB does so within days, at no
    /// promised moment; nothing may rely on it. A database in a file is left as it is.
    ///
    /// # Errors
    ///
    /// If the engine cannot read or delete.
    pub fn sweep_time_to_live(&self) -> Result<usize, Box<dynoxide::DynoxideError>> {
        match &self.clock {
            Some(_) => self.database.sweep_ttl().map_err(Box::new),
            None => Ok(0),
        }
    }

    /// Every item of a table, as DynamoDB's JSON has it.
    ///
    /// # Errors
    ///
    /// If there is no such table.
    pub fn items(&self, table: &str) -> Result<Vec<Value>, LoadError> {
        let mut items = Vec::new();
        let mut asked = json!({"TableName": table});
        loop {
            let page = self.database.scan(serde_json::from_value(asked.clone())?);
            let page = serde_json::to_value(page.map_err(Box::new)?)?;
            items.extend(page["Items"].as_array().into_iter().flatten().cloned());
            let Some(last) = page.get("LastEvaluatedKey").filter(|key| !key.is_null()) else {
                return Ok(items);
            };
            asked["ExclusiveStartKey"] = last.clone();
        }
    }

    /// Puts many items into a table, past the functions, the meter and the stream: how a table gets
    /// as large as one that has been in use for years.
    ///
    /// # Errors
    ///
    /// If an item is none, or the engine does not take it.
    pub fn load(&self, table: &str, items: Vec<Value>) -> Result<(), LoadError> {
        let items = items.into_iter().map(serde_json::from_value);
        let items = items.collect::<Result<_, _>>()?;
        let put = self
            .database
            .import_items(table, items, ImportOptions::default());
        put.map_err(Box::new)?;
        Ok(())
    }
}

/// Why items are not read or written past the functions.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// What should be an item is none.
    #[error("not an item: {0}")]
    Item(#[from] serde_json::Error),
    /// The engine refuses.
    #[error("the engine refuses: {0}")]
    Engine(#[from] Box<dynoxide::DynoxideError>),
}

/// The name of the database's file in a data directory.
const FILE: &str = "dynamodb.sqlite";

impl Engine {
    /// Starts an engine on a free loopback port, with the template's tables.
    ///
    /// # Errors
    ///
    /// If the data directory cannot be used, or a table cannot be made.
    pub async fn start(
        template: &Template,
        data: Option<&Path>,
        clock: &MovableClock,
    ) -> Result<Self, EngineError> {
        let opened = match data {
            Some(data) => {
                std::fs::create_dir_all(data)?;
                Database::new(&data.join(FILE).to_string_lossy())
            }
            // In memory nothing is older than this process, so the engine may live by its clock and
            // time-to-live follows a move. A file lives by the real time, which the library sets.
            None => Database::memory_with_clock(Arc::new(EngineClock(clock.clone()))),
        };
        let database = opened.map_err(|error| EngineError::Open(Box::new(error)))?;
        for table in &template.tables {
            ensure(&database, table)?;
        }
        let listener = out_of_reach().await?;
        let address = listener.local_addr()?;
        let (stop, stopped) = oneshot::channel();
        let served = database.clone();
        let serving = tokio::spawn(async move {
            let until = async move {
                // A sender that is gone means that the engine was dropped: stop as well.
                let _ = stopped.await;
            };
            if let Err(error) = dynoxide::server::serve_with_shutdown(listener, served, until).await
            {
                tracing::error!(error, "the engine stopped");
            }
        });
        Ok(Self {
            address,
            upkeep: Upkeep {
                database,
                clock: data.is_none().then(|| clock.clone()),
            },
            stop: Some(stop),
            serving: Some(serving),
        })
    }

    /// Where the engine listens, without the layer of faults before it.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What happens inside the engine by itself.
    #[must_use]
    pub fn upkeep(&self) -> Upkeep {
        self.upkeep.clone()
    }

    /// Stops serving and waits until every answer has been given.
    pub async fn stop(mut self) {
        drop(self.stop.take());
        if let Some(serving) = self.serving.take() {
            // The task ends by itself; its result says nothing that it has not logged.
            let _ = serving.await;
        }
    }
}

/// A listener on one of the sixteen million loopback addresses, which a page in a browser would have to
/// guess together with the port: the engine's own server lets every page read its answers, and only the
/// layer before it asks who calls. A system that has but one such address gives that one.
async fn out_of_reach() -> std::io::Result<TcpListener> {
    let mut chance = [0; 3];
    SystemIds::default().fill(&mut chance);
    let [a, b, c] = chance;
    let somewhere = Ipv4Addr::new(127, a, b, c.clamp(2, 254));
    match TcpListener::bind((somewhere, 0)).await {
        Ok(listener) => Ok(listener),
        Err(_) => TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await,
    }
}

/// Makes a table that is missing, or holds one that is there against the template.
fn ensure(database: &Database, table: &Table) -> Result<(), EngineError> {
    let refused = |source| EngineError::Table {
        table: table.name.clone(),
        source: Box::new(source),
    };
    let named = json!({"TableName": table.name});
    match database.describe_table(request(table, named)?) {
        Ok(found) => {
            let found = serde_json::to_value(found).map_err(|source| EngineError::Definition {
                table: table.name.clone(),
                source,
            })?;
            return same_keys(&found["Table"], &table.definition)
                .then_some(())
                .ok_or_else(|| EngineError::Changed(table.name.clone()));
        }
        Err(dynoxide::DynoxideError::ResourceNotFoundException(_)) => {}
        Err(error) => return Err(refused(error)),
    }
    let definition = request(table, table.definition.clone())?;
    database.create_table(definition).map_err(refused)?;
    if let Some(attribute) = &table.time_to_live {
        let specification = json!({
            "TableName": table.name,
            "TimeToLiveSpecification": {"AttributeName": attribute, "Enabled": true},
        });
        database
            .update_time_to_live(request(table, specification)?)
            .map_err(refused)?;
    }
    Ok(())
}

fn request<T: DeserializeOwned>(table: &Table, body: Value) -> Result<T, EngineError> {
    serde_json::from_value(body).map_err(|source| EngineError::Definition {
        table: table.name.clone(),
        source,
    })
}

/// Whether a described table has the keys and indexes of a definition, in whatever order.
fn same_keys(described: &Value, definition: &Value) -> bool {
    let shape = |table: &Value| {
        let mut indexes: Vec<String> = table["GlobalSecondaryIndexes"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|index| format!("{}{}", index["IndexName"], index["KeySchema"]))
            .collect();
        indexes.sort();
        (table["KeySchema"].to_string(), indexes)
    };
    shape(described) == shape(definition)
}

/// The bundle's clock in the engine's terms.
struct EngineClock(MovableClock);

impl Clock for EngineClock {
    fn now_unix_secs(&self) -> u64 {
        u64::try_from(self.0.now().as_second()).unwrap_or_default()
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "the engine asks for a float; microseconds of this century fit its 53 bits"
    )]
    fn now_unix_secs_f64(&self) -> f64 {
        self.0.now().as_microsecond() as f64 / 1_000_000.0
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

    use aws_sdk_dynamodb::types::AttributeValue;

    use super::*;
    use crate::sdk;
    use crate::template::DEPLOYED;

    fn template() -> Template {
        let parameters = [("SesDomain".to_owned(), json!("lanyard.example"))].into();
        Template::read(DEPLOYED, "lanyard", &parameters).unwrap()
    }

    fn text(value: &str) -> AttributeValue {
        AttributeValue::S(value.to_owned())
    }

    async fn put(engine: &Engine, id: &str) {
        let client = sdk::dynamodb(&sdk::address(engine.address()), "test");
        client
            .put_item()
            .table_name("lanyard-journal")
            .item("pk", text(id))
            .item("sk", text("OUTBOX"))
            .item("expires_at", AttributeValue::N("1000000000".to_owned()))
            .send()
            .await
            .unwrap();
    }

    async fn count(engine: &Engine) -> i32 {
        let client = sdk::dynamodb(&sdk::address(engine.address()), "test");
        client
            .scan()
            .table_name("lanyard-journal")
            .send()
            .await
            .unwrap()
            .count()
    }

    #[tokio::test]
    async fn the_real_client_finds_the_tables_of_the_template() {
        let engine = Engine::start(&template(), None, &MovableClock::real())
            .await
            .unwrap();
        let client = sdk::dynamodb(&sdk::address(engine.address()), "test");
        let mut names = client
            .list_tables()
            .send()
            .await
            .unwrap()
            .table_names()
            .to_vec();
        names.sort();
        assert_eq!(
            names,
            [
                "lanyard-audit",
                "lanyard-directory",
                "lanyard-journal",
                "lanyard-requests"
            ]
        );
        let journal = client
            .describe_table()
            .table_name("lanyard-journal")
            .send()
            .await
            .unwrap();
        assert!(journal.table().unwrap().latest_stream_arn().is_some());
        engine.stop().await;
    }

    #[tokio::test]
    async fn a_file_keeps_its_items_over_a_restart() {
        let data = tempfile::tempdir().unwrap();
        let clock = MovableClock::real();
        let engine = Engine::start(&template(), Some(data.path()), &clock)
            .await
            .unwrap();
        put(&engine, "OUTBOX#1").await;
        engine.stop().await;
        let engine = Engine::start(&template(), Some(data.path()), &clock)
            .await
            .unwrap();
        assert_eq!(count(&engine).await, 1);
    }

    #[tokio::test]
    async fn what_expired_by_the_moved_clock_is_deleted_in_memory() {
        let engine = Engine::start(&template(), None, &MovableClock::real())
            .await
            .unwrap();
        put(&engine, "DELIVERY#forms#1").await;
        assert_eq!(engine.upkeep().sweep_time_to_live().unwrap(), 1);
        assert_eq!(count(&engine).await, 0);
    }

    #[tokio::test]
    async fn a_data_directory_of_another_template_is_refused() {
        let data = tempfile::tempdir().unwrap();
        let clock = MovableClock::real();
        Engine::start(&template(), Some(data.path()), &clock)
            .await
            .unwrap()
            .stop()
            .await;
        let mut changed = template();
        changed.tables[0].definition["GlobalSecondaryIndexes"] = json!([]);
        let refused = Engine::start(&changed, Some(data.path()), &clock)
            .await
            .unwrap_err();
        assert!(matches!(refused, EngineError::Changed(table) if table == "lanyard-audit"));
    }
}
