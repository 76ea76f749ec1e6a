//! Jira's own webhooks: `jira:issue_created`, `comment_created` and `comment_updated`, and
//! `jira:issue_updated` with a change of status, with another key or, from Data Center, with a comment.
//!
//! Jira Cloud names people by account and, since 2019, mostly without an address. The reporter's
//! comes from a field that the desk fills, from the payload where Jira does give it, or from the
//! customer whose account is known here. An account is learned only where the payload itself says
//! that it and the address are one person's, or the source's description does (ADR 21).

mod comment;
pub(super) mod echo;
mod label;
mod moved;
mod people;
mod status;

use std::collections::{BTreeMap, BTreeSet};

use domain::account::{Claim, ShownBy};
use domain::id::{DeskId, ExternalId};
use domain::request::Category;
use domain::{EmailAddress, Timestamp};
use jiff::fmt::strtime;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::document::put;
use super::{Context, Mapped, MappingError, Pointer, Rule, markup, say, tidy};
use crate::function::Function;
use label::Label;
use people::{Kind, Person, customers_address};

/// The settings that differ between Jira sites.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct JiraMapping {
    /// The places of the reporter's address, in order of preference, such as
    /// `/issue/fields/customfield_10050`. Name fields that the desk fills and not the customer: the
    /// address in them counts as the reporter's own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub email: Vec<Pointer>,
    /// True if the reporter of an issue is always the customer whose address is in such a field.
    /// Then their account is learned with it. False where agents, forms or mail handlers raise
    /// issues in their own name.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub reporter_is_customer: bool,
    /// The place of the request type; without it, the issue type counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_type: Option<Pointer>,
    /// Jira's id or name of a request type → the desk's.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub request_types: BTreeMap<String, String>,
    /// The organisation of a request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization: Option<Rule>,
    /// Jira's id or name of an organisation → its id here.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub organizations: BTreeMap<String, String>,
    /// The key of a Jira project → the desk that has it. Without any, all of them are the source's
    /// desk's; beside some, an issue of any other project is nobody's here.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub projects: BTreeMap<String, DeskId>,
    /// The place of the list of request participants.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub participants: Option<Pointer>,
    /// A status's id or name → its meaning, where Jira's own category is not enough.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub statuses: BTreeMap<String, Category>,
}

/// The largest number of accounts that are looked up for one payload.
const MAX_ACCOUNTS: usize = 20;
/// Jira's format of an instant: `2026-11-22T10:30:00.000+0100`.
const INSTANT: &str = "%Y-%m-%dT%H:%M:%S%.f%z";
const REPORTER: &str = "/issue/fields/reporter";
pub(super) const NOT_SERVED: &str = "no desk here has this Jira project";

impl JiraMapping {
    pub(super) fn apply(
        &self,
        payload: &Value,
        context: &Context<'_>,
    ) -> Result<Mapped, MappingError> {
        let event = text(payload, "/webhookEvent")
            .ok_or_else(|| MappingError::missing("/webhookEvent", "the event's name"))?;
        match event {
            "jira:issue_updated" if let Some(keys) = moved::change(payload) => {
                self.moved(keys, payload, context)
            }
            _ if text(payload, "/issue/key").is_some_and(|key| !self.serves(key)) => {
                Ok(Mapped::Nothing(NOT_SERVED))
            }
            _ if echo::is_own(event, payload, context) => Ok(Mapped::Nothing(echo::OWN)),
            "jira:issue_created" => self.created(payload, context),
            "comment_created" | "comment_updated" => self.only_comment(payload, context),
            "jira:issue_updated" => self.updated(payload, context),
            _ => Ok(Mapped::Nothing("this Jira event is not used")),
        }
    }

    /// The accounts in the payload whose addresses would help.
    pub(super) fn accounts(&self, payload: &Value, function: Function) -> BTreeSet<ExternalId> {
        let mut people = Vec::new();
        if function == Function::RequestCreated {
            people.extend(reporter(payload).map(|(_, person)| person));
            people.extend(self.participants(payload));
        } else {
            let authors = ["/comment/author", "/user"].into_iter();
            people.extend(authors.filter_map(|pointer| Person::at(payload, pointer)));
        }
        let accounts = people.into_iter().filter_map(Person::account);
        accounts.take(MAX_ACCOUNTS).collect()
    }

    /// Tells whether an address that was bound to an account in this way still counts.
    pub(super) const fn believes(&self, shown_by: ShownBy) -> bool {
        match shown_by {
            ShownBy::Payload => true,
            ShownBy::Description => self.reporter_is_customer,
            // Older versions bound the address of a field to any reporter.
            ShownBy::Unsaid => self.takes_reporters(),
        }
    }

    /// Tells whether the reporter is the owner of the address.
    const fn takes_reporters(&self) -> bool {
        self.email.is_empty() || self.reporter_is_customer
    }

    pub(super) fn created(
        &self,
        payload: &Value,
        context: &Context<'_>,
    ) -> Result<Mapped, MappingError> {
        let Reporter {
            email,
            name,
            learned,
        } = self.reporter(payload, context)?;
        let mut document = self.base("request.created", payload, context)?;
        let fields = |name: &str| payload.pointer(&format!("/issue/fields/{name}"));
        let request = |name| ["data", "request", name];
        put(&mut document, &request("type"), self.kind(payload));
        let summary = fields("summary").and_then(Value::as_str);
        let summary = summary.and_then(|summary| tidy::line(summary, 300));
        put(&mut document, &request("summary"), summary);
        let description = fields("description").and_then(|text| markup::text(text, payload));
        let description = description.and_then(|text| tidy::paragraphs(&text, 32_768));
        put(&mut document, &request("description"), description);
        put(&mut document, &request("url"), browse_url(payload));
        let reporter = |name| ["data", "reporter", name];
        put(&mut document, &reporter("email"), Some(email.to_string()));
        put(&mut document, &reporter("name"), name);
        let organization = self.organization(payload)?;
        put(&mut document, &["data", "organization"], organization);
        put(&mut document, &["data", "channel"], Some("portal"));
        let participants: Vec<String> = self
            .participants(payload)
            .filter_map(|person| person.email(context))
            .map(String::from)
            .collect();
        put(&mut document, &["data", "participants"], Some(participants));
        Ok(Mapped::Events {
            documents: vec![document],
            learned,
        })
    }

    /// The reporter of the issue. The address of the mapped field has precedence over their own.
    fn reporter(&self, payload: &Value, context: &Context<'_>) -> Result<Reporter, MappingError> {
        let person = reporter(payload);
        let Some(email) = self.mapped_email(payload, context) else {
            if person.is_none() && payload.pointer(REPORTER).is_none() {
                return Err(MappingError::missing(REPORTER, "the reporter"));
            }
            let pointer = person.map_or(REPORTER, |(pointer, _)| pointer).to_owned();
            let found = person.and_then(|(_, person)| Some((person, person.email(context)?)));
            let (person, email) = found.ok_or(MappingError::UnknownAccount { pointer })?;
            let stated = person.stated_email(context).is_some();
            let shown_by = stated.then_some(ShownBy::Payload);
            return Ok(Reporter::of(payload, person, email, shown_by));
        };
        let Some((pointer, person)) = person else {
            return Ok(Reporter::unnamed(email));
        };
        if person.stated_email(context).as_ref() == Some(&email) {
            return Ok(Reporter::of(payload, person, email, Some(ShownBy::Payload)));
        }
        // The description cannot be true of a reporter with another address.
        let described = self.reporter_is_customer
            && pointer == REPORTER
            && person.account().is_some()
            && !person.states_address()
            && !is_agent(payload, person);
        Ok(if described {
            Reporter::of(payload, person, email, Some(ShownBy::Description))
        } else {
            Reporter::unnamed(email)
        })
    }

    /// A comment and nothing else.
    pub(super) fn only_comment(
        &self,
        payload: &Value,
        context: &Context<'_>,
    ) -> Result<Mapped, MappingError> {
        let comment = self.commented(payload, context)?;
        Ok(comment.map_or(Mapped::Nothing("a comment without text"), Mapped::event))
    }

    fn updated(&self, payload: &Value, context: &Context<'_>) -> Result<Mapped, MappingError> {
        let mut documents = Vec::from_iter(self.comment_within(payload, context)?);
        if let Some(change) = status::change(payload) {
            documents.push(self.transitioned(payload, context, Some(change))?);
        }
        if documents.is_empty() {
            return Ok(Mapped::Nothing("an issue changed without its status"));
        }
        Ok(Mapped::events(documents))
    }

    /// The comment that Data Center tells of as a change of its issue, unless it is gone.
    fn comment_within(
        &self,
        payload: &Value,
        context: &Context<'_>,
    ) -> Result<Option<Value>, MappingError> {
        let deleted = payload["issue_event_type_name"] == "issue_comment_deleted";
        if payload["comment"].is_object() && !deleted {
            return self.commented(payload, context);
        }
        Ok(None)
    }

    /// Type, time and request, which every event has.
    fn base(
        &self,
        event: &str,
        payload: &Value,
        context: &Context<'_>,
    ) -> Result<Value, MappingError> {
        let key = text(payload, "/issue/key")
            .ok_or_else(|| MappingError::missing("/issue/key", "the issue's key"))?;
        Ok(json!({
            "type": event,
            "timestamp": at(payload, context).to_string(),
            "data": {"request": self.named(key)},
        }))
    }

    /// The first address in the mapped fields that can be a customer's. A field may hold a person
    /// instead.
    fn mapped_email(&self, payload: &Value, context: &Context<'_>) -> Option<EmailAddress> {
        self.email
            .iter()
            .filter_map(|pointer| pointer.find(payload))
            .find_map(|value| match value.as_str() {
                Some(text) => customers_address(text, context),
                None => Person::of(value)?.stated_email(context),
            })
    }

    fn kind(&self, payload: &Value) -> Option<String> {
        let named = self.request_type.as_ref();
        let request_type = named
            .map(|pointer| Label::at(payload, pointer))
            .unwrap_or_default();
        let mut issue_type = payload
            .pointer("/issue/fields/issuetype")
            .map(Label::of)
            .unwrap_or_default();
        if named.is_some() {
            // The ids in the settings are those of request types.
            issue_type.id = None;
        }
        let known = request_type.find(&self.request_types);
        let word = || {
            let stands = named.and_then(|pointer| label::id(pointer.find(payload)?));
            request_type.name.map(str::to_owned).or(stands)
        };
        let fallback = || {
            let known = issue_type.find(&self.request_types);
            known.cloned().or(issue_type.name.map(str::to_owned))
        };
        let name = known.cloned().or_else(word).or_else(fallback)?;
        tidy::line(&name, 300)
    }

    /// The organisation's id here. If an issue is shared with several, the first known one counts.
    /// A list of organisations in the settings makes all others unknown.
    fn organization(&self, payload: &Value) -> Result<Option<String>, MappingError> {
        let Some(rule) = &self.organization else {
            return Ok(None);
        };
        let Ok(value) = rule.find(payload) else {
            return Ok(None);
        };
        let several = value.as_array().map(Vec::as_slice);
        let labels = several.unwrap_or(std::slice::from_ref(value));
        let known = labels
            .iter()
            .find_map(|value| Label::of(value).find(&self.organizations));
        if known.is_some() || labels.is_empty() || !self.organizations.is_empty() {
            return Ok(known.cloned());
        }
        say::text(value)
            .map(Some)
            .ok_or_else(|| MappingError::unusable(rule.place(), value, "an organization's id"))
    }

    fn participants<'v>(&self, payload: &'v Value) -> impl Iterator<Item = Person<'v>> {
        self.participants
            .as_ref()
            .and_then(|pointer| pointer.find(payload)?.as_array())
            .into_iter()
            .flatten()
            .filter_map(Person::of)
    }
}

/// The reporter of a request.
struct Reporter {
    email: EmailAddress,
    name: Option<String>,
    learned: BTreeMap<ExternalId, Claim>,
}

impl Reporter {
    /// An address by itself.
    fn unnamed(email: EmailAddress) -> Self {
        Self {
            email,
            name: None,
            learned: BTreeMap::new(),
        }
    }

    /// A person with their own address. Their account is learned if the payload proves that it is
    /// theirs, but never an agent's.
    fn of(
        payload: &Value,
        person: Person<'_>,
        email: EmailAddress,
        shown_by: Option<ShownBy>,
    ) -> Self {
        let account = person.account().filter(|_| !is_agent(payload, person));
        let address = email.clone();
        let learned = account
            .zip(shown_by)
            .map(|(account, shown_by)| (account, Claim { address, shown_by }));
        Self {
            email,
            name: person.display_name(),
            learned: learned.into_iter().collect(),
        }
    }
}

/// Tells whether a person is certainly an agent: issues are assigned only to agents.
fn is_agent(payload: &Value, person: Person<'_>) -> bool {
    person.kind() != Kind::Customer && person.is(Person::at(payload, "/issue/fields/assignee"))
}

/// The reporter of the issue and their place in the payload. Agents raise issues for others. So the
/// creator counts only if no reporter is named, and only as a customer.
fn reporter(payload: &Value) -> Option<(&'static str, Person<'_>)> {
    let at = |pointer| Some((pointer, Person::at(payload, pointer)?));
    at(REPORTER).or_else(|| {
        ["/issue/fields/creator", "/user"]
            .into_iter()
            .filter_map(at)
            .find(|(_, person)| person.kind() == Kind::Customer)
    })
}

/// The time of the event by the delivery.
fn at(payload: &Value, context: &Context<'_>) -> Timestamp {
    payload["timestamp"]
        .as_i64()
        .and_then(|milliseconds| Timestamp::from_millisecond(milliseconds).ok())
        .unwrap_or(context.received_at)
}

/// An instant in Jira's format.
pub(super) fn instant(text: &str) -> Option<Timestamp> {
    let parsed = strtime::parse(INSTANT, text).ok()?;
    parsed.to_timestamp().ok()
}

fn text<'v>(payload: &'v Value, pointer: &str) -> Option<&'v str> {
    payload.pointer(pointer)?.as_str()
}

/// The address at which an agent opens the issue, made from the address of its representation.
fn browse_url(payload: &Value) -> Option<String> {
    let (site, _) = text(payload, "/issue/self")?.split_once("/rest/")?;
    Some(format!("{site}/browse/{}", text(payload, "/issue/key")?))
}
