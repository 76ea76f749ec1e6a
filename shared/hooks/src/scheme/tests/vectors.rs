//! The vectors that the senders themselves publish.

use super::*;

/// `WebSub`'s, Jira's and GitHub's example secret.
const EVERYBODY: &str = "It's a Secret to Everybody";

fn accepts(scheme: &Scheme, headers: &HeaderMap, body: &[u8], secret: &str, now: i64) -> Verified {
    let secret = Secret::parse(scheme, secret).unwrap();
    verify(scheme, headers, body, &[secret], at(now)).unwrap()
}

#[test]
fn the_standard_webhooks_libraries_vector_verifies() {
    let body = br#"{"test": 2432232314}"#;
    let signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    for prefix in ["webhook", "svix"] {
        let headers = headers([
            (&format!("{prefix}-id"), "msg_p5jXN8AQM9LWM0D4loKWxJek"),
            (&format!("{prefix}-timestamp"), "1614265330"),
            (&format!("{prefix}-signature"), signature),
        ]);
        let scheme = Scheme::StandardWebhooks;
        let verified = accepts(&scheme, &headers, body, secret, 1_614_265_330);
        assert_eq!(verified.delivery_id, id("msg_p5jXN8AQM9LWM0D4loKWxJek"));
        assert_eq!(verified.signed_at, Some(at(1_614_265_330)));
    }
    let signed = sign(
        &Scheme::StandardWebhooks,
        &Secret::parse(&Scheme::StandardWebhooks, secret).unwrap(),
        &id("msg_p5jXN8AQM9LWM0D4loKWxJek"),
        at(1_614_265_330),
        body,
    )
    .unwrap();
    assert_eq!(signed["webhook-signature"], signature);
}

#[test]
fn the_vector_jira_documents_verifies() {
    let headers = headers([
        (
            "X-Hub-Signature",
            "sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9",
        ),
        ("X-Atlassian-Webhook-Identifier", "c0ffee-1"),
    ]);
    let scheme = Scheme::HubSignature { header: None };
    let verified = accepts(&scheme, &headers, b"Hello World!", EVERYBODY, NOW);
    assert_eq!(verified.delivery_id, id("c0ffee-1"));
    assert_eq!(verified.signed_at, None);
}

#[test]
fn the_vector_github_documents_verifies_beside_its_old_sha1() {
    let headers = headers([
        (
            "X-Hub-Signature",
            "sha1=01dc10d0c83e72ed246219cdd91669667fe2ca59",
        ),
        (
            "X-Hub-Signature-256",
            "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
        ),
        ("X-GitHub-Delivery", "72d3162e-cc78-11e3-81ab-4c9367dc0958"),
    ]);
    let scheme = Scheme::HubSignature { header: None };
    let verified = accepts(&scheme, &headers, b"Hello, World!", EVERYBODY, NOW);
    assert_eq!(
        verified.delivery_id,
        id("72d3162e-cc78-11e3-81ab-4c9367dc0958")
    );
}

#[test]
fn typeform_tally_and_hex_headers_carry_the_same_digest_in_other_clothes() {
    const BASE64: &str = "pHccOfvpDzF8eCToPd7zyq6cs9l2whSs4fKTfhMyY8k=";
    const HEX: &str = "a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9";
    // The SHA-256 of the body, which stands in for an id.
    const BODY_ID: &str = "7f83b1657ff1fc53b92dc18148a1d65dfc2d4b1fa3d677284addd200126d9069";
    let hex_header = Scheme::HexHeader {
        header: "X-Webhook-Signature".parse().unwrap(),
    };
    for (scheme, name, value) in [
        (
            &Scheme::Typeform,
            "Typeform-Signature",
            format!("sha256={BASE64}"),
        ),
        (&Scheme::Tally, "Tally-Signature", BASE64.to_owned()),
        (&hex_header, "X-Webhook-Signature", HEX.to_owned()),
        (&hex_header, "X-Webhook-Signature", format!("sha256={HEX}")),
        (&hex_header, "X-Webhook-Signature", HEX.to_uppercase()),
        (&hex_header, "X-Webhook-Signature", BASE64.to_owned()),
    ] {
        let headers = headers([(name, &value)]);
        let verified = accepts(scheme, &headers, b"Hello World!", EVERYBODY, NOW);
        assert_eq!(verified.delivery_id, id(BODY_ID), "{value}");
    }
}

#[test]
fn stripes_construction_verifies_as_computed_by_openssl() {
    // printf '1492774577.{"id":"evt_test"}' | openssl dgst -sha256 -hmac whsec_test_secret
    let headers = headers([(
        "Stripe-Signature",
        "t=1492774577,v1=22f7d74836ddad3284a2b80853dd2fe731655c1bfddcff3c3666a500cf3abd80,v0=6ffbb59b2300aae63f272406069a9788598b792a944a07aba816edb039989a39",
    )]);
    let body = br#"{"id":"evt_test"}"#;
    let verified = accepts(
        &Scheme::Stripe,
        &headers,
        body,
        "whsec_test_secret",
        1_492_774_577,
    );
    assert_eq!(verified.signed_at, Some(at(1_492_774_577)));
}
