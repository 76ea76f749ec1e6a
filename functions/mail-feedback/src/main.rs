//! Starts `mail-feedback` on Lambda.

use app::{Feedback, Needs};
use lambda_runtime::{Error, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let feedback = Feedback::new(app::start(Needs::Neither)?.services);
    let feedback = &feedback;
    lambda_runtime::run(service_fn(|event| mail_feedback::handle(feedback, event))).await
}
