//! The signature schemes of senders: verification and signing.
//!
//! Verification works on the raw bytes, before anything is parsed. Every failure has its own
//! [`VerifyError`] for the log; the answer to the caller is the same for all of them.

mod body_digest;
mod claim;
mod error;
mod sign;
mod signature_header;
mod standard_webhooks;
mod stripe;
#[cfg(test)]
mod tests;
mod verify;

pub use error::VerifyError;
pub use sign::{SignError, sign};
pub use signature_header::{InvalidHeaderName, SignatureHeader};
pub use verify::{Verified, verify, verify_decoy};

use http::HeaderMap;
use serde::{Deserialize, Serialize};

/// The largest difference between a signed timestamp and the receiver's clock, in seconds, before
/// or after.
///
/// Standard Webhooks' and Stripe's libraries use the same value.
pub const TOLERANCE_SECONDS: u64 = 300;

/// The construction a source signs its deliveries with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "kebab-case")]
pub enum Scheme {
    /// `webhook-id`, `webhook-timestamp`, `webhook-signature` (or their `svix-` names), by the
    /// Standard Webhooks specification, with symmetric signatures (`v1`).
    StandardWebhooks,
    /// `sha256=<hex>` of the body, as Jira (`X-Hub-Signature`) and GitHub (`X-Hub-Signature-256`)
    /// send it.
    HubSignature {
        /// The header to read; without one, `X-Hub-Signature-256`, else `X-Hub-Signature`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        header: Option<SignatureHeader>,
    },
    /// `Stripe-Signature: t=…,v1=<hex>` over the timestamp and the body.
    Stripe,
    /// `Typeform-Signature: sha256=<base64>` of the body.
    Typeform,
    /// `Tally-Signature: <base64>` of the body.
    Tally,
    /// HMAC-SHA256 of the body in hexadecimal, or in base64 like Shopify's; bare or after
    /// `sha256=`.
    HexHeader {
        /// The header with the signature.
        header: SignatureHeader,
    },
    /// A secret in a header, for senders that cannot sign. Only with a list of addresses, because
    /// the reader of one delivery can send any other.
    SharedToken {
        /// The header with the secret.
        header: SignatureHeader,
    },
}

/// The reason why a name and a header make no scheme.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidScheme {
    /// No scheme has this name.
    #[error(
        "no such scheme; known are standard-webhooks, hub-signature, stripe, typeform, tally, \
         hex-header and shared-token"
    )]
    Unknown,
    /// This scheme reads a header that the source has to name.
    #[error("the scheme {0} needs the name of its header")]
    HeaderMissing(&'static str),
    /// This scheme's header is fixed.
    #[error("the scheme {0} has a header of its own and takes no other")]
    HeaderFixed(&'static str),
}

impl Scheme {
    /// Makes a scheme of the name and the optional header in a source's description.
    ///
    /// # Errors
    /// If the name is unknown, or a header is missing or superfluous.
    pub fn new(name: &str, header: Option<SignatureHeader>) -> Result<Self, InvalidScheme> {
        match name {
            "hub-signature" => return Ok(Self::HubSignature { header }),
            "hex-header" => {
                let header = header.ok_or(InvalidScheme::HeaderMissing("hex-header"))?;
                return Ok(Self::HexHeader { header });
            }
            "shared-token" => {
                let header = header.ok_or(InvalidScheme::HeaderMissing("shared-token"))?;
                return Ok(Self::SharedToken { header });
            }
            _ => {}
        }
        let scheme = match name {
            "standard-webhooks" => Self::StandardWebhooks,
            "stripe" => Self::Stripe,
            "typeform" => Self::Typeform,
            "tally" => Self::Tally,
            _ => return Err(InvalidScheme::Unknown),
        };
        match header {
            None => Ok(scheme),
            Some(_) => Err(InvalidScheme::HeaderFixed(scheme.name())),
        }
    }

    /// The scheme's name in the world file and in the directory.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::StandardWebhooks => "standard-webhooks",
            Self::HubSignature { .. } => "hub-signature",
            Self::Stripe => "stripe",
            Self::Typeform => "typeform",
            Self::Tally => "tally",
            Self::HexHeader { .. } => "hex-header",
            Self::SharedToken { .. } => "shared-token",
        }
    }

    /// The header with the signature, in lower case. [`sign`] writes this one.
    #[must_use]
    pub fn header(&self) -> &str {
        match self {
            Self::StandardWebhooks => "webhook-signature",
            Self::HubSignature { header: None } => "x-hub-signature",
            Self::HubSignature {
                header: Some(header),
            }
            | Self::HexHeader { header }
            | Self::SharedToken { header } => header.as_str(),
            Self::Stripe => "stripe-signature",
            Self::Typeform => "typeform-signature",
            Self::Tally => "tally-signature",
        }
    }

    /// Tells whether the source must also have a list of addresses.
    #[must_use]
    pub const fn needs_address_list(&self) -> bool {
        matches!(self, Self::SharedToken { .. })
    }

    /// The scheme that these headers look like. Deliveries of an unknown sender are verified with
    /// it, in vain.
    fn guess(headers: &HeaderMap) -> Self {
        if headers.contains_key(stripe::SIGNATURE) {
            Self::Stripe
        } else if headers.contains_key(body_digest::TYPEFORM) {
            Self::Typeform
        } else if headers.contains_key(body_digest::TALLY) {
            Self::Tally
        } else if headers.contains_key(body_digest::HUB)
            || headers.contains_key(body_digest::HUB_256)
        {
            Self::HubSignature { header: None }
        } else {
            Self::StandardWebhooks
        }
    }
}
