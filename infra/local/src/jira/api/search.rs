//! The search for issues.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use http::StatusCode;
use jiff::SignedDuration;
use serde::Deserialize;
use serde_json::json;

use super::issues::Shown;
use crate::jira::Jira;
use crate::jira::call::Caller;
use crate::jira::jql::Search;
use crate::jira::refusal::Refusal;

/// The time until a search finds a new issue.
const INDEXED_AFTER: SignedDuration = SignedDuration::from_secs(5);
/// The largest page with fields.
const LARGEST: usize = 100;

pub(super) fn router() -> Router<Jira> {
    Router::new()
        .route("/search/jql", get(search))
        .route("/search", get(gone).post(gone))
}

#[derive(Deserialize)]
struct OfVersion {
    version: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wanted {
    jql: String,
    max_results: Option<usize>,
    next_page_token: Option<String>,
}

async fn search(
    State(jira): State<Jira>,
    caller: Caller,
    Path(path): Path<OfVersion>,
    Query(wanted): Query<Wanted>,
    Query(shown): Query<Shown>,
) -> Result<Response, Refusal> {
    let now = jira.now();
    let jql = Search::parse(&wanted.jql, now).map_err(Refusal::Invalid)?;
    let start = match &wanted.next_page_token {
        None => 0,
        Some(token) => token
            .parse()
            .map_err(|_| Refusal::Invalid("the token of the page is not known".to_owned()))?,
    };
    let most = wanted.max_results.unwrap_or(50).min(LARGEST);
    jira.read(|site| {
        let writer = jira.writer(site);
        let found = site.requests.values().rev().filter(|request| {
            let is_indexed = now.duration_since(request.created) >= INDEXED_AFTER;
            is_indexed && site.sees(&caller.0, request) && jql.matches(site, request)
        });
        let found: Vec<_> = found.collect();
        let page = found.iter().skip(start).take(most).map(|request| {
            let fields = shown.of(writer, request, &path.version);
            writer.issue(request, &path.version, &fields)
        });
        let page: Vec<_> = page.collect();
        let end = start + page.len();
        let is_last = end >= found.len();
        let mut answer = json!({"issues": page, "isLast": is_last});
        if !is_last {
            answer["nextPageToken"] = end.to_string().into();
        }
        Ok(Json(answer).into_response())
    })
}

/// The search of old, which is gone.
async fn gone(_: Caller) -> Response {
    StatusCode::GONE.into_response()
}
