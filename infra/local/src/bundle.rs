//! Starts the bundle: engine, captured SES, stand-in for Jira, functions, triggers, front door.
//!
//! The order follows from the dependencies. The address of the front door comes first, because
//! links carry it; then the template is read with it; then the services start. With their addresses
//! the functions' environment is complete, and the functions are built.

pub(crate) mod error;
pub(crate) mod kept;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

pub use crate::bundle::error::BundleError;
use crate::bundle::kept::Kept;
use crate::clock::MovableClock;
use crate::dynamodb::engine::Engine;
use crate::dynamodb::permissions::Permissions;
use crate::dynamodb::stream::StreamError;
use crate::lambda::asynchronous::Deliverer;
use crate::lambda::feeder::{self, Feed, Feeder};
use crate::lambda::function::{Functions, Invoker};
use crate::lambda::queue::Queues;
use crate::lambda::scheduler::Scheduler;
use crate::local::Local;
use crate::services::{Services, address_of, environments, spawn};
use crate::template::{DEPLOYED, Template};
use crate::{front, sdk};

/// The name of the stack that is deployed here.
pub const STACK: &str = "lanyard";

/// The options of a start.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder for all data; in memory without it.
    pub data: Option<PathBuf>,
    /// The front door's port; 0 for a free one.
    pub port: u16,
    /// The template's text: the deployed one, unless a test brings its own.
    pub template: Cow<'static, str>,
    /// A folder for notes on the functions' use of the tables.
    pub used: Option<PathBuf>,
    /// The first pause before a retry.
    pub pause: Duration,
    /// True if schedules run by themselves when their time comes, and not only after
    /// [`Local::move_clock`].
    pub scheduled: bool,
    /// True if callers wait for an answer until [`Running::open`], which seeding the world calls.
    pub until_seeded: bool,
}

impl Default for Options {
    /// In memory, on a free port, with the deployed template and its schedules.
    fn default() -> Self {
        Self {
            data: None,
            port: 0,
            template: Cow::Borrowed(DEPLOYED),
            used: None,
            pause: Duration::from_millis(20),
            scheduled: true,
            until_seeded: false,
        }
    }
}

/// The surroundings of functions: the addresses of everything, as in their environment on AWS.
#[derive(Debug)]
pub struct Surroundings {
    /// The deployed template.
    pub template: Arc<Template>,
    /// The clock of all functions.
    pub clock: MovableClock,
    /// The address of the pages, without a trailing slash.
    pub base_url: String,
    /// The layer in front of DynamoDB.
    pub dynamodb_endpoint: String,
    /// The captured SES.
    pub sesv2_endpoint: String,
    /// True if there is a data directory, in which an earlier bundle may have left data.
    pub kept: bool,
    environments: BTreeMap<String, BTreeMap<String, String>>,
}

impl Surroundings {
    /// A function's whole environment: the template's variables and those that Lambda adds (region,
    /// credentials whose key id is the function's name, endpoints).
    #[must_use]
    pub fn environment(&self, function: &str) -> BTreeMap<String, String> {
        self.environments.get(function).cloned().unwrap_or_default()
    }
}

/// A running bundle. Dropping it ends it; [`Running::stop`] also waits for the engine.
#[derive(Debug)]
pub struct Running {
    /// Everything behind the local addresses.
    pub local: Arc<Local>,
    opened: watch::Sender<bool>,
    engine: Engine,
    tasks: JoinSet<()>,
    /// Held as long as the bundle uses its data directory.
    _lock: Option<File>,
}

impl Running {
    /// Lets the front door answer, if it waits.
    pub fn open(&self) {
        self.opened.send_replace(true);
    }

    /// Ends the bundle and waits until its data directory can be used again.
    pub async fn stop(mut self) {
        self.tasks.shutdown().await;
        drop(self.local);
        self.engine.stop().await;
    }
}

/// Starts a bundle. `build` makes the functions. It may first handle data that an earlier bundle
/// left, because no function runs yet.
///
/// # Errors
///
/// If a port, the data directory or the template cannot be used, or the functions cannot be built.
pub async fn start<F, E>(options: Options, build: F) -> Result<Running, BundleError>
where
    F: AsyncFnOnce(&Surroundings) -> Result<Functions, E>,
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let port = options.port;
    let door = TcpListener::bind(("127.0.0.1", port))
        .await
        .map_err(|source| BundleError::Port { port, source })?;
    let base_url = format!("http://localhost:{}", address_of(&door)?.port());
    let template = Arc::new(Template::read(
        &options.template,
        STACK,
        &parameters(&base_url),
    )?);
    let permissions = Permissions::of(&template);
    let permissions = match &options.used {
        Some(folder) => permissions
            .noting_in(folder)
            .map_err(|source| BundleError::unusable(Some(folder), source))?,
        None => permissions,
    };
    let data = options.data.as_deref();
    let lock = data.map(lock).transpose()?;
    let kept = Kept::open(data).map_err(|source| BundleError::unusable(data, source))?;
    let engine = Engine::start(&template, data, &kept.clock).await?;

    let mut tasks = JoinSet::new();
    let kept_in = (data, options.pause);
    let services =
        Services::start(&engine, &kept, Arc::new(permissions), kept_in, &mut tasks).await?;
    let surroundings = Surroundings {
        environments: environments(&template, &services)?,
        template: Arc::clone(&template),
        clock: kept.clock.clone(),
        base_url: base_url.clone(),
        dynamodb_endpoint: services.dynamodb.clone(),
        sesv2_endpoint: services.sesv2.clone(),
        kept: data.is_some(),
    };
    let functions = build(&surroundings)
        .await
        .map_err(|error| BundleError::Build(error.into()))?;
    same_functions(&template, &functions)?;

    let queues: Arc<Queues> = Arc::default();
    let deliverer = Deliverer {
        invoker: Invoker::new(functions, Arc::clone(&template), kept.clock.clone()),
        queues: Arc::clone(&queues),
        clock: kept.clock.clone(),
        pause: options.pause,
    };
    let scheduler = Arc::new(Scheduler::new(
        deliverer.clone(),
        Arc::clone(&template),
        kept.clock.clone(),
    ));
    let feeders = feeders(
        &options, &engine, &services, &deliverer, &template, &mut tasks,
    )
    .await?;
    let local = Arc::new(Local {
        template,
        clock: kept.clock,
        mailbox: kept.mailbox,
        jira: services.jira,
        faults: services.layer.faults,
        meter: services.layer.meter,
        tape: services.layer.tape,
        queues,
        deliverer,
        scheduler: Arc::clone(&scheduler),
        feeders,
        upkeep: engine.upkeep(),
        base_url,
        dynamodb_endpoint: services.dynamodb,
        sesv2_endpoint: services.sesv2,
        sources: std::sync::Mutex::default(),
        purpose: std::sync::Mutex::default(),
        cast: std::sync::Mutex::default(),
    });
    if options.scheduled {
        tasks.spawn(async move { scheduler.run().await });
    }
    let (opened, mut opens) = watch::channel(!options.until_seeded);
    let behind = Arc::clone(&local);
    spawn(&mut tasks, "front door", async move {
        // The listener is bound, so the system keeps callers meanwhile. The wait also ends when the
        // sender is gone, and with it the bundle.
        let _ = opens.wait_for(|open| *open).await;
        front::serve(door, behind).await
    });
    Ok(Running {
        local,
        opened,
        engine,
        tasks,
        _lock: lock,
    })
}

/// The parameters of a deployment.
fn parameters(base_url: &str) -> BTreeMap<String, Value> {
    BTreeMap::from([
        ("SesDomain".to_owned(), json!("lanyard.example")),
        ("PublicUrl".to_owned(), json!(base_url)),
        // Nobody pays for waiting here.
        ("SesMaxSendRate".to_owned(), json!(1000)),
    ])
}

/// Makes the data directory and locks it: two relays would send everything twice.
fn lock(data: &Path) -> Result<File, BundleError> {
    let open = || {
        std::fs::create_dir_all(data)?;
        File::create(data.join("lock"))
    };
    let file = open().map_err(|source| BundleError::unusable(Some(data), source))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(BundleError::InUse(data.to_owned())),
        Err(std::fs::TryLockError::Error(source)) => Err(BundleError::unusable(Some(data), source)),
    }
}

fn same_functions(template: &Template, functions: &Functions) -> Result<(), BundleError> {
    let given: Vec<_> = functions.names().collect();
    let declared: Vec<_> = template
        .functions
        .iter()
        .map(|function| function.name.as_str())
        .collect();
    let only = |these: &[&str], those: &[&str]| {
        let only: Vec<_> = these
            .iter()
            .filter(|name| !those.contains(name))
            .copied()
            .collect();
        only.join(", ")
    };
    let (missing, unknown) = (only(&declared, &given), only(&given, &declared));
    if missing.is_empty() && unknown.is_empty() {
        return Ok(());
    }
    Err(BundleError::Functions(format!(
        "declared only: [{missing}], built only: [{unknown}]"
    )))
}

async fn feeders(
    options: &Options,
    engine: &Engine,
    services: &Services,
    deliverer: &Deliverer,
    template: &Template,
    tasks: &mut JoinSet<()>,
) -> Result<Vec<Feeder>, BundleError> {
    let mut feeders = Vec::new();
    for function in &template.functions {
        for trigger in &function.streams {
            let table = template
                .tables
                .iter()
                .find(|table| table.id == trigger.table);
            let table = table.ok_or_else(|| StreamError::None(trigger.table.clone()))?;
            let checkpoint = format!("stream-{}-{}.json", table.role, function.name);
            let upkeep = engine.upkeep();
            let (feeder, feeding) = feeder::start(Feed {
                client: sdk::streams(&sdk::address(engine.address()), "stream"),
                table: table.name.clone(),
                function: function.name.clone(),
                trigger: trigger.clone(),
                invoker: deliverer.invoker.clone(),
                queues: Arc::clone(&deliverer.queues),
                written: Arc::clone(&services.layer.written),
                checkpoint: options.data.as_ref().map(|data| data.join(checkpoint)),
                pause: options.pause,
                engine_time: Arc::new(move || upkeep.now()),
            })
            .await?;
            tasks.spawn(feeding);
            feeders.push(feeder);
        }
    }
    Ok(feeders)
}
