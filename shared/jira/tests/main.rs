//! The client against sites that answer as Jira does, good days and bad.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod answers;
mod calls;
mod description;
mod lists;
mod site;
