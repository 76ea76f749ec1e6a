//! Signature headers: nothing passes that a holder of the secret did not sign, byte for byte.

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_STANDARD_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use hooks::scheme::{Scheme, verify};
use hooks::secret::Secret;
use http::{HeaderMap, HeaderName, HeaderValue};
use sha2::Sha256;

use crate::bundle::now;

/// The texts of the secrets: of the newest, and of the one before it.
const SECRETS: [&str; 2] = [
    "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
    "ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=",
];

/// The first byte chooses the scheme; then come header lines, an empty line, and the body.
pub(crate) fn run(input: &[u8]) {
    let Some((first, rest)) = input.split_first() else {
        return;
    };
    let scheme = &schemes()[usize::from(*first) % schemes().len()];
    let (headers, body) = delivery(rest);
    let secrets = SECRETS.map(|text| Secret::parse(scheme, &spelled(scheme, text)).unwrap());
    let Ok(verified) = verify(scheme, &headers, body, &secrets, now()) else {
        return;
    };
    let header = headers.get(scheme.header()).unwrap().to_str().unwrap();
    let id = verified.delivery_id.to_string();
    let genuine = SECRETS
        .iter()
        .any(|text| is_signed(scheme, text, &headers, header, &id, body));
    assert!(genuine, "{} let {header} pass", scheme.name());
    if let Some(at) = verified.signed_at {
        let off = at.as_second().abs_diff(now().as_second());
        assert!(off <= 300, "signed {off} seconds away");
    }
}

fn schemes() -> [Scheme; 7] {
    let header = || Some("x-signature".parse().unwrap());
    [
        Scheme::new("standard-webhooks", None),
        Scheme::new("hub-signature", None),
        Scheme::new("stripe", None),
        Scheme::new("typeform", None),
        Scheme::new("tally", None),
        Scheme::new("hex-header", header()),
        Scheme::new("shared-token", header()),
    ]
    .map(Result::unwrap)
}

/// A secret in the form that senders of this scheme get.
fn spelled(scheme: &Scheme, text: &str) -> String {
    match scheme {
        Scheme::StandardWebhooks => format!("whsec_{text}"),
        _ => text.to_owned(),
    }
}

/// Lines of headers, and the bytes after the empty line.
fn delivery(bytes: &[u8]) -> (HeaderMap, &[u8]) {
    let end = bytes.windows(2).position(|pair| pair == b"\n\n");
    let (head, body) = match end {
        Some(end) => (&bytes[..end], &bytes[end + 2..]),
        None => (bytes, &[][..]),
    };
    let mut headers = HeaderMap::new();
    for line in head.split(|byte| *byte == b'\n') {
        let Some(colon) = line.iter().position(|byte| *byte == b':') else {
            continue;
        };
        let name = HeaderName::from_bytes(&line[..colon]);
        let value = HeaderValue::from_bytes(line[colon + 1..].trim_ascii());
        if let (Ok(name), Ok(value)) = (name, value) {
            headers.append(name, value);
        }
    }
    (headers, body)
}

/// Tells whether the header has this secret's signature of the delivery, computed here again.
fn is_signed(
    scheme: &Scheme,
    secret: &str,
    headers: &HeaderMap,
    header: &str,
    id: &str,
    body: &[u8],
) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let (key, before) = match scheme {
        Scheme::SharedToken { .. } => return header == secret,
        Scheme::StandardWebhooks => {
            let at = text("webhook-timestamp").unwrap_or_default();
            let key = BASE64_STANDARD.decode(secret).unwrap();
            (key, format!("{id}.{at}."))
        }
        Scheme::Stripe => {
            let mut parts = header.split(',').map(str::trim);
            let at = parts.find_map(|part| part.strip_prefix("t="));
            let before = format!("{}.", at.unwrap_or_default());
            (secret.as_bytes().to_vec(), before)
        }
        _ => (secret.as_bytes().to_vec(), String::new()),
    };
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
    mac.update(before.as_bytes());
    mac.update(body);
    let digest = mac.finalize().into_bytes();
    let hex = hex::encode(digest);
    let base64 = BASE64_STANDARD_NO_PAD.encode(digest);
    header.contains(&base64) || header.to_ascii_lowercase().contains(&hex)
}
