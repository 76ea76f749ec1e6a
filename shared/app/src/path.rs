//! The path that every event takes: load, decide, commit, answer.
//!
//! A use case says how to load and decide; [`Attempts`] does the rest, and starts over while others
//! change the items that the decision rests on. An action that ends without doing anything ends with
//! a [`Stop`].

pub(crate) mod attempt;
pub(crate) mod deadline;
pub(crate) mod stop;

pub use attempt::{Attempts, Ruling, Settled};
pub use deadline::Deadline;
pub(crate) use deadline::Margin;
pub use stop::Stop;
