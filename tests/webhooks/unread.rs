//! Unreadable deliveries: answered like any mistake of a sender, and kept, because they may be the
//! words of a person who never sees the answer.

use reqwest::header::HeaderMap;
use serde_json::{Value, json};
use store::{Parked, ParkedBody};

use crate::fixture::{Delivery, Story};
use crate::webhooks::events;

const NOOR: &str = "noor@visitor.example";

/// Everything that is stored but what is kept of unread deliveries, and the counters.
pub(crate) async fn done(story: &Story) -> Vec<String> {
    let everything = story.everything().await;
    let lines = everything.lines().map(str::to_owned);
    lines
        .filter(|line| {
            !["\"PARKED\"", "\"UNREAD#", "\"RATE#"]
                .iter()
                .any(|kept| line.contains(kept))
        })
        .collect()
}

async fn parked(story: &Story) -> Vec<Parked> {
    story.store().parked(None, 500).await.unwrap().items
}

fn form(email: &str) -> Value {
    json!({"event_type": "form_response", "form_response": {
        "token": "t-1", "submitted_at": "2024-05-06T09:30:00Z",
        "definition": {"title": "Report", "fields": [{"id": "q", "type": "long_text", "title": "What happened?"}]},
        "answers": [
            {"type": "text", "text": "The lift stands still.", "field": {"id": "q", "type": "long_text"}},
            {"type": "email", "email": email, "field": {"id": "e", "type": "email"}},
        ],
    }})
}

#[tokio::test]
async fn what_a_person_typed_is_kept_whatever_the_delivery_is_refused_for() {
    let story = Story::begin().await;
    // An untrusted form says nothing of an organisation that would be looked at.
    story.set("source.typeform.trusted", true).await;
    story
        .set(
            "source.typeform.mapping",
            toml::toml! { name = "typeform" organization = "org" },
        )
        .await;
    let before = done(&story).await;
    let mut without_address = form("kim@lanyard.example");
    without_address["form_response"]["answers"]
        .as_array_mut()
        .unwrap()
        .pop();
    let mut without_token = form("kim@lanyard.example");
    without_token["form_response"]["token"] = json!(null);
    let mut bad_organization = form("kim@lanyard.example");
    bad_organization["form_response"]["hidden"] = json!({"org": "No Such Thing"});
    let mut bodies = vec![
        form("kim at lanyard.example").to_string().into_bytes(),
        without_address.to_string().into_bytes(),
        without_token.to_string().into_bytes(),
        bad_organization.to_string().into_bytes(),
        form(NOOR)
            .to_string()
            .replace("{\"answers\"", "{\"token\":1,\"answers\"")
            .into_bytes(),
        form(NOOR)
            .to_string()
            .replace("stands still", "stands\nstill")
            .into_bytes(),
        b"The lift stands still.".to_vec(),
    ];
    bodies.push(
        form(NOOR)
            .to_string()
            .replace("still", "still\u{fc}")
            .chars()
            .map(|c| c as u8)
            .collect(),
    );
    for body in &bodies {
        let answer = story
            .post_bytes("typeform", "request-created", "x", body.clone())
            .await;
        answer.must_be(400);
    }
    let kept = parked(&story).await;
    let texts: Vec<_> = kept.iter().map(|kept| kept.body.clone()).collect();
    for body in &bodies {
        assert!(
            texts.contains(&ParkedBody::Raw(body.clone())),
            "{}",
            String::from_utf8_lossy(body)
        );
    }
    assert_eq!(kept.len(), bodies.len());
    for kept in kept {
        assert_eq!(
            (kept.source.as_str(), kept.function.as_str()),
            ("typeform", "request-created")
        );
        assert_eq!(kept.code.as_str(), "unreadable");
    }
    assert_eq!(done(&story).await, before);

    // As an unknown organisation is, which is the delivery's answer for good.
    let mut unknown = form("kim@lanyard.example");
    unknown["form_response"]["hidden"] = json!({"org": "umbrella"});
    story
        .post("typeform", "request-created", "x", &unknown)
        .await
        .must_be(422);
    assert_eq!(parked(&story).await.len(), bodies.len() + 1);
    story.check_invariants().await;
}

#[tokio::test]
async fn what_is_sent_as_something_else_is_kept_and_what_may_not_be_sent_is_not() {
    let story = Story::begin().await;
    story
        .set("source.tally.addresses", vec!["192.0.2.0/24"])
        .await;
    let post = async |source: &str, function: &str, kind: Option<&str>| {
        let body = form(NOOR).to_string().into_bytes();
        let mut headers = story.signer(source).sign("x", story.now(), &body);
        headers.extend(kind.map(|kind| (reqwest::header::CONTENT_TYPE, kind.parse().unwrap())));
        story
            .deliver(Delivery {
                source,
                function,
                headers,
                body,
            })
            .await
            .status
    };
    let json = Some("application/json");
    assert_eq!(
        post("typeform", "request-created", Some("text/plain")).await,
        415
    );
    assert_eq!(parked(&story).await.len(), 1);
    // Its source has no right to it, or nobody knows that it comes from there.
    assert_eq!(post("typeform", "request-updated", json).await, 403);
    assert_eq!(post("tally", "request-created", json).await, 403);
    let stranger = Delivery {
        source: "typeform",
        function: "request-created",
        headers: HeaderMap::new(),
        body: b"words".to_vec(),
    };
    assert_eq!(story.deliver(stranger).await.status, 401);
    assert_eq!(parked(&story).await.len(), 1);
}

#[tokio::test]
async fn it_is_kept_once_and_taken_when_it_or_its_mapping_is_mended() {
    let story = Story::begin().await;
    let mapping = |key: &str| toml::toml! { name = "typeform" email = key };
    story
        .set("source.typeform.mapping", mapping("nothing"))
        .await;
    story.set("source.typeform.desk", "support").await;
    let body = form(NOOR);
    let post = async || story.post("typeform", "request-created", "x", &body).await;
    for _ in 0..3 {
        let answer = post().await.must_be(400);
        assert!(!answer.replayed());
    }
    assert_eq!(parked(&story).await.len(), 1);
    story.set("source.typeform.mapping", mapping("e")).await;
    post().await.must_be(202);
    assert!(post().await.must_be(200).replayed());

    // Under one id another body is something else that somebody said.
    let mut canonical = events::created("U-1", "noor at visitor.example");
    for summary in ["One", "Two", "Two"] {
        canonical["data"]["request"]["summary"] = json!(summary);
        story
            .post("forms", "request-created", "same", &canonical)
            .await
            .must_be(400);
    }
    assert_eq!(parked(&story).await.len(), 3);
    canonical["data"]["reporter"]["email"] = json!(NOOR);
    story
        .post("forms", "request-created", "same", &canonical)
        .await
        .must_be(202);
    story.settle().await;
    story.check_invariants().await;
}

#[tokio::test]
async fn a_source_keeps_so_many_an_hour_and_is_answered_alike() {
    let story = Story::begin().await;
    let hour = story.now().as_second() / 3_600 * 3_600 + 3_600;
    story
        .local()
        .clock
        .set(domain::Timestamp::from_second(hour).unwrap())
        .unwrap();
    let post = async |number: u32| {
        let body = json!({"type": "request.created", "number": number});
        let answer = story
            .post("forms", "request-created", &format!("m-{number}"), &body)
            .await;
        answer.must_be(400).problem()
    };
    let first = post(0).await;
    for number in 1..102 {
        assert_eq!(post(number).await, first);
    }
    assert_eq!(parked(&story).await.len(), 100);
    // Another source's words have room, and the next hour has.
    let body = json!({"event_type": "form_response"});
    let other = story.post("typeform", "request-created", "x", &body).await;
    other.must_be(400);
    assert_eq!(parked(&story).await.len(), 101);
    story.local().clock.advance("PT1H").unwrap();
    post(101).await;
    assert_eq!(parked(&story).await.len(), 102);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_it_cannot_be_kept_the_sender_is_asked_to_send_it_again() {
    let story = Story::begin().await;
    story
        .post(
            "forms",
            "request-created",
            "known",
            &events::created("U-2", NOOR),
        )
        .await
        .must_be(202);
    story.settle().await;
    story.faults(json!({"dynamodb": {"fail_before": 1.0}}));
    let body = json!({"type": "request.created"});
    let answer = story
        .post("forms", "request-created", "u", &body)
        .await
        .must_be(503);
    assert_eq!(answer.header("retry-after"), "5");
    story.faults(json!({}));
    story
        .post("forms", "request-created", "u", &body)
        .await
        .must_be(400);
    assert_eq!(parked(&story).await.len(), 1);
}
