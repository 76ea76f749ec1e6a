//! 422: what is understood and refused, with why, for good, and kept for an administrator.

use serde_json::{Value, json};
use store::ParkedBody;

use crate::fixture::Story;
use crate::webhooks::{events, problems};

const NOOR: &str = "noor@visitor.example";

/// Posts what is refused, holds the answer to its problem, and holds that it is remembered and
/// parked with the very body that was sent, and that nothing else was written.
async fn is_refused(story: &Story, name: &str, (source, function): (&str, &str), body: &Value) {
    let id = name.replace(' ', "-");
    let before = written(story).await;
    let parked = parked(story).await.len();
    let answer = story.post(source, function, &id, body).await.must_be(422);
    problems::hold(&format!("422 {name}"), &answer);

    let again = story.post(source, function, &id, body).await.must_be(422);
    assert!(again.replayed() && !answer.replayed());
    let mut first = answer.json();
    first.as_object_mut().unwrap().remove("instance");
    let mut second = again.json();
    second.as_object_mut().unwrap().remove("instance");
    assert_eq!(first, second);

    assert_eq!(written(story).await, before, "{name}");
    let kept = self::parked(story).await;
    assert_eq!(kept.len(), parked + 1, "{name} is parked once");
    let kept = kept
        .into_iter()
        .find(|kept| kept.id.as_str() == id)
        .unwrap();
    assert_eq!(kept.source.as_str(), source);
    assert_eq!(kept.function, function);
    assert_eq!(kept.code.as_str(), first["code"].as_str().unwrap());
    assert_eq!(kept.body, ParkedBody::Raw(body.to_string().into_bytes()));
}

async fn parked(story: &Story) -> Vec<store::Parked> {
    story.store().parked(None, 100).await.unwrap().items
}

/// All that matters to anybody: people, requests, what was done, what is to be sent.
async fn written(story: &Story) -> Vec<Value> {
    let mut items = Vec::new();
    for (table, pk) in [
        ("directory", ""),
        ("requests", ""),
        ("audit", ""),
        ("journal", "OUTBOX#"),
    ] {
        items.extend(story.items(table, pk).await);
    }
    items
}

#[tokio::test]
async fn requests_that_the_rules_forbid_are_refused_and_parked() {
    let story = Story::begin().await;
    let hook = ("forms", "request-created");
    let mut body = events::created("N-1", NOOR);
    body["data"]["organization"] = json!("umbrella");
    is_refused(&story, "unknown organization", hook, &body).await;
    let mut body = events::created("N-2", NOOR);
    body["data"]["request"]["desk"] = json!("attic");
    is_refused(&story, "unknown desk", hook, &body).await;

    let body = events::created("N-3", NOOR);
    story
        .post("forms", "request-created", "first", &body)
        .await
        .must_be(202);
    story.settle().await;
    is_refused(&story, "request exists", hook, &body).await;

    let issue = json!({
        "webhookEvent": "jira:issue_created",
        "issue": {"key": "SUP-9", "fields": {
            "summary": "Who am I?",
            "issuetype": {"name": "Incident"},
            "reporter": {"accountId": "712020:unknown", "displayName": "Somebody", "accountType": "customer"},
        }},
    });
    is_refused(
        &story,
        "unknown account",
        ("jira", "request-created"),
        &issue,
    )
    .await;

    story.set("source.forms.trusted", false).await;
    let mut body = events::created("N-4", NOOR);
    body["data"]["request"]["desk"] = json!("it");
    is_refused(&story, "access denied", hook, &body).await;
    story.check_invariants().await;
}

#[tokio::test]
async fn updates_that_the_rules_forbid_are_refused_and_parked() {
    let story = Story::begin().await;
    let hook = ("forms", "request-updated");
    let body = events::created("N-5", NOOR);
    story
        .post("forms", "request-created", "first", &body)
        .await
        .must_be(202);
    story.settle().await;
    let mut body = events::approval_requested("N-5", &["boss@visitor.example"]);
    body["type"] = json!("request.approval_answered");
    body["data"]["approval"] = json!({"id": "a-9", "by": NOOR, "decision": "approved"});
    is_refused(&story, "unknown approval", hook, &body).await;
    let mut body = events::comment("N-5", "c", "x", true);
    body["type"] = json!("request.shared");
    body["data"] =
        json!({"request": {"key": "N-5", "desk": "support"}, "organization": "umbrella"});
    is_refused(&story, "unknown organization to share with", hook, &body).await;

    for number in 0..9 {
        let id = format!("early-{number}");
        let body = events::comment("N-6", &id, "Early.", true);
        story
            .post("forms", "request-updated", &id, &body)
            .await
            .must_be(202);
    }
    let body = events::comment("N-6", "c-9", "Early.", true);
    is_refused(&story, "too many early updates", hook, &body).await;
    story.check_invariants().await;
}

#[tokio::test]
async fn people_whom_the_rules_keep_out_are_refused_and_parked() {
    let story = Story::begin().await;
    let hook = ("forms", "customer-invited");
    let one = |org, email| events::invited(org, &[email]);
    is_refused(
        &story,
        "invite to nowhere",
        hook,
        &one("umbrella", "a@umbrella.example"),
    )
    .await;
    is_refused(
        &story,
        "seat cap reached",
        hook,
        &one("globex", "hal@globex.test"),
    )
    .await;
    is_refused(
        &story,
        "domain not allowed",
        hook,
        &one("acme", "zoe@elsewhere.example"),
    )
    .await;
    is_refused(
        &story,
        "invalid email",
        hook,
        &one("acme", "not an address"),
    )
    .await;
    let mut body = one("acme", "pia@acme.example");
    body["data"]["access_until"] = json!("2024-05-07T00:00:00Z");
    is_refused(&story, "date in the past", hook, &body).await;
    let limit = "organization.acme.policy.invite_daily_limit";
    story.set(limit, 1).await;
    let body = one("acme", "pia@acme.example");
    story
        .post("forms", "customer-invited", "the-one", &body)
        .await
        .must_be(202);
    story.settle().await;
    let body = one("acme", "quinn@acme.example");
    is_refused(&story, "daily limit reached", hook, &body).await;

    let hook = ("hr", "member-offboarded");
    let body = events::left("initech", "stranger@initech.example");
    is_refused(&story, "not a member", hook, &body).await;
    let body = events::left("umbrella", "kira@acme.example");
    is_refused(&story, "leave nowhere", hook, &body).await;
    let mut body = events::left("acme", "kira@acme.example");
    body["data"]["hand_over_to"] = json!("stranger@acme.example");
    is_refused(&story, "hand over to a stranger", hook, &body).await;
    story.check_invariants().await;
}

#[tokio::test]
async fn a_body_is_parked_once_under_however_many_ids_it_is_sent_again() {
    let story = Story::begin().await;
    let mut body = events::created("N-7", NOOR);
    body["data"]["organization"] = json!("umbrella");
    let mut answers = Vec::new();
    for number in 0..15 {
        let id = format!("captured-{number}");
        let answer = story.post("forms", "request-created", &id, &body).await;
        assert!(!answer.replayed());
        answers.push(answer.must_be(422).json()["code"].clone());
        // Each id keeps its answer.
        let again = story.post("forms", "request-created", &id, &body).await;
        assert!(again.must_be(422).replayed());
    }
    answers.dedup();
    assert_eq!(answers, [json!("unknown_organization")]);
    assert_eq!(parked(&story).await.len(), 1);

    // Another body is another matter, and so is the same body after deliveries are forgotten.
    body["data"]["request"]["summary"] = json!("Something else");
    let other = story.post("forms", "request-created", "other", &body).await;
    other.must_be(422);
    assert_eq!(parked(&story).await.len(), 2);
    story.check_invariants().await;
}

#[tokio::test]
async fn what_is_parked_of_one_source_in_an_hour_is_bounded_and_nothing_is_lost() {
    let story = Story::begin().await;
    let most = store::Hits {
        acts: 1_000,
        copies: 0,
    };
    let counting = story.store();
    let counted = counting.count_hits("parked:forms", 3_600, most, most, story.now());
    counted.await.unwrap();
    let mut body = events::created("N-8", NOOR);
    body["data"]["organization"] = json!("umbrella");
    let limited = story.post("forms", "request-created", "one", &body).await;
    let limited = limited.must_be(429);
    assert!(limited.header("retry-after").parse::<u32>().unwrap() <= 3_600);
    assert_eq!(parked(&story).await.len(), 0);
    // What is no refusal is taken; and the sender brings the other one again.
    let fine = events::created("N-9", NOOR);
    story
        .post("forms", "request-created", "two", &fine)
        .await
        .must_be(202);
    story.advance("PT1H").await;
    story
        .post("forms", "request-created", "one", &body)
        .await
        .must_be(422);
    assert_eq!(parked(&story).await.len(), 1);
}
