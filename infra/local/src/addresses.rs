//! The local-only addresses, `/_local/…`: none of them exists in a deployed function.

use std::sync::Arc;

use axum::extract::{Query, Request, State};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::jira::page;
use crate::jira::view::DeskView;
use crate::local::{Local, LocalError};
use crate::ses::inbox;
use crate::start;

/// The router for everything under `/_local`.
pub fn router(local: Arc<Local>) -> Router {
    Router::new()
        .route("/_local/info.json", get(info))
        .route("/_local/functions.env", get(environment))
        .route("/_local/sources.json", get(sources))
        .route("/_local/mail.json", get(mail).delete(forget_mail))
        .route("/_local/mail/count.json", get(count))
        .route("/_local/mail", get(inbox::page))
        .route("/_local/mail/clear", post(inbox::clear))
        .route("/_local/mail/looked-at", post(inbox::look_at_all))
        .route("/_local/clock", post(clock))
        .route("/_local/settle", post(settle))
        .route("/_local/links.json", get(links))
        .route("/_local/faults", get(faults).post(set_faults))
        .route("/_local/queues.json", get(queues))
        .route("/_local/calls.json", get(calls))
        .route("/_local/feedback", post(feedback))
        .route("/_local/desk.json", get(desk))
        .route("/_local/desk/mailed.json", get(mailed))
        .route("/_local/desk", get(page::page).post(act))
        .route("/_local/desk/{act}", post(page::act))
        .merge(start::router())
        .layer(middleware::from_fn(only_this_machine))
        .with_state(local)
}

/// Refuses what did not come from this machine's own browser or tools: secrets and tables stand open here,
/// a tunnel for a real sender's webhooks must not expose them, and no page on the web may move the
/// clock. A tunnel and a rebound name both show in `Host`, a foreign page in `Origin`.
pub(crate) async fn only_this_machine(request: Request, next: Next) -> Response {
    let headers = request.headers();
    let host = text_of(headers, &header::HOST).unwrap_or_default();
    let origin = text_of(headers, &header::ORIGIN);
    let origin_host = origin.map(|origin| origin.split_once("://").map_or("", |(_, host)| host));
    if !is_loopback(host) || origin_host.is_some_and(|host| !is_loopback(host)) {
        let message = "local addresses answer this machine only, under localhost or 127.0.0.1";
        return (StatusCode::FORBIDDEN, Json(json!({"error": message}))).into_response();
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let no_store = header::HeaderValue::from_static("no-store");
    headers.insert(header::CACHE_CONTROL, no_store);
    // The engine lets every page read its answers; a page from elsewhere has no business with them.
    headers.remove(header::ACCESS_CONTROL_ALLOW_ORIGIN);
    response
}

fn text_of<'a>(headers: &'a HeaderMap, name: &header::HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn is_loopback(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}

impl LocalError {
    /// The status with which it is answered.
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::Body(_) | Self::Clock(_) => StatusCode::BAD_REQUEST,
            Self::NoMail(_) => StatusCode::NOT_FOUND,
            Self::NoRule => StatusCode::CONFLICT,
            Self::Desk(refusal) => refusal.status(),
            Self::Busy => StatusCode::GATEWAY_TIMEOUT,
        }
    }
}

impl IntoResponse for LocalError {
    fn into_response(self) -> Response {
        let message = Json(json!({"error": self.to_string()}));
        (self.status(), message).into_response()
    }
}

/// Reads a body as JSON whatever its declared type, since that is how one types it into a shell.
fn body<T: DeserializeOwned>(bytes: &Bytes) -> Result<T, LocalError> {
    serde_json::from_slice(bytes).map_err(|error| LocalError::Body(error.to_string()))
}

type Shared = State<Arc<Local>>;

async fn info(State(local): Shared) -> Response {
    Json(json!({
        "version": env!("CARGO_PKG_VERSION"),
        "now": local.clock.now().to_string(),
        "base_url": local.base_url,
        "endpoints": {
            "dynamodb": local.dynamodb_endpoint,
            "sesv2": local.sesv2_endpoint,
            "jira": local.jira.base(),
        },
        "tables": local.tables(),
        // For `lanyard apply --local`: they are the same in every bundle and protect nothing.
        "link_secret": crate::environment::LINK_SECRET,
        "source_secret": crate::environment::SOURCE_SECRET,
        "trace_secret": crate::environment::TRACE_SECRET,
    }))
    .into_response()
}

/// What a function needs in its environment to work on this bundle's tables from a process of its own;
/// the form is that of `cargo lambda watch --env-file`.
async fn environment(State(local): Shared) -> String {
    let variables = local.environment("function").into_iter();
    let lines: Vec<_> = variables
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    lines.join("\n") + "\n"
}

async fn sources(State(local): Shared) -> Response {
    Json(local.sources()).into_response()
}

#[derive(Deserialize)]
struct Recipient {
    to: Option<String>,
}

async fn mail(State(local): Shared, Query(query): Query<Recipient>) -> Response {
    Json(local.mailbox.list(query.to.as_deref())).into_response()
}

async fn forget_mail(State(local): Shared) -> Response {
    match local.mailbox.clear() {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => {
            let message = format!("the mails could not be deleted: {error}");
            (
                StatusCode::INTERNAL_SERVER_ERROR,
                Json(json!({"error": message})),
            )
                .into_response()
        }
    }
}

async fn count(State(local): Shared) -> Response {
    Json(json!({"count": local.mailbox.count()})).into_response()
}

async fn clock(State(local): Shared, bytes: Bytes) -> Result<Response, LocalError> {
    let now = local.move_clock(&body(&bytes)?).await?;
    Ok(Json(json!({"now": now.to_string()})).into_response())
}

async fn settle(State(local): Shared) -> Result<Response, LocalError> {
    local.settle().await?;
    Ok(Json(json!({"settled": true, "now": local.clock.now().to_string()})).into_response())
}

#[derive(Deserialize)]
struct Person {
    email: String,
}

async fn links(State(local): Shared, Query(person): Query<Person>) -> Response {
    Json(local.links(&person.email)).into_response()
}

async fn faults(State(local): Shared) -> Response {
    Json(local.faults.get()).into_response()
}

async fn set_faults(State(local): Shared, bytes: Bytes) -> Result<Response, LocalError> {
    let wanted = local.faults.set(body(&bytes)?);
    wanted.map_err(|error| LocalError::Body(error.to_string()))?;
    Ok(Json(local.faults.get()).into_response())
}

async fn queues(State(local): Shared) -> Response {
    Json(local.queues.read()).into_response()
}

async fn calls(State(local): Shared) -> Response {
    Json(local.meter.read()).into_response()
}

async fn feedback(State(local): Shared, bytes: Bytes) -> Result<Response, LocalError> {
    let (functions, event) = local.report(&body(&bytes)?).await?;
    Ok(Json(json!({"functions": functions, "event": event})).into_response())
}

/// The state of the desk at the stand-in for Jira.
async fn desk(State(local): Shared) -> Response {
    Json(local.jira.read(DeskView::of)).into_response()
}

/// The acts there that would have mailed a customer in Jira's name.
async fn mailed(State(local): Shared) -> Response {
    Json(local.jira.read(|site| site.mailed.clone())).into_response()
}

/// Does what an agent would, and answers when everything that follows is done.
async fn act(State(local): Shared, bytes: Bytes) -> Result<Response, LocalError> {
    let done = local.jira.act(&body(&bytes)?)?;
    local.settle().await?;
    Ok(Json(done).into_response())
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn only_names_of_this_machine_pass() {
        for host in [
            "localhost",
            "localhost:4400",
            "127.0.0.1:80",
            "[::1]:4400",
            "[::1]",
        ] {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "",
            "desk.example",
            "localhost.desk.example",
            "127.0.0.1.desk.example:80",
            "0.0.0.0",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
