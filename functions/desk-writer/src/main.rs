//! Starts `desk-writer` on Lambda.

use app::{DeskWriter, Needs};
use lambda_runtime::{Error, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let writer = DeskWriter::new(app::start(Needs::Sources)?.services);
    let writer = &writer;
    lambda_runtime::run(service_fn(|event| desk_writer::handle(writer, event))).await
}
