//! The embedded DynamoDB engine, in memory or in a file, behind a loopback listener.
//!
//! The functions use it with the real SDK over HTTP, like DynamoDB. Missing tables are made from
//! the template; a file from an earlier run keeps its items and streams.

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

/// The reason why the engine cannot start.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The data directory or the listener is not available.
    #[error(transparent)]
    System(#[from] std::io::Error),
    /// The engine refused a part of the template.
    #[error("table `{table}`: {source}")]
    Table {
        /// The table's physical name.
        table: String,
        /// The engine's error.
        #[source]
        source: Box<dynoxide::DynoxideError>,
    },
    /// A definition that `CreateTable` does not take.
    #[error("table `{table}`: {source}")]
    Definition {
        /// The table's physical name.
        table: String,
        /// The fault.
        #[source]
        source: serde_json::Error,
    },
    /// The database cannot be opened.
    #[error("the database cannot be opened: {0}")]
    Open(#[source] Box<dynoxide::DynoxideError>),
    /// The tables in the data directory come from another template.
    #[error(
        "table `{0}` in the data directory has other keys or indexes than the template; start with an empty directory"
    )]
    Changed(String),
}

impl EngineError {
    /// Tells whether a new start may succeed without a change: only after an error of the system.
    #[must_use]
    pub fn retryable(&self) -> bool {
        matches!(self, Self::System(_))
    }
}

/// A running engine. Dropping it stops it; [`Engine::stop`] also waits for the end.
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

/// The engine's own time, and the expiry of items.
#[derive(Clone)]
pub struct Upkeep {
    database: Database,
    /// The engine's clock, if it is the movable one.
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
    /// The time with which the engine dates its stream's records.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock
            .as_ref()
            .map_or_else(clock::real_now, MovableClock::now)
    }

    /// Deletes items that have expired by the movable clock. DynamoDB does so within days, at no
    /// promised time; nothing may rely on it. A database in a file is left as it is.
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

    /// Every item of a table, in DynamoDB's JSON.
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

    /// Puts many items into a table without the functions, the meter and the stream. A table gets
    /// as large as one after years of use.
    ///
    /// # Errors
    ///
    /// If an item is invalid, or the engine refuses it.
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

/// The reason why items cannot be read or written without the functions.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// A value is no item.
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
            // In memory nothing is older than this process, so the engine may use its clock, and
            // time-to-live follows a move. A file uses the real time, which the library sets.
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
                // A missing sender means that the engine was dropped: stop as well.
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

    /// The engine's address, without the layer of faults before it.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The engine's own time and expiry.
    #[must_use]
    pub fn upkeep(&self) -> Upkeep {
        self.upkeep.clone()
    }

    /// Stops serving and waits until every answer is given.
    pub async fn stop(mut self) {
        drop(self.stop.take());
        if let Some(serving) = self.serving.take() {
            // The task ends by itself and has logged any error.
            let _ = serving.await;
        }
    }
}

/// A listener on one of the sixteen million loopback addresses. A page in a browser would have to
/// guess it together with the port: the engine's own server lets every page read its answers, and
/// only the layer before it checks the caller. A system with only one such address gives that one.
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

/// Makes a missing table, or compares an existing one with the template.
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

/// Tells whether a described table has the keys and indexes of a definition, in any order.
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

/// The bundle's clock in the engine's interface.
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
mod tests;
