//! Typeform's `form_response`.

mod question;

use serde_json::{Map, Value};

use super::form::{Answer, FormMapping, Kind, Response};
use super::{Context, Mapped, MappingError, say};
use crate::function::Function;
use question::Definition;

pub(super) fn apply(
    mapping: &FormMapping,
    payload: &Value,
    context: &Context<'_>,
) -> Result<Mapped, MappingError> {
    if context.function != Function::RequestCreated {
        return Err(MappingError::WrongFunction);
    }
    if payload["event_type"] != "form_response" {
        return Ok(Mapped::Nothing("this Typeform event is not used"));
    }
    let response = &payload["form_response"];
    let id = response["token"]
        .as_str()
        .ok_or_else(|| MappingError::missing("/form_response/token", "the response's token"))?;
    let submitted_at = response["submitted_at"]
        .as_str()
        .map_or_else(|| context.received_at.to_string(), str::to_owned);
    let definition = Definition::new(&response["definition"]["fields"]);
    let given = response["answers"].as_array().into_iter().flatten();
    let answers = given
        .filter_map(|given| answer(given, &definition))
        .chain(unasked(response))
        .collect();
    mapping.apply(Response {
        id,
        title: response["definition"]["title"].as_str().unwrap_or_default(),
        submitted_at,
        answers,
        pointer: "/form_response/answers",
    })
}

/// An answer with its question from the form's definition.
fn answer(given: &Value, definition: &Definition<'_>) -> Option<Answer> {
    let field = &given["field"];
    let question = definition.question(field);
    let names = ["ref", "id"]
        .into_iter()
        .filter_map(|name| field[name].as_str().map(str::to_owned))
        .collect();
    let kind = match (given["type"].as_str(), field["type"].as_str()) {
        (Some("email"), _) => Kind::Email,
        (_, Some("long_text")) => Kind::Long,
        _ => Kind::Other,
    };
    Some(Answer {
        names,
        title: question
            .map(|question| question.title())
            .unwrap_or_default(),
        group: question.and_then(|question| question.group().map(str::to_owned)),
        kind,
        part: question.and_then(|question| question.part()),
        text: text(given)?,
    })
}

/// Values that nobody was asked for: hidden fields from the form's address, and values that the
/// form calculated from the answers.
fn unasked(response: &Value) -> impl Iterator<Item = Answer> {
    let hidden = response["hidden"].as_object().into_iter().flatten();
    let hidden = hidden.filter_map(|(name, value)| named(name, value));
    let variables = response["variables"].as_array();
    let reckoned = variables.into_iter().flatten().filter_map(|variable| {
        let value = variable["type"]
            .as_str()
            .map_or(&Value::Null, |kind| &variable[kind]);
        named(variable["key"].as_str().unwrap_or_default(), value)
    });
    let score = &response["calculated"]["score"];
    let score = variables.is_none().then(|| named("score", score)).flatten();
    let outcome = named("outcome", &response["outcome"]["title"]);
    hidden.chain(reckoned).chain(score).chain(outcome)
}

fn named(name: &str, value: &Value) -> Option<Answer> {
    Some(Answer {
        names: vec![name.to_owned()],
        title: name.to_owned(),
        group: None,
        kind: Kind::Other,
        part: None,
        text: say::readable(value)?,
    })
}

/// The text of an answer. Its value has the name of its type; for a type that is unknown here, any
/// other value counts.
fn text(given: &Value) -> Option<String> {
    let value = given["type"].as_str().and_then(|kind| given.get(kind));
    let said = value.and_then(|value| match value {
        Value::Object(choice) => choices(choice).or_else(|| say::readable(value)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            say::readable(value)
        }
    });
    said.or_else(|| match given {
        Value::Object(members) => {
            let rest = members
                .iter()
                .filter(|(name, _)| !matches!(name.as_str(), "type" | "field"));
            let rest: Map<_, _> = rest
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect();
            say::readable(&Value::Object(rest))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            say::readable(given)
        }
    })
}

/// One choice, several, or the person's own words. Several keep their order, which may be a
/// ranking.
fn choices(choice: &Map<String, Value>) -> Option<String> {
    let mut texts: Vec<String> = Vec::new();
    texts.extend(choice.get("label").and_then(say::readable));
    texts.extend(choice.get("labels").and_then(say::readable));
    texts.extend(choice.get("other").and_then(say::readable));
    (!texts.is_empty()).then(|| texts.join(", "))
}
