//! Starts `request-created` on Lambda.

use app::Receiver;
use lambda_http::{Error, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let receiver = Receiver::request_created(app::start()?.core);
    let receiver = &receiver;
    lambda_http::run(service_fn(|request| {
        request_created::handle(receiver, request)
    }))
    .await
}
