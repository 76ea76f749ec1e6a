//! What the template declares: tables, functions, and what triggers them.
//!
//! `infra/template.yaml` is the single place where these are written, and this module is the only
//! reader of it here: what it does not declare does not exist locally. Whatever concerns AWS alone
//! (roles, keys, alarms, log groups) is passed over; a trigger or table that cannot be read is an
//! error by name, never skipped.

pub mod intrinsics;
pub mod trigger;

use std::collections::BTreeMap;

use jiff::SignedDuration;
use serde_json::{Map, Value, json};

use crate::lambda::filter::{Pattern, PatternError};
use crate::template::intrinsics::{IntrinsicError, Scope, long_form};
use crate::template::trigger::{Asynchronous, Schedule, StreamTrigger};

/// The template as it is deployed, so that the bundle runs from any directory.
pub const DEPLOYED: &str = include_str!("../../template.yaml");

/// Why the template cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// A value cannot be resolved.
    #[error("in `{place}`: {source}")]
    Value {
        /// The logical id and what was read of it.
        place: String,
        /// The mistake in it.
        #[source]
        source: IntrinsicError,
    },
    /// The whole file cannot be read.
    #[error(transparent)]
    File(#[from] IntrinsicError),
    /// An event pattern cannot be read.
    #[error("in `{place}`: {source}")]
    Pattern {
        /// The logical id and the event's name.
        place: String,
        /// The mistake in it.
        #[source]
        source: PatternError,
    },
    /// A property that has to be there is not.
    #[error("`{place}` has no `{property}`")]
    Missing {
        /// The logical id.
        place: String,
        /// The property's name.
        property: String,
    },
    /// Something this bundle does not know how to do.
    #[error("`{place}` uses `{what}`, which is not known here")]
    Unknown {
        /// The logical id and what was read of it.
        place: String,
        /// The property, type or expression.
        what: String,
    },
}

/// Everything the bundle takes from the template.
#[derive(Debug)]
pub struct Template {
    /// The tables, in the order of their logical ids.
    pub tables: Vec<Table>,
    /// The functions, in the order of their logical ids.
    pub functions: Vec<Function>,
    /// The environment that functions have in common, resolved. One that is not to have a variable
    /// sets it to nothing.
    pub environment: BTreeMap<String, String>,
    /// Every resource by its logical id, with intrinsic functions in their long form.
    pub resources: Map<String, Value>,
}

/// A table as `CreateTable` takes it.
#[derive(Debug)]
pub struct Table {
    /// The logical id, such as `JournalTable`.
    pub id: String,
    /// The physical name, such as `lanyard-journal`.
    pub name: String,
    /// What it is called without the stack's name, such as `journal`.
    pub role: String,
    /// The body of `CreateTable`.
    pub definition: Value,
    /// The attribute that time-to-live reads, if it is on.
    pub time_to_live: Option<String>,
}

/// A function and what triggers it.
#[derive(Debug)]
pub struct Function {
    /// The name without the stack's: that of its folder and crate, such as `request-created`.
    pub name: String,
    /// Its environment, resolved. Values that AWS resolves at deployment (`{{resolve:…}}`) are as
    /// they stand.
    pub environment: BTreeMap<String, String>,
    /// The longest time of one invocation.
    pub timeout: SignedDuration,
    /// Routes of the HTTP API that lead to it.
    pub routes: Vec<Route>,
    /// Table streams that are fed to it.
    pub streams: Vec<StreamTrigger>,
    /// Schedules that start it.
    pub schedules: Vec<Schedule>,
    /// Patterns of events that are handed to it.
    pub rules: Vec<Pattern>,
    /// How invocations by schedules and rules are tried again.
    pub asynchronous: Asynchronous,
}

/// A route of the HTTP API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// `GET`, `POST`, …, or `ANY`.
    pub method: String,
    /// The path with its variables, such as `/hooks/{source}/request-created`.
    pub path: String,
}

impl Template {
    /// Reads a template's text, for a stack of the given name; `parameters` are what a deployment
    /// would be given.
    ///
    /// # Errors
    ///
    /// If it is not readable or declares a table or trigger in a way that is not known here.
    pub fn read(
        text: &str,
        stack: &str,
        parameters: &BTreeMap<String, Value>,
    ) -> Result<Self, TemplateError> {
        let mut whole = long_form(text)?;
        let scope = Scope::of(&whole, stack, parameters)?;
        let globals = whole.pointer("/Globals/Function");
        let mut tables = Vec::new();
        let mut functions = Vec::new();
        let mut environment = BTreeMap::new();
        if let Some(globals) = globals {
            let reader = Reader {
                scope: &scope,
                id: "Globals",
                stack,
                resource: globals,
            };
            let globals = reader.resolve(globals)?;
            environment = variables(globals.get("Environment"));
        }
        let resources = whole.get("Resources").and_then(Value::as_object);
        for (id, resource) in resources.into_iter().flatten() {
            let reader = Reader {
                scope: &scope,
                id,
                stack,
                resource,
            };
            match resource.get("Type").and_then(Value::as_str) {
                Some("AWS::DynamoDB::Table") => tables.push(reader.table()?),
                Some("AWS::Serverless::Function") => {
                    functions.push(reader.function(globals)?);
                }
                // The same things, written in a way that would otherwise be passed over silently.
                Some(
                    kind @ ("AWS::DynamoDB::GlobalTable"
                    | "AWS::Serverless::SimpleTable"
                    | "AWS::Lambda::Function"
                    | "AWS::Lambda::EventSourceMapping"
                    | "AWS::ApiGatewayV2::Route"
                    | "AWS::Events::Rule"
                    | "AWS::Scheduler::Schedule"),
                ) => return Err(reader.unknown(kind)),
                _ => {}
            }
        }
        let resources = match whole.get_mut("Resources").map(Value::take) {
            Some(Value::Object(resources)) => resources,
            _ => Map::new(),
        };
        Ok(Self {
            tables,
            functions,
            environment,
            resources,
        })
    }

    /// The physical name of the table with that role (`directory`, `journal`, …).
    #[must_use]
    pub fn table(&self, role: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.role == role)
    }

    /// The function of that name.
    #[must_use]
    pub fn function(&self, name: &str) -> Option<&Function> {
        self.functions.iter().find(|function| function.name == name)
    }
}

/// One resource while it is read, so that every error can say which.
struct Reader<'a> {
    scope: &'a Scope,
    id: &'a str,
    stack: &'a str,
    resource: &'a Value,
}

impl Reader<'_> {
    fn unknown(&self, what: &str) -> TemplateError {
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

    fn resolve(&self, value: &Value) -> Result<Value, TemplateError> {
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

    fn table(&self) -> Result<Table, TemplateError> {
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

    fn function(&self, globals: Option<&Value>) -> Result<Function, TemplateError> {
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
fn variables(environment: Option<&Value>) -> BTreeMap<String, String> {
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

    use super::*;

    fn deployed() -> Template {
        let parameters = BTreeMap::from([("SesDomain".to_owned(), json!("lanyard.example"))]);
        Template::read(DEPLOYED, "lanyard", &parameters).unwrap()
    }

    #[test]
    fn the_four_tables_are_read_with_their_indexes_stream_and_time_to_live() {
        let template = deployed();
        let names: Vec<_> = template
            .tables
            .iter()
            .map(|table| table.role.as_str())
            .collect();
        assert_eq!(names, ["audit", "directory", "journal", "requests"]);
        let journal = template.table("journal").unwrap();
        assert_eq!(journal.name, "lanyard-journal");
        assert_eq!(journal.time_to_live.as_deref(), Some("expires_at"));
        assert_eq!(
            journal.definition["StreamSpecification"]["StreamViewType"],
            "NEW_IMAGE"
        );
        let directory = template.table("directory").unwrap();
        let indexes = directory.definition["GlobalSecondaryIndexes"]
            .as_array()
            .unwrap();
        assert_eq!(indexes.len(), 2);
        assert!(directory.time_to_live.is_none());
    }

    #[test]
    fn each_function_is_read_with_its_trigger() {
        let template = deployed();
        assert_eq!(template.functions.len(), 8);
        let created = template.function("request-created").unwrap();
        assert_eq!(
            created.routes,
            [Route {
                method: "POST".to_owned(),
                path: "/hooks/{source}/request-created".to_owned()
            }]
        );
        let relay = template.function("outbox-relay").unwrap();
        assert_eq!(relay.streams.len(), 1);
        assert_eq!(relay.streams[0].table, "JournalTable");
        let sweep = template.function("inactivity-sweep").unwrap();
        assert_eq!(sweep.schedules[0].every, SignedDuration::from_mins(15));
        assert_eq!(
            sweep.asynchronous.on_failure.as_deref(),
            Some("SweepDeadLetters")
        );
        assert_eq!(sweep.asynchronous.retries, 1);
        assert_eq!(template.function("mail-feedback").unwrap().rules.len(), 1);
        assert!(template.function("self-service").unwrap().routes.len() > 1);
    }

    #[test]
    fn the_environment_names_the_tables() {
        let template = deployed();
        for function in &template.functions {
            let environment = &function.environment;
            assert_eq!(environment["LANYARD_JOURNAL_TABLE"], "lanyard-journal");
            assert_eq!(environment["LANYARD_SES_CONFIGURATION_SET"], "lanyard");
            assert_eq!(environment["LANYARD_LINK_SECRET_PREVIOUS"], "");
        }
    }

    #[test]
    fn a_function_s_own_variable_takes_the_place_of_the_common_one() {
        let template = deployed();
        let hook = &template.function("request-created").unwrap().environment;
        assert!(template.environment["LANYARD_LINK_SECRET"].starts_with("{{resolve:"));
        assert_eq!(hook["LANYARD_LINK_SECRET"], "");
        let source = "LANYARD_SOURCE_SECRET";
        assert_eq!(hook[source], template.environment[source]);
    }

    fn refused(resources: &str) -> String {
        let text = format!("Resources:\n{resources}");
        Template::read(&text, "lanyard", &BTreeMap::new())
            .unwrap_err()
            .to_string()
    }

    #[test]
    fn what_cannot_be_read_is_refused_by_name() {
        assert_eq!(
            refused(
                "  T: { Type: AWS::DynamoDB::Table, Properties: { TableName: t, Replicas: [] } }"
            ),
            "`T` uses `Replicas`, which is not known here"
        );
        assert_eq!(
            refused("  T: { Type: AWS::DynamoDB::Table, Properties: { KeySchema: [] } }"),
            "`T` has no `TableName`"
        );
        assert_eq!(
            refused(
                "  F: { Type: AWS::Serverless::Function, Properties: { FunctionName: f, Events: { Q: { Type: SQS } } } }"
            ),
            "`F.Q` uses `SQS`, which is not known here"
        );
        assert_eq!(
            refused("  M: { Type: AWS::Lambda::EventSourceMapping }"),
            "`M` uses `AWS::Lambda::EventSourceMapping`, which is not known here"
        );
        assert_eq!(
            refused("  T: { Type: AWS::DynamoDB::Table, Properties: { TableName: !Ref X } }"),
            "`X` is referred to, but is neither a parameter nor a resource"
        );
    }
}
