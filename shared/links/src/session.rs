//! Sessions. Opening a link to more than one page begins one; a cookie keeps it.

use domain::{
    EmailAddress, Timestamp,
    link::{Purpose, Scope},
};

use crate::{
    Claims, Nonce, SessionKeys, Token,
    envelope::{open, seal},
    wire::{Reader, Writer},
};

const LABEL: &str = "lanyard/session/1";

/// Minutes without use after which a session is over.
pub const SESSION_IDLE_MINUTES: i64 = 60;
/// Hours after which a session is over in any case.
pub const SESSION_MOST_HOURS: i64 = 24;

/// The session of a person who opened a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Tells it from every other session. Forms are bound to it.
    pub id: Nonce,
    /// The address in whose name it acts.
    pub subject: EmailAddress,
    /// The purpose of the link that began it.
    pub purpose: Purpose,
    /// The thing that link opened.
    pub scope: Scope,
    /// The epoch of that link, which the caller compares as for a link.
    pub epoch: u32,
    /// The begin (whole seconds).
    pub issued_at: Timestamp,
    /// The last renewal (whole seconds).
    pub renewed_at: Timestamp,
}

impl Session {
    /// The session that a verified link begins at `now`. `id` must be unguessable and new.
    #[must_use]
    pub fn begin(link: &Claims, id: Nonce, now: Timestamp) -> Self {
        Self {
            id,
            subject: link.subject.clone(),
            purpose: link.purpose,
            scope: link.scope.clone(),
            epoch: link.epoch,
            issued_at: now,
            renewed_at: now,
        }
    }

    /// The same session, used at `now`. It still ends a day after it began.
    #[must_use]
    pub fn renewed(self, now: Timestamp) -> Self {
        Self {
            renewed_at: now,
            ..self
        }
    }

    /// The instant from which it is no longer honoured, unless it is renewed before.
    #[must_use]
    pub fn expires_at(&self) -> Timestamp {
        let idle = later(self.renewed_at, SESSION_IDLE_MINUTES * 60);
        let most = later(self.issued_at, SESSION_MOST_HOURS * 3_600);
        idle.min(most)
    }
}

/// `seconds` after `start`, or the last instant there is.
fn later(start: Timestamp, seconds: i64) -> Timestamp {
    Timestamp::from_second(start.as_second().saturating_add(seconds)).unwrap_or(Timestamp::MAX)
}

/// The cookie holds no session: none was begun, it is over, or it was never ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no session")]
pub struct InvalidSession;

/// Signs a session for the cookie.
#[must_use]
pub fn sign_session(session: &Session, keys: &SessionKeys) -> Token {
    let mut writer = Writer::default();
    writer.purpose(session.purpose);
    writer.nonce(session.id);
    writer.seconds(session.issued_at);
    writer.seconds(session.renewed_at);
    writer.u32(session.epoch);
    writer.text(session.subject.as_str());
    writer.scope(&session.scope);
    seal(LABEL, &writer.into_bytes(), keys)
}

/// Checks a session's token from the cookie.
///
/// # Errors
/// If it is not ours, or over at `now`.
pub fn verify_session(
    token: &str,
    keys: &SessionKeys,
    now: Timestamp,
) -> Result<Session, InvalidSession> {
    open(LABEL, token, keys)
        .and_then(|content| parse(&content))
        .filter(|session| now < session.expires_at())
        .ok_or(InvalidSession)
}

fn parse(content: &[u8]) -> Option<Session> {
    let mut reader = Reader::new(content);
    let purpose = reader.purpose()?;
    let id = reader.nonce()?;
    let issued_at = reader.seconds()?;
    let renewed_at = reader.seconds()?;
    let epoch = reader.u32()?;
    let subject = reader.email()?;
    let scope = reader.scope()?;
    reader.is_at_end().then_some(Session {
        id,
        subject,
        purpose,
        scope,
        epoch,
        issued_at,
        renewed_at,
    })
}
