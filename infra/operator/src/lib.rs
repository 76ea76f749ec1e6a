//! What those who run the desk do from their own machine: describe the world in a file and make it
//! so.
//!
//! [`World`] is the file, read and checked as a whole. [`Operator::plan`] compares it with what the
//! tables hold and says in one line for each difference what would change; [`Operator::carry_out`]
//! writes it. Both are idempotent. Neither touches people or requests, with one exception: a lead
//! whom the file names, and who is none yet, becomes one. No secret is read back or shown, except a
//! new one, once.
//!
//! The local bundle seeds its world by the same calls.

mod accounts;
mod apply;
mod check;
mod difference;
mod file;
mod issue;
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

pub use accounts::{ForgetError, line as account_line};
pub use apply::{Applied, NewSecret, Operator, OperatorError};
pub use file::{Lead, OrganizationSettings, World};
pub use plan::Plan;
pub use policy::PolicyOverrides;
pub use problem::{InvalidFile, Problem};
pub use rotate::RotateError;
pub use seed::Members;
pub use source::SourceSettings;
