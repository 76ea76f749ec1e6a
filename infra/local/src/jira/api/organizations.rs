//! Organisations: their members, their properties, and the desks that they are attached to.

use axum::extract::{OriginalUri, Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::customers::Accounts;
use crate::jira::Jira;
use crate::jira::account::Right;
use crate::jira::answer::Paging;
use crate::jira::call::{Body, Caller};
use crate::jira::organization::Organization;
use crate::jira::refusal::Refusal;

/// The longest key of a property, in bytes.
const LONGEST_KEY: usize = 255;
/// The longest value of a property, in bytes.
const LONGEST_VALUE: usize = 32_768;

pub(super) fn router() -> Router<Jira> {
    Router::new()
        .route("/organization", get(list).post(create))
        .route("/organization/{organization}", get(one).delete(delete))
        .route(
            "/organization/{organization}/user",
            get(members).post(add).delete(remove),
        )
        .route("/organization/{organization}/property", get(properties))
        .route(
            "/organization/{organization}/property/{key}",
            get(property).put(put_property).delete(delete_property),
        )
        .route(
            "/servicedesk/{desk}/organization",
            get(of_desk).post(attach).delete(detach),
        )
}

#[derive(Deserialize)]
struct OfOrganization {
    organization: String,
}

#[derive(Deserialize)]
struct OfProperty {
    organization: String,
    key: String,
}

#[derive(Deserialize)]
struct OfDesk {
    desk: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wanted {
    account_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewOrganization {
    name: String,
}

/// An organisation in a body: a number, though answers have text.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Attached {
    organization_id: u64,
}

/// Tells whether an organisation is shown to a caller who asks for those of an account.
fn is_shown(caller: &Caller, wanted: &Wanted, organization: &Organization) -> bool {
    let own = caller.0.may(Right::Agent) || organization.members.contains(caller.id());
    let has = |id: &String| organization.members.contains(id);
    own && wanted.account_id.as_ref().is_none_or(has)
}

/// A customer sees their own organisations, and gets no refusal about others.
async fn list(
    State(jira): State<Jira>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Query(wanted): Query<Wanted>,
    Query(paging): Query<Paging>,
) -> Result<Response, Refusal> {
    jira.read(|site| {
        if let Some(id) = &wanted.account_id {
            caller.needs(Right::Agent)?;
            site.account(id)?;
        }
        let writer = jira.writer(site);
        let all = site.organizations.values();
        let shown = all.filter(|organization| is_shown(&caller, &wanted, organization));
        let written = shown.map(|organization| writer.organization(organization));
        Ok(jira.page(&uri, &paging, written.collect()))
    })
}

async fn create(
    State(jira): State<Jira>,
    caller: Caller,
    Body(new): Body<NewOrganization>,
) -> Result<Response, Refusal> {
    caller.needs(Right::Agent)?;
    jira.change(|site| {
        let id = site.create_organization(&new.name)?.id.to_string();
        let written = jira.writer(site).organization(site.organization(&id)?);
        Ok((StatusCode::CREATED, Json(written)).into_response())
    })
}

async fn one(
    State(jira): State<Jira>,
    _: Caller,
    Path(path): Path<OfOrganization>,
) -> Result<Response, Refusal> {
    jira.read(|site| {
        let organization = site.organization(&path.organization)?;
        Ok(Json(jira.writer(site).organization(organization)).into_response())
    })
}

async fn delete(
    State(jira): State<Jira>,
    caller: Caller,
    Path(path): Path<OfOrganization>,
) -> Result<Response, Refusal> {
    caller.needs(Right::JiraAdmin)?;
    jira.change(|site| site.delete_organization(&path.organization))?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn members(
    State(jira): State<Jira>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Path(path): Path<OfOrganization>,
    Query(paging): Query<Paging>,
) -> Result<Response, Refusal> {
    caller.needs(Right::Agent)?;
    jira.read(|site| {
        let members = &site.organization(&path.organization)?.members;
        Ok(jira.page(&uri, &paging, jira.writer(site).users(members)))
    })
}

async fn add(
    State(jira): State<Jira>,
    caller: Caller,
    Path(path): Path<OfOrganization>,
    Body(accounts): Body<Accounts>,
) -> Result<Response, Refusal> {
    caller.needs(Right::Agent)?;
    jira.change(|site| site.add_members(&path.organization, &accounts.account_ids))?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn remove(
    State(jira): State<Jira>,
    caller: Caller,
    Path(path): Path<OfOrganization>,
    Body(accounts): Body<Accounts>,
) -> Result<Response, Refusal> {
    caller.needs(Right::Agent)?;
    jira.change(|site| site.remove_members(&path.organization, &accounts.account_ids))?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn properties(
    State(jira): State<Jira>,
    _: Caller,
    Path(path): Path<OfOrganization>,
) -> Result<Response, Refusal> {
    jira.read(|site| {
        let properties = &site.organization(&path.organization)?.properties;
        let keys = properties.keys().map(|key| {
            let address = format!("organization/{}/property/{key}", path.organization);
            json!({"key": key, "self": format!("{}/rest/servicedeskapi/{address}", jira.base())})
        });
        Ok(Json(json!({"keys": keys.collect::<Vec<_>>()})).into_response())
    })
}

async fn property(
    State(jira): State<Jira>,
    _: Caller,
    Path(path): Path<OfProperty>,
) -> Result<Response, Refusal> {
    jira.read(|site| {
        let properties = &site.organization(&path.organization)?.properties;
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
    if path.key.len() > LONGEST_KEY || value.to_string().len() > LONGEST_VALUE {
        return Err(Refusal::Invalid("the property is too long".to_owned()));
    }
    let before = jira.change(|site| {
        let properties = &mut site.organization_mut(&path.organization)?.properties;
        Ok::<_, Refusal>(properties.insert(path.key.clone(), value))
    })?;
    let status = match before {
        Some(_) => StatusCode::OK,
        None => StatusCode::CREATED,
    };
    Ok((status, Json(json!({}))).into_response())
}

async fn delete_property(
    State(jira): State<Jira>,
    caller: Caller,
    Path(path): Path<OfProperty>,
) -> Result<Response, Refusal> {
    caller.needs(Right::Agent)?;
    let before = jira.change(|site| {
        let properties = &mut site.organization_mut(&path.organization)?.properties;
        Ok::<_, Refusal>(properties.remove(&path.key))
    })?;
    match before {
        Some(_) => Ok(StatusCode::NO_CONTENT.into_response()),
        None => Err(Refusal::missing("property", &path.key)),
    }
}

async fn of_desk(
    State(jira): State<Jira>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Path(path): Path<OfDesk>,
    Query(wanted): Query<Wanted>,
    Query(paging): Query<Paging>,
) -> Result<Response, Refusal> {
    caller.needs(Right::Agent)?;
    jira.read(|site| {
        let attached = site.desk(&path.desk)?.organizations.iter();
        let attached = attached.filter_map(|id| site.organizations.get(id));
        let shown = attached.filter(|organization| is_shown(&caller, &wanted, organization));
        let writer = jira.writer(site);
        let written = shown.map(|organization| writer.organization(organization));
        Ok(jira.page(&uri, &paging, written.collect()))
    })
}

async fn attach(
    State(jira): State<Jira>,
    caller: Caller,
    Path(path): Path<OfDesk>,
    Body(attached): Body<Attached>,
) -> Result<Response, Refusal> {
    caller.needs(Right::Agent)?;
    jira.change(|site| {
        let id = site.organization(&attached.organization_id.to_string())?.id;
        site.desk_mut(&path.desk)?.organizations.insert(id);
        Ok::<_, Refusal>(StatusCode::NO_CONTENT.into_response())
    })
}

async fn detach(
    State(jira): State<Jira>,
    caller: Caller,
    Path(path): Path<OfDesk>,
    Body(attached): Body<Attached>,
) -> Result<Response, Refusal> {
    caller.needs(Right::Agent)?;
    jira.change(|site| {
        let id = site.organization(&attached.organization_id.to_string())?.id;
        site.desk_mut(&path.desk)?.organizations.remove(&id);
        Ok::<_, Refusal>(StatusCode::NO_CONTENT.into_response())
    })
}
