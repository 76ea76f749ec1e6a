//! The layer between all functions and the engine.
//!
//! It passes every call to the engine and every answer back, unless a fault intervenes. It counts
//! calls and capacity, and wakes the readers of the stream after a write, so that they need not
//! poll the engine.

mod answers;

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::middleware;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{HeaderMap, Request, StatusCode, header};
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::Notify;

use crate::addresses::only_this_machine;
use crate::dynamodb::meter::Meter;
use crate::dynamodb::permissions::Permissions;
use crate::dynamodb::proxy::answers::{conflict, cut, error, failure};
use crate::dynamodb::tape::Tape;
use crate::fault::FaultPlan;

/// The parts of the layer.
#[derive(Debug, Clone)]
pub struct Layer {
    /// The engine behind it.
    pub engine: SocketAddr,
    /// The faults in force.
    pub faults: Arc<FaultPlan>,
    /// Counts the calls.
    pub meter: Arc<Meter>,
    /// Woken after each write.
    pub written: Arc<Notify>,
    /// The permissions of functions.
    pub permissions: Arc<Permissions>,
    /// Notes the calls, when somebody asks for it.
    pub tape: Arc<Tape>,
}

struct Shared {
    layer: Layer,
    client: Client<HttpConnector, Full<Bytes>>,
}

/// Serves the layer until it is dropped.
///
/// # Errors
///
/// If the listener breaks, which a loopback listener does not.
pub async fn serve(listener: TcpListener, layer: Layer) -> std::io::Result<()> {
    let client = Client::builder(TokioExecutor::new()).build_http();
    let shared = Arc::new(Shared { layer, client });
    let router = Router::new()
        .fallback(pass)
        .layer(middleware::from_fn(only_this_machine))
        .with_state(shared);
    axum::serve(listener, router).await
}

/// The treatment of one call.
enum Fate {
    Pass,
    Throttled,
    Conflict,
    FailBefore,
    FailAfter,
    Cut,
    Hang,
    /// The caller died: not answered, and done or not.
    Stop {
        done: bool,
    },
}

async fn pass(State(shared): State<Arc<Shared>>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    // DynamoDB's own limit for a request is 16 MB.
    let Ok(body) = axum::body::to_bytes(body, 16 << 20).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let target = parts
        .headers
        .get("x-amz-target")
        .and_then(|value| value.to_str().ok());
    let action = target
        .and_then(|target| target.split('.').nth(1))
        .unwrap_or("")
        .to_owned();
    let layer = &shared.layer;
    let asked: Value = serde_json::from_slice(&body).unwrap_or_default();
    if let Err(denied) = layer
        .permissions
        .check(caller(&parts.headers), &action, &asked)
    {
        tracing::error!(%denied, "the template does not allow this call");
        let message = denied.to_string();
        return error(StatusCode::BAD_REQUEST, "AccessDeniedException", &message);
    }
    let fate = fate(&layer.faults, &action);
    if !matches!(fate, Fate::Pass) {
        layer.meter.count_fault(&action);
    }
    match fate {
        Fate::Throttled => {
            return error(
                StatusCode::BAD_REQUEST,
                "ThrottlingException",
                "Rate exceeded",
            );
        }
        Fate::Conflict => return conflict(&action, &body),
        Fate::Stop { done: false } => return stopped(&layer.faults).await,
        Fate::FailBefore => return failure(),
        Fate::Pass | Fate::FailAfter | Fate::Cut | Fate::Hang | Fate::Stop { done: true } => {}
    }
    let answer = shared.forward(&action, parts.headers, body).await;
    if writes(&action) {
        layer.written.notify_one();
    }
    match fate {
        Fate::FailAfter => failure(),
        Fate::Cut => cut(),
        // The caller stops waiting and closes the connection, which ends this, too.
        Fate::Hang => std::future::pending().await,
        Fate::Stop { .. } => stopped(&layer.faults).await,
        Fate::Pass | Fate::Throttled | Fate::Conflict | Fate::FailBefore => answer,
    }
}

/// A dead caller waits for nothing. It is counted when its call is done.
async fn stopped(faults: &FaultPlan) -> Response {
    faults.count("dynamodb.stop");
    std::future::pending().await
}

/// The caller: the access key id in the credential of its signature (AWS Signature Version 4).
fn caller(headers: &HeaderMap) -> &str {
    headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok()?.split_once("Credential="))
        .and_then(|(_, credential)| credential.split('/').next())
        .unwrap_or_default()
}

fn fate(faults: &FaultPlan, action: &str) -> Fate {
    let shares = faults.get().dynamodb;
    if let Some(done) = faults.stops(shares.stop) {
        return Fate::Stop { done };
    }
    if faults.throw("dynamodb.throttle", shares.throttle) {
        Fate::Throttled
    } else if writes(action) && faults.throw("dynamodb.conflict", shares.conflict) {
        Fate::Conflict
    } else if faults.throw("dynamodb.fail_before", shares.fail_before) {
        Fate::FailBefore
    } else if faults.throw("dynamodb.fail_after", shares.fail_after) {
        Fate::FailAfter
    } else if faults.throw("dynamodb.cut", shares.cut) {
        Fate::Cut
    } else if faults.throw("dynamodb.hang", shares.hang) {
        Fate::Hang
    } else {
        Fate::Pass
    }
}

impl Shared {
    async fn forward(&self, action: &str, mut headers: HeaderMap, body: Bytes) -> Response {
        headers.remove(header::CONTENT_LENGTH);
        headers.remove(header::HOST);
        let mut request = Request::new(Full::new(with_capacity(action, body.clone())));
        *request.method_mut() = http::Method::POST;
        *request.uri_mut() = format!("http://{}/", self.layer.engine)
            .parse()
            .expect("a socket address makes a URI");
        *request.headers_mut() = headers;
        let answered = async {
            let answer = self
                .client
                .request(request)
                .await
                .map_err(|error| error.to_string())?;
            let (parts, body) = answer.into_parts();
            let body = body.collect().await.map_err(|error| error.to_string())?;
            Ok::<_, String>((parts, body.to_bytes()))
        };
        match answered.await {
            Ok((mut parts, answer)) => {
                let read = serde_json::from_slice(&answer).unwrap_or(Value::Null);
                self.layer.meter.count(action, &read);
                let status = parts.status.as_u16();
                self.layer.tape.note(action, &body, status, &read);
                parts.headers.remove(header::TRANSFER_ENCODING);
                Response::from_parts(parts, Body::from(answer))
            }
            Err(error) => {
                tracing::error!(error, "the engine does not answer");
                failure()
            }
        }
    }
}

/// Adds a request for the consumed capacity, so that the meter always has it. The SDK ignores
/// fields that it did not ask for.
fn with_capacity(action: &str, body: Bytes) -> Bytes {
    let reports = matches!(
        action,
        "GetItem"
            | "PutItem"
            | "UpdateItem"
            | "DeleteItem"
            | "Query"
            | "Scan"
            | "BatchGetItem"
            | "BatchWriteItem"
            | "TransactGetItems"
            | "TransactWriteItems"
    );
    if !reports {
        return body;
    }
    match serde_json::from_slice(&body) {
        Ok(Value::Object(mut fields)) if !fields.contains_key("ReturnConsumedCapacity") => {
            fields.insert("ReturnConsumedCapacity".to_owned(), json!("TOTAL"));
            Bytes::from(Value::Object(fields).to_string())
        }
        _ => body,
    }
}

fn writes(action: &str) -> bool {
    matches!(
        action,
        "PutItem" | "UpdateItem" | "DeleteItem" | "BatchWriteItem" | "TransactWriteItems"
    )
}

#[cfg(test)]
mod tests;
