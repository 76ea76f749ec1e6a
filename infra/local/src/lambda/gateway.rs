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
mod tests;
