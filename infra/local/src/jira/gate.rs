//! The gate before every endpoint: faults, the token, the rate limits.

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::header::{AUTHORIZATION, CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use jiff::{SignedDuration, Timestamp};

use super::Jira;
use super::call::Caller;
use super::limits::{Exceeded, Left};
use crate::fault::{JiraFaults, Throttle};

/// The beginning of the addresses for scoped tokens.
pub(super) const SCOPED: &str = "/ex/jira/{cloud}";

const LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
const RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");
const NEAR: HeaderName = HeaderName::from_static("x-ratelimit-nearlimit");
const REASON: HeaderName = HeaderName::from_static("ratelimit-reason");

/// Lets a call pass to its endpoint, or answers in its place.
pub(super) async fn pass(
    State(jira): State<Jira>,
    path: MatchedPath,
    mut request: Request,
    next: Next,
) -> Response {
    let is_scoped = path.as_str().starts_with(SCOPED);
    let endpoint = endpoint(request.method(), path.as_str());
    let all = &jira.inner.faults;
    let faults = all.get().jira.of(&endpoint);
    if faults.down {
        all.count("jira.down");
        return page(StatusCode::SERVICE_UNAVAILABLE);
    }
    let Some(caller) = jira.caller(request.headers(), is_scoped, &faults) else {
        return page(StatusCode::UNAUTHORIZED);
    };
    let now = jira.now();
    if all.throw("jira.throttle", faults.throttle) {
        return throttled(faults.reason, now);
    }
    let issue = issue_written(&request);
    let left = match jira.inner.limits.take(&endpoint, issue.as_deref(), now) {
        Ok(left) => left,
        Err(exceeded) => return limited(exceeded, now),
    };
    let stops = all.stops_jira(faults.stop);
    if stops == Some(false) {
        // The caller is as good as dead, so nobody waits for this.
        return std::future::pending().await;
    }
    if all.throw("jira.fail_before", faults.fail_before) {
        return page(StatusCode::INTERNAL_SERVER_ERROR);
    }
    request.extensions_mut().insert(caller);
    let mut response = next.run(request).await;
    if stops == Some(true) || all.throw("jira.hang", faults.hang) {
        return std::future::pending().await;
    }
    if all.throw("jira.fail_after", faults.fail_after) {
        return page(StatusCode::GATEWAY_TIMEOUT);
    }
    tell(&mut response, left);
    response
}

/// An endpoint as its method and the template of its path, the same at both addresses.
fn endpoint(method: &Method, path: &str) -> String {
    let path = path.strip_prefix(SCOPED).unwrap_or(path);
    format!("{method} {path}")
}

/// The issue that a call writes to.
fn issue_written(request: &Request) -> Option<String> {
    if request.method() == Method::GET {
        return None;
    }
    let mut parts = request.uri().path().split('/');
    parts.find(|part| matches!(*part, "request" | "issue"))?;
    parts.next().map(str::to_owned)
}

impl Jira {
    /// The account of the token. A scoped token works only below its own address, and no other
    /// works there.
    fn caller(&self, headers: &HeaderMap, is_scoped: bool, faults: &JiraFaults) -> Option<Caller> {
        let header = headers.get(AUTHORIZATION)?.to_str().ok()?;
        let encoded = header.strip_prefix("Basic ")?;
        let pair = BASE64_STANDARD.decode(encoded).ok()?;
        let pair = String::from_utf8(pair).ok()?;
        let (email, secret) = pair.split_once(':')?;
        let now = self.now();
        self.read(|site| {
            let token = site.tokens.iter().find(|token| {
                let lives = token.expires.is_none_or(|end| now < end) && !faults.expired;
                token.secret == secret && token.scoped == is_scoped && lives
            })?;
            let account = site.accounts.get(&token.account)?;
            let is_theirs = account.has_email(email) && account.active;
            is_theirs.then(|| Caller(account.clone()))
        })
    }
}

/// A page for people, which Jira gives in place of an answer.
fn page(status: StatusCode) -> Response {
    let reason = status.canonical_reason().unwrap_or("Error");
    let html = format!(
        "<!DOCTYPE html>\n<html><head><title>{reason}</title></head>\n<body><h1>{}</h1><p>{reason}</p></body></html>\n",
        status.as_u16()
    );
    (status, [(CONTENT_TYPE, "text/html;charset=UTF-8")], html).into_response()
}

/// An answer to a call that exceeds a limit.
fn limited(exceeded: Exceeded, now: Timestamp) -> Response {
    let mut response = page(StatusCode::TOO_MANY_REQUESTS);
    let headers = response.headers_mut();
    put(headers, RETRY_AFTER, &exceeded.retry_after);
    put(headers, LIMIT, &exceeded.limit);
    put(headers, REMAINING, &0);
    let reset = now + SignedDuration::from_secs(exceeded.retry_after);
    put(headers, RESET, &reset.strftime("%Y-%m-%dT%H:%M:%SZ"));
    put(headers, REASON, &exceeded.reason);
    response
}

/// An answer to a call that is throttled by a fault, for its reason.
fn throttled(reason: Throttle, now: Timestamp) -> Response {
    let hour = SignedDuration::from_hours(1);
    let passed = now.as_second().rem_euclid(hour.as_secs());
    let to_the_hour = hour.as_secs() - passed;
    let exceeded = |reason, retry_after| Exceeded {
        reason,
        limit: 100.0,
        retry_after,
    };
    match reason {
        Throttle::Burst => limited(exceeded("jira-burst-based", 1), now),
        Throttle::Issue => limited(exceeded("jira-per-issue-on-write", 2), now),
        Throttle::Quota => limited(exceeded("jira-quota-tenant-based", to_the_hour), now),
        Throttle::Unknown => limited(exceeded("jira-cost-based", 5), now),
        Throttle::Gateway => {
            let mut response = page(StatusCode::TOO_MANY_REQUESTS);
            let headers = response.headers_mut();
            let reset = now + SignedDuration::from_secs(30);
            put(headers, RESET, &reset.strftime("%Y-%m-%dT%H:%MZ"));
            response
        }
    }
}

/// Tells in an answer what is left of the endpoint's bucket.
fn tell(response: &mut Response, left: Left) {
    let headers = response.headers_mut();
    put(headers, LIMIT, &left.limit);
    put(headers, REMAINING, &left.remaining);
    put(headers, NEAR, &(left.remaining < left.limit / 5.0));
}

fn put(headers: &mut HeaderMap, name: HeaderName, value: &impl ToString) {
    if let Ok(value) = HeaderValue::from_str(&value.to_string()) {
        headers.insert(name, value);
    }
}
