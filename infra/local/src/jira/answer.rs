//! The representations of the service desk's API.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Deserialize;
use serde_json::{Value, json};

use super::account::Account;
use super::organization::{Desk, Organization};
use super::request::{Comment, Request};
use super::request_type::{Field, RequestType};
use super::site::Site;
use super::workflow::{Category, Status};

/// The largest first page. Lists of this API have no more, whatever is asked for.
const LARGEST_PAGE: usize = 50;
/// The largest page after the first: a page may be shorter than the one before it.
const LARGEST_LATER_PAGE: usize = 40;

/// The part of a list that a caller asks for.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Paging {
    #[serde(default)]
    start: usize,
    limit: Option<usize>,
}

/// Writes representations with the addresses of a site.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Writer<'a> {
    pub(crate) site: &'a Site,
    /// The address of the site, without a trailing slash.
    pub(crate) base: &'a str,
}

/// A page of a list. `path` is that of the list, with its query and without the paging.
pub(crate) fn page(base: &str, path: &str, paging: &Paging, all: Vec<Value>) -> Value {
    let largest = if paging.start == 0 {
        LARGEST_PAGE
    } else {
        LARGEST_LATER_PAGE
    };
    let limit = paging.limit.unwrap_or(LARGEST_PAGE).min(largest);
    let total = all.len();
    let values: Vec<_> = all.into_iter().skip(paging.start).take(limit).collect();
    let end = paging.start + values.len();
    let is_last = end >= total;
    let joint = if path.contains('?') { '&' } else { '?' };
    let at = |start| format!("{base}{path}{joint}start={start}&limit={limit}");
    let mut links = json!({"self": format!("{base}{path}"), "base": base, "context": ""});
    if !is_last {
        links["next"] = at(end).into();
    }
    if paging.start > 0 {
        links["prev"] = at(paging.start.saturating_sub(limit)).into();
    }
    json!({
        "_expands": [], "size": values.len(), "start": paging.start, "limit": limit,
        "isLastPage": is_last, "_links": links, "values": values,
    })
}

/// An instant in the four forms of this API.
pub(crate) fn date(at: Timestamp) -> Value {
    json!({
        "iso8601": at.strftime("%Y-%m-%dT%H:%M:%S+0000").to_string(),
        "jira": jira_date(at),
        "friendly": at.strftime("%d/%b/%y %-I:%M %p").to_string(),
        "epochMillis": at.as_millisecond(),
    })
}

/// An instant in Jira's own form.
pub(crate) fn jira_date(at: Timestamp) -> String {
    let at = at.to_zoned(TimeZone::UTC);
    at.strftime("%Y-%m-%dT%H:%M:%S.%3f+0000").to_string()
}

impl Writer<'_> {
    pub(crate) fn user(self, account: &Account) -> Value {
        let mut user = json!({
            "accountId": account.id,
            "displayName": account.display_name,
            "active": account.active,
            "timeZone": "Etc/UTC",
            "_links": {
                "jiraRest": format!("{}/rest/api/2/user?accountId={}", self.base, account.id),
                "self": format!("{}/rest/api/2/user?accountId={}", self.base, account.id),
                "avatarUrls": {},
            },
        });
        if account.shows_email {
            user["emailAddress"] = account.email.as_str().into();
        }
        user
    }

    /// The users with these ids, in the order of the ids. Accounts that are gone are left out.
    pub(crate) fn users<'s>(self, ids: impl IntoIterator<Item = &'s String>) -> Vec<Value> {
        let accounts = ids.into_iter().filter_map(|id| self.site.accounts.get(id));
        accounts.map(|account| self.user(account)).collect()
    }

    pub(crate) fn organization(self, organization: &Organization) -> Value {
        let id = organization.id;
        json!({
            "id": id.to_string(),
            "name": organization.name,
            "uuid": format!("8c7a6f1e-2d35-4b1c-9e40-{id:012x}"),
            "created": date(organization.created),
            "scimManaged": organization.scim_managed,
            "_links": {"self": format!("{}/rest/servicedeskapi/organization/{id}", self.base)},
        })
    }

    pub(crate) fn desk(self, desk: &Desk) -> Value {
        json!({
            "id": desk.id.to_string(),
            "projectId": desk.project.to_string(),
            "projectName": desk.name,
            "projectKey": desk.key,
            "projectTypeKey": "service_desk",
            "_links": {"self": format!("{}/rest/servicedeskapi/servicedesk/{}", self.base, desk.id)},
        })
    }

    pub(crate) fn request_type(self, desk: &Desk, kind: &RequestType) -> Value {
        let (base, desk, id) = (self.base, desk.id, kind.id);
        json!({
            "_expands": ["field"],
            "id": id.to_string(),
            "name": kind.name,
            "description": kind.description,
            "helpText": "",
            "issueTypeId": "10011",
            "serviceDeskId": desk.to_string(),
            "portalId": desk.to_string(),
            "groupIds": ["1"],
            "restrictionStatus": "OPEN",
            "canCreateRequest": true,
            "_links": {
                "self": format!("{base}/rest/servicedeskapi/servicedesk/{desk}/requesttype/{id}"),
            },
        })
    }

    pub(crate) fn request(self, request: &Request) -> Value {
        let (base, key) = (self.base, &request.key);
        let kind = RequestType::of(request.request_type);
        let shown = kind.all_fields().filter_map(|field| {
            let value = request.fields.get(field.id)?;
            Some(json!({"fieldId": field.id, "label": field.name, "value": value}))
        });
        let mut written = json!({
            "_expands": ["participant", "status", "sla", "requestType", "serviceDesk", "attachment", "action", "comment"],
            "issueId": request.id.to_string(),
            "issueKey": key,
            "requestTypeId": request.request_type.to_string(),
            "serviceDeskId": request.desk.to_string(),
            "createdDate": date(request.created),
            "requestFieldValues": shown.collect::<Vec<_>>(),
            "currentStatus": status(request.status(), request.status_since),
            "_links": {
                "jiraRest": format!("{base}/rest/api/2/issue/{}", request.id),
                "web": format!("{base}/servicedesk/customer/portal/{}/{key}", request.desk),
                "agent": format!("{base}/browse/{key}"),
                "self": format!("{base}/rest/servicedeskapi/request/{}", request.id),
            },
        });
        if let Some(reporter) = self.site.accounts.get(&request.reporter) {
            written["reporter"] = self.user(reporter);
        }
        written
    }

    pub(crate) fn comment(self, request: &Request, comment: &Comment) -> Value {
        let (base, id) = (self.base, comment.id);
        let mut written = json!({
            "_expands": ["attachment", "renderedBody"],
            "id": id.to_string(),
            "body": comment.body,
            "public": comment.public,
            "created": date(comment.created),
            "_links": {
                "self": format!("{base}/rest/servicedeskapi/request/{}/comment/{id}", request.id),
            },
        });
        if let Some(author) = self.site.accounts.get(&comment.author) {
            written["author"] = self.user(author);
        }
        written
    }
}

/// A status since an instant.
pub(crate) fn status(status: &Status, since: Timestamp) -> Value {
    let category = match status.category {
        Category::New => "NEW",
        Category::Indeterminate => "INDETERMINATE",
        Category::Done => "DONE",
    };
    json!({"status": status.name, "statusCategory": category, "statusDate": date(since)})
}

/// A field of a request type.
pub(crate) fn field(field: &Field) -> Value {
    let choices = field.choices().iter();
    let choices = choices.map(|choice| json!({"value": choice, "label": choice, "children": []}));
    json!({
        "fieldId": field.id,
        "name": field.name,
        "description": "",
        "required": field.required,
        "visible": true,
        "defaultValues": [],
        "presetValues": [],
        "validValues": choices.collect::<Vec<_>>(),
        "jiraSchema": field.schema(),
    })
}
