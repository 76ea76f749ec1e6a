//! Dead-letter queues in memory: the records and events that a trigger gave up.
//!
//! A message has the shape of Lambda's own on-failure record, so that a runbook works here as in
//! the cloud (Lambda developer guide, "Retaining records of invocations").

use std::collections::BTreeMap;
use std::sync::Mutex;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::lambda::batch::{Batch, sequence_number};
use crate::lambda::function::FunctionError;

/// All queues by the logical id of the template, such as `RelayDeadLetters`.
#[derive(Debug, Default)]
pub struct Queues {
    messages: Mutex<BTreeMap<String, Vec<Value>>>,
}

impl Queues {
    /// Appends a message to a queue.
    pub fn push(&self, queue: &str, message: Value) {
        let mut messages = self.lock();
        messages.entry(queue.to_owned()).or_default().push(message);
    }

    /// All messages by queue, oldest first.
    #[must_use]
    pub fn read(&self) -> BTreeMap<String, Vec<Value>> {
        self.lock().clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Vec<Value>>> {
        self.messages
            .lock()
            .expect("no code panics while it holds the queues")
    }
}

/// The reason for giving up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// The retries are used up.
    RetryAttemptsExhausted,
    /// The record is older than the trigger allows.
    RecordAgeExceeded,
}

impl Condition {
    fn as_str(self) -> &'static str {
        match self {
            Self::RetryAttemptsExhausted => "RetryAttemptsExhausted",
            Self::RecordAgeExceeded => "RecordAgeExceeded",
        }
    }
}

/// Stream records that were given up. Like Lambda's report it only holds their place, because the
/// stream (and the table) still hold them.
#[must_use]
pub fn stream_failure(
    function: &str,
    stream_arn: &str,
    shard: &str,
    batch: &Batch,
    condition: Condition,
    at: Timestamp,
) -> Value {
    let first = batch.records.first();
    let last = batch.records.last();
    let arrival = |record: Option<&Value>| {
        let seconds = record?
            .pointer("/dynamodb/ApproximateCreationDateTime")?
            .as_f64()?;
        #[expect(clippy::cast_possible_truncation, reason = "whole seconds are meant")]
        Timestamp::from_second(seconds as i64)
            .ok()
            .map(|at| at.to_string())
    };
    json!({
        "version": "1.0",
        "timestamp": at.to_string(),
        "requestContext": {
            "functionArn": format!("arn:aws:lambda:local:000000000000:function:{function}"),
            "condition": condition.as_str(),
            "approximateInvokeCount": batch.attempts,
        },
        "DDBStreamBatchInfo": {
            "streamArn": stream_arn,
            "shardId": shard,
            "startSequenceNumber": first.and_then(sequence_number),
            "endSequenceNumber": last.and_then(sequence_number),
            "approximateArrivalOfFirstRecord": arrival(first),
            "approximateArrivalOfLastRecord": arrival(last),
            "batchSize": batch.records.len(),
        },
    })
}

/// An event (of a schedule or a rule) that a function did not take.
#[must_use]
pub fn event_failure(
    function: &str,
    payload: &Value,
    error: &FunctionError,
    attempts: u32,
    at: Timestamp,
) -> Value {
    json!({
        "version": "1.0",
        "timestamp": at.to_string(),
        "requestContext": {
            "functionArn": format!("arn:aws:lambda:local:000000000000:function:{function}"),
            "condition": "RetriesExhausted",
            "approximateInvokeCount": attempts,
        },
        "requestPayload": payload,
        "responseContext": {"statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled"},
        "responsePayload": {"errorMessage": error.to_string()},
    })
}
