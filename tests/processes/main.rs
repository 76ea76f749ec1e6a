//! The programs themselves, each in a process of its own: the compiled functions behind a Lambda
//! Runtime API of the tests' own, and the local bundle as `cargo run` starts it.
#![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

mod bundle;
mod child;
mod counted;
mod crash;
mod deployed;
mod functions;
mod garbage;
mod logs;
mod outside;
mod panics;
mod programs;
mod published;
mod start;
