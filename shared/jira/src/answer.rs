//! The meaning of an answer, by its status, headers and body.

use http::{HeaderMap, StatusCode};
use jiff::{SignedDuration, Timestamp, fmt::rfc2822};

use crate::{
    endpoint::Endpoint,
    error::{Cause, Failure},
    id::IssueKey,
    limits::Scope,
    read,
};

/// The longest pause that an answer may ask for. Quotas end with the hour.
const LONGEST: SignedDuration = SignedDuration::from_hours(2);

/// The meaning of an answer.
pub(crate) enum Meaning {
    /// The call was carried out.
    Done,
    /// It was not, or may not have been.
    Failed(Failure),
    /// Jira asks to wait; without an instant it does not tell how long.
    Wait {
        scope: Scope,
        until: Option<Timestamp>,
        reason: Option<String>,
    },
}

/// The meaning of an answer to a call.
pub(crate) fn meaning(
    endpoint: Endpoint,
    written: Option<&IssueKey>,
    status: StatusCode,
    headers: &HeaderMap,
    body: &[u8],
    now: Timestamp,
) -> Meaning {
    let retry = |cause| Meaning::Failed(Failure::retry(cause, true));
    let told = until(headers, now);
    match status {
        _ if status.is_success() => Meaning::Done,
        StatusCode::TOO_MANY_REQUESTS => {
            let reason = text(headers, "ratelimit-reason");
            Meaning::Wait {
                scope: scope(reason.as_deref(), endpoint, written),
                until: told,
                reason,
            }
        }
        StatusCode::SERVICE_UNAVAILABLE if headers.contains_key("retry-after") => Meaning::Wait {
            scope: Scope::Site,
            until: told,
            reason: None,
        },
        StatusCode::UNAUTHORIZED => Meaning::Failed(Failure::Unauthorized),
        StatusCode::FORBIDDEN => Meaning::Failed(Failure::Forbidden),
        // A gateway's page for people says nothing about the thing that was asked for.
        StatusCode::NOT_FOUND | StatusCode::GONE if is_page(body) => retry(Cause::Unreadable),
        StatusCode::NOT_FOUND | StatusCode::GONE => Meaning::Failed(Failure::Gone),
        StatusCode::CONFLICT => Meaning::Failed(Failure::Already),
        StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_EARLY => retry(Cause::Server),
        _ if status.is_server_error() => retry(Cause::Server),
        _ if status.is_redirection() => retry(Cause::Redirected),
        _ => Meaning::Failed(Failure::Refused),
    }
}

/// The calls that wait for a reason. Reasons that nobody described count as a quota: everything
/// waits.
fn scope(reason: Option<&str>, endpoint: Endpoint, written: Option<&IssueKey>) -> Scope {
    match (reason, written) {
        (Some("jira-burst-based"), _) => Scope::Endpoint(endpoint),
        (Some("jira-per-issue-on-write"), Some(issue)) => Scope::Issue(issue.clone()),
        _ => Scope::Site,
    }
}

fn is_page(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"<")
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    let text = headers.get(name)?.to_str().ok()?.trim();
    (!text.is_empty()).then(|| text.chars().take(80).collect())
}

/// The instant that an answer names: by `Retry-After` in seconds or as a date (RFC 9110 §10.2.3), or
/// else by `X-RateLimit-Reset`.
fn until(headers: &HeaderMap, now: Timestamp) -> Option<Timestamp> {
    let latest = now.saturating_add(LONGEST).unwrap_or(Timestamp::MAX);
    let after = text(headers, "retry-after").and_then(|text| retry_after(&text, now));
    let reset = || {
        ["x-ratelimit-reset", "x-beta-ratelimit-reset"]
            .into_iter()
            .find_map(|name| read::instant_of(&text(headers, name)?))
    };
    Some(after.or_else(reset)?.clamp(now, latest))
}

fn retry_after(text: &str, now: Timestamp) -> Option<Timestamp> {
    if let Ok(seconds) = text.parse::<u32>() {
        let time = SignedDuration::from_secs(seconds.into());
        return Some(now.saturating_add(time).unwrap_or(Timestamp::MAX));
    }
    rfc2822::DateTimeParser::new().parse_timestamp(text).ok()
}
