//! The acts of an agent at the desk, as `POST /_local/desk` takes them. Each has the effects that it
//! has in Jira, so webhooks tell of it.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::Jira;
use super::acts::Draft;
use super::refusal::Refusal;
use super::request_type::REQUEST_TYPES;
use super::seed::{AGENT_ID, DESK};
use super::site::Site;
use super::workflow::{Status, Transition};

/// An act.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Act {
    /// Comments on a request.
    Comment(CommentAct),
    /// Changes the status of a request.
    Status(StatusAct),
    /// Adds a customer to an organisation, or to the desk.
    Add(PersonAct),
    /// Removes a customer from an organisation, or from the desk.
    Remove(PersonAct),
    /// Raises a request in the name of a customer.
    Raise(RaiseAct),
}

/// A comment.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommentAct {
    /// The key of the request.
    pub key: String,
    /// The text.
    pub body: String,
    /// True if the customer sees it.
    #[serde(default)]
    pub public: bool,
}

/// A change of status.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusAct {
    /// The key of the request.
    pub key: String,
    /// The name of the new status.
    pub to: String,
}

/// A customer and an organisation.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonAct {
    /// The address of the customer.
    pub email: String,
    /// The organisation's id or name; without it, the desk's own list is meant.
    #[serde(default)]
    pub organization: Option<String>,
}

/// A new request.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RaiseAct {
    /// The address of the customer.
    pub email: String,
    /// The summary.
    pub summary: String,
}

impl Jira {
    /// Does what an agent would. Returns the id of what was made or changed.
    ///
    /// # Errors
    ///
    /// If the site refuses it.
    pub fn act(&self, act: &Act) -> Result<Value, Refusal> {
        self.change(|site| match act {
            Act::Comment(act) => {
                let id = site.request(&act.key)?.id;
                let comment = site.comment(id, &act.body, act.public, BTreeMap::new(), AGENT_ID)?;
                Ok(json!({"id": comment.id.to_string()}))
            }
            Act::Status(act) => status(site, act),
            Act::Add(act) => {
                let organization = organization(site, act)?;
                let account = customer(site, &act.email)?;
                let accounts = std::slice::from_ref(&account);
                match organization {
                    Some(id) => site.add_members(&id, accounts)?,
                    None => site.add_to_desk(&DESK.to_string(), accounts)?,
                }
                Ok(json!({"accountId": account}))
            }
            Act::Remove(act) => {
                let found = site.with_email(&act.email).next();
                let account = found.ok_or_else(|| Refusal::missing("account of", &act.email))?;
                let account = account.id.clone();
                let accounts = std::slice::from_ref(&account);
                match organization(site, act)? {
                    Some(id) => site.remove_members(&id, accounts)?,
                    None => site.remove_from_desk(&DESK.to_string(), accounts)?,
                }
                Ok(json!({"accountId": account}))
            }
            Act::Raise(act) => {
                let reporter = customer(site, &act.email)?;
                let summary = Value::from(act.summary.as_str());
                let draft = Draft {
                    desk: DESK.to_string(),
                    request_type: REQUEST_TYPES[0].id.to_string(),
                    fields: Map::from_iter([("summary".to_owned(), summary)]),
                    reporter,
                    participants: Vec::new(),
                };
                Ok(json!({"key": site.raise(draft, AGENT_ID)?.key}))
            }
        })
    }
}

/// The account of an address, made if there is none.
fn customer(site: &mut Site, email: &str) -> Result<String, Refusal> {
    let known = site
        .with_email(email)
        .next()
        .map(|account| account.id.clone());
    match known {
        Some(id) => Ok(id),
        None => Ok(site.create_customer(email, "")?.id.clone()),
    }
}

/// The id of the organisation that an act names by id or name; `None` if it names none.
fn organization(site: &Site, act: &PersonAct) -> Result<Option<String>, Refusal> {
    let wanted = act.organization.as_deref().map_or("", str::trim);
    if wanted.is_empty() {
        return Ok(None);
    }
    if let Ok(organization) = site.organization(wanted) {
        return Ok(Some(organization.id.to_string()));
    }
    let mut all = site.organizations.values();
    let found = all.find(|organization| organization.name.eq_ignore_ascii_case(wanted));
    let found = found.ok_or_else(|| Refusal::missing("organization", wanted))?;
    Ok(Some(found.id.to_string()))
}

/// Moves a request to a status that its own offers.
fn status(site: &mut Site, act: &StatusAct) -> Result<Value, Refusal> {
    let request = site.request(&act.key)?;
    let (id, from) = (request.id, request.status());
    let to = Status::named(&act.to).ok_or_else(|| Refusal::missing("status", &act.to))?;
    let leads = |transition: &&'static Transition| transition.to == to.id;
    let direct = from.transitions().find(leads);
    let direct = direct.ok_or_else(|| {
        let text = format!("no transition leads from {} to {}", from.name, to.name);
        Refusal::Invalid(text)
    })?;
    site.transition(id, direct.id, AGENT_ID)?;
    Ok(json!({"key": act.key}))
}
