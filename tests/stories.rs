//! Stories, told from outside to the whole bundle.
#![allow(clippy::unwrap_used, reason = "a story stops at the first surprise")]

mod browser;
mod console;
mod desk;
mod engines;
mod faults;
mod fixture;
mod lifecycle;
mod webhooks;
