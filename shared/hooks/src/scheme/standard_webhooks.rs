//! Standard Webhooks: `HMAC-SHA256(secret, id.timestamp.body)`.

use http::{HeaderMap, HeaderName};

use super::VerifyError;
use super::claim::{
    Claim, MAX_SIGNATURES, Proof, base64_digest, delivery_id, required, required_text, unix_seconds,
};

pub(super) const ID: HeaderName = HeaderName::from_static("webhook-id");
pub(super) const TIMESTAMP: HeaderName = HeaderName::from_static("webhook-timestamp");
pub(super) const SIGNATURE: HeaderName = HeaderName::from_static("webhook-signature");
const SVIX_ID: HeaderName = HeaderName::from_static("svix-id");
const SVIX_TIMESTAMP: HeaderName = HeaderName::from_static("svix-timestamp");
const SVIX_SIGNATURE: HeaderName = HeaderName::from_static("svix-signature");

/// Reads the three headers of one family. The two families never mix.
pub(super) fn claim(headers: &HeaderMap) -> Result<Claim<'_>, VerifyError> {
    let standard = [ID, TIMESTAMP, SIGNATURE];
    let svix = [SVIX_ID, SVIX_TIMESTAMP, SVIX_SIGNATURE];
    let any_standard = standard.iter().any(|name| headers.contains_key(name));
    let any_svix = svix.iter().any(|name| headers.contains_key(name));
    let [id, timestamp, signature] = if any_svix && !any_standard {
        svix
    } else {
        standard
    };

    let delivery = delivery_id(required(headers, &id)?, &id)?;
    // The full stop delimits the signed parts. An id with one could be read in two ways, so the
    // specification warns of it.
    if delivery.as_str().contains('.') {
        return Err(VerifyError::DeliveryId(id));
    }
    let at = required_text(headers, &timestamp)?;
    let signed_at = unix_seconds(at).ok_or_else(|| VerifyError::Malformed(timestamp.clone()))?;
    Ok(Claim {
        prefix: format!("{delivery}.{at}."),
        proof: Proof::Signatures(signatures(required_text(headers, &signature)?, &signature)?),
        delivery: Some(delivery),
        signed_at: Some(signed_at),
    })
}

/// The `v1` signatures of a space-separated list. Others, such as the asymmetric `v1a`, are
/// skipped, because a sender may offer several kinds.
fn signatures(text: &str, name: &HeaderName) -> Result<Vec<super::claim::Digest>, VerifyError> {
    let entries: Vec<&str> = text.split(' ').take(MAX_SIGNATURES + 1).collect();
    if entries.len() > MAX_SIGNATURES {
        return Err(VerifyError::TooMany(name.clone()));
    }
    let stated: Vec<&str> = entries
        .iter()
        .filter_map(|entry| entry.strip_prefix("v1,"))
        .collect();
    if stated.is_empty() {
        return Err(VerifyError::Unsupported(name.clone()));
    }
    let digests: Vec<_> = stated.into_iter().filter_map(base64_digest).collect();
    if digests.is_empty() {
        return Err(VerifyError::Malformed(name.clone()));
    }
    Ok(digests)
}
