//! The connection of a desk with Jira, as the world file describes it.

use std::collections::BTreeMap;

use domain::{
    RequestTypeId,
    desk::{
        Desk,
        jira::{Answers, JiraDesk, JiraRequestType, Keeping},
    },
    text::Line,
};
use serde::Deserialize;
use url::{Host, Url};

use crate::problem::Problems;

/// The section `[desk.ID.jira]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct JiraEntry {
    site: Url,
    service_desk: u64,
    #[serde(default)]
    customers: Keeping,
    #[serde(default)]
    organizations: Keeping,
    #[serde(default)]
    requests: Keeping,
    #[serde(default)]
    revoke: bool,
    #[serde(default, rename = "request_type")]
    request_types: BTreeMap<RequestTypeId, RequestTypeEntry>,
    #[serde(default)]
    approval: Answers,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RequestTypeEntry {
    id: u64,
    #[serde(default = "summary")]
    summary: Line<64>,
    #[serde(default)]
    fields: BTreeMap<Line<64>, Line<64>>,
}

/// Jira's own name for the summary of a request.
fn summary() -> Line<64> {
    Line::new("summary").expect("a fixed word is a line")
}

impl JiraEntry {
    pub(crate) fn settle(self) -> JiraDesk {
        let settle = |entry: RequestTypeEntry| JiraRequestType {
            id: entry.id,
            summary: entry.summary,
            fields: entry.fields,
        };
        JiraDesk {
            site: self.site,
            service_desk: self.service_desk,
            customers: self.customers,
            organizations: self.organizations,
            requests: self.requests,
            revoke: self.revoke,
            request_types: self
                .request_types
                .into_iter()
                .map(|(id, entry)| (id, settle(entry)))
                .collect(),
            approval: self.approval,
        }
    }
}

/// Notes everything about a connection that does not fit the desk.
pub(crate) fn check(desk: &Desk, problems: &mut Problems) {
    let Some(jira) = &desk.jira else { return };
    let path = format!("desk.{}.jira", desk.id);
    if !is_safe(&jira.site) {
        problems.note(format!("{path}.site"), "write an https address");
    }
    if jira.revoke && !jira.customers.writes() {
        let wrong = "needs `customers = \"manage\"`";
        problems.note(format!("{path}.revoke"), wrong);
    }
    for (id, there) in &jira.request_types {
        let path = format!("{path}.request_type.{id}");
        let Some(here) = desk.request_type(id) else {
            problems.note(path, "is no request type of the desk");
            continue;
        };
        for question in there.fields.keys() {
            if !here.fields.iter().any(|field| field.id == *question) {
                let wrong = "is no field of the request type";
                problems.note(format!("{path}.fields.{question}"), wrong);
            }
        }
    }
    for kind in &desk.request_types {
        if jira.requests.writes() && !jira.request_types.contains_key(&kind.id) {
            let wrong = "names the request type there, or its requests could not be made";
            problems.note(format!("{path}.request_type.{}", kind.id), wrong);
        }
    }
}

/// Returns `true` for an address that a token may be sent to: over TLS, or to this machine.
fn is_safe(site: &Url) -> bool {
    let is_local = match site.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => return false,
    };
    let is_bare = site.query().is_none() && site.fragment().is_none() && site.username().is_empty();
    is_bare && (site.scheme() == "https" || (is_local && site.scheme() == "http"))
}
