//! Nonces, which tell one link from every other.

use std::fmt;

use domain::{EmailAddress, link::Purpose};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::purpose::purpose_number;

/// Sixteen bytes that no other link or session has. `Display` writes 32 lower-case hexadecimal
/// digits, the form in which a spent link is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Nonce([u8; 16]);

impl Nonce {
    /// A nonce from bytes that the caller made unique: random, or a version 7 UUID's.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl From<Uuid> for Nonce {
    fn from(id: Uuid) -> Self {
        Self(id.into_bytes())
    }
}

impl fmt::Display for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The nonce of one person's link in one message.
///
/// The same message sent again after a crash carries the same link. So a single-use link stays
/// single-use, however often its mail was delivered. The nonce does not depend on a key, so this
/// also holds during a rotation. It need not be unguessable, because the MAC protects it.
#[must_use]
pub fn nonce_for(message_id: Uuid, recipient: &EmailAddress, purpose: Purpose) -> Nonce {
    let mut hash = Sha256::new();
    hash.update(b"lanyard/nonce/1\0");
    hash.update(message_id.as_bytes());
    hash.update([purpose_number(purpose)]);
    hash.update(recipient.as_str().as_bytes());
    let digest = hash.finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    Nonce(bytes)
}
