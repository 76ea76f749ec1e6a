//! Between API Gateway and the use cases of hooks: what comes in, and what goes out.

use std::net::IpAddr;

use domain::Timestamp;
use hooks::problem::Problem;
use lambda_http::{
    Body, Request, RequestExt, Response,
    http::{HeaderValue, StatusCode, header},
    request::RequestContext,
};

use crate::webhook::{Incoming, Receiver, Reply};

/// Says that an answer is the first one, given again. Named as other idempotent APIs name it.
const REPLAYED: &str = "idempotent-replayed";

/// Takes an HTTP request to a hook and answers it. Whatever comes, there is an answer.
///
/// # Panics
/// Never: only statuses of our own are recorded.
pub async fn receive(receiver: &Receiver, request: Request) -> Response<Body> {
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
            response
        }
        Reply::Problem(problem) => problem_response(problem, request_id),
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

/// When Lambda ends this invocation.
#[must_use]
pub fn deadline(request: &Request) -> Option<Timestamp> {
    deadline_of(request.lambda_context_ref()?.deadline)
}

/// A deadline as Lambda gives it: milliseconds since 1970; 0 when there is none.
#[must_use]
pub fn deadline_of(millisecond: u64) -> Option<Timestamp> {
    let millisecond = i64::try_from(millisecond).ok().filter(|at| *at > 0)?;
    Timestamp::from_millisecond(millisecond).ok()
}
