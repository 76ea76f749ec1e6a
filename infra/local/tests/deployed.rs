//! The real functions in the bundle, before there is any world.

use local::bundle::{self, Options, Running};
use local::lambda::deployment;
use reqwest::StatusCode;
use serde_json::{Value, json};

async fn start() -> Running {
    bundle::start(Options::default(), deployment::functions)
        .await
        .unwrap()
}

#[tokio::test]
async fn every_hook_is_behind_its_route_and_lets_no_stranger_in() {
    let running = start().await;
    let web = reqwest::Client::new();
    for function in [
        "request-created",
        "request-updated",
        "customer-invited",
        "member-offboarded",
    ] {
        let url = format!("{}/hooks/nobody/{function}", running.local.base_url);
        let answer = web.post(url).json(&json!({})).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "{function}");
        assert_eq!(answer.headers()["content-type"], "application/problem+json");
        let problem: Value = answer.json().await.unwrap();
        assert_eq!(problem["status"], 401);
    }
}

#[tokio::test]
async fn the_sweep_runs_when_the_clock_moves_and_nothing_ends_in_a_queue() {
    let running = start().await;
    let url = format!("{}/_local/clock", running.local.base_url);
    let moved = reqwest::Client::new()
        .post(url)
        .json(&json!({"advance": "P90D"}))
        .send()
        .await
        .unwrap();
    assert_eq!(moved.status(), StatusCode::OK);
    assert!(running.local.meter.read().calls() > 0);
    assert!(running.local.queues.read().is_empty());
}

#[tokio::test]
async fn a_link_that_nobody_signed_leads_to_a_page_that_says_so() {
    let running = start().await;
    let answer = reqwest::get(format!("{}/l/made-up", running.local.base_url))
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    assert!(
        answer.headers()["content-type"]
            .to_str()
            .unwrap()
            .starts_with("text/html")
    );
}
