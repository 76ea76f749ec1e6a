//! The tolerance at its edges, and timestamps that no clock would show.

use super::*;

const BODY: &[u8] = br#"{"type":"request.created"}"#;

#[test]
fn three_hundred_seconds_pass_and_three_hundred_and_one_do_not() {
    for scheme in [Scheme::StandardWebhooks, Scheme::Stripe] {
        for second in [NOW - 300, NOW, NOW + 300] {
            let headers = signed(&scheme, 1, second, BODY);
            let verified = check(&scheme, &headers, BODY, &[1]).unwrap();
            assert_eq!(verified.signed_at, Some(at(second)));
        }
        let seconds = 301;
        assert_eq!(
            check(&scheme, &signed(&scheme, 1, NOW - 301, BODY), BODY, &[1]),
            Err(VerifyError::TooOld { seconds })
        );
        assert_eq!(
            check(&scheme, &signed(&scheme, 1, NOW + 301, BODY), BODY, &[1]),
            Err(VerifyError::TooNew { seconds })
        );
    }
}

/// A genuine signature over a timestamp of any text.
fn signed_over(scheme: &Scheme, timestamp: &str) -> HeaderMap {
    use base64::{Engine, prelude::BASE64_STANDARD};
    use hmac::Mac;
    let secret = secret(scheme, 1);
    let mac = |prefix: &str| super::super::verify::mac(&secret, prefix, BODY).finalize();
    if *scheme == Scheme::Stripe {
        let digest = hex::encode(mac(&format!("{timestamp}.")).into_bytes());
        return headers([("stripe-signature", &format!("t={timestamp},v1={digest}"))]);
    }
    let digest = BASE64_STANDARD.encode(mac(&format!("evt_1.{timestamp}.")).into_bytes());
    headers([
        ("webhook-id", "evt_1"),
        ("webhook-timestamp", timestamp),
        ("webhook-signature", &format!("v1,{digest}")),
    ])
}

#[test]
fn extreme_and_ill_formed_timestamps_are_refused_without_overflow() {
    for scheme in [Scheme::StandardWebhooks, Scheme::Stripe] {
        for text in ["9223372036854775807", "0", "253402300800", "253402207200"] {
            let verdict = check(&scheme, &signed_over(&scheme, text), BODY, &[1]);
            assert!(
                matches!(
                    verdict,
                    Err(VerifyError::TooOld { .. } | VerifyError::TooNew { .. })
                ),
                "{text}: {verdict:?}"
            );
        }
        for text in [
            "-9223372036854775808",
            "9223372036854775808",
            "99999999999999999999999999",
            "-1",
            "+1795339800",
            "1795339800.0",
            "0x6b02f2d8",
            "1_795_339_800",
            "١٧٩٥٣٣٩٨٠٠",
            "soon",
        ] {
            let Ok(_) = HeaderValue::from_str(text) else {
                continue;
            };
            let verdict = check(&scheme, &signed_over(&scheme, text), BODY, &[1]);
            assert!(
                matches!(verdict, Err(VerifyError::Malformed(_))),
                "{text}: {verdict:?}"
            );
        }
    }
}

#[test]
fn a_clock_at_either_end_of_time_does_not_overflow() {
    let scheme = Scheme::StandardWebhooks;
    let headers = signed_over(&scheme, "9223372036854775807");
    for now in [Timestamp::MIN, Timestamp::MAX] {
        let verdict = verify(&scheme, &headers, BODY, &[secret(&scheme, 1)], now);
        assert!(matches!(verdict, Err(VerifyError::TooNew { .. })));
    }
}
