//! The layer between all functions and the engine.
//!
//! It passes every call to the engine and every answer back, unless a fault intervenes. It counts
//! calls and capacity, and wakes the readers of the stream after a write, so that they need not
//! poll the engine.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::middleware;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures::TryStreamExt;
use http::{HeaderMap, HeaderValue, Request, StatusCode, header};
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

/// An answer that breaks off: its head is there, then the connection closes.
fn cut() -> Response {
    let broken = futures::stream::once(async { Err::<Bytes, _>(ErrorKind::ConnectionAborted) });
    let broken = broken.map_err(std::io::Error::from);
    Response::new(Body::from_stream(broken))
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

/// The answer to a write that met another. A transaction is cancelled with a reason for each of its
/// items; a single write is refused (DynamoDB developer guide, "Transaction conflict handling").
fn conflict(action: &str, body: &Bytes) -> Response {
    if action != "TransactWriteItems" {
        let message = "Transaction is ongoing for the item";
        return error(
            StatusCode::BAD_REQUEST,
            "TransactionConflictException",
            message,
        );
    }
    let request: Value = serde_json::from_slice(body).unwrap_or_default();
    let items = request["TransactItems"].as_array().map_or(1, Vec::len);
    let codes: Vec<_> = (0..items)
        .map(|index| {
            if index == 0 {
                "TransactionConflict"
            } else {
                "None"
            }
        })
        .collect();
    let reasons: Vec<_> = codes
        .iter()
        .map(|code| match *code {
            "None" => json!({"Code": "None"}),
            code => json!({"Code": code, "Message": "Transaction is ongoing for the item"}),
        })
        .collect();
    let message = format!(
        "Transaction cancelled, please refer cancellation reasons for specific reasons [{}]",
        codes.join(", ")
    );
    answer(
        StatusCode::BAD_REQUEST,
        &json!({
            "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
            "Message": message,
            "CancellationReasons": reasons,
        }),
    )
}

fn failure() -> Response {
    error(
        StatusCode::INTERNAL_SERVER_ERROR,
        "InternalServerError",
        "Internal server error",
    )
}

fn error(status: StatusCode, kind: &str, message: &str) -> Response {
    let kind = format!("com.amazonaws.dynamodb.v20120810#{kind}");
    answer(status, &json!({"__type": kind, "message": message}))
}

fn answer(status: StatusCode, body: &Value) -> Response {
    let json = HeaderValue::from_static("application/x-amz-json-1.0");
    (status, [(header::CONTENT_TYPE, json)], body.to_string()).into_response()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

    use std::time::Duration;

    use aws_sdk_dynamodb::Client;
    use aws_sdk_dynamodb::config::retry::RetryConfig;
    use aws_sdk_dynamodb::error::ProvideErrorMetadata;
    use aws_sdk_dynamodb::types::{AttributeValue, Put, TransactWriteItem};

    use super::*;
    use crate::clock::MovableClock;
    use crate::dynamodb::engine::Engine;
    use crate::fault::{DynamodbFaults, Faults};
    use crate::sdk;
    use crate::template::{DEPLOYED, Template};

    struct Bench {
        engine: Engine,
        layer: Layer,
        client: Client,
    }

    async fn bench(faults: DynamodbFaults) -> Bench {
        let parameters = [("SesDomain".to_owned(), json!("lanyard.example"))].into();
        let template = Template::read(DEPLOYED, "lanyard", &parameters).unwrap();
        let engine = Engine::start(&template, None, &MovableClock::real())
            .await
            .unwrap();
        let layer = Layer {
            engine: engine.address(),
            faults: Arc::default(),
            meter: Arc::default(),
            written: Arc::default(),
            permissions: Arc::default(),
            tape: Arc::default(),
        };
        layer
            .faults
            .set(Faults {
                dynamodb: faults,
                ..Faults::default()
            })
            .unwrap();
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let endpoint = sdk::address(listener.local_addr().unwrap());
        tokio::spawn(serve(listener, layer.clone()));
        let config = sdk::dynamodb(&endpoint, "test").config().to_builder();
        let client = Client::from_conf(config.retry_config(RetryConfig::disabled()).build());
        Bench {
            engine,
            layer,
            client,
        }
    }

    fn item(id: &str) -> Put {
        Put::builder()
            .table_name("lanyard-journal")
            .item("pk", AttributeValue::S(id.to_owned()))
            .item("sk", AttributeValue::S("OUTBOX".to_owned()))
            .build()
            .unwrap()
    }

    async fn stored(bench: &Bench) -> i32 {
        let direct = sdk::dynamodb(&sdk::address(bench.engine.address()), "test");
        direct
            .scan()
            .table_name("lanyard-journal")
            .send()
            .await
            .unwrap()
            .count()
    }

    fn write(
        bench: &Bench,
    ) -> aws_sdk_dynamodb::operation::transact_write_items::builders::TransactWriteItemsFluentBuilder
    {
        let items =
            ["OUTBOX#1", "OUTBOX#2"].map(|id| TransactWriteItem::builder().put(item(id)).build());
        bench
            .client
            .transact_write_items()
            .set_transact_items(Some(items.to_vec()))
    }

    #[tokio::test]
    async fn a_write_passes_is_counted_and_wakes_the_reader() {
        let bench = bench(DynamodbFaults::default()).await;
        write(&bench).send().await.unwrap();
        assert_eq!(stored(&bench).await, 2);
        let used = bench.layer.meter.read();
        assert_eq!(used.calls(), 1);
        // Two units for each item: a transaction prepares and commits.
        assert!((used.write_units() - 4.0).abs() < f64::EPSILON, "{used:?}");
        bench.layer.written.notified().await;
    }

    #[tokio::test]
    async fn a_conflict_cancels_the_transaction_with_a_reason_for_each_item() {
        let bench = bench(DynamodbFaults {
            conflict: 1.0,
            ..DynamodbFaults::default()
        })
        .await;
        let refused = write(&bench).send().await.unwrap_err().into_service_error();
        let cancelled = refused.is_transaction_canceled_exception();
        assert!(cancelled, "{refused:?}");
        let aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError::TransactionCanceledException(details) = refused else {
            panic!("not the cancellation that was asserted");
        };
        let codes: Vec<_> = details
            .cancellation_reasons()
            .iter()
            .filter_map(|reason| reason.code())
            .collect();
        assert_eq!(codes, ["TransactionConflict", "None"]);
        assert_eq!(stored(&bench).await, 0);
    }

    #[tokio::test]
    async fn a_single_write_meets_a_conflict_and_a_read_does_not() {
        let bench = bench(DynamodbFaults {
            conflict: 1.0,
            ..DynamodbFaults::default()
        })
        .await;
        let single = bench
            .client
            .put_item()
            .table_name("lanyard-journal")
            .set_item(Some(item("OUTBOX#1").item().clone()));
        let refused = single.send().await.unwrap_err();
        assert_eq!(refused.code(), Some("TransactionConflictException"));
        bench
            .client
            .scan()
            .table_name("lanyard-journal")
            .send()
            .await
            .unwrap();
    }

    #[tokio::test]
    async fn a_failure_before_writes_nothing_and_one_after_has_written() {
        let before = bench(DynamodbFaults {
            fail_before: 1.0,
            ..DynamodbFaults::default()
        })
        .await;
        let refused = write(&before).send().await.unwrap_err();
        assert_eq!(refused.code(), Some("InternalServerError"));
        assert_eq!(stored(&before).await, 0);
        let after = bench(DynamodbFaults {
            fail_after: 1.0,
            ..DynamodbFaults::default()
        })
        .await;
        let refused = write(&after).send().await.unwrap_err();
        assert_eq!(refused.raw_response().unwrap().status().as_u16(), 500);
        assert_eq!(stored(&after).await, 2);
        assert_eq!(after.layer.meter.read().0["TransactWriteItems"].faults, 1);
    }

    #[tokio::test]
    async fn what_is_cut_or_hangs_was_done_and_has_no_answer() {
        let cut = DynamodbFaults {
            cut: 1.0,
            ..DynamodbFaults::default()
        };
        let hang = DynamodbFaults {
            hang: 1.0,
            ..DynamodbFaults::default()
        };
        for faults in [cut, hang] {
            let bench = bench(faults).await;
            let answer = tokio::time::timeout(Duration::from_millis(500), write(&bench).send());
            assert!(!matches!(answer.await, Ok(Ok(_))));
            assert_eq!(stored(&bench).await, 2);
        }
    }

    #[tokio::test]
    async fn a_throttled_call_says_so() {
        let bench = bench(DynamodbFaults {
            throttle: 1.0,
            ..DynamodbFaults::default()
        })
        .await;
        let refused = write(&bench).send().await.unwrap_err();
        assert_eq!(refused.code(), Some("ThrottlingException"));
    }
}
