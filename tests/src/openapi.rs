//! `docs/openapi.yaml`: what may be sent to the hooks, and what they may answer.

use std::fmt::Write;

use jsonschema::Validator;
use serde_json::{Value, json};

use crate::repository;

/// The description of the hooks.
#[derive(Debug)]
pub struct OpenApi {
    whole: Value,
}

impl OpenApi {
    /// Reads the description.
    ///
    /// # Panics
    /// If it is no YAML.
    #[must_use]
    pub fn read() -> Self {
        let text = repository::text("docs/openapi.yaml");
        let whole = serde_norway::from_str(&text).expect("the description is YAML");
        Self { whole }
    }

    /// The whole.
    #[must_use]
    pub fn whole(&self) -> &Value {
        &self.whole
    }

    /// The schema of a function's events, such as those of `request-created`.
    #[must_use]
    pub fn event(&self, function: &str) -> Schema {
        let operation = operation(function);
        self.schema(&format!(
            "{operation}/requestBody/content/application~1json/schema"
        ))
    }

    /// The schema of a function's answer with a status, if it may answer with that status.
    #[must_use]
    pub fn answer(&self, function: &str, status: u16) -> Option<Schema> {
        let response = format!("{}/responses/{status}", operation(function));
        let named = self.whole.pointer(&response)?;
        let place = match named["$ref"].as_str() {
            Some(reference) => reference.trim_start_matches('#').to_owned(),
            None => response,
        };
        // The functions' own answers: what API Gateway says by itself is beside them.
        let kind = if status < 400 { "json" } else { "problem+json" };
        Some(self.schema(&format!("{place}/content/application~1{kind}/schema")))
    }

    /// The schema at a place of the description, with everything that it refers to.
    ///
    /// # Panics
    /// If there is none, or it is not one.
    #[must_use]
    pub fn schema(&self, pointer: &str) -> Schema {
        let there = self.whole.pointer(pointer);
        assert!(there.is_some(), "the description has nothing at {pointer}");
        let mut whole = self.whole.clone();
        whole["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
        // In a reference the braces of a path are percent-encoded (RFC 3986 §3.5, RFC 6901 §6).
        let fragment = pointer.replace('{', "%7B").replace('}', "%7D");
        whole["$ref"] = json!(format!("#{fragment}"));
        let validator = jsonschema::options()
            .should_validate_formats(true)
            .build(&whole)
            .unwrap_or_else(|error| panic!("{pointer} is no schema: {error}"));
        Schema { validator }
    }
}

fn operation(function: &str) -> String {
    format!("/paths/~1hooks~1{{source}}~1{function}/post")
}

/// The schema of a body.
#[derive(Debug)]
pub struct Schema {
    validator: Validator,
}

impl Schema {
    /// The faults of a body, a line for each; empty for a good one.
    #[must_use]
    pub fn faults(&self, body: &Value) -> String {
        self.validator
            .iter_errors(body)
            .fold(String::new(), |mut faults, fault| {
                let place = fault.instance_path();
                writeln!(faults, "{place}: {fault}").expect("a text takes any line");
                faults
            })
    }
}
