//! The addresses of the bundle itself, beside the routes of the template.

use std::sync::Arc;

use local::sdk;
use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::bench::Bench;

#[tokio::test]
async fn links_that_somebody_was_mailed_are_listed_newest_first_with_their_purpose() {
    let bench = Bench::start(None).await;
    bench.take("1", "first").await;
    bench.take("2", "second").await;
    bench.settle().await;
    let links = bench.get("/_local/links.json?email=A%40acme.example").await;
    let urls: Vec<_> = links
        .as_array()
        .unwrap()
        .iter()
        .map(|link| &link["url"])
        .collect();
    assert_eq!(
        urls,
        [
            "http://localhost/l/token-second",
            "http://localhost/l/token-first"
        ]
    );
    assert_eq!(links[0]["purpose"], "line");
    bench
        .running
        .local
        .set_purpose_reader(Arc::new(|token| Some(format!("purpose of {token}"))));
    let links = bench.get("/_local/links.json?email=a%40acme.example").await;
    assert_eq!(links[0]["purpose"], "purpose of token-second");
}

#[tokio::test]
async fn what_no_route_or_no_size_allows_is_refused_as_api_gateway_does() {
    let bench = Bench::start(None).await;
    let none = bench.web.get(bench.url("/take/1")).send().await.unwrap();
    assert_eq!(
        (none.status(), none.text().await.unwrap().as_str()),
        (StatusCode::NOT_FOUND, r#"{"message":"Not Found"}"#)
    );
    assert_eq!(
        bench.take("1", &"x".repeat(10_000_001)).await,
        StatusCode::PAYLOAD_TOO_LARGE
    );
}

#[tokio::test]
async fn local_addresses_answer_this_machine_only() {
    let bench = Bench::start(None).await;
    for (name, value) in [("host", "desk.example"), ("origin", "https://desk.example")] {
        let request = bench
            .web
            .get(bench.url("/_local/sources.json"))
            .header(name, value);
        assert_eq!(
            request.send().await.unwrap().status(),
            StatusCode::FORBIDDEN,
            "{name}"
        );
    }
    assert_eq!(bench.get("/_local/sources.json").await, json!([]));
}

/// No page of another name, rebound to this machine or not, reads a table or a mail.
#[tokio::test]
async fn the_tables_and_the_mail_system_answer_this_machine_only() {
    let bench = Bench::start(None).await;
    let local = &bench.running.local;
    let listing = |endpoint: &str| {
        let credential = "AWS4-HMAC-SHA256 Credential=x/20261122/local/dynamodb/aws4_request, SignedHeaders=host, Signature=x";
        bench
            .web
            .post(endpoint)
            .header("x-amz-target", "DynamoDB_20120810.ListTables")
            .header("x-amz-date", "20261122T093000Z")
            .header("authorization", credential)
            .header("content-type", "application/x-amz-json-1.0")
            .body("{}")
    };
    let account = |endpoint: &str| bench.web.get(format!("{endpoint}/v2/email/account"));
    let asked = listing(&local.dynamodb_endpoint);
    let answer = asked.header("origin", "http://localhost:4400").send().await;
    let answer = answer.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    let shown_to = answer.headers().get("access-control-allow-origin");
    assert_eq!(shown_to, None, "it lets any page read it");
    for (name, value) in [
        ("host", "rebound.example"),
        ("host", "localhost.rebound.example:80"),
        ("origin", "https://page.example"),
        ("origin", "null"),
    ] {
        for request in [
            listing(&local.dynamodb_endpoint),
            account(&local.sesv2_endpoint),
            bench.web.request(Method::OPTIONS, &local.dynamodb_endpoint),
        ] {
            let answer = request.header(name, value).send().await.unwrap();
            assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{name}: {value}");
            assert!(!answer.headers().contains_key("access-control-allow-origin"));
        }
    }
}

#[tokio::test]
async fn the_inbox_is_a_page_and_can_be_emptied() {
    let bench = Bench::start(None).await;
    bench.take("1", "first").await;
    bench.settle().await;
    let page = bench
        .web
        .get(bench.url("/_local/mail"))
        .send()
        .await
        .unwrap();
    assert!(
        page.headers()["content-security-policy"]
            .to_str()
            .unwrap()
            .starts_with("default-src 'none'")
    );
    assert!(page.text().await.unwrap().contains("<h2>first</h2>"));
    let emptied = bench
        .web
        .delete(bench.url("/_local/mail.json"))
        .send()
        .await
        .unwrap();
    assert_eq!(emptied.status(), StatusCode::NO_CONTENT);
    assert_eq!(bench.get("/_local/mail.json").await, json!([]));
    assert_eq!(
        bench.get("/_local/mail/count.json").await,
        json!({"count": 0})
    );
}

#[tokio::test]
async fn info_tells_tools_where_everything_is() {
    let bench = Bench::start(None).await;
    let info = bench.get("/_local/info.json").await;
    assert_eq!(info["tables"], json!({"journal": "lanyard-journal"}));
    let client = sdk::dynamodb(info["endpoints"]["dynamodb"].as_str().unwrap(), "test");
    assert_eq!(
        client.list_tables().send().await.unwrap().table_names(),
        ["lanyard-journal"]
    );
    assert!(
        info["endpoints"]["sesv2"]
            .as_str()
            .unwrap()
            .starts_with("http://127.0.0.1:")
    );
}
