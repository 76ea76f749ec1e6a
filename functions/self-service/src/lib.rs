//! `self-service`: somebody opened a link from a mail, or pressed a button on its page.
//!
//! | | |
//! |---|---|
//! | trigger | every method on `/l/{token}`, `/console`, `/requests`, `/new`, `/profile`, `/send-link`, `/unsubscribe/{token}`, `/assets` and what lies below; API Gateway HTTP API, payload format 2.0 |
//! | effect | a GET (or HEAD) shows and never writes; a POST does what its form asks |
//! | idempotency key | the nonce of a single-use link, and of each rendering of a form, kept until link or session would have expired anyway |
//! | failures | answered as pages: 404 for what is not ours, 410 for links that are over, 409 and 422 for refusals, 503 with `Retry-After` when nothing was written |
//!
//! The pages are complete without script. [`routes`](crate) decides what an address means; each
//! area of the pages has a folder with its handlers and views, and a folder of templates; what they
//! say is in [`words`](crate).

use std::{convert::Infallible, sync::Arc};

use app::{Console, Core, Intake, Profiles, Requests, Sessions, Visits};
use lambda_http::{Body, Request, Response};
use url::Url;

mod assets;
mod console;
mod harmless;
mod http;
mod intake;
mod link;
mod page;
mod profile;
mod reader;
mod requests;
mod routes;
mod ways;
mod wording;

pub use console::table::{Listed, Unreadable, read as read_list};

/// Everything that the pages show and do.
#[derive(Debug)]
pub struct Site {
    /// The pages' own address.
    base_url: Arc<Url>,
    profiles: Profiles,
    sessions: Sessions,
    visits: Visits,
    intake: Intake,
    requests: Requests,
    console: Console,
}

impl Site {
    /// Over what every use case works with.
    #[must_use]
    pub fn new(core: Core) -> Self {
        Self {
            base_url: Arc::clone(&core.base_url),
            profiles: Profiles::new(core.clone()),
            sessions: Sessions::new(core.clone()),
            intake: Intake::new(core.clone()),
            requests: Requests::new(core.clone()),
            console: Console::new(core.clone()),
            visits: Visits::new(core),
        }
    }
}

/// Takes one request and answers it with a page.
///
/// # Errors
/// Never: every failure is a page.
pub async fn handle(site: &Site, request: Request) -> Result<Response<Body>, Infallible> {
    Ok(routes::answer(site, &request).await)
}

#[cfg(test)]
mod tests;
