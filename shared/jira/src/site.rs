//! The site that is called, and who calls.

use std::{fmt, net::IpAddr, str::FromStr};

use base64::{Engine, prelude::BASE64_STANDARD};
use http::HeaderValue;
use secrecy::{ExposeSecret, SecretString};
use url::{Host, Url};

/// The address of a site: its own, or its address at the gateway which scoped tokens need
/// (`/ex/jira/{cloudId}` at `api.atlassian.com`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Site(String);

/// The reason why a text is no site's address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidSite {
    /// Not an absolute address.
    #[error("not an address such as https://desk.atlassian.example")]
    Address,
    /// The token would travel in clear.
    #[error("only https is allowed, except on this machine")]
    Clear,
    /// More than an address: a user, a query or a fragment.
    #[error("the address has a user, a query or a fragment")]
    Extra,
    /// Credentials that no header can carry.
    #[error("the address or the token of the account has a character that cannot be sent")]
    Credentials,
}

impl FromStr for Site {
    type Err = InvalidSite;

    fn from_str(text: &str) -> Result<Self, InvalidSite> {
        let url = Url::parse(text.trim()).map_err(|_| InvalidSite::Address)?;
        let host = url.host().ok_or(InvalidSite::Address)?;
        match url.scheme() {
            "https" => {}
            "http" if is_this_machine(&host) => {}
            "http" => return Err(InvalidSite::Clear),
            _ => return Err(InvalidSite::Address),
        }
        let named = !url.username().is_empty() || url.password().is_some();
        if named || url.query().is_some() || url.fragment().is_some() {
            return Err(InvalidSite::Extra);
        }
        Ok(Self(url.as_str().trim_end_matches('/').to_owned()))
    }
}

fn is_this_machine(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost",
        Host::Ipv4(address) => IpAddr::from(*address).is_loopback(),
        Host::Ipv6(address) => IpAddr::from(*address).is_loopback(),
    }
}

impl Site {
    /// The address, without a slash at its end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The account that calls, and its API token.
#[derive(Clone)]
pub struct Credentials {
    /// The account's e-mail address.
    pub email: String,
    /// The token. Its length varies.
    pub token: SecretString,
}

impl Credentials {
    /// The header that they make (RFC 7617), or nothing where they cannot be in one.
    pub(crate) fn header(&self) -> Option<HeaderValue> {
        let pair = format!("{}:{}", self.email, self.token.expose_secret());
        let text = format!("Basic {}", BASE64_STANDARD.encode(pair));
        let mut value = HeaderValue::from_str(&text).ok()?;
        value.set_sensitive(true);
        Some(value)
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials(…)")
    }
}
