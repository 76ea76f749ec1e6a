//! CloudFormation's intrinsic functions, as far as the template uses them.
//!
//! Source: "Intrinsic function reference" in the AWS CloudFormation user guide. YAML tags (`!Ref`,
//! `!Sub`, …) become their long JSON form first. Then values are resolved against parameters,
//! conditions and the resources' physical names. Unknown functions are refused by name.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use serde_norway::Value as Yaml;

/// The reason why a value of the template cannot be resolved here.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum IntrinsicError {
    /// The template is not YAML, or not YAML that has a JSON form.
    #[error("the template is not readable as YAML: {0}")]
    Yaml(String),
    /// A tag or function that this bundle does not know.
    #[error("the function `{0}` is not known here")]
    Function(String),
    /// A function with arguments of another shape than documented.
    #[error("the function `{0}` has arguments of an unexpected shape")]
    Arguments(String),
    /// A parameter without a default for which the bundle has no value.
    #[error("the parameter `{0}` has no default and no local value")]
    Parameter(String),
    /// A name that is neither parameter, resource nor pseudo parameter.
    #[error("`{0}` is referred to, but is neither a parameter nor a resource")]
    Unknown(String),
    /// A condition that the template does not declare.
    #[error("the condition `{0}` is not declared")]
    Condition(String),
}

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

/// The meaning of names in one stack.
#[derive(Debug, Clone)]
pub struct Scope {
    stack: String,
    /// Declared parameters; `None` for one without default or local value.
    parameters: BTreeMap<String, Option<Value>>,
    conditions: Map<String, Value>,
    /// Logical ids to the physical names that `Ref` gives.
    resources: BTreeMap<String, Value>,
}

/// Properties that hold a resource's physical name, which `Ref` gives.
const NAMES: [&str; 8] = [
    "TableName",
    "FunctionName",
    "QueueName",
    "LogGroupName",
    "Name",
    "TopicName",
    "DomainName",
    "AliasName",
];

impl Scope {
    /// The scope of a template in its long form, for a stack of the given name. `local` gives
    /// parameters their values where the defaults do not fit.
    ///
    /// # Errors
    ///
    /// If a resource's name cannot be resolved.
    pub fn of(
        template: &Value,
        stack: &str,
        local: &BTreeMap<String, Value>,
    ) -> Result<Self, IntrinsicError> {
        let section = |name: &str| template.get(name).and_then(Value::as_object);
        let mut parameters = BTreeMap::new();
        for (name, declared) in section("Parameters").into_iter().flatten() {
            let value = local.get(name).or_else(|| declared.get("Default"));
            parameters.insert(name.clone(), value.cloned());
        }
        let mut scope = Self {
            stack: stack.to_owned(),
            parameters,
            conditions: section("Conditions").cloned().unwrap_or_default(),
            resources: BTreeMap::new(),
        };
        for (id, resource) in section("Resources").into_iter().flatten() {
            let named = NAMES
                .iter()
                .find_map(|name| resource.get("Properties")?.get(name));
            let physical = match named {
                Some(name) => scope.resolve(name)?,
                None => Value::String(format!("{stack}-{id}")),
            };
            scope.resources.insert(id.clone(), physical);
        }
        Ok(scope)
    }

    /// A value with all its functions resolved. A property that resolves to `AWS::NoValue` is
    /// dropped, as in CloudFormation.
    ///
    /// # Errors
    ///
    /// If it uses an unknown function, parameter, resource or condition.
    pub fn resolve(&self, value: &Value) -> Result<Value, IntrinsicError> {
        match value {
            Value::Object(fields) => match function_of(fields) {
                Some((name, argument)) => self.call(name, argument),
                None => self.resolve_fields(fields),
            },
            Value::Array(items) => {
                let mut resolved = Vec::with_capacity(items.len());
                for item in items.iter().filter(|item| !is_no_value(item)) {
                    resolved.push(self.resolve(item)?);
                }
                Ok(Value::Array(resolved))
            }
            _ => Ok(value.clone()),
        }
    }

    fn resolve_fields(&self, fields: &Map<String, Value>) -> Result<Value, IntrinsicError> {
        let mut resolved = Map::new();
        for (name, value) in fields.iter().filter(|(_, value)| !is_no_value(value)) {
            resolved.insert(name.clone(), self.resolve(value)?);
        }
        Ok(Value::Object(resolved))
    }

    /// A resolved value as text: numbers and booleans as CloudFormation writes them.
    ///
    /// # Errors
    ///
    /// As [`Scope::resolve`], and if the value is an object or an array.
    pub fn text(&self, value: &Value) -> Result<String, IntrinsicError> {
        scalar(&self.resolve(value)?)
    }

    fn call(&self, name: &str, argument: &Value) -> Result<Value, IntrinsicError> {
        let arguments = argument.as_array().map_or(&[][..], Vec::as_slice);
        match (name, arguments) {
            ("Ref", _) => self.reference(argument.as_str().unwrap_or_default()),
            ("Fn::GetAtt", [resource, attribute]) => {
                let resource = resource.as_str().unwrap_or_default();
                let attribute = scalar(attribute)?;
                self.attribute(resource, &attribute)
            }
            ("Fn::Sub", []) => self.substitute(&scalar(argument)?, &Map::new()),
            ("Fn::Sub", [text, Value::Object(names)]) => self.substitute(&scalar(text)?, names),
            ("Fn::If", [condition, yes, no]) => {
                let condition = condition.as_str().unwrap_or_default();
                self.resolve(if self.condition(condition)? { yes } else { no })
            }
            ("Fn::Join", [separator, parts]) => {
                let parts = self.resolve(parts)?;
                let parts = parts.as_array().map_or(&[][..], Vec::as_slice);
                let parts: Vec<_> = parts.iter().map(scalar).collect::<Result<_, _>>()?;
                Ok(Value::String(parts.join(&scalar(separator)?)))
            }
            ("Fn::Split", [separator, text]) => {
                let text = self.text(text)?;
                Ok(text.split(&scalar(separator)?).map(Value::from).collect())
            }
            ("Fn::Select", [index, items]) => {
                let index: usize = scalar(index)?
                    .parse()
                    .map_err(|_| IntrinsicError::Arguments(name.to_owned()))?;
                self.resolve(items)?
                    .get(index)
                    .cloned()
                    .ok_or_else(|| IntrinsicError::Arguments(name.to_owned()))
            }
            ("Fn::Equals" | "Fn::Not" | "Fn::And" | "Fn::Or" | "Condition", _) => {
                self.truth(&json!({ name: argument })).map(Value::Bool)
            }
            ("Fn::GetAtt" | "Fn::Sub" | "Fn::If" | "Fn::Join" | "Fn::Split" | "Fn::Select", _) => {
                Err(IntrinsicError::Arguments(name.to_owned()))
            }
            _ => Err(IntrinsicError::Function(name.to_owned())),
        }
    }

    fn reference(&self, name: &str) -> Result<Value, IntrinsicError> {
        let pseudo = match name {
            "AWS::StackName" => self.stack.as_str(),
            "AWS::Region" => "local",
            "AWS::AccountId" => "000000000000",
            "AWS::Partition" => "aws",
            "AWS::URLSuffix" => "amazonaws.com",
            "AWS::NoValue" => return Ok(Value::Null),
            _ => {
                return match (self.parameters.get(name), self.resources.get(name)) {
                    (Some(Some(value)), _) | (None, Some(value)) => Ok(value.clone()),
                    (Some(None), _) => Err(IntrinsicError::Parameter(name.to_owned())),
                    (None, None) => Err(IntrinsicError::Unknown(name.to_owned())),
                };
            }
        };
        Ok(Value::String(pseudo.to_owned()))
    }

    /// An attribute of a resource. Locally only tables exist, so an ARN only has to be unique and
    /// name its resource.
    fn attribute(&self, resource: &str, attribute: &str) -> Result<Value, IntrinsicError> {
        if !self.resources.contains_key(resource) {
            return Err(IntrinsicError::Unknown(resource.to_owned()));
        }
        Ok(Value::String(format!(
            "arn:aws:local::000000000000:{resource}/{attribute}"
        )))
    }

    fn substitute(&self, text: &str, names: &Map<String, Value>) -> Result<Value, IntrinsicError> {
        let mut result = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            result.push_str(before);
            let (name, tail) = after
                .split_once('}')
                .ok_or_else(|| IntrinsicError::Arguments("Fn::Sub".to_owned()))?;
            rest = tail;
            if let Some(literal) = name.strip_prefix('!') {
                result.extend(["${", literal, "}"]);
            } else if let Some(value) = names.get(name) {
                result.push_str(&self.text(value)?);
            } else if let Some((resource, attribute)) = name.split_once('.') {
                result.push_str(&scalar(&self.attribute(resource, attribute)?)?);
            } else {
                result.push_str(&scalar(&self.reference(name)?)?);
            }
        }
        result.push_str(rest);
        Ok(Value::String(result))
    }

    fn condition(&self, name: &str) -> Result<bool, IntrinsicError> {
        match self.conditions.get(name) {
            Some(declared) => self.truth(declared),
            None => Err(IntrinsicError::Condition(name.to_owned())),
        }
    }

    fn truth(&self, expression: &Value) -> Result<bool, IntrinsicError> {
        let function = expression.as_object().and_then(function_of);
        let Some((name, argument)) = function else {
            return Err(IntrinsicError::Arguments("condition".to_owned()));
        };
        let arguments = argument.as_array().map_or(&[][..], Vec::as_slice);
        match (name, arguments) {
            ("Condition", _) => self.condition(argument.as_str().unwrap_or_default()),
            // Parameters are text to CloudFormation, so `0` and `"0"` are equal.
            ("Fn::Equals", [left, right]) => Ok(self.text(left)? == self.text(right)?),
            ("Fn::Not", [inner]) => Ok(!self.truth(inner)?),
            ("Fn::And", all) => all
                .iter()
                .try_fold(true, |so_far, one| Ok(so_far & self.truth(one)?)),
            ("Fn::Or", any) => any
                .iter()
                .try_fold(false, |so_far, one| Ok(so_far | self.truth(one)?)),
            _ => Err(IntrinsicError::Function(name.to_owned())),
        }
    }
}

fn function_of(fields: &Map<String, Value>) -> Option<(&str, &Value)> {
    let mut entries = fields.iter();
    let (name, argument) = entries.next()?;
    let is_function = name == "Ref" || name.starts_with("Fn::") || name == "Condition";
    // `Condition` is also an ordinary property of a policy's statement, where its value is an
    // object.
    let is_property = name == "Condition" && !argument.is_string();
    (is_function && !is_property && entries.next().is_none()).then_some((name.as_str(), argument))
}

fn is_no_value(value: &Value) -> bool {
    value.get("Ref").and_then(Value::as_str) == Some("AWS::NoValue")
}

fn scalar(value: &Value) -> Result<String, IntrinsicError> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        Value::Bool(flag) => Ok(flag.to_string()),
        Value::Null => Ok(String::new()),
        Value::Array(_) | Value::Object(_) => Err(IntrinsicError::Arguments("text".to_owned())),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

    use super::*;

    const TEMPLATE: &str = r#"
Parameters:
  Domain: { Type: String, Default: "" }
  Previous: { Type: Number, Default: 0 }
  Needed: { Type: String }
Conditions:
  HasDomain: !Not [!Equals [!Ref Domain, ""]]
  Rotating: !Not [!Equals [!Ref Previous, "0"]]
  Both: !And [!Condition HasDomain, !Condition Rotating]
Resources:
  Table: { Type: T, Properties: { TableName: !Sub "${AWS::StackName}-directory" } }
  Key: { Type: K }
"#;

    fn scope(local: &[(&str, &str)]) -> Scope {
        let local = local
            .iter()
            .map(|(name, value)| ((*name).to_owned(), json!(value)))
            .collect();
        Scope::of(&long_form(TEMPLATE).unwrap(), "lanyard", &local).unwrap()
    }

    fn text(scope: &Scope, yaml: &str) -> Result<String, IntrinsicError> {
        scope.text(&long_form(yaml)?)
    }

    #[test]
    fn anchors_and_merge_keys_are_written_out() {
        let yaml = "{a: &first {x: !Ref Key, y: [1]}, b: {<<: *first, y: [2]}, c: [*first]}";
        let first = json!({"x": {"Ref": "Key"}, "y": [1]});
        assert_eq!(
            long_form(yaml).unwrap(),
            json!({"a": first, "b": {"x": {"Ref": "Key"}, "y": [2]}, "c": [first]})
        );
    }

    #[test]
    fn references_give_names_parameters_and_pseudo_parameters() {
        let scope = scope(&[("Needed", "yes")]);
        assert_eq!(text(&scope, "!Ref Table").unwrap(), "lanyard-directory");
        assert_eq!(text(&scope, "!Ref Key").unwrap(), "lanyard-Key");
        assert_eq!(text(&scope, "!Ref Needed").unwrap(), "yes");
        assert_eq!(text(&scope, "!Ref AWS::StackName").unwrap(), "lanyard");
        assert_eq!(
            text(&scope, "!GetAtt Table.StreamArn").unwrap(),
            "arn:aws:local::000000000000:Table/StreamArn"
        );
    }

    #[test]
    fn substitution_knows_names_attributes_maps_and_literals() {
        let scope = scope(&[]);
        let yaml = r#"!Sub ["${Table}/${Table.Arn}/${x}/${!kept}/${Previous}", { x: !Ref Key }]"#;
        assert_eq!(
            text(&scope, yaml).unwrap(),
            "lanyard-directory/arn:aws:local::000000000000:Table/Arn/lanyard-Key/${kept}/0"
        );
    }

    #[test]
    fn conditions_follow_the_parameters() {
        let yaml = r#"!If [HasDomain, !Sub "https://${Domain}", none]"#;
        assert_eq!(text(&scope(&[]), yaml).unwrap(), "none");
        assert_eq!(
            text(&scope(&[("Domain", "desk.example")]), yaml).unwrap(),
            "https://desk.example"
        );
        assert_eq!(text(&scope(&[]), "!If [Rotating, a, b]").unwrap(), "b");
        assert_eq!(
            text(&scope(&[("Previous", "1")]), "!If [Both, a, b]").unwrap(),
            "b"
        );
    }

    #[test]
    fn lists_are_joined_split_and_selected_from() {
        let scope = scope(&[]);
        assert_eq!(
            text(&scope, "!Join [\"-\", [a, !Ref Table]]").unwrap(),
            "a-lanyard-directory"
        );
        assert_eq!(
            text(&scope, "!Select [1, !Split [\"-\", !Ref Table]]").unwrap(),
            "directory"
        );
    }

    #[test]
    fn what_has_no_value_is_left_out() {
        let resolved = scope(&[])
            .resolve(&long_form("{a: 1, b: !Ref AWS::NoValue}").unwrap())
            .unwrap();
        assert_eq!(resolved, json!({"a": 1}));
    }

    #[test]
    fn what_is_not_known_is_refused_by_name() {
        let scope = scope(&[]);
        let refused = |yaml| text(&scope, yaml).unwrap_err();
        assert_eq!(
            refused("!Ref Nothing"),
            IntrinsicError::Unknown("Nothing".to_owned())
        );
        assert_eq!(
            refused("!GetAtt Nothing.Arn"),
            IntrinsicError::Unknown("Nothing".to_owned())
        );
        assert_eq!(
            refused("!If [No, a, b]"),
            IntrinsicError::Condition("No".to_owned())
        );
        assert_eq!(
            refused("!ImportValue a"),
            IntrinsicError::Function("!ImportValue".to_owned())
        );
        assert_eq!(
            refused("{Fn::Cidr: [a]}"),
            IntrinsicError::Function("Fn::Cidr".to_owned())
        );
    }

    #[test]
    fn a_parameter_without_any_value_is_named() {
        assert_eq!(
            text(&scope(&[]), "!Ref Needed").unwrap_err(),
            IntrinsicError::Parameter("Needed".to_owned())
        );
    }
}
