//! A form's answers, whoever sends them, as a request.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::document::put;
use super::{Mapped, MappingError, tidy};
use crate::canonical::MAX_FIELDS;

/// Which of a form's questions mean what. A question is named by its reference, id or key, or by
/// its title; case does not matter.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FormMapping {
    /// The question for the address; without it, the first answer that is an e-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The question for the person's name; without it, one titled "name", "your name" or "full name".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The question for the summary; without it, one titled "summary" or "subject", else the
    /// form's title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// The question for the description; without it, one titled "description", else the first long
    /// text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The question or hidden field for the organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization: Option<String>,
    /// The request type that the form is for; without it, the form's title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_type: Option<String>,
}

/// What an answer is, as far as it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Email,
    Long,
    Other,
}

/// One answered question.
#[derive(Debug)]
pub(super) struct Answer {
    /// Its references, ids and keys.
    pub(super) names: Vec<String>,
    /// The question as people read it.
    pub(super) title: String,
    pub(super) kind: Kind,
    pub(super) text: String,
}

impl Answer {
    fn is_called(&self, name: &str) -> bool {
        let same = |other: &str| other.trim().to_lowercase() == name.trim().to_lowercase();
        same(&self.title) || self.names.iter().any(|other| same(other))
    }
}

/// One response to a form.
#[derive(Debug)]
pub(super) struct Response<'p> {
    pub(super) id: &'p str,
    pub(super) title: &'p str,
    pub(super) submitted_at: String,
    pub(super) answers: Vec<Answer>,
    /// Where the answers stand in the payload.
    pub(super) pointer: &'static str,
}

impl FormMapping {
    pub(super) fn apply(&self, response: Response<'_>) -> Result<Mapped, MappingError> {
        let Response {
            id,
            title,
            submitted_at,
            mut answers,
            pointer,
        } = response;
        let email = take(&mut answers, self.email.as_deref(), &[], Some(Kind::Email))
            .ok_or_else(|| MappingError::missing(pointer, "an answer with an e-mail address"))?;
        let names = ["name", "your name", "full name"];
        let name = take(&mut answers, self.name.as_deref(), &names, None);
        let subjects = ["summary", "subject"];
        let summary = take(&mut answers, self.summary.as_deref(), &subjects, None);
        let descriptions = ["description"];
        let description = take(
            &mut answers,
            self.description.as_deref(),
            &descriptions,
            Some(Kind::Long),
        );
        let organization = self
            .organization
            .as_deref()
            .and_then(|wanted| take(&mut answers, Some(wanted), &[], None));

        let kind = self.request_type.as_deref().unwrap_or(title);
        let summary = summary.as_deref().unwrap_or(title);
        let mut document = json!({
            "type": "request.created",
            "timestamp": submitted_at,
            "data": {
                "request": {"key": id},
                "reporter": {"email": email.trim()},
                "channel": "form",
            },
        });
        let request = |field| ["data", "request", field];
        put(&mut document, &request("type"), tidy::line(kind, 300));
        put(&mut document, &request("summary"), tidy::line(summary, 300));
        let description = description.and_then(|text| tidy::paragraphs(&text, 32_768));
        put(&mut document, &request("description"), description);
        put(&mut document, &request("fields"), fields(answers));
        let name = name.and_then(|name| tidy::line(&name, 200));
        put(&mut document, &["data", "reporter", "name"], name);
        put(&mut document, &["data", "organization"], organization);
        Ok(Mapped::event(document))
    }
}

/// Takes out the answer that the mapping names; without a name, the first whose title is usual for
/// it; without one, the first of a kind.
fn take(
    answers: &mut Vec<Answer>,
    named: Option<&str>,
    usual: &[&str],
    kind: Option<Kind>,
) -> Option<String> {
    let position = match named {
        Some(name) => answers.iter().position(|answer| answer.is_called(name)),
        None => answers
            .iter()
            .position(|answer| usual.iter().any(|name| answer.is_called(name)))
            .or_else(|| answers.iter().position(|answer| Some(answer.kind) == kind)),
    };
    position.map(|position| answers.remove(position).text)
}

/// The other answers under their titles. A title that stands twice gets a number.
fn fields(answers: Vec<Answer>) -> Option<Value> {
    let mut fields = Map::new();
    for answer in answers.into_iter().take(MAX_FIELDS) {
        let title = if answer.title.trim().is_empty() {
            answer.names.first().cloned().unwrap_or_default()
        } else {
            answer.title
        };
        let (Some(title), Some(text)) = (
            tidy::line(&title, 58),
            tidy::paragraphs(&answer.text, 4_000),
        ) else {
            continue;
        };
        let mut name = title.clone();
        let mut number = 2;
        while fields.contains_key(&name) {
            name = format!("{title} ({number})");
            number += 1;
        }
        fields.insert(name, text.into());
    }
    (!fields.is_empty()).then_some(Value::Object(fields))
}
