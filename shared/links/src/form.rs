//! The tokens that forms carry, so that no other site can post them for a visitor.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::{
    Nonce, SessionKeys, Token,
    key::{KeyPair, TAG},
};

const LABEL: &str = "lanyard/form/1";

/// What a form belongs to. Its token ends with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binding {
    /// The session with this id.
    Session(Nonce),
    /// The link with this nonce, for pages that begin no session.
    Link(Nonce),
}

impl Binding {
    fn bytes(&self) -> [u8; 17] {
        let (tag, nonce) = match self {
            Self::Session(id) => (1, id),
            Self::Link(nonce) => (2, nonce),
        };
        let mut bytes = [tag; 17];
        bytes[1..].copy_from_slice(nonce.as_bytes());
        bytes
    }
}

/// The token for the form that posts `action` (such as `keep-access`), of 43 characters.
#[must_use]
pub fn form_token(binding: Binding, action: &str, keys: &SessionKeys) -> Token {
    let tag = keys
        .current()
        .tag(LABEL, &[&binding.bytes(), action.as_bytes()]);
    Token::from_tag(&tag)
}

/// Whether a posted token belongs to this session or link and this action.
#[must_use]
pub fn is_form_token(token: &str, binding: Binding, action: &str, keys: &SessionKeys) -> bool {
    // Four characters carry three bytes; anything longer is not looked at.
    if token.len() > TAG * 2 {
        return false;
    }
    URL_SAFE_NO_PAD.decode(token).is_ok_and(|tag| {
        keys.key_of(LABEL, &[&binding.bytes(), action.as_bytes()], &tag)
            .is_some()
    })
}
