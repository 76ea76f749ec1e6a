//! The real SDK against a server that answers as SES documents.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod samples;

use std::{error::Error as _, time::Duration};

use aws_credential_types::Credentials;
use aws_sdk_sesv2::{
    Client, Config,
    config::{BehaviorVersion, Region, timeout::TimeoutConfig},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use mail::{Email, SendError, Sender};
use serde_json::{Value, json};
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{method, path},
};

const SEND: &str = "/v2/email/outbound-emails";

fn client(endpoint: &str) -> Client {
    Client::from_conf(
        Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("eu-west-1"))
            .credentials_provider(Credentials::new("id", "secret", None, None, "test"))
            .endpoint_url(endpoint)
            .http_client(aws_smithy_http_client::Builder::new().build_http())
            .build(),
    )
}

fn invitation() -> Email {
    samples::rendered(&samples::message(samples::invitation(true, false)))
}

async fn answered(answer: ResponseTemplate) -> (MockServer, Result<mail::Sent, SendError>) {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path(SEND))
        .respond_with(answer)
        .mount(&server)
        .await;
    let sender = Sender::new(&client(&server.uri()), Some("lanyard".into()));
    let result = sender.send(&invitation()).await;
    (server, result)
}

/// An error as SES API version 2 (REST JSON) writes it.
fn error(status: u16, code: &str, message: &str) -> ResponseTemplate {
    ResponseTemplate::new(status)
        .insert_header("x-amzn-errortype", code)
        .set_body_json(json!({ "message": message }))
}

#[tokio::test]
async fn a_mail_goes_raw_to_its_one_recipient_with_configuration_set_and_tags() {
    let answer = ResponseTemplate::new(200).set_body_json(json!({ "MessageId": "0100-ses" }));
    let (server, result) = answered(answer).await;
    assert_eq!(result.unwrap().ses_message_id, "0100-ses");

    let requests = server.received_requests().await.unwrap();
    assert_eq!(requests.len(), 1);
    let body: Value = serde_json::from_slice(&requests[0].body).unwrap();
    let email = invitation();
    assert_eq!(body["ConfigurationSetName"], "lanyard");
    assert_eq!(
        body["Destination"],
        json!({ "ToAddresses": ["mia@acme.example"] })
    );
    assert_eq!(
        body["EmailTags"],
        json!([
            { "Name": "lanyard-kind", "Value": "invitation" },
            { "Name": "lanyard-message", "Value": email.message().to_string() }
        ])
    );
    let raw = STANDARD
        .decode(body["Content"]["Raw"]["Data"].as_str().unwrap())
        .unwrap();
    assert_eq!(raw, email.to_mime());
}

#[tokio::test]
async fn every_documented_error_is_sorted_by_what_helps() {
    let unverified = "Email address is not verified. The following identities failed the check in \
                      region EU-WEST-1: ";
    let sender = format!("{unverified}Customer support <support@desk.example>");
    let recipient = format!("{unverified}mia@acme.example");
    let cases = [
        (
            429,
            "TooManyRequestsException",
            "Maximum sending rate exceeded.",
            "Throttled",
        ),
        (
            400,
            "ThrottlingException",
            "Maximum sending rate exceeded.",
            "Throttled",
        ),
        (400, "LimitExceededException", "Too many.", "Throttled"),
        (429, "SomethingNew", "", "Throttled"),
        (
            429,
            "TooManyRequestsException",
            "Daily message quota exceeded.",
            "QuotaGone",
        ),
        (
            400,
            "ThrottlingException",
            "Daily message quota exceeded.",
            "QuotaGone",
        ),
        (
            400,
            "LimitExceededException",
            "Daily message quota exceeded.",
            "QuotaGone",
        ),
        (400, "MessageRejected", "Invalid content.", "Rejected"),
        (400, "MessageRejected", recipient.as_str(), "Rejected"),
        (400, "BadRequestException", "Invalid input.", "Rejected"),
        (400, "MessageRejected", sender.as_str(), "Paused"),
        (400, "AccountSuspendedException", "", "Paused"),
        (400, "SendingPausedException", "", "Paused"),
        (400, "MailFromDomainNotVerifiedException", "", "Paused"),
        (
            404,
            "NotFoundException",
            "Configuration set <lanyard> does not exist.",
            "Paused",
        ),
        (403, "AccessDeniedException", "", "Paused"),
        (403, "ExpiredTokenException", "", "Unavailable"),
        (500, "InternalFailure", "", "Unavailable"),
        (503, "ServiceUnavailable", "", "Unavailable"),
    ];
    for (status, code, message, sorted) in cases {
        let (server, result) = answered(error(status, code, message)).await;
        let failure = result.unwrap_err();
        let shown = format!("{failure:?}");
        assert!(shown.starts_with(sorted), "{code} {message}: {shown}");
        assert_eq!(failure.code(), code);
        assert_eq!(failure.retryable(), sorted != "Rejected", "{code}");
        assert_eq!(
            failure.stops_all(),
            matches!(sorted, "QuotaGone" | "Paused"),
            "{code}"
        );
        assert!(failure.source().is_some(), "{code}");
        for shown in [shown, failure.to_string()] {
            assert!(!shown.contains('@'), "{code}: an address would be logged");
        }
        let requests = server.received_requests().await.unwrap();
        assert_eq!(requests.len(), 1, "{code}: the relay retries, not the SDK");
    }
}

#[tokio::test]
async fn an_answer_that_says_nothing_is_no_success() {
    let garbled = ResponseTemplate::new(200).set_body_string("<html>");
    let (_server, result) = answered(garbled).await;
    assert!(matches!(result, Err(SendError::Unavailable { .. })));
    let bare = ResponseTemplate::new(502).set_body_string("<html>Bad gateway</html>");
    let (_server, result) = answered(bare).await;
    assert!(matches!(result, Err(SendError::Unavailable { .. })));
}

#[tokio::test]
async fn a_lost_answer_is_reported_and_not_retried_behind_the_relays_back() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path(SEND))
        .respond_with(ResponseTemplate::new(200).set_delay(Duration::from_mins(1)))
        .mount(&server)
        .await;
    let impatient = client(&server.uri())
        .config()
        .to_builder()
        .timeout_config(
            TimeoutConfig::builder()
                .operation_timeout(Duration::from_millis(200))
                .build(),
        )
        .build();
    let failure = Sender::new(&Client::from_conf(impatient), None)
        .send(&invitation())
        .await
        .unwrap_err();
    assert!(matches!(failure, SendError::Unavailable { .. }));
    assert_eq!(failure.code(), "Timeout");
    assert!(server.received_requests().await.unwrap().len() <= 1);
}

#[tokio::test]
async fn a_server_that_is_not_there_can_be_tried_again() {
    // A port that was free a moment ago and on which nobody listens.
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .unwrap()
        .port();
    let failure = Sender::new(&client(&format!("http://127.0.0.1:{port}")), None)
        .send(&invitation())
        .await
        .unwrap_err();
    assert!(matches!(failure, SendError::Unavailable { .. }));
    assert_eq!(failure.code(), "DispatchFailure");
    assert!(failure.retryable());
}

async fn unlisted(answer: ResponseTemplate) -> (MockServer, Result<(), mail::UnlistError>) {
    let server = MockServer::start().await;
    Mock::given(method("DELETE"))
        .and(path("/v2/email/suppression/addresses/mia%40acme.example"))
        .respond_with(answer)
        .mount(&server)
        .await;
    let sender = Sender::new(&client(&server.uri()), None);
    let result = sender.unlist(&samples::address("mia@acme.example")).await;
    (server, result)
}

#[tokio::test]
async fn an_address_is_taken_off_the_list_whether_or_not_it_stands_there() {
    for answer in [
        ResponseTemplate::new(200).set_body_json(json!({})),
        error(404, "NotFoundException", "It does not stand there."),
    ] {
        let (server, result) = unlisted(answer).await;
        result.unwrap();
        assert_eq!(server.received_requests().await.unwrap().len(), 1);
    }
    let (_, refused) = unlisted(error(429, "TooManyRequestsException", "mia@acme.example")).await;
    let refused = refused.unwrap_err();
    let shown = format!("{refused} {refused:?}");
    assert!(shown.contains("TooManyRequestsException"), "{shown}");
    assert!(!shown.contains("mia"), "{shown}");
}
