//! Starts `member-offboarded` on Lambda.

use app::Receiver;
use lambda_http::{Error, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let receiver = Receiver::member_offboarded(app::start()?.core);
    let receiver = &receiver;
    lambda_http::run(service_fn(|request| {
        member_offboarded::handle(receiver, request)
    }))
    .await
}
