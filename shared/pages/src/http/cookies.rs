//! The cookies that sessions are kept in (RFC 6265).
//!
//! Their names begin with `__Host-`, so that browsers take them from this host alone, over HTTPS
//! (or loopback), for every path. `SameSite=Lax` lets a link in a mail open a page and keeps other
//! sites from posting its forms.

use app::session::Kept;
use domain::{
    OrgId, RequestRef,
    link::{Area, Scope},
};
use lambda_http::http::{HeaderMap, HeaderValue, header};
use sha2::{Digest, Sha256};

const PREFIX: &str = "__Host-";
const REQUEST: &str = "request-";
const CONSOLE: &str = "console-";

/// The cookie in which the script of the pages tells the browser's time zone. It opens nothing, and
/// scripts write it, so it has no prefix.
pub(crate) const ZONE: &str = "zone";

/// The cookie of the language that a page was switched to.
pub(crate) const LANGUAGE: &str = "language";

/// The seconds for which a browser keeps it.
const A_YEAR: i64 = 365 * 24 * 60 * 60;

/// The largest number of single requests' sessions in a browser. A person who opens more keeps the
/// newest, because headers have room for some, not for any number.
pub(crate) const MOST_REQUESTS: usize = 8;

/// The largest number of consoles whose sessions begin by one link. A person who leads more opens
/// the others by their addresses.
pub(crate) const MOST_CONSOLES: usize = 8;

/// The cookie of an organisation's console.
pub(crate) fn console(org: &OrgId) -> String {
    format!("{PREFIX}{CONSOLE}{org}")
}

/// The cookie of what is somebody's own.
pub(crate) fn own() -> String {
    format!("{PREFIX}own")
}

/// The cookie of one request. Of the request its name tells nothing.
pub(crate) fn request(request: &RequestRef) -> String {
    let digest = Sha256::digest(format!("{}/{}", request.desk, request.key));
    let short = hex::encode(&digest[..8]);
    format!("{PREFIX}{REQUEST}{short}")
}

/// The cookie of a session over this; none where links begin no session.
pub(crate) fn of(scope: &Scope) -> Option<String> {
    Some(match scope.area()? {
        Area::Own => own(),
        Area::Organization(org) => console(org),
        Area::Request(id) => request(id),
    })
}

/// The value of a cookie.
pub(crate) fn value<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    all(headers)
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// The names of the single requests' sessions that a browser keeps.
pub(crate) fn requests(headers: &HeaderMap) -> Vec<&str> {
    let prefix = format!("{PREFIX}{REQUEST}");
    all(headers)
        .map(|(name, _)| name)
        .filter(|name| name.starts_with(&prefix))
        .collect()
}

/// The names of the consoles' sessions that a browser keeps.
pub(crate) fn consoles(headers: &HeaderMap) -> Vec<&str> {
    let prefix = format!("{PREFIX}{CONSOLE}");
    all(headers)
        .map(|(name, _)| name)
        .filter(|name| name.starts_with(&prefix))
        .collect()
}

/// The names of every session that a browser keeps.
pub(crate) fn sessions(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    let own = own();
    all(headers).map(|(name, _)| name).filter(move |name| {
        let kind = name.strip_prefix(PREFIX).unwrap_or_default();
        *name == own || kind.starts_with(CONSOLE) || kind.starts_with(REQUEST)
    })
}

fn all(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
}

/// The header that makes a browser keep a session.
pub(crate) fn set(name: &str, kept: &Kept) -> HeaderValue {
    line(name, kept.token.as_str(), kept.seconds)
}

/// The header that makes a browser keep a language.
pub(crate) fn keep_language(lang: &str) -> HeaderValue {
    line(LANGUAGE, lang, A_YEAR)
}

/// The header that makes a browser forget a session.
pub(crate) fn forget(name: &str) -> HeaderValue {
    line(name, "", 0)
}

fn line(name: &str, value: &str, seconds: i64) -> HeaderValue {
    let line = format!("{name}={value}; Path=/; Max-Age={seconds}; Secure; HttpOnly; SameSite=Lax");
    HeaderValue::try_from(line).expect("names, tokens and numbers are a header value")
}
