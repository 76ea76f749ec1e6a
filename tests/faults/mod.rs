//! What Lanyard survives: faults at the HTTP boundary of DynamoDB and of SES, functions that die, a
//! stream that repeats itself. `docs/faults.md` says which test shows what.
//!
//! Throws follow from a seed, which each story prints: `SEED=7` tells it again.

mod crowd;
mod killed;
mod outage;
mod soak;
mod storm;
mod stream;
mod told;
