//! Inbound webhooks: who sent this, may they, and what do they mean.
//!
//! A delivery passes through here in three steps, each of which trusts nothing the one before has
//! not shown: [`scheme`] verifies the raw bytes against the secrets of the [`source`], [`mapping`]
//! turns the sender's own payload into the canonical form, and [`canonical`] parses that form into
//! the domain's events; [`read()`](read::read) does the latter two. [`problem`] holds every answer
//! that is not a success, as RFC 9457 has it.
//!
//! This crate performs no I/O, reads no clock and draws no random numbers; it decides nothing about
//! requests or people. It must not know the store, the links or the mail.

pub mod canonical;
pub mod function;
pub mod json;
pub mod mapping;
pub mod problem;
pub mod read;
pub mod scheme;
pub mod secret;
pub mod source;
