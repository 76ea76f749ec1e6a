#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod known;
mod links;
mod strangers;
mod world;
