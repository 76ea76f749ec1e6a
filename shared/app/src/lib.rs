//! What every function shares: use cases, configuration, keys, clients, telemetry and start-up.
//!
//! A use case takes one event all the way: load, decide, commit, answer. The functions around this
//! crate parse what their trigger hands them, call one use case and map its result. This crate is
//! where the four crates in the middle (`store`, `hooks`, `links`, `mail`) meet; it must not know
//! any function, and it must read neither the environment, nor the clock, nor randomness anywhere
//! but in [`config`] and [`clock`].

pub mod aws;
pub mod clock;
pub mod config;
pub mod keys;
pub mod metrics;
pub mod telemetry;

pub use clock::{Clock, Ids, SystemClock, SystemIds};
pub use config::Config;
pub use keys::Keys;
pub use metrics::{Metric, Metrics};
