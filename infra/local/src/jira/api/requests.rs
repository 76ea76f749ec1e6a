//! Requests as the portal sees them.

use std::collections::BTreeMap;

use axum::extract::{OriginalUri, Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::jira::Jira;
use crate::jira::account::Right;
use crate::jira::acts::Draft;
use crate::jira::answer::{self, Paging};
use crate::jira::call::{Body, Caller};
use crate::jira::refusal::Refusal;
use crate::jira::request::Request;
use crate::jira::site::Site;

pub(super) fn router() -> Router<Jira> {
    Router::new()
        .route("/request", get(list).post(create))
        .route("/request/{request}", get(one))
        .route("/request/{request}/status", get(statuses))
        .route("/request/{request}/comment", get(comments).post(comment))
        .route("/request/{request}/comment/{comment}", get(one_comment))
        .route(
            "/request/{request}/participant",
            get(participants).post(share).delete(unshare),
        )
        .route(
            "/request/{request}/transition",
            get(transitions).post(transition),
        )
        .route("/request/{request}/approval", get(approvals))
}

#[derive(Deserialize)]
struct OfRequest {
    request: String,
}

#[derive(Deserialize)]
struct OfComment {
    request: String,
    comment: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct NewRequest {
    service_desk_id: String,
    request_type_id: String,
    #[serde(default)]
    request_field_values: Map<String, Value>,
    raise_on_behalf_of: Option<String>,
    #[serde(default)]
    request_participants: Vec<String>,
    /// The text of fields is always plain here.
    #[serde(default, rename = "isAdfRequest")]
    _adf: bool,
    #[serde(default, rename = "channel")]
    _channel: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewComment {
    body: String,
    public: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Participants {
    account_ids: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Wish {
    id: String,
    additional_comment: Option<Words>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    body: String,
}

/// The request of a path, if the caller may see it.
pub(super) fn seen<'s>(site: &'s Site, caller: &Caller, id: &str) -> Result<&'s Request, Refusal> {
    let request = site.request(id)?;
    if !site.sees(&caller.0, request) {
        return Err(Refusal::missing("issue", id));
    }
    Ok(request)
}

/// Lists the caller's own requests, not those of the desk.
async fn list(
    State(jira): State<Jira>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Query(paging): Query<Paging>,
) -> Response {
    jira.read(|site| {
        let writer = jira.writer(site);
        let requests = site.requests.values().rev();
        let own = requests.filter(|request| site.is_own(&caller.0, request));
        jira.page(
            &uri,
            &paging,
            own.map(|request| writer.request(request)).collect(),
        )
    })
}

async fn create(
    State(jira): State<Jira>,
    caller: Caller,
    Body(new): Body<NewRequest>,
) -> Result<Response, Refusal> {
    if new.raise_on_behalf_of.is_some() || !new.request_participants.is_empty() {
        caller.needs(Right::Agent)?;
    }
    let draft = Draft {
        desk: new.service_desk_id,
        request_type: new.request_type_id,
        fields: new.request_field_values,
        reporter: new
            .raise_on_behalf_of
            .unwrap_or_else(|| caller.id().to_owned()),
        participants: new.request_participants,
    };
    jira.change(|site| {
        let id = site.raise(draft, caller.id())?.id.to_string();
        let written = jira.writer(site).request(site.request(&id)?);
        Ok((StatusCode::CREATED, Json(written)).into_response())
    })
}

async fn one(
    State(jira): State<Jira>,
    caller: Caller,
    Path(path): Path<OfRequest>,
) -> Result<Response, Refusal> {
    jira.read(|site| {
        let request = seen(site, &caller, &path.request)?;
        Ok(Json(jira.writer(site).request(request)).into_response())
    })
}

async fn statuses(
    State(jira): State<Jira>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Path(path): Path<OfRequest>,
    Query(paging): Query<Paging>,
) -> Result<Response, Refusal> {
    jira.read(|site| {
        let request = seen(site, &caller, &path.request)?;
        let now = answer::status(request.status(), request.status_since);
        Ok(jira.page(&uri, &paging, vec![now]))
    })
}

#[derive(Deserialize)]
struct Kinds {
    #[serde(default = "yes")]
    public: bool,
    #[serde(default = "yes")]
    internal: bool,
}

const fn yes() -> bool {
    true
}

/// Lists comments. Without the right to see the request the list is empty, which is no error.
async fn comments(
    State(jira): State<Jira>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Path(path): Path<OfRequest>,
    Query(kinds): Query<Kinds>,
    Query(paging): Query<Paging>,
) -> Result<Response, Refusal> {
    jira.read(|site| {
        let request = site.request(&path.request)?;
        let sees_all = caller.0.may(Right::Agent);
        let sees = site.sees(&caller.0, request);
        let comments = request.comments.iter().filter(|comment| {
            let public = comment.public && kinds.public && sees;
            public || (!comment.public && kinds.internal && sees_all)
        });
        let writer = jira.writer(site);
        let written = comments.map(|comment| writer.comment(request, comment));
        Ok(jira.page(&uri, &paging, written.collect()))
    })
}

async fn comment(
    State(jira): State<Jira>,
    caller: Caller,
    Path(path): Path<OfRequest>,
    Body(new): Body<NewComment>,
) -> Result<Response, Refusal> {
    let lacking = || Refusal::Invalid("public is required".to_owned());
    let public = new.public.ok_or_else(lacking)?;
    jira.change(|site| {
        let id = seen(site, &caller, &path.request)?.id;
        let comment = site
            .comment(id, &new.body, public, BTreeMap::new(), caller.id())?
            .clone();
        let request = site.request(&id.to_string())?;
        let written = jira.writer(site).comment(request, &comment);
        Ok((StatusCode::CREATED, Json(written)).into_response())
    })
}

async fn one_comment(
    State(jira): State<Jira>,
    caller: Caller,
    Path(path): Path<OfComment>,
) -> Result<Response, Refusal> {
    jira.read(|site| {
        let request = seen(site, &caller, &path.request)?;
        let mut comments = request.comments.iter();
        let comment = comments.find(|comment| comment.id.to_string() == path.comment);
        let comment = comment.ok_or_else(|| Refusal::missing("comment", &path.comment))?;
        Ok(Json(jira.writer(site).comment(request, comment)).into_response())
    })
}

async fn participants(
    State(jira): State<Jira>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Path(path): Path<OfRequest>,
    Query(paging): Query<Paging>,
) -> Result<Response, Refusal> {
    jira.read(|site| {
        let request = seen(site, &caller, &path.request)?;
        Ok(jira.page(
            &uri,
            &paging,
            jira.writer(site).users(&request.participants),
        ))
    })
}

async fn share(
    State(jira): State<Jira>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Path(path): Path<OfRequest>,
    Body(with): Body<Participants>,
) -> Result<Response, Refusal> {
    jira.change(|site| {
        let id = seen(site, &caller, &path.request)?.id;
        site.share(id, &with.account_ids, caller.id())?;
        let request = site.request(&id.to_string())?;
        Ok(jira.page(
            &uri,
            &Paging::default(),
            jira.writer(site).users(&request.participants),
        ))
    })
}

async fn unshare(
    State(jira): State<Jira>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Path(path): Path<OfRequest>,
    Body(with): Body<Participants>,
) -> Result<Response, Refusal> {
    jira.change(|site| {
        let id = seen(site, &caller, &path.request)?.id;
        site.unshare(id, &with.account_ids, caller.id())?;
        let request = site.request(&id.to_string())?;
        Ok(jira.page(
            &uri,
            &Paging::default(),
            jira.writer(site).users(&request.participants),
        ))
    })
}

/// Lists the transitions that the portal offers, which are fewer than the workflow has.
async fn transitions(
    State(jira): State<Jira>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Path(path): Path<OfRequest>,
    Query(paging): Query<Paging>,
) -> Result<Response, Refusal> {
    jira.read(|site| {
        let status = seen(site, &caller, &path.request)?.status();
        let offered = status.transitions().filter(|transition| transition.portal);
        let written = offered.map(|one| json!({"id": one.id, "name": one.name}));
        Ok(jira.page(&uri, &paging, written.collect()))
    })
}

async fn transition(
    State(jira): State<Jira>,
    caller: Caller,
    Path(path): Path<OfRequest>,
    Body(wish): Body<Wish>,
) -> Result<Response, Refusal> {
    jira.change(|site| {
        let request = seen(site, &caller, &path.request)?;
        let (id, mut offered) = (request.id, request.status().transitions());
        if !offered.any(|one| one.portal && one.id == wish.id) {
            let text = format!("transition {} is not available", wish.id);
            return Err(Refusal::Invalid(text));
        }
        if let Some(words) = &wish.additional_comment {
            site.comment(id, &words.body, true, BTreeMap::new(), caller.id())?;
        }
        site.transition(id, &wish.id, caller.id())?;
        Ok(StatusCode::NO_CONTENT.into_response())
    })
}

/// Lists approvals. This desk has none of Jira's own: its workflow asks with a status.
async fn approvals(
    State(jira): State<Jira>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Path(path): Path<OfRequest>,
    Query(paging): Query<Paging>,
) -> Result<Response, Refusal> {
    jira.read(|site| {
        seen(site, &caller, &path.request)?;
        Ok(jira.page(&uri, &paging, Vec::new()))
    })
}
