//! DynamoDB, SES and Jira as the functions see them: the layer in front of the engine, the captured
//! SES, the stand-in for Jira, and the environment that leads to the first two.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::JoinSet;

use crate::bundle::error::BundleError;
use crate::bundle::kept::Kept;
use crate::dynamodb::engine::Engine;
use crate::dynamodb::meter::Meter;
use crate::dynamodb::permissions::Permissions;
use crate::dynamodb::proxy::{self, Layer};
use crate::environment::environment;
use crate::fault::FaultPlan;
use crate::jira::Jira;
use crate::sdk;
use crate::ses::Ses;
use crate::template::Template;

/// The services as the functions see them.
pub(crate) struct Services {
    pub(crate) layer: Layer,
    pub(crate) dynamodb: String,
    pub(crate) sesv2: String,
    pub(crate) jira: Jira,
}

impl Services {
    pub(crate) async fn start(
        engine: &Engine,
        kept: &Kept,
        permissions: Arc<Permissions>,
        (data, pause): (Option<&Path>, Duration),
        tasks: &mut JoinSet<()>,
    ) -> Result<Self, BundleError> {
        let faults: Arc<FaultPlan> = Arc::default();
        let layer = Layer {
            engine: engine.address(),
            faults: Arc::clone(&faults),
            meter: Arc::<Meter>::default(),
            written: Arc::default(),
            permissions,
            tape: Arc::default(),
        };
        let free = ("127.0.0.1", 0);
        let before_engine = TcpListener::bind(free)
            .await
            .map_err(BundleError::Listener)?;
        let before_ses = TcpListener::bind(free)
            .await
            .map_err(BundleError::Listener)?;
        let dynamodb = sdk::address(address_of(&before_engine)?);
        let sesv2 = sdk::address(address_of(&before_ses)?);
        let before_jira = TcpListener::bind(free)
            .await
            .map_err(BundleError::Listener)?;
        let base = sdk::address(address_of(&before_jira)?);
        let file = data.map(|data| data.join("jira.json"));
        let jira = Jira::kept_in(file, base, kept.clock.clone(), Arc::clone(&faults));
        let jira = jira.map_err(|source| BundleError::unusable(data, source))?;
        let ses = Ses::new(
            Arc::clone(&kept.mailbox),
            faults,
            kept.clock.clone(),
            1000.0,
        );
        spawn(
            tasks,
            "DynamoDB",
            proxy::serve(before_engine, layer.clone()),
        );
        spawn(tasks, "SES", ses.serve(before_ses));
        spawn(tasks, "Jira", jira.clone().serve(before_jira));
        let (telling, clock) = (jira.clone(), kept.clock.clone());
        tasks.spawn(async move { telling.sender().run(clock, pause).await });
        Ok(Self {
            layer,
            dynamodb,
            sesv2,
            jira,
        })
    }
}

pub(crate) fn spawn(
    tasks: &mut JoinSet<()>,
    name: &'static str,
    serving: impl Future<Output = std::io::Result<()>> + Send + 'static,
) {
    tasks.spawn(async move {
        if let Err(error) = serving.await {
            tracing::error!(%error, name, "a listener broke");
        }
    });
}

/// The environment of each function.
pub(crate) fn environments(
    template: &Template,
    services: &Services,
) -> Result<BTreeMap<String, BTreeMap<String, String>>, BundleError> {
    let mut environments = BTreeMap::new();
    for function in &template.functions {
        let environment = environment(
            &function.environment,
            &function.name,
            &services.dynamodb,
            &services.sesv2,
        );
        let at_deployment = environment
            .iter()
            .find(|(_, value)| value.contains("{{resolve:"));
        if let Some((variable, _)) = at_deployment {
            return Err(BundleError::Variable {
                function: function.name.clone(),
                variable: variable.clone(),
            });
        }
        environments.insert(function.name.clone(), environment);
    }
    Ok(environments)
}

/// The address of a listener.
pub(crate) fn address_of(listener: &TcpListener) -> Result<std::net::SocketAddr, BundleError> {
    listener.local_addr().map_err(BundleError::Listener)
}
