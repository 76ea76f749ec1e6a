//! The name of a header in a source's description.

use std::{fmt, str::FromStr};

use http::HeaderName;
use serde::{Deserialize, Serialize};

/// A header's name, checked once and held in lower case (RFC 9110 §5.1: names are
/// case-insensitive).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SignatureHeader(HeaderName);

/// The text is no header name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a header name: letters, digits and hyphens are wanted, such as X-Webhook-Signature")]
pub struct InvalidHeaderName;

impl SignatureHeader {
    /// The name in lower case.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    pub(super) const fn name(&self) -> &HeaderName {
        &self.0
    }
}

impl FromStr for SignatureHeader {
    type Err = InvalidHeaderName;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        HeaderName::from_bytes(text.as_bytes())
            .map(Self)
            .map_err(|_| InvalidHeaderName)
    }
}

impl TryFrom<String> for SignatureHeader {
    type Error = InvalidHeaderName;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<SignatureHeader> for String {
    fn from(header: SignatureHeader) -> Self {
        header.0.as_str().to_owned()
    }
}

impl fmt::Display for SignatureHeader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str())
    }
}
