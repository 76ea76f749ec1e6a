//! Jira, called with this process's clock and connections.

use std::{pin::Pin, sync::Arc, time::Duration};

use domain::Timestamp;
use jira::{Client, Credentials, InvalidSite, Settings, Site, Timer, TlsError, Transport};

use crate::Clock;

/// The reason why there is no client.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The site's address or the credentials cannot be used.
    #[error(transparent)]
    Site(#[from] InvalidSite),
    /// There is no TLS.
    #[error(transparent)]
    Tls(#[from] TlsError),
}

/// A client of a site. It makes no call before it is asked to.
///
/// # Errors
/// If the address or the credentials cannot be used.
pub fn client(
    site: &str,
    credentials: &Credentials,
    clock: Arc<dyn Clock>,
    settings: Settings,
) -> Result<Client, ClientError> {
    let site: Site = site.parse()?;
    let timer = Arc::new(ClockTimer(clock));
    let transport = Transport::public()?;
    Ok(Client::new(site, credentials, transport, timer, settings)?)
}

/// The time by a clock, and the runtime's own waiting.
#[derive(Debug, Clone)]
pub struct ClockTimer(pub Arc<dyn Clock>);

impl Timer for ClockTimer {
    fn now(&self) -> Timestamp {
        self.0.now()
    }

    fn wait(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(tokio::time::sleep(time))
    }
}
