//! Starts `self-service` on Lambda.

use app::Visits;
use lambda_http::{Error, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let visits = Visits::new(app::start()?.core);
    let visits = &visits;
    lambda_http::run(service_fn(|request| self_service::handle(visits, request))).await
}
