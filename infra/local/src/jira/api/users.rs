//! The caller, and accounts of all kinds.

use axum::extract::{Query, RawQuery, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use percent_encoding::percent_decode_str;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::jira::account::Right;
use crate::jira::call::Caller;
use crate::jira::refusal::Refusal;
use crate::jira::{Jira, fields};

/// The number of accounts that a search looks through.
const SEARCHED: usize = 1_000;
/// The number of accounts of a bulk answer, unless another is asked for.
const BULK: usize = 10;
/// The largest bulk answer.
const LARGEST_BULK: usize = 200;

pub(super) fn router() -> Router<Jira> {
    Router::new()
        .route("/myself", get(myself))
        .route("/mypermissions", get(permissions))
        .route("/serverInfo", get(server))
        .route("/field", get(all_fields))
        .route("/user", get(one))
        .route("/user/bulk", get(bulk))
        .route("/user/search", get(search))
}

async fn myself(State(jira): State<Jira>, caller: Caller) -> Response {
    jira.read(|site| {
        let mut written = jira.writer(site).person(&caller.0);
        written["emailAddress"] = caller.0.email.as_str().into();
        Json(written).into_response()
    })
}

async fn server(State(jira): State<Jira>, _: Caller) -> Response {
    let base = jira.base();
    Json(json!({"baseUrl": base, "deploymentType": "Cloud", "version": "1001.0.0"})).into_response()
}

/// The permissions that can be asked about, with the right that each needs.
const PERMISSIONS: [(&str, Right); 11] = [
    ("ADMINISTER", Right::JiraAdmin),
    ("ADMINISTER_PROJECTS", Right::DeskAdmin),
    ("USER_PICKER", Right::Browse),
    ("SERVICEDESK_AGENT", Right::Agent),
    ("BROWSE_PROJECTS", Right::Agent),
    ("ADD_COMMENTS", Right::Agent),
    ("CREATE_ISSUES", Right::Agent),
    ("EDIT_ISSUES", Right::Agent),
    ("TRANSITION_ISSUES", Right::Agent),
    ("MODIFY_REPORTER", Right::DeskAdmin),
    ("SYSTEM_ADMIN", Right::SiteAdmin),
];

#[derive(Deserialize)]
struct Asked {
    permissions: Option<String>,
}

async fn permissions(
    State(_): State<Jira>,
    caller: Caller,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let asked = asked.permissions.unwrap_or_default();
    let mut written = Map::new();
    for key in asked
        .split(',')
        .map(str::trim)
        .filter(|key| !key.is_empty())
    {
        let known = PERMISSIONS.iter().find(|(known, _)| *known == key);
        let (_, right) =
            known.ok_or_else(|| Refusal::Invalid(format!("permission {key} is unknown")))?;
        let have = caller.0.may(*right);
        written.insert(key.to_owned(), json!({"key": key, "havePermission": have}));
    }
    if written.is_empty() {
        return Err(Refusal::Invalid("permissions is required".to_owned()));
    }
    Ok(Json(json!({"permissions": written})).into_response())
}

/// Lists the fields that differ between sites.
async fn all_fields(_: Caller) -> Response {
    let field = |id: &str, name: &str, kind: &str| {
        json!({
            "id": id, "key": id, "name": name, "custom": true, "navigable": true,
            "schema": {"type": "array", "custom": format!("com.atlassian.servicedesk:{kind}")},
        })
    };
    Json(json!([
        {"id": "summary", "key": "summary", "name": "Summary", "custom": false,
            "schema": {"type": "string", "system": "summary"}},
        field(fields::ORGANIZATIONS, "Organizations", "sd-customer-organizations"),
        field(fields::PARTICIPANTS, "Request participants", "sd-request-participants"),
        field(fields::REQUEST_TYPE, "Request Type", "vp-origin"),
    ]))
    .into_response()
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wanted {
    account_id: String,
}

async fn one(
    State(jira): State<Jira>,
    caller: Caller,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refusal> {
    caller.needs(Right::Browse)?;
    jira.read(|site| {
        let account = site.account(&wanted.account_id)?;
        Ok(Json(jira.writer(site).person(account)).into_response())
    })
}

/// The values of a parameter that is repeated.
fn values<'q>(query: &'q str, name: &str) -> impl Iterator<Item = String> + use<'q> {
    let name = name.to_owned();
    query.split('&').filter_map(move |part| {
        let (key, value) = part.split_once('=')?;
        let decoded = percent_decode_str(value).decode_utf8().ok()?;
        (key == name).then(|| decoded.into_owned())
    })
}

/// Gives accounts by their ids. Unknown ones are left out.
async fn bulk(
    State(jira): State<Jira>,
    caller: Caller,
    RawQuery(query): RawQuery,
) -> Result<Response, Refusal> {
    caller.needs(Right::Browse)?;
    let query = query.unwrap_or_default();
    let number = |name| {
        values(&query, name)
            .next()
            .and_then(|text| text.parse::<usize>().ok())
    };
    let start = number("startAt").unwrap_or_default();
    let most = number("maxResults").unwrap_or(BULK).min(LARGEST_BULK);
    let ids: Vec<_> = values(&query, "accountId").collect();
    if ids.is_empty() {
        return Err(Refusal::Invalid("accountId is required".to_owned()));
    }
    jira.read(|site| {
        let writer = jira.writer(site);
        let known = ids.iter().filter_map(|id| site.accounts.get(id));
        let known: Vec<_> = known.map(|account| writer.person(account)).collect();
        let total = known.len();
        let page: Vec<_> = known.into_iter().skip(start).take(most).collect();
        let is_last = start + page.len() >= total;
        Ok(Json(json!({
            "self": format!("{}/rest/api/3/user/bulk", jira.base()),
            "startAt": start, "maxResults": most, "total": total, "isLast": is_last, "values": page,
        }))
        .into_response())
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Search {
    query: Option<String>,
    account_id: Option<String>,
    #[serde(default)]
    start_at: usize,
    max_results: Option<usize>,
}

/// Searches active accounts that are older than some minutes. A caller who may not browse users is
/// given an empty list, and no refusal.
async fn search(
    State(jira): State<Jira>,
    caller: Caller,
    Query(search): Query<Search>,
) -> Result<Response, Refusal> {
    if search.query.is_none() && search.account_id.is_none() {
        return Err(Refusal::Invalid("query is required".to_owned()));
    }
    let now = jira.now();
    jira.read(|site| {
        let writer = jira.writer(site);
        let accounts = site.accounts.values().filter(|account| {
            let by_query = search
                .query
                .as_ref()
                .is_none_or(|query| account.matches(query));
            let by_id = search
                .account_id
                .as_ref()
                .is_none_or(|id| *id == account.id);
            account.is_searchable(now) && by_query && by_id
        });
        let shown = if caller.0.may(Right::Browse) {
            SEARCHED
        } else {
            0
        };
        let most = search.max_results.unwrap_or(50);
        let page = accounts.take(shown).skip(search.start_at).take(most);
        let found: Vec<Value> = page.map(|account| writer.person(account)).collect();
        Ok(Json(found).into_response())
    })
}
