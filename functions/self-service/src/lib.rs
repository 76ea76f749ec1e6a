//! `self-service`: somebody opened a link from a mail, or pressed a button on its page.
//!
//! | | |
//! |---|---|
//! | trigger | every method on `/l/{token}`, `/console`, `/requests`, `/new`, `/profile`, `/send-link`, `/unsubscribe/{token}`, `/assets` and what lies below; API Gateway HTTP API, payload format 2.0 |
//! | effect | a GET (or HEAD) shows and never writes; a POST does what its form asks |
//! | idempotency key | the nonce of a single-use link, and of each rendering of a form, kept until link or session would have expired anyway |
//! | failures | answered as pages: 404 for what is not ours, 410 for links that are over, 409 and 422 for refusals, 503 with `Retry-After` when nothing was written |

use std::convert::Infallible;

use lambda_http::{Body, Request, Response};
use pages::Site;

/// Takes one request and answers it with a page.
///
/// # Errors
/// Never: every failure is a page.
pub async fn handle(site: &Site, request: Request) -> Result<Response<Body>, Infallible> {
    Ok(site.answer(&request).await)
}
