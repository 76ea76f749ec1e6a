//! What strangers can send, broken in every way: one module for each parser that the outside reaches.
//!
//! A target takes bytes and panics when something does not hold: not only that nothing panics, but
//! that what is let through was meant to be. `make fuzz` has libFuzzer think up the bytes; the inputs
//! that found new ways are kept in `corpora/`, and `make test` replays each. This crate must not know
//! what the code that it attacks knows only for itself: it comes in where strangers do.
#![allow(
    clippy::unwrap_used,
    reason = "a target stops at the first surprise: that is what it is for"
)]
#![allow(clippy::missing_panics_doc, reason = "panics are what it reports")]

mod aws;
mod bodies;
mod bundle;
mod envelopes;
mod feedback;
mod lists;
mod mappings;
mod pages;
mod signatures;
mod stream;
mod tokens;

/// A target: its name, and what it does with bytes.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// As in `TARGET=` of `make fuzz`, and the folder of its corpus.
    pub name: &'static str,
    /// Panics when something does not hold.
    pub run: fn(&[u8]),
}

/// Every target.
pub const TARGETS: [Target; 9] = [
    Target {
        name: "bodies",
        run: bodies::run,
    },
    Target {
        name: "envelopes",
        run: envelopes::run,
    },
    Target {
        name: "feedback",
        run: feedback::run,
    },
    Target {
        name: "lists",
        run: lists::run,
    },
    Target {
        name: "mappings",
        run: mappings::run,
    },
    Target {
        name: "pages",
        run: pages::run,
    },
    Target {
        name: "signatures",
        run: signatures::run,
    },
    Target {
        name: "stream",
        run: stream::run,
    },
    Target {
        name: "tokens",
        run: tokens::run,
    },
];

/// The target of a name.
#[must_use]
pub fn target(name: &str) -> Option<Target> {
    TARGETS.into_iter().find(|target| target.name == name)
}
