//! Requests: what people do at the portal.

use std::{collections::BTreeMap, fmt};

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{DESK, PLATFORM, customers::User};
use crate::{
    client::{Client, Request as Call, segment},
    document,
    endpoint::Endpoint,
    error::Error,
    id::{AccountId, CommentId, IssueKey, RequestTypeId, ServiceDeskId},
    page::{Identified, Listing, Pager},
    read,
};

/// The comment property that holds the writer's own id. No page of Jira's shows it.
pub const MARK: &str = "lanyard";
/// Jira's own comment property for who sees a comment.
const VISIBILITY: &str = "sd.public.comment";
/// The number of comments that a page is asked for.
const COMMENTS: u64 = 100;
/// The number of pages of comments that are read.
const MOST_PAGES: u32 = 100;

/// A request to be raised.
#[derive(Clone, PartialEq)]
pub struct NewRequest {
    /// The desk.
    pub desk: ServiceDeskId,
    /// The type.
    pub kind: RequestTypeId,
    /// The answers, by field.
    pub fields: BTreeMap<String, Value>,
    /// The account in whose name it is raised; the caller's own if none.
    pub reporter: Option<AccountId>,
    /// The participants.
    pub participants: Vec<AccountId>,
}

/// A request that was raised.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Request {
    /// Its key.
    #[serde(rename = "issueKey")]
    pub key: IssueKey,
    /// Its numeric id.
    #[serde(rename = "issueId", default, deserialize_with = "read::optional")]
    pub id: Option<IssueKey>,
    #[serde(rename = "_links", default, deserialize_with = "read::optional")]
    links: Option<Links>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Links {
    #[serde(default, deserialize_with = "read::optional")]
    web: Option<String>,
}

impl Request {
    /// The address of its page at the portal.
    #[must_use]
    pub fn page(&self) -> Option<&str> {
        self.links.as_ref()?.web.as_deref()
    }
}

/// A comment.
#[derive(Clone, PartialEq, Eq)]
pub struct Comment {
    /// Its id.
    pub id: CommentId,
    /// The account that wrote it.
    pub author: Option<AccountId>,
    /// Its text, without any layout.
    pub text: String,
    /// True if customers see it.
    pub public: bool,
    /// The time at which it was written.
    pub created: Option<Timestamp>,
    /// The writer's own id, if it is one of ours.
    pub mark: Option<String>,
}

/// Requests and comments hold people's words.
impl fmt::Debug for NewRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewRequest")
            .field("desk", &self.desk)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Comment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Comment")
            .field("id", &self.id)
            .field("public", &self.public)
            .field("mark", &self.mark)
            .finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Written {
    id: CommentId,
    #[serde(default, deserialize_with = "read::optional")]
    author: Option<User>,
    #[serde(default)]
    body: Value,
    #[serde(default, deserialize_with = "read::optional")]
    jsd_public: Option<bool>,
    #[serde(default, deserialize_with = "read::instant")]
    created: Option<Timestamp>,
    #[serde(default, deserialize_with = "read::optional")]
    properties: Option<Vec<Value>>,
}

impl From<Written> for Comment {
    fn from(written: Written) -> Self {
        let properties = written.properties.unwrap_or_default();
        let property = |key: &str| {
            let found = properties.iter().find(|property| property["key"] == key);
            found.map(|property| property["value"].clone())
        };
        let internal = property(VISIBILITY).and_then(|value| value["internal"].as_bool());
        // Older writings of the property are strings.
        let public = written.jsd_public.or(internal.map(|internal| !internal));
        Self {
            id: written.id,
            author: written.author.map(|author| author.account_id),
            text: document::text(&written.body),
            // A comment of which it is not known is nobody's but the agents'.
            public: public.unwrap_or(false),
            created: written.created,
            mark: property(MARK).and_then(|value| Some(value["id"].as_str()?.to_owned())),
        }
    }
}

#[derive(Deserialize)]
struct Comments {
    #[serde(default, deserialize_with = "read::optional")]
    total: Option<u64>,
    comments: Vec<Value>,
}

impl Client {
    /// Raises a request. After an answer that was lost, look for it before you raise it again.
    ///
    /// # Errors
    /// If Jira does not do it.
    pub async fn create_request(&self, new: &NewRequest) -> Result<Request, Error> {
        let mut body = json!({
            "serviceDeskId": new.desk.to_string(),
            "requestTypeId": new.kind.to_string(),
            "requestFieldValues": new.fields,
        });
        if let Some(reporter) = &new.reporter {
            body["raiseOnBehalfOf"] = json!(reporter);
        }
        if !new.participants.is_empty() {
            body["requestParticipants"] = json!(new.participants);
        }
        let call = Call::new(Endpoint::CreateRequest, format!("{DESK}/request"));
        self.ask(call.body(body)).await
    }

    /// Writes a comment that customers see, with the writer's own id in a property. After an answer
    /// that was lost, look for the id before you write it again.
    ///
    /// # Errors
    /// If Jira does not do it.
    pub async fn comment(
        &self,
        issue: &IssueKey,
        text: &str,
        mark: &str,
    ) -> Result<CommentId, Error> {
        #[derive(Deserialize)]
        struct Made {
            id: CommentId,
        }
        let path = format!("{PLATFORM}/issue/{}/comment", segment(issue.as_str()));
        let call = Call::new(Endpoint::Comment, path)
            .writes(issue)
            .body(json!({
                "body": document::of(text),
                "properties": [
                    { "key": VISIBILITY, "value": { "internal": false } },
                    { "key": MARK, "value": { "id": mark } },
                ],
            }));
        let made: Made = self.ask(call).await?;
        Ok(made.id)
    }

    /// The comments of an issue, internal ones among them, newest first. Without the right to see
    /// them the list is empty.
    ///
    /// # Errors
    /// If Jira does not give them.
    pub async fn comments(&self, issue: &IssueKey) -> Result<Listing<Comment>, Error> {
        let path = format!("{PLATFORM}/issue/{}/comment", segment(issue.as_str()));
        let mut listing = Listing {
            values: Vec::new(),
            complete: true,
        };
        let mut start = 0;
        for _ in 0..MOST_PAGES {
            let call = Call::new(Endpoint::Comments, &*path)
                .query("startAt", &start)
                .query("maxResults", &COMMENTS)
                .query("orderBy", &"-created")
                .query("expand", &"properties");
            let page: Comments = self.ask(call).await?;
            let there = u64::try_from(page.comments.len()).unwrap_or(COMMENTS);
            let (written, unreadable) = read::entries::<Written>(page.comments);
            listing.complete &= unreadable == 0;
            listing
                .values
                .extend(written.into_iter().map(Comment::from));
            start += there;
            if there == 0 || page.total.is_some_and(|total| start >= total) {
                listing.complete &= page.total.is_none_or(|total| start >= total);
                return Ok(listing);
            }
        }
        listing.complete = false;
        Ok(listing)
    }

    /// The participants of a request.
    #[must_use]
    pub fn participants(&self, issue: &IssueKey) -> Pager<'_, User> {
        let path = format!("{DESK}/request/{}/participant", segment(issue.as_str()));
        Pager::new(self, Endpoint::Participants, path)
    }

    /// Adds participants. Those that are one stay.
    ///
    /// # Errors
    /// [`Failure::Refused`](crate::Failure::Refused) if an account is unknown.
    pub async fn add_participants(&self, issue: &IssueKey, who: &[AccountId]) -> Result<(), Error> {
        let path = format!("{DESK}/request/{}/participant", segment(issue.as_str()));
        let call = Call::new(Endpoint::AddParticipants, path).writes(issue);
        self.tell(call.body(json!({ "accountIds": who }))).await
    }

    /// Takes participants out.
    ///
    /// # Errors
    /// [`Failure::Refused`](crate::Failure::Refused) if one is none, or is the reporter: look first.
    pub async fn remove_participants(
        &self,
        issue: &IssueKey,
        who: &[AccountId],
    ) -> Result<(), Error> {
        let path = format!("{DESK}/request/{}/participant", segment(issue.as_str()));
        let call = Call::new(Endpoint::RemoveParticipants, path).writes(issue);
        self.tell(call.body(json!({ "accountIds": who }))).await
    }
}

impl Identified for Request {
    type Id = IssueKey;

    fn id(&self) -> IssueKey {
        self.key.clone()
    }
}
