//! The seeded world of this bundle, and the replay of its samples.

mod error;
pub mod replay;
pub mod sample;
pub mod seed;
mod tell;

use crate::bundle::Running;
use crate::log::Log;

pub use error::WorldError;
pub use seed::seed;
pub use tell::Detail;

/// Replays the samples and prints how they came out. Returns true if everything came out as
/// expected.
///
/// # Errors
/// If the samples cannot be read or sent.
pub async fn replay(running: &Running, detail: Detail, log: &Log) -> Result<bool, WorldError> {
    let samples = sample::all(&sample::folder())?;
    let replay = replay::Replay::new(running);
    let mut tally = tell::Tally::default();
    tell::heading(samples.len());
    for sample in &samples {
        let step = replay.step(sample).await?;
        tally.count(sample, &step);
        tell::step(detail, sample, &step);
        log.release(&sample.expect.log);
    }
    // New is what follows from the acts of whoever started it.
    running.local.mailbox.looked_at(None);
    tell::summary(detail, &tally);
    Ok(tally.is_clean())
}

/// Prints the addresses to open.
pub fn tell_addresses(running: &Running) {
    tell::addresses(&running.local);
}
