//! The boundary between the bundle and the functions: JSON in, JSON out, as on Lambda.
//!
//! A wrapped handler gets exactly the input that Lambda's runtime would give it. An HTTP handler
//! uses the functions' own conversion from and to API Gateway's format. A panic becomes an error of
//! that one invocation, and an invocation ends with the template's timeout.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use futures::FutureExt;
use futures::future::BoxFuture;
use jiff::SignedDuration;
use lambda_http::request::LambdaRequest;
use lambda_http::{Context, IntoResponse, LambdaEvent};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::clock::MovableClock;
use crate::template::Template;

/// The largest answer of an invocation, as JSON: 6 MB ("Lambda quotas"; the runtime refuses a
/// larger one with this number).
pub const LARGEST_ANSWER: usize = 6_291_556;

/// The reason why an invocation gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum FunctionError {
    /// The template declares a function that the bundle does not have.
    #[error("the function `{0}` is declared but not built into the bundle")]
    Missing(String),
    /// The handler does not take this payload.
    #[error("the payload cannot be read: {0}")]
    Payload(#[source] serde_json::Error),
    /// The handler returned an error.
    #[error("the function failed: {0}")]
    Failed(String),
    /// The handler panicked.
    #[error("the function panicked: {0}")]
    Panicked(String),
    /// The answer has more bytes than Lambda passes on.
    #[error("the answer has {0} bytes, and Lambda hands on at most {LARGEST_ANSWER}")]
    TooLarge(usize),
    /// The handler was still running when its time was over.
    #[error("the function did not end within {0:#}")]
    TimedOut(SignedDuration),
}

impl FunctionError {
    /// Tells whether the same event may succeed when it is passed again.
    #[must_use]
    pub fn retryable(&self) -> bool {
        match self {
            Self::Missing(_) | Self::Payload(_) => false,
            Self::Failed(_) | Self::Panicked(_) | Self::TooLarge(_) | Self::TimedOut(_) => true,
        }
    }
}

/// The result of an invocation.
pub type Answer = Result<Value, FunctionError>;

/// A function in Lambda's view.
pub type Handler = Arc<dyn Fn(LambdaEvent<Value>) -> BoxFuture<'static, Answer> + Send + Sync>;

/// The functions of the bundle by the name of their folder.
#[derive(Clone, Default)]
pub struct Functions {
    handlers: BTreeMap<String, Handler>,
}

impl std::fmt::Debug for Functions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.handlers.keys()).finish()
    }
}

impl Functions {
    /// An empty set of functions.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a function behind routes of the HTTP API, by the handler that its `main` passes to
    /// `app::http::run`.
    #[must_use]
    pub fn http<F, Fut, R, E>(mut self, name: &str, handler: F) -> Self
    where
        F: Fn(lambda_http::Request) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<R, E>> + Send + 'static,
        R: IntoResponse + Send + 'static,
        E: Display + Send + 'static,
    {
        let wrapped: Handler = Arc::new(move |event: LambdaEvent<Value>| {
            let handler = handler.clone();
            async move {
                // Through text, because the envelope is recognised by trying its raw JSON.
                let request: LambdaRequest = serde_json::from_str(&event.payload.to_string())
                    .map_err(FunctionError::Payload)?;
                let answering =
                    app::http::answer(handler, LambdaEvent::new(request, event.context));
                let response = answering
                    .await
                    .map_err(|error| FunctionError::Failed(error.to_string()))?;
                serde_json::to_value(response).map_err(FunctionError::Payload)
            }
            .boxed()
        });
        self.handlers.insert(name.to_owned(), wrapped);
        self
    }

    /// Adds a function with another trigger (stream, schedule, event rule), by the handler that its
    /// `main` passes to `lambda_runtime::run`.
    #[must_use]
    pub fn event<F, Fut, In, Out, E>(mut self, name: &str, handler: F) -> Self
    where
        F: Fn(LambdaEvent<In>) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<Out, E>> + Send + 'static,
        In: DeserializeOwned + Send + 'static,
        Out: Serialize + Send + 'static,
        E: Display + Send + 'static,
    {
        let wrapped: Handler = Arc::new(move |event: LambdaEvent<Value>| {
            let handler = handler.clone();
            async move {
                let payload = serde_json::from_str(&event.payload.to_string())
                    .map_err(FunctionError::Payload)?;
                let answered = handler(LambdaEvent::new(payload, event.context)).await;
                let answer = answered.map_err(|error| FunctionError::Failed(error.to_string()))?;
                serde_json::to_value(answer).map_err(FunctionError::Payload)
            }
            .boxed()
        });
        self.handlers.insert(name.to_owned(), wrapped);
        self
    }

    /// The names of the functions.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.handlers.keys().map(String::as_str)
    }
}

/// Invokes functions with Lambda's additions: a request id and a deadline.
#[derive(Debug, Clone)]
pub struct Invoker {
    functions: Arc<Functions>,
    template: Arc<Template>,
    clock: MovableClock,
    sequence: Arc<AtomicU64>,
}

impl Invoker {
    /// An invoker of these functions, with the template's timeouts.
    #[must_use]
    pub fn new(functions: Functions, template: Arc<Template>, clock: MovableClock) -> Self {
        Self {
            functions: Arc::new(functions),
            template,
            clock,
            sequence: Arc::default(),
        }
    }

    /// An id for the next request, in the form of Lambda's but counted, so that it is easy to find.
    #[must_use]
    pub fn request_id(&self) -> String {
        let number = self.sequence.fetch_add(1, Ordering::Relaxed) + 1;
        format!("00000000-0000-4000-8000-{number:012x}")
    }

    /// Passes a payload to a function and waits for its answer.
    ///
    /// # Errors
    ///
    /// If the function is not in the bundle, fails, panics or takes longer than the template
    /// allows.
    pub async fn invoke(&self, name: &str, request_id: &str, payload: Value) -> Answer {
        let handler = self.functions.handlers.get(name);
        let handler = handler.ok_or_else(|| FunctionError::Missing(name.to_owned()))?;
        let declared = self.template.function(name);
        let timeout = declared.map_or(SignedDuration::from_secs(3), |function| function.timeout);
        let mut context = Context::default();
        request_id.clone_into(&mut context.request_id);
        context.invoked_function_arn = format!("arn:aws:lambda:local:000000000000:function:{name}");
        // The deadline is an instant of the function's clock, not of the real one.
        let deadline = self.clock.now() + timeout;
        context.deadline = u64::try_from(deadline.as_millisecond()).unwrap_or_default();

        let running = AssertUnwindSafe(handler(LambdaEvent::new(payload, context))).catch_unwind();
        match tokio::time::timeout(timeout.unsigned_abs(), running).await {
            Ok(Ok(answer)) => answer.and_then(of_a_size),
            Ok(Err(panic)) => Err(FunctionError::Panicked(message_of(&*panic))),
            Err(_) => Err(FunctionError::TimedOut(timeout)),
        }
    }
}

/// The answer, unless it is too large to be passed on.
fn of_a_size(answer: Value) -> Answer {
    let bytes = answer.to_string().len();
    if bytes > LARGEST_ANSWER {
        return Err(FunctionError::TooLarge(bytes));
    }
    Ok(answer)
}

fn message_of(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

    use std::convert::Infallible;

    use serde_json::json;

    use super::*;

    fn invoker(functions: Functions) -> Invoker {
        let resources = "Resources:\n  F: { Type: AWS::Serverless::Function, Properties: { FunctionName: lanyard-f, Timeout: 1 } }";
        let template = Template::read(resources, "lanyard", &BTreeMap::new()).unwrap();
        Invoker::new(functions, Arc::new(template), MovableClock::real())
    }

    #[tokio::test]
    async fn an_event_handler_gets_the_payload_an_id_and_a_deadline() {
        let functions = Functions::new().event("f", |event: LambdaEvent<Value>| async move {
            let (payload, context) = event.into_parts();
            Ok::<_, Infallible>(json!([payload["a"], context.request_id, context.deadline]))
        });
        let invoker = invoker(functions);
        let answer = invoker.invoke("f", "r1", json!({"a": 1})).await.unwrap();
        assert_eq!((&answer[0], &answer[1]), (&json!(1), &json!("r1")));
        let left = answer[2].as_i64().unwrap() - invoker.clock.now().as_millisecond();
        assert!((500..=1_000).contains(&left), "{left}");
    }

    #[tokio::test]
    async fn a_handler_may_not_outlast_the_templates_timeout() {
        let functions = Functions::new().event("f", |_: LambdaEvent<Value>| async {
            std::future::pending::<()>().await;
            Ok::<_, Infallible>(())
        });
        let refused = invoker(functions)
            .invoke("f", "r", json!({}))
            .await
            .unwrap_err();
        assert_eq!(refused.to_string(), "the function did not end within 1s");
        assert!(refused.retryable());
    }

    #[tokio::test]
    async fn a_panic_is_an_error_of_that_invocation() {
        let functions = Functions::new().event("f", |event: LambdaEvent<i64>| async move {
            assert!(event.payload > 0, "not positive");
            Ok::<_, Infallible>(event.payload)
        });
        let invoker = invoker(functions);
        let refused = invoker.invoke("f", "r", json!(0)).await.unwrap_err();
        assert_eq!(refused.to_string(), "the function panicked: not positive");
        assert_eq!(invoker.invoke("f", "r", json!(1)).await.unwrap(), json!(1));
    }

    #[tokio::test]
    async fn what_is_not_in_the_bundle_or_not_readable_is_not_worth_a_retry() {
        let functions = Functions::new().event("f", |event: LambdaEvent<i64>| async move {
            Ok::<_, Infallible>(event.payload)
        });
        let invoker = invoker(functions);
        assert!(
            !invoker
                .invoke("g", "r", json!(0))
                .await
                .unwrap_err()
                .retryable()
        );
        assert!(
            !invoker
                .invoke("f", "r", json!("x"))
                .await
                .unwrap_err()
                .retryable()
        );
    }
}
