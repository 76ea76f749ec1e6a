//! The reasons why a delivery was not believed. They go to the log, never to the caller.

use http::HeaderName;

/// One variant for each way in which verification fails.
///
/// No variant carries a value that the caller sent, so each is fit for a log line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VerifyError {
    /// No source has the name in the path.
    #[error("no such source")]
    UnknownSource,
    /// The source has no secret that is valid now.
    #[error("the source has no valid secret")]
    NoSecret,
    /// A header that the scheme needs is missing.
    #[error("the header {0} is missing")]
    Missing(HeaderName),
    /// A header appears more than once, so two readers could see two deliveries.
    #[error("the header {0} is there more than once")]
    Repeated(HeaderName),
    /// A header's value does not have the scheme's form.
    #[error("the header {0} is not of the form its scheme has")]
    Malformed(HeaderName),
    /// The signature is made with something other than HMAC-SHA256, such as `sha1=` or `v1a,`.
    #[error("the header {0} carries no signature of a kind that is verified here")]
    Unsupported(HeaderName),
    /// More signatures than a rotation of secrets explains.
    #[error("the header {0} carries too many signatures")]
    TooMany(HeaderName),
    /// The delivery's id is too long, or has characters that do not belong in an id.
    #[error("the header {0} carries no usable delivery id")]
    DeliveryId(HeaderName),
    /// No secret of the source yields any of the signatures.
    #[error("no signature matches")]
    Mismatch,
    /// Genuine, but signed too long ago: a replay, or a wrong clock.
    #[error("the signature is {seconds} s old")]
    TooOld {
        /// Seconds between the signed timestamp and the receiver's clock.
        seconds: u64,
    },
    /// Genuine, but signed too far in the future: a wrong clock.
    #[error("the signature is {seconds} s in the future")]
    TooNew {
        /// Seconds between the receiver's clock and the signed timestamp.
        seconds: u64,
    },
}

impl VerifyError {
    /// A short fixed name for logs and metrics.
    #[must_use]
    pub const fn reason(&self) -> &'static str {
        match self {
            Self::UnknownSource => "unknown_source",
            Self::NoSecret => "no_secret",
            Self::Missing(_) => "header_missing",
            Self::Repeated(_) => "header_repeated",
            Self::Malformed(_) => "header_malformed",
            Self::Unsupported(_) => "signature_unsupported",
            Self::TooMany(_) => "too_many_signatures",
            Self::DeliveryId(_) => "bad_delivery_id",
            Self::Mismatch => "signature_mismatch",
            Self::TooOld { .. } => "signature_too_old",
            Self::TooNew { .. } => "signature_too_new",
        }
    }
}
