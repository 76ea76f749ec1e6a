//! Signed links, sessions and form tokens. They let people in who have no account.
//!
//! A link is a capability: its holder may do one kind of thing ([`domain::link::Purpose`]) with one
//! thing ([`domain::link::Scope`]) in the name of one address, until it expires. The token itself
//! holds all of this under a MAC, so checking a token needs no table. Two questions need a table:
//! was the link spent, and is its epoch over? The caller answers them with [`Claims::nonce`] and
//! [`Claims::epoch`] of the verified token.
//!
//! This crate must not do I/O, must not look at a clock and must not make up randomness: keys,
//! instants and nonces come in. It knows the domain and no other crate of the project.

mod envelope;
mod form;
mod key;
mod lifetime;
mod link;
mod nonce;
mod purpose;
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
