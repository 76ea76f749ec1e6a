//! Stories of the lead's console, told to the whole bundle over HTTP, as a browser without script
//! would have them.

#![allow(clippy::unwrap_used, reason = "a story stops at the first surprise")]

#[path = "../fixture/mod.rs"]
mod fixture;

mod browser;
mod hostile;
mod lists;
mod looks;
mod people;
