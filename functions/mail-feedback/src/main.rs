//! Starts `mail-feedback` on Lambda.

use app::Feedback;
use lambda_runtime::{Error, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let feedback = Feedback::new(app::start_without_root()?.core);
    let feedback = &feedback;
    lambda_runtime::run(service_fn(|event| mail_feedback::handle(feedback, event))).await
}
