//! Requests over an engine of its own.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod acts;
mod lists;
mod one;
mod world;
