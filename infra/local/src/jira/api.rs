//! The endpoints of the stand-in.

mod customers;
mod desks;
mod issues;
mod organizations;
mod requests;
mod search;
mod users;

use axum::Router;
use axum::extract::Request;
use axum::middleware;
use axum::response::{IntoResponse, Response};

use super::refusal::{Refusal, in_platform_form};
use super::{Jira, gate};

/// Every endpoint, at the site's own address and below that of a scoped token.
pub(crate) fn router(jira: Jira) -> Router {
    let desk = Router::new()
        .merge(customers::router())
        .merge(organizations::router())
        .merge(desks::router())
        .merge(requests::router());
    let platform = Router::new()
        .merge(users::router())
        .merge(issues::router())
        .merge(search::router())
        .layer(middleware::map_response(in_platform_form));
    let api = Router::new()
        .nest("/rest/servicedeskapi", desk)
        .nest("/rest/api/{version}", platform)
        .layer(middleware::from_fn_with_state(jira.clone(), gate::pass));
    Router::new()
        .nest(gate::SCOPED, api.clone())
        .merge(api)
        .merge(desks::open_router())
        .fallback(unknown)
        .with_state(jira)
}

async fn unknown(request: Request) -> Response {
    let (method, path) = (request.method(), request.uri().path());
    Refusal::Missing(format!("{method} {path}")).into_response()
}
