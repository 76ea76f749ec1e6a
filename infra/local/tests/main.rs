//! The bundle, asked over HTTP as everybody else asks it.
#![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

mod addresses;
mod bench;
mod bundle;
mod deployed;
mod desk;
mod start;
