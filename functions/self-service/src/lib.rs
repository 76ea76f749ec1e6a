//! `self-service`: somebody opened a link from a mail, or pressed a button on its page.
//!
//! | | |
//! |---|---|
//! | trigger | `GET` and `POST` on `/l/{token}`, `/send-link` and `/requests/{desk}/{key}`, `POST /unsubscribe/{token}`; API Gateway HTTP API, payload format 2.0 |
//! | effect | a GET (or HEAD) shows and never writes; a POST does what its form asks: accept or decline an invitation, keep access, answer an approval, stop or resume mails, allow or refuse an exception, release a held run, mail a link |
//! | idempotency key | the nonce of a single-use link, kept until the link would have expired anyway; the other actions end in the same state however often they are posted |
//! | failures | answered as pages: 404 for what is not ours, 410 for links that are over, 409 for refusals, 503 with `Retry-After` when nothing was written |
//!
//! The pages are complete without script, and there is none. [`routes`](crate) decides what an
//! address means, [`pages`](crate) how an answer looks, [`words`](crate) what it says.

use std::convert::Infallible;

use app::Visits;
use lambda_http::{Body, Request, Response};

mod pages;
mod posted;
mod reply;
mod routes;
mod style;
mod when;
mod words;

/// Takes one request and answers it with a page.
///
/// # Errors
/// Never: every failure is a page.
pub async fn handle(visits: &Visits, request: Request) -> Result<Response<Body>, Infallible> {
    Ok(routes::answer(visits, &request).await)
}

#[cfg(test)]
mod tests;
