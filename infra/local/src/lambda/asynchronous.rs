//! Asynchronous invocations: events of schedules and rules, for which nobody waits.
//!
//! Source: "How Lambda handles errors and retries with asynchronous invocation". An event that
//! still fails after the retries goes to the function's queue.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use crate::clock::MovableClock;
use crate::lambda::function::{FunctionError, Invoker};
use crate::lambda::queue::{Queues, event_failure};
use crate::template::Function;

/// Delivers events to functions.
#[derive(Debug, Clone)]
pub struct Deliverer {
    /// Invokes functions.
    pub invoker: Invoker,
    /// Takes events that are given up.
    pub queues: Arc<Queues>,
    /// Dates it.
    pub clock: MovableClock,
    /// The pause before a retry. Lambda waits a minute, then two.
    pub pause: Duration,
}

impl Deliverer {
    /// Delivers an event, with the retries that the template gives the function.
    ///
    /// # Errors
    ///
    /// If every attempt of the function failed. The event is in its queue then.
    pub async fn deliver(
        &self,
        function: &Function,
        payload: Value,
    ) -> Result<Value, FunctionError> {
        let request_id = self.invoker.request_id();
        let mut attempts = 0;
        loop {
            attempts += 1;
            let answer = self
                .invoker
                .invoke(&function.name, &request_id, payload.clone())
                .await;
            let error = match answer {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            tracing::warn!(function = function.name, %error, attempts, "an event was not taken");
            if error.retryable() && attempts <= function.asynchronous.retries {
                tokio::time::sleep(self.pause).await;
                continue;
            }
            if let Some(queue) = &function.asynchronous.on_failure {
                let at = self.clock.now();
                self.queues.push(
                    queue,
                    event_failure(&function.name, &payload, &error, attempts, at),
                );
            }
            return Err(error);
        }
    }
}
