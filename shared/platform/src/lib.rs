//! The start of every function, without a use case: configuration and secrets, keys, clients for AWS,
//! the clock, logs and metrics.
//!
//! This is the only crate of a function that reads the environment, the clock and randomness, in
//! [`config`] and [`clock`]. Everything further in is handed what it needs. It must not know any use
//! case.

pub mod aws;
pub mod clock;
pub mod config;
pub mod keys;
pub mod metrics;
pub mod secrets;
pub mod telemetry;

pub use clock::{Clock, Ids, SystemClock, SystemIds};
pub use config::Config;
pub use keys::{Keys, trace_key};
pub use metrics::{Metric, Metrics};
pub use secrets::{Generations, Needs, Secrets};
