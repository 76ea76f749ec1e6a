//! A comment, by itself or within a change of the issue.

use serde_json::{Value, json};

use super::people::{Kind, Person};
use super::{JiraMapping, at, instant, label};
use crate::mapping::document::put;
use crate::mapping::{Context, MappingError, markup, tidy};

impl JiraMapping {
    /// The comment of a payload; `None` for one without text.
    pub(super) fn commented(
        &self,
        payload: &Value,
        context: &Context<'_>,
    ) -> Result<Option<Value>, MappingError> {
        let comment = &payload["comment"];
        let body = markup::text(&comment["body"], payload)
            .and_then(|text| tidy::paragraphs(&text, 32_768));
        let Some(body) = body else {
            return Ok(None);
        };
        let id = label::id(&comment["id"])
            .ok_or_else(|| MappingError::missing("/comment/id", "the comment's id"))?;
        let author = Person::of(&comment["author"]);
        let customer =
            author.is_some_and(|author| self.wrote_as_customer(author, payload, context));
        let (role, nobody) = if customer {
            ("customer", "The requester")
        } else {
            ("agent", "The service desk")
        };
        let name = author.and_then(Person::display_name);
        let mut document = self.base("request.commented", payload, context)?;
        document["timestamp"] = said_at(payload, context).to_string().into();
        document["data"]["comment"] = json!({
            "id": id,
            "author": {
                "name": name.unwrap_or_else(|| nobody.to_owned()),
                "role": role,
            },
            "body": body,
            "public": is_public(comment),
        });
        let email = author.and_then(|author| author.email(context));
        put(
            &mut document,
            &["data", "comment", "author", "email"],
            email.map(String::from),
        );
        Ok(Some(document))
    }

    /// Tells whether an author is a customer: by kind, as the reporter where reporters are
    /// customers, or by the address of the customer.
    fn wrote_as_customer(
        &self,
        author: Person<'_>,
        payload: &Value,
        context: &Context<'_>,
    ) -> bool {
        let reporter = Person::at(payload, "/issue/fields/reporter");
        let email = author.email(context);
        match author.kind() {
            Kind::Customer => true,
            Kind::Nobody => false,
            Kind::Colleague | Kind::Unsaid => {
                (self.takes_reporters() && author.is(reporter))
                    || (email.is_some() && email == self.mapped_email(payload, context))
            }
        }
    }
}

/// Tells whether customers may read the comment. Only a plain yes makes it public: a missing mark
/// keeps it inside, and so does a restriction to a role or group, even beside a mark that says
/// otherwise. Data Center has the mark in a property, if the payload brings it.
fn is_public(comment: &Value) -> bool {
    let marked = match &comment["jsdPublic"] {
        Value::Bool(public) => *public,
        Value::Null => property(comment).is_some_and(|mark| mark["internal"] == false),
        Value::Number(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => false,
    };
    marked && comment["visibility"].is_null()
}

fn property(comment: &Value) -> Option<&Value> {
    let properties = comment["properties"].as_array()?;
    let mut marks = properties
        .iter()
        .filter(|property| property["key"] == "sd.public.comment");
    let first = marks.next()?;
    // Two marks contradict or repeat each other; neither case is a plain yes.
    marks.next().is_none().then_some(&first["value"])
}

/// The time of the comment, which two deliveries of it have in common, unlike the time of the
/// delivery. An edited comment counts as a new one.
fn said_at(payload: &Value, context: &Context<'_>) -> domain::Timestamp {
    let comment = &payload["comment"];
    let stamp = if is_edited(payload) {
        "updated"
    } else {
        "created"
    };
    comment[stamp]
        .as_str()
        .and_then(instant)
        .unwrap_or_else(|| at(payload, context))
}

fn is_edited(payload: &Value) -> bool {
    payload["webhookEvent"] == "comment_updated"
        || payload["issue_event_type_name"] == "issue_comment_edited"
}
