//! Links: their claims, their signature and its check.

use domain::{
    EmailAddress, Timestamp,
    link::{Purpose, Scope},
};

use crate::{
    LinkKeys, Nonce, Token,
    envelope::{open, seal},
    wire::{Reader, Writer},
};

/// The path of links. A link's address is the base URL, this path, and the token.
pub const PATH: &str = "/l/";

const LABEL: &str = "lanyard/link/1";

/// The claims of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    /// The one kind of thing that its holder may do.
    pub purpose: Purpose,
    /// The address it was mailed to, in whose name its holder acts.
    pub subject: EmailAddress,
    /// The thing that it opens.
    pub scope: Scope,
    /// The instant from which it is no longer honoured. A token holds whole seconds; signing drops
    /// a fraction.
    pub expires_at: Timestamp,
    /// The epoch of the subject's links at the time of signing. The domain decides whether the link
    /// lives (`domain::link::Holder`): a different number means that something ended it.
    pub epoch: u32,
    /// Tells it from every other link. A single-use link is spent under it.
    pub nonce: Nonce,
}

impl Claims {
    /// Tells whether the link is over at `now`.
    #[must_use]
    pub fn is_expired(&self, now: Timestamp) -> bool {
        now >= self.expires_at
    }
}

/// The reason why a link is not honoured.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// It was ours and is over. A page may offer to mail a new one to its address, and may show or
    /// do nothing else because of it.
    #[error("the link has expired")]
    Expired(Box<Claims>),
    /// Any other reason: damaged, forged, signed with a retired key, of another version or kind.
    /// Callers do not learn which.
    #[error("the link is not valid")]
    Invalid,
}

/// Signs a link with the current key. The same claims under the same key give the same token.
#[must_use]
pub fn sign(claims: &Claims, keys: &LinkKeys) -> Token {
    let mut writer = Writer::default();
    writer.purpose(claims.purpose);
    writer.nonce(claims.nonce);
    writer.seconds(claims.expires_at);
    writer.u32(claims.epoch);
    writer.text(claims.subject.as_str());
    writer.scope(&claims.scope);
    seal(LABEL, &writer.into_bytes(), keys)
}

/// Checks a token from a URL.
///
/// The tag is checked over all of it before any of it is interpreted.
///
/// # Errors
/// [`LinkError::Expired`] when it is ours and over at `now`, [`LinkError::Invalid`] otherwise.
pub fn verify(token: &str, keys: &LinkKeys, now: Timestamp) -> Result<Claims, LinkError> {
    let claims = open(LABEL, token, keys)
        .and_then(|content| parse(&content))
        .ok_or(LinkError::Invalid)?;
    if claims.is_expired(now) {
        return Err(LinkError::Expired(Box::new(claims)));
    }
    Ok(claims)
}

fn parse(content: &[u8]) -> Option<Claims> {
    let mut reader = Reader::new(content);
    let purpose = reader.purpose()?;
    let nonce = reader.nonce()?;
    let expires_at = reader.seconds()?;
    let epoch = reader.u32()?;
    let subject = reader.email()?;
    let scope = reader.scope()?;
    reader.is_at_end().then_some(Claims {
        purpose,
        subject,
        scope,
        expires_at,
        epoch,
        nonce,
    })
}
