//! Between API Gateway and the use cases of hooks: what comes in, and what goes out.

use std::{convert::Infallible, net::IpAddr, pin::Pin};

use base64::{Engine, engine::general_purpose::STANDARD};
use domain::Timestamp;
use hooks::problem::Problem;
use lambda_http::{
    Adapter, Body, Error, IntoResponse, LambdaEvent, Request, RequestExt, Response, Service,
    aws_lambda_events::apigw::ApiGatewayV2httpRequest,
    http::{HeaderValue, StatusCode, Uri, header},
    lambda_runtime,
    request::{LambdaRequest, RequestContext},
    service_fn,
};
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use serde::Serialize;
use url::Url;

use crate::{
    path::Deadline,
    webhook::{Hook, Incoming, Receiver, Reply},
};

/// Says that an answer is the first one, given again. Named as other idempotent APIs name it.
const REPLAYED: &str = "idempotent-replayed";

/// A response whose text is sent as it is.
///
/// A plain `Response` would be looked at for its charset, with a table of every charset there is: a
/// quarter of a megabyte that nobody who answers in JSON needs.
#[derive(Debug)]
pub struct Ready(pub Response<Body>);

impl IntoResponse for Ready {
    fn into_response(self) -> Pin<Box<dyn Future<Output = Response<Body>> + Send>> {
        Box::pin(std::future::ready(self.0))
    }
}

/// Asks the runtime for one request after the other, for as long as the process lives.
///
/// # Errors
/// If the runtime does not answer any more.
pub async fn run<F, Fut, R>(handle: F) -> Result<(), Error>
where
    F: Fn(Request) -> Fut,
    Fut: Future<Output = Result<R, Infallible>> + Send,
    R: IntoResponse,
{
    let handle = &handle;
    lambda_runtime::run(service_fn(|event| answer(handle, event))).await
}

/// Answers one event of the HTTP API as `lambda_http` does. An event that is not [`readable`] is
/// answered with 400. The handler always sees the same path: [`path`].
///
/// # Errors
/// If the handler returns one.
pub async fn answer<F, Fut, R, E>(
    handle: F,
    mut event: LambdaEvent<LambdaRequest>,
) -> Result<impl Serialize, E>
where
    F: Fn(Request) -> Fut,
    Fut: Future<Output = Result<R, E>> + Send,
    R: IntoResponse,
    E: Send,
{
    encode_path(&mut event.payload);
    if readable(&event.payload) {
        // Named, so that the adapter itself is not kept while the answer is waited for.
        let answering = Adapter::from(service_fn(handle)).call(event);
        return answering.await;
    }
    tracing::warn!(
        request.id = event.context.request_id,
        "request cannot be read"
    );
    let nothing = LambdaRequest::ApiGatewayV2(ApiGatewayV2httpRequest::default());
    let refuse = |_: Request| std::future::ready(Ok(unreadable()));
    let event = LambdaEvent::new(nothing, event.context);
    let answering = Adapter::from(service_fn(refuse)).call(event);
    answering.await
}

/// The characters that a path must escape (RFC 3986, section 3.3), and the sign of an escape.
const ESCAPED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Gives the path its escapes back. An HTTP API takes them out before it hands an event over, so that a
/// question mark of the path would begin the query of the address that `lambda_http` makes of it; other
/// ways of calling a function leave them in.
fn encode_path(event: &mut LambdaRequest) {
    if let LambdaRequest::ApiGatewayV2(request) = event
        && let Some(path) = &mut request.raw_path
    {
        *path = utf8_percent_encode(&decoded(path), ESCAPED).to_string();
    }
}

fn decoded(path: &str) -> String {
    percent_decode_str(path).decode_utf8_lossy().into_owned()
}

/// The path that was asked for, without escapes, whether or not it was handed over with them. No name of
/// ours has a character that needs one, so what was escaped twice is none of ours either.
#[must_use]
pub fn path(request: &Request) -> String {
    decoded(request.raw_http_path())
}

/// Tells whether `lambda_http` can make a request of the event. Otherwise it panics: at a body that
/// is not the base64 that it claims to be, and at a host or a query that no address can have (RFC
/// 3986).
#[must_use]
pub fn readable(event: &LambdaRequest) -> bool {
    match event {
        LambdaRequest::ApiGatewayV2(request) => has_body(request) && has_address(request),
        // No other payload format is taken (`apigw_http` alone is compiled in).
        _ => false,
    }
}

fn has_body(request: &ApiGatewayV2httpRequest) -> bool {
    let body = request.body.as_ref().filter(|_| request.is_base64_encoded);
    body.is_none_or(|body| STANDARD.decode(body).is_ok())
}

fn has_address(request: &ApiGatewayV2httpRequest) -> bool {
    let header = |name: &str| request.headers.get(name)?.to_str().ok();
    let host = header("host").or(request.request_context.domain_name.as_deref());
    let scheme = header("x-forwarded-proto").unwrap_or("https");
    let path = request.raw_path.as_deref().unwrap_or_default();
    let query = request.raw_query_string.as_deref().unwrap_or_default();
    let host = host.unwrap_or("localhost");
    // A name may stand before the path, that of the stage, so the path is tried as one that has it.
    let Ok(url) = Url::parse(&format!("{scheme}://{host}/stage{path}")) else {
        return false;
    };
    (path.is_empty() || path.starts_with('/')) && Uri::try_from(format!("{url}?{query}")).is_ok()
}

/// The answer to what cannot be read.
fn unreadable() -> Ready {
    let text = "The request's address or body cannot be read.\n";
    let mut response = Response::new(Body::Text(text.to_owned()));
    *response.status_mut() = StatusCode::BAD_REQUEST;
    let plain = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, plain);
    Ready(response)
}

/// Takes an HTTP request to a hook and answers it. Whatever comes, there is an answer.
///
/// # Panics
/// Never: only statuses of our own are recorded.
pub async fn receive<H: Hook>(receiver: &Receiver<H>, request: Request) -> Ready {
    let request_id = request_id(&request);
    let parameters = request.path_parameters();
    let incoming = Incoming {
        source: parameters.first("source").unwrap_or_default(),
        headers: request.headers(),
        body: request.body(),
        address: source_address(&request),
        deadline: deadline(&request),
    };
    match receiver.receive(&incoming).await {
        Reply::Answer { answer, replayed } => {
            let status =
                StatusCode::from_u16(answer.status).expect("only statuses of our own are recorded");
            // A recorded problem is one when it is given again, too.
            let media_type = if status.is_success() {
                "application/json"
            } else {
                hooks::problem::MEDIA_TYPE
            };
            let mut response = Response::new(Body::Text(answer.body));
            *response.status_mut() = status;
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            if replayed {
                headers.insert(REPLAYED, HeaderValue::from_static("true"));
            }
            Ready(response)
        }
        Reply::Problem(problem) => Ready(problem_response(problem, request_id)),
    }
}

fn problem_response(problem: Problem, request_id: String) -> Response<Body> {
    let (parts, body) = problem.with_instance(request_id).response().into_parts();
    Response::from_parts(parts, Body::Text(body))
}

/// The id under which Lambda logs this invocation.
#[must_use]
pub fn request_id(request: &Request) -> String {
    request
        .lambda_context_ref()
        .map(|context| context.request_id.clone())
        .unwrap_or_default()
}

/// From where the request came, as API Gateway saw it.
#[must_use]
pub fn source_address(request: &Request) -> Option<IpAddr> {
    let RequestContext::ApiGatewayV2(context) = request.request_context_ref()? else {
        return None;
    };
    context.http.source_ip.as_deref()?.parse().ok()
}

/// The instant at which Lambda ends this invocation.
#[must_use]
pub fn deadline(request: &Request) -> Deadline {
    let context = request.lambda_context_ref();
    context.map_or(Deadline::NONE, |context| deadline_of(context.deadline))
}

/// The year in which Lambda began, in milliseconds since 1970: 2014-01-01T00:00:00Z.
const LAMBDA_BEGAN: i64 = 1_388_534_400_000;

/// A deadline as Lambda gives it: milliseconds since 1970; 0 when there is none.
///
/// `cargo lambda watch` gives a span of ten minutes where an instant belongs. Read as one it would
/// have passed long before there was Lambda, so no instant from then is taken for a deadline.
#[must_use]
pub fn deadline_of(millisecond: u64) -> Deadline {
    let instant = i64::try_from(millisecond)
        .ok()
        .filter(|millisecond| *millisecond >= LAMBDA_BEGAN)
        .and_then(|millisecond| Timestamp::from_millisecond(millisecond).ok());
    instant.map_or(Deadline::NONE, Deadline::at)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn a_deadline_is_an_instant_and_a_span_is_none() {
        let began: Timestamp = "2014-01-01T00:00:00Z".parse().unwrap();
        assert_eq!(deadline_of(1_388_534_400_000), Deadline::at(began));
        for none in [0, 600_000, 1_388_534_399_999, u64::MAX] {
            assert_eq!(deadline_of(none), Deadline::NONE, "{none}");
        }
    }
}
