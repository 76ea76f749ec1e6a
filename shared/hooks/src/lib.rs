//! Inbound webhooks: verifies their sender, checks its rights, and reads their events.
//!
//! A delivery passes three steps, and no step trusts anything that the one before has not proved.
//! [`scheme`] verifies the raw bytes against the secrets of the [`source`]. [`mapping`] turns the
//! sender's own payload into the canonical form. [`canonical`] parses that form into the domain's
//! events. [`read()`](read::read) runs the last two. [`problem`] holds every answer that is not a
//! success, in the form of RFC 9457.
//!
//! This crate performs no I/O, reads no clock and draws no random numbers. It decides nothing about
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
