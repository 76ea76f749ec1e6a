//! The local bundle: all of Lanyard on one machine, as `cargo run` starts it.
//!
//! Everything comes from `infra/template.yaml`: tables, routes, the stream's trigger, the schedule,
//! the event rule, the functions' environment. The functions are the deployed ones, called through
//! the same envelopes. The services around them are stand-ins, which the real AWS clients reach
//! over loopback. This crate must never be part of a deployed function, and must never listen
//! anywhere but on loopback: it shows secrets in clear.

pub mod addresses;
pub mod bundle;
pub mod chance;
pub mod cli;
pub mod clock;
pub mod dynamodb;
pub(crate) mod environment;
pub mod fault;
pub mod file;
pub mod front;
pub mod jira;
pub mod lambda;
pub mod local;
pub mod log;
pub mod sdk;
pub(crate) mod services;
pub mod ses;
mod signed;
pub mod start;
pub mod template;
pub mod world;
