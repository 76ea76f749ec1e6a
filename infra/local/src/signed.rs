//! Signs deliveries as a source of the seeded world would.

use hooks::scheme::{Scheme, sign};
use hooks::secret::Secret;
use http::{HeaderMap, HeaderValue};
use jiff::Timestamp;

use crate::local::LocalSource;

/// The headers with which a source sends a body under an id; `None` if the source cannot sign it.
pub(crate) fn signed(
    source: &LocalSource,
    id: &str,
    at: Timestamp,
    body: &[u8],
) -> Option<HeaderMap<HeaderValue>> {
    let header = source.header.parse().ok();
    let scheme = Scheme::new(&source.scheme, header).or_else(|_| Scheme::new(&source.scheme, None));
    let scheme = scheme.ok()?;
    let secret = Secret::parse(&scheme, &source.secret).ok()?;
    sign(&scheme, &secret, &id.parse().ok()?, at, body).ok()
}
