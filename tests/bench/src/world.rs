//! The seeded world of the measurements: tables and SES of the local bundle, on loopback.
//!
//! The bundle's own functions do nothing here. A measured function is a process of its own, with
//! the environment from the template.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::process::Command;

use local::bundle::{self, Options, Running};
use local::dynamodb::meter::Reading;
use local::lambda::function::Functions;
use local::local::LocalSource;
use local::world;
use serde_json::Value;

use crate::programs::Programs;

/// A seeded bundle with idle functions.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) running: Running,
    environments: BTreeMap<String, BTreeMap<String, String>>,
    sources: BTreeMap<String, LocalSource>,
}

impl World {
    /// A world in memory.
    pub(crate) async fn begin() -> Self {
        Self::begin_with(Options::default()).await
    }

    /// A world with these options.
    pub(crate) async fn begin_with(options: Options) -> Self {
        let mut environments = BTreeMap::new();
        let running = bundle::start(options, async |surroundings| {
            let mut resting = Functions::new();
            for function in &surroundings.template.functions {
                let name = &function.name;
                environments.insert(name.clone(), surroundings.environment(name));
                resting = resting.event(name, async |_: lambda_runtime::LambdaEvent<Value>| {
                    Ok::<_, Infallible>(Value::Null)
                });
            }
            Ok::<_, Infallible>(resting)
        })
        .await
        .unwrap();
        world::seed(&running).await.unwrap();
        let sources = running.local.sources();
        let sources = sources.into_iter().map(|s| (s.id.clone(), s)).collect();
        Self {
            running,
            environments,
            sources,
        }
    }

    /// A function's environment from the template and Lambda.
    pub(crate) fn environment(&self, function: &str) -> &BTreeMap<String, String> {
        &self.environments[function]
    }

    /// A compiled function with only its environment.
    pub(crate) fn command(&self, programs: &Programs, function: &str) -> Command {
        let mut command = Command::new(programs.path(function));
        command.env_clear().envs(self.environment(function));
        command.envs(lambda(function));
        command
    }

    /// A sender of webhooks.
    pub(crate) fn source(&self, id: &str) -> &LocalSource {
        &self.sources[id]
    }

    /// The calls to DynamoDB so far.
    pub(crate) fn used(&self) -> Reading {
        self.running.local.meter.read()
    }

    /// Waits until the stream is drained, so that nothing else runs.
    pub(crate) async fn settle(&self) {
        self.running.local.settle().await.unwrap();
    }
}

/// The variables that Lambda sets for every function besides its credentials.
pub(crate) fn lambda(function: &str) -> [(&'static str, String); 5] {
    [
        ("AWS_LAMBDA_FUNCTION_NAME", format!("lanyard-{function}")),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256".to_owned()),
        ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST".to_owned()),
        (
            "AWS_LAMBDA_LOG_GROUP_NAME",
            format!("/aws/lambda/lanyard-{function}"),
        ),
        ("AWS_LAMBDA_LOG_STREAM_NAME", "bench".to_owned()),
    ]
}
