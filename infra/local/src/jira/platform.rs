//! The representations of the platform's API, which webhooks use, too.

use serde_json::{Map, Value, json};

use super::account::{Account, Kind};
use super::answer::{Writer, jira_date};
use super::fields;
use super::organization::Desk;
use super::request::{Comment, Request};
use super::request_type::RequestType;
use super::workflow::{Category, Status, Transition};

impl Writer<'_> {
    /// An account, with its address if the owner shows it.
    pub(crate) fn person(self, account: &Account) -> Value {
        let mut person = self.author(account);
        if account.shows_email {
            person["emailAddress"] = account.email.as_str().into();
        }
        person
    }

    /// An account without its address, as comments have it.
    pub(crate) fn author(self, account: &Account) -> Value {
        let kind = match account.kind {
            Kind::Customer => "customer",
            Kind::Atlassian => "atlassian",
            Kind::App => "app",
        };
        json!({
            "self": format!("{}/rest/api/2/user?accountId={}", self.base, account.id),
            "accountId": account.id,
            "avatarUrls": {},
            "displayName": account.display_name,
            "active": account.active,
            "timeZone": "Etc/UTC",
            "accountType": kind,
        })
    }

    /// The account with an id, or nothing where it is gone.
    pub(crate) fn person_of(self, id: &str) -> Value {
        let account = self.site.accounts.get(id);
        account.map_or(Value::Null, |account| self.person(account))
    }

    pub(crate) fn status(self, status: &Status) -> Value {
        let category = status.category;
        json!({
            "self": format!("{}/rest/api/2/status/{}", self.base, status.id),
            "description": "",
            "iconUrl": format!("{}/images/icons/status_generic.gif", self.base),
            "name": status.name,
            "id": status.id,
            "statusCategory": {
                "self": format!("{}/rest/api/2/statuscategory/{}", self.base, category.id()),
                "id": category.id(),
                "key": category.key(),
                "name": category.name(),
            },
        })
    }

    pub(crate) fn transition(self, transition: &Transition) -> Value {
        json!({
            "id": transition.id,
            "name": transition.name,
            "to": self.status(Status::of(transition.to)),
            "hasScreen": false, "isGlobal": false, "isInitial": false, "isAvailable": true,
            "isConditional": false, "isLooped": false,
        })
    }

    pub(crate) fn project(self, desk: &Desk) -> Value {
        json!({
            "self": format!("{}/rest/api/2/project/{}", self.base, desk.project),
            "id": desk.project.to_string(),
            "key": desk.key,
            "name": desk.name,
            "projectTypeKey": "service_desk",
            "simplified": false,
        })
    }

    /// The fields of an issue. Texts are plain, as in version 2 of the API.
    pub(crate) fn fields(self, request: &Request) -> Map<String, Value> {
        let (base, key) = (self.base, &request.key);
        let kind = RequestType::of(request.request_type);
        let desk = self.site.desks.get(&request.desk);
        let done = request.status().category == Category::Done;
        let names = request.organizations.iter();
        let organizations = names.filter_map(|id| self.site.organizations.get(id));
        let organizations = organizations.map(
            |organization| json!({"id": organization.id.to_string(), "name": organization.name}),
        );
        let participants = request.participants.iter().map(|id| self.person_of(id));
        let mut fields: Map<_, _> = request.fields.clone().into_iter().collect();
        let written = [
            (
                "issuetype",
                json!({"id": "10011", "name": "Incident", "subtask": false}),
            ),
            (
                "project",
                desk.map_or(Value::Null, |desk| self.project(desk)),
            ),
            ("created", jira_date(request.created).into()),
            ("updated", jira_date(request.updated).into()),
            (
                "statuscategorychangedate",
                jira_date(request.status_since).into(),
            ),
            ("priority", json!({"id": "3", "name": "Medium"})),
            ("labels", json!(request.labels)),
            ("assignee", Value::Null),
            (
                "resolution",
                if done {
                    json!({"id": "10000", "name": "Done"})
                } else {
                    Value::Null
                },
            ),
            ("status", self.status(request.status())),
            ("creator", self.person_of(&request.creator)),
            ("reporter", self.person_of(&request.reporter)),
            (
                fields::ORGANIZATIONS,
                organizations.collect::<Vec<_>>().into(),
            ),
            (
                fields::PARTICIPANTS,
                participants.collect::<Vec<_>>().into(),
            ),
            (
                fields::REQUEST_TYPE,
                json!({
                    "_links": {
                        "jiraRest": format!("{base}/rest/api/2/issue/{}", request.id),
                        "web": format!("{base}/servicedesk/customer/portal/{}/{key}", request.desk),
                        "agent": format!("{base}/browse/{key}"),
                        "self": format!("{base}/rest/servicedeskapi/request/{}", request.id),
                    },
                    "requestType": {
                        "id": kind.id.to_string(),
                        "name": kind.name,
                        "description": kind.description,
                        "issueTypeId": "10011",
                        "serviceDeskId": request.desk.to_string(),
                        "portalId": request.desk.to_string(),
                    },
                    "currentStatus": {"status": request.status().name},
                }),
            ),
        ];
        fields.extend(written.map(|(name, value)| (name.to_owned(), value)));
        fields.entry("description").or_insert(Value::Null);
        fields
    }

    /// An issue with some fields. `version` is that of the API.
    pub(crate) fn issue(
        self,
        request: &Request,
        version: &str,
        fields: &Map<String, Value>,
    ) -> Value {
        json!({
            "id": request.id.to_string(),
            "self": format!("{}/rest/api/{version}/issue/{}", self.base, request.id),
            "key": request.key,
            "fields": fields,
        })
    }

    /// A comment with a body in the form of the API's version.
    pub(crate) fn issue_comment(self, request: &Request, comment: &Comment, body: &Value) -> Value {
        let author = self.site.accounts.get(&comment.author);
        let author = author.map_or(Value::Null, |account| self.author(account));
        let at = jira_date(comment.created);
        json!({
            "self": format!("{}/rest/api/2/issue/{}/comment/{}", self.base, request.id, comment.id),
            "id": comment.id.to_string(),
            "author": author,
            "body": body,
            "updateAuthor": author,
            "created": at,
            "updated": at,
            "jsdPublic": comment.public,
        })
    }
}
