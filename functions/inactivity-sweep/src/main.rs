//! Starts `inactivity-sweep` on Lambda.

use app::{Needs, Sweep};
use lambda_runtime::{Error, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let sweep = Sweep::new(app::start(Needs::Neither)?.services);
    let sweep = &sweep;
    lambda_runtime::run(service_fn(|event| inactivity_sweep::handle(sweep, event))).await
}
