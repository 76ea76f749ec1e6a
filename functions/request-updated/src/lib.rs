//! `request-updated`: records a change of a request.
//!
//! | | |
//! |---|---|
//! | trigger | `POST /hooks/{source}/request-updated`, API Gateway HTTP API, payload format 2.0 |
//! | effect | records a public comment, a status, a share or an approval, and tells the followers of the request; keeps an update that came before its request |
//! | idempotency key | source and delivery id, as the source's signature scheme gives it; kept 30 days |
//! | failures | answered as problem details (RFC 9457); 503 with `Retry-After` when nothing was written; refusals are parked |

use std::convert::Infallible;

use app::{
    Receiver,
    http::{self, Ready},
    webhook::RequestUpdated,
};
use lambda_http::Request;

/// Takes one delivery and answers it.
///
/// # Errors
/// Never: every failure is an answer.
pub async fn handle(
    receiver: &Receiver<RequestUpdated>,
    request: Request,
) -> Result<Ready, Infallible> {
    Ok(http::receive(receiver, request).await)
}
