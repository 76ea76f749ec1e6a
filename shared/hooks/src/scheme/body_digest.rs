//! The schemes that put an HMAC-SHA256 of the body, or a token, into one header.

use http::{HeaderMap, HeaderName};

use super::claim::{
    Claim, Proof, base64_digest, delivery_id, hex_digest, optional, required, required_text,
};
use super::{SignatureHeader, VerifyError};

/// Jira's header (`WebSub` §7.1).
pub(super) const HUB: HeaderName = HeaderName::from_static("x-hub-signature");
/// GitHub's header. Its `X-Hub-Signature` is the old SHA-1.
pub(super) const HUB_256: HeaderName = HeaderName::from_static("x-hub-signature-256");
/// Jira's id of a delivery, the same in each of its retries.
pub(super) const ATLASSIAN_ID: HeaderName =
    HeaderName::from_static("x-atlassian-webhook-identifier");
/// GitHub's id of a delivery, the same when it is redelivered.
pub(super) const GITHUB_ID: HeaderName = HeaderName::from_static("x-github-delivery");
pub(super) const TYPEFORM: HeaderName = HeaderName::from_static("typeform-signature");
pub(super) const TALLY: HeaderName = HeaderName::from_static("tally-signature");

/// `sha256=<hex>`, and the delivery id from its own header. The scheme's senders do not sign that
/// header: it tells retries apart and proves nothing.
pub(super) fn hub<'h>(
    headers: &'h HeaderMap,
    header: Option<&SignatureHeader>,
) -> Result<Claim<'h>, VerifyError> {
    let name = match header {
        Some(header) => header.name(),
        None if headers.contains_key(HUB_256) => &HUB_256,
        None => &HUB,
    };
    let value = required_text(headers, name)?;
    let hex = value
        .strip_prefix("sha256=")
        .ok_or_else(|| VerifyError::Unsupported(name.clone()))?;
    let digest = hex_digest(hex).ok_or_else(|| VerifyError::Malformed(name.clone()))?;
    let mut delivery = None;
    for name in [ATLASSIAN_ID, GITHUB_ID] {
        if let Some(value) = optional(headers, &name)? {
            delivery = Some(delivery_id(value, &name)?);
            break;
        }
    }
    Ok(Claim {
        delivery,
        ..Claim::of_body(Proof::Signatures(vec![digest]))
    })
}

/// `sha256=<base64>`.
pub(super) fn typeform(headers: &HeaderMap) -> Result<Claim<'_>, VerifyError> {
    let base64 = required_text(headers, &TYPEFORM)?
        .strip_prefix("sha256=")
        .ok_or(VerifyError::Unsupported(TYPEFORM))?;
    let digest = base64_digest(base64).ok_or(VerifyError::Malformed(TYPEFORM))?;
    Ok(Claim::of_body(Proof::Signatures(vec![digest])))
}

/// Bare base64.
pub(super) fn tally(headers: &HeaderMap) -> Result<Claim<'_>, VerifyError> {
    let base64 = required_text(headers, &TALLY)?;
    let digest = base64_digest(base64).ok_or(VerifyError::Malformed(TALLY))?;
    Ok(Claim::of_body(Proof::Signatures(vec![digest])))
}

/// Hexadecimal or base64, bare or after `sha256=`. The first has 64 characters, the second 44.
pub(super) fn hex_header<'h>(
    headers: &'h HeaderMap,
    header: &SignatureHeader,
) -> Result<Claim<'h>, VerifyError> {
    let name = header.name();
    let value = required_text(headers, name)?;
    let text = value.strip_prefix("sha256=").unwrap_or(value);
    let digest = hex_digest(text)
        .or_else(|| base64_digest(text))
        .ok_or_else(|| VerifyError::Malformed(name.clone()))?;
    Ok(Claim::of_body(Proof::Signatures(vec![digest])))
}

/// The secret itself.
pub(super) fn shared_token<'h>(
    headers: &'h HeaderMap,
    header: &SignatureHeader,
) -> Result<Claim<'h>, VerifyError> {
    Ok(Claim::of_body(Proof::Token(required(
        headers,
        header.name(),
    )?)))
}
