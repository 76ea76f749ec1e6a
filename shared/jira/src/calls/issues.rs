//! Issues: what agents see of a request.

use std::{collections::BTreeMap, fmt};

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{PLATFORM, customers::User};
use crate::{
    client::{Client, Request, segment},
    document,
    endpoint::Endpoint,
    error::Error,
    id::{AccountId, IssueKey, OrganizationId, TransitionId},
    page::Listing,
    read,
};

/// The fields of an issue that are read.
const FIELDS: &str = "summary,description,status,reporter,created";
/// The number of issues that a page of a search is asked for.
const ISSUES: u64 = 100;
/// The number of pages of a search that are read.
const MOST_PAGES: u32 = 200;

/// A status of a workflow.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    /// Its name.
    pub name: String,
    /// Its id.
    #[serde(default, deserialize_with = "read::optional")]
    pub id: Option<String>,
    #[serde(
        rename = "statusCategory",
        default,
        deserialize_with = "read::optional"
    )]
    category: Option<Category>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Category {
    #[serde(default, deserialize_with = "read::optional")]
    key: Option<String>,
}

impl Status {
    /// True if nothing is left to do.
    #[must_use]
    pub fn is_done(&self) -> bool {
        let category = self.category.as_ref();
        category.and_then(|category| category.key.as_deref()) == Some("done")
    }
}

/// An issue.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "Written")]
pub struct Issue {
    /// Its key.
    pub key: IssueKey,
    /// Its numeric id.
    pub id: Option<IssueKey>,
    /// Its summary.
    pub summary: Option<String>,
    /// Its description, without any layout.
    pub description: Option<String>,
    /// Its status.
    pub status: Option<Status>,
    /// The account in whose name it was raised.
    pub reporter: Option<AccountId>,
    /// The time at which it was raised.
    pub created: Option<Timestamp>,
}

/// Issues hold people's words.
impl fmt::Debug for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Issue")
            .field("key", &self.key)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

/// A transition that an issue offers to the caller.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Transition {
    /// Its id.
    pub id: TransitionId,
    /// Its name.
    #[serde(default, deserialize_with = "read::optional")]
    pub name: Option<String>,
    /// The status that it leads to.
    #[serde(default, deserialize_with = "read::optional")]
    pub to: Option<Status>,
}

#[derive(Deserialize)]
struct Written {
    key: IssueKey,
    #[serde(default, deserialize_with = "read::optional")]
    id: Option<IssueKey>,
    #[serde(default, deserialize_with = "read::optional")]
    fields: Option<Fields>,
}

#[derive(Default, Deserialize)]
struct Fields {
    #[serde(default, deserialize_with = "read::optional")]
    summary: Option<String>,
    #[serde(default)]
    description: Value,
    #[serde(default, deserialize_with = "read::optional")]
    status: Option<Status>,
    #[serde(default, deserialize_with = "read::optional")]
    reporter: Option<User>,
    #[serde(default, deserialize_with = "read::instant")]
    created: Option<Timestamp>,
}

impl From<Written> for Issue {
    fn from(written: Written) -> Self {
        let fields = written.fields.unwrap_or_default();
        let described = !fields.description.is_null();
        Self {
            key: written.key,
            id: written.id,
            summary: fields.summary,
            description: described.then(|| document::text(&fields.description)),
            status: fields.status,
            reporter: fields.reporter.map(|reporter| reporter.account_id),
            created: fields.created,
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    issues: Vec<Value>,
    #[serde(default, deserialize_with = "read::optional")]
    next_page_token: Option<String>,
}

impl Client {
    /// An issue.
    ///
    /// # Errors
    /// If Jira does not give it.
    pub async fn issue(&self, key: &IssueKey) -> Result<Issue, Error> {
        let request = Request::new(Endpoint::Issue, path(key, "")).query("fields", &FIELDS);
        self.ask(request).await
    }

    /// The transitions that an issue offers to the caller now.
    ///
    /// # Errors
    /// If Jira does not give them.
    pub async fn transitions(&self, key: &IssueKey) -> Result<Vec<Transition>, Error> {
        #[derive(Deserialize)]
        struct Offered {
            transitions: Vec<Value>,
        }
        let request = Request::new(Endpoint::Transitions, path(key, "/transitions"));
        let offered: Offered = self.ask(request).await?;
        Ok(read::entries(offered.transitions).0)
    }

    /// Makes a transition.
    ///
    /// # Errors
    /// [`Failure::Refused`](crate::Failure::Refused) if the issue does not offer it (any more).
    pub async fn transition(&self, key: &IssueKey, transition: &TransitionId) -> Result<(), Error> {
        let request = Request::new(Endpoint::Transition, path(key, "/transitions"))
            .writes(key)
            .body(json!({ "transition": { "id": transition } }));
        self.tell(request).await
    }

    /// Makes an account the reporter of an issue.
    ///
    /// # Errors
    /// If Jira does not do it; [`Failure::Forbidden`](crate::Failure::Forbidden) and
    /// [`Failure::Refused`](crate::Failure::Refused) where the caller may not.
    pub async fn set_reporter(&self, key: &IssueKey, reporter: &AccountId) -> Result<(), Error> {
        self.edit(key, json!({ "reporter": { "id": reporter } }))
            .await
    }

    /// The organizations that an issue is shared with. The field is the one that
    /// [`organization_field`](Self::organization_field) gives.
    ///
    /// # Errors
    /// If Jira does not give them.
    pub async fn organizations_on(
        &self,
        key: &IssueKey,
        field: &str,
    ) -> Result<Vec<OrganizationId>, Error> {
        #[derive(Deserialize)]
        struct Shared {
            fields: BTreeMap<String, Value>,
        }
        #[derive(Deserialize)]
        struct Named {
            id: OrganizationId,
        }
        let request = Request::new(Endpoint::Issue, path(key, "")).query("fields", &field);
        let shared: Shared = self.ask(request).await?;
        let list = shared.fields.get(field).and_then(Value::as_array);
        let (named, _) = read::entries::<Named>(list.cloned().unwrap_or_default());
        Ok(named
            .into_iter()
            .map(|organization| organization.id)
            .collect())
    }

    /// Sets the organizations that an issue is shared with. They have to be attached to its desk.
    /// The field is the one that [`organization_field`](Self::organization_field) gives.
    ///
    /// # Errors
    /// If Jira does not do it.
    pub async fn set_organizations(
        &self,
        key: &IssueKey,
        field: &str,
        organizations: &[OrganizationId],
    ) -> Result<(), Error> {
        self.edit(key, json!({ field: organizations })).await
    }

    async fn edit(&self, key: &IssueKey, fields: Value) -> Result<(), Error> {
        let request = Request::new(Endpoint::EditIssue, path(key, ""))
            .writes(key)
            .body(json!({ "fields": fields }));
        self.tell(request).await
    }

    /// The issues of a reporter that are not done, in one project or in all.
    ///
    /// # Errors
    /// If Jira does not answer.
    pub async fn open_issues(
        &self,
        reporter: &AccountId,
        project: Option<&str>,
    ) -> Result<Listing<Issue>, Error> {
        let of = quoted(reporter.as_str());
        let within = project.map(|key| format!(" AND project = {}", quoted(key)));
        let within = within.unwrap_or_default();
        self.search(&format!(
            "reporter = {of}{within} AND statusCategory != Done"
        ))
        .await
    }

    /// The issues of a reporter that were raised in the last so many minutes. A search finds a new
    /// issue some seconds after it was raised.
    ///
    /// # Errors
    /// If Jira does not answer.
    pub async fn issues_since(
        &self,
        reporter: &AccountId,
        minutes: u32,
    ) -> Result<Listing<Issue>, Error> {
        let of = quoted(reporter.as_str());
        self.search(&format!("reporter = {of} AND created >= -{minutes}m"))
            .await
    }

    async fn search(&self, jql: &str) -> Result<Listing<Issue>, Error> {
        let mut listing = Listing {
            values: Vec::<Issue>::new(),
            complete: true,
        };
        let mut token = None;
        for _ in 0..MOST_PAGES {
            let mut request = Request::new(Endpoint::Search, format!("{PLATFORM}/search/jql"))
                .query("jql", &jql)
                .query("fields", &FIELDS)
                .query("maxResults", &ISSUES);
            if let Some(token) = token {
                request = request.query("nextPageToken", &token);
            }
            let found: Found = self.ask(request).await?;
            let (issues, unreadable) = read::entries(found.issues);
            listing.complete &= unreadable == 0;
            listing.values.extend(issues);
            token = found.next_page_token;
            if token.is_none() {
                return Ok(listing);
            }
        }
        listing.complete = false;
        Ok(listing)
    }
}

fn path(key: &IssueKey, rest: &str) -> String {
    format!("{PLATFORM}/issue/{}{rest}", segment(key.as_str()))
}

/// A text as a value of a search.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
