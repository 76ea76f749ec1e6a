//! Deliveries that must never verify, and the edges of those that just do.

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
fn a_missing_header_is_named() {
    for scheme in every_scheme() {
        for missing in signed(&scheme, 1, NOW, BODY).keys() {
            let mut headers = signed(&scheme, 1, NOW, BODY);
            headers.remove(missing);
            let verdict = check(&scheme, &headers, BODY, &[1]);
            if missing.as_str().ends_with("identifier") || missing.as_str().ends_with("delivery") {
                // Without an id of its own, the delivery has the body's digest as its id.
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
    // A full stop only matters where it delimits signed parts.
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
