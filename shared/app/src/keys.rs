//! Every key there is, derived from one root secret; but the one that must never change.
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
//! | `lanyard/sources/1` | the encrypted secrets of sources |
//! | `lanyard/pseudonyms/1` | the trace of those who left, and people in logs; of the trace secret |
//!
//! Rotation: the new root secret becomes the current one and the old one the previous; both are
//! honoured until the old one is taken away, which is safe once every link signed with it has
//! expired and `lanyard apply` has sealed the sources' secrets anew. The trace secret has no
//! rotation: a trace is a keyed hash of an address that nobody has any more, so it cannot be made
//! anew under another key, and who left would come back by a domain rule.

use std::fmt;

use hkdf::Hkdf;
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
            sources: SecretBox::new(
                &current.key(sealing),
                previous.as_ref().map(|root| root.key(sealing)).as_ref(),
            ),
        }
    }
}

/// The key under which addresses are hashed where only a trace of a person may remain.
#[must_use]
pub fn trace_key(secret: &SecretString) -> [u8; 32] {
    Root::of(secret).key("lanyard/pseudonyms/1")
}

/// A secret after HKDF's extraction.
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
    }

    #[test]
    fn the_key_of_traces_is_that_of_the_trace_secret_alone() {
        assert_eq!(trace_key(&OLD.into()), trace_key(&OLD.into()));
        assert_ne!(trace_key(&OLD.into()), trace_key(&NEW.into()));
    }

    #[test]
    fn nothing_of_a_key_shows() {
        assert_eq!(format!("{:?}", keys(OLD, Some(NEW))), "Keys(…)");
    }
}
