//! `infra/template.yaml` as plain values, without the tags that CloudFormation gives short forms.
//!
//! The local bundle has a reader of its own, which takes from the template what it runs. This one
//! resolves nothing: `!GetAtt Key.Arn` becomes `{"Fn::GetAtt": "Key.Arn"}`.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::{Map, Value, json};
use serde_norway::Value as Yaml;

use crate::repository::{self, root};
use crate::tools;

/// The template.
#[derive(Debug)]
pub struct Template {
    whole: Value,
}

impl Template {
    /// Reads the template.
    ///
    /// # Panics
    /// If it is no YAML.
    #[must_use]
    pub fn read() -> Self {
        let text = repository::text("infra/template.yaml");
        let mut yaml: Yaml = serde_norway::from_str(&text).expect("the template is YAML");
        yaml.apply_merge().expect("only mappings are merged");
        Self { whole: plain(yaml) }
    }

    /// The result of AWS's own translator of SAM: the template that `CloudFormation` would get.
    ///
    /// # Panics
    /// If the translator is missing (`make tools` brings it) or refuses.
    #[must_use]
    pub fn translated() -> Self {
        let output = Command::new(tools::python())
            .arg(root().join("tests/template/translate.py"))
            .arg(root().join("infra/template.yaml"))
            .output()
            .expect("the translator starts");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{errors}");
        let whole = serde_json::from_slice(&output.stdout).expect("it prints JSON");
        Self {
            whole: short(whole),
        }
    }

    /// A part of it, by JSON Pointer; null where there is none.
    #[must_use]
    pub fn at(&self, pointer: &str) -> &Value {
        self.whole.pointer(pointer).unwrap_or(&Value::Null)
    }

    /// The whole.
    #[must_use]
    pub fn whole(&self) -> &Value {
        &self.whole
    }

    /// The resources of a type, such as `AWS::DynamoDB::Table`, by logical id.
    ///
    /// # Panics
    /// If there is none: a check over none would pass whatever the template says.
    #[must_use]
    pub fn resources(&self, kind: &str) -> BTreeMap<&str, &Value> {
        let all = self.at("/Resources").as_object();
        let found: BTreeMap<&str, &Value> = all
            .into_iter()
            .flatten()
            .filter(|(_, resource)| resource["Type"] == kind)
            .map(|(id, resource)| (id.as_str(), resource))
            .collect();
        assert!(!found.is_empty(), "the template has no {kind}");
        found
    }

    /// The functions by the name of their folder.
    ///
    /// # Panics
    /// If a function is not named `${AWS::StackName}-{folder}`.
    #[must_use]
    pub fn functions(&self) -> BTreeMap<&str, Function<'_>> {
        self.resources("AWS::Serverless::Function")
            .into_iter()
            .map(|(id, resource)| {
                let properties = &resource["Properties"];
                let name = own_name(&properties["FunctionName"]);
                (
                    name,
                    Function {
                        id,
                        resource,
                        properties,
                    },
                )
            })
            .collect()
    }
}

/// A function of the template.
#[derive(Debug, Clone, Copy)]
pub struct Function<'a> {
    /// The logical id, such as `RequestCreated`.
    pub id: &'a str,
    /// All of it.
    pub resource: &'a Value,
    /// Its properties, without those that `Globals` adds.
    pub properties: &'a Value,
}

impl<'a> Function<'a> {
    /// Its triggers of a type, such as `HttpApi`.
    pub fn events(self, kind: &str) -> impl Iterator<Item = &'a Value> {
        let events = self.properties["Events"].as_object();
        events
            .into_iter()
            .flat_map(Map::values)
            .filter(move |event| event["Type"] == kind)
            .map(|event| &event["Properties"])
    }
}

/// The name of a resource without the stack's: `journal` of `!Sub ${AWS::StackName}-journal`.
///
/// # Panics
/// If its name has another form.
#[must_use]
pub fn own_name(name: &Value) -> &str {
    name["Fn::Sub"]
        .as_str()
        .and_then(|name| name.strip_prefix("${AWS::StackName}-"))
        .unwrap_or_else(|| panic!("{name} does not carry the stack's name"))
}

/// `!GetAtt {of}`, as this module has it.
#[must_use]
pub fn attribute(of: &str) -> Value {
    json!({ "Fn::GetAtt": of })
}

/// `!Ref {to}`.
#[must_use]
pub fn reference(to: &str) -> Value {
    json!({ "Ref": to })
}

/// One value or a list of them: `CloudFormation` takes both in many places.
#[must_use]
pub fn each(value: &Value) -> Vec<&Value> {
    match value {
        Value::Null => Vec::new(),
        Value::Array(values) => values.iter().collect(),
        one => vec![one],
    }
}

/// As [`each`], for texts.
///
/// # Panics
/// If one is no text.
#[must_use]
pub fn each_text(value: &Value) -> Vec<&str> {
    each(value)
        .into_iter()
        .map(|one| one.as_str().unwrap_or_else(|| panic!("{one} is no text")))
        .collect()
}

/// `GetAtt` as this module has it: the long form gives resource and attribute apart.
fn short(value: Value) -> Value {
    match value {
        Value::Object(members) => members
            .into_iter()
            .map(|(name, value)| match value {
                Value::Array(parts) if name == "Fn::GetAtt" => {
                    (name, json!(each_text(&Value::Array(parts)).join(".")))
                }
                value => (name, short(value)),
            })
            .collect(),
        Value::Array(values) => values.into_iter().map(short).collect(),
        scalar => scalar,
    }
}

fn plain(yaml: Yaml) -> Value {
    match yaml {
        Yaml::Tagged(tagged) => {
            let tag = tagged.tag.to_string();
            let function = match tag.trim_start_matches('!') {
                short @ ("Ref" | "Condition") => short.to_owned(),
                long => format!("Fn::{long}"),
            };
            json!({ function: plain(tagged.value) })
        }
        Yaml::Sequence(values) => values.into_iter().map(plain).collect(),
        Yaml::Mapping(members) => members
            .into_iter()
            .map(|(name, value)| {
                let name = name.as_str().expect("names are texts in CloudFormation");
                (name.to_owned(), plain(value))
            })
            .collect(),
        scalar => serde_json::to_value(scalar).expect("a scalar of YAML is one of JSON"),
    }
}
