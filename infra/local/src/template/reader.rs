//! The reading of one resource: a table or a function with its triggers.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use serde_json::{Map, Value, json};

use crate::template::declared::{Function, Table};
use crate::template::error::TemplateError;
use crate::template::intrinsics::Scope;
use crate::template::trigger;

/// One resource while it is read, so that every error can say which.
pub(super) struct Reader<'a> {
    pub(super) scope: &'a Scope,
    pub(super) id: &'a str,
    pub(super) stack: &'a str,
    pub(super) resource: &'a Value,
}

impl Reader<'_> {
    pub(super) fn unknown(&self, what: &str) -> TemplateError {
        TemplateError::Unknown {
            place: self.id.to_owned(),
            what: what.to_owned(),
        }
    }

    fn missing(&self, property: &str) -> TemplateError {
        TemplateError::Missing {
            place: self.id.to_owned(),
            property: property.to_owned(),
        }
    }

    pub(super) fn resolve(&self, value: &Value) -> Result<Value, TemplateError> {
        self.scope
            .resolve(value)
            .map_err(|source| TemplateError::Value {
                place: self.id.to_owned(),
                source,
            })
    }

    fn properties(&self) -> Result<Map<String, Value>, TemplateError> {
        match self
            .resource
            .get("Properties")
            .map(|all| self.resolve(all))
            .transpose()?
        {
            Some(Value::Object(fields)) => Ok(fields),
            _ => Err(self.missing("Properties")),
        }
    }

    pub(super) fn table(&self) -> Result<Table, TemplateError> {
        let properties = self.properties()?;
        let name = properties
            .get("TableName")
            .and_then(Value::as_str)
            .ok_or_else(|| self.missing("TableName"))?
            .to_owned();
        let mut definition = Map::new();
        let mut time_to_live = None;
        for (property, value) in &properties {
            match property.as_str() {
                "TableName"
                | "BillingMode"
                | "AttributeDefinitions"
                | "KeySchema"
                | "GlobalSecondaryIndexes"
                | "LocalSecondaryIndexes" => {
                    definition.insert(property.clone(), value.clone());
                }
                "StreamSpecification" => {
                    let view = value
                        .get("StreamViewType")
                        .ok_or_else(|| self.missing("StreamSpecification.StreamViewType"))?;
                    let stream = json!({"StreamEnabled": true, "StreamViewType": view});
                    definition.insert(property.clone(), stream);
                }
                "TimeToLiveSpecification" if value["Enabled"] == true => {
                    time_to_live = value["AttributeName"].as_str().map(str::to_owned);
                }
                // Matters of operation that an engine on a laptop has nothing for.
                "TimeToLiveSpecification"
                | "DeletionProtectionEnabled"
                | "PointInTimeRecoverySpecification"
                | "SSESpecification"
                | "ResourcePolicy"
                | "TableClass"
                | "Tags"
                | "ContributorInsightsSpecification"
                | "OnDemandThroughput" => {}
                other => return Err(self.unknown(other)),
            }
        }
        Ok(Table {
            id: self.id.to_owned(),
            role: self.short(&name),
            name,
            definition: Value::Object(definition),
            time_to_live,
        })
    }

    pub(super) fn function(&self, globals: Option<&Value>) -> Result<Function, TemplateError> {
        let properties = self.properties()?;
        let name = properties
            .get("FunctionName")
            .and_then(Value::as_str)
            .ok_or_else(|| self.missing("FunctionName"))?;
        let globals = globals
            .map(|all| self.resolve(all))
            .transpose()?
            .unwrap_or_default();
        let mut function = Function {
            name: self.short(name),
            environment: BTreeMap::new(),
            // Lambda's own default is three seconds.
            timeout: SignedDuration::from_secs(
                [properties.get("Timeout"), globals.get("Timeout")]
                    .into_iter()
                    .flatten()
                    .find_map(Value::as_i64)
                    .unwrap_or(3),
            ),
            routes: Vec::new(),
            streams: Vec::new(),
            schedules: Vec::new(),
            rules: Vec::new(),
            asynchronous: trigger::asynchronous(properties.get("EventInvokeConfig")),
        };
        function
            .environment
            .extend(variables(globals.get("Environment")));
        let own = properties.get("Environment");
        function.environment.extend(variables(own));
        let events = properties.get("Events").and_then(Value::as_object);
        for (event, declared) in events.into_iter().flatten() {
            self.event(event, declared, &mut function)?;
        }
        Ok(function)
    }

    fn event(
        &self,
        name: &str,
        declared: &Value,
        function: &mut Function,
    ) -> Result<(), TemplateError> {
        let place = format!("{}.{name}", self.id);
        let empty = Map::new();
        let properties = declared
            .get("Properties")
            .and_then(Value::as_object)
            .unwrap_or(&empty);
        match declared.get("Type").and_then(Value::as_str) {
            Some("HttpApi") => function.routes.push(trigger::route(&place, properties)?),
            Some("DynamoDB") => function.streams.push(trigger::stream(&place, properties)?),
            Some("Schedule" | "ScheduleV2") => {
                function
                    .schedules
                    .push(trigger::schedule(&place, properties)?);
            }
            Some("EventBridgeRule" | "CloudWatchEvent") => {
                function.rules.push(trigger::rule(&place, properties)?);
            }
            other => {
                return Err(TemplateError::Unknown {
                    place,
                    what: other.unwrap_or("an event without Type").to_owned(),
                });
            }
        }
        Ok(())
    }

    /// A physical name without the stack's.
    fn short(&self, name: &str) -> String {
        name.strip_prefix(&format!("{}-", self.stack))
            .unwrap_or(name)
            .to_owned()
    }
}

/// The variables that a function's `Environment` holds.
pub(super) fn variables(environment: Option<&Value>) -> BTreeMap<String, String> {
    let variables = environment.and_then(|environment| environment.get("Variables"));
    let variables = variables.and_then(Value::as_object);
    let text = |value: &Value| {
        let text = value.as_str().map(str::to_owned);
        text.unwrap_or_else(|| value.to_string())
    };
    let variables = variables.into_iter().flatten();
    variables
        .map(|(name, value)| (name.clone(), text(value)))
        .collect()
}
