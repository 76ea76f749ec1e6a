//! Customers, and the lists of desks.

use axum::extract::{OriginalUri, Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use http::StatusCode;
use serde::Deserialize;

use crate::jira::Jira;
use crate::jira::account::Right;
use crate::jira::answer::Paging;
use crate::jira::call::{Body, Caller};
use crate::jira::refusal::Refusal;
use crate::jira::site::Site;

pub(super) fn router() -> Router<Jira> {
    Router::new()
        .route("/customer", post(create))
        .route(
            "/customer/user/{account}/revoke-portal-only-access",
            put(revoke),
        )
        .route(
            "/servicedesk/{desk}/customer",
            get(list).post(add).delete(remove),
        )
        .route("/servicedesk/{desk}/customer/invite", post(invite))
}

#[derive(Deserialize)]
struct Strictness {
    #[serde(rename = "strictConflictStatusCode", default)]
    strict: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct NewCustomer {
    email: String,
    display_name: Option<String>,
    /// The older name of the same.
    full_name: Option<String>,
}

impl NewCustomer {
    fn name(&self) -> &str {
        let name = self.display_name.as_ref().or(self.full_name.as_ref());
        name.map_or("", String::as_str)
    }
}

/// The accounts of an act.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Accounts {
    pub(super) account_ids: Vec<String>,
    /// Named by the description for organisations, and without effect.
    #[serde(default, rename = "organizationId")]
    _organization: Option<u64>,
}

#[derive(Deserialize)]
struct OfAccount {
    account: String,
}

#[derive(Deserialize)]
struct OfDesk {
    desk: String,
}

async fn create(
    State(jira): State<Jira>,
    caller: Caller,
    Query(strictness): Query<Strictness>,
    Body(new): Body<NewCustomer>,
) -> Result<Response, Refusal> {
    caller.needs(Right::JiraAdmin)?;
    jira.change(|site| {
        let id = site.create_customer(&new.email, new.name())?.id.clone();
        made(&jira, &id, site)
    })
    .map_err(|refusal| unless_strict(refusal, &strictness))
}

/// The answer about a new customer.
fn made(jira: &Jira, id: &str, site: &Site) -> Result<Response, Refusal> {
    let user = jira.writer(site).user(site.account(id)?);
    Ok((StatusCode::CREATED, Json(user)).into_response())
}

/// Without the flag an existing account is a mistake in the request.
fn unless_strict(refusal: Refusal, strictness: &Strictness) -> Refusal {
    match refusal {
        Refusal::Conflict(text) if !strictness.strict => Refusal::Invalid(text),
        other => other,
    }
}

async fn revoke(
    State(jira): State<Jira>,
    caller: Caller,
    Path(path): Path<OfAccount>,
) -> Result<Response, Refusal> {
    caller.needs(Right::SiteAdmin)?;
    jira.change(|site| site.revoke(&path.account))?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

#[derive(Deserialize)]
struct Wanted {
    query: Option<String>,
}

async fn list(
    State(jira): State<Jira>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Path(path): Path<OfDesk>,
    Query(wanted): Query<Wanted>,
    Query(paging): Query<Paging>,
) -> Result<Response, Refusal> {
    caller.needs(Right::Agent)?;
    jira.read(|site| {
        let desk = site.desk(&path.desk)?;
        let accounts = desk.customers.iter().filter_map(|id| site.accounts.get(id));
        let now = jira.now();
        let found = accounts.filter(|account| match &wanted.query {
            Some(query) => account.is_searchable(now) && account.matches(query),
            None => true,
        });
        let writer = jira.writer(site);
        let users = found.map(|account| writer.user(account)).collect();
        Ok(jira.page(&uri, &paging, users))
    })
}

async fn add(
    State(jira): State<Jira>,
    caller: Caller,
    Path(path): Path<OfDesk>,
    Body(accounts): Body<Accounts>,
) -> Result<Response, Refusal> {
    caller.needs(Right::DeskAdmin)?;
    jira.change(|site| site.add_to_desk(&path.desk, &accounts.account_ids))?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn remove(
    State(jira): State<Jira>,
    caller: Caller,
    Path(path): Path<OfDesk>,
    Body(accounts): Body<Accounts>,
) -> Result<Response, Refusal> {
    caller.needs(Right::DeskAdmin)?;
    jira.change(|site| site.remove_from_desk(&path.desk, &accounts.account_ids))?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Creates a customer of a desk and mails them, which Lanyard must never do.
async fn invite(
    State(jira): State<Jira>,
    caller: Caller,
    Path(path): Path<OfDesk>,
    Query(strictness): Query<Strictness>,
    Body(new): Body<NewCustomer>,
) -> Result<Response, Refusal> {
    caller.needs(Right::JiraAdmin)?;
    caller.needs(Right::DeskAdmin)?;
    jira.change(|site| {
        site.desk(&path.desk)?;
        let id = site.create_customer(&new.email, new.name())?.id.clone();
        site.add_to_desk(&path.desk, std::slice::from_ref(&id))?;
        site.mails(format!("{} invited {}", caller.id(), new.email));
        made(&jira, &id, site)
    })
    .map_err(|refusal| unless_strict(refusal, &strictness))
}
