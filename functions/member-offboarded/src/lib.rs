//! `member-offboarded`: ends somebody's access.
//!
//! | | |
//! |---|---|
//! | trigger | `POST /hooks/{source}/member-offboarded`, API Gateway HTTP API, payload format 2.0 |
//! | effect | ends access at once or on a date, in one organisation or everywhere; hands over open requests; tells the leads |
//! | idempotency key | source and delivery id, as the source's signature scheme gives it; kept 30 days |
//! | failures | answered as problem details (RFC 9457); 503 with `Retry-After` when nothing was written; refusals are parked |

use std::convert::Infallible;

use app::{
    Receiver,
    http::{self, Ready},
    webhook::MemberOffboarded,
};
use lambda_http::Request;

/// Takes one delivery and answers it.
///
/// # Errors
/// Never: every failure is an answer.
pub async fn handle(
    receiver: &Receiver<MemberOffboarded>,
    request: Request,
) -> Result<Ready, Infallible> {
    Ok(http::receive(receiver, request).await)
}
