//! The bundle with the compiled functions in the place of those that are linked into it: every event
//! goes through the Runtime API to a process, as it does on Lambda.

use std::collections::BTreeMap;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use local::bundle::{self, Options, Running, Surroundings};
use local::lambda::function::Functions;
use local::world;
use serde_json::Value;

use crate::child::{Child, Lines};
use crate::programs::program;
use tests::runtime_api::{Answer, Invocation, RuntimeApi};

/// The time that a function gets to answer an event when nobody else sets a limit.
const LIMIT: Duration = Duration::from_mins(1);

/// A seeded bundle of processes.
pub(crate) struct Deployed {
    pub(crate) running: Running,
    pub(crate) functions: BTreeMap<String, Process>,
}

/// One function's process, and its way in.
pub(crate) struct Process {
    pub(crate) api: Arc<RuntimeApi>,
    child: Child,
}

impl Process {
    /// Hands over what the API would never let through, or nobody but the platform may send.
    pub(crate) async fn hand(&self, request_id: &str, payload: &[u8], deadline: u64) -> Answer {
        let invocation = Invocation {
            request_id: request_id.to_owned(),
            deadline,
            function_arn: "arn:aws:lambda:local:000000000000:function:by-hand".to_owned(),
            payload: payload.to_owned(),
        };
        tokio::time::timeout(LIMIT, self.api.invoke(invocation))
            .await
            .unwrap_or_else(|_| panic!("no answer: {:#?}", self.child.lines()))
    }
}

impl Deployed {
    /// In memory, seeded as ever.
    pub(crate) async fn begin() -> Self {
        let mut functions = BTreeMap::new();
        let running = bundle::start(Options::default(), async |surroundings| {
            let (handlers, processes) = start_all(surroundings);
            functions = processes;
            Ok::<_, std::convert::Infallible>(handlers)
        })
        .await
        .unwrap();
        world::seed(&running).await.unwrap();
        Self { running, functions }
    }

    /// Ends everything. Gives what each function had written; each must have been there to the end.
    pub(crate) async fn end(self) -> BTreeMap<String, Lines> {
        self.running.local.settle().await.unwrap();
        let mut written = BTreeMap::new();
        for (name, mut process) in self.functions {
            assert!(
                process.child.is_running(),
                "{name}: {:#?}",
                process.child.lines()
            );
            written.insert(name, process.child.kill());
        }
        self.running.stop().await;
        written
    }
}

fn start_all(surroundings: &Surroundings) -> (Functions, BTreeMap<String, Process>) {
    let mut handlers = Functions::new();
    let mut processes = BTreeMap::new();
    for function in &surroundings.template.functions {
        let name = &function.name;
        let api = Arc::new(RuntimeApi::start());
        let child = Child::start(&mut command(
            name,
            &api,
            surroundings.environment(name).into_iter(),
        ));
        let way_in = Arc::clone(&api);
        handlers = handlers.event(name, move |event| {
            let api = Arc::clone(&way_in);
            async move {
                let payload: Value = event.payload;
                let invocation = Invocation {
                    request_id: event.context.request_id,
                    deadline: event.context.deadline,
                    function_arn: event.context.invoked_function_arn,
                    payload: payload.to_string().into_bytes(),
                };
                api.invoke(invocation)
                    .await
                    .map_err(|error| error.to_string())
            }
        });
        processes.insert(name.clone(), Process { api, child });
    }
    (handlers, processes)
}

/// A function with this environment, what Lambda adds to it, and nothing else.
pub(crate) fn command(
    name: &str,
    api: &RuntimeApi,
    environment: impl Iterator<Item = (String, String)>,
) -> Command {
    let mut command = Command::new(program(name));
    command
        .env_clear()
        .envs(environment)
        .env("AWS_LAMBDA_RUNTIME_API", api.address())
        .env("AWS_LAMBDA_FUNCTION_NAME", format!("lanyard-{name}"))
        .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256")
        .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
        .env(
            "AWS_LAMBDA_LOG_GROUP_NAME",
            format!("/aws/lambda/lanyard-{name}"),
        )
        .env("AWS_LAMBDA_LOG_STREAM_NAME", "processes");
    command
}
