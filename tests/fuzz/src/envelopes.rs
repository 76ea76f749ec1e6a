//! Events from API Gateway, genuine or not: of either payload format, to a hook.

use hooks::scheme::{sign, verify};
use hooks::secret::Secret;
use lambda_http::http::StatusCode;
use lambda_http::request::LambdaRequest;
use lambda_http::{Context, Request, RequestExt};
use serde_json::Value;

use crate::bundle::{self, Bundle, now};

/// The bytes are the event, as JSON. Its source signs an event that has `{signed}` for a signature.
pub(crate) fn run(input: &[u8]) {
    let Ok(event) = serde_json::from_slice::<LambdaRequest>(input) else {
        return;
    };
    if !app::http::readable(&event) {
        return;
    }
    let mut request = Request::from(event).with_lambda_context(Context::default());
    bundle::with(|bundle| {
        bundle.sign(&mut request);
        let headers = request.headers().clone();
        let body = request.body().to_vec();
        let source = source(&request);
        let answer = request_created::handle(&bundle.hooks, request);
        let response = bundle.runtime.block_on(answer).unwrap().0;
        let (status, writes) = (response.status(), bundle.aws.take_writes());
        assert!(!status.is_server_error(), "{response:?}");
        let text = std::str::from_utf8(response.body()).unwrap();
        let said: Value = serde_json::from_str(text).unwrap();
        if status.is_success() {
            let source = bundle.source(&source.unwrap());
            let secret = &bundle.secrets[source.id.as_str()];
            let secrets = [Secret::parse(&source.scheme, secret).unwrap()];
            verify(&source.scheme, &headers, &body, &secrets, now()).unwrap();
        } else {
            assert_eq!(said["status"], status.as_u16());
        }
        if status == StatusCode::UNAUTHORIZED {
            assert_eq!(writes, 0, "a stranger wrote something");
        }
        assert_eq!(bundle.aws.take_mails(), 0, "a hook sent mail");
    });
}

fn source(request: &Request) -> Option<String> {
    let parameters = request.path_parameters();
    parameters.first("source").map(str::to_owned)
}

impl Bundle {
    fn sign(&self, request: &mut Request) {
        let asked = request.headers().get("webhook-signature");
        let known = source(request).filter(|id| self.secrets.contains_key(id));
        let (true, Some(id)) = (asked.is_some_and(|asked| asked == "{signed}"), known) else {
            return;
        };
        let scheme = &self.source(&id).scheme;
        let secret = Secret::parse(scheme, &self.secrets[&id]).unwrap();
        let delivery = "fuzz_1".parse().unwrap();
        let signed = sign(scheme, &secret, &delivery, now(), request.body()).unwrap();
        request.headers_mut().extend(signed);
    }
}
