//! The meaning of each kind of answer.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use jira::{Cause, Error, Failure, IssueKey, OrganizationId, Pauses, Scope};
use serde_json::json;

use crate::site::{Answer, Site, TOKEN, start};

fn ok() -> Answer {
    Answer::json(200, &json!({ "accountId": "5b10", "active": true }))
}

async fn failure(answer: Answer) -> Error {
    let site = Site::giving(vec![answer]);
    site.client.myself().await.unwrap_err()
}

#[tokio::test]
async fn each_status_says_what_helps() {
    let body = json!({ "errorMessage": "No." });
    let retry = |cause| Failure::Retry {
        cause,
        may_be_done: true,
    };
    for (status, expected) in [
        (400, Failure::Refused),
        (401, Failure::Unauthorized),
        (403, Failure::Forbidden),
        (404, Failure::Gone),
        (409, Failure::Already),
        (410, Failure::Gone),
        (413, Failure::Refused),
        (302, retry(Cause::Redirected)),
        (500, retry(Cause::Server)),
        (503, retry(Cause::Server)),
    ] {
        let error = failure(Answer::json(status, &body)).await;
        assert_eq!(error.failure, expected, "{status}");
        assert_eq!(error.status, Some(status));
        assert_eq!(error.said(), Some("No."));
    }
}

#[tokio::test]
async fn a_page_for_people_in_place_of_an_answer_proves_nothing() {
    for status in [200, 404, 410, 502] {
        let error = failure(Answer::html(status)).await;
        assert!(error.retryable(), "{status}: {error}");
        assert_eq!(error.said(), None);
    }
    assert_eq!(
        failure(Answer::html(401)).await.failure,
        Failure::Unauthorized
    );
}

#[tokio::test]
async fn a_lost_answer_may_have_been_carried_out_and_a_refused_connection_was_not() {
    let lost = failure(Answer::lost()).await;
    assert!(lost.may_be_done() && lost.retryable());

    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", gone.local_addr().unwrap());
    drop(gone);
    let site = Site::giving(vec![ok()]);
    let client = crate::site::client(&address, site.clock);
    let error = client.myself().await.unwrap_err();
    let expected = Failure::Retry {
        cause: Cause::Unreachable,
        may_be_done: false,
    };
    assert_eq!(error.failure, expected);
}

fn throttled(reason: &str) -> Answer {
    let answer = Answer::html(429);
    if reason.is_empty() {
        answer
    } else {
        answer.with("ratelimit-reason", reason)
    }
}

fn pause(error: &Error) -> (Scope, i64) {
    let Failure::Wait { scope, until, .. } = &error.failure else {
        panic!("{error}");
    };
    (scope.clone(), until.duration_since(start()).as_secs())
}

#[tokio::test]
async fn a_quota_pauses_every_call_and_an_unknown_reason_counts_as_one() {
    for reason in ["jira-quota-global-based", "jira-cost-based", ""] {
        let error = failure(throttled(reason).with("retry-after", "1800")).await;
        assert_eq!(pause(&error), (Scope::Site, 1800), "{reason}");
    }
}

#[tokio::test]
async fn a_burst_pauses_its_call_alone() {
    let answer = throttled("jira-burst-based").with("retry-after", "60");
    let site = Site::giving(vec![answer, ok()]);
    let organization = OrganizationId(7);
    let error = site.client.organization(organization).await.unwrap_err();
    assert_eq!(pause(&error), (Scope::Endpoint(error.endpoint), 60));

    assert!(site.client.myself().await.is_ok());
    let again = site.client.organization(organization).await.unwrap_err();
    assert_eq!(again.wait_until(), error.wait_until());
    assert_eq!(site.heard().len(), 2, "the paused call was not sent");
}

#[tokio::test]
async fn writes_to_one_issue_pause_that_issue_alone() {
    let answer = throttled("jira-per-issue-on-write").with("retry-after", "9");
    let made = Answer::json(201, &json!({ "id": "100" }));
    let site = Site::giving(vec![answer, made]);
    let (one, other): (IssueKey, IssueKey) = ("SUP-1".parse().unwrap(), "SUP-2".parse().unwrap());
    let error = site.client.comment(&one, "Hello", "1").await.unwrap_err();
    assert_eq!(pause(&error), (Scope::Issue(one.clone()), 9));
    assert!(!error.may_be_done());
    assert!(site.client.comment(&other, "Hello", "2").await.is_ok());
    assert!(site.client.comment(&one, "Hello", "1").await.is_err());
    site.clock.advance(Duration::from_secs(9));
    assert!(site.client.comment(&one, "Hello", "1").await.is_ok());
}

#[tokio::test]
async fn the_end_of_a_pause_is_read_in_every_form() {
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    for (name, value, until) in [
        ("retry-after", "7", at("2026-11-30T09:30:07Z")),
        (
            "retry-after",
            "Mon, 30 Nov 2026 09:31:00 GMT",
            at("2026-11-30T09:31:00Z"),
        ),
        (
            "x-ratelimit-reset",
            "2026-11-30T10:00Z",
            at("2026-11-30T10:00:00Z"),
        ),
        (
            "x-ratelimit-reset",
            "2026-11-30T10:00:30Z",
            at("2026-11-30T10:00:30Z"),
        ),
        (
            "x-ratelimit-reset",
            "2026-11-30T11:00:30+01:00",
            at("2026-11-30T10:00:30Z"),
        ),
        // Neither before now nor for longer than any quota.
        ("x-ratelimit-reset", "2020-01-01T00:00:00Z", start()),
        ("retry-after", "4000000000", at("2026-11-30T11:30:00Z")),
    ] {
        let error = failure(throttled("").with(name, value)).await;
        assert_eq!(error.wait_until(), Some(until), "{name}: {value}");
    }
}

#[tokio::test]
async fn an_answer_that_tells_no_end_doubles_the_pause_until_a_call_succeeds() {
    let site = Site::giving(vec![
        throttled(""),
        throttled(""),
        throttled(""),
        throttled(""),
        throttled(""),
        ok(),
        throttled(""),
    ]);
    let mut waits = Vec::new();
    while waits.len() < 6 {
        if let Err(error) = site.client.myself().await {
            let now = jira::Timer::now(&*site.clock);
            let wait = error.wait_until().unwrap().duration_since(now);
            waits.push(wait.as_secs());
            site.clock.advance(Duration::try_from(wait).unwrap());
        }
    }
    assert_eq!(waits, [2, 4, 8, 16, 30, 2]);
}

#[tokio::test]
async fn maintenance_with_a_time_is_a_pause_of_everything() {
    let error = failure(Answer::html(503).with("retry-after", "120")).await;
    assert_eq!(pause(&error), (Scope::Site, 120));
}

#[tokio::test]
async fn a_pause_is_a_value_that_another_process_honours() {
    let site = Site::giving(vec![throttled("").with("retry-after", "600"), ok()]);
    assert!(site.client.myself().await.is_err());
    let kept = serde_json::to_string(&site.client.pauses()).unwrap();

    let another = site.another();
    let pauses: Pauses = serde_json::from_str(&kept).unwrap();
    another.honour(&pauses);
    let error = another.myself().await.unwrap_err();
    assert_eq!(pause(&error), (Scope::Site, 600));
    assert_eq!(site.heard().len(), 1);

    site.clock.advance(Duration::from_mins(10));
    assert!(another.myself().await.is_ok());
    assert!(another.pauses().is_empty());
}

#[test]
fn pauses_of_another_version_are_left_out() {
    let kept = r#"{"site":"2026-11-30T10:00:00Z","call tea.make":"2026-11-30T10:00:00Z",
        "issue SUP-1":"2026-11-30T10:00:00Z","call members.add":"2026-11-30T10:00:00Z"}"#;
    let pauses: Pauses = serde_json::from_str(kept).unwrap();
    assert_eq!(pauses.iter().count(), 3);
    let again: Pauses = serde_json::from_str(&serde_json::to_string(&pauses).unwrap()).unwrap();
    assert_eq!(again, pauses);
}

#[tokio::test]
async fn a_short_pause_is_waited_for_within_the_call() {
    let site = Site::giving(vec![throttled("").with("retry-after", "4"), ok()]);
    assert!(site.client.myself().await.is_err());
    assert!(site.client.myself().await.is_ok());
    let now = jira::Timer::now(&*site.clock);
    assert_eq!(now, start() + SignedDuration::from_secs(4));
}

#[tokio::test]
async fn the_words_of_both_interfaces_are_kept_in_one_line_and_short() {
    for (body, said) in [
        (json!({ "errorMessage": "Not\na desk" }), "Not a desk"),
        (
            json!({ "errorMessages": ["One.", "Two."], "errors": { "reporter": "Unknown" } }),
            "One.; Two.; reporter: Unknown",
        ),
        (json!({ "i18nErrorMessage": { "i18nKey": "sd.x" } }), "sd.x"),
    ] {
        let error = failure(Answer::json(400, &body)).await;
        assert_eq!(error.said(), Some(said));
    }
    let long = failure(Answer::text(400, "text/plain", &"a".repeat(5_000))).await;
    assert_eq!(long.said().unwrap().chars().count(), 300);
}

#[tokio::test]
async fn nothing_shows_the_token_or_what_jira_said() {
    let site = Site::giving(vec![Answer::json(
        400,
        &json!({ "errorMessage": "lena@acme.example is taken" }),
    )]);
    let error = site.client.myself().await.unwrap_err();
    let shown = format!(
        "{error} {error:?} {:?} {:?}",
        site.client,
        site.client.pauses()
    );
    assert!(!shown.contains("lena") && !shown.contains(TOKEN), "{shown}");
    let sent = &site.heard()[0].head;
    assert!(sent.contains("authorization: basic "), "{sent}");
    assert!(sent.contains("x-experimentalapi: opt-in"));
}
