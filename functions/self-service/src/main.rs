//! Starts `self-service` on Lambda.

use lambda_http::{Error, service_fn};
use self_service::Site;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let site = Site::new(app::start()?.core);
    let site = &site;
    lambda_http::run(service_fn(|request| self_service::handle(site, request))).await
}
