//! Tokens, limits and faults.

use local::fault::{JiraFaults, Stop, Throttle};
use local::jira::seed::{CALLER, CALLER_ID, TOKEN};
use local::jira::site::Token;
use reqwest::Method;
use serde_json::{Value, json};

use super::{DONE, Desk, MISSING, OK};

const MYSELF: &str = "/rest/api/3/myself";
const LIST: &str = "/rest/servicedeskapi/servicedesk/3/customer";

async fn answer(desk: &Desk, path: &str) -> reqwest::Response {
    let request = desk
        .request(Method::GET, path)
        .basic_auth(CALLER, Some(TOKEN));
    request.send().await.unwrap()
}

fn header(answer: &reqwest::Response, name: &str) -> Option<String> {
    let value = answer.headers().get(name)?;
    Some(value.to_str().unwrap().to_owned())
}

#[tokio::test]
async fn a_wrong_token_is_answered_with_a_page() {
    let desk = Desk::start().await;
    for (email, token) in [(CALLER, "wrong"), ("pavel@desk.example", TOKEN)] {
        let request = desk
            .request(Method::GET, MYSELF)
            .basic_auth(email, Some(token));
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 401);
        assert!(answer.text().await.unwrap().starts_with("<!DOCTYPE html>"));
    }
    assert_eq!(
        desk.request(Method::GET, MYSELF)
            .send()
            .await
            .unwrap()
            .status(),
        401
    );
}

#[tokio::test]
async fn a_token_ends_on_its_day() {
    let desk = Desk::start().await;
    let end = desk.clock.after("P30D").unwrap();
    desk.jira.change(|site| site.tokens[0].expires = Some(end));
    assert_eq!(desk.get(MYSELF).await.0, OK);
    desk.clock.advance("P30D").unwrap();
    assert_eq!(desk.get(MYSELF).await.0, 401);
    desk.jira.change(|site| site.tokens[0].expires = None);
    desk.fault(JiraFaults {
        expired: true,
        ..JiraFaults::default()
    });
    assert_eq!(desk.get(MYSELF).await.0, 401);
}

#[tokio::test]
async fn a_scoped_token_works_at_its_own_address_alone() {
    let desk = Desk::start().await;
    desk.jira.change(|site| {
        site.tokens.push(Token {
            account: CALLER_ID.to_owned(),
            secret: "scoped".to_owned(),
            scoped: true,
            expires: None,
        });
    });
    let there = format!("/ex/jira/{}{MYSELF}", local::jira::CLOUD);
    let caller = (CALLER, "scoped");
    assert_eq!(desk.call_as(caller, Method::GET, &there, None).await.0, OK);
    assert_eq!(desk.call_as(caller, Method::GET, MYSELF, None).await.0, 401);
    assert_eq!(desk.get(&there).await.0, 401);
    let organization = format!(
        "/ex/jira/{}/rest/servicedeskapi/organization/1",
        local::jira::CLOUD
    );
    assert_eq!(
        desk.call_as(caller, Method::GET, &organization, None)
            .await
            .0,
        MISSING
    );
}

#[tokio::test]
async fn an_exceeded_limit_is_answered_with_a_page_and_the_time_to_wait() {
    let desk = Desk::limited().await;
    let all = futures::future::join_all((0..60).map(|_| answer(&desk, LIST))).await;
    let last = all
        .into_iter()
        .find(|answer| answer.status() == 429)
        .unwrap();
    assert_eq!(last.status(), 429);
    assert_eq!(header(&last, "retry-after").as_deref(), Some("1"));
    assert_eq!(
        header(&last, "ratelimit-reason").as_deref(),
        Some("jira-burst-based")
    );
    assert_eq!(header(&last, "x-ratelimit-remaining").as_deref(), Some("0"));
    assert!(last.text().await.unwrap().starts_with("<!DOCTYPE html>"));
    // Other endpoints go on, and this one does after a second.
    assert_eq!(desk.get("/rest/servicedeskapi/organization").await.0, OK);
    desk.clock.advance("PT1S").unwrap();
    let next = answer(&desk, LIST).await;
    assert_eq!(next.status(), 200);
    assert_eq!(header(&next, "x-ratelimit-limit").as_deref(), Some("5"));
}

#[tokio::test]
async fn each_reason_to_throttle_has_its_own_headers() {
    let desk = Desk::start().await;
    let cases = [
        (Throttle::Burst, Some("jira-burst-based"), true),
        (Throttle::Issue, Some("jira-per-issue-on-write"), true),
        (Throttle::Quota, Some("jira-quota-tenant-based"), true),
        (Throttle::Unknown, Some("jira-cost-based"), true),
        (Throttle::Gateway, None, false),
    ];
    for (reason, name, says_when) in cases {
        desk.fault(JiraFaults {
            throttle: 1.0,
            reason,
            ..JiraFaults::default()
        });
        let answer = answer(&desk, MYSELF).await;
        assert_eq!(answer.status(), 429);
        assert_eq!(header(&answer, "ratelimit-reason").as_deref(), name);
        assert_eq!(header(&answer, "retry-after").is_some(), says_when);
        assert!(header(&answer, "x-ratelimit-reset").is_some());
    }
}

#[tokio::test]
async fn a_fault_is_before_or_after_the_act() {
    let desk = Desk::start().await;
    let new = json!({"name": "Acme"});
    let path = "/rest/servicedeskapi/organization";
    let made = || desk.jira.read(|site| site.organizations.len());
    desk.fault(JiraFaults {
        fail_before: 1.0,
        ..JiraFaults::default()
    });
    assert_eq!(desk.post(path, new.clone()).await, (500, Value::Null));
    assert_eq!(made(), 0);
    desk.fault(JiraFaults {
        fail_after: 1.0,
        ..JiraFaults::default()
    });
    assert_eq!(desk.post(path, new.clone()).await, (504, Value::Null));
    assert_eq!(made(), 1);
    desk.fault(JiraFaults {
        down: true,
        ..JiraFaults::default()
    });
    assert_eq!(desk.post(path, new).await, (503, Value::Null));
    assert!(desk.faults.injected()["jira.down"] > 0);
}

#[tokio::test]
async fn a_fault_can_be_about_one_endpoint() {
    let desk = Desk::start().await;
    let only = Some("POST /rest/servicedeskapi/organization".to_owned());
    desk.fault(JiraFaults {
        only,
        fail_before: 1.0,
        ..JiraFaults::default()
    });
    let path = "/rest/servicedeskapi/organization";
    assert_eq!(desk.post(path, json!({"name": "Acme"})).await.0, 500);
    assert_eq!(desk.get(path).await.0, OK);
}

#[tokio::test]
async fn a_caller_can_be_as_good_as_dead_from_some_call_on() {
    let desk = Desk::start().await;
    let stop = Some(Stop {
        after: 1,
        done: true,
    });
    desk.fault(JiraFaults {
        stop,
        ..JiraFaults::default()
    });
    let path = "/rest/servicedeskapi/organization";
    desk.organization("First").await;
    let name = json!({"name": "Second"});
    let mut hangs = std::pin::pin!(desk.post(path, name));
    let made = async {
        while desk.jira.read(|site| site.organizations.len()) < 2 {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        answer = &mut hangs => panic!("answered {answer:?}"),
        () = made => {}
    }
}

#[tokio::test]
async fn a_call_that_is_not_there_is_refused_by_name() {
    let desk = Desk::start().await;
    let (status, answer) = desk.get("/rest/servicedeskapi/queue").await;
    assert_eq!(status, MISSING);
    assert_eq!(
        answer["errorMessage"],
        "GET /rest/servicedeskapi/queue does not exist"
    );
}

#[tokio::test]
async fn too_many_writes_to_one_issue_are_refused_for_it_alone() {
    let desk = Desk::limited().await;
    let mia = desk.customer("mia@acme.example").await;
    let (one, other) = (
        desk.raised(&mia, "One").await,
        desk.raised(&mia, "Other").await,
    );
    let close = json!({"id": "51"});
    let path = |key: &str| format!("/rest/servicedeskapi/request/{key}/transition");
    let path_of_one = path(&one);
    let writes = (0..60).map(|_| desk.post(&path_of_one, close.clone()));
    let answers = futures::future::join_all(writes).await;
    let with = |status: u16| answers.iter().filter(|answer| answer.0 == status).count();
    assert_eq!(with(DONE), 1);
    assert!(with(429) > 0);
    assert_eq!(desk.post(&path(&other), close).await.0, DONE);
}
