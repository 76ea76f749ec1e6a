//! Jira's own webhooks: `jira:issue_created`, `comment_created`, and `jira:issue_updated` with a
//! change of status.
//!
//! Jira Cloud names people by account and, since 2019, mostly without an address. The reporter's
//! comes from a field that the desk fills, from the payload where Jira does give it, or from the
//! customer whose account is known here.

mod people;

use std::collections::{BTreeMap, BTreeSet};

use domain::id::ExternalId;
use domain::request::Category;
use domain::{EmailAddress, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::document::put;
use super::{Context, Mapped, MappingError, Pointer, Rule, markup, say, tidy};
use people::{account, display_name, email, reporter, stated_email};

/// What differs from one Jira to the next.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct JiraMapping {
    /// Where the reporter's address lies, in order of preference, such as
    /// `/issue/fields/customfield_10050`. Name fields that the desk fills, not the customer: what
    /// stands there is taken for the reporter's own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub email: Vec<Pointer>,
    /// Where the request type's name lies; without it, the issue type's name counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_type: Option<Pointer>,
    /// Jira's name of a request type → the desk's.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub request_types: BTreeMap<String, String>,
    /// The organisation a request is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization: Option<Rule>,
    /// Where the list of request participants lies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub participants: Option<Pointer>,
    /// A status's name → what it means, where Jira's own category does not tell.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub statuses: BTreeMap<String, Category>,
}

/// The most accounts that are looked up for one payload.
const MAX_ACCOUNTS: usize = 20;

impl JiraMapping {
    pub(super) fn apply(
        &self,
        payload: &Value,
        context: &Context<'_>,
    ) -> Result<Mapped, MappingError> {
        let event = text(payload, "/webhookEvent")
            .ok_or_else(|| MappingError::missing("/webhookEvent", "the event's name"))?;
        match event {
            "jira:issue_created" => self.created(payload, context),
            "comment_created" => Self::commented(payload, context),
            "jira:issue_updated" => self.updated(payload, context),
            _ => Ok(Mapped::Nothing("this Jira event is not used")),
        }
    }

    /// The accounts that stand in the payload without an address.
    pub(super) fn accounts(&self, payload: &Value) -> BTreeSet<ExternalId> {
        let mut people: Vec<&Value> = ["/comment/author", "/user"]
            .into_iter()
            .filter_map(|pointer| payload.pointer(pointer))
            .collect();
        if self.mapped_email(payload).is_none() {
            people.extend(reporter(payload).map(|(_, person)| person));
        }
        people.extend(self.participants(payload));
        people
            .into_iter()
            .filter(|person| stated_email(person).is_none())
            .filter_map(account)
            .take(MAX_ACCOUNTS)
            .collect()
    }

    pub(super) fn created(
        &self,
        payload: &Value,
        context: &Context<'_>,
    ) -> Result<Mapped, MappingError> {
        let (pointer, person) = reporter(payload)
            .ok_or_else(|| MappingError::missing("/issue/fields/reporter", "the reporter"))?;
        let email = self
            .mapped_email(payload)
            .or_else(|| people::email(person, context))
            .ok_or_else(|| MappingError::UnknownAccount {
                pointer: pointer.to_owned(),
            })?;
        let mut document = base("request.created", payload, context)?;
        let put = |document: &mut Value, path: &[&str], value: Option<String>| {
            put(document, path, value);
        };
        let fields = |name: &str| payload.pointer(&format!("/issue/fields/{name}"));
        put(
            &mut document,
            &["data", "request", "type"],
            self.kind(payload),
        );
        let summary = fields("summary").and_then(Value::as_str);
        let summary = summary.and_then(|summary| tidy::line(summary, 300));
        put(&mut document, &["data", "request", "summary"], summary);
        let description = fields("description").and_then(|text| markup::text(text, payload));
        let description = description.and_then(|text| tidy::paragraphs(&text, 32_768));
        put(
            &mut document,
            &["data", "request", "description"],
            description,
        );
        put(
            &mut document,
            &["data", "request", "url"],
            browse_url(payload),
        );
        put(
            &mut document,
            &["data", "reporter", "email"],
            Some(email.to_string()),
        );
        put(
            &mut document,
            &["data", "reporter", "name"],
            display_name(person),
        );
        put(
            &mut document,
            &["data", "organization"],
            self.organization(payload)?,
        );
        put(
            &mut document,
            &["data", "channel"],
            Some("portal".to_owned()),
        );
        let participants: Vec<String> = self
            .participants(payload)
            .filter_map(|person| people::email(person, context))
            .map(String::from)
            .collect();
        super::document::put(&mut document, &["data", "participants"], Some(participants));
        let learned = account(person).map(|account| (account, email));
        Ok(Mapped::Event {
            document,
            learned: learned.into_iter().collect(),
        })
    }

    pub(super) fn commented(
        payload: &Value,
        context: &Context<'_>,
    ) -> Result<Mapped, MappingError> {
        let comment = &payload["comment"];
        let body = markup::text(&comment["body"], payload)
            .and_then(|text| tidy::paragraphs(&text, 32_768));
        let Some(body) = body else {
            return Ok(Mapped::Nothing("a comment without text"));
        };
        let author = &comment["author"];
        let customer = author["accountType"] == "customer"
            || account(author).is_some_and(|id| {
                reporter(payload).and_then(|(_, person)| account(person)) == Some(id)
            });
        let (role, nobody) = if customer {
            ("customer", "The requester")
        } else {
            ("agent", "The service desk")
        };
        let id = match &comment["id"] {
            Value::String(id) => id.clone(),
            Value::Number(id) => id.to_string(),
            _ => return Err(MappingError::missing("/comment/id", "the comment's id")),
        };
        // Anything but a plain yes keeps it inside: a missing mark, and a restriction to a role or
        // a group, which Jira shows beside a mark that says otherwise.
        let public = comment["jsdPublic"] == true && comment["visibility"].is_null();
        let mut document = base("request.commented", payload, context)?;
        document["data"]["comment"] = json!({
            "id": id,
            "author": {
                "name": display_name(author).unwrap_or_else(|| nobody.to_owned()),
                "role": role,
            },
            "body": body,
            "public": public,
        });
        let email = email(author, context).map(String::from);
        put(
            &mut document,
            &["data", "comment", "author", "email"],
            email,
        );
        Ok(Mapped::event(document))
    }

    fn updated(&self, payload: &Value, context: &Context<'_>) -> Result<Mapped, MappingError> {
        let changes = payload
            .pointer("/changelog/items")
            .and_then(Value::as_array);
        let change = changes
            .into_iter()
            .flatten()
            .rfind(|item| item["field"] == "status" || item["fieldId"] == "status");
        let Some(change) = change else {
            return Ok(Mapped::Nothing("an issue changed without its status"));
        };
        let to = change["toString"].as_str();
        let from = change["fromString"].as_str();
        self.transitioned(payload, context, from, to)
    }

    /// The change to a status; without a name, to the one the issue has.
    pub(super) fn transitioned(
        &self,
        payload: &Value,
        context: &Context<'_>,
        from: Option<&str>,
        to: Option<&str>,
    ) -> Result<Mapped, MappingError> {
        let to = to
            .or_else(|| text(payload, "/issue/fields/status/name"))
            .and_then(|name| tidy::line(name, 300))
            .ok_or_else(|| MappingError::missing("/issue/fields/status/name", "the status"))?;
        let mut document = base("request.transitioned", payload, context)?;
        let category = self.category(payload, &to);
        document["data"]["status"] = json!({"to": to, "category": category});
        let from = from.and_then(|name| tidy::line(name, 300));
        put(&mut document, &["data", "status", "from"], from);
        let resolution = text(payload, "/issue/fields/resolution/name");
        let resolution = resolution.and_then(|name| tidy::line(name, 300));
        put(&mut document, &["data", "resolution"], resolution);
        let by = payload.get("user").and_then(|user| email(user, context));
        put(&mut document, &["data", "by"], by.map(String::from));
        Ok(Mapped::event(document))
    }

    /// What a status means: as the source says, as its name says, or as Jira's category says.
    fn category(&self, payload: &Value, name: &str) -> Category {
        if let Some(category) = self.statuses.get(name) {
            return *category;
        }
        if name.eq_ignore_ascii_case("waiting for customer") {
            return Category::WaitingForCustomer;
        }
        // The issue may have moved on before Jira built the payload; then its category is another
        // status's, and only that it is not over can be said.
        if text(payload, "/issue/fields/status/name") != Some(name) {
            return Category::InProgress;
        }
        match text(payload, "/issue/fields/status/statusCategory/key") {
            Some("new") => Category::New,
            Some("done") => Category::Done,
            _ => Category::InProgress,
        }
    }

    fn mapped_email(&self, payload: &Value) -> Option<EmailAddress> {
        self.email
            .iter()
            .filter_map(|pointer| pointer.find(payload)?.as_str())
            .find_map(|text| text.trim().parse().ok())
    }

    fn kind(&self, payload: &Value) -> Option<String> {
        let named = self
            .request_type
            .as_ref()
            .and_then(|pointer| pointer.find(payload)?.as_str());
        let name = named.or_else(|| text(payload, "/issue/fields/issuetype/name"))?;
        let name = self.request_types.get(name).map_or(name, String::as_str);
        tidy::line(name, 300)
    }

    fn organization(&self, payload: &Value) -> Result<Option<String>, MappingError> {
        let Some(rule) = &self.organization else {
            return Ok(None);
        };
        let Ok(value) = rule.find(payload) else {
            return Ok(None);
        };
        say::text(value)
            .map(Some)
            .ok_or_else(|| MappingError::unusable(rule.place(), value, "an organization's id"))
    }

    fn participants<'v>(&self, payload: &'v Value) -> impl Iterator<Item = &'v Value> {
        self.participants
            .as_ref()
            .and_then(|pointer| pointer.find(payload)?.as_array())
            .into_iter()
            .flatten()
    }
}

/// Type, time and request: what every event has.
fn base(event: &str, payload: &Value, context: &Context<'_>) -> Result<Value, MappingError> {
    let key = text(payload, "/issue/key")
        .ok_or_else(|| MappingError::missing("/issue/key", "the issue's key"))?;
    let at = payload["timestamp"]
        .as_i64()
        .and_then(|milliseconds| Timestamp::from_millisecond(milliseconds).ok())
        .unwrap_or(context.received_at);
    Ok(json!({
        "type": event,
        "timestamp": at.to_string(),
        "data": {"request": {"key": key}},
    }))
}

fn text<'v>(payload: &'v Value, pointer: &str) -> Option<&'v str> {
    payload.pointer(pointer)?.as_str()
}

/// Where an agent opens the issue, made of the address of its representation.
fn browse_url(payload: &Value) -> Option<String> {
    let (site, _) = text(payload, "/issue/self")?.split_once("/rest/")?;
    Some(format!("{site}/browse/{}", text(payload, "/issue/key")?))
}
