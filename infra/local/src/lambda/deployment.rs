//! The deployed functions, built in this process. Each is built as in its own `main`, but with its
//! environment from the template instead of the process, and with the movable clock.

use std::sync::Arc;

use app::config::ConfigError;
use app::{
    Clock, Config, DeskWriter, Feedback, Metrics, Needs, Receiver, Relay, Sender, Services, Sweep,
    SystemIds, aws,
};

use crate::bundle::Surroundings;
use crate::clock::MovableClock;
use crate::lambda::function::Functions;
use crate::ses::unsent::{self, UnsentError};
use pages::Site;

/// The reason why a function cannot be built.
#[derive(Debug, thiserror::Error)]
pub enum DeploymentError {
    /// Its environment is not what it expects.
    #[error("`{function}`: {source}")]
    Config {
        /// The function.
        function: &'static str,
        /// The missing or bad variables.
        #[source]
        source: ConfigError,
    },
    /// Its clients cannot be built.
    #[error("`{function}`: {source}")]
    Clients {
        /// The function.
        function: &'static str,
        /// The cause.
        #[source]
        source: aws::ClientError,
    },
    /// Messages that an earlier bundle left unsent cannot be queued again.
    #[error(transparent)]
    Unsent(#[from] UnsentError),
}

impl Clock for MovableClock {
    fn now(&self) -> domain::Timestamp {
        Self::now(self)
    }
}

/// Makes a handler own its parts, so that it can be called from anywhere.
macro_rules! owning {
    ($state:expr, $handle:path) => {{
        let state = Arc::new($state);
        move |event| {
            let state = Arc::clone(&state);
            async move { $handle(&state, event).await }
        }
    }};
}

/// Builds every function that the template declares, and queues again the messages that an earlier
/// bundle in the same data directory left unsent.
///
/// # Errors
///
/// If a function's environment is incomplete, or the tables cannot be read or written.
pub async fn functions(surroundings: &Surroundings) -> Result<Functions, DeploymentError> {
    let services = |function| built(surroundings, function).map(|built| built.services);
    if surroundings.kept {
        // In the name of the function that does this in a running bundle.
        unsent::queue_again(&services("inactivity-sweep")?).await?;
    }
    let relay = built(surroundings, "outbox-relay")?;
    let sender = Sender::new(
        &relay.clients.sesv2(),
        Some(relay.config.ses_configuration_set),
    );
    let relay = Relay::new(relay.services, sender, relay.config.ses_max_send_rate);
    Ok(Functions::new()
        .http(
            "request-created",
            owning!(
                Receiver::new(services("request-created")?),
                request_created::handle
            ),
        )
        .http(
            "request-updated",
            owning!(
                Receiver::new(services("request-updated")?),
                request_updated::handle
            ),
        )
        .http(
            "customer-invited",
            owning!(
                Receiver::new(services("customer-invited")?),
                customer_invited::handle
            ),
        )
        .http(
            "member-offboarded",
            owning!(
                Receiver::new(services("member-offboarded")?),
                member_offboarded::handle
            ),
        )
        .event(
            "inactivity-sweep",
            owning!(
                Sweep::new(services("inactivity-sweep")?),
                inactivity_sweep::handle
            ),
        )
        .event("outbox-relay", owning!(relay, outbox_relay::handle))
        .event(
            "desk-writer",
            owning!(
                DeskWriter::new(services("desk-writer")?),
                desk_writer::handle
            ),
        )
        .event(
            "mail-feedback",
            owning!(
                Feedback::new(services("mail-feedback")?),
                mail_feedback::handle
            ),
        )
        .http(
            "self-service",
            owning!(Site::new(services("self-service")?), self_service::handle),
        ))
}

/// The parts of a function after the start in its `main`.
struct Built {
    config: Config,
    clients: aws::Clients,
    services: Services,
}

/// The secrets that a function asks for in its `main`.
fn needs(function: &str) -> Needs {
    match function {
        "outbox-relay" | "self-service" => Needs::Links,
        "inactivity-sweep" | "mail-feedback" => Needs::Neither,
        _ => Needs::Sources,
    }
}

fn built(surroundings: &Surroundings, function: &'static str) -> Result<Built, DeploymentError> {
    let environment = surroundings.environment(function);
    let lookup = |name: &str| environment.get(name).cloned();
    let config = Config::read(needs(function), lookup);
    let config = config.map_err(|source| DeploymentError::Config { function, source })?;
    let clients = aws::Clients::build(&config.aws)
        .map_err(|source| DeploymentError::Clients { function, source })?;
    let clock: Arc<dyn Clock> = Arc::new(surroundings.clock.clone());
    let mut services = Services::new(
        clients.dynamodb.clone(),
        &config,
        clock,
        Arc::new(SystemIds::default()),
    );
    // Nobody collects metrics here, and they would disturb the output for people.
    services.metrics = Arc::new(Metrics::silent());
    Ok(Built {
        config,
        clients,
        services,
    })
}
