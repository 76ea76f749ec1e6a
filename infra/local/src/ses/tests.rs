#![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

use aws_sdk_sesv2::Client;
use aws_sdk_sesv2::config::retry::RetryConfig;
use aws_sdk_sesv2::error::ProvideErrorMetadata;
use aws_sdk_sesv2::primitives::Blob;
use aws_sdk_sesv2::types::{Body, Content, Destination, EmailContent, MessageTag, RawMessage};

use super::*;
use crate::fault::{Faults, SesFaults};
use crate::sdk;

async fn captured(faults: SesFaults) -> (Client, Arc<Mailbox>) {
    let mailbox: Arc<Mailbox> = Arc::default();
    let plan: Arc<FaultPlan> = Arc::default();
    plan.set(Faults {
        ses: faults,
        ..Faults::default()
    })
    .unwrap();
    let ses = Ses::new(Arc::clone(&mailbox), plan, MovableClock::real(), 14.0);
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let endpoint = sdk::address(listener.local_addr().unwrap());
    tokio::spawn(ses.serve(listener));
    let config = sdk::sesv2(&endpoint, "test").config().to_builder();
    let client = Client::from_conf(config.retry_config(RetryConfig::disabled()).build());
    (client, mailbox)
}

fn mail(client: &Client) -> aws_sdk_sesv2::operation::send_email::builders::SendEmailFluentBuilder {
    let mime = "From: it@lanyard.example\r\nTo: a@acme.example\r\nSubject: Hello\r\nX-Lanyard-Kind: greeting\r\n\r\nText\r\n";
    let raw = RawMessage::builder().data(Blob::new(mime)).build().unwrap();
    client
        .send_email()
        .configuration_set_name("lanyard")
        .destination(
            Destination::builder()
                .to_addresses("a@acme.example")
                .build(),
        )
        .content(EmailContent::builder().raw(raw).build())
        .email_tags(
            MessageTag::builder()
                .name("lanyard-kind")
                .value("greeting")
                .build()
                .unwrap(),
        )
}

#[tokio::test]
async fn the_real_clients_raw_mail_is_kept_under_the_id_it_was_told() {
    let (client, mailbox) = captured(SesFaults::default()).await;
    let sent = mail(&client).send().await.unwrap();
    let [message] = &mailbox.list(None)[..] else {
        panic!("one mail was sent")
    };
    assert_eq!(sent.message_id(), Some(message.id.as_str()));
    assert_eq!(
        (message.subject.as_str(), message.kind.as_str()),
        ("Hello", "greeting")
    );
    assert_eq!(message.text, "Text\n");
    assert_eq!(message.tags["ses:configuration-set"], ["lanyard"]);
}

#[tokio::test]
async fn the_real_clients_simple_mail_is_kept_too() {
    let (client, mailbox) = captured(SesFaults::default()).await;
    let content = |text: &str| Content::builder().data(text).build().unwrap();
    let simple = aws_sdk_sesv2::types::Message::builder()
        .subject(content("Hello"))
        .body(Body::builder().text(content("Text")).build())
        .build();
    client
        .send_email()
        .from_email_address("it@lanyard.example")
        .destination(
            Destination::builder()
                .to_addresses("a@acme.example")
                .build(),
        )
        .content(EmailContent::builder().simple(simple).build())
        .send()
        .await
        .unwrap();
    assert_eq!(mailbox.list(Some("a@acme.example"))[0].subject, "Hello");
}

#[tokio::test]
async fn the_quota_is_reported() {
    let (client, _) = captured(SesFaults::default()).await;
    let account = client.get_account().send().await.unwrap();
    assert!((account.send_quota().unwrap().max_send_rate() - 14.0).abs() < f64::EPSILON);
    assert!(account.sending_enabled());
}

#[tokio::test]
async fn each_fault_has_the_name_that_ses_gives_it() {
    let certain = |set: fn(&mut SesFaults)| {
        let mut faults = SesFaults::default();
        set(&mut faults);
        faults
    };
    let cases = [
        (
            certain(|faults| faults.throttle = 1.0),
            "TooManyRequestsException",
            0,
        ),
        (
            certain(|faults| faults.quota = 1.0),
            "LimitExceededException",
            0,
        ),
        (
            certain(|faults| faults.pause = 1.0),
            "SendingPausedException",
            0,
        ),
        (
            certain(|faults| faults.fail = 1.0),
            "InternalServiceErrorException",
            0,
        ),
        (certain(|faults| faults.reject = 1.0), "MessageRejected", 0),
        (
            certain(|faults| faults.accept_then_fail = 1.0),
            "InternalServiceErrorException",
            1,
        ),
    ];
    for (faults, name, kept) in cases {
        let (client, mailbox) = captured(faults).await;
        let refused = mail(&client).send().await.unwrap_err();
        assert_eq!(refused.code(), Some(name));
        assert_eq!(mailbox.count(), kept, "{name}");
    }
}

#[tokio::test]
async fn a_call_that_is_not_captured_is_refused_by_name() {
    let (client, _) = captured(SesFaults::default()).await;
    let refused = client.list_email_identities().send().await.unwrap_err();
    let message = refused.message().unwrap();
    assert!(
        message.ends_with("identities is not captured here"),
        "{message}"
    );
    assert_eq!(refused.raw_response().unwrap().status().as_u16(), 404);
}
