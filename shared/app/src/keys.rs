//! Every key there is, derived from one root secret.
//!
//! HKDF-SHA256 (RFC 5869) with a label for each use: a key for one use tells nothing about another,
//! and one secret has to be kept, rotated and protected. The root secret is the text as Secrets
//! Manager generated it; HKDF's extraction takes it as it is, so it needs no decoding, only enough
//! randomness (`docs/adr/0007`).
//!
//! | label | key for |
//! |---|---|
//! | `lanyard/links/1` | signed links |
//! | `lanyard/sessions/1` | session cookies and form tokens |
//! | `lanyard/logs/1` | people in logs |
//! | `lanyard/pseudonyms/1` | the trace of those who left |
//! | `lanyard/sources/1` | the encrypted secrets of sources |
//!
//! Rotation: the new root secret becomes the current one and the old one the previous; both are
//! honoured until the old one is taken away, which is safe once every link signed with it has
//! expired and `lanyard apply` has sealed the sources' secrets anew.

use std::fmt;

use domain::EmailAddress;
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use hooks::secret::SecretBox;
use links::{Key, LinkKeys, SessionKeys};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

/// Every key, current and previous.
#[derive(Clone)]
pub struct Keys {
    /// Of signed links.
    pub links: LinkKeys,
    /// Of sessions and forms.
    pub sessions: SessionKeys,
    /// Of people in logs.
    pub pseudonyms: Pseudonyms,
    /// Of the trace that stays in the directory of those who left.
    pub pseudonym_key: [u8; 32],
    /// The same before the rotation: earlier traces are still under it.
    pub previous_pseudonym_key: Option<[u8; 32]>,
    /// Of the sources' secrets in the directory.
    pub sources: SecretBox,
}

impl Keys {
    /// Derives all keys from the root secret and, while rotating, from the one before it.
    #[must_use]
    pub fn derive(root: &SecretString, previous: Option<&SecretString>) -> Self {
        let current = Root::of(root);
        let previous = previous.map(Root::of);
        let pair = |label| {
            let before = previous.as_ref().map(|root| Key::new(&root.key(label)));
            (Key::new(&current.key(label)), before)
        };
        let (link, previous_link) = pair("lanyard/links/1");
        let (session, previous_session) = pair("lanyard/sessions/1");
        let pseudonym = "lanyard/pseudonyms/1";
        let sealing = "lanyard/sources/1";
        Self {
            links: LinkKeys {
                current: link,
                previous: previous_link,
            },
            sessions: SessionKeys {
                current: session,
                previous: previous_session,
            },
            pseudonyms: Pseudonyms::new(&current.key("lanyard/logs/1")),
            pseudonym_key: current.key(pseudonym),
            previous_pseudonym_key: previous.as_ref().map(|root| root.key(pseudonym)),
            sources: SecretBox::new(
                &current.key(sealing),
                previous.as_ref().map(|root| root.key(sealing)).as_ref(),
            ),
        }
    }
}

/// A root secret after HKDF's extraction.
struct Root(Hkdf<Sha256>);

impl Root {
    fn of(secret: &SecretString) -> Self {
        let salt = b"lanyard root secret";
        Self(Hkdf::new(Some(salt), secret.expose_secret().as_bytes()))
    }

    fn key(&self, label: &str) -> [u8; 32] {
        let mut key = [0; 32];
        self.0
            .expand(label.as_bytes(), &mut key)
            .expect("32 bytes are less than HKDF-SHA256's 8,160");
        key
    }
}

/// Stands for a person where their address must not: 24 hexadecimal digits of a keyed hash.
/// Whoever has the key can tell whether a known address is meant; nobody can tell the address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pseudonym(String);

impl fmt::Display for Pseudonym {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Turns addresses into what may be logged in their place.
#[derive(Clone)]
pub struct Pseudonyms(Hmac<Sha256>);

impl Pseudonyms {
    fn new(key: &[u8; 32]) -> Self {
        Self(Hmac::new_from_slice(key).expect("HMAC takes a key of every length"))
    }

    /// A person in logs.
    #[must_use]
    pub fn of(&self, email: &EmailAddress) -> Pseudonym {
        let hash = self.0.clone().chain_update(email.as_str()).finalize();
        let digits = hash.into_bytes().into_iter().take(12).fold(
            String::with_capacity(24),
            |mut digits, byte| {
                for nibble in [byte >> 4, byte & 0xf] {
                    digits.extend(char::from_digit(u32::from(nibble), 16));
                }
                digits
            },
        );
        Pseudonym(digits)
    }
}

impl fmt::Debug for Pseudonyms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pseudonyms(…)")
    }
}

/// Keys belong into no log.
impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys(…)")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;
    use domain::{
        EmailAddress, SourceId, Timestamp,
        link::{Purpose, Scope},
    };

    fn keys(current: &str, previous: Option<&str>) -> Keys {
        Keys::derive(&current.into(), previous.map(SecretString::from).as_ref())
    }

    fn lena() -> EmailAddress {
        "lena@acme.example".parse().unwrap()
    }

    const OLD: &str = "an old root secret of many bytes, long enough";
    const NEW: &str = "a new root secret of many bytes, long enough!";

    #[test]
    fn the_extraction_and_expansion_are_those_of_rfc_5869() {
        // Appendix A.1, test case 1: the construction that `Root` uses, under the RFC's inputs.
        let salt: Vec<u8> = (0x00..=0x0c).collect();
        let info: Vec<u8> = (0xf0..=0xf9).collect();
        let mut okm = [0; 42];
        Hkdf::<Sha256>::new(Some(&salt), &[0x0b; 22])
            .expand(&info, &mut okm)
            .unwrap();
        assert_eq!(okm[..6], [0x3c, 0xb2, 0x5f, 0x25, 0xfa, 0xac]);
        assert_eq!(okm[38..], [0x87, 0x18, 0x58, 0x65]);
    }

    #[test]
    fn each_label_and_each_root_give_a_key_of_their_own() {
        let keys: Vec<[u8; 32]> = [OLD, NEW]
            .iter()
            .map(|root| Root::of(&SecretString::from(*root)))
            .flat_map(|root| {
                ["links", "sessions", "pseudonyms", "sources"]
                    .map(|use_| root.key(&format!("lanyard/{use_}/1")))
            })
            .collect();
        let distinct: std::collections::BTreeSet<_> = keys.iter().collect();
        assert_eq!(distinct.len(), 8);
    }

    #[test]
    fn what_the_old_secret_protected_is_honoured_while_rotating() {
        let (old, rotating) = (keys(OLD, None), keys(NEW, Some(OLD)));
        let claims = links::Claims {
            purpose: Purpose::Requester,
            subject: lena(),
            scope: Scope::Own,
            expires_at: Timestamp::MAX,
            epoch: 0,
            nonce: links::Nonce::from_bytes([0; 16]),
        };
        let token = links::sign(&claims, &old.links);
        let now = Timestamp::UNIX_EPOCH;
        assert!(links::verify(token.as_str(), &rotating.links, now).is_ok());
        assert!(links::verify(token.as_str(), &keys(NEW, None).links, now).is_err());

        let source: SourceId = "forms".parse().unwrap();
        let sealed = old.sources.seal(&source, &"whsec_x".into(), [0; 12]);
        assert!(rotating.sources.open(&source, &sealed).is_ok());

        assert_eq!(rotating.previous_pseudonym_key, Some(old.pseudonym_key));
        assert_ne!(rotating.pseudonym_key, old.pseudonym_key);
    }

    #[test]
    fn a_pseudonym_is_stable_short_and_tells_no_address() {
        let pseudonyms = keys(OLD, None).pseudonyms;
        let lena_is = pseudonyms.of(&lena());
        assert_eq!(lena_is, pseudonyms.of(&lena()));
        assert_ne!(
            lena_is,
            pseudonyms.of(&"gus@globex.example".parse().unwrap())
        );
        assert_ne!(lena_is, keys(NEW, None).pseudonyms.of(&lena()));
        let shown = lena_is.to_string();
        assert!(shown.len() == 24 && shown.bytes().all(|b| b.is_ascii_hexdigit()));
    }

    #[test]
    fn nothing_of_a_key_shows() {
        assert_eq!(format!("{:?}", keys(OLD, Some(NEW))), "Keys(…)");
    }
}
