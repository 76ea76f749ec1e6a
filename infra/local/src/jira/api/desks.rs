//! Desks, their request types, and the site itself.

use axum::extract::{OriginalUri, Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::jira::account::Right;
use crate::jira::answer::{self, Paging};
use crate::jira::call::Caller;
use crate::jira::refusal::Refusal;
use crate::jira::request_type::{REQUEST_TYPES, RequestType};
use crate::jira::{CLOUD, Jira};

pub(super) fn router() -> Router<Jira> {
    Router::new()
        .route("/info", get(info))
        .route("/servicedesk", get(list))
        .route("/servicedesk/{desk}", get(one))
        .route("/servicedesk/{desk}/requesttype", get(request_types))
        .route("/servicedesk/{desk}/requesttype/{kind}", get(request_type))
        .route("/servicedesk/{desk}/requesttype/{kind}/field", get(fields))
}

/// The address that needs no token.
pub(super) fn open_router() -> Router<Jira> {
    Router::new().route("/_edge/tenant_info", get(tenant))
}

async fn tenant() -> Json<Value> {
    Json(json!({"cloudId": CLOUD}))
}

#[derive(Deserialize)]
struct OfDesk {
    desk: String,
}

#[derive(Deserialize)]
struct OfRequestType {
    desk: String,
    kind: String,
}

async fn info(State(jira): State<Jira>, _: Caller) -> Response {
    let address = format!("{}/rest/servicedeskapi/info", jira.base());
    Json(json!({
        "version": "1001.0.0",
        "platformVersion": "1001.0.0",
        "buildDate": answer::date(jira.now()),
        "buildChangeSet": "local",
        "isLicensedForUse": true,
        "_links": {"self": address},
    }))
    .into_response()
}

async fn list(
    State(jira): State<Jira>,
    _: Caller,
    OriginalUri(uri): OriginalUri,
    Query(paging): Query<Paging>,
) -> Response {
    jira.read(|site| {
        let writer = jira.writer(site);
        let desks = site.desks.values().map(|desk| writer.desk(desk));
        jira.page(&uri, &paging, desks.collect())
    })
}

async fn one(
    State(jira): State<Jira>,
    _: Caller,
    Path(path): Path<OfDesk>,
) -> Result<Response, Refusal> {
    jira.read(|site| Ok(Json(jira.writer(site).desk(site.desk(&path.desk)?)).into_response()))
}

async fn request_types(
    State(jira): State<Jira>,
    _: Caller,
    OriginalUri(uri): OriginalUri,
    Path(path): Path<OfDesk>,
    Query(paging): Query<Paging>,
) -> Result<Response, Refusal> {
    jira.read(|site| {
        let (writer, desk) = (jira.writer(site), site.desk(&path.desk)?);
        let all = REQUEST_TYPES
            .iter()
            .map(|kind| writer.request_type(desk, kind));
        Ok(jira.page(&uri, &paging, all.collect()))
    })
}

/// Finds a request type by the id of a path.
fn kind(id: &str) -> Result<&'static RequestType, Refusal> {
    RequestType::find(id).map_err(|_| Refusal::missing("request type", id))
}

async fn request_type(
    State(jira): State<Jira>,
    _: Caller,
    Path(path): Path<OfRequestType>,
) -> Result<Response, Refusal> {
    jira.read(|site| {
        let desk = site.desk(&path.desk)?;
        let written = jira.writer(site).request_type(desk, kind(&path.kind)?);
        Ok(Json(written).into_response())
    })
}

async fn fields(
    State(jira): State<Jira>,
    caller: Caller,
    Path(path): Path<OfRequestType>,
) -> Result<Response, Refusal> {
    jira.read(|site| site.desk(&path.desk).map(|_| ()))?;
    let fields = kind(&path.kind)?.all_fields().map(answer::field);
    let may = caller.0.may(Right::Agent);
    Ok(Json(json!({
        "requestTypeFields": fields.collect::<Vec<_>>(),
        "canRaiseOnBehalfOf": may,
        "canAddRequestParticipants": may,
    }))
    .into_response())
}
