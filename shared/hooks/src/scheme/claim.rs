//! What a delivery's headers claim, before any of it is believed.

use base64::{Engine, prelude::BASE64_STANDARD};
use domain::id::DeliveryId;
use http::{HeaderMap, HeaderName};

use super::VerifyError;

/// The most signatures one header may carry. A rotation needs two; a few more may be of kinds that
/// are not verified here. The bound keeps a hostile header from buying work.
pub(super) const MAX_SIGNATURES: usize = 8;

/// One HMAC-SHA256 as the sender states it.
pub(super) type Digest = [u8; 32];

/// What the sender offers as proof.
#[derive(Debug)]
pub(super) enum Proof<'h> {
    /// Signatures, of which one has to match.
    Signatures(Vec<Digest>),
    /// The secret itself.
    Token(&'h [u8]),
}

/// The parts of a delivery that its headers state.
#[derive(Debug)]
pub(super) struct Claim<'h> {
    /// What is signed ahead of the body.
    pub(super) prefix: String,
    pub(super) proof: Proof<'h>,
    /// The id the sender gave; without one, the body's SHA-256 stands for it.
    pub(super) delivery: Option<DeliveryId>,
    /// Unix seconds.
    pub(super) signed_at: Option<i64>,
}

impl Claim<'_> {
    /// A claim of a scheme that signs the body alone.
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

/// The value of a header that must be there once.
pub(super) fn required<'h>(
    headers: &'h HeaderMap,
    name: &HeaderName,
) -> Result<&'h [u8], VerifyError> {
    optional(headers, name)?.ok_or_else(|| VerifyError::Missing(name.clone()))
}

/// As [`required`], for headers whose value is visible ASCII.
pub(super) fn required_text<'h>(
    headers: &'h HeaderMap,
    name: &HeaderName,
) -> Result<&'h str, VerifyError> {
    str::from_utf8(required(headers, name)?).map_err(|_| VerifyError::Malformed(name.clone()))
}

/// The delivery id that a header carries.
pub(super) fn delivery_id(value: &[u8], name: &HeaderName) -> Result<DeliveryId, VerifyError> {
    str::from_utf8(value)
        .ok()
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| VerifyError::DeliveryId(name.clone()))
}

/// Unix seconds: digits and nothing else, so that a value has one way to be written wrong: not at
/// all. Nineteen digits hold every `i64`.
pub(super) fn unix_seconds(text: &str) -> Option<i64> {
    let digits = (1..=19).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// Sixty-four hexadecimal digits in one case throughout. Senders differ in the case they use, but
/// none mixes both; refusing a mixture leaves no bit of a signature that could be changed.
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
    // 44 characters make 32 bytes; anything longer is not looked at.
    if text.len() != 44 {
        return None;
    }
    BASE64_STANDARD.decode(text).ok()?.try_into().ok()
}
