//! Issues as agents see them.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::requests::seen;
use crate::jira::account::Right;
use crate::jira::answer::Writer;
use crate::jira::call::{Body, Caller};
use crate::jira::refusal::Refusal;
use crate::jira::request::{Comment, Request};
use crate::jira::{Jira, document, fields};

/// Jira's own property of a comment, which says that only agents see it.
const VISIBILITY: &str = "sd.public.comment";
/// The largest page of comments.
const COMMENTS: usize = 100;

pub(super) fn router() -> Router<Jira> {
    Router::new()
        .route("/issue/{request}", get(one).put(edit))
        .route(
            "/issue/{request}/transitions",
            get(transitions).post(transition),
        )
        .route("/issue/{request}/comment", get(comments).post(comment))
        .route(
            "/issue/{request}/properties/{key}",
            get(property).put(put_property),
        )
}

#[derive(Deserialize)]
struct OfIssue {
    version: String,
    request: String,
}

#[derive(Deserialize)]
struct OfProperty {
    request: String,
    key: String,
}

#[derive(Deserialize)]
pub(super) struct Shown {
    fields: Option<String>,
}

impl Shown {
    /// The chosen fields of an issue, in the form of the API's version.
    pub(super) fn of(
        &self,
        writer: Writer<'_>,
        request: &Request,
        version: &str,
    ) -> Map<String, Value> {
        let mut all = writer.fields(request);
        if version == "3"
            && let Some(text) = all.get_mut("description")
            && let Some(plain) = text.as_str()
        {
            *text = document::of(plain);
        }
        match self.fields.as_deref() {
            None | Some("" | "*all" | "*navigable") => all,
            Some(names) => {
                let wanted: BTreeSet<_> = names.split(',').map(str::trim).collect();
                all.into_iter()
                    .filter(|(name, _)| wanted.contains(name.as_str()))
                    .collect()
            }
        }
    }
}

async fn one(
    State(jira): State<Jira>,
    caller: Caller,
    Path(path): Path<OfIssue>,
    Query(shown): Query<Shown>,
) -> Result<Response, Refusal> {
    jira.read(|site| {
        let request = seen(site, &caller, &path.request)?;
        let writer = jira.writer(site);
        let shown = shown.of(writer, request, &path.version);
        Ok(Json(writer.issue(request, &path.version, &shown)).into_response())
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    fields: Map<String, Value>,
}

/// Changes the reporter, the organisations or the labels of an issue.
async fn edit(
    State(jira): State<Jira>,
    caller: Caller,
    Path(path): Path<OfIssue>,
    Body(edit): Body<Edit>,
) -> Result<Response, Refusal> {
    caller.needs(Right::Agent)?;
    jira.change(|site| {
        let id = seen(site, &caller, &path.request)?.id;
        for (name, value) in &edit.fields {
            let bad = || Refusal::Invalid(format!("{name} does not take {value}"));
            match name.as_str() {
                "reporter" => {
                    caller.needs(Right::DeskAdmin)?;
                    let to = value["id"].as_str().or(value["accountId"].as_str());
                    site.set_reporter(id, to.ok_or_else(bad)?, caller.id())?;
                }
                fields::ORGANIZATIONS => {
                    let ids = value.as_array().ok_or_else(bad)?.iter().map(Value::as_u64);
                    let ids: Option<BTreeSet<_>> = ids.collect();
                    site.share_with_organizations(id, &ids.ok_or_else(bad)?, caller.id())?;
                }
                "labels" => {
                    let labels = serde_json::from_value(value.clone()).map_err(|_| bad())?;
                    site.request_mut(id)?.labels = labels;
                }
                _ => return Err(Refusal::Invalid(format!("field {name} cannot be set"))),
            }
        }
        Ok(StatusCode::NO_CONTENT.into_response())
    })
}

async fn transitions(
    State(jira): State<Jira>,
    caller: Caller,
    Path(path): Path<OfIssue>,
) -> Result<Response, Refusal> {
    jira.read(|site| {
        let status = seen(site, &caller, &path.request)?.status();
        let writer = jira.writer(site);
        let offered = status.transitions().map(|one| writer.transition(one));
        let offered: Vec<_> = offered.collect();
        Ok(Json(json!({"expand": "transitions", "transitions": offered})).into_response())
    })
}

#[derive(Deserialize)]
struct Wish {
    transition: Wanted,
}

#[derive(Deserialize)]
struct Wanted {
    id: String,
}

async fn transition(
    State(jira): State<Jira>,
    caller: Caller,
    Path(path): Path<OfIssue>,
    Body(wish): Body<Wish>,
) -> Result<Response, Refusal> {
    caller.needs(Right::Agent)?;
    jira.change(|site| {
        let id = seen(site, &caller, &path.request)?.id;
        site.transition(id, &wish.transition.id, caller.id())?;
        Ok(StatusCode::NO_CONTENT.into_response())
    })
}

#[derive(Deserialize)]
struct NewComment {
    body: Value,
    #[serde(default)]
    properties: Vec<Property>,
}

#[derive(Deserialize)]
struct Property {
    key: String,
    value: Value,
}

/// A comment in the form of the API's version.
fn written(writer: Writer<'_>, request: &Request, comment: &Comment, version: &str) -> Value {
    let body = match version {
        "3" => document::of(&comment.body),
        _ => comment.body.as_str().into(),
    };
    writer.issue_comment(request, comment, &body)
}

async fn comment(
    State(jira): State<Jira>,
    caller: Caller,
    Path(path): Path<OfIssue>,
    Body(new): Body<NewComment>,
) -> Result<Response, Refusal> {
    caller.needs(Right::Agent)?;
    if path.version == "3" && new.body.is_string() {
        return Err(Refusal::Invalid("the body is not a document".to_owned()));
    }
    let body = document::text(&new.body);
    let body = body.ok_or_else(|| Refusal::Invalid("the body is not a document".to_owned()))?;
    let properties = new
        .properties
        .into_iter()
        .map(|property| (property.key, property.value));
    let properties: BTreeMap<_, _> = properties.collect();
    let public = properties
        .get(VISIBILITY)
        .is_none_or(|value| value["internal"] != true);
    jira.change(|site| {
        let id = seen(site, &caller, &path.request)?.id;
        let comment = site
            .comment(id, &body, public, properties, caller.id())?
            .clone();
        let request = site.request(&id.to_string())?;
        let written = written(jira.writer(site), request, &comment, &path.version);
        Ok((StatusCode::CREATED, Json(written)).into_response())
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Listed {
    #[serde(default)]
    start_at: usize,
    max_results: Option<usize>,
    expand: Option<String>,
    order_by: Option<String>,
}

async fn comments(
    State(jira): State<Jira>,
    caller: Caller,
    Path(path): Path<OfIssue>,
    Query(listed): Query<Listed>,
) -> Result<Response, Refusal> {
    let most = listed.max_results.unwrap_or(COMMENTS).min(COMMENTS);
    let expand = listed.expand.as_deref().unwrap_or_default();
    let with_properties = expand.split(',').any(|name| name == "properties");
    jira.read(|site| {
        let request = seen(site, &caller, &path.request)?;
        let writer = jira.writer(site);
        let sees = |comment: &&Comment| comment.public || caller.0.may(Right::Agent);
        let mut all: Vec<_> = request.comments.iter().filter(sees).collect();
        if listed.order_by.as_deref() == Some("-created") {
            all.reverse();
        }
        let page = all.iter().skip(listed.start_at).take(most);
        let page = page.map(|comment| {
            let mut one = written(writer, request, comment, &path.version);
            if with_properties {
                let properties = comment.properties.iter();
                let properties = properties.map(|(key, value)| json!({"key": key, "value": value}));
                one["properties"] = properties.collect::<Vec<_>>().into();
            }
            one
        });
        Ok(Json(json!({
            "startAt": listed.start_at, "maxResults": most, "total": all.len(),
            "comments": page.collect::<Vec<_>>(),
        }))
        .into_response())
    })
}

async fn property(
    State(jira): State<Jira>,
    caller: Caller,
    Path(path): Path<OfProperty>,
) -> Result<Response, Refusal> {
    jira.read(|site| {
        let properties = &seen(site, &caller, &path.request)?.properties;
        let value = properties.get(&path.key);
        let value = value.ok_or_else(|| Refusal::missing("property", &path.key))?;
        Ok(Json(json!({"key": path.key, "value": value})).into_response())
    })
}

async fn put_property(
    State(jira): State<Jira>,
    caller: Caller,
    Path(path): Path<OfProperty>,
    Body(value): Body<Value>,
) -> Result<Response, Refusal> {
    caller.needs(Right::Agent)?;
    let before = jira.change(|site| {
        let id = seen(site, &caller, &path.request)?.id;
        Ok::<_, Refusal>(
            site.request_mut(id)?
                .properties
                .insert(path.key.clone(), value),
        )
    })?;
    let status = match before {
        Some(_) => StatusCode::OK,
        None => StatusCode::CREATED,
    };
    Ok(status.into_response())
}
