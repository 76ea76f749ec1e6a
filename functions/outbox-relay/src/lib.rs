//! `outbox-relay`: sends the messages that were committed.
//!
//! | | |
//! |---|---|
//! | trigger | the journal table's stream: inserts of `OUTBOX#` items, new images, in batches |
//! | effect | claims each message, sends every recipient their own copy through SES, marks it; access mail first, never faster than the send quota |
//! | idempotency key | the message's id and the recipient; a claim with a lease keeps two relays apart |
//! | failures | reported record by record (`batchItemFailures`), so that the rest of the batch is not repeated; after the retries the record goes to the dead-letter queue, and the `due` index still leads to the message |

use app::{AppError, Handed, Queued, Relay, http::deadline_of};
use aws_lambda_events::{
    dynamodb::{Event, EventRecord},
    streams::{DynamoDbBatchItemFailure, DynamoDbEventResponse},
};
use lambda_runtime::LambdaEvent;

/// Sends one batch and reports the records to try again.
///
/// # Errors
/// If the event does not come from a stream. Failures within a batch are reported record by record.
pub async fn handle(
    relay: &Relay,
    event: LambdaEvent<Handed<Event>>,
) -> Result<DynamoDbEventResponse, AppError> {
    let deadline = deadline_of(event.context.deadline);
    let mut failed = Vec::new();
    let mut batch = Vec::new();
    let mut numbers = Vec::new();
    for record in event.payload.read()?.records {
        let number = record.change.sequence_number.clone();
        match queued(record) {
            Some(queued) => {
                batch.push(queued);
                numbers.push(number);
            }
            // The next try cannot read it either, but the dead-letter queue shows it.
            None => failed.push(number),
        }
    }
    let again = relay.send_batch(&batch, deadline).await;
    failed.extend(again.into_iter().map(|place| numbers[place].clone()));
    Ok(report(failed))
}

/// The message in a record; `None` if the record is not an inserted message.
fn queued(record: EventRecord) -> Option<Queued> {
    match Queued::from_image(record.change.new_image) {
        Ok(queued) => Some(queued),
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
