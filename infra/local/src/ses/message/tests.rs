#![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

use serde_json::json;

use super::*;

const MIME: &str = "From: =?utf-8?q?IT_D=C3=A9sk?= <it@lanyard.example>\r\n\
    To: Lena <lena@acme.example>\r\n\
    Subject: =?utf-8?q?Caf=C3=A9_opens?=\r\n\
    List-Unsubscribe: <http://localhost:4400/unsubscribe/u1>\r\n\
    References: <a@lanyard.example>\r\n <b@lanyard.example>\r\n\
    X-Lanyard-Kind: request-created\r\n\
    MIME-Version: 1.0\r\n\
    Content-Type: multipart/alternative; boundary=b\r\n\r\n\
    --b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
    Caf=C3=A9: http://localhost:4400/l/abc_-1.\r\nAgain http://localhost:4400/l/abc_-1 and <https://x.example/l/2>\r\n\
    --b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n\
    PHA+Q2Fmw6k8L3A+\r\n--b--\r\n";

fn read(request: &Value) -> Result<Message, MessageError> {
    Message::from_request(request, "m1".to_owned(), Timestamp::UNIX_EPOCH)
}

fn raw() -> Value {
    json!({
        "Content": {"Raw": {"Data": STANDARD.encode(MIME)}},
        "Destination": {"ToAddresses": ["Lena <lena@acme.example>"]},
        "ConfigurationSetName": "lanyard",
        "EmailTags": [{"Name": "lanyard-kind", "Value": "request-created"}],
    })
}

#[test]
fn a_raw_mail_is_decoded_whole() {
    let message = read(&raw()).unwrap();
    assert_eq!(message.from, "IT Désk <it@lanyard.example>");
    assert_eq!(message.to, ["lena@acme.example"]);
    assert_eq!(message.subject, "Café opens");
    assert!(message.text.starts_with("Café: "));
    assert_eq!(message.html, "<p>Café</p>");
    assert_eq!(message.kind, "request-created");
    assert_eq!(
        message.headers["References"],
        "<a@lanyard.example> <b@lanyard.example>"
    );
    assert_eq!(message.tags["ses:configuration-set"], ["lanyard"]);
    assert_eq!(message.tags["lanyard-kind"], ["request-created"]);
}

#[test]
fn its_links_are_found_once_each_and_without_the_full_stop() {
    let message = read(&raw()).unwrap();
    assert_eq!(
        message.links(),
        [
            "http://localhost:4400/l/abc_-1",
            "https://x.example/l/2",
            "http://localhost:4400/unsubscribe/u1"
        ]
    );
}

#[test]
fn a_simple_mail_is_read_too() {
    let message = read(&json!({
        "FromEmailAddress": "it@lanyard.example",
        "Content": {"Simple": {
            "Subject": {"Data": "Hello"},
            "Body": {"Text": {"Data": "text"}, "Html": {"Data": "<p>html</p>"}},
            "Headers": [{"Name": "X-Lanyard-Kind", "Value": "greeting"}],
        }},
        "Destination": {"ToAddresses": ["a@acme.example"], "CcAddresses": ["b@acme.example"]},
    }))
    .unwrap();
    assert_eq!(
        (message.subject.as_str(), message.kind.as_str()),
        ("Hello", "greeting")
    );
    assert!(message.is_to("A@acme.example") && message.is_to("b@acme.example"));
    assert!(!message.is_to("c@acme.example"));
}

#[test]
fn what_is_no_mail_is_refused_with_the_reason() {
    assert_eq!(
        read(&json!({})).unwrap_err(),
        MessageError::Member("Content")
    );
    assert_eq!(
        read(&json!({"Content": {"Raw": {"Data": "%"}}})).unwrap_err(),
        MessageError::Member("Content.Raw.Data")
    );
    assert_eq!(
        read(&json!({"Content": {"Template": {}}})).unwrap_err(),
        MessageError::Template
    );
    let nobody = json!({"Content": {"Simple": {"Subject": {"Data": "x"}}}});
    assert_eq!(
        read(&nobody).unwrap_err(),
        MessageError::Member("Destination")
    );
}
