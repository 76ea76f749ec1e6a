//! What must never verify, and the edges of what just does.

use proptest::prelude::*;

use super::*;

const BODY: &[u8] = br#"{"type":"request.created"}"#;

#[test]
fn what_one_side_signs_the_other_accepts() {
    for scheme in every_scheme() {
        let headers = signed(&scheme, 1, NOW, BODY);
        assert!(headers.contains_key(scheme.header()));
        let verified = check(&scheme, &headers, BODY, &[1]).unwrap();
        if matches!(
            scheme,
            Scheme::StandardWebhooks | Scheme::HubSignature { .. }
        ) {
            assert_eq!(verified.delivery_id, id("evt_1"));
        } else {
            assert_eq!(verified.delivery_id.as_str().len(), 64);
        }
    }
}

#[test]
fn two_secrets_work_at_once_in_either_order_while_rotating() {
    for scheme in every_scheme() {
        let headers = signed(&scheme, 1, NOW, BODY);
        assert!(check(&scheme, &headers, BODY, &[1, 2]).is_ok());
        assert!(check(&scheme, &headers, BODY, &[2, 1]).is_ok());
        assert_eq!(
            check(&scheme, &headers, BODY, &[2, 3]),
            Err(VerifyError::Mismatch)
        );
        assert_eq!(
            check(&scheme, &headers, BODY, &[]),
            Err(VerifyError::NoSecret)
        );
    }
}

#[test]
fn the_decoy_secret_opens_nothing() {
    for scheme in every_scheme() {
        let headers = sign(&scheme, &Secret::decoy(), &id("evt_1"), at(NOW), BODY);
        // Thirty-two zero bytes cannot even be sent as a token.
        if let Ok(headers) = headers {
            assert_eq!(
                check(&scheme, &headers, BODY, &[1]),
                Err(VerifyError::Mismatch)
            );
            assert_eq!(
                super::super::verify_decoy(&headers, BODY, at(NOW)),
                VerifyError::UnknownSource
            );
        }
    }
}

#[test]
fn a_sender_that_rotates_may_send_several_signatures() {
    let scheme = Scheme::StandardWebhooks;
    let old = signed(&scheme, 1, NOW, BODY)["webhook-signature"].clone();
    let mut headers = signed(&scheme, 2, NOW, BODY);
    let new = headers["webhook-signature"].clone();
    let both = format!(
        "v1a,AAAA {} {}",
        old.to_str().unwrap(),
        new.to_str().unwrap()
    );
    headers.insert("webhook-signature", both.parse().unwrap());
    assert!(check(&scheme, &headers, BODY, &[1]).is_ok());
    assert!(check(&scheme, &headers, BODY, &[2]).is_ok());
    assert!(check(&scheme, &headers, BODY, &[3]).is_err());

    let old = signed(&Scheme::Stripe, 1, NOW, BODY)["stripe-signature"].clone();
    let new = signed(&Scheme::Stripe, 2, NOW, BODY)["stripe-signature"].clone();
    let new = new.to_str().unwrap().split_once(',').unwrap().1.to_owned();
    let both = format!("{},{new}", old.to_str().unwrap());
    let headers = self::headers([("stripe-signature", &both)]);
    assert!(check(&Scheme::Stripe, &headers, BODY, &[1]).is_ok());
    assert!(check(&Scheme::Stripe, &headers, BODY, &[2]).is_ok());
}

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

#[test]
fn a_missing_header_is_named() {
    for scheme in every_scheme() {
        for missing in signed(&scheme, 1, NOW, BODY).keys() {
            let mut headers = signed(&scheme, 1, NOW, BODY);
            headers.remove(missing);
            let verdict = check(&scheme, &headers, BODY, &[1]);
            if missing.as_str().ends_with("identifier") || missing.as_str().ends_with("delivery") {
                // Without an id of its own the body's digest stands in.
                assert_eq!(verdict.unwrap().delivery_id.as_str().len(), 64);
            } else {
                assert_eq!(verdict, Err(VerifyError::Missing(missing.clone())));
            }
        }
    }
}

#[test]
fn a_header_that_stands_twice_is_refused_even_if_both_are_equal() {
    for scheme in every_scheme() {
        for name in signed(&scheme, 1, NOW, BODY).keys() {
            let mut headers = signed(&scheme, 1, NOW, BODY);
            let value = headers[name].clone();
            headers.append(name, value);
            assert_eq!(
                check(&scheme, &headers, BODY, &[1]),
                Err(VerifyError::Repeated(name.clone()))
            );
        }
    }
}

#[test]
fn the_two_families_of_standard_headers_are_never_mixed() {
    let scheme = Scheme::StandardWebhooks;
    let mut headers = signed(&scheme, 1, NOW, BODY);
    let timestamp = headers.remove("webhook-timestamp").unwrap();
    headers.insert("svix-timestamp", timestamp);
    assert!(matches!(
        check(&scheme, &headers, BODY, &[1]),
        Err(VerifyError::Missing(_))
    ));
}

#[test]
fn an_unusable_delivery_id_is_refused() {
    let long = "x".repeat(257);
    for bad in ["", "a b", "a#b", "msg.1", "\u{e9}", &long] {
        let Ok(value) = HeaderValue::from_str(bad) else {
            continue;
        };
        let mut headers = signed(&Scheme::StandardWebhooks, 1, NOW, BODY);
        headers.insert("webhook-id", value);
        assert!(matches!(
            check(&Scheme::StandardWebhooks, &headers, BODY, &[1]),
            Err(VerifyError::DeliveryId(_))
        ));
    }
    // A full stop only matters where it delimits what is signed.
    let hub = Scheme::HubSignature { header: None };
    let mut headers = signed(&hub, 1, NOW, BODY);
    headers.insert("x-atlassian-webhook-identifier", "a.b".parse().unwrap());
    assert_eq!(
        check(&hub, &headers, BODY, &[1]).unwrap().delivery_id,
        id("a.b")
    );
    headers.insert("x-atlassian-webhook-identifier", "a b".parse().unwrap());
    assert!(check(&hub, &headers, BODY, &[1]).is_err());
}

#[test]
fn signatures_of_another_kind_or_form_are_told_apart_in_the_log() {
    type Expectation = fn(HeaderName) -> VerifyError;
    let many = "v1,AAAA ".repeat(9);
    let cases: [(Scheme, &str, &str, Expectation); 11] = [
        (
            Scheme::StandardWebhooks,
            "webhook-signature",
            "v1a,AAAA",
            VerifyError::Unsupported,
        ),
        (
            Scheme::StandardWebhooks,
            "webhook-signature",
            "",
            VerifyError::Unsupported,
        ),
        (
            Scheme::StandardWebhooks,
            "webhook-signature",
            "v1,AAAA",
            VerifyError::Malformed,
        ),
        (
            Scheme::StandardWebhooks,
            "webhook-signature",
            &many,
            VerifyError::TooMany,
        ),
        (
            Scheme::HubSignature { header: None },
            "x-hub-signature",
            "sha1=00",
            VerifyError::Unsupported,
        ),
        (
            Scheme::HubSignature { header: None },
            "x-hub-signature",
            "sha256=00",
            VerifyError::Malformed,
        ),
        (
            Scheme::Stripe,
            "stripe-signature",
            "t=1,v0=00",
            VerifyError::Unsupported,
        ),
        (
            Scheme::Stripe,
            "stripe-signature",
            "t=1,v1=00",
            VerifyError::Malformed,
        ),
        (
            Scheme::Stripe,
            "stripe-signature",
            "t=1,t=1,v1=00",
            VerifyError::Repeated,
        ),
        (
            Scheme::Typeform,
            "typeform-signature",
            "AAAA",
            VerifyError::Unsupported,
        ),
        (
            Scheme::Tally,
            "tally-signature",
            "AAAA",
            VerifyError::Malformed,
        ),
    ];
    for (scheme, name, value, expectation) in cases {
        let mut headers = signed(&scheme, 1, NOW, BODY);
        headers.insert(
            HeaderName::from_bytes(name.as_bytes()).unwrap(),
            value.parse().unwrap(),
        );
        let wanted = expectation(name.parse().unwrap());
        assert_eq!(
            check(&scheme, &headers, BODY, &[1]),
            Err(wanted),
            "{name}: {value}"
        );
    }
}

#[test]
fn a_token_of_another_length_or_with_a_prefix_in_common_is_refused() {
    let scheme = every_scheme()[7].clone();
    let token = signed(&scheme, 1, NOW, BODY)[scheme.header()].clone();
    let token = token.to_str().unwrap();
    for wrong in [&token[..token.len() - 1], &format!("{token}A"), "", "x"] {
        let headers = headers([(scheme.header(), wrong)]);
        assert_eq!(
            check(&scheme, &headers, BODY, &[1]),
            Err(VerifyError::Mismatch)
        );
    }
}

#[test]
fn a_scheme_survives_its_stored_form() {
    for scheme in every_scheme() {
        let text = serde_json::to_string(&scheme).unwrap();
        assert_eq!(serde_json::from_str::<Scheme>(&text).unwrap(), scheme);
        let header = match &scheme {
            Scheme::HubSignature { header } => header.clone(),
            Scheme::HexHeader { header } | Scheme::SharedToken { header } => Some(header.clone()),
            _ => None,
        };
        assert_eq!(Scheme::new(scheme.name(), header).unwrap(), scheme);
    }
}

/// The headers whose every bit is under the signature, or is it.
fn covered(scheme: &Scheme, headers: &HeaderMap) -> Vec<HeaderName> {
    headers
        .keys()
        .filter(|name| {
            // A hub signature's sender does not sign its id.
            !matches!(scheme, Scheme::HubSignature { .. }) || name.as_str() == scheme.header()
        })
        .cloned()
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn one_flipped_bit_anywhere_never_verifies(
        which in 0..8usize,
        body in proptest::collection::vec(any::<u8>(), 1..200),
        seed in any::<u8>(),
        place in any::<prop::sample::Index>(),
        bit in 0..8u8,
    ) {
        let scheme = &every_scheme()[which];
        let headers = signed(scheme, seed, NOW, &body);
        prop_assert!(check(scheme, &headers, &body, &[seed]).is_ok());

        // A token proves who sends, not what is sent.
        if !matches!(scheme, Scheme::SharedToken { .. }) {
            let mut altered = body.clone();
            altered[place.index(body.len())] ^= 1 << bit;
            prop_assert_eq!(
                check(scheme, &headers, &altered, &[seed]),
                Err(VerifyError::Mismatch)
            );
        }
        for name in covered(scheme, &headers) {
            let mut value = headers[&name].as_bytes().to_vec();
            let at = place.index(value.len());
            value[at] ^= 1 << bit;
            if let Ok(value) = HeaderValue::from_bytes(&value) {
                let mut altered = headers.clone();
                altered.insert(name, value);
                prop_assert!(check(scheme, &altered, &body, &[seed]).is_err());
            }
        }
    }

    #[test]
    fn arbitrary_headers_never_panic_and_never_verify(
        which in 0..8usize,
        values in proptest::collection::vec("[ -~]{0,120}|(v1|t|sha256)[=,][0-9a-f]{64}", 1..4),
        body in proptest::collection::vec(any::<u8>(), 0..64),
    ) {
        let scheme = &every_scheme()[which];
        let names: Vec<_> = signed(scheme, 1, NOW, &body).keys().cloned().collect();
        let mut headers = HeaderMap::new();
        for (name, value) in names.into_iter().zip(values) {
            headers.append(name, HeaderValue::from_str(&value).unwrap());
        }
        prop_assert!(check(scheme, &headers, &body, &[1]).is_err());
    }
}
