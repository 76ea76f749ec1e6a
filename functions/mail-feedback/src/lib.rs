//! `mail-feedback`: what the mail system says of mails that were sent.
//!
//! | | |
//! |---|---|
//! | trigger | EventBridge: bounce, complaint and delivery events of the SES configuration set |
//! | effect | a permanent bounce stops mail to the address, a complaint what it can be about (ADR 26), once, and its leads are told; a correction lets it go on |
//! | idempotency key | the customer's record: a second notice finds the address suppressed |
//! | failures | an error is retried by EventBridge and ends in its dead-letter queue |

mod event;

use app::{AppError, Feedback, Handed};
use lambda_runtime::LambdaEvent;

pub use event::SesEvent;

/// Takes one event.
///
/// # Errors
/// When it is no SES event, or the store is not available or refuses.
pub async fn handle(
    feedback: &Feedback,
    event: LambdaEvent<Handed<SesEvent>>,
) -> Result<(), AppError> {
    let event = event.payload.read()?;
    let notice = event.notice().map_err(AppError::Unreadable)?;
    Box::pin(feedback.take(&notice)).await
}
