//! A form's answers as a request, for every form provider.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::document::put;
use super::{Mapped, MappingError, tidy};
use crate::canonical::MAX_FIELDS;

mod answer;
mod name;

pub(super) use answer::{Answer, Kind, Part};
pub use name::Questions;

use answer::{named, take};

/// The largest number of characters in one field of a request.
const MAX_FIELD: usize = 4_000;
/// The part of a question's title that names a field. It leaves room for a number behind it.
const MAX_TITLE: usize = 58;
/// The largest number of characters in a summary.
const MAX_SUMMARY: usize = 300;

/// The meaning of a form's questions. A question is named by its reference, id or key, or by its
/// title; case does not matter.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FormMapping {
    /// The question for the address; without it, the first answer that is an e-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The question, or questions, for the person's name; without it, those that ask for a name, or
    /// for a first and a last name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Questions>,
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
    /// The request type of the form; without it, the form's title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_type: Option<String>,
}

/// One response to a form.
#[derive(Debug)]
pub(super) struct Response<'p> {
    pub(super) id: &'p str,
    pub(super) title: &'p str,
    pub(super) submitted_at: String,
    pub(super) answers: Vec<Answer>,
    /// The place of the answers in the payload.
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
        let name = name::take(&mut answers, self.name.as_ref());
        let subjects = ["summary", "subject", "betreff", "zusammenfassung"];
        let summary = take(&mut answers, self.summary.as_deref(), &subjects, None);
        let description = take(
            &mut answers,
            self.description.as_deref(),
            &["description", "beschreibung"],
            Some(Kind::Long),
        );
        let organization = self
            .organization
            .as_deref()
            .and_then(|wanted| named(&mut answers, wanted));

        let title = tidy::line(title, MAX_SUMMARY).unwrap_or_else(|| "Form".to_owned());
        let kind = self.request_type.as_deref().unwrap_or(&title);
        let line = summary
            .as_ref()
            .and_then(|answer| tidy::line(&answer.text, MAX_SUMMARY));
        // A summary too long for its field is kept whole among the other answers.
        answers.extend(summary.filter(|answer| answer.text.chars().count() > MAX_SUMMARY));
        let mut document = json!({
            "type": "request.created",
            "timestamp": submitted_at,
            "data": {
                "request": {"key": id},
                "reporter": {"email": email.text.trim()},
                "channel": "form",
            },
        });
        let request = |field| ["data", "request", field];
        put(&mut document, &request("type"), tidy::line(kind, 300));
        put(
            &mut document,
            &request("summary"),
            Some(line.unwrap_or(title)),
        );
        let description = description.and_then(|answer| tidy::paragraphs(&answer.text, 32_768));
        put(&mut document, &request("description"), description);
        put(&mut document, &request("fields"), fields(answers));
        let name = name.and_then(|name| tidy::line(&name, 200));
        put(&mut document, &["data", "reporter", "name"], name);
        let organization = organization.map(|answer| answer.text);
        put(&mut document, &["data", "organization"], organization);
        Ok(Mapped::event(document))
    }
}

/// The other answers under their titles. A repeated title gets a number, and so does the rest of an
/// answer that is longer than a field.
fn fields(answers: Vec<Answer>) -> Option<Value> {
    let mut named: Vec<(String, String)> = answers
        .into_iter()
        .flat_map(|answer| {
            let title = heading(&answer);
            let pieces = pieces(&answer.text);
            pieces.into_iter().map(move |piece| (title.clone(), piece))
        })
        .collect();
    if named.len() > MAX_FIELDS {
        let rest = named.split_off(MAX_FIELDS - 1);
        let lines: Vec<String> = rest
            .into_iter()
            .map(|(title, text)| format!("{title}: {text}"))
            .collect();
        let rest = tidy::paragraphs(&lines.join("\n"), MAX_FIELD);
        named.extend(rest.map(|rest| ("More answers".to_owned(), rest)));
    }
    let mut fields = Map::new();
    for (title, text) in named {
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

/// The question in a few words: its title, else its reference.
fn heading(answer: &Answer) -> String {
    let line = |text: &str| tidy::line(text, MAX_TITLE);
    line(&answer.title)
        .or_else(|| answer.names.iter().find_map(|name| line(name)))
        .unwrap_or_else(|| "Answer".to_owned())
}

/// A text in pieces of the size of a field.
fn pieces(text: &str) -> Vec<String> {
    let text: Vec<char> = tidy::paragraphs(text, usize::MAX)
        .unwrap_or_default()
        .chars()
        .collect();
    text.chunks(MAX_FIELD)
        .filter_map(|piece| tidy::paragraphs(&piece.iter().collect::<String>(), MAX_FIELD))
        .collect()
}
