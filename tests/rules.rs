//! The rules of the repository. No service is started for these.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod architecture;
mod openapi;
mod supply_chain;
mod template;
