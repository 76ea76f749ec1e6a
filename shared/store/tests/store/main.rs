//! The store against the embedded engine: the same SDK calls as in the cloud, over HTTP.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failed step fails the test, and the costs are printed"
)]

mod changes;
mod commit;
mod concurrency;
mod costs;
mod cursors;
mod deliveries;
mod desk;
mod engine;
mod faults;
mod limits;
mod lists;
mod loads;
mod outbox;
mod relay_race;
mod sample;
mod settings;
mod uploads;
