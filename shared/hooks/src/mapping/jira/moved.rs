//! An issue that got another key: it was moved to another project, or back.
//!
//! Cloud and Data Center tell of it alike, in a `jira:issue_updated` under the new key whose changelog
//! names both.

use domain::id::DeskId;
use serde_json::{Value, json};

use super::{JiraMapping, label};
use crate::mapping::{Context, Mapped, MappingError, document::put};

/// The keys that an issue had and has.
#[derive(Debug, Clone, Copy)]
pub(super) struct Keys<'v> {
    from: &'v str,
    to: &'v str,
}

/// The desk that has an issue here.
enum Served<'s> {
    /// A desk; without a name the source's own.
    By(Option<&'s DeskId>),
    /// None.
    Not,
}

/// The change of key among those of the issue, if there is one.
pub(super) fn change(payload: &Value) -> Option<Keys<'_>> {
    let changes = payload.pointer("/changelog/items")?.as_array()?;
    let change = changes.iter().rfind(|item| {
        let field = item["field"].as_str().unwrap_or_default();
        field.eq_ignore_ascii_case("key") && item["fieldtype"] != "custom"
    })?;
    let side = |name: &str| Some(change[name].as_str()?.trim()).filter(|key| !key.is_empty());
    let (from, to) = (side("fromString")?, side("toString")?);
    (from != to).then_some(Keys { from, to })
}

impl JiraMapping {
    /// Tells whether a desk here has the project of an issue.
    pub(in crate::mapping) fn serves(&self, key: &str) -> bool {
        match self.served(key) {
            Served::By(_) => true,
            Served::Not => false,
        }
    }

    fn served(&self, key: &str) -> Served<'_> {
        if self.projects.is_empty() {
            return Served::By(None);
        }
        let project = key.rsplit_once('-').map_or(key, |(project, _)| project);
        match label::named(&self.projects, project) {
            Some(desk) => Served::By(Some(desk)),
            None => Served::Not,
        }
    }

    /// An issue as events name it.
    pub(super) fn named(&self, key: &str) -> Value {
        let mut named = json!({"key": key});
        if let Served::By(desk) = self.served(key) {
            put(&mut named, &["desk"], desk.map(DeskId::as_str));
        }
        named
    }

    /// A move, with what else its delivery says. All of it is about the issue under the key that it
    /// had, or under its new one where it comes from a project that no desk here has.
    pub(super) fn moved(
        &self,
        keys: Keys<'_>,
        payload: &Value,
        context: &Context<'_>,
    ) -> Result<Mapped, MappingError> {
        let (was, is) = (self.serves(keys.from), self.serves(keys.to));
        let request = self.named(if was { keys.from } else { keys.to });
        let mut documents = Vec::from_iter(self.comment_within(payload, context)?);
        let mut moved = self.base("request.moved", payload, context)?;
        moved["data"]["to"] = if is {
            self.named(keys.to)
        } else {
            json!({"key": keys.to, "elsewhere": true})
        };
        documents.push(moved);
        let change = super::status::change(payload);
        if is && (change.is_some() || !was) {
            documents.push(self.transitioned(payload, context, change)?);
        }
        if !was && !is {
            return Ok(Mapped::Nothing(super::NOT_SERVED));
        }
        for document in &mut documents {
            document["data"]["request"] = request.clone();
        }
        Ok(Mapped::events(documents))
    }
}
