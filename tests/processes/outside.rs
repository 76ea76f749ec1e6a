//! A function in a process of its own over the tables of a running bundle: what a contributor has with
//! `cargo lambda watch` and `/_local/functions.env`.

use std::time::Duration;

use domain::Timestamp;
use reqwest::header::HeaderMap;
use serde_json::{Map, Value, json};
use tests::runtime_api::{Invocation, RuntimeApi};

use crate::bundle::Bundle;
use crate::child::Child;
use crate::deployed::command;

const NOOR: &str = "noor@visitor.example";

/// A signed body as API Gateway hands it over.
fn event(headers: &HeaderMap, body: &str) -> Value {
    let mut named: Map<String, Value> = headers
        .iter()
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().into()))
        .collect();
    named.insert("content-type".to_owned(), "application/json".into());
    json!({
        "version": "2.0",
        "routeKey": "POST /hooks/{source}/request-created",
        "rawPath": "/hooks/forms/request-created",
        "rawQueryString": "",
        "headers": named,
        "requestContext": {"http": {
            "method": "POST", "path": "/hooks/forms/request-created", "protocol": "HTTP/1.1",
            "sourceIp": "127.0.0.1", "userAgent": "",
        }, "stage": "$default", "timeEpoch": 0},
        "pathParameters": {"source": "forms"},
        "isBase64Encoded": false,
        "body": body,
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_function_beside_the_bundle_works_on_its_tables_and_its_mail_leaves() {
    let data = tempfile::tempdir().unwrap();
    let bundle = Bundle::begin(data.path());
    let environment = bundle.text("functions.env").await;
    let variables = environment.lines().map(|line| {
        let (name, value) = line.split_once('=').unwrap();
        (name.to_owned(), value.to_owned())
    });
    let api = RuntimeApi::start();
    let function = Child::start(&mut command("request-created", &api, variables));

    let body = json!({"type": "request.created", "timestamp": "2026-11-20T09:30:00Z", "data": {
        "request": {"key": "SUP-1", "desk": "support", "type": "Incident", "summary": "It stops"},
        "reporter": {"email": NOOR, "name": "Noor"}, "channel": "form",
    }});
    let body = body.to_string();
    let headers = bundle.signature("forms", "msg_outside", &body).await;
    let now: Timestamp = bundle.get("info.json").await["now"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    let invocation = Invocation {
        request_id: "outside".to_owned(),
        deadline: u64::try_from(now.as_millisecond()).unwrap() + 60_000,
        function_arn: "arn:aws:lambda:local:000000000000:function:by-hand".to_owned(),
        payload: event(&headers, &body).to_string().into_bytes(),
    };
    let answer = tokio::time::timeout(Duration::from_mins(1), api.invoke(invocation))
        .await
        .unwrap_or_else(|_| panic!("no answer: {:#?}", function.lines()))
        .unwrap();
    assert_eq!(answer["statusCode"], 202, "{answer}");
    let mails = bundle.mails(NOOR).await;
    assert_eq!(mails.len(), 1, "{mails:#?}");
    assert_eq!(mails[0].kind, "request_received");
}
