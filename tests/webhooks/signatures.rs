//! The believed signatures: the senders' own libraries and documented examples, and none that
//! differs by a bit.

use std::process::Command;

use domain::Timestamp;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use tests::tools;

use crate::fixture::{Answer, Delivery, Story};
use crate::webhooks::events;
use crate::webhooks::rotation::rotate;

const HEADERS: [&str; 3] = ["webhook-id", "webhook-timestamp", "webhook-signature"];

/// The reference library of Standard Webhooks (`standardwebhooks`, for Python).
const REFERENCE: &str = "
import sys
from datetime import datetime, timezone
from standardwebhooks.webhooks import Webhook
secret, delivery, seconds, body = sys.argv[1:]
at = datetime.fromtimestamp(int(seconds), tz=timezone.utc)
print(Webhook(secret).sign(delivery, at, body), end='')
";

/// The signature that the reference library gives.
fn reference_signature(secret: &str, id: &str, at: Timestamp, body: &str) -> String {
    let seconds = at.as_second().to_string();
    let output = Command::new(tools::python())
        .args(["-c", REFERENCE, secret, id, &seconds, body])
        .output()
        .unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "`make tools` again: {error}");
    String::from_utf8(output.stdout).unwrap()
}

fn headers(id: &str, at: Timestamp, signature: &str) -> HeaderMap {
    let seconds = at.as_second().to_string();
    let mut headers = json_headers();
    for (name, value) in HEADERS.into_iter().zip([id, &seconds, signature]) {
        headers.insert(name, value.parse().unwrap());
    }
    headers
}

fn json_headers() -> HeaderMap {
    let json = HeaderValue::from_static("application/json");
    HeaderMap::from_iter([(reqwest::header::CONTENT_TYPE, json)])
}

async fn send(story: &Story, source: &str, headers: HeaderMap, body: &[u8]) -> Answer {
    let delivery = Delivery {
        source,
        function: "request-created",
        headers,
        body: body.to_vec(),
    };
    story.deliver(delivery).await
}

#[tokio::test]
async fn what_the_reference_library_signs_is_accepted_and_nothing_one_bit_beside_it() {
    let story = Story::begin().await;
    let secret = story.signer("forms").secret;
    let body = events::created("REF-1", "noor@visitor.example").to_string();
    let (id, at) = ("msg_2KWPBgLlAfxdpx2AI54pPJ85f4W", story.now());
    let signature = reference_signature(&secret, id, at, &body);
    let genuine = headers(id, at, &signature);

    let before = story.everything().await;
    for bit in 0..body.len() * 8 {
        // Every byte, and each of its bits somewhere.
        if bit % 8 != (bit / 8) % 8 {
            continue;
        }
        let mut forged = body.clone().into_bytes();
        forged[bit / 8] ^= 1 << (bit % 8);
        let answer = send(&story, "forms", genuine.clone(), &forged).await;
        assert_eq!(answer.status, 401, "bit {bit} of the body");
    }
    let mut sent = 0;
    for name in HEADERS {
        for bit in 0..genuine[name].len() * 8 {
            let mut forged = genuine[name].as_bytes().to_vec();
            forged[bit / 8] ^= 1 << (bit % 8);
            // What no header can carry is refused before it gets here; and around a value, HTTP
            // knows no spaces.
            let Ok(value) = HeaderValue::from_bytes(&forged) else {
                continue;
            };
            let mut headers = genuine.clone();
            headers.insert(name, value);
            let answer = send(&story, "forms", headers, body.as_bytes()).await;
            assert_eq!(answer.status, 401, "bit {bit} of {name}");
            sent += 1;
        }
    }
    assert!(sent > 400, "only {sent}");
    assert_eq!(story.everything().await, before);

    send(&story, "forms", genuine, body.as_bytes())
        .await
        .must_be(202);
    story.settle().await;
    assert_eq!(story.kinds("noor@visitor.example"), ["request_received"]);
    story.check_invariants().await;
}

#[tokio::test]
async fn the_older_names_of_the_headers_are_read_too() {
    let story = Story::begin().await;
    let secret = story.signer("forms").secret;
    let body = events::created("REF-2", "noor@visitor.example").to_string();
    let at = story.now();
    let signature = reference_signature(&secret, "msg_svix", at, &body);
    let mut svix = json_headers();
    for (name, value) in &headers("msg_svix", at, &signature) {
        if let Some(rest) = name.as_str().strip_prefix("webhook-") {
            let name: HeaderName = format!("svix-{rest}").parse().unwrap();
            svix.insert(name, value.clone());
        }
    }
    let answer = send(&story, "forms", svix.clone(), body.as_bytes()).await;
    assert_eq!(answer.must_be(202).json()["delivery"], "msg_svix");

    // One family or the other, never a mixture.
    svix.remove("svix-timestamp");
    svix.insert("webhook-timestamp", at.as_second().into());
    send(&story, "forms", svix, body.as_bytes())
        .await
        .must_be(401);
}

/// The answer to a delivery whose timestamp is exactly so many seconds from the receiver's clock.
async fn answer_at(story: &Story, offset: i64) -> u16 {
    loop {
        // A whole second begins, and the receiver looks at its clock before the next one does.
        let second = story.now().as_second() + 2;
        let start = Timestamp::from_second(second).unwrap();
        story.local().clock.set(start).unwrap();
        let id = format!("T{second}");
        let body = events::created(&id, "noor@visitor.example");
        let at = Timestamp::from_second(second + offset).unwrap();
        let signer = story.signer("forms");
        let when = (id.as_str(), at);
        let body = body.to_string().into_bytes();
        let answer = story.post_signed(&signer, "forms", "request-created", when, body);
        let status = answer.await.status;
        if story.now().as_second() == second {
            return status;
        }
    }
}

#[tokio::test]
async fn a_timestamp_may_be_five_minutes_off_and_not_a_second_more() {
    let story = Story::begin().await;
    for (offset, status) in [(-300, 202), (-301, 401), (300, 202), (301, 401)] {
        assert_eq!(answer_at(&story, offset).await, status, "{offset} s");
    }
}

/// The senders document a signature over a text that is no event. It is believed, read, and then
/// found to be no JSON.
#[tokio::test]
async fn the_vectors_that_jira_and_github_document_are_believed() {
    const SECRET: &str = "It's a Secret to Everybody";
    let story = Story::begin().await;
    for source in ["jira", "typeform", "tally"] {
        rotate(&story, source, SECRET, 0).await;
    }
    let hex = "sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9";
    let base64 = "pHccOfvpDzF8eCToPd7zyq6cs9l2whSs4fKTfhMyY8k=";
    let github = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    let with_prefix = format!("sha256={base64}");
    for (source, header, signature, delivery, body) in [
        (
            "jira",
            "x-hub-signature",
            hex,
            "x-atlassian-webhook-identifier",
            "Hello World!",
        ),
        (
            "jira",
            "x-hub-signature-256",
            github,
            "x-github-delivery",
            "Hello, World!",
        ),
        (
            "typeform",
            "typeform-signature",
            with_prefix.as_str(),
            "",
            "Hello World!",
        ),
        ("tally", "tally-signature", base64, "", "Hello World!"),
    ] {
        let mut headers = json_headers();
        headers.insert(header, signature.parse().unwrap());
        if !delivery.is_empty() {
            headers.insert(delivery, HeaderValue::from_static("vector-1"));
        }
        let answer = send(&story, source, headers.clone(), body.as_bytes()).await;
        let problem = answer.must_be(400).problem();
        assert_eq!(
            problem["type"], "https://lanyard.example/problems/not-json",
            "{header}"
        );
        let other = body.replace('!', "?");
        let answer = send(&story, source, headers, other.as_bytes()).await;
        assert_eq!(answer.status, 401, "{header}");
    }
}
