//! A DynamoDB that repeats the engine's earlier answers at once, so that a measurement contains
//! only the function.
//!
//! While it records, it passes each call to the engine and keeps the answer. While it plays, a
//! repeated item or query gets its earlier answer. Batches and transactions, which name other
//! things each time, get their answers in order. The engine answers everything else.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, StatusCode};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use serde_json::Value;
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use crate::engine::{Engine, dynamodb, listen, serve};
use crate::folders::folder;

/// The header that names the action.
const TARGET: HeaderName = HeaderName::from_static("x-amz-target");

/// The tape, with its listeners. Dropping it ends them.
pub(crate) struct Tape {
    state: Arc<Shared>,
    address: SocketAddr,
    tasks: JoinSet<()>,
}

struct Shared {
    engine: Engine,
    recorded: Mutex<Recorded>,
}

#[derive(Default)]
struct Recorded {
    playing: bool,
    answers: BTreeMap<String, Vec<Bytes>>,
    /// The number of answers of each kind since the tape was wound back.
    given: BTreeMap<String, usize>,
    passed_on: usize,
}

impl Tape {
    /// Records the answers of the engine at this address.
    pub(crate) async fn record(engine: &str) -> Self {
        let state = Arc::new(Shared {
            engine: Engine::at(engine),
            recorded: Mutex::default(),
        });
        let router = Router::new()
            .fallback(answer)
            .with_state(Arc::clone(&state));
        let (tasks, address) = serve(router).await;
        Self {
            state,
            address,
            tasks,
        }
    }

    /// Its address, without TLS.
    pub(crate) fn address(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The number of calls since the tape was wound back that it could not answer.
    pub(crate) fn passed_on(&self) -> usize {
        self.state.recorded().passed_on
    }

    /// Starts to listen for TLS. Returns the address, and the file with the one certificate to
    /// trust.
    pub(crate) async fn over_tls(&mut self) -> (String, PathBuf) {
        let CertifiedKey { cert, signing_key } =
            generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let roots = folder().join("stub.pem");
        std::fs::write(&roots, cert.pem()).unwrap();
        let key = PrivateKeyDer::try_from(signing_key.serialize_der()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![cert.der().clone()], key)
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let (listener, address) = listen().await;
        let behind = self.address;
        self.tasks.spawn(async move {
            while let Ok((outside, _)) = listener.accept().await {
                tokio::spawn(pass(acceptor.clone(), outside, behind));
            }
        });
        (format!("https://localhost:{}", address.port()), roots)
    }

    /// Plays from the beginning.
    pub(crate) fn play(&self) {
        let mut recorded = self.state.recorded();
        recorded.playing = true;
        recorded.given.clear();
        recorded.passed_on = 0;
    }
}

/// Removes TLS from a connection.
async fn pass(acceptor: TlsAcceptor, outside: TcpStream, behind: SocketAddr) {
    outside.set_nodelay(true).unwrap();
    // A program that ended during the handshake is not the measured one.
    let Ok(mut outside) = acceptor.accept(outside).await else {
        return;
    };
    let mut inside = TcpStream::connect(behind).await.unwrap();
    inside.set_nodelay(true).unwrap();
    let _ = tokio::io::copy_bidirectional(&mut outside, &mut inside).await;
}

impl Shared {
    fn recorded(&self) -> MutexGuard<'_, Recorded> {
        self.recorded
            .lock()
            .expect("nothing panics while it holds the tape")
    }
}

async fn answer(State(state): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Response {
    let action = headers.get(TARGET).and_then(|target| target.to_str().ok());
    let asked = asked(action.unwrap_or_default(), &body);
    if let Some(answer) = state.recorded().next(&asked) {
        return dynamodb(StatusCode::OK, answer);
    }
    let (status, body) = state.engine.ask(headers, body).await;
    assert_eq!(status, StatusCode::OK, "only success is recorded: {body:?}");
    let mut recorded = state.recorded();
    if recorded.playing {
        recorded.passed_on += 1;
    } else {
        for key in by_order(&asked).into_iter().chain([asked.as_str()]) {
            let answers = recorded.answers.entry(key.to_owned()).or_default();
            answers.push(body.clone());
        }
    }
    dynamodb(status, body)
}

/// The identity of a call: the action and its subject.
fn asked(action: &str, body: &[u8]) -> String {
    // Through a value, because the members of an object come in any order.
    let mut body: Value = serde_json::from_slice(body).unwrap_or_default();
    forget_the_time(&mut body);
    for table in body["RequestItems"].as_object_mut().into_iter().flatten() {
        if let Some(keys) = table.1["Keys"].as_array_mut() {
            keys.sort_by_cached_key(ToString::to_string);
        }
    }
    format!("{action} {body}")
}

/// The action of calls that name something new each time, such as a delivery. Only their order
/// tells them apart.
fn by_order(asked: &str) -> Option<&str> {
    let (action, _) = asked.split_once(' ')?;
    (action.contains("Batch") || action.contains("Transact")).then_some(action)
}

/// Removes the instant from a query for due items, which is the same a moment later.
fn forget_the_time(asked: &mut Value) {
    match asked {
        Value::String(text) if text.parse::<jiff::Timestamp>().is_ok() => text.clear(),
        Value::Array(all) => all.iter_mut().for_each(forget_the_time),
        Value::Object(all) => all.values_mut().for_each(forget_the_time),
        _ => {}
    }
}

impl Recorded {
    fn next(&mut self, asked: &str) -> Option<Bytes> {
        if !self.playing {
            return None;
        }
        // A call known by its order is kept under both names, and moves on in both.
        let [by_order, exact] = [by_order(asked), Some(asked)].map(|key| {
            let answers = self.answers.get(key?)?;
            let given = self.given.entry(key?.to_owned()).or_default();
            // A thing that is read more often than before gets its last answer.
            let answer = answers.get(*given).or(answers.last());
            *given += 1;
            answer.cloned()
        });
        exact.or(by_order)
    }
}
