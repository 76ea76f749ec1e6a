//! The Lambda Runtime API of one function: hands it one event after the other and takes its answers.
//!
//! Source: "Using the Lambda runtime API for custom runtimes" in the Lambda developer guide, version
//! 2018-06-01.

use std::collections::HashMap;
use std::net::{SocketAddr, TcpListener};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use serde_json::Value;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

/// What a function said to an event: its response, or the report of an error.
pub(crate) type Answer = Result<Value, Value>;

/// An event on its way to the function.
pub(crate) struct Invocation {
    pub(crate) request_id: String,
    /// Milliseconds since 1970.
    pub(crate) deadline: u64,
    pub(crate) function_arn: String,
    pub(crate) payload: Vec<u8>,
}

/// One function's Runtime API. Dropping it ends it.
pub(crate) struct RuntimeApi {
    address: SocketAddr,
    events: mpsc::UnboundedSender<Invocation>,
    state: Arc<Shared>,
    serving: JoinHandle<()>,
}

struct Shared {
    events: tokio::sync::Mutex<mpsc::UnboundedReceiver<Invocation>>,
    waiting: Mutex<HashMap<String, oneshot::Sender<Answer>>>,
    asked: AtomicUsize,
    answered: AtomicUsize,
}

impl Shared {
    fn waiting(&self) -> MutexGuard<'_, HashMap<String, oneshot::Sender<Answer>>> {
        self.waiting.lock().unwrap()
    }

    /// Hands an answer to whoever waits for it. An id that nobody waits for is refused, as Lambda
    /// does (`InvalidRequestID`).
    fn answer(&self, request_id: &str, answer: Answer) -> StatusCode {
        let Some(waiting) = self.waiting().remove(request_id) else {
            return StatusCode::BAD_REQUEST;
        };
        self.answered.fetch_add(1, Ordering::Relaxed);
        // Whoever stopped waiting needs no answer.
        let _ = waiting.send(answer);
        StatusCode::ACCEPTED
    }
}

impl RuntimeApi {
    /// Serves on a free port, from within a runtime.
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let listener = tokio::net::TcpListener::from_std(listener).unwrap();
        let (events, incoming) = mpsc::unbounded_channel();
        let state = Arc::new(Shared {
            events: tokio::sync::Mutex::new(incoming),
            waiting: Mutex::default(),
            asked: AtomicUsize::default(),
            answered: AtomicUsize::default(),
        });
        let router = Router::new()
            .route("/2018-06-01/runtime/invocation/next", get(next))
            .route(
                "/2018-06-01/runtime/invocation/{request_id}/response",
                post(response),
            )
            .route(
                "/2018-06-01/runtime/invocation/{request_id}/error",
                post(error),
            )
            .route("/2018-06-01/runtime/init/error", post(init_error))
            .with_state(Arc::clone(&state));
        let serving = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self {
            address,
            events,
            state,
            serving,
        }
    }

    /// What `AWS_LAMBDA_RUNTIME_API` says.
    pub(crate) fn address(&self) -> String {
        self.address.to_string()
    }

    /// How often the function asked for an event.
    pub(crate) fn asked(&self) -> usize {
        self.state.asked.load(Ordering::Relaxed)
    }

    /// How many events it has answered.
    pub(crate) fn answered(&self) -> usize {
        self.state.answered.load(Ordering::Relaxed)
    }

    /// Hands an event over and waits for what the function says, for as long as that takes.
    pub(crate) async fn invoke(&self, invocation: Invocation) -> Answer {
        let (answer, answered) = oneshot::channel();
        self.state
            .waiting()
            .insert(invocation.request_id.clone(), answer);
        self.events
            .send(invocation)
            .unwrap_or_else(|_| panic!("it is served for as long as it is there"));
        answered.await.unwrap()
    }
}

impl Drop for RuntimeApi {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn next(State(state): State<Arc<Shared>>) -> impl IntoResponse {
    state.asked.fetch_add(1, Ordering::Relaxed);
    let event = state.events.lock().await.recv().await;
    let event = event.expect("it is served for no longer than events may come");
    let headers = [
        ("content-type", "application/json".to_owned()),
        ("lambda-runtime-aws-request-id", event.request_id),
        ("lambda-runtime-deadline-ms", event.deadline.to_string()),
        ("lambda-runtime-invoked-function-arn", event.function_arn),
    ];
    (headers, event.payload)
}

async fn response(
    State(state): State<Arc<Shared>>,
    Path(request_id): Path<String>,
    body: Bytes,
) -> StatusCode {
    match serde_json::from_slice(&body) {
        Ok(body) => state.answer(&request_id, Ok(body)),
        Err(_) => StatusCode::BAD_REQUEST,
    }
}

async fn error(
    State(state): State<Arc<Shared>>,
    Path(request_id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    assert!(headers.contains_key("lambda-runtime-function-error-type"));
    match serde_json::from_slice(&body) {
        Ok(body) => state.answer(&request_id, Err(body)),
        Err(_) => StatusCode::BAD_REQUEST,
    }
}

/// A runtime that reports a failed start ends of itself; what it says of it is in its lines.
async fn init_error() -> StatusCode {
    StatusCode::ACCEPTED
}
