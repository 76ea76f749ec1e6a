//! Starts `outbox-relay` on Lambda.

use app::{Needs, Relay, Sender, Started};
use lambda_runtime::{Error, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let Started {
        config,
        services,
        clients,
    } = app::start(Needs::Links)?;
    let sender = Sender::new(&clients.sesv2(), Some(config.ses_configuration_set));
    let relay = Relay::new(services, sender, config.ses_max_send_rate);
    let relay = &relay;
    lambda_runtime::run(service_fn(|event| outbox_relay::handle(relay, event))).await
}
