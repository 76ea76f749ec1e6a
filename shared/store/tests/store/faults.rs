//! Faults between the SDK and the engine, so that the real client's parsing takes part; and the
//! store's reaction to them.

use std::{
    collections::VecDeque,
    fmt,
    sync::{Arc, Mutex},
};

use aws_sdk_dynamodb::config::SharedHttpClient;
use aws_smithy_runtime_api::{
    client::{
        http::{
            HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings,
            SharedHttpConnector,
        },
        orchestrator::{HttpRequest, HttpResponse},
        result::ConnectorError,
        runtime_components::RuntimeComponents,
    },
    http::StatusCode,
};
use aws_smithy_types::body::SdkBody;
use domain::{Change, Outcome};
use store::{CommitError, Once, StoreError, Wanted};

use crate::{
    engine::{Engine, new_id},
    sample,
};

/// The fault of one call.
#[derive(Debug, Clone)]
pub(crate) enum Fault {
    /// It gets this answer and does not reach the engine.
    Answer(u16, &'static str),
    /// It is carried out, and its answer is lost.
    LoseAnswer,
    /// The connection breaks before it is carried out.
    Break,
}

/// The faults to come, in order; then none.
#[derive(Debug, Clone, Default)]
pub(crate) struct Faults(Arc<Mutex<VecDeque<Fault>>>);

impl Faults {
    pub(crate) fn push(&self, fault: Fault) {
        self.0.lock().unwrap().push_back(fault);
    }

    fn repeat(&self, fault: &Fault, times: usize) {
        for _ in 0..times {
            self.push(fault.clone());
        }
    }

    fn are_over(&self) -> bool {
        self.0.lock().unwrap().is_empty()
    }

    pub(crate) fn before(&self, http: SharedHttpClient) -> SharedHttpClient {
        SharedHttpClient::new(FaultyClient {
            faults: self.clone(),
            http,
        })
    }
}

#[derive(Debug)]
struct FaultyClient {
    faults: Faults,
    http: SharedHttpClient,
}

impl HttpClient for FaultyClient {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(FaultyConnector {
            faults: self.faults.clone(),
            connector: self.http.http_connector(settings, components),
        })
    }
}

struct FaultyConnector {
    faults: Faults,
    connector: SharedHttpConnector,
}

impl fmt::Debug for FaultyConnector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FaultyConnector")
    }
}

impl HttpConnector for FaultyConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let fault = self.faults.0.lock().unwrap().pop_front();
        match fault {
            None => self.connector.call(request),
            Some(Fault::Answer(status, body)) => HttpConnectorFuture::ready(Ok(HttpResponse::new(
                StatusCode::try_from(status).unwrap(),
                SdkBody::from(body),
            ))),
            Some(Fault::Break) => {
                HttpConnectorFuture::ready(Err(ConnectorError::io("the connection broke".into())))
            }
            Some(Fault::LoseAnswer) => {
                let call = self.connector.call(request);
                HttpConnectorFuture::new(async move {
                    call.await?;
                    Err(ConnectorError::timeout("the answer was lost".into()))
                })
            }
        }
    }
}

const CONFLICT: Fault = Fault::Answer(
    400,
    r#"{"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException","message":"Transaction cancelled","CancellationReasons":[{"Code":"TransactionConflict"},{"Code":"None"}]}"#,
);
const THROTTLED: Fault = Fault::Answer(
    400,
    r#"{"__type":"com.amazonaws.dynamodb.v20120810#ThrottlingException","message":"slow down"}"#,
);
const DENIED: Fault = Fault::Answer(
    400,
    r#"{"__type":"com.amazonaws.dynamodb.v20120810#AccessDeniedException","message":"no"}"#,
);
const BROKEN: Fault = Fault::Answer(
    500,
    r#"{"__type":"com.amazonaws.dynamodb.v20120810#InternalServerError","message":"oh"}"#,
);

fn one_customer() -> Outcome {
    Outcome {
        changes: vec![Change::Customer(sample::customer("ann@acme.example"))],
        ..Outcome::default()
    }
}

async fn commit(engine: &Engine) -> Result<store::Committed, CommitError> {
    let once = sample::once("d-1");
    engine
        .store
        .commit(&one_customer(), &once, sample::now(), &new_id)
        .await
}

#[tokio::test]
async fn conflicts_and_throttling_are_waited_for() {
    let engine = Engine::start().await;
    engine.faults.push(CONFLICT);
    engine.faults.push(THROTTLED);
    engine.faults.push(BROKEN);
    let committed = commit(&engine).await.unwrap();
    assert_eq!(committed.calls, 4);
    assert_eq!(engine.keys("directory").await.len(), 1);
}

#[tokio::test]
async fn a_conflict_that_lasts_is_told_as_one() {
    let engine = Engine::start().await;
    engine.faults.repeat(&CONFLICT, 6);
    let error = commit(&engine).await.unwrap_err();
    assert!(matches!(error, CommitError::Conflict), "{error:?}");
    assert!(error.retryable());
    assert!(engine.faults.are_over());
    assert!(engine.keys("journal").await.is_empty());
}

#[tokio::test]
async fn throttling_that_lasts_means_unavailable() {
    let engine = Engine::start().await;
    engine.faults.repeat(&THROTTLED, 6);
    let error = commit(&engine).await.unwrap_err();
    assert!(matches!(error, CommitError::Unavailable(_)), "{error:?}");
    assert!(error.retryable());
}

#[tokio::test]
async fn a_lost_answer_is_asked_for_once_more_under_the_same_token() {
    let engine = Engine::start().await;
    engine.faults.push(Fault::LoseAnswer);
    let committed = commit(&engine).await.unwrap();
    assert_eq!(committed.calls, 2);
    assert!(
        committed.consumed.total.write.abs() < f64::EPSILON,
        "the second call wrote nothing"
    );
    assert_eq!(engine.keys("directory").await.len(), 1);
}

#[tokio::test]
async fn after_two_lost_answers_the_once_key_tells() {
    let engine = Engine::start().await;
    engine.faults.repeat(&Fault::LoseAnswer, 2);
    let error = commit(&engine).await.unwrap_err();
    assert!(matches!(error, CommitError::Unavailable(_)), "{error:?}");
    let error = commit(&engine).await.unwrap_err();
    assert!(
        matches!(error, CommitError::AlreadySeen { first: Some(_) }),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_connection_that_breaks_writes_nothing_and_may_be_tried_again() {
    let engine = Engine::start().await;
    engine.faults.repeat(&Fault::Break, 2);
    let error = commit(&engine).await.unwrap_err();
    assert!(error.retryable());
    assert!(engine.keys("directory").await.is_empty());
    commit(&engine).await.unwrap();
}

#[tokio::test]
async fn what_is_not_allowed_is_not_tried_again() {
    let engine = Engine::start().await;
    engine.faults.push(DENIED);
    let error = commit(&engine).await.unwrap_err();
    assert!(matches!(error, CommitError::Rejected(_)), "{error:?}");
    assert!(!error.retryable());
    engine.faults.push(DENIED);
    let error = engine.store.desk(&"it".parse().unwrap()).await.unwrap_err();
    assert!(
        matches!(&error, StoreError::Rejected { action: "GetItem", code, .. } if code == "AccessDeniedException"),
        "{error:?}"
    );
}

#[tokio::test]
async fn keys_that_were_left_unread_are_asked_for_again() {
    const LEFT: Fault = Fault::Answer(
        200,
        r#"{"Responses":{},"UnprocessedKeys":{"directory":{"ConsistentRead":true,"Keys":[{"pk":{"S":"CUSTOMER#ann@acme.example"},"sk":{"S":"CUSTOMER"}}]}}}"#,
    );
    let engine = Engine::start().await;
    commit(&engine).await.unwrap();
    engine.faults.repeat(&LEFT, 3);
    let ann = sample::email("ann@acme.example");
    let loaded = engine
        .store
        .load(Wanted::new().customer(&ann))
        .await
        .unwrap();
    assert!(loaded.customer(&ann).is_some());
    engine.faults.repeat(&LEFT, 12);
    let error = engine
        .store
        .load(Wanted::new().customer(&ann))
        .await
        .unwrap_err();
    assert!(matches!(error, StoreError::Unavailable { .. }), "{error:?}");
}

#[tokio::test]
async fn an_error_says_nothing_about_people() {
    let engine = Engine::start().await;
    engine.faults.push(DENIED);
    let once = Once::Nothing;
    let error = engine
        .store
        .commit(&one_customer(), &once, sample::now(), &new_id)
        .await
        .unwrap_err();
    assert!(!error.to_string().contains('@'));
}
