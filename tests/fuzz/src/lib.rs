//! Attacks on every parser that strangers reach, one module for each.
//!
//! A target takes bytes and panics when a property fails. It checks more than the absence of
//! panics: input that was accepted must be acceptable. `make fuzz` lets libFuzzer invent the bytes.
//! Inputs that reached new code are kept in `corpora/`, and `make test` replays each. This crate
//! must not use the private parts of the code that it attacks, because strangers cannot use them
//! either.
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

/// A target: its name and its function.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// The name in `TARGET=` of `make fuzz`, and of the folder of its corpus.
    pub name: &'static str,
    /// Panics when a property fails.
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

/// The target with a name.
#[must_use]
pub fn target(name: &str) -> Option<Target> {
    TARGETS.into_iter().find(|target| target.name == name)
}
