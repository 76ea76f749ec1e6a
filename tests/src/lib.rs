//! The parts that the tests of the whole repository share: its files, its crates, its template, the foreign
//! tools it is held against, the Runtime API that its programs are run behind, many
//! people at once, and what senders report.
//!
//! The tests themselves lie beside this folder, one file or folder for each, and are named in
//! `Cargo.toml`. This crate must not be used by anything but tests: it stops at the first surprise.

pub mod crowd;
pub mod openapi;
pub mod payloads;
pub mod repository;
pub mod runtime_api;
pub mod template;
pub mod tools;
pub mod workspace;
