//! `customer-invited`: invites people into an organisation.
//!
//! | | |
//! |---|---|
//! | trigger | `POST /hooks/{source}/customer-invited`, API Gateway HTTP API, payload format 2.0 |
//! | effect | invites each within the organisation's limits, or asks an administrator; answers row by row |
//! | idempotency key | source and delivery id, as the source's signature scheme gives it; kept 30 days |
//! | failures | answered as problem details (RFC 9457); 503 with `Retry-After` when nothing was written; refusals are parked |

use std::convert::Infallible;

use app::{
    Receiver,
    http::{self, Ready},
    webhook::CustomerInvited,
};
use lambda_http::Request;

/// Takes one delivery and answers it.
///
/// # Errors
/// Never: every failure is an answer.
pub async fn handle(
    receiver: &Receiver<CustomerInvited>,
    request: Request,
) -> Result<Ready, Infallible> {
    Ok(http::receive(receiver, request).await)
}
