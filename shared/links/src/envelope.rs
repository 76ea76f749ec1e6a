//! The outer layer of a token: version, key id, content, tag; in base64url without padding.
//!
//! ```text
//! 0        1          5                 n-32           n
//! ├ version ┼ key id ──┼ content ────────┼ HMAC-SHA256 ─┤
//! ```

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::{
    Nonce,
    key::{KeyId, KeyPair, TAG},
};

/// The only version so far.
const VERSION: u8 = 1;
/// Version and key id.
const HEAD: usize = 1 + size_of::<KeyId>();
/// The longest token that is examined. The longest that can be signed, with every name at its
/// limit, has some 900 characters; typical ones have 140 to 200.
const LONGEST: usize = 1_024;

/// A signed token in base64url (RFC 4648 §5) without padding: safe in a URL path and in a cookie.
///
/// A token lets its holder in, so `Debug` does not show it and there is no `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// The token as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A form's token: its nonce and its tag.
    pub(crate) fn of_form(nonce: Nonce, tag: &[u8; TAG]) -> Self {
        let mut bytes = nonce.as_bytes().to_vec();
        bytes.extend_from_slice(tag);
        Self(URL_SAFE_NO_PAD.encode(bytes))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

impl From<Token> for String {
    fn from(token: Token) -> Self {
        token.0
    }
}

/// Signs `content` with the current key.
pub(crate) fn seal(label: &str, content: &[u8], keys: &impl KeyPair) -> Token {
    let key = keys.current();
    let mut bytes = Vec::with_capacity(HEAD + content.len() + TAG);
    bytes.push(VERSION);
    bytes.extend_from_slice(&key.id());
    bytes.extend_from_slice(content);
    let tag = key.tag(label, &[&bytes]);
    bytes.extend_from_slice(&tag);
    Token(URL_SAFE_NO_PAD.encode(bytes))
}

/// Returns the content of a token after checking its tag over everything before it. Nothing is
/// interpreted earlier. The key id only tells people which key is in use.
pub(crate) fn open(label: &str, token: &str, keys: &impl KeyPair) -> Option<Vec<u8>> {
    if token.len() > LONGEST {
        return None;
    }
    // Refuses padding, other alphabets, and a last character with unused bits. So each token has
    // exactly one spelling.
    let mut bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    let (signed, tag) = bytes.split_at_checked(bytes.len().checked_sub(TAG)?)?;
    let key = keys.key_of(label, &[signed], tag)?;
    let named_right = signed.first() == Some(&VERSION) && signed.get(1..HEAD) == Some(&key.id());
    if !named_right {
        return None;
    }
    bytes.truncate(bytes.len() - TAG);
    bytes.drain(..HEAD);
    Some(bytes)
}
