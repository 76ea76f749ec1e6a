//! Signed links, sessions and form tokens: what lets a person in who has no account.
//!
//! A link is a capability: whoever holds it may do one kind of thing ([`domain::link::Purpose`])
//! with one thing ([`domain::link::Scope`]) in the name of one address, until it expires. All of
//! that stands in the token itself, under a MAC, so that checking one needs no table. What only a
//! table can know (whether it was spent, whether its epoch has passed) is for the caller, who finds
//! [`Claims::nonce`] and [`Claims::epoch`] in the verified token.
//!
//! This crate must not do I/O, must not look at a clock and must not make up randomness: keys,
//! instants and nonces come in. It knows the domain and no other crate of the project.

mod envelope;
mod form;
mod key;
mod lifetime;
mod link;
mod nonce;
mod session;
mod wire;

pub use envelope::Token;
pub use form::{Binding, form_nonce, form_token};
pub use key::{Key, KeyId, LinkKeys, SessionKeys};
pub use lifetime::default_lifetime;
pub use link::{Claims, LinkError, PATH, sign, verify};
pub use nonce::{Nonce, nonce_for};
pub use session::{
    InvalidSession, SESSION_IDLE_MINUTES, SESSION_MOST_HOURS, Session, sign_session, verify_session,
};
