//! Every key there is, derived from three secrets.
//!
//! HKDF-SHA256 (RFC 5869) with a label for each use: a key for one use tells nothing about another.
//! A secret is the text as Secrets Manager generated it; HKDF's extraction takes it as it is, so it
//! needs no decoding, only enough randomness (`docs/adr/0007`).
//!
//! | label | key for | of the |
//! |---|---|---|
//! | `lanyard/links/1` | signed links | link secret |
//! | `lanyard/sessions/1` | session cookies and form tokens | link secret |
//! | `lanyard/sources/1` | the encrypted secrets of sources | source secret |
//! | `lanyard/pseudonyms/1` | the trace of those who left, and people in logs | trace secret |
//!
//! Rotation: the new secret becomes the current one and the old one the previous; both are honoured
//! until the old one is taken away. That is safe for the link secret once every link signed with it
//! has expired, and for the source secret once `lanyard apply` has sealed the sources' secrets anew.
//! One root secret stood behind both before; the labels are the same, so it is honoured as the
//! previous of both (`docs/adr/0036`). The trace secret has no rotation: a trace is a keyed hash of
//! an address that nobody has any more, so it cannot be made anew under another key, and who left
//! would come back by a domain rule.

use std::fmt;

use hkdf::Hkdf;
use hooks::secret::SecretBox;
use links::{Key, LinkKeys, SessionKeys};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

use crate::secrets::{Generations, Secrets};

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
    /// Derives all keys from the secrets and, while one is rotated, from the one before it.
    #[must_use]
    pub fn derive(secrets: &Secrets) -> Self {
        let link = pair(&secrets.links, "lanyard/links/1");
        let session = pair(&secrets.links, "lanyard/sessions/1");
        let key = |key: [u8; 32]| Key::new(&key);
        Self {
            links: LinkKeys {
                current: key(link.0),
                previous: link.1.map(key),
            },
            sessions: SessionKeys {
                current: key(session.0),
                previous: session.1.map(key),
            },
            sources: Self::of_sources(&secrets.sources),
        }
    }

    /// Derives the key of the sources' secrets alone.
    #[must_use]
    pub fn of_sources(secret: &Generations) -> SecretBox {
        let (current, previous) = pair(secret, "lanyard/sources/1");
        SecretBox::new(&current, previous.as_ref())
    }
}

/// The key for one use, of the current secret and of the previous one.
fn pair(secret: &Generations, label: &str) -> ([u8; 32], Option<[u8; 32]>) {
    let key = |secret: &SecretString| Root::of(secret).key(label);
    (key(&secret.current), secret.previous.as_ref().map(key))
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

    fn secret(current: &str, previous: Option<&str>) -> Generations {
        Generations {
            current: current.into(),
            previous: previous.map(SecretString::from),
        }
    }

    /// Keys of one and the same secret, as they were before it was parted.
    fn keys(current: &str, previous: Option<&str>) -> Keys {
        Keys::derive(&Secrets {
            links: secret(current, previous),
            sources: secret(current, previous),
        })
    }

    fn lena() -> EmailAddress {
        "lena@acme.example".parse().unwrap()
    }

    const OLD: &str = "an old secret of many bytes, which is long enough";
    const NEW: &str = "a new secret of many bytes, which is long enough!";

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
    fn each_label_and_each_secret_give_a_key_of_their_own() {
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

    /// Tells whether a link that `signer` signs opens with `reader`.
    fn link_opens(signer: &Keys, reader: &Keys) -> bool {
        let claims = links::Claims {
            purpose: Purpose::Requester,
            subject: lena(),
            scope: Scope::Own,
            expires_at: Timestamp::MAX,
            epoch: 0,
            nonce: links::Nonce::from_bytes([0; 16]),
        };
        let token = links::sign(&claims, &signer.links);
        links::verify(token.as_str(), &reader.links, Timestamp::UNIX_EPOCH).is_ok()
    }

    /// Tells whether a source's secret that `owner` seals opens with `reader`.
    fn source_opens(owner: &Keys, reader: &Keys) -> bool {
        let source: SourceId = "forms".parse().unwrap();
        let sealed = owner.sources.seal(&source, &"whsec_x".into(), [0; 12]);
        reader.sources.open(&source, &sealed).is_ok()
    }

    #[test]
    fn what_the_old_secret_protected_is_honoured_while_rotating() {
        let (old, rotating, rotated) = (keys(OLD, None), keys(NEW, Some(OLD)), keys(NEW, None));
        assert!(link_opens(&old, &rotating));
        assert!(!link_opens(&old, &rotated));
        assert!(source_opens(&old, &rotating));
        assert!(!source_opens(&old, &rotated));
    }

    #[test]
    fn each_secret_stands_behind_its_own_and_is_rotated_by_itself() {
        let parted = |links, sources| Keys::derive(&Secrets { links, sources });
        let both = parted(secret(OLD, None), secret(NEW, None));
        let hook = parted(Generations::nobodys(), secret(NEW, None));
        let relay = parted(secret(OLD, None), Generations::nobodys());
        assert!(link_opens(&relay, &both) && !link_opens(&hook, &both));
        assert!(source_opens(&hook, &both) && !source_opens(&relay, &both));

        let links_rotated = parted(secret(NEW, Some(OLD)), secret(NEW, None));
        assert!(link_opens(&both, &links_rotated) && source_opens(&both, &links_rotated));
        let sources_rotated = parted(secret(OLD, None), secret(OLD, Some(NEW)));
        assert!(link_opens(&both, &sources_rotated) && source_opens(&both, &sources_rotated));
    }

    #[test]
    fn one_root_secret_is_honoured_as_the_previous_of_both() {
        let before = keys(OLD, None);
        let updated = Keys::derive(&Secrets {
            links: secret("a new link secret, of more than 43 characters", Some(OLD)),
            sources: secret("a new source secret, of more than 43 characters", Some(OLD)),
        });
        assert!(link_opens(&before, &updated));
        assert!(source_opens(&before, &updated));
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
