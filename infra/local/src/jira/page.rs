//! The desk, `/_local/desk`: its customers, organisations and requests as an agent sees them.
//!
//! One page that works without script. Each form does an act of an agent and shows the page again.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use http::{StatusCode, header};
use jiff::Timestamp;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

use super::account::Account;
use super::agent::{Act, CommentAct, PersonAct, RaiseAct, StatusAct};
use super::request::Request;
use super::seed::DESK;
use super::site::Site;
use super::workflow::Status;
use crate::local::Local;

/// The number of requests and people in the lists.
const LISTED: usize = 200;

/// Allows nothing from elsewhere, and no script at all.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; \
    base-uri 'self'; frame-ancestors 'none'";

/// The choices of the reader.
#[derive(Debug, Default, Deserialize)]
pub struct View {
    /// The open request.
    key: Option<String>,
    /// The reason why the last act was refused.
    refused: Option<String>,
}

/// The fields of every form on the page.
#[derive(Debug, Default, Deserialize)]
pub struct Fields {
    #[serde(default)]
    key: String,
    #[serde(default)]
    body: String,
    #[serde(default)]
    public: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    organization: String,
    #[serde(default)]
    summary: String,
}

#[derive(Template)]
#[template(path = "desk.html")]
struct Page {
    name: String,
    is_open: bool,
    now: String,
    refused: Option<String>,
    requests: Vec<Row>,
    total: usize,
    open: Option<Open>,
    organizations: Vec<Group>,
    /// The people on the desk's own list.
    listed: Vec<Person>,
    /// The people in no organisation and on no list.
    others: Vec<Person>,
}

/// A request in the list.
struct Row {
    href: String,
    key: String,
    summary: String,
    reporter: String,
    status: &'static str,
    category: &'static str,
    comments: usize,
    is_open: bool,
}

/// The request that is read.
struct Open {
    key: String,
    summary: String,
    reporter: Person,
    status: &'static str,
    category: &'static str,
    answers: Vec<(String, String)>,
    participants: Vec<Person>,
    organizations: Vec<String>,
    comments: Vec<Said>,
    next: Vec<&'static str>,
}

/// A comment.
struct Said {
    author: String,
    at: String,
    body: String,
    public: bool,
}

/// An organisation with its members.
struct Group {
    id: u64,
    name: String,
    attached: bool,
    scim_managed: bool,
    members: Vec<Person>,
}

/// A person in a list.
#[derive(Clone)]
struct Person {
    name: String,
    email: String,
    active: bool,
}

/// Shows the desk.
pub(crate) async fn page(State(local): State<Arc<Local>>, Query(view): Query<View>) -> Response {
    let now = local.clock.now();
    let page = local.jira.read(|site| Page::of(site, view, now));
    match page.render() {
        Ok(html) => ([(header::CONTENT_SECURITY_POLICY, POLICY)], Html(html)).into_response(),
        Err(error) => {
            tracing::error!(%error, "the desk could not be rendered");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// Does what a form asks, waits for everything that follows, and shows the desk again.
pub(crate) async fn act(
    State(local): State<Arc<Local>>,
    Path(name): Path<String>,
    Form(fields): Form<Fields>,
) -> Response {
    let key = fields.key.clone();
    let Some(act) = fields.act(&name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let (key, refused) = match local.jira.act(&act) {
        Ok(done) => (done["key"].as_str().map_or(key, str::to_owned), None),
        Err(refusal) => (key, Some(refusal.to_string())),
    };
    if let Err(error) = local.settle().await {
        tracing::warn!(%error, "an act at the desk has not settled");
    }
    Redirect::to(&address(&key, refused.as_deref())).into_response()
}

impl Fields {
    /// The act of the form with a name.
    fn act(self, name: &str) -> Option<Act> {
        let person = PersonAct {
            email: self.email.clone(),
            organization: Some(self.organization),
        };
        Some(match name {
            "comment" => Act::Comment(CommentAct {
                key: self.key,
                body: self.body,
                public: self.public == "yes",
            }),
            "status" => Act::Status(StatusAct {
                key: self.key,
                to: self.to,
            }),
            "add" => Act::Add(person),
            "remove" => Act::Remove(person),
            "raise" => Act::Raise(RaiseAct {
                email: self.email,
                summary: self.summary,
            }),
            _ => return None,
        })
    }
}

/// The address of the page with an open request and a refusal.
fn address(key: &str, refused: Option<&str>) -> String {
    let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let mut parts = Vec::new();
    if !key.is_empty() {
        parts.push(format!("key={}", encoded(key)));
    }
    parts.extend(refused.map(|text| format!("refused={}", encoded(text))));
    match parts.as_slice() {
        [] => "/_local/desk".to_owned(),
        parts => format!("/_local/desk?{}", parts.join("&")),
    }
}

impl Page {
    fn of(site: &Site, view: View, now: Timestamp) -> Self {
        let desk = site.desks.get(&DESK);
        let wanted = view.key.as_deref();
        let open = wanted.and_then(|key| site.request(key).ok());
        let rows = site.requests.values().rev().take(LISTED);
        let rows = rows.map(|request| Row::of(site, request, open.map(|open| open.id)));
        let organizations = site.organizations.values().map(|organization| Group {
            id: organization.id,
            name: organization.name.clone(),
            attached: desk.is_some_and(|desk| desk.organizations.contains(&organization.id)),
            scim_managed: organization.scim_managed,
            members: people(site, &organization.members),
        });
        let on_list = desk.map(|desk| &desk.customers);
        let nowhere = site.accounts.values().filter(|account| {
            let listed = on_list.is_some_and(|list| list.contains(&account.id));
            !account.is_staff() && !listed && site.organizations_of(&account.id).is_empty()
        });
        Self {
            name: desk.map_or_else(String::new, |desk| desk.name.clone()),
            is_open: desk.is_some_and(|desk| desk.open),
            now: now.strftime("%-d %b %Y, %H:%M UTC").to_string(),
            refused: view.refused,
            total: site.requests.len(),
            requests: rows.collect(),
            open: open.map(|request| Open::of(site, request)),
            organizations: organizations.collect(),
            listed: on_list.map_or_else(Vec::new, |list| people(site, list)),
            others: nowhere.take(LISTED).map(Person::of).collect(),
        }
    }
}

/// The people with these accounts.
fn people<'a>(site: &Site, ids: impl IntoIterator<Item = &'a String>) -> Vec<Person> {
    let accounts = ids.into_iter().filter_map(|id| site.accounts.get(id));
    accounts.take(LISTED).map(Person::of).collect()
}

/// The name of an account.
fn name(site: &Site, id: &str) -> String {
    let account = site.accounts.get(id);
    account
        .map_or("Former user", |account| &account.display_name)
        .to_owned()
}

impl Person {
    fn of(account: &Account) -> Self {
        Self {
            name: account.display_name.clone(),
            email: account.email.clone(),
            active: account.active,
        }
    }
}

impl Row {
    fn of(site: &Site, request: &Request, open: Option<u64>) -> Self {
        let Status {
            name: status,
            category,
            ..
        } = request.status();
        Self {
            href: address(&request.key, None),
            key: request.key.clone(),
            summary: request.summary().to_owned(),
            reporter: name(site, &request.reporter),
            status,
            category: category.key(),
            comments: request.comments.len(),
            is_open: open == Some(request.id),
        }
    }
}

impl Open {
    fn of(site: &Site, request: &Request) -> Self {
        let Status {
            name: status,
            category,
            ..
        } = request.status();
        let unknown = Person {
            name: "Former user".to_owned(),
            email: String::new(),
            active: false,
        };
        let organizations = request.organizations.iter();
        let organizations = organizations.filter_map(|id| site.organizations.get(id));
        let comments = request.comments.iter().map(|comment| Said {
            author: name(site, &comment.author),
            at: comment.created.strftime("%-d %b %Y, %H:%M UTC").to_string(),
            body: comment.body.clone(),
            public: comment.public,
        });
        Self {
            key: request.key.clone(),
            summary: request.summary().to_owned(),
            reporter: site
                .accounts
                .get(&request.reporter)
                .map_or(unknown, Person::of),
            status,
            category: category.key(),
            answers: answers(request),
            participants: people(site, &request.participants),
            organizations: organizations.map(|one| one.name.clone()).collect(),
            comments: comments.collect(),
            next: request
                .status()
                .transitions()
                .map(|one| Status::of(one.to).name)
                .collect(),
        }
    }
}

/// The filled fields of a request besides its summary, by their names.
fn answers(request: &Request) -> Vec<(String, String)> {
    let fields = super::request_type::RequestType::of(request.request_type).all_fields();
    let filled = fields
        .filter(|field| field.id != "summary")
        .filter_map(|field| {
            let value = request.fields.get(field.id)?;
            Some((field.name.to_owned(), text_of(value)))
        });
    filled.collect()
}

/// A value as people read it.
fn text_of(value: &serde_json::Value) -> String {
    use serde_json::Value;
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(text_of).collect::<Vec<_>>().join(", "),
        Value::Object(object) => object.get("value").map_or_else(String::new, text_of),
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}
