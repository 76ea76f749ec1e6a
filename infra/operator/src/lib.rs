//! The work of operators on their own machine: they describe the world in a file and apply it.
//!
//! [`World`] is the file, read and checked as a whole. [`Operator::plan`] compares it with the
//! tables and describes each difference in one line; [`Operator::carry_out`] writes them. Both are
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

pub use accounts::{ForgetError, line as account_line};
pub use apply::{Applied, NewSecret, Operator, OperatorError};
pub use connect::{ConnectError, Given, Tried};
pub use file::{Lead, OrganizationSettings, World};
pub use import::{
    Done, ImportError, ImportOptions, ImportPlan, LeftOut, OrganizationThere, Person, Planned,
    SiteRead, Why,
};
pub use plan::Plan;
pub use policy::PolicyOverrides;
pub use problem::{InvalidFile, Problem};
pub use rotate::RotateError;
pub use seed::Members;
pub use source::SourceSettings;
