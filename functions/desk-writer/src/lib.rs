//! `desk-writer`: does at service desks elsewhere what was decided here.
//!
//! | | |
//! |---|---|
//! | trigger | the journal table's stream: `WORK#` items that are asked for, new images, in batches; and EventBridge Scheduler, every minute, for what waits |
//! | effect | makes people customers and members of organisations at the service desk, or takes them out; makes requests there and carries out what people do with them |
//! | idempotency key | a look at a person compares both sides and does what is missing; a request and a comment carry a mark that is looked for before a second try |
//! | failures | what the service desk does not do now is put off and due again; what it refuses for good waits for an administrator; if the store fails, the record is reported (`batchItemFailures`), and after the retries goes to the dead-letter queue, while the `due` index still leads to the work |

use app::{AppError, Asked, DeskWriter, Handed, http::deadline_of};
use aws_lambda_events::{
    dynamodb::{Event, EventRecord},
    streams::{DynamoDbBatchItemFailure, DynamoDbEventResponse},
};
use lambda_runtime::LambdaEvent;
use serde::Deserialize;

/// The payload of either trigger.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Trigger {
    /// A batch of the stream.
    Stream(Event),
    /// The clock.
    Scheduled(Scheduled),
}

/// The schedule's payload. Every field may be missing.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Scheduled {
    /// The planned begin of this run.
    pub scheduled_at: Option<String>,
}

/// Does what a batch asks for, or what is due, and reports the records to show again.
///
/// # Errors
/// If the event comes from neither trigger, or the store fails in a run by the clock.
pub async fn handle(
    writer: &DeskWriter,
    event: LambdaEvent<Handed<Trigger>>,
) -> Result<DynamoDbEventResponse, AppError> {
    let deadline = deadline_of(event.context.deadline);
    let records = match event.payload.read()? {
        Trigger::Stream(batch) => batch.records,
        Trigger::Scheduled(_) => {
            Box::pin(writer.write_due(deadline)).await?;
            return Ok(report(Vec::new()));
        }
    };
    let mut failed = Vec::new();
    let mut batch = Vec::new();
    let mut numbers = Vec::new();
    for record in records {
        let number = record.change.sequence_number.clone();
        match asked(record) {
            Some(asked) => {
                batch.push(asked);
                numbers.push(number);
            }
            // The next try cannot read it either, but the dead-letter queue shows it.
            None => failed.push(number),
        }
    }
    let again = Box::pin(writer.write_batch(&batch, deadline)).await;
    failed.extend(again.into_iter().map(|place| numbers[place].clone()));
    Ok(report(failed))
}

/// The work in a record; `None` if the record shows none.
fn asked(record: EventRecord) -> Option<Asked> {
    match Asked::from_image(record.change.new_image) {
        Ok(asked) => Some(asked),
        Err(error) => {
            tracing::error!(
                event.id = record.event_id,
                error = &error as &dyn std::error::Error,
                "stream record cannot be read"
            );
            None
        }
    }
}

fn report(numbers: Vec<Option<String>>) -> DynamoDbEventResponse {
    let mut response = DynamoDbEventResponse::default();
    response.batch_item_failures = numbers
        .into_iter()
        .map(|number| {
            let mut failure = DynamoDbBatchItemFailure::default();
            failure.item_identifier = number;
            failure
        })
        .collect();
    response
}
