//! The start page, `/_local/`: whom to be, the clock, the mail, the queues and the faults.
//!
//! It works without script. Each act is a form; its answer leads back here and says what happened.

mod act;
mod faults;
mod page;
mod people;

use std::sync::Arc;

use axum::Router;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use http::{StatusCode, header};

use crate::local::{Local, LocalError};

pub use people::Cast;

/// The address of the start page.
pub(crate) const PATH: &str = "/_local/";

/// Allows nothing from elsewhere, not even pictures.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The start page, and what its links and forms lead to.
pub(crate) fn router() -> Router<Arc<Local>> {
    Router::new()
        .route(PATH, get(page::show))
        .route("/_local", get(async || Redirect::permanent(PATH)))
        .route("/_local/open", get(act::open))
        .route("/_local/start/clock", post(act::move_clock))
        .route("/_local/start/report", post(act::report))
        .route("/_local/start/faults", post(act::set_faults))
}

fn shown(status: StatusCode, html: String) -> Response {
    let policy = [(header::CONTENT_SECURITY_POLICY, POLICY)];
    (status, policy, Html(html)).into_response()
}

/// The page of an act that came to nothing, with the way back.
fn failed(error: &LocalError) -> Response {
    let status = error.status();
    match page::failure(&error.to_string()) {
        Ok(html) => shown(status, html),
        Err(_) => status.into_response(),
    }
}
