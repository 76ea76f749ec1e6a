//! API Gateway's HTTP API: from a request to an event of payload format 2.0, and from a function's
//! answer to a response.
//!
//! Source: "Working with AWS Lambda proxy integrations for HTTP APIs" in the API Gateway developer
//! guide.

use std::collections::BTreeMap;
use std::net::IpAddr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, COOKIE, HeaderName, HeaderValue, SET_COOKIE, USER_AGENT};
use http::request::Parts;
use http::{HeaderMap, Response, StatusCode};
use jiff::Timestamp;
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};

use crate::lambda::function::FunctionError;

/// The largest body that API Gateway accepts: 10 MB ("Quotas for HTTP APIs").
pub const LARGEST_BODY: usize = 10_000_000;

/// The surroundings of one request.
#[derive(Debug, Clone)]
pub struct Envelope<'a> {
    /// The route that matched, such as `POST /hooks/{source}/request-created`.
    pub route_key: String,
    /// The values of the route's variables, decoded.
    pub path_parameters: BTreeMap<String, String>,
    /// The id of this request.
    pub request_id: &'a str,
    /// The caller's address.
    pub source_ip: IpAddr,
    /// The time of the request.
    pub at: Timestamp,
}

/// The event of a request. An HTTP API decodes the path, in `rawPath` too, and passes the query as
/// it came; a function's own address and `cargo lambda` pass both as they came.
#[must_use]
pub fn event(parts: &Parts, body: &Bytes, envelope: &Envelope<'_>) -> Value {
    let (body, is_base64_encoded) = body_of(&parts.headers, body);
    let host = parts
        .headers
        .get(http::header::HOST)
        .and_then(|value| value.to_str().ok());
    let host = host.unwrap_or("localhost");
    let path = decoded(parts.uri.path());
    let query = parts.uri.query().unwrap_or("");
    let mut event = json!({
        "version": "2.0",
        "routeKey": envelope.route_key,
        "rawPath": path,
        "rawQueryString": query,
        "headers": headers_of(&parts.headers, envelope.source_ip),
        "requestContext": {
            "accountId": "000000000000",
            "apiId": "local",
            "domainName": host,
            "domainPrefix": host.split('.').next(),
            "http": {
                "method": parts.method.as_str(),
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": envelope.source_ip.to_string(),
                "userAgent": parts.headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or(""),
            },
            "requestId": envelope.request_id,
            "routeKey": envelope.route_key,
            "stage": "$default",
            "time": envelope.at.strftime("%d/%b/%Y:%H:%M:%S +0000").to_string(),
            "timeEpoch": envelope.at.as_millisecond(),
        },
        "isBase64Encoded": is_base64_encoded,
    });
    // Absent rather than empty, as API Gateway does it.
    let cookies = cookies_of(&parts.headers);
    if !cookies.is_empty() {
        event["cookies"] = json!(cookies);
    }
    let parameters = query_parameters(query);
    if !parameters.is_empty() {
        event["queryStringParameters"] = json!(parameters);
    }
    if !envelope.path_parameters.is_empty() {
        event["pathParameters"] = json!(envelope.path_parameters);
    }
    if let Some(body) = body {
        event["body"] = json!(body);
    }
    event
}

/// Headers with names in lower case; a comma joins several values of one name. Cookies have their
/// own place.
fn headers_of(headers: &HeaderMap, source_ip: IpAddr) -> Map<String, Value> {
    let mut joined = Map::new();
    for name in headers.keys().filter(|name| *name != COOKIE) {
        let values: Vec<_> = headers
            .get_all(name)
            .iter()
            .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
            .collect();
        joined.insert(name.as_str().to_owned(), json!(values.join(",")));
    }
    joined.insert("x-forwarded-for".to_owned(), json!(source_ip.to_string()));
    joined.insert("x-forwarded-proto".to_owned(), json!("http"));
    joined
}

fn cookies_of(headers: &HeaderMap) -> Vec<String> {
    let lines = headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok());
    lines
        .flat_map(|line| line.split(';'))
        .map(|cookie| cookie.trim().to_owned())
        .filter(|cookie| !cookie.is_empty())
        .collect()
}

/// Decoded parameters; a comma joins several values of one name.
fn query_parameters(query: &str) -> BTreeMap<String, String> {
    let mut parameters: BTreeMap<String, String> = BTreeMap::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let value = decoded(&value.replace('+', " "));
        parameters
            .entry(decoded(&name.replace('+', " ")))
            .and_modify(|values| {
                values.push(',');
                values.push_str(&value);
            })
            .or_insert(value);
    }
    parameters
}

/// A percent-encoded part of an address, as text.
#[must_use]
pub fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Text is passed as it is, everything else in base64. Forms count as "everything else": for API
/// Gateway only `text/*`, JSON, XML and JavaScript are text.
fn body_of(headers: &HeaderMap, body: &Bytes) -> (Option<String>, bool) {
    if body.is_empty() {
        return (None, false);
    }
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let kind = kind
        .unwrap_or("text/plain")
        .split(';')
        .next()
        .unwrap_or("")
        .trim();
    let is_text = kind.starts_with("text/")
        || [
            "application/json",
            "application/xml",
            "application/javascript",
        ]
        .contains(&kind)
        || kind.ends_with("+json")
        || kind.ends_with("+xml");
    match std::str::from_utf8(body) {
        Ok(text) if is_text => (Some(text.to_owned()), false),
        _ => (Some(STANDARD.encode(body)), true),
    }
}

/// The response to a function's answer.
#[must_use]
pub fn response(answer: &Value) -> Response<Bytes> {
    build(answer)
        .unwrap_or_else(|| message(StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error"))
}

/// `None` for an invalid answer; API Gateway then answers 500.
fn build(answer: &Value) -> Option<Response<Bytes>> {
    let status = u16::try_from(answer.get("statusCode")?.as_u64()?).ok()?;
    let text = answer.get("body").and_then(Value::as_str).unwrap_or("");
    let body = if answer.get("isBase64Encoded") == Some(&Value::Bool(true)) {
        Bytes::from(STANDARD.decode(text).ok()?)
    } else {
        Bytes::copy_from_slice(text.as_bytes())
    };
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(status).ok()?;
    let headers = response.headers_mut();
    for (name, value) in answer
        .get("headers")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
        headers.append(name, HeaderValue::from_str(value.as_str()?).ok()?);
    }
    for cookie in answer
        .get("cookies")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        headers.append(SET_COOKIE, HeaderValue::from_str(cookie.as_str()?).ok()?);
    }
    Some(response)
}

/// API Gateway's answer in place of a function that gave none.
#[must_use]
pub fn failure(error: &FunctionError) -> Response<Bytes> {
    match error {
        FunctionError::TimedOut(_) => {
            message(StatusCode::SERVICE_UNAVAILABLE, "Service Unavailable")
        }
        FunctionError::Missing(_)
        | FunctionError::Payload(_)
        | FunctionError::Failed(_)
        | FunctionError::TooLarge(_)
        | FunctionError::Panicked(_) => {
            message(StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error")
        }
    }
}

/// An answer of API Gateway itself: `{"message": …}`.
#[must_use]
pub fn message(status: StatusCode, text: &str) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(json!({"message": text}).to_string()));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

#[cfg(test)]
mod tests {
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
}
