//! Events that nobody should send: a function answers or reports them, stays up, and goes on.

use serde_json::{Value, json};

use crate::deployed::Deployed;

/// Words that stand in a payload and must stand in no line.
pub(crate) const WORDS: &str = "the quarterly figures are wrong";

/// Payloads that are no event of any function.
pub(crate) fn payloads() -> Vec<String> {
    let envelope = |changes: Value| {
        let mut event = json!({
            "version": "2.0",
            "routeKey": "$default",
            "rawPath": "/hooks/forms/request-created",
            "rawQueryString": "",
            "headers": {"content-type": "application/json", "x-note": WORDS},
            "requestContext": {"http": {
                "method": "POST", "path": "/", "protocol": "HTTP/1.1", "sourceIp": "not an address",
                "userAgent": WORDS,
            }, "stage": "$default", "timeEpoch": 0},
            "pathParameters": {"source": "forms"},
            "isBase64Encoded": false,
            "body": format!("{{\"summary\":\"{WORDS}"),
        });
        for (name, value) in changes.as_object().unwrap() {
            event[name] = value.clone();
        }
        event.to_string()
    };
    let record = |image: Value| {
        json!({"Records": [{"eventName": "INSERT", "dynamodb": {
            "ApproximateCreationDateTime": 1_795_166_400, "SequenceNumber": "1", "SizeBytes": 1,
            "Keys": {}, "NewImage": image,
        }}]})
        .to_string()
    };
    let mut payloads = [
        json!(null),
        json!(WORDS),
        json!([WORDS]),
        json!(-1),
        json!({"email": "lena@acme.example", "note": WORDS}),
        json!({"Records": WORDS, "detail": WORDS, "scheduled_at": [WORDS], "headers": WORDS}),
        json!({"detail": {"eventType": WORDS, "mail": {"messageId": WORDS}}}),
        json!({"detail": {"eventType": "Bounce", "mail": {"messageId": "\n"}}}),
        json!({"detail": {"eventType": "Bounce", "mail": {"messageId": "m"}, "bounce": {
            "bounceType": "Permanent", "bouncedRecipients": [{"emailAddress": WORDS}]}}}),
        json!({"Records": [{"dynamodb": {"NewImage": {"pk": {"S": WORDS}}}}]}),
    ]
    .map(|payload| payload.to_string())
    .to_vec();
    payloads.extend([
        format!("{{\"note\":\"{WORDS}\""),
        format!("{}{}", "[".repeat(100_000), "]".repeat(100_000)),
        record(json!({"pk": {"S": WORDS}, "sk": {"S": "OUTBOX"}, "urgency": {"S": WORDS}})),
        record(json!({"pk": {"S": "OUTBOX#x"}, "sk": {"N": "1"}})),
        record(json!({"pk": {"B": "AA=="}})),
        envelope(json!({})),
        envelope(json!({"pathParameters": null, "rawPath": ""})),
        envelope(json!({"rawPath": format!("/l/{WORDS}"), "headers": {}})),
        envelope(json!({"headers": {"webhook-id": "\u{1}", "bad name": WORDS}})),
        envelope(json!({"rawQueryString": "%ff&%zz=1", "cookies": [WORDS, "__Host-session=x"]})),
        envelope(json!({"body": null})),
        envelope(json!({"body": WORDS, "isBase64Encoded": true})),
        envelope(json!({"headers": {"host": "de%k.example"}})),
        envelope(json!({"headers": {"host": "desk.example:99999"}})),
        envelope(json!({"headers": {"host": "desk.example "}, "rawPath": ""})),
        envelope(json!({"headers": {"host": "desk.example", "x-forwarded-proto": WORDS}})),
        envelope(json!({"rawQueryString": "a b\u{e4}\u{1}"})),
        envelope(json!({"rawPath": format!("/{}", "x".repeat(70_000))})),
        envelope(json!({"rawPath": ":99999/", "headers": {"host": "desk.example"}})),
        envelope(json!({"body": "x".repeat(5_000_000)})),
    ]);
    payloads
}

/// Hands all of it to every function.
pub(crate) async fn hand_to_all(deployed: &Deployed) {
    let deadline = deployed.running.local.clock.now().as_millisecond() + 60_000;
    let deadline = u64::try_from(deadline).unwrap();
    for (name, process) in &deployed.functions {
        for (number, payload) in payloads().iter().enumerate() {
            let id = format!("garbage-{number}");
            let answer = process.hand(&id, payload.as_bytes(), deadline).await;
            let beginning: String = payload.chars().take(100).collect();
            match answer {
                Ok(answer) => {
                    let status = answer["statusCode"].as_u64().unwrap_or(200);
                    assert!(status < 500, "{name}: {beginning}: {answer}");
                }
                Err(report) => {
                    let what = report["errorMessage"].as_str().unwrap();
                    assert!(!what.contains("panicked"), "{name}: {beginning}: {report}");
                }
            }
        }
    }
}

#[tokio::test]
async fn no_payload_makes_a_function_panic_or_end() {
    let deployed = Deployed::begin().await;
    hand_to_all(&deployed).await;
    // Each still does its work.
    let faults = crate::functions::replay(&deployed).await;
    assert!(faults.is_empty(), "{faults:#?}");
    for (name, lines) in deployed.end().await {
        for line in lines.all() {
            assert!(!line.contains("panicked"), "{name}: {line}");
        }
    }
}
