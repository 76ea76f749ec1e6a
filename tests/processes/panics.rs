//! The end of a panic for each trigger: the process ends, Lambda starts another, nothing is lost, and
//! whatever brings it about holds up nothing else.

use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use app::webhook::RequestCreated;
use app::{Feedback, Needs, Receiver, Relay, Sender, Started, Sweep};
use hooks::scheme::{Scheme, sign};
use hooks::secret::Secret;
use lambda_http::request::LambdaRequest;
use lambda_runtime::{LambdaEvent, service_fn};
use local::bundle::{self, Options, Running};
use local::lambda::function::Functions;
use local::world;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tests::runtime_api::{Invocation, RuntimeApi};
use tokio::sync::Mutex;

use crate::child::Child;
use crate::programs::program;

/// Whatever holds this word, followed by a function's name, makes that function panic.
const POISON: &str = "POISON-";
/// The functions of each kind of trigger.
const POISONED: [&str; 4] = [
    "request-created",
    "outbox-relay",
    "inactivity-sweep",
    "mail-feedback",
];
const NOOR: &str = "noor@visitor.example";
const CARMEN: &str = "carmen@acme.example";
const LENA: &str = "lena@acme.example";

/// A function as its own `main` runs it, but for what it does not survive. It runs in a process of its
/// own, which [`command`] starts from this very test.
#[test]
#[ignore = "a program, not a test"]
fn poisoned() {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_all().build().unwrap();
    runtime.block_on(run()).unwrap();
}

async fn run() -> Result<(), lambda_runtime::Error> {
    let name = std::env::var("AWS_LAMBDA_FUNCTION_NAME")?;
    let name = name.strip_prefix("lanyard-").unwrap();
    let needs = match name {
        "request-created" => Needs::Sources,
        "outbox-relay" => Needs::Links,
        _ => Needs::Neither,
    };
    let Started {
        config,
        services,
        clients,
    } = app::start(needs)?;
    match name {
        "request-created" => {
            let receiver = &Receiver::<RequestCreated>::new(services);
            let handle = |event| {
                let handle = |request| request_created::handle(receiver, request);
                app::http::answer(handle, survived::<LambdaRequest>(name, event))
            };
            lambda_runtime::run(service_fn(handle)).await
        }
        "outbox-relay" => {
            let sender = Sender::new(&clients.sesv2(), Some(config.ses_configuration_set));
            let relay = &Relay::new(services, sender, config.ses_max_send_rate);
            let handle = |event| outbox_relay::handle(relay, survived(name, event));
            lambda_runtime::run(service_fn(handle)).await
        }
        "inactivity-sweep" => {
            let sweep = &Sweep::new(services);
            let handle = |event| inactivity_sweep::handle(sweep, survived(name, event));
            lambda_runtime::run(service_fn(handle)).await
        }
        _ => {
            let feedback = &Feedback::new(services);
            let handle = |event| mail_feedback::handle(feedback, survived(name, event));
            lambda_runtime::run(service_fn(handle)).await
        }
    }
}

/// An event as the handler takes it, unless it holds the word.
fn survived<T: DeserializeOwned>(name: &str, event: LambdaEvent<Value>) -> LambdaEvent<T> {
    let text = event.payload.to_string();
    assert!(!text.contains(&format!("{POISON}{name}")), "{text}");
    LambdaEvent::new(serde_json::from_str(&text).unwrap(), event.context)
}

/// One function as Lambda runs it: an event at a time, and a new process where one has ended.
struct Instance {
    api: RuntimeApi,
    child: Mutex<Child>,
    environment: Vec<(String, String)>,
    name: String,
    ended: AtomicUsize,
}

fn command(name: &str, api: &RuntimeApi, environment: &[(String, String)]) -> Command {
    let mut command = Command::new(program("processes"));
    command
        .args(["--ignored", "--exact", "--nocapture", "panics::poisoned"])
        .env_clear()
        .envs(environment.iter().cloned())
        .env("AWS_LAMBDA_RUNTIME_API", api.address())
        .env("AWS_LAMBDA_FUNCTION_NAME", format!("lanyard-{name}"))
        .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256")
        .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    command
}

impl Instance {
    fn start(name: &str, environment: Vec<(String, String)>) -> Self {
        let api = RuntimeApi::start();
        let child = Child::start(&mut command(name, &api, &environment));
        Self {
            api,
            child: Mutex::new(child),
            environment,
            name: name.to_owned(),
            ended: AtomicUsize::new(0),
        }
    }

    async fn invoke(&self, event: LambdaEvent<Value>) -> Result<Value, String> {
        let mut child = self.child.lock().await;
        let ended = child.until_ended();
        let answer = self.api.invoke(Invocation {
            request_id: event.context.request_id,
            deadline: event.context.deadline,
            function_arn: event.context.invoked_function_arn,
            payload: event.payload.to_string().into_bytes(),
        });
        tokio::select! {
            answer = answer => answer.map_err(|error| error.to_string()),
            () = ended => {
                let before = &mut *child;
                let next = Child::start(&mut command(&self.name, &self.api, &self.environment));
                let said = std::mem::replace(before, next).kill();
                let told: Vec<_> = said.out.iter().filter(|line| line.contains("panicked")).collect();
                assert_eq!(told.len(), 1, "{said:#?}");
                let line: Value = serde_json::from_str(told[0]).unwrap();
                assert!(line["place"].as_str().unwrap().contains("panics.rs"), "{line}");
                // What it was about stands in the message of the panic, and in no line.
                assert!(!said.all().any(|line| line.contains(POISON) || line.contains('@')), "{said:#?}");
                // Counted last: what does not hold above shows in the count.
                self.ended.fetch_add(1, Ordering::Relaxed);
                Err("RequestId: Error: Runtime exited with error: signal: aborted".to_owned())
            }
        }
    }
}

/// A seeded bundle of such instances; what has no poison for them is linked in, as in `cargo run`.
struct Poisoned {
    running: Running,
    instances: Vec<Arc<Instance>>,
}

impl Poisoned {
    async fn begin() -> Self {
        let mut instances = Vec::new();
        let options = Options {
            scheduled: false,
            pause: std::time::Duration::from_millis(1),
            ..Options::default()
        };
        let running = bundle::start(options, async |surroundings| {
            let mut functions = local::lambda::deployment::functions(surroundings).await?;
            for name in POISONED {
                let environment = surroundings.environment(name).into_iter().collect();
                let instance = Arc::new(Instance::start(name, environment));
                instances.push(Arc::clone(&instance));
                functions = functions.event(name, move |event| {
                    let instance = Arc::clone(&instance);
                    async move { instance.invoke(event).await }
                });
            }
            Ok::<Functions, local::lambda::deployment::DeploymentError>(functions)
        });
        let running = running.await.unwrap();
        world::seed(&running).await.unwrap();
        Self { running, instances }
    }

    fn instance(&self, name: &str) -> &Instance {
        let mut instances = self.instances.iter();
        instances.find(|one| one.name == name).unwrap()
    }

    /// Counts the processes of a function that have ended.
    fn ended(&self, name: &str) -> usize {
        self.instance(name).ended.load(Ordering::Relaxed)
    }

    async fn raise(&self, key: &str, summary: &str) -> u16 {
        let local = &self.running.local;
        let body = json!({"type": "request.created", "timestamp": "2026-11-20T09:30:00Z", "data": {
            "request": {"key": key, "desk": "support", "type": "Incident", "summary": summary},
            "reporter": {"email": NOOR}, "channel": "form",
        }});
        let body = body.to_string();
        let known = local.sources().into_iter().find(|one| one.id == "forms");
        let known = known.unwrap();
        let scheme = Scheme::new(&known.scheme, None).unwrap();
        let secret = Secret::parse(&scheme, &known.secret).unwrap();
        let id = format!("msg_{key}").parse().unwrap();
        let signed = sign(&scheme, &secret, &id, local.clock.now(), body.as_bytes()).unwrap();
        let url = format!("{}/hooks/forms/request-created", local.base_url);
        let request = reqwest::Client::new().post(url).headers(signed);
        let request = request.header("content-type", "application/json");
        let answer = request.body(body).send().await.unwrap();
        answer.status().as_u16()
    }

    /// The subjects of what was mailed to somebody, once all is quiet.
    async fn subjects(&self, to: &str) -> Vec<String> {
        self.running.local.settle().await.unwrap();
        let mails = self.running.local.mailbox.list(Some(to)).into_iter();
        mails.map(|mail| mail.subject).collect()
    }

    fn given_up(&self, queue: &str) -> Vec<Value> {
        let mut queues = self.running.local.queues.read();
        let queue = queues.keys().find(|name| name.contains(queue)).cloned();
        queue
            .and_then(|queue| queues.remove(&queue))
            .unwrap_or_default()
    }

    async fn deliver(&self, function: &str, event: Value) -> bool {
        let local = &self.running.local;
        let declared = local.template.function(function).unwrap();
        local.deliverer.deliver(declared, event).await.is_ok()
    }
}

#[tokio::test]
async fn a_webhook_that_panics_is_answered_with_500_and_writes_nothing() {
    let poisoned = Poisoned::begin().await;
    let summary = format!("It stops: {POISON}request-created");
    for times in 1..=2 {
        assert_eq!(poisoned.raise("SUP-1", &summary).await, 500);
        assert_eq!(poisoned.ended("request-created"), times);
    }
    // Nothing is remembered of it: sent again, without what brought it about, it is taken.
    assert_eq!(poisoned.raise("SUP-1", "It stops").await, 202);
    assert_eq!(poisoned.raise("SUP-2", "It stops").await, 202);
    assert_eq!(poisoned.subjects(NOOR).await.len(), 2);
    assert_eq!(poisoned.ended("request-created"), 2);
    poisoned.running.stop().await;
}

#[tokio::test]
async fn a_message_that_panics_the_relay_ends_alone_and_all_others_are_sent() {
    let poisoned = Poisoned::begin().await;
    let poison = format!("{POISON}outbox-relay");
    // Nothing is relayed until all of them are there, so that the poison has neighbours in its batch.
    let held = poisoned.instance("outbox-relay").child.lock().await;
    for key in ["SUP-1", "SUP-2", &poison, "SUP-3", "SUP-4"] {
        assert_eq!(poisoned.raise(key, "It stops").await, 202);
    }
    drop(held);
    let subjects = poisoned.subjects(NOOR).await;
    assert_eq!(subjects.len(), 4, "{subjects:?}");
    for key in ["SUP-1", "SUP-2", "SUP-3", "SUP-4"] {
        let about = subjects.iter().filter(|subject| subject.contains(key));
        assert_eq!(about.count(), 1, "{key}: {subjects:?}");
    }
    // It was tried alone as often as the template says, and lies in the queue and in the table.
    assert!(poisoned.ended("outbox-relay") > 9);
    assert_eq!(poisoned.given_up("RelayDeadLetters").len(), 1);
    let journal = poisoned.running.local.upkeep.items("lanyard-journal");
    let waits = |item: &Value| {
        let pk = item["pk"]["S"].as_str().unwrap();
        pk.starts_with("OUTBOX#") && item.to_string().contains(&poison)
    };
    let waiting: Vec<_> = journal.unwrap().into_iter().filter(waits).collect();
    assert_eq!(waiting.len(), 1, "{waiting:#?}");
    assert_eq!(waiting[0]["state"]["S"], "pending", "{:#}", waiting[0]);
    assert_eq!(poisoned.raise("SUP-5", "It stops").await, 202);
    assert_eq!(poisoned.subjects(NOOR).await.len(), 5);
    poisoned.running.stop().await;
}

#[tokio::test]
async fn a_sweep_that_panics_is_tried_again_kept_and_followed_by_one_that_runs() {
    let poisoned = Poisoned::begin().await;
    let poison = json!({"scheduled_at": "2026-11-30T09:30:00Z", "execution_id": format!("{POISON}inactivity-sweep")});
    assert!(!poisoned.deliver("inactivity-sweep", poison).await);
    assert_eq!(poisoned.ended("inactivity-sweep"), 2);
    assert_eq!(poisoned.given_up("SweepDeadLetters").len(), 1);
    let next = json!({"scheduled_at": "2026-11-30T09:45:00Z", "execution_id": "next"});
    assert!(poisoned.deliver("inactivity-sweep", next).await);
    assert_eq!(poisoned.ended("inactivity-sweep"), 2);
    poisoned.running.stop().await;
}

#[tokio::test]
async fn feedback_that_panics_is_tried_again_and_kept_and_the_next_is_taken() {
    let poisoned = Poisoned::begin().await;
    let bounce = |message: &str| {
        json!({"source": "aws.ses", "detail-type": "Email Bounced", "detail": {
            "eventType": "Bounce", "mail": {"messageId": message},
            "bounce": {"bounceType": "Permanent", "bouncedRecipients": [{"emailAddress": CARMEN}]},
        }})
    };
    let before = poisoned.subjects(LENA).await.len();
    let poison = bounce(&format!("{POISON}mail-feedback"));
    assert!(!poisoned.deliver("mail-feedback", poison).await);
    assert_eq!(poisoned.ended("mail-feedback"), 3);
    assert_eq!(poisoned.given_up("FeedbackDeadLetters").len(), 1);
    assert_eq!(poisoned.subjects(LENA).await.len(), before);
    assert!(poisoned.deliver("mail-feedback", bounce("0100")).await);
    assert_eq!(poisoned.subjects(LENA).await.len(), before + 1);
    poisoned.running.stop().await;
}
