//! Verification: the same work for all headers, then one verdict.

use domain::id::DeliveryId;
use hmac::{Hmac, KeyInit, Mac};
use http::HeaderMap;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::claim::{Claim, Proof};
use super::{Scheme, TOLERANCE_SECONDS, VerifyError, body_digest, standard_webhooks, stripe};
use crate::secret::Secret;

/// A delivery whose sender is proved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The delivery's id, the same for every repetition.
    pub delivery_id: DeliveryId,
    /// The signed time, if the scheme has one.
    pub signed_at: Option<Timestamp>,
}

/// Verifies raw bytes against a source's scheme and its currently valid secrets.
///
/// Takes the same time for every failure. The MACs are computed even if a header is missing, and
/// always at least two of them, so that time reveals neither an unknown source nor a rotation.
///
/// # Errors
/// One variant per failure, for the log. The caller gets nothing but 401.
pub fn verify(
    scheme: &Scheme,
    headers: &HeaderMap,
    body: &[u8],
    secrets: &[Secret],
    now: Timestamp,
) -> Result<Verified, VerifyError> {
    let claim = read(scheme, headers);
    let matched = any_matches(claim.as_ref().ok(), body, secrets);
    let claim = claim?;
    if secrets.is_empty() {
        return Err(VerifyError::NoSecret);
    }
    if !matched {
        return Err(VerifyError::Mismatch);
    }
    let signed_at = claim.signed_at.map(|at| recent(at, now)).transpose()?;
    let delivery_id = match claim.delivery {
        Some(id) => id,
        None => body_id(body),
    };
    Ok(Verified {
        delivery_id,
        signed_at,
    })
}

/// Does the same for an unknown source as [`verify`] for a known one, in the same time, and always
/// fails.
#[must_use]
pub fn verify_decoy(headers: &HeaderMap, body: &[u8], now: Timestamp) -> VerifyError {
    let scheme = Scheme::guess(headers);
    let verdict = verify(&scheme, headers, body, &[Secret::decoy()], now);
    // The compiler must not find out that nobody looks at the verdict.
    let _ = std::hint::black_box(verdict);
    VerifyError::UnknownSource
}

fn read<'h>(scheme: &Scheme, headers: &'h HeaderMap) -> Result<Claim<'h>, VerifyError> {
    match scheme {
        Scheme::StandardWebhooks => standard_webhooks::claim(headers),
        Scheme::HubSignature { header } => body_digest::hub(headers, header.as_ref()),
        Scheme::Stripe => stripe::claim(headers),
        Scheme::Typeform => body_digest::typeform(headers),
        Scheme::Tally => body_digest::tally(headers),
        Scheme::HexHeader { header } => body_digest::hex_header(headers, header),
        Scheme::SharedToken { header } => body_digest::shared_token(headers, header),
    }
}

/// Tells whether any secret yields any of the claimed signatures. Always tries all of them.
fn any_matches(claim: Option<&Claim<'_>>, body: &[u8], secrets: &[Secret]) -> bool {
    let prefix = claim.map_or("", |claim| claim.prefix.as_str());
    let mut matched = false;
    for secret in secrets {
        let mac = mac(secret, prefix, body);
        matched |= claim.is_some_and(|claim| proves(&claim.proof, &mac, secret));
    }
    for _ in secrets.len()..2 {
        std::hint::black_box(mac(&Secret::decoy(), prefix, body).finalize());
    }
    matched
}

/// The MAC of the bytes that a scheme signs.
pub(super) fn mac(secret: &Secret, prefix: &str, body: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.expose())
        .expect("HMAC takes a key of any length (RFC 2104 §2)");
    mac.update(prefix.as_bytes());
    mac.update(body);
    mac
}

fn proves(proof: &Proof<'_>, mac: &Hmac<Sha256>, secret: &Secret) -> bool {
    match proof {
        Proof::Signatures(stated) => stated.iter().fold(false, |matched, digest| {
            mac.clone().verify_slice(digest).is_ok() | matched
        }),
        // Comparing digests of equal length hides the token's length, too.
        Proof::Token(token) => {
            std::hint::black_box(mac.clone().finalize());
            let stated = Sha256::digest(token);
            let wanted = Sha256::digest(secret.expose());
            stated.as_slice().ct_eq(wanted.as_slice()).into()
        }
    }
}

/// Compares a genuine timestamp with the receiver's clock.
fn recent(signed_at: i64, now: Timestamp) -> Result<Timestamp, VerifyError> {
    let now = now.as_second();
    // `abs_diff` is exact for any two instants, even the most extreme.
    let seconds = now.abs_diff(signed_at);
    let too_new = VerifyError::TooNew { seconds };
    if seconds > TOLERANCE_SECONDS {
        return Err(if signed_at < now {
            VerifyError::TooOld { seconds }
        } else {
            too_new
        });
    }
    // This fails only within five minutes of the end of time (the year 9999).
    Timestamp::from_second(signed_at).map_err(|_| too_new)
}

/// The id of a delivery whose sender gives none: the SHA-256 of its body, in hexadecimal.
fn body_id(body: &[u8]) -> DeliveryId {
    hex::encode(Sha256::digest(body))
        .parse()
        .expect("64 hexadecimal digits are a delivery id")
}
