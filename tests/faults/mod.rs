//! Faults that Lanyard survives: at the HTTP boundary of DynamoDB and of SES, functions that die, a
//! stream that repeats itself. `docs/faults.md` lists the tests.
//!
//! Throws follow from a seed, which each story prints: `SEED=7` repeats it.

mod crowd;
mod killed;
mod outage;
mod soak;
mod storm;
mod stream;
mod told;
