//! The rules of the business, through the crate's public functions.
#![allow(
    unreachable_pub,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::wildcard_enum_match_arm,
    reason = "a test stops at the first surprise, and its builders are seen by all of them"
)]

mod at_desk;
mod decisions;
mod explorer;
mod history;
mod interleavings;
mod invariants;
mod read;
mod sweep_race;
mod world;
