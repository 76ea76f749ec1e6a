//! The reason why a call has no answer, and what helps.

use std::fmt;

use jiff::Timestamp;
use serde_json::Value;

use crate::{endpoint::Endpoint, limits::Scope};

/// The number of characters that are kept of what Jira said.
const SAID: usize = 300;

/// A call without an answer.
///
/// `Display` and `Debug` do not repeat what Jira said, because Jira names people; [`Error::said`]
/// does, for administrators.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Jira, {}: {failure}", .endpoint.name())]
pub struct Error {
    /// The call.
    pub endpoint: Endpoint,
    /// The kind of failure, which tells what helps.
    pub failure: Failure,
    /// The status of Jira's answer, if there was one.
    pub status: Option<u16>,
    said: Said,
}

/// The kind of a failure.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Nobody answered, or an answer made no sense. Another time may do.
    #[error("try again ({cause})")]
    Retry {
        /// The cause.
        cause: Cause,
        /// True if the call may have been carried out. Look before you send a new comment or a new
        /// request again.
        may_be_done: bool,
    },
    /// Jira asks to wait. The call was not carried out.
    #[error("wait until {until} ({scope}, {})", .reason.as_deref().unwrap_or("no reason given"))]
    Wait {
        /// The calls that wait.
        scope: Scope,
        /// The instant from which they may be sent.
        until: Timestamp,
        /// Jira's word for the reason; none if an earlier answer or the pace is the reason.
        reason: Option<String>,
    },
    /// There is no such thing (any more), or the account does not see it.
    #[error("gone")]
    Gone,
    /// The account may not do it.
    #[error("forbidden")]
    Forbidden,
    /// It is so already.
    #[error("already so")]
    Already,
    /// The token is wrong or has expired.
    #[error("the token is not accepted")]
    Unauthorized,
    /// Jira will not do this, however often it is asked.
    #[error("refused")]
    Refused,
}

impl Failure {
    pub(crate) const fn retry(cause: Cause, may_be_done: bool) -> Self {
        Self::Retry { cause, may_be_done }
    }
}

/// The cause of a failure that may pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Cause {
    /// There was no connection.
    #[error("no connection")]
    Unreachable,
    /// The connection broke before the end of the answer.
    #[error("the connection broke")]
    Lost,
    /// No answer in time.
    #[error("no answer in time")]
    Late,
    /// Jira failed.
    #[error("an error of the server")]
    Server,
    /// The answer is not what the call gives, such as a page for people.
    #[error("an answer that cannot be read")]
    Unreadable,
    /// The site lies elsewhere now, or asks people to log in.
    #[error("a redirection")]
    Redirected,
}

impl Error {
    pub(crate) fn new(endpoint: Endpoint, failure: Failure) -> Self {
        Self {
            endpoint,
            failure,
            status: None,
            said: Said(None),
        }
    }

    pub(crate) fn answered(endpoint: Endpoint, failure: Failure, status: u16, said: Said) -> Self {
        Self {
            endpoint,
            failure,
            status: Some(status),
            said,
        }
    }

    /// The same answer with another meaning, for a call that gives it one.
    pub(crate) fn meaning(self, failure: Failure) -> Self {
        Self { failure, ..self }
    }

    /// Jira's words, shortened. They may name people, and are not for a log.
    #[must_use]
    pub fn said(&self) -> Option<&str> {
        self.said.0.as_deref()
    }

    /// True if the same call may succeed later without anybody's doing.
    #[must_use]
    pub fn retryable(&self) -> bool {
        matches!(self.failure, Failure::Retry { .. } | Failure::Wait { .. })
    }

    /// True if the call may have been carried out although there is no answer.
    #[must_use]
    pub fn may_be_done(&self) -> bool {
        matches!(
            self.failure,
            Failure::Retry {
                may_be_done: true,
                ..
            }
        )
    }

    /// The instant from which the call may be sent again, if Jira or the pace names one.
    #[must_use]
    pub fn wait_until(&self) -> Option<Timestamp> {
        match self.failure {
            Failure::Wait { until, .. } => Some(until),
            Failure::Retry { .. }
            | Failure::Gone
            | Failure::Forbidden
            | Failure::Already
            | Failure::Unauthorized
            | Failure::Refused => None,
        }
    }
}

/// Jira's words in an error.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Said(Option<String>);

impl Said {
    /// The words of a body: those of either API's errors, or the beginning of a plain text. A page of
    /// HTML says nothing.
    pub(crate) fn of(body: &[u8]) -> Self {
        let text = String::from_utf8_lossy(body);
        let words = match serde_json::from_str::<Value>(&text) {
            Ok(value) => words(&value),
            Err(_) if text.trim_start().starts_with('<') => String::new(),
            Err(_) => text.into_owned(),
        };
        Self(shortened(&words))
    }
}

impl fmt::Debug for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() {
            "Said(…)"
        } else {
            "Said"
        })
    }
}

/// The words of an error: `errorMessage` in one API, `errorMessages` and `errors` in the other.
fn words(value: &Value) -> String {
    let mut words: Vec<String> = Vec::new();
    words.extend(text(&value["errorMessage"]));
    for message in value["errorMessages"].as_array().into_iter().flatten() {
        words.extend(text(message));
    }
    for (field, message) in value["errors"].as_object().into_iter().flatten() {
        words.extend(text(message).map(|message| format!("{field}: {message}")));
    }
    if words.is_empty() {
        words.extend(text(&value["i18nErrorMessage"]["i18nKey"]));
        words.extend(text(&value["message"]));
    }
    words.join("; ")
}

fn text(value: &Value) -> Option<String> {
    let text = value.as_str()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// In one line, without what a terminal would obey, and not too long.
fn shortened(words: &str) -> Option<String> {
    let clean: String = words
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let clean = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    if clean.chars().count() <= SAID {
        return (!clean.is_empty()).then_some(clean);
    }
    let mut short: String = clean.chars().take(SAID - 1).collect();
    short.push('…');
    Some(short)
}
