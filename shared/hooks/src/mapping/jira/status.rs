//! A change of status.

use domain::request::Category;
use serde_json::{Value, json};

use super::label::{self, Label};
use super::people::Person;
use super::{JiraMapping, text};
use crate::mapping::document::put;
use crate::mapping::{Context, MappingError, tidy};

const STATUS: &str = "/issue/fields/status";

/// The change of status among those of the issue, if there is one.
pub(super) fn change(payload: &Value) -> Option<&Value> {
    let changes = payload.pointer("/changelog/items")?.as_array()?;
    changes.iter().rfind(|item| {
        // A custom field can have this name, too.
        match item["fieldId"].as_str() {
            Some(id) => id == "status",
            None => item["field"] == "status" && item["fieldtype"] != "custom",
        }
    })
}

impl JiraMapping {
    /// The change to a status; `None` for the status that the issue has now.
    pub(in crate::mapping) fn transitioned(
        &self,
        payload: &Value,
        context: &Context<'_>,
        change: Option<&Value>,
    ) -> Result<Value, MappingError> {
        let now = payload.pointer(STATUS).map(Label::of).unwrap_or_default();
        let to = change.map_or_else(|| now.clone(), |change| side(change, "to", "toString"));
        let is_now = match (&to.id, &now.id) {
            (Some(to), Some(now)) => to == now,
            (None, _) | (_, None) => to.name.is_none() || to.name == now.name,
        };
        let name = to
            .name
            .or(now.name.filter(|_| is_now))
            .and_then(|name| tidy::line(name, 300))
            .ok_or_else(|| MappingError::missing("/issue/fields/status/name", "the status"))?;
        let now = is_now.then_some(now);
        let category = self.category(payload, &to, now.as_ref());
        let mut document = self.base("request.transitioned", payload, context)?;
        document["data"]["status"] = json!({"to": name, "category": category});
        let from = change.and_then(|change| side(change, "from", "fromString").name);
        let from = from.and_then(|name| tidy::line(name, 300));
        put(&mut document, &["data", "status", "from"], from);
        let resolution = text(payload, "/issue/fields/resolution/name");
        let resolution = resolution.and_then(|name| tidy::line(name, 300));
        put(&mut document, &["data", "resolution"], resolution);
        let by = Person::at(payload, "/user").and_then(|user| user.email(context));
        put(&mut document, &["data", "by"], by.map(String::from));
        Ok(document)
    }

    /// The meaning of a status: by the source's settings, by one of its names, or by Jira's
    /// category. `now` is the issue's own name for the same status, unless the issue has moved on
    /// meanwhile. Then its category belongs to another status, and the reported one only counts as
    /// not done.
    fn category(&self, payload: &Value, to: &Label<'_>, now: Option<&Label<'_>>) -> Category {
        let mut labels = std::iter::once(to).chain(now);
        if let Some(category) = labels.clone().find_map(|label| label.find(&self.statuses)) {
            return *category;
        }
        let waits = |name: &str| name.trim().eq_ignore_ascii_case("waiting for customer");
        if labels.any(|label| label.name.is_some_and(waits)) {
            return Category::WaitingForCustomer;
        }
        if now.is_none() {
            return Category::InProgress;
        }
        let category = &payload["issue"]["fields"]["status"]["statusCategory"];
        // The numbers are the same on every site.
        match (
            category["key"].as_str(),
            label::id(&category["id"]).as_deref(),
        ) {
            (Some("new"), _) | (None, Some("2")) => Category::New,
            (Some("done"), _) | (None, Some("3")) => Category::Done,
            (Some(_) | None, _) => Category::InProgress,
        }
    }
}

/// One side of a change.
fn side<'v>(change: &'v Value, id: &str, name: &str) -> Label<'v> {
    Label {
        id: change.get(id).and_then(label::id),
        name: change[name].as_str().filter(|name| !name.trim().is_empty()),
    }
}
