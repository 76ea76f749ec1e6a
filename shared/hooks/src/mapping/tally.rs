//! Tally's `FORM_RESPONSE`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::form::{Answer, FormMapping, Kind, Response};
use super::{Context, Mapped, MappingError, say};
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
    // Older payloads have only the response's id.
    let id = ["submissionId", "responseId"]
        .into_iter()
        .find_map(|name| data[name].as_str())
        .ok_or_else(|| MappingError::missing("/data/submissionId", "the submission's id"))?;
    let submitted_at = [&data["createdAt"], &payload["createdAt"]]
        .into_iter()
        .find_map(Value::as_str)
        .map_or_else(|| context.received_at.to_string(), str::to_owned);
    let fields = || data["fields"].as_array().into_iter().flatten();
    let told: BTreeMap<String, bool> = fields().flat_map(boxes).collect();
    let repeats = |field: &Value| {
        let told = field["key"].as_str().and_then(|key| told.get(key));
        told.is_some() && told.copied() == field["value"].as_bool()
    };
    let answers = fields()
        .filter(|field| !repeats(field))
        .filter_map(answer)
        .collect();
    mapping.apply(Response {
        id,
        title: data["formName"].as_str().unwrap_or_default(),
        submitted_at,
        answers,
        pointer: "/data/fields",
    })
}

/// The keys of the fields that repeat this one, with their values: Tally repeats every checkbox of
/// a list as a field of its own, true or false.
fn boxes(field: &Value) -> Vec<(String, bool)> {
    let (Some(key), Some(options)) = (field["key"].as_str(), field["options"].as_array()) else {
        return Vec::new();
    };
    let chosen = field["value"].as_array().into_iter().flatten();
    let chosen: BTreeSet<&str> = chosen.filter_map(Value::as_str).collect();
    let ids = options.iter().filter_map(|option| option["id"].as_str());
    ids.map(|id| (format!("{key}_{id}"), chosen.contains(id)))
        .collect()
}

fn answer(field: &Value) -> Option<Answer> {
    let kind = match field["type"].as_str() {
        Some("INPUT_EMAIL") => Kind::Email,
        Some("TEXTAREA") => Kind::Long,
        _ => Kind::Other,
    };
    Some(Answer {
        names: field["key"]
            .as_str()
            .map(str::to_owned)
            .into_iter()
            .collect(),
        title: field["label"].as_str().unwrap_or_default().to_owned(),
        group: None,
        kind,
        part: None,
        text: text(field)?,
    })
}

/// The answer in the form's own words. Tally sends the ids of the chosen options beside a list of
/// all options.
fn text(field: &Value) -> Option<String> {
    let value = &field["value"];
    if let (Some(rows), Value::Object(chosen)) = (field["rows"].as_array(), value) {
        let columns = words(&field["columns"]);
        let names = words(&field["rows"]);
        // In the order of the form's rows, followed by answers outside any row.
        let ids = rows.iter().filter_map(|row| row["id"].as_str());
        let others = chosen
            .keys()
            .map(String::as_str)
            .filter(|id| !names.contains_key(id));
        let lines: Vec<String> = ids
            .chain(others)
            .filter_map(|id| {
                let said = say::readable(&in_words(chosen.get(id)?, &columns))?;
                Some(format!("{}: {said}", names.get(id).unwrap_or(&id)))
            })
            .collect();
        return (!lines.is_empty()).then(|| lines.join("\n"));
    }
    say::readable(&in_words(value, &words(&field["options"])))
}

/// The words of a list's entries by their ids.
fn words(list: &Value) -> BTreeMap<&str, &str> {
    let entries = list.as_array().into_iter().flatten();
    entries
        .filter_map(|entry| Some((entry["id"].as_str()?, entry["text"].as_str()?)))
        .collect()
}

/// A value with words in place of ids, and for a file its name and address.
fn in_words(value: &Value, words: &BTreeMap<&str, &str>) -> Value {
    match value {
        Value::String(text) => json!(words.get(text.as_str()).unwrap_or(&text.as_str())),
        Value::Array(items) => items.iter().map(|item| in_words(item, words)).collect(),
        Value::Object(file) => match (&value["name"], &value["url"]) {
            (Value::String(name), Value::String(url)) => json!(format!("{name} ({url})")),
            (_, Value::String(url)) => json!(url),
            _ => {
                let members = file.iter();
                members
                    .map(|(name, value)| (name.clone(), in_words(value, words)))
                    .collect()
            }
        },
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    }
}
