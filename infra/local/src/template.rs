//! The template: tables, functions, and their triggers.
//!
//! `infra/template.yaml` is the single place where these are written, and this module is the only
//! reader of it here: what it does not declare does not exist locally. Whatever concerns AWS alone
//! (roles, keys, alarms, log groups) is passed over; a trigger or table that cannot be read is an
//! error by name, never skipped.

mod declared;
mod error;
pub mod intrinsics;
mod reader;
pub mod trigger;

use std::collections::BTreeMap;

use serde_json::{Map, Value};

pub use crate::template::declared::{Function, Table};
pub use crate::template::error::TemplateError;
use crate::template::intrinsics::{Scope, long_form};
use crate::template::reader::{Reader, variables};
pub use crate::template::trigger::Route;

/// The template as it is deployed, so that the bundle runs from any directory.
pub const DEPLOYED: &str = include_str!("../../template.yaml");

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

#[cfg(test)]
mod tests;
