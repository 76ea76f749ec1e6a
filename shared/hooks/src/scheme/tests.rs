//! Published vectors, rotation, tolerance, extremes, and the certainty that no changed bit passes.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod bits;
mod forgery;
mod timestamps;
mod vectors;

use domain::id::DeliveryId;
use http::{HeaderMap, HeaderName, HeaderValue};
use jiff::Timestamp;

use super::{Scheme, Verified, VerifyError, sign, verify};
use crate::secret::Secret;

const NOW: i64 = 1_795_339_800;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn id(text: &str) -> DeliveryId {
    text.parse().unwrap()
}

fn headers<const N: usize>(pairs: [(&str, &str); N]) -> HeaderMap {
    let mut map = HeaderMap::new();
    for (name, value) in pairs {
        let name: HeaderName = name.parse().unwrap();
        map.append(name, HeaderValue::from_str(value).unwrap());
    }
    map
}

/// One scheme of each kind.
fn every_scheme() -> [Scheme; 8] {
    [
        Scheme::StandardWebhooks,
        Scheme::HubSignature { header: None },
        Scheme::HubSignature {
            header: Some("X-Hub-Signature-256".parse().unwrap()),
        },
        Scheme::Stripe,
        Scheme::Typeform,
        Scheme::Tally,
        Scheme::HexHeader {
            header: "X-Webhook-Signature".parse().unwrap(),
        },
        Scheme::SharedToken {
            header: "X-Lanyard-Token".parse().unwrap(),
        },
    ]
}

fn secret(scheme: &Scheme, seed: u8) -> Secret {
    use secrecy::ExposeSecret;
    let text = crate::secret::generate(scheme, [seed; 32]);
    Secret::parse(scheme, text.expose_secret()).unwrap()
}

fn signed(scheme: &Scheme, seed: u8, second: i64, body: &[u8]) -> HeaderMap {
    sign(
        scheme,
        &secret(scheme, seed),
        &id("evt_1"),
        at(second),
        body,
    )
    .unwrap()
}

fn check(
    scheme: &Scheme,
    headers: &HeaderMap,
    body: &[u8],
    seeds: &[u8],
) -> Result<Verified, VerifyError> {
    let secrets: Vec<Secret> = seeds.iter().map(|seed| secret(scheme, *seed)).collect();
    verify(scheme, headers, body, &secrets, at(NOW))
}
