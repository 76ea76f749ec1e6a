//! Starts `member-offboarded` on Lambda.

use app::{Needs, Receiver, http};
use lambda_http::Error;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let receiver = Receiver::new(app::start(Needs::Sources)?.services);
    let receiver = &receiver;
    http::run(|request| member_offboarded::handle(receiver, request)).await
}
