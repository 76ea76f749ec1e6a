#![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

use std::convert::Infallible;
use std::net::Ipv4Addr;
use std::sync::Arc;

use http::Request;
use lambda_http::{Body, RequestExt};

use super::*;
use crate::clock::MovableClock;
use crate::lambda::function::{Functions, Invoker};
use crate::template::Template;

fn envelope() -> Envelope<'static> {
    Envelope {
        route_key: "POST /hooks/{source}/f".to_owned(),
        path_parameters: [("source".to_owned(), "forms".to_owned())].into(),
        request_id: "r1",
        source_ip: Ipv4Addr::LOCALHOST.into(),
        at: "2026-11-22T09:30:00Z".parse().unwrap(),
    }
}

fn request(kind: &str, body: &[u8]) -> (Parts, Bytes) {
    let request = Request::post("/hooks/forms/f?a=1&a=b%20c&d")
        .header("host", "localhost:4400")
        .header("content-type", kind)
        .header("X-Several", "1")
        .header("X-Several", "2")
        .header("cookie", "a=1; b=2")
        .body(())
        .unwrap();
    (request.into_parts().0, Bytes::copy_from_slice(body))
}

#[test]
fn the_event_is_of_payload_format_2() {
    let (parts, body) = request("application/json", b"{}");
    let event = event(&parts, &body, &envelope());
    assert_eq!(event["version"], "2.0");
    assert_eq!(event["rawPath"], "/hooks/forms/f");
    assert_eq!(event["rawQueryString"], "a=1&a=b%20c&d");
    assert_eq!(
        event["queryStringParameters"],
        json!({"a": "1,b c", "d": ""})
    );
    assert_eq!(event["pathParameters"], json!({"source": "forms"}));
    assert_eq!(event["headers"]["x-several"], "1,2");
    assert_eq!(event["headers"].get("cookie"), None);
    assert_eq!(event["cookies"], json!(["a=1", "b=2"]));
    assert_eq!(event["requestContext"]["http"]["sourceIp"], "127.0.0.1");
    assert_eq!(
        event["requestContext"]["time"],
        "22/Nov/2026:09:30:00 +0000"
    );
    assert_eq!(
        (&event["body"], &event["isBase64Encoded"]),
        (&json!("{}"), &json!(false))
    );
}

/// As captured from an HTTP API (hono's issue 2156, aws-lambda-fastify's issue 169).
#[test]
fn the_path_is_handed_over_decoded_and_the_query_as_it_came() {
    for (sent, raw) in [
        (
            "/RSC/%40id%2Fassets%2Frsf0.js%23save.txt",
            "/RSC/@id/assets/rsf0.js#save.txt",
        ),
        ("/a%2Fb", "/a/b"),
        ("/a+b%20c%2B", "/a+b c+"),
        ("/100%25", "/100%"),
        ("/%252F", "/%2F"),
        ("/%C3%A9t%c3%a9", "/été"),
        ("/%FF", "/\u{fffd}"),
    ] {
        let request = Request::get(format!("{sent}?a=b%20c%2Fd"))
            .body(())
            .unwrap();
        let event = event(&request.into_parts().0, &Bytes::new(), &envelope());
        assert_eq!(event["rawPath"], raw, "{sent}");
        assert_eq!(event["requestContext"]["http"]["path"], raw, "{sent}");
        assert_eq!(event["rawQueryString"], "a=b%20c%2Fd", "{sent}");
    }
}

#[test]
fn forms_and_what_is_no_text_are_handed_over_in_base64() {
    for (kind, body) in [
        ("application/x-www-form-urlencoded", &b"a=1"[..]),
        ("application/octet-stream", b"a"),
        ("application/json", b"\xff"),
    ] {
        let (parts, body) = request(kind, body);
        let event = event(&parts, &body, &envelope());
        assert_eq!(event["isBase64Encoded"], true, "{kind}");
        assert_eq!(
            STANDARD.decode(event["body"].as_str().unwrap()).unwrap(),
            body
        );
    }
}

async fn through_the_real_envelope(kind: &str, body: &'static [u8]) -> Response<Bytes> {
    let functions = Functions::new().http("f", |request: lambda_http::Request| async move {
        let source = request
            .path_parameters()
            .first("source")
            .unwrap_or("")
            .to_owned();
        let answer = http::Response::builder()
            .status(202)
            .header("content-type", "application/octet-stream")
            .header("set-cookie", "a=1")
            .header("set-cookie", "b=2")
            .header("x-source", source)
            .header("x-path", request.uri().path())
            .body(Body::Binary(request.body().to_vec()))
            .unwrap();
        Ok::<_, Infallible>(answer)
    });
    let template = Template::read("Resources: {}", "lanyard", &BTreeMap::new()).unwrap();
    let invoker = Invoker::new(functions, Arc::new(template), MovableClock::real());
    let (parts, body) = request(kind, body);
    let event = event(&parts, &body, &envelope());
    response(&invoker.invoke("f", "r1", event).await.unwrap())
}

#[tokio::test]
async fn a_handler_sees_the_very_bytes_and_its_answer_comes_back_whole() {
    for (kind, body) in [
        ("application/json", &b"{ \"a\": \"\xc3\xa9\" }"[..]),
        ("image/png", b"\x00\xff\x89"),
    ] {
        let response = through_the_real_envelope(kind, body).await;
        assert_eq!(response.status(), 202);
        assert_eq!(response.body().as_ref(), body);
        assert_eq!(response.headers()["x-source"], "forms");
        assert_eq!(response.headers()["x-path"], "/hooks/forms/f");
        let cookies: Vec<_> = response.headers().get_all(SET_COOKIE).iter().collect();
        assert_eq!(cookies, ["a=1", "b=2"]);
    }
}

#[test]
fn an_answer_that_is_none_and_a_failure_are_500_and_a_timeout_is_503() {
    assert_eq!(response(&json!("x")).status(), 500);
    assert_eq!(response(&json!({"statusCode": 99_999})).status(), 500);
    let failed = FunctionError::Failed("the reason".to_owned());
    assert_eq!(
        failure(&failed).body().as_ref(),
        br#"{"message":"Internal Server Error"}"#
    );
    let late = FunctionError::TimedOut(jiff::SignedDuration::from_secs(1));
    assert_eq!(failure(&late).status(), 503);
}
