//! Applying a world to tables in the embedded engine.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod apply;
mod command;
mod connect;
mod engine;
mod file;
mod import;
mod seed;
mod site;
