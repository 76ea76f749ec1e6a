//! Keys that sign tokens, two at a time while one replaces the other.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::{Choice, ConstantTimeEq};

/// The bytes of an HMAC-SHA256 tag, never truncated.
pub(crate) const TAG: usize = 32;

/// Identifies a key without revealing anything about it.
pub type KeyId = [u8; 4];

/// One key for HMAC-SHA256 (RFC 2104, FIPS 180-4), ready to use.
#[derive(Clone)]
pub struct Key {
    id: KeyId,
    // Keyed once. Each signature starts from a copy of this state.
    mac: Hmac<Sha256>,
}

impl Key {
    /// Makes a key of 32 secret bytes; its id follows from them.
    #[must_use]
    #[expect(clippy::missing_panics_doc, reason = "it never panics")]
    pub fn new(secret: &[u8; 32]) -> Self {
        let mac = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes a key of every length");
        let name = mac
            .clone()
            .chain_update(b"lanyard/key-id/1")
            .finalize()
            .into_bytes();
        let id = [name[0], name[1], name[2], name[3]];
        Self { id, mac }
    }

    /// The key's id, which every token signed with it carries.
    #[must_use]
    pub fn id(&self) -> KeyId {
        self.id
    }

    /// The tag over `parts`, one after the other. The label keeps one kind of token from passing as
    /// another, so no label may be the beginning of another.
    pub(crate) fn tag(&self, label: &str, parts: &[&[u8]]) -> [u8; TAG] {
        let mut mac = self.mac.clone();
        mac.update(label.as_bytes());
        mac.update(&[0]);
        for part in parts {
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }
}

/// Shows nothing, not even the id: a key does not belong in a log.
impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

/// The common part of `LinkKeys` and `SessionKeys`.
pub(crate) trait KeyPair {
    /// The key that signs.
    fn current(&self) -> &Key;
    /// The key that is also honoured during a rotation.
    fn previous(&self) -> Option<&Key>;

    /// The key under which `tag` is right for `parts`, if any. Always tries every key and compares
    /// in constant time. So the time tells neither how much of a forged tag was right nor which key
    /// was tried.
    fn key_of(&self, label: &str, parts: &[&[u8]], tag: &[u8]) -> Option<&Key> {
        let right = |key: &Key| -> Choice { key.tag(label, parts)[..].ct_eq(tag) };
        let by_current = right(self.current());
        let by_previous = self.previous().map_or(Choice::from(0), right);
        if by_current.into() {
            Some(self.current())
        } else if by_previous.into() {
            self.previous()
        } else {
            None
        }
    }
}

macro_rules! keys {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub struct $name {
            /// The key that signs and verifies.
            pub current: Key,
            /// The key before it, which still verifies during a rotation.
            pub previous: Option<Key>,
        }

        impl KeyPair for $name {
            fn current(&self) -> &Key {
                &self.current
            }
            fn previous(&self) -> Option<&Key> {
                self.previous.as_ref()
            }
        }
    };
}

keys!(
    /// The keys of signed links.
    LinkKeys
);
keys!(
    /// The keys of sessions and of the forms' tokens.
    SessionKeys
);
