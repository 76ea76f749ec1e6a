//! YAML with CloudFormation's short tags, as JSON with their long forms.

use serde_json::{Map, Value, json};
use serde_norway::Value as Yaml;

use super::error::IntrinsicError;

/// Reads YAML with CloudFormation's short tags into JSON with their long forms. Anchors and merge
/// keys (`<<`) are written out, as `sam build` does.
///
/// # Errors
///
/// If the text is not YAML or uses an unknown tag.
pub fn long_form(text: &str) -> Result<Value, IntrinsicError> {
    let unreadable = |error: serde_norway::Error| IntrinsicError::Yaml(error.to_string());
    let mut yaml: Yaml = serde_norway::from_str(text).map_err(unreadable)?;
    yaml.apply_merge().map_err(unreadable)?;
    to_json(yaml)
}

fn to_json(yaml: Yaml) -> Result<Value, IntrinsicError> {
    match yaml {
        Yaml::Null => Ok(Value::Null),
        Yaml::Bool(flag) => Ok(Value::Bool(flag)),
        Yaml::Number(number) => {
            serde_json::to_value(&number).map_err(|error| IntrinsicError::Yaml(error.to_string()))
        }
        Yaml::String(text) => Ok(Value::String(text)),
        Yaml::Sequence(items) => items.into_iter().map(to_json).collect(),
        Yaml::Mapping(entries) => entries
            .into_iter()
            .map(|(key, value)| match key {
                Yaml::String(key) => Ok((key, to_json(value)?)),
                other => Err(IntrinsicError::Yaml(format!(
                    "a key is not text: {other:?}"
                ))),
            })
            .collect::<Result<Map<_, _>, _>>()
            .map(Value::Object),
        Yaml::Tagged(tagged) => {
            let tag = tagged.tag.to_string();
            let argument = to_json(tagged.value)?;
            let name = tag.trim_start_matches('!');
            match name {
                "Ref" | "Condition" => Ok(json!({ name: argument })),
                "GetAtt" => Ok(json!({ "Fn::GetAtt": path_of(argument)? })),
                "Sub" | "If" | "Join" | "Select" | "Split" | "Equals" | "Not" | "And" | "Or" => {
                    Ok(json!({ format!("Fn::{name}"): argument }))
                }
                _ => Err(IntrinsicError::Function(tag)),
            }
        }
    }
}

/// `!GetAtt A.B` and `!GetAtt [A, B]` are the same.
fn path_of(argument: Value) -> Result<Value, IntrinsicError> {
    match argument {
        Value::String(path) => match path.split_once('.') {
            Some((resource, attribute)) => Ok(json!([resource, attribute])),
            None => Err(IntrinsicError::Arguments("Fn::GetAtt".to_owned())),
        },
        other => Ok(other),
    }
}
