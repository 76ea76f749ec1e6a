//! Webhooks as senders write them, and the answers that they get.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod problems;
mod samples;
