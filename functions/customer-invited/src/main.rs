//! Starts `customer-invited` on Lambda.

use app::Receiver;
use lambda_http::{Error, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let receiver = Receiver::customer_invited(app::start()?.core);
    let receiver = &receiver;
    lambda_http::run(service_fn(|request| {
        customer_invited::handle(receiver, request)
    }))
    .await
}
