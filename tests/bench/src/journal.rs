//! The journal's stream in the form in which `outbox-relay` gets it: the records that pass its
//! trigger's filter, in batches of the template's size.

use local::dynamodb::stream::Stream;
use local::lambda::filter::Pattern;
use local::sdk;
use serde_json::{Value, json};

use crate::world::World;

/// The reader of the stream.
const RELAY: &str = "outbox-relay";

/// A place in the stream.
#[derive(Debug)]
pub(crate) struct Journal {
    stream: Stream,
    filters: Vec<Pattern>,
    batch_size: usize,
}

impl Journal {
    /// The stream from its beginning on.
    pub(crate) async fn open(world: &World) -> Self {
        let local = &world.running.local;
        let relay = local.template.function(RELAY).unwrap();
        let trigger = relay.streams.first().unwrap();
        let table = local.template.table("journal").unwrap();
        let client = sdk::streams(&local.dynamodb_endpoint, "stream");
        Self {
            stream: Stream::open(client, &table.name, None).await.unwrap(),
            filters: trigger.filters.clone(),
            batch_size: trigger.batch_size,
        }
    }

    /// The events of all records since the last call.
    pub(crate) async fn events(&mut self) -> Vec<Vec<u8>> {
        let mut records = Vec::new();
        loop {
            let read = self.stream.read().await.unwrap();
            if read.is_empty() {
                break;
            }
            records.extend(read.into_iter().filter(|record| self.lets_through(record)));
        }
        let batches = records.chunks(self.batch_size);
        let event = |batch: &[Value]| json!({ "Records": batch }).to_string().into_bytes();
        batches.map(event).collect()
    }

    fn lets_through(&self, record: &Value) -> bool {
        self.filters.iter().any(|filter| filter.matches(record))
    }
}
