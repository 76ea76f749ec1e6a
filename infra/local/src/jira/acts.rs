//! Changes of requests. Each tells the webhooks.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::refusal::Refusal;
use super::request::{Comment, Request};
use super::request_type::RequestType;
use super::site::{Happening, Site};
use super::workflow::{Category, Status, Transition};

/// The longest comment, in characters.
const LONGEST_COMMENT: usize = 32_767;

/// A new request.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The id of the desk, or the key of its project.
    pub desk: String,
    /// The id of the request type.
    pub request_type: String,
    /// The values of the fields.
    pub fields: Map<String, Value>,
    /// The account of the reporter.
    pub reporter: String,
    /// The accounts of the participants.
    pub participants: Vec<String>,
}

impl Site {
    /// Raises a request in the name of an account.
    ///
    /// # Errors
    ///
    /// If the desk, the type, a field, or a person is unknown, or a person has no access any more.
    pub fn raise(&mut self, draft: Draft, by: &str) -> Result<&Request, Refusal> {
        let desk = self.desk(&draft.desk)?.id;
        let kind = RequestType::find(&draft.request_type)?;
        kind.check(&draft.fields)?;
        for id in draft.participants.iter().chain([&draft.reporter]) {
            self.reachable(id)?;
        }
        let id = self.issue_number();
        let desk_mut = self.desk_mut(&desk.to_string())?;
        desk_mut.numbered += 1;
        let request = Request {
            id,
            key: format!("{}-{}", desk_mut.key, desk_mut.numbered),
            desk,
            request_type: kind.id,
            fields: draft.fields.into_iter().collect(),
            reporter: draft.reporter,
            creator: by.to_owned(),
            status: Status::first().id.to_owned(),
            status_since: self.now,
            participants: draft.participants.into_iter().collect(),
            organizations: BTreeSet::new(),
            labels: BTreeSet::new(),
            comments: Vec::new(),
            properties: BTreeMap::new(),
            created: self.now,
            updated: self.now,
        };
        let people = request.participants.iter().chain([&request.reporter]);
        for account in people.cloned().collect::<Vec<_>>() {
            self.let_in(desk, &account);
        }
        self.notify(by, "raised a request", &request);
        self.requests.insert(id, request);
        self.tell(id, by, Happening::Created);
        self.request(&id.to_string())
    }

    /// Refuses an account that cannot be put on a request.
    fn reachable(&self, id: &str) -> Result<(), Refusal> {
        match self.accounts.get(id) {
            Some(account) if account.active => Ok(()),
            Some(_) | None => Err(Refusal::Invalid(format!("account {id} cannot be used"))),
        }
    }

    /// Notes the mail that the desk would send about an act, if it notifies customers at all.
    fn notify(&mut self, by: &str, act: &str, request: &Request) {
        if self.notifies_customers && request.reporter != by {
            self.mails(format!("{by} {act}: {}", request.key));
        }
    }

    /// Adds a comment in the name of an account.
    ///
    /// # Errors
    ///
    /// If the text is empty or too long, or there is no such request.
    pub fn comment(
        &mut self,
        issue: u64,
        body: &str,
        public: bool,
        properties: BTreeMap<String, Value>,
        by: &str,
    ) -> Result<&Comment, Refusal> {
        if body.trim().is_empty() || body.chars().count() > LONGEST_COMMENT {
            let text = format!("a comment has 1 to {LONGEST_COMMENT} characters");
            return Err(Refusal::Invalid(text));
        }
        let id = self.issue_number();
        let comment = Comment {
            id,
            author: by.to_owned(),
            body: body.to_owned(),
            public,
            properties,
            created: self.now,
        };
        if public {
            let request = self.request(&issue.to_string())?.clone();
            self.notify(by, "commented", &request);
        }
        let now = self.now;
        let request = self.request_mut(issue)?;
        request.updated = now;
        request.comments.push(comment);
        self.tell(issue, by, Happening::Commented(id));
        let comments = &self.request(&issue.to_string())?.comments;
        comments
            .last()
            .ok_or_else(|| Refusal::missing("comment", &id.to_string()))
    }

    /// Moves a request along a transition that its status offers.
    ///
    /// # Errors
    ///
    /// If the status does not offer it.
    pub fn transition(&mut self, issue: u64, id: &str, by: &str) -> Result<(), Refusal> {
        let request = self.request(&issue.to_string())?;
        let from = request.status();
        let transition: Option<&Transition> = from.transitions().find(|one| one.id == id);
        let Some(transition) = transition else {
            let text = format!("transition {id} is not available from {}", from.name);
            return Err(Refusal::Invalid(text));
        };
        let to = Status::of(transition.to);
        let request = request.clone();
        self.notify(by, "changed the status", &request);
        let now = self.now;
        let request = self.request_mut(issue)?;
        to.id.clone_into(&mut request.status);
        (request.status_since, request.updated) = (now, now);
        let mut items = Vec::new();
        match (
            from.category == Category::Done,
            to.category == Category::Done,
        ) {
            (false, true) => items.push(item(
                "resolution",
                (None, None),
                (Some("10000"), Some("Done")),
            )),
            (true, false) => items.push(item(
                "resolution",
                (Some("10000"), Some("Done")),
                (None, None),
            )),
            (true, true) | (false, false) => {}
        }
        let side = |status: &Status| (Some(status.id), Some(status.name));
        items.push(item("status", side(from), side(to)));
        self.tell(issue, by, Happening::Changed(items));
        Ok(())
    }

    /// Makes another account the reporter of a request.
    ///
    /// # Errors
    ///
    /// If the account does not exist or has no access any more.
    pub fn set_reporter(&mut self, issue: u64, to: &str, by: &str) -> Result<(), Refusal> {
        self.reachable(to)?;
        let was = self.request(&issue.to_string())?.reporter.clone();
        if was == to {
            return Ok(());
        }
        let name = |id: &str| {
            self.accounts
                .get(id)
                .map(|account| account.display_name.clone())
        };
        let (from_name, to_name) = (name(&was), name(to));
        let changed = item(
            "reporter",
            (Some(&was), from_name.as_deref()),
            (Some(to), to_name.as_deref()),
        );
        let now = self.now;
        let request = self.request_mut(issue)?;
        to.clone_into(&mut request.reporter);
        request.updated = now;
        let desk = request.desk;
        self.let_in(desk, to);
        self.tell(issue, by, Happening::Changed(vec![changed]));
        Ok(())
    }

    /// Adds participants to a request.
    ///
    /// # Errors
    ///
    /// If an account does not exist or has no access any more.
    pub fn share(&mut self, issue: u64, with: &[String], by: &str) -> Result<(), Refusal> {
        for id in with {
            self.reachable(id)?;
        }
        let request = self.request(&issue.to_string())?.clone();
        let was = self.names(&request.participants);
        for id in with {
            self.let_in(request.desk, id);
        }
        let now = self.now;
        let changed = self.request_mut(issue)?;
        changed.participants.extend(with.iter().cloned());
        changed.updated = now;
        let is = changed.participants.clone();
        if is != request.participants {
            self.notify(by, "shared a request", &request);
            let items = vec![custom_item("Request participants", &was, &self.names(&is))];
            self.tell(issue, by, Happening::Changed(items));
        }
        Ok(())
    }

    /// Removes participants from a request.
    ///
    /// # Errors
    ///
    /// If an account is not a participant, or is the reporter.
    pub fn unshare(&mut self, issue: u64, with: &[String], by: &str) -> Result<(), Refusal> {
        let request = self.request(&issue.to_string())?.clone();
        let stays = |id: &&String| **id == request.reporter || !request.participants.contains(*id);
        if let Some(id) = with.iter().find(stays) {
            return Err(Refusal::Invalid(format!(
                "{id} cannot be removed as a participant"
            )));
        }
        let was = self.names(&request.participants);
        let changed = self.request_mut(issue)?;
        changed.participants.retain(|id| !with.contains(id));
        let is = changed.participants.clone();
        let items = vec![custom_item("Request participants", &was, &self.names(&is))];
        self.tell(issue, by, Happening::Changed(items));
        Ok(())
    }

    /// Shares a request with exactly these organisations.
    ///
    /// # Errors
    ///
    /// If one is not attached to the desk.
    pub fn share_with_organizations(
        &mut self,
        issue: u64,
        ids: &BTreeSet<u64>,
        by: &str,
    ) -> Result<(), Refusal> {
        let request = self.request(&issue.to_string())?;
        let desk = self.desk(&request.desk.to_string())?;
        if !ids.is_subset(&desk.organizations) {
            let text = "an organization is not attached to the project of the request";
            return Err(Refusal::Invalid(text.to_owned()));
        }
        let name = |id: &u64| Some(self.organizations.get(id)?.name.clone());
        let names =
            |ids: &BTreeSet<u64>| ids.iter().filter_map(name).collect::<Vec<_>>().join(", ");
        let (was, is) = (names(&request.organizations), names(ids));
        let request = self.request_mut(issue)?;
        if request.organizations != *ids {
            request.organizations.clone_from(ids);
            let items = vec![custom_item("Organizations", &was, &is)];
            self.tell(issue, by, Happening::Changed(items));
        }
        Ok(())
    }

    fn names(&self, ids: &BTreeSet<String>) -> String {
        let names = ids
            .iter()
            .filter_map(|id| Some(self.accounts.get(id)?.display_name.as_str()));
        names.collect::<Vec<_>>().join(", ")
    }
}

/// An item of a changelog about a field of Jira's own.
fn item(
    field: &str,
    from: (Option<&str>, Option<&str>),
    to: (Option<&str>, Option<&str>),
) -> Value {
    json!({
        "field": field, "fieldtype": "jira", "fieldId": field,
        "from": from.0, "fromString": from.1, "to": to.0, "toString": to.1,
    })
}

/// An item of a changelog about a field of the service desk.
fn custom_item(field: &str, from: &str, to: &str) -> Value {
    json!({
        "field": field, "fieldtype": "custom", "fieldId": super::fields::id_of(field),
        "from": null, "fromString": from, "to": null, "toString": to,
    })
}
