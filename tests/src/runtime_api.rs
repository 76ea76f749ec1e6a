//! The Lambda Runtime API of one function: hands it one event after the other and takes its answers.
//! The programs of any language speak it, ours and those that they are measured beside.
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
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::Value;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;

/// A function's reply to an event: its response, or the report of an error.
pub type Answer = Result<Value, Value>;

/// An event on its way to the function.
#[derive(Debug)]
pub struct Invocation {
    /// Lambda's name for this one.
    pub request_id: String,
    /// Milliseconds since 1970.
    pub deadline: u64,
    /// The function.
    pub function_arn: String,
    /// The event, as JSON.
    pub payload: Vec<u8>,
}

/// One function's Runtime API. Dropping it ends it.
#[derive(Debug)]
pub struct RuntimeApi {
    address: SocketAddr,
    events: mpsc::UnboundedSender<Invocation>,
    state: Arc<Shared>,
    serving: JoinHandle<()>,
}

#[derive(Debug)]
struct Shared {
    events: tokio::sync::Mutex<mpsc::UnboundedReceiver<Invocation>>,
    waiting: Mutex<HashMap<String, oneshot::Sender<Answer>>>,
    asked: watch::Sender<usize>,
    answered: AtomicUsize,
}

impl Shared {
    fn waiting(&self) -> MutexGuard<'_, HashMap<String, oneshot::Sender<Answer>>> {
        self.waiting
            .lock()
            .expect("nothing panics while it holds it")
    }

    /// Hands an answer to whoever waits for it. An id that nobody waits for is refused, as Lambda
    /// does (`InvalidRequestID`).
    fn answer(&self, request_id: &str, answer: Answer) -> StatusCode {
        let Some(waiting) = self.waiting().remove(request_id) else {
            return StatusCode::BAD_REQUEST;
        };
        self.answered.fetch_add(1, Ordering::Relaxed);
        // A caller who stopped waiting needs no answer.
        let _ = waiting.send(answer);
        StatusCode::ACCEPTED
    }
}

impl RuntimeApi {
    /// Serves on a free port, from within a runtime.
    ///
    /// # Panics
    /// If loopback has no free port.
    #[must_use]
    pub fn start() -> Self {
        let bound = TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| {
            listener.set_nonblocking(true)?;
            let address = listener.local_addr()?;
            Ok((tokio::net::TcpListener::from_std(listener)?, address))
        });
        let (listener, address) = bound.expect("loopback has a free port");
        let (events, incoming) = mpsc::unbounded_channel();
        let state = Arc::new(Shared {
            events: tokio::sync::Mutex::new(incoming),
            waiting: Mutex::default(),
            asked: watch::Sender::new(0),
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
        let serving = tokio::spawn(async move {
            // Ends only with this task.
            let _ = axum::serve(listener, router).await;
        });
        Self {
            address,
            events,
            state,
            serving,
        }
    }

    /// The value of `AWS_LAMBDA_RUNTIME_API`.
    #[must_use]
    pub fn address(&self) -> String {
        self.address.to_string()
    }

    /// The number of events that the function asked for.
    #[must_use]
    pub fn asked(&self) -> usize {
        *self.state.asked.borrow()
    }

    /// Waits until the function has asked so many times: once, and it has started.
    ///
    /// # Panics
    /// Never: who counts is there for as long as this is.
    pub async fn until_asked(&self, times: usize) {
        let mut asked = self.state.asked.subscribe();
        asked
            .wait_for(|asked| *asked >= times)
            .await
            .expect("the sender lies beside the receivers");
    }

    /// The number of events that it has answered.
    #[must_use]
    pub fn answered(&self) -> usize {
        self.state.answered.load(Ordering::Relaxed)
    }

    /// Passes an event and waits for the function's reply, however long it takes.
    ///
    /// # Errors
    /// The error that the function reports.
    ///
    /// # Panics
    /// If another event of that id is passed meanwhile.
    pub async fn invoke(&self, invocation: Invocation) -> Answer {
        let (answer, answered) = oneshot::channel();
        self.state
            .waiting()
            .insert(invocation.request_id.clone(), answer);
        self.events
            .send(invocation)
            .unwrap_or_else(|_| panic!("it is served for as long as it is there"));
        answered.await.expect("each event has an id of its own")
    }
}

impl Drop for RuntimeApi {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn next(State(state): State<Arc<Shared>>) -> Response {
    state.asked.send_modify(|asked| *asked += 1);
    let Some(event) = state.events.lock().await.recv().await else {
        // No event can come any more: whoever still asks was just ended.
        return StatusCode::GONE.into_response();
    };
    let headers = [
        ("content-type", "application/json".to_owned()),
        ("lambda-runtime-aws-request-id", event.request_id),
        ("lambda-runtime-deadline-ms", event.deadline.to_string()),
        ("lambda-runtime-invoked-function-arn", event.function_arn),
    ];
    (headers, event.payload).into_response()
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
