//! The claims of a delivery's headers, before any of them is believed.

use base64::{Engine, prelude::BASE64_STANDARD};
use domain::id::DeliveryId;
use http::{HeaderMap, HeaderName};

use super::VerifyError;

/// The largest number of signatures in one header. A rotation needs two, and a few more may be of
/// kinds that are not verified here. The bound keeps a hostile header from causing work.
pub(super) const MAX_SIGNATURES: usize = 8;

/// One HMAC-SHA256 from a header.
pub(super) type Digest = [u8; 32];

/// The sender's proof.
#[derive(Debug)]
pub(super) enum Proof<'h> {
    /// Signatures. One of them has to match.
    Signatures(Vec<Digest>),
    /// The secret itself.
    Token(&'h [u8]),
}

/// The parts of a delivery that its headers state.
#[derive(Debug)]
pub(super) struct Claim<'h> {
    /// The signed text before the body.
    pub(super) prefix: String,
    pub(super) proof: Proof<'h>,
    /// The sender's id of the delivery; without one, the body's SHA-256 takes its place.
    pub(super) delivery: Option<DeliveryId>,
    /// The signed time in Unix seconds.
    pub(super) signed_at: Option<i64>,
}

impl Claim<'_> {
    /// A claim of a scheme that signs only the body.
    pub(super) const fn of_body(proof: Proof<'_>) -> Claim<'_> {
        Claim {
            prefix: String::new(),
            proof,
            delivery: None,
            signed_at: None,
        }
    }
}

/// The value of a header that may be absent but not repeated.
pub(super) fn optional<'h>(
    headers: &'h HeaderMap,
    name: &HeaderName,
) -> Result<Option<&'h [u8]>, VerifyError> {
    let mut values = headers.get_all(name).iter();
    let first = values.next();
    if values.next().is_some() {
        return Err(VerifyError::Repeated(name.clone()));
    }
    Ok(first.map(http::HeaderValue::as_bytes))
}

/// The value of a header that must be present once.
pub(super) fn required<'h>(
    headers: &'h HeaderMap,
    name: &HeaderName,
) -> Result<&'h [u8], VerifyError> {
    optional(headers, name)?.ok_or_else(|| VerifyError::Missing(name.clone()))
}

/// Like [`required`], for headers whose value is visible ASCII.
pub(super) fn required_text<'h>(
    headers: &'h HeaderMap,
    name: &HeaderName,
) -> Result<&'h str, VerifyError> {
    str::from_utf8(required(headers, name)?).map_err(|_| VerifyError::Malformed(name.clone()))
}

/// The delivery id in a header.
pub(super) fn delivery_id(value: &[u8], name: &HeaderName) -> Result<DeliveryId, VerifyError> {
    str::from_utf8(value)
        .ok()
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| VerifyError::DeliveryId(name.clone()))
}

/// Reads Unix seconds: digits and nothing else, so that each value has one spelling. Nineteen
/// digits hold every `i64`.
pub(super) fn unix_seconds(text: &str) -> Option<i64> {
    let digits = (1..=19).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// Sixty-four hexadecimal digits in one case throughout. Senders use either case, but none mixes
/// them. Refusing a mixture leaves no bit of a signature that could be changed.
pub(super) fn hex_digest(text: &str) -> Option<Digest> {
    let upper = text.bytes().any(|b| b.is_ascii_uppercase());
    let lower = text.bytes().any(|b| b.is_ascii_lowercase());
    if upper && lower {
        return None;
    }
    let mut digest = Digest::default();
    hex::decode_to_slice(text, &mut digest).ok()?;
    Some(digest)
}

/// Base64 with its padding (RFC 4648 §4), in its one canonical form.
pub(super) fn base64_digest(text: &str) -> Option<Digest> {
    // 44 characters make 32 bytes; a longer text is not examined.
    if text.len() != 44 {
        return None;
    }
    BASE64_STANDARD.decode(text).ok()?.try_into().ok()
}
