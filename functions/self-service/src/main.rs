//! Starts `self-service` on Lambda.

use app::{Needs, http};
use lambda_http::Error;
use pages::Site;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let site = Site::new(app::start(Needs::Links)?.services);
    let site = &site;
    http::run(|request| self_service::handle(site, request)).await
}
