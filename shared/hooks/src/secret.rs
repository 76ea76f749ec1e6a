//! Secrets of sources and tokens of desks, in memory and encrypted in the directory.

use std::fmt;

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit};
use base64::Engine;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use domain::id::{DeskId, SourceId};
use secrecy::{ExposeSecret, SecretSlice, SecretString};
use serde::{Deserialize, Serialize};

use crate::scheme::Scheme;

/// The least number of bytes in a secret. With fewer than 128 bits, one signature gives it away.
pub const MIN_BYTES: usize = 16;
/// The largest number of characters in a secret's text.
pub const MAX_TEXT: usize = 512;
/// Bytes of a nonce of AES-GCM (NIST SP 800-38D §5.2.1.1).
pub const NONCE_BYTES: usize = 12;

/// Bound into every sealed secret before its owner's id, so that the key cannot serve another
/// purpose by mistake.
const SOURCE: &str = "lanyard source secret v1 ";
const DESK: &str = "lanyard desk token v1 ";
/// The beginning of a sealed secret's text: the format's version.
const SEALED_V1: &str = "v1.";

/// Accepts base64 without its padding, because some senders drop it.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The key of a source's signatures. Nothing shows it, and dropping it wipes it.
#[derive(Clone)]
pub struct Secret(SecretSlice<u8>);

/// The reason why a text is no secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidSecret {
    /// Short enough to be guessed.
    #[error("the secret has fewer than {MIN_BYTES} bytes")]
    TooShort,
    /// Longer than any sender's.
    #[error("the secret is longer than {MAX_TEXT} characters")]
    TooLong,
    /// A Standard Webhooks secret must be base64, after `whsec_`.
    #[error("the secret is not base64 after whsec_")]
    NotBase64,
    /// A shared token must fit into a header.
    #[error("the token has characters that a header cannot carry")]
    NotVisible,
}

impl Secret {
    /// Reads a secret as its sender shows it: `whsec_` and base64 for Standard Webhooks, the text's
    /// own bytes for every other scheme (Stripe's `whsec_…` among them).
    ///
    /// # Errors
    /// If it is too short, too long, or not of its scheme's form.
    pub fn parse(scheme: &Scheme, text: &str) -> Result<Self, InvalidSecret> {
        if text.len() > MAX_TEXT {
            return Err(InvalidSecret::TooLong);
        }
        let bytes = match scheme {
            Scheme::StandardWebhooks => LENIENT
                .decode(text.strip_prefix("whsec_").unwrap_or(text))
                .map_err(|_| InvalidSecret::NotBase64)?,
            Scheme::SharedToken { .. } if !text.bytes().all(|b| b.is_ascii_graphic()) => {
                return Err(InvalidSecret::NotVisible);
            }
            Scheme::HubSignature { .. }
            | Scheme::Stripe
            | Scheme::Typeform
            | Scheme::Tally
            | Scheme::HexHeader { .. }
            | Scheme::SharedToken { .. } => text.as_bytes().to_vec(),
        };
        if bytes.len() < MIN_BYTES {
            return Err(InvalidSecret::TooShort);
        }
        Ok(Self(bytes.into()))
    }

    /// A substitute where there is no secret, so that the same work is done. Nothing that it signs
    /// is ever accepted.
    pub(crate) fn decoy() -> Self {
        Self(vec![0; 32].into())
    }

    pub(crate) fn expose(&self) -> &[u8] {
        self.0.expose_secret()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// A new secret in the form of its scheme's senders, made of 32 random bytes.
#[must_use]
pub fn generate(scheme: &Scheme, random: [u8; 32]) -> SecretString {
    match scheme {
        Scheme::StandardWebhooks => {
            format!("whsec_{}", base64::prelude::BASE64_STANDARD.encode(random)).into()
        }
        Scheme::HubSignature { .. }
        | Scheme::Stripe
        | Scheme::Typeform
        | Scheme::Tally
        | Scheme::HexHeader { .. }
        | Scheme::SharedToken { .. } => BASE64_URL_SAFE_NO_PAD.encode(random).into(),
    }
}

/// An encrypted secret in the directory: `v1.` and base64url of nonce, ciphertext and tag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sealed(String);

impl From<String> for Sealed {
    /// Takes an encrypted secret as it is stored.
    fn from(stored: String) -> Self {
        Self(stored)
    }
}

impl Sealed {
    /// The encrypted form as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The reason why a sealed secret does not open.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Not of a format this version knows.
    #[error("the sealed secret is not of a known format")]
    Format,
    /// Sealed with another key, for another source, or altered since.
    #[error("the sealed secret does not open with the current or the previous key")]
    Key,
}

impl OpenError {
    /// Never: the same bytes fail the same way again.
    #[must_use]
    pub const fn retryable(&self) -> bool {
        false
    }
}

/// The owner of a sealed secret. No other owner's opens in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner<'a> {
    /// A source, which signs with it.
    Source(&'a SourceId),
    /// A desk, whose service desk elsewhere is called with it.
    Desk(&'a DeskId),
}

impl<'a> From<&'a SourceId> for Owner<'a> {
    fn from(source: &'a SourceId) -> Self {
        Self::Source(source)
    }
}

impl<'a> From<&'a DeskId> for Owner<'a> {
    fn from(desk: &'a DeskId) -> Self {
        Self::Desk(desk)
    }
}

/// Seals and opens secrets: AES-256-GCM, bound to the owner's id.
#[derive(Clone)]
pub struct SecretBox {
    current: Aes256Gcm,
    previous: Option<Aes256Gcm>,
}

impl SecretBox {
    /// Takes the current key and, while the source secret rotates, the one before it.
    #[must_use]
    pub fn new(current: &[u8; 32], previous: Option<&[u8; 32]>) -> Self {
        Self {
            current: Aes256Gcm::new(current.into()),
            previous: previous.map(|key| Aes256Gcm::new(key.into())),
        }
    }

    /// Encrypts a secret's text for one owner with the current key.
    ///
    /// The nonce must be random and used once: two secrets under one nonce give both away.
    #[must_use]
    #[expect(
        clippy::missing_panics_doc,
        reason = "no secret is as long as AES-GCM's limit"
    )]
    pub fn seal<'a>(
        &self,
        owner: impl Into<Owner<'a>>,
        secret: &SecretString,
        nonce: [u8; NONCE_BYTES],
    ) -> Sealed {
        let aad = associated_data(owner.into());
        let payload = Payload {
            msg: secret.expose_secret().as_bytes(),
            aad: aad.as_bytes(),
        };
        let sealed = self
            .current
            .encrypt(&nonce.into(), payload)
            .expect("a secret is far below AES-GCM's limit of 64 GiB");
        let mut bytes = nonce.to_vec();
        bytes.extend(sealed);
        Sealed(format!(
            "{SEALED_V1}{}",
            BASE64_URL_SAFE_NO_PAD.encode(bytes)
        ))
    }

    /// Decrypts a secret's text with the current key, else with the previous one.
    ///
    /// # Errors
    /// If the text is of no known format, or neither key opens it for this owner.
    pub fn open<'a>(
        &self,
        owner: impl Into<Owner<'a>>,
        sealed: &Sealed,
    ) -> Result<SecretString, OpenError> {
        let encoded = sealed.0.strip_prefix(SEALED_V1).ok_or(OpenError::Format)?;
        let bytes = BASE64_URL_SAFE_NO_PAD
            .decode(encoded)
            .map_err(|_| OpenError::Format)?;
        let (nonce, msg) = bytes
            .split_first_chunk::<NONCE_BYTES>()
            .ok_or(OpenError::Format)?;
        let aad = associated_data(owner.into());
        let text = std::iter::once(&self.current)
            .chain(self.previous.as_ref())
            .find_map(|key| {
                let aad = aad.as_bytes();
                key.decrypt(&(*nonce).into(), Payload { msg, aad }).ok()
            })
            .ok_or(OpenError::Key)?;
        String::from_utf8(text)
            .map(Into::into)
            .map_err(|_| OpenError::Format)
    }
}

impl fmt::Debug for SecretBox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretBox(…)")
    }
}

fn associated_data(owner: Owner<'_>) -> String {
    match owner {
        Owner::Source(source) => format!("{SOURCE}{source}"),
        Owner::Desk(desk) => format!("{DESK}{desk}"),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    const KEY: [u8; 32] = [7; 32];
    const OTHER: [u8; 32] = [8; 32];
    const NONCE: [u8; 12] = [9; 12];

    fn source(name: &str) -> SourceId {
        name.parse().unwrap()
    }

    fn sealed_with(key: &[u8; 32]) -> Sealed {
        SecretBox::new(key, None).seal(&source("forms"), &"whsec_abc".into(), NONCE)
    }

    #[test]
    fn a_sealed_secret_opens_for_its_source_alone() {
        let keys = SecretBox::new(&KEY, None);
        let sealed = sealed_with(&KEY);
        let opened = keys.open(&source("forms"), &sealed).unwrap();
        assert_eq!(opened.expose_secret(), "whsec_abc");
        assert_eq!(
            keys.open(&source("hr"), &sealed).unwrap_err(),
            OpenError::Key
        );
    }

    #[test]
    fn a_desks_token_opens_as_no_sources_secret_of_the_same_name() {
        let keys = SecretBox::new(&KEY, None);
        let desk: DeskId = "forms".parse().unwrap();
        let sealed = keys.seal(&desk, &"token".into(), NONCE);
        assert!(keys.open(&desk, &sealed).is_ok());
        let as_source = keys.open(&source("forms"), &sealed);
        assert_eq!(as_source.unwrap_err(), OpenError::Key);
    }

    #[test]
    fn the_previous_key_still_opens_and_the_current_one_seals() {
        let rotating = SecretBox::new(&OTHER, Some(&KEY));
        assert!(rotating.open(&source("forms"), &sealed_with(&KEY)).is_ok());
        let fresh = rotating.seal(&source("forms"), &"x".into(), NONCE);
        assert!(
            SecretBox::new(&OTHER, None)
                .open(&source("forms"), &fresh)
                .is_ok()
        );
        assert!(
            SecretBox::new(&KEY, None)
                .open(&source("forms"), &fresh)
                .is_err()
        );
    }

    #[test]
    fn one_changed_character_anywhere_no_longer_opens() {
        let keys = SecretBox::new(&KEY, None);
        let sealed = sealed_with(&KEY);
        for at in 0..sealed.0.len() {
            let mut bytes = sealed.0.clone().into_bytes();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            let altered = Sealed(String::from_utf8(bytes).unwrap());
            assert!(keys.open(&source("forms"), &altered).is_err(), "{at}");
        }
        for text in ["", "v1.", "v2.AAAA", "v1.!!!", "v1.AAAA"] {
            assert!(keys.open(&source("forms"), &Sealed(text.into())).is_err());
        }
    }

    #[test]
    fn the_published_aes_256_gcm_vector_is_met() {
        // Test case 14 of the GCM specification (McGrew and Viega): key, nonce and text all zero.
        let sealed = Aes256Gcm::new(&[0; 32].into())
            .encrypt(&[0; 12].into(), [0; 16].as_slice())
            .unwrap();
        assert_eq!(
            hex::encode(sealed),
            "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"
        );
    }

    #[test]
    fn each_scheme_reads_its_own_form() {
        let raw = "whsec_AAECAwQFBgcICQoLDA0ODw==";
        let decoded = Secret::parse(&Scheme::StandardWebhooks, raw).unwrap();
        assert_eq!(decoded.expose(), (0..16).collect::<Vec<u8>>());
        let unpadded = Secret::parse(&Scheme::StandardWebhooks, "AAECAwQFBgcICQoLDA0ODw").unwrap();
        assert_eq!(unpadded.expose(), decoded.expose());
        let stripe = Secret::parse(&Scheme::Stripe, raw).unwrap();
        assert_eq!(stripe.expose(), raw.as_bytes());
    }

    #[test]
    fn weak_or_ill_formed_secrets_are_refused() {
        let token = Scheme::SharedToken {
            header: "x-token".parse().unwrap(),
        };
        let standard = Scheme::StandardWebhooks;
        for (scheme, text, wanted) in [
            (&standard, "whsec_AAECAwQ=", InvalidSecret::TooShort),
            (&standard, "whsec_not base64!", InvalidSecret::NotBase64),
            (&token, "too-short", InvalidSecret::TooShort),
            (
                &token,
                "a token with blanks in it",
                InvalidSecret::NotVisible,
            ),
            (&token, &"x".repeat(513), InvalidSecret::TooLong),
        ] {
            assert_eq!(Secret::parse(scheme, text).unwrap_err(), wanted);
        }
    }

    #[test]
    fn a_generated_secret_is_one_its_scheme_reads() {
        for scheme in [Scheme::StandardWebhooks, Scheme::Tally, Scheme::Stripe] {
            let text = generate(&scheme, [3; 32]);
            assert!(Secret::parse(&scheme, text.expose_secret()).is_ok());
        }
    }

    #[test]
    fn debug_output_shows_no_secret() {
        let secret = Secret::parse(&Scheme::Tally, "a-secret-of-some-length").unwrap();
        assert_eq!(format!("{secret:?}"), "Secret(…)");
        assert_eq!(format!("{:?}", SecretBox::new(&KEY, None)), "SecretBox(…)");
    }
}
