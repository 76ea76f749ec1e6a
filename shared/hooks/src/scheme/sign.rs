//! The sender's side of every scheme, for the replay of the local bundle and for tests.

use base64::{Engine, prelude::BASE64_STANDARD};
use domain::id::DeliveryId;
use hmac::Mac;
use http::{HeaderMap, HeaderName, HeaderValue};
use jiff::Timestamp;

use super::verify::mac;
use super::{Scheme, body_digest, standard_webhooks, stripe};
use crate::secret::Secret;

/// A delivery that cannot be signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the secret cannot be sent in a header")]
pub struct SignError;

/// The headers with which a sender would deliver `body` at `at` (whole seconds are signed).
///
/// They state the delivery's id if the scheme has a place for it. Otherwise the receiver takes the
/// body's SHA-256.
///
/// # Errors
/// If a shared token has characters that no header can carry.
pub fn sign(
    scheme: &Scheme,
    secret: &Secret,
    delivery: &DeliveryId,
    at: Timestamp,
    body: &[u8],
) -> Result<HeaderMap, SignError> {
    let mut headers = HeaderMap::new();
    let seconds = at.as_second().to_string();
    let digest = |prefix: &str| mac(secret, prefix, body).finalize().into_bytes();
    match scheme {
        Scheme::StandardWebhooks => {
            let digest = digest(&format!("{delivery}.{seconds}."));
            let signature = format!("v1,{}", BASE64_STANDARD.encode(digest));
            put(&mut headers, standard_webhooks::ID, delivery.as_str())?;
            put(&mut headers, standard_webhooks::TIMESTAMP, &seconds)?;
            put(&mut headers, standard_webhooks::SIGNATURE, &signature)?;
        }
        Scheme::HubSignature { header } => {
            let name = header
                .as_ref()
                .map_or(body_digest::HUB, |header| header.name().clone());
            let id = if name == body_digest::HUB_256 {
                body_digest::GITHUB_ID
            } else {
                body_digest::ATLASSIAN_ID
            };
            put(&mut headers, id, delivery.as_str())?;
            put(
                &mut headers,
                name,
                &format!("sha256={}", hex::encode(digest(""))),
            )?;
        }
        Scheme::Stripe => {
            let digest = hex::encode(digest(&format!("{seconds}.")));
            put(
                &mut headers,
                stripe::SIGNATURE,
                &format!("t={seconds},v1={digest}"),
            )?;
        }
        Scheme::Typeform => {
            let base64 = BASE64_STANDARD.encode(digest(""));
            put(
                &mut headers,
                body_digest::TYPEFORM,
                &format!("sha256={base64}"),
            )?;
        }
        Scheme::Tally => {
            put(
                &mut headers,
                body_digest::TALLY,
                &BASE64_STANDARD.encode(digest("")),
            )?;
        }
        Scheme::HexHeader { header } => {
            put(
                &mut headers,
                header.name().clone(),
                &hex::encode(digest("")),
            )?;
        }
        Scheme::SharedToken { header } => {
            let mut token = HeaderValue::from_bytes(secret.expose()).map_err(|_| SignError)?;
            token.set_sensitive(true);
            headers.insert(header.name().clone(), token);
        }
    }
    Ok(headers)
}

fn put(headers: &mut HeaderMap, name: HeaderName, value: &str) -> Result<(), SignError> {
    headers.insert(name, HeaderValue::from_str(value).map_err(|_| SignError)?);
    Ok(())
}
