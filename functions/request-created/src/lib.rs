//! `request-created`: records a new request.
//!
//! | | |
//! |---|---|
//! | trigger | `POST /hooks/{source}/request-created`, API Gateway HTTP API, payload format 2.0 |
//! | effect | records the request, makes its reporter a viewer (and a member, where the domain rule says so), acknowledges it by mail |
//! | idempotency key | source and delivery id, as the source's signature scheme gives it; kept 30 days |
//! | failures | answered as problem details (RFC 9457); 503 with `Retry-After` when nothing was written; refusals are parked |

use std::convert::Infallible;

use app::{
    Receiver,
    http::{self, Ready},
    webhook::RequestCreated,
};
use lambda_http::Request;

/// Takes one delivery and answers it.
///
/// # Errors
/// Never: every failure is an answer.
pub async fn handle(
    receiver: &Receiver<RequestCreated>,
    request: Request,
) -> Result<Ready, Infallible> {
    Ok(http::receive(receiver, request).await)
}
