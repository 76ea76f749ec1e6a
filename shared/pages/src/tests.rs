#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::sync::Arc;

use app::{
    Config, Services,
    aws::Clients,
    clock::{FixedClock, SeededIds},
};
use lambda_http::http::{Method, StatusCode, header};
use lambda_http::{Body, Request, RequestExt, Response};

use crate::Site;

/// Pages over tables that nobody answers for: what is asked of them here needs none.
fn site() -> Site {
    // The discard port (RFC 863): nothing listens there.
    let config = Config::for_tests("http://127.0.0.1:9");
    let clients = Clients::build(&config.aws).unwrap();
    let clock = FixedClock::at("2026-11-22T09:30:00Z".parse().unwrap());
    let ids = SeededIds::new(1);
    Site::new(Services::new(
        clients.dynamodb,
        &config,
        Arc::new(clock),
        Arc::new(ids),
    ))
}

async fn ask(method: Method, path: &str, kind: &str, body: &str) -> Response<Body> {
    let request = lambda_http::http::Request::builder()
        .method(method)
        .uri(format!("https://desk.example{path}"))
        .header(header::CONTENT_TYPE, kind)
        .body(Body::from(body))
        .unwrap();
    let request: Request = request.with_raw_http_path(path);
    site().answer(&request).await
}

const FORM: &str = "application/x-www-form-urlencoded";

async fn get(path: &str) -> Response<Body> {
    ask(Method::GET, path, "", "").await
}

async fn post(path: &str, body: &str) -> Response<Body> {
    ask(Method::POST, path, FORM, body).await
}

fn text(response: &Response<Body>) -> &str {
    std::str::from_utf8(response.body()).unwrap()
}

#[tokio::test]
async fn what_is_no_link_of_ours_is_one_and_the_same_page() {
    let expected = get("/l/x").await;
    assert_eq!(expected.status(), StatusCode::NOT_FOUND);
    assert!(text(&expected).contains("action=\"/send-link\""));
    let long = format!("/l/{}", "A".repeat(5_000));
    for path in [
        "/l/",
        "/l/AQAAAAA",
        "/l/../l/x",
        "/l/%3Cscript%3E",
        &long,
        "/nothing",
        "/console",
        "/console/ACME",
        "/requests/it/IT-1/more/and/more",
        "/assets/style.css",
        "/send-link/more",
    ] {
        let answer = get(path).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
        assert_eq!(text(&answer), text(&expected), "{path}");
        assert_eq!(answer.headers(), expected.headers(), "{path}");
    }
    for path in ["/l/x", "/l/AQAAAAA", "/console/ACME"] {
        let answer = post(path, "wish=yes&token=x").await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
        assert_eq!(text(&answer), text(&expected), "{path}");
    }
}

#[tokio::test]
async fn a_head_is_answered_as_a_get_without_its_body() {
    for path in ["/l/x", "/send-link", "/requests/it/IT-1", "/nothing"] {
        let (got, head) = (get(path).await, ask(Method::HEAD, path, "", "").await);
        assert_eq!(got.status(), head.status(), "{path}");
        assert_eq!(got.headers(), head.headers(), "{path}");
        assert!(head.body().is_empty(), "{path}");
    }
}

#[tokio::test]
async fn other_methods_are_told_which_there_are() {
    for method in [Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS] {
        let answer = ask(method.clone(), "/l/x", "", "").await;
        assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED, "{method}");
        assert_eq!(answer.headers()[header::ALLOW], "GET, HEAD, POST");
    }
}

#[tokio::test]
async fn a_post_that_is_no_form_of_ours_does_nothing() {
    for (kind, body) in [
        (FORM, ""),
        (FORM, "wish=yes"),
        (FORM, "token=x"),
        (FORM, "wish=everything&token=x"),
        (FORM, "wish=yes&wish=no&token=x"),
        ("application/json", r#"{"wish":"yes","token":"x"}"#),
        ("text/plain", "wish=yes&token=x"),
    ] {
        let answer = ask(Method::POST, "/l/x", kind, body).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{kind} {body}");
    }
    let fits = format!("wish=yes&token=x&why={}", "a".repeat(8 * 1_024 - 21));
    assert_eq!(post("/l/x", &fits).await.status(), StatusCode::NOT_FOUND);
    let answer = post("/l/x", &format!("{fits}a")).await;
    assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_reason_is_one_line_of_at_most_500_characters() {
    for (why, status) in [
        ("a".repeat(500), StatusCode::NOT_FOUND),
        ("%0D%0Aone%0D%0A%09two".to_owned(), StatusCode::NOT_FOUND),
        ("%F0%9F%8E%AB".repeat(500), StatusCode::NOT_FOUND),
        ("a".repeat(501), StatusCode::UNPROCESSABLE_ENTITY),
        ("%E2%80%AE".to_owned(), StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let body = format!("wish=approve&token=x&why={why}");
        assert_eq!(post("/l/x", &body).await.status(), status, "{why}");
    }
}

#[tokio::test]
async fn a_mail_program_is_understood_in_whatever_shape_it_asks() {
    for (kind, body) in [
        (FORM, "List-Unsubscribe=One-Click"),
        ("", "List-Unsubscribe=One-Click"),
        ("text/plain", "List-Unsubscribe=One-Click\r\n"),
        ("multipart/form-data; boundary=b1", "--b2\nList-Unsubscribe"),
        ("application/json", "{}"),
        (FORM, "wish=resume"),
        (FORM, ""),
    ] {
        // The token is none of ours, so what is understood is answered with 404.
        let answer = ask(Method::POST, "/unsubscribe/x", kind, body).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{kind} {body}");
    }
    for method in [Method::GET, Method::HEAD] {
        let answer = ask(method.clone(), "/unsubscribe/x", "", "").await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{method}");
    }
}

#[tokio::test]
async fn what_is_no_address_is_said_and_shown_again() {
    let answer = post("/send-link", "email=lena%22%3E%40").await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(&answer).contains("value=\"lena&#34;&#62;@\""));
    assert!(text(&answer).contains("aria-invalid=\"true\""));
}
