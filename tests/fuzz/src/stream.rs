//! Batches of the journal's stream, genuine or not.

use app::Handed;
use aws_lambda_events::dynamodb::Event;
use lambda_runtime::{Context, LambdaEvent};

use crate::bundle;

/// The bytes are the batch, as JSON.
pub(crate) fn run(input: &[u8]) {
    let Ok(event) = serde_json::from_slice::<Handed<Event>>(input) else {
        return;
    };
    let numbers: Vec<_> = event
        .clone()
        .read()
        .map(|event| event.records)
        .unwrap_or_default()
        .into_iter()
        .map(|record| record.change.sequence_number)
        .collect();
    bundle::with(|bundle| {
        let event = LambdaEvent::new(event, Context::default());
        let answer = outbox_relay::handle(&bundle.relay, event);
        let Ok(report) = bundle.runtime.block_on(answer) else {
            return;
        };
        let failures = report.batch_item_failures;
        assert!(failures.len() <= numbers.len());
        for failure in failures {
            assert!(numbers.contains(&failure.item_identifier));
        }
        assert_eq!(
            bundle.aws.take_mails(),
            0,
            "a message that nobody wrote was sent"
        );
    });
}
