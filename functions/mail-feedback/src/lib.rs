//! `mail-feedback`: records the mail system's reports about sent mails.
//!
//! | | |
//! |---|---|
//! | trigger | EventBridge: bounce, complaint and delivery events of the SES configuration set |
//! | effect | a permanent bounce stops mail to the address, and a complaint some kinds of mail (ADR 26), once; the leads get a mail about it; a correction lifts the stop |
//! | idempotency key | the customer's record: a second notice finds the address suppressed |
//! | failures | EventBridge retries an error, which then ends in its dead-letter queue |

mod event;

use app::{AppError, Feedback, Handed};
use lambda_runtime::LambdaEvent;

pub use event::SesEvent;

/// Takes one event.
///
/// # Errors
/// If it is no SES event, or the store is not available or refuses.
pub async fn handle(
    feedback: &Feedback,
    event: LambdaEvent<Handed<SesEvent>>,
) -> Result<(), AppError> {
    let event = event.payload.read()?;
    let notice = event.notice().map_err(AppError::Unreadable)?;
    Box::pin(feedback.take(&notice)).await
}
