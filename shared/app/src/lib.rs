//! The use cases of all functions, and their start-up.
//!
//! A use case takes one event all the way: load, decide, commit, answer. The functions around this
//! crate parse what their trigger hands them, call one use case and map its result. This crate is
//! where the four crates in the middle (`store`, `hooks`, `links`, `mail`) meet; it must not know
//! any function, and it must read neither the environment, nor the clock, nor randomness: `platform`
//! hands it what it needs.

mod cache;
pub mod console;
pub mod desk;
pub mod feedback;
mod handed;
pub mod http;
pub mod intake;
pub mod jira;
mod mailbox;
mod memberships;
pub mod path;
pub mod profile;
pub mod relay;
pub mod requests;
pub mod start;
pub mod sweep;
pub mod visit;
pub mod webhook;

pub use console::Console;
pub use desk::DeskWriter;
pub use feedback::Feedback;
pub use handed::Handed;
pub use hooks::function::Function;
pub use intake::Intake;
pub use mail::Sender;
pub use path::services::{AppError, Services};
pub use path::session::{self, Caller, Sessions};
pub use platform::{
    Clock, Config, Generations, Ids, Keys, Metric, Metrics, Needs, Secrets, SystemClock, SystemIds,
    aws, clock, config, keys, metrics, secrets, telemetry, trace_key,
};
pub use profile::Profiles;
pub use relay::Relay;
pub use requests::Requests;
pub use start::{StartError, Started, start};
pub use store::{Asked, Meter, Queued};
pub use sweep::Sweep;
pub use visit::Visits;
pub use webhook::Receiver;

#[cfg(test)]
mod tests;
