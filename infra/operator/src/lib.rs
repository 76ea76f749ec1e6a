//! The work of operators on their own machine: they describe the world in a file and apply it.
//!
//! [`World`] is the file, read and checked as a whole. [`Operator::plan`] compares it with the
//! tables and describes each difference in one line; [`Operator::write`] writes them. Both are
//! idempotent. Neither touches people or requests, with one exception: a person whom the file names
//! as a lead becomes one. No secret is read back or shown, except a new one, once.
//!
//! The local bundle seeds its world by the same calls.

mod accounts;
mod apply;
mod check;
mod connect;
mod difference;
mod file;
mod import;
mod issue;
mod jira;
mod operator;
mod person;
mod plan;
mod policy;
mod problem;
pub mod reach;
mod rotate;
mod seed;
mod source;
#[cfg(feature = "stack")]
pub mod stack;
mod token;
mod world;

pub use accounts::{ForgetError, line as account_line};
pub use apply::{Applied, NewSecret};
pub use connect::{ConnectError, Given, Tried};
pub use import::{
    Done, ImportError, ImportOptions, ImportPlan, LeftOut, OrganizationThere, Person, Planned,
    SiteRead, Why,
};
pub use operator::{Operator, OperatorError};
pub use plan::Plan;
pub use policy::PolicyOverrides;
pub use problem::{InvalidFile, Problem};
pub use rotate::RotateError;
pub use seed::Members;
pub use source::SourceSettings;
pub use world::{Lead, OrganizationSettings, World};
