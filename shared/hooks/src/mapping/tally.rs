//! Tally's `FORM_RESPONSE`.

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
    if payload["eventType"] != "FORM_RESPONSE" {
        return Ok(Mapped::Nothing("this Tally event is not used"));
    }
    let data = &payload["data"];
    // Older payloads have the response's id alone.
    let id = ["submissionId", "responseId"]
        .into_iter()
        .find_map(|name| data[name].as_str())
        .ok_or_else(|| MappingError::missing("/data/submissionId", "the submission's id"))?;
    let submitted_at = [&data["createdAt"], &payload["createdAt"]]
        .into_iter()
        .find_map(Value::as_str)
        .map_or_else(|| context.received_at.to_string(), str::to_owned);
    let fields = data["fields"].as_array();
    mapping.apply(Response {
        id,
        title: data["formName"].as_str().unwrap_or("Form"),
        submitted_at,
        answers: fields.into_iter().flatten().filter_map(answer).collect(),
        pointer: "/data/fields",
    })
}

fn answer(field: &Value) -> Option<Answer> {
    let kind = match field["type"].as_str() {
        Some("INPUT_EMAIL") => Kind::Email,
        Some("TEXTAREA") => Kind::Long,
        // Tally repeats every box of a list as a field of its own, true or false.
        Some("CHECKBOXES") if field["value"].is_boolean() => return None,
        _ => Kind::Other,
    };
    Some(Answer {
        names: field["key"]
            .as_str()
            .map(str::to_owned)
            .into_iter()
            .collect(),
        title: field["label"].as_str().unwrap_or_default().to_owned(),
        kind,
        text: text(&field["value"], field)?,
    })
}

fn text(value: &Value, field: &Value) -> Option<String> {
    Some(match value {
        Value::String(text) => option(text, field).to_owned(),
        Value::Bool(answer) => if *answer { "yes" } else { "no" }.to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Array(items) => {
            let texts: Vec<String> = items.iter().filter_map(|item| text(item, field)).collect();
            texts.join(", ")
        }
        // A file shows where it lies; of other objects, such as a matrix, nothing is shown.
        Value::Object(file) => file.get("url")?.as_str()?.to_owned(),
        Value::Null => return None,
    })
}

/// A choice's words: Tally sends the ids of what was chosen beside the list of what there was.
fn option<'f>(id: &'f str, field: &'f Value) -> &'f str {
    field["options"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|option| option["id"] == id)
        .and_then(|option| option["text"].as_str())
        .unwrap_or(id)
}
