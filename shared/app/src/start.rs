//! Start-up: configuration, logs, clients; once, and without a call.

use std::sync::Arc;

use tracing::Level;

use crate::{
    Config, Services, SystemClock, SystemIds, aws, aws::Clients, config::ConfigError,
    secrets::Needs, telemetry,
};

/// A function that has started.
#[derive(Debug, Clone)]
pub struct Started {
    /// The configuration.
    pub config: Config,
    /// The services of its use cases.
    pub services: Services,
    /// Its clients.
    pub clients: Clients,
}

/// The reason why a function did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Its environment is not what the template promises.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// Its clients could not be built.
    #[error(transparent)]
    Clients(#[from] aws::ClientError),
}

/// Reads the environment, starts logging and builds the clients. The function is given the secrets
/// that it `needs` and takes no others (`docs/adr/0036`).
///
/// # Errors
/// If a variable is missing or bad, or the clients cannot be built: one line says so, Lambda
/// reports it and tries again with the next event.
pub fn start(needs: Needs) -> Result<Started, StartError> {
    try_start(needs).inspect_err(|error| {
        // Which level was wanted may be what could not be read.
        telemetry::init(Level::ERROR);
        tracing::error!(error = error as &dyn std::error::Error, "not started");
    })
}

fn try_start(needs: Needs) -> Result<Started, StartError> {
    let config = Config::from_env(needs)?;
    telemetry::init(config.log_level);
    let clients = Clients::build(&config.aws)?;
    let services = Services::new(
        clients.dynamodb.clone(),
        &config,
        Arc::new(SystemClock),
        Arc::new(SystemIds::default()),
    );
    Ok(Started {
        config,
        services,
        clients,
    })
}
