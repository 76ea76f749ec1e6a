//! Stripe: `HMAC-SHA256(secret, timestamp.body)` in `Stripe-Signature: t=…,v1=<hex>`.

use http::{HeaderMap, HeaderName};

use super::VerifyError;
use super::claim::{Claim, MAX_SIGNATURES, Proof, hex_digest, required_text, unix_seconds};

pub(super) const SIGNATURE: HeaderName = HeaderName::from_static("stripe-signature");

/// Reads the one header. The signature covers the timestamp as written there.
pub(super) fn claim(headers: &HeaderMap) -> Result<Claim<'_>, VerifyError> {
    let malformed = || VerifyError::Malformed(SIGNATURE);
    let mut timestamp = None;
    let mut stated = 0;
    let mut digests = Vec::new();
    for item in required_text(headers, &SIGNATURE)?.split(',') {
        let (key, value) = item.split_once('=').ok_or_else(malformed)?;
        match key {
            // With two timestamps the signed one would be unclear.
            "t" if timestamp.is_some() => return Err(VerifyError::Repeated(SIGNATURE)),
            "t" => timestamp = Some(value),
            "v1" => {
                stated += 1;
                if stated > MAX_SIGNATURES {
                    return Err(VerifyError::TooMany(SIGNATURE));
                }
                digests.extend(hex_digest(value));
            }
            // `v0` signs test events with a fixed key; unknown kinds are skipped as well.
            _ => {}
        }
    }
    let timestamp = timestamp.ok_or_else(malformed)?;
    let signed_at = unix_seconds(timestamp).ok_or_else(malformed)?;
    if stated == 0 {
        return Err(VerifyError::Unsupported(SIGNATURE));
    }
    if digests.is_empty() {
        return Err(malformed());
    }
    Ok(Claim {
        prefix: format!("{timestamp}."),
        proof: Proof::Signatures(digests),
        delivery: None,
        signed_at: Some(signed_at),
    })
}
