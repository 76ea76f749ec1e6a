//! The tokens in forms. Without one, no other site can post a form for a visitor.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::{
    Nonce, SessionKeys, Token,
    key::{KeyPair, TAG},
};

const LABEL: &str = "lanyard/form/2";

/// A form's token in bytes: nonce and tag.
const FORM: usize = 16 + TAG;

/// The session or link that a form belongs to. The form's token ends with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binding {
    /// The session with this id.
    Session(Nonce),
    /// The link with this nonce, for pages without a session.
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

/// The token for one rendering of the form that posts `action` (such as `keep-access`): its nonce
/// and a tag over session or link, action and nonce, 64 characters.
///
/// `nonce` must be new for each rendering. Posting the form spends the nonce, so that posting it
/// twice acts once. No two renderings carry the same characters, so the length of a compressed page
/// tells nothing about the token (the BREACH attack).
#[must_use]
pub fn form_token(binding: Binding, action: &str, nonce: Nonce, keys: &SessionKeys) -> Token {
    let tag = keys.current().tag(
        LABEL,
        &[&binding.bytes(), nonce.as_bytes(), action.as_bytes()],
    );
    Token::of_form(nonce, &tag)
}

/// The nonce of a posted form, if its token belongs to this session or link and this action.
#[must_use]
pub fn form_nonce(
    token: &str,
    binding: Binding,
    action: &str,
    keys: &SessionKeys,
) -> Option<Nonce> {
    // Four characters carry three bytes; longer tokens are not examined.
    if token.len() > FORM * 2 {
        return None;
    }
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    let (nonce, tag) = bytes.split_first_chunk::<16>()?;
    let nonce = Nonce::from_bytes(*nonce);
    let parts = [&binding.bytes()[..], nonce.as_bytes(), action.as_bytes()];
    keys.key_of(LABEL, &parts, tag).map(|_| nonce)
}
