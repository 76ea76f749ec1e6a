//! Typeform's `form_response`.

use serde_json::Value;

use super::form::{Answer, FormMapping, Kind, Response};
use super::{Context, Mapped, MappingError};
use crate::function::Function;

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
    let given = response["answers"].as_array().into_iter().flatten();
    let hidden = response["hidden"].as_object().into_iter().flatten();
    let answers = given
        .filter_map(|given| answer(given, &response["definition"]))
        .chain(hidden.filter_map(|(name, value)| hidden_answer(name, value)))
        .collect();
    mapping.apply(Response {
        id,
        title: response["definition"]["title"].as_str().unwrap_or("Form"),
        submitted_at,
        answers,
        pointer: "/form_response/answers",
    })
}

/// An answer with its question, which stands in the form's definition.
fn answer(given: &Value, definition: &Value) -> Option<Answer> {
    let field = &given["field"];
    let question = definition["fields"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|question| question["id"] == field["id"]);
    let names = ["ref", "id"]
        .into_iter()
        .filter_map(|name| field[name].as_str().map(str::to_owned))
        .collect();
    let title = question.and_then(|question| question["title"].as_str());
    let kind = match (given["type"].as_str(), field["type"].as_str()) {
        (Some("email"), _) => Kind::Email,
        (_, Some("long_text")) => Kind::Long,
        _ => Kind::Other,
    };
    Some(Answer {
        names,
        title: title.unwrap_or_default().to_owned(),
        kind,
        text: text(given)?,
    })
}

/// What a hidden field brought along with the form's address.
fn hidden_answer(name: &str, value: &Value) -> Option<Answer> {
    Some(Answer {
        names: vec![name.to_owned()],
        title: name.to_owned(),
        kind: Kind::Other,
        text: value.as_str()?.to_owned(),
    })
}

/// An answer's value stands under the name of its type.
fn text(given: &Value) -> Option<String> {
    let value = &given[given["type"].as_str()?];
    Some(match value {
        Value::String(text) => text.clone(),
        Value::Bool(answer) => if *answer { "yes" } else { "no" }.to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Object(choice) => choices(choice),
        Value::Null | Value::Array(_) => return None,
    })
}

/// A choice, several, or one's own words; a payment shows its amount.
fn choices(choice: &serde_json::Map<String, Value>) -> String {
    let mut texts: Vec<&str> = Vec::new();
    texts.extend(choice.get("label").and_then(Value::as_str));
    let labels = choice.get("labels").and_then(Value::as_array);
    texts.extend(labels.into_iter().flatten().filter_map(Value::as_str));
    texts.extend(choice.get("other").and_then(Value::as_str));
    texts.extend(choice.get("amount").and_then(Value::as_str));
    texts.join(", ")
}
