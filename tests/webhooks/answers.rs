//! The table of answers: each row with its exact problem, and nothing written that should not be.
//! Refusals by the business have their own file.

use reqwest::header::{HeaderMap, HeaderValue};
use serde_json::{Value, json};

use crate::fixture::{Answer, Delivery, Story};
use crate::webhooks::{events, problems};

const NOOR: &str = "noor@visitor.example";

/// Posts bytes, signed by `forms`, with this content type.
async fn post_as(story: &Story, kind: Option<&str>, body: &[u8]) -> Answer {
    let mut headers = story.signer("forms").sign("msg_raw", story.now(), body);
    if let Some(kind) = kind {
        headers.insert("content-type", kind.parse().unwrap());
    }
    let delivery = Delivery {
        source: "forms",
        function: "request-created",
        headers,
        body: body.to_vec(),
    };
    story.deliver(delivery).await
}

#[tokio::test]
async fn what_is_no_event_is_answered_400_with_what_is_wrong_and_does_nothing() {
    let story = Story::begin().await;
    let before = crate::webhooks::unread::done(&story).await;
    let raw = async |name: &str, body: &[u8]| {
        let answer = post_as(&story, Some("application/json"), body).await;
        problems::hold(&format!("400 {name}"), &answer.must_be(400));
    };
    raw("not json", b"{\"type\": ").await;
    raw("no text", b"\xff\xfe").await;
    raw("empty", b"").await;
    raw("no object", b"[1, 2]").await;
    raw("two documents", b"{}{}").await;

    let event = async |name: &str, function: &str, body: &Value| {
        let answer = story
            .post("forms", function, &name.replace(' ', "_"), body)
            .await;
        problems::hold(&format!("400 {name}"), &answer.must_be(400));
    };
    let mut body = events::created("A-1", "noor at visitor.example");
    event("invalid field", "request-created", &body).await;
    body["data"]["reporter"]["email"] = json!(NOOR);
    body["data"]["request"]["summary"] = json!("x".repeat(100_000));
    event("field too long", "request-created", &body).await;
    body["data"]["request"]
        .as_object_mut()
        .unwrap()
        .remove("summary");
    event("missing field", "request-created", &body).await;
    body["type"] = json!("request.exploded");
    event("unknown type", "request-created", &body).await;
    let body = events::comment("A-1", "c-1", "Hello.", true);
    event("event of another function", "request-created", &body).await;

    let form = json!({"event_type": "form_response", "form_response": {"form_id": "f"}});
    let answer = story.post("typeform", "request-created", "x", &form).await;
    problems::hold("400 mapping", &answer.must_be(400));
    let issue = json!({"webhookEvent": "jira:issue_created", "issue": {"fields": {}}});
    let answer = story.post("jira", "request-created", "x", &issue).await;
    problems::hold("400 mapping of jira", &answer.must_be(400));

    assert_eq!(crate::webhooks::unread::done(&story).await, before);
    // No answer is remembered of it: mended, it is taken under the same id.
    let body = events::created("A-1", NOOR);
    story
        .post("forms", "request-created", "invalid_field", &body)
        .await
        .must_be(202);
}

/// Everything of an answer but the request's id.
fn as_a_stranger_sees_it(answer: &Answer) -> (u16, HeaderMap, String) {
    let problem = answer.json();
    let instance = problem["instance"].as_str().unwrap();
    let mut headers = answer.headers.clone();
    headers.remove("date");
    (
        answer.status,
        headers,
        answer.body.replace(instance, "[request id]"),
    )
}

#[tokio::test]
async fn whoever_is_not_believed_cannot_tell_why() {
    let story = Story::begin().await;
    let before = story.everything().await;
    let body = events::created("A-2", NOOR).to_string().into_bytes();
    let json = HeaderValue::from_static("application/json");
    let bare = HeaderMap::from_iter([(reqwest::header::CONTENT_TYPE, json)]);
    let signed = |source: &str, minutes: i64| {
        let at = story.now().as_second() + 60 * minutes;
        let at = domain::Timestamp::from_second(at).unwrap();
        let mut headers = story.signer(source).sign("msg_a", at, &body);
        headers.extend(bare.clone());
        headers
    };
    let mut other = signed("forms", 0);
    other.insert("webhook-id", HeaderValue::from_static("msg_b"));
    let mut garbage = signed("forms", 0);
    garbage.insert("webhook-signature", HeaderValue::from_static("v1,nonsense"));
    let mut answers = Vec::new();
    for (source, headers) in [
        ("forms", bare.clone()),
        ("forms", other),
        ("forms", garbage),
        ("forms", signed("forms", -6)),
        ("forms", signed("forms", 6)),
        ("forms", signed("hr", 0)),
        ("forms", signed("jira", 0)),
        ("jira", signed("forms", 0)),
        ("nobody", signed("forms", 0)),
        ("nobody", bare.clone()),
        ("Not%20a%20name%21", signed("forms", 0)),
    ] {
        let delivery = Delivery {
            source,
            function: "request-created",
            headers,
            body: body.clone(),
        };
        answers.push(story.deliver(delivery).await.must_be(401));
    }
    let first = as_a_stranger_sees_it(&answers[0]);
    for answer in &answers {
        assert_eq!(as_a_stranger_sees_it(answer), first);
    }
    problems::hold("401", &answers[0]);
    assert_eq!(story.everything().await, before);
}

#[tokio::test]
async fn a_source_may_send_what_it_was_registered_for_from_where_it_was_registered() {
    let story = Story::begin().await;
    story
        .set("source.forms.events", vec!["request.created"])
        .await;
    story
        .set("source.tally.addresses", vec!["192.0.2.0/24"])
        .await;
    story
        .set("source.typeform.addresses", vec!["127.0.0.0/8"])
        .await;
    let before = story.everything().await;
    let body = events::invited("acme", &["wes@acme.example"]);
    let answer = story.post("hr", "customer-invited", "1", &body).await;
    problems::hold("403 function", &answer.must_be(403));
    let body = events::comment("A-3", "c-1", "Hello.", true);
    let answer = story.post("forms", "request-updated", "2", &body).await;
    problems::hold("403 event", &answer.must_be(403));
    let form = json!({"event_type": "form_response", "form_response": {}});
    let answer = story.post("tally", "request-created", "3", &form).await;
    problems::hold("403 address", &answer.must_be(403));
    assert_eq!(story.everything().await, before);
    // From an address on the list one gets as far as the payload.
    story
        .post("typeform", "request-created", "4", &form)
        .await
        .must_be(400);
}

#[tokio::test]
async fn a_body_may_have_256_kib_and_must_be_declared_as_json() {
    let story = Story::begin().await;
    let before = crate::webhooks::unread::done(&story).await;
    let json = Some("application/json");
    let mut body = events::created("A-4", NOOR).to_string();
    let room = 256 * 1024 - body.len();
    body.push_str(&" ".repeat(room));
    let answer = post_as(&story, json, format!("{body} ").as_bytes()).await;
    problems::hold("413", &answer.must_be(413));
    for kind in [
        None,
        Some("text/plain"),
        Some("application/x-www-form-urlencoded"),
        Some("text/json"),
    ] {
        let answer = post_as(&story, kind, body.as_bytes()).await;
        problems::hold("415", &answer.must_be(415));
    }
    assert_eq!(crate::webhooks::unread::done(&story).await, before);
    let kind = Some("application/vnd.desk+json; charset=utf-8");
    post_as(&story, kind, body.as_bytes()).await.must_be(202);
}

#[tokio::test]
async fn a_source_with_a_rate_is_put_off_and_taken_later() {
    let story = Story::begin().await;
    story.set("source.forms.deliveries_per_minute", 3).await;
    // A minute begins.
    let minute = story.now().as_second() / 60 * 60 + 60;
    let minute = domain::Timestamp::from_second(minute).unwrap();
    story.local().clock.set(minute).unwrap();
    let post = async |key: &str| {
        let body = events::created(key, NOOR);
        story.post("forms", "request-created", key, &body).await
    };
    for key in ["A-5", "A-6", "A-7"] {
        post(key).await.must_be(202);
    }
    let answer = post("A-8").await.must_be(429);
    let seconds: u32 = answer.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&seconds), "{seconds}");
    problems::hold("429", &answer);
    assert!(!story.everything().await.contains("A-8"));
    story
        .local()
        .clock
        .advance(&format!("PT{seconds}S"))
        .unwrap();
    post("A-8").await.must_be(202);

    // So it is with every hook.
    let body = events::status("A-8", "10:15", "Waiting", "waiting_for_customer");
    let update = story.post("forms", "request-updated", "A-9", &body).await;
    update.must_be(202);
    story.set("source.hr.deliveries_per_minute", 1).await;
    let body = events::left("acme", "amir@acme.example");
    for (id, status) in [("A-10", 202), ("A-11", 429)] {
        let answer = story.post("hr", "member-offboarded", id, &body).await;
        answer.must_be(status);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_the_store_is_down_nothing_is_taken_and_nothing_is_written() {
    let story = Story::begin().await;
    // Once with the source known to the function, and once without.
    let known = events::created("A-9", NOOR);
    story
        .post("forms", "request-created", "known", &known)
        .await
        .must_be(202);
    story.settle().await;
    let before = story.everything().await;
    let body = events::created("A-10", NOOR);
    let comment = events::comment("A-9", "c-1", "Hello.", true);
    let list = events::invited("acme", &["p1@acme.example", "p2@acme.example"]);
    let left = events::left("acme", "kira@acme.example");
    let deliveries = [
        ("forms", "request-created", &body),
        ("forms", "request-updated", &comment),
        ("forms", "customer-invited", &list),
        ("hr", "member-offboarded", &left),
    ];
    story.faults(json!({"dynamodb": {"fail_before": 1.0}}));
    for (source, function, body) in deliveries {
        let answer = story
            .post(source, function, &format!("down-{function}"), body)
            .await
            .must_be(503);
        assert_eq!(answer.header("retry-after"), "5");
        problems::hold("503", &answer);
    }
    story.faults(json!({}));
    assert_eq!(story.everything().await, before);
    for (source, function, body) in deliveries {
        story
            .post(source, function, &format!("down-{function}"), body)
            .await
            .must_be(202);
    }
    story.settle().await;
    assert_eq!(story.kinds("p1@acme.example"), ["invitation"]);
    story.check_invariants().await;
}
