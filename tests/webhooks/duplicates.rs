//! A delivery happens once, however often it is sent.

use std::sync::Arc;

use tokio::task::JoinSet;

use crate::fixture::{Answer, Story};
use crate::webhooks::{events, problems};

const NOOR: &str = "noor@visitor.example";

/// Counts the entries of the audit about a request.
async fn entries_about(story: &Story, key: &str) -> usize {
    let audit = story.items("audit", "").await;
    let about = |entry: &&serde_json::Value| entry["about"]["request"]["key"] == key;
    audit.iter().filter(about).count()
}

async fn at_once(
    story: &Arc<Story>,
    times: usize,
    function: &'static str,
    id: &str,
    body: &serde_json::Value,
) -> Vec<Answer> {
    let mut posts = JoinSet::new();
    for _ in 0..times {
        let (story, id, body) = (Arc::clone(story), id.to_owned(), body.clone());
        posts.spawn(async move { story.post("forms", function, &id, &body).await });
    }
    posts.join_all().await
}

fn are_one_answer(answers: &[Answer]) {
    let first: Vec<_> = answers.iter().filter(|a| a.status == 202).collect();
    assert_eq!(
        first.len(),
        1,
        "how many were told that they were the first"
    );
    assert!(!first[0].replayed());
    for answer in answers {
        assert!([200, 202].contains(&answer.status), "{answer:?}");
        assert_eq!(answer.replayed(), answer.status == 200);
        assert_eq!(answer.body, first[0].body);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixty_four_at_once_leave_one_request_one_entry_and_one_mail() {
    let story = Arc::new(Story::begin().await);
    let body = events::created("D-64", NOOR);
    let answers = at_once(&story, 64, "request-created", "msg_64", &body).await;
    are_one_answer(&answers);
    story.settle().await;
    let requests = story.items("requests", "REQUEST#support#D-64").await;
    let records = requests.iter().filter(|item| item["sk"] == "REQUEST");
    assert_eq!(records.count(), 1);
    assert_eq!(entries_about(&story, "D-64").await, 1);
    assert_eq!(story.kinds(NOOR), ["request_received"]);
    story.check_invariants().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixty_four_comments_at_once_are_one_comment() {
    let story = Arc::new(Story::begin().await);
    let body = events::created("D-65", NOOR);
    story
        .post("forms", "request-created", "msg_65", &body)
        .await
        .must_be(202);
    let body = events::comment("D-65", "c-1", "We are on it.", true);
    let answers = at_once(&story, 64, "request-updated", "msg_66", &body).await;
    are_one_answer(&answers);
    story.settle().await;
    assert_eq!(story.kinds(NOOR), ["request_received", "request_commented"]);
    assert_eq!(entries_about(&story, "D-65").await, 2);
    story.check_invariants().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_list_that_arrives_many_times_at_once_invites_everybody_once() {
    let story = Arc::new(Story::begin().await);
    let emails: Vec<String> = (0..12).map(|n| format!("p{n}@acme.example")).collect();
    let body = events::invited("acme", &emails);
    let answers = at_once(&story, 16, "customer-invited", "msg_list", &body).await;
    for answer in &answers {
        assert!([200, 202].contains(&answer.status), "{answer:?}");
        assert_eq!(answer.body, answers[0].body);
        // Whoever was slower with a row tells what the quicker one has made of it.
        assert!(
            answer.rows().iter().all(|row| row["outcome"] == "invited"),
            "{answer:?}"
        );
    }
    story.settle().await;
    for email in emails {
        assert_eq!(story.kinds(&email), ["invitation"]);
    }
    story.check_invariants().await;
}

#[tokio::test]
async fn an_id_belongs_to_one_payload() {
    let story = Story::begin().await;
    let first = events::created("D-1", NOOR);
    story
        .post("forms", "request-created", "msg_1", &first)
        .await
        .must_be(202);
    story.settle().await;
    let before = story.everything().await;
    let other = events::created("D-2", NOOR);
    let answer = story
        .post("forms", "request-created", "msg_1", &other)
        .await;
    problems::hold("409 another payload", &answer.must_be(409));
    // Also at another function, and never by another source's ids.
    let other = events::comment("D-1", "c-1", "Hello.", true);
    let answer = story
        .post("forms", "request-updated", "msg_1", &other)
        .await;
    answer.must_be(409);
    assert_eq!(story.everything().await, before);
    let answer = story
        .post("forms", "request-created", "msg_1", &first)
        .await;
    assert!(answer.must_be(200).replayed());
    let body = events::left("acme", "kira@acme.example");
    story
        .post("hr", "member-offboarded", "msg_1", &body)
        .await
        .must_be(202);
}

#[tokio::test]
async fn a_duplicate_after_a_restart_gets_the_first_answer() {
    let data = tempfile::tempdir().unwrap();
    let body = events::created("D-3", NOOR);
    let story = Story::begin_in(data.path()).await;
    let first = story.post("forms", "request-created", "msg_3", &body).await;
    let first = first.must_be(202);
    story.settle().await;
    story.end().await;

    let story = Story::begin_in(data.path()).await;
    let again = story.post("forms", "request-created", "msg_3", &body).await;
    let again = again.must_be(200);
    assert!(again.replayed() && !first.replayed());
    assert_eq!(again.body, first.body);
    story.settle().await;
    assert_eq!(story.kinds(NOOR), ["request_received"]);
    story.check_invariants().await;
    story.end().await;
}
