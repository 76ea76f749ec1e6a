//! The pages: what customers, leads and strangers see and send in a browser.
//!
//! The pages are complete without script. `routes` decides what an address means; each area of the
//! pages has a folder with its handlers and views, and a folder of templates. `words` has what they
//! say, and `app` does what their forms ask. This crate must not decide, and must not write in answer
//! to a GET.

use std::sync::Arc;

use app::{Clock, Console, Intake, Profiles, Requests, Services, Sessions, Visits};
use lambda_http::{Body, Request, Response};
use url::Url;

mod assets;
mod console;
mod controls;
mod feedback;
mod http;
mod intake;
mod link;
mod navigation;
mod page;
mod profile;
mod reader;
mod requests;
mod routes;
mod wording;

pub use console::table::{Listed, Unreadable, read as read_list};

/// Everything that the pages show and do.
#[derive(Debug)]
pub struct Site {
    /// The pages' own address.
    base_url: Arc<Url>,
    clock: Arc<dyn Clock>,
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
    pub fn new(services: Services) -> Self {
        Self {
            base_url: Arc::clone(&services.base_url),
            clock: Arc::clone(&services.clock),
            profiles: Profiles::new(services.clone()),
            sessions: Sessions::new(services.clone()),
            intake: Intake::new(services.clone()),
            requests: Requests::new(services.clone()),
            console: Console::new(services.clone()),
            visits: Visits::new(services),
        }
    }

    /// Answers one request with a page. Every failure is a page, too.
    pub async fn answer(&self, request: &Request) -> Response<Body> {
        routes::answer(self, request).await
    }
}

#[cfg(test)]
mod tests;
