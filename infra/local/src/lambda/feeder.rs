//! Feeds a table's stream to a function, as Lambda's poller does.
//!
//! Records are filtered, cut into batches and passed on one batch after the other. Failed records
//! are tried again by the rules in [`crate::lambda::batch`], with growing pauses, and given-up records go
//! to the trigger's queue. The data directory keeps the place up to which everything was passed on,
//! so that a restart delivers the rest: at least once.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::sync::{Notify, mpsc, oneshot};

use crate::dynamodb::stream::{Stream, StreamError};
use crate::file;
use crate::lambda::batch::{Batch, Next, Verdict, batches, sequence_number};
use crate::lambda::function::Invoker;
use crate::lambda::queue::{Condition, Queues, stream_failure};
use crate::template::trigger::StreamTrigger;

/// The longest wait of the feeder for a write before it looks by itself. Writes wake it at once;
/// this only catches writes that do not pass the layer in front of the engine.
const IDLE: Duration = Duration::from_millis(500);

/// The parts of a feeder.
pub struct Feed {
    /// Reads the stream straight from the engine, because faults are for the functions.
    pub client: aws_sdk_dynamodbstreams::Client,
    /// The physical name of the table.
    pub table: String,
    /// The function's name.
    pub function: String,
    /// The template's trigger.
    pub trigger: StreamTrigger,
    /// Invokes the function.
    pub invoker: Invoker,
    /// Takes records that are given up.
    pub queues: Arc<Queues>,
    /// Woken by writes.
    pub written: Arc<Notify>,
    /// The file for the place; `None` forgets it.
    pub checkpoint: Option<PathBuf>,
    /// The first pause before a retry; it doubles up to fifty times that.
    pub pause: Duration,
    /// The time with which the engine dates records.
    pub engine_time: Arc<dyn Fn() -> Timestamp + Send + Sync>,
}

/// A handle to a running feeder.
#[derive(Debug, Clone)]
pub struct Feeder {
    waiting: mpsc::UnboundedSender<oneshot::Sender<()>>,
}

impl Feeder {
    /// Returns when everything that was written before the call has been passed on or given up, and
    /// the function is idle.
    pub async fn settle(&self) {
        let (done, settled) = oneshot::channel();
        // An end is only gone while the bundle is stopping; then there is nothing to wait for.
        if self.waiting.send(done).is_ok() {
            let _ = settled.await;
        }
    }
}

/// The place in the stream, in the data directory.
#[derive(Debug, Serialize, Deserialize)]
struct StreamPosition {
    table: String,
    sequence_number: String,
}

/// Opens the stream. Returns the handle and the loop, which runs until it is dropped.
///
/// # Errors
///
/// If the stream cannot be opened or the kept place cannot be read.
pub async fn start(feed: Feed) -> Result<(Feeder, impl Future<Output = ()> + Send), StreamError> {
    let place = match &feed.checkpoint {
        Some(path) => file::read_json::<StreamPosition>(path)
            .map_err(|error| StreamError::Call(error.to_string()))?,
        None => None,
    };
    let after = place
        .filter(|place| place.table == feed.table)
        .map(|place| place.sequence_number);
    let stream = Stream::open(feed.client.clone(), &feed.table, after.as_deref()).await?;
    let (waiting, requests) = mpsc::unbounded_channel();
    Ok((Feeder { waiting }, feed.run(stream, requests)))
}

impl Feed {
    async fn run(
        self,
        mut stream: Stream,
        mut requests: mpsc::UnboundedReceiver<oneshot::Sender<()>>,
    ) {
        let mut waiting: Vec<oneshot::Sender<()>> = Vec::new();
        loop {
            // This reading answers earlier callers when it finds nothing.
            while let Ok(request) = requests.try_recv() {
                waiting.push(request);
            }
            match stream.read().await {
                Ok(records) if records.is_empty() => {
                    for done in waiting.drain(..) {
                        // A caller who stopped waiting needs no answer.
                        let _ = done.send(());
                    }
                    tokio::select! {
                        request = requests.recv() => match request {
                            Some(request) => waiting.push(request),
                            None => return,
                        },
                        () = self.written.notified() => {}
                        () = tokio::time::sleep(IDLE) => {}
                    }
                }
                Ok(records) => self.hand_over(&stream, records).await,
                Err(error) => {
                    tracing::error!(%error, "reading the stream failed");
                    tokio::time::sleep(IDLE).await;
                }
            }
        }
    }

    async fn hand_over(&self, stream: &Stream, records: Vec<Value>) {
        let matching: Vec<_> = records
            .into_iter()
            .filter(|record| {
                let filters = &self.trigger.filters;
                filters.is_empty() || filters.iter().any(|filter| filter.matches(record))
            })
            .collect();
        let mut queue = batches(matching, self.trigger.batch_size);
        let mut failures = 0;
        while let Some(batch) = queue.pop_front() {
            let Some(batch) = self.without_the_too_old(stream, batch) else {
                continue;
            };
            match self.invoke(batch, &mut queue).await {
                (Next::Done | Next::Progress, place) => {
                    failures = 0;
                    self.keep(place);
                }
                (Next::Again, _) => {
                    failures += 1;
                    tokio::time::sleep(self.pause_after(failures)).await;
                }
                (Next::GivenUp(batch), _) => {
                    failures = 0;
                    self.give_up(stream, &batch, Condition::RetryAttemptsExhausted);
                    self.keep(
                        batch
                            .records
                            .last()
                            .and_then(sequence_number)
                            .map(str::to_owned),
                    );
                }
            }
        }
    }

    /// Passes a batch on once. Returns the next step and the last record that is done, if any is.
    async fn invoke(&self, batch: Batch, queue: &mut VecDeque<Batch>) -> (Next, Option<String>) {
        let event = json!({"Records": batch.records});
        let request_id = self.invoker.request_id();
        let answer = self
            .invoker
            .invoke(&self.function, &request_id, event)
            .await;
        if let Err(error) = &answer {
            tracing::warn!(function = self.function, %error, "a batch failed");
        }
        let verdict = batch.verdict(&answer, self.trigger.partial_responses);
        let done = match verdict {
            Verdict::Done => batch.records.len(),
            Verdict::DoneBefore(index) => index,
            Verdict::Failed => 0,
        };
        let last = batch.records[..done]
            .last()
            .and_then(sequence_number)
            .map(str::to_owned);
        (batch.next(verdict, &self.trigger, queue), last)
    }

    /// The batch without records that are older than the trigger allows; those are given up.
    fn without_the_too_old(&self, stream: &Stream, mut batch: Batch) -> Option<Batch> {
        let Some(oldest) = self.trigger.oldest else {
            return Some(batch);
        };
        let horizon = ((self.engine_time)() - oldest).as_second();
        #[expect(clippy::cast_possible_truncation, reason = "whole seconds are meant")]
        let is_too_old = |record: &Value| {
            let created = record.pointer("/dynamodb/ApproximateCreationDateTime");
            created
                .and_then(Value::as_f64)
                .is_some_and(|at| (at as i64) < horizon)
        };
        let (old, young): (Vec<_>, Vec<_>) = batch.records.into_iter().partition(is_too_old);
        if !old.is_empty() {
            let attempts = batch.attempts;
            self.give_up(
                stream,
                &Batch {
                    records: old,
                    attempts,
                },
                Condition::RecordAgeExceeded,
            );
        }
        batch.records = young;
        (!batch.records.is_empty()).then_some(batch)
    }

    fn give_up(&self, stream: &Stream, batch: &Batch, condition: Condition) {
        let at = (self.engine_time)();
        let message = stream_failure(
            &self.function,
            &stream.arn,
            &stream.shard,
            batch,
            condition,
            at,
        );
        tracing::error!(
            function = self.function,
            records = batch.records.len(),
            "records were given up"
        );
        if let Some(queue) = &self.trigger.on_failure {
            self.queues.push(queue, message);
        }
    }

    fn pause_after(&self, failures: u32) -> Duration {
        let longest = self.pause * 50;
        let factor = 2_u32.saturating_pow(failures.saturating_sub(1));
        self.pause
            .checked_mul(factor)
            .map_or(longest, |pause| pause.min(longest))
    }

    fn keep(&self, sequence_number: Option<String>) {
        let (Some(path), Some(sequence_number)) = (&self.checkpoint, sequence_number) else {
            return;
        };
        let place = StreamPosition {
            table: self.table.clone(),
            sequence_number,
        };
        // A lost place costs a second delivery after a restart, which the relay recognises.
        if let Err(error) = file::write_json(path, &place) {
            tracing::error!(%error, "the place in the stream could not be kept");
        }
    }
}
