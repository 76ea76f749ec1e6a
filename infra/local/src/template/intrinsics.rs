//! CloudFormation's intrinsic functions, as far as the template uses them.
//!
//! Source: "Intrinsic function reference" in the AWS CloudFormation user guide. YAML tags (`!Ref`,
//! `!Sub`, …) become their long JSON form first. Then values are resolved against parameters,
//! conditions and the resources' physical names. Unknown functions are refused by name.

mod error;
mod yaml;

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

pub use self::error::IntrinsicError;
pub use self::yaml::long_form;

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
mod tests;
