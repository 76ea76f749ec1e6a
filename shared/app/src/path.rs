//! The path that every event takes: load, decide, commit, answer.
//!
//! A use case says how to load and decide; [`Attempts`] does the rest, and starts over while others
//! change the items that the decision rests on. An action that ends without doing anything ends with
//! a [`Stop`].
//!
//! The other files are the parts that several use cases share: `services` and `settings`, the
//! caller's [`session`], the `holder` of a link, `limits` on acts that mail others, and the acts
//! that are parts of others: `inviting`, `hand_over`, `open_requests`.

pub(crate) mod attempt;
pub(crate) mod deadline;
pub(crate) mod hand_over;
pub(crate) mod holder;
pub(crate) mod inviting;
pub(crate) mod keys;
pub(crate) mod limits;
pub(crate) mod open_requests;
pub(crate) mod services;
pub mod session;
pub(crate) mod settings;
pub(crate) mod stop;

pub use attempt::{Attempts, Ruling, Settled};
pub use deadline::Deadline;
pub(crate) use deadline::Margin;
pub use stop::Stop;
