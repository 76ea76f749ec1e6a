//! A DynamoDB far away. It delays each answer, so that concurrent calls overlap; each remaining
//! wait is one round trip.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use bytes::Bytes;
use http::HeaderMap;
use tokio::task::JoinSet;

use crate::engine::{Engine, dynamodb, serve};

/// The delay of an answer, much longer than the time between two concurrent calls.
const AWAY: Duration = Duration::from_millis(100);

/// The proxy between a function and the engine. Dropping it ends it.
pub(crate) struct Distance {
    state: Arc<Shared>,
    address: SocketAddr,
    _tasks: JoinSet<()>,
}

struct Shared {
    engine: Engine,
    counted: Mutex<Counted>,
}

#[derive(Default)]
struct Counted {
    on_the_way: u32,
    round_trips: u32,
}

impl Distance {
    /// A proxy to the engine at this address.
    pub(crate) async fn from(engine: &str) -> Self {
        let state = Arc::new(Shared {
            engine: Engine::at(engine),
            counted: Mutex::default(),
        });
        let router = Router::new()
            .fallback(answer)
            .with_state(Arc::clone(&state));
        let (tasks, address) = serve(router).await;
        Self {
            state,
            address,
            _tasks: tasks,
        }
    }

    /// Its address.
    pub(crate) fn address(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The number of waits so far.
    pub(crate) fn round_trips(&self) -> u32 {
        self.state.count(|counted| counted.round_trips)
    }
}

impl Shared {
    fn count<T>(&self, change: impl FnOnce(&mut Counted) -> T) -> T {
        change(&mut self.counted.lock().expect("nothing panics while it counts"))
    }
}

async fn answer(State(state): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Response {
    state.count(|counted| {
        if counted.on_the_way == 0 {
            counted.round_trips += 1;
        }
        counted.on_the_way += 1;
    });
    let (status, body) = state.engine.ask(headers, body).await;
    tokio::time::sleep(AWAY).await;
    state.count(|counted| counted.on_the_way -= 1);
    dynamodb(status, body)
}
