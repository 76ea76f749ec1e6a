//! Requests to the pages from browsers, scanners and attackers: paths, queries, cookies, forms.

use domain::link::{Purpose, Scope};
use lambda_http::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use lambda_http::{Body, Context, Request, RequestExt, Response};
use links::{Claims, Nonce, Session, sign, sign_session};

use crate::bundle::{self, Bundle, now};

/// A text that must never come back as a tag.
const MARK: &str = "<fuzz";

/// A line with method and address, lines of headers, an empty line, and the body. `{console}` and
/// similar names stand for genuine tokens.
pub(crate) fn run(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else {
        return;
    };
    bundle::with(|bundle| {
        let text = bundle.filled(text);
        let Some(request) = request(&text) else {
            return;
        };
        let method = request.method().clone();
        let answer = self_service::handle(&bundle.site, request);
        let response = bundle.runtime.block_on(answer).unwrap();
        judge(&method, &response, bundle);
    });
}

fn request(text: &str) -> Option<Request> {
    let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
    let mut lines = head.lines();
    let (method, address) = lines.next()?.split_once(' ')?;
    let path = address.split('?').next()?.to_owned();
    let mut request = lambda_http::http::Request::builder()
        .method(Method::from_bytes(method.as_bytes()).ok()?)
        .uri(format!("https://desk.example{address}"));
    for line in lines {
        let (name, value) = line.split_once(':')?;
        let name: HeaderName = name.parse().ok()?;
        request = request.header(name, HeaderValue::from_str(value.trim()).ok()?);
    }
    let request = request.body(Body::from(body.to_owned())).ok()?;
    let request = request.with_raw_http_path(path);
    Some(request.with_lambda_context(Context::default()))
}

fn judge(method: &Method, response: &Response<Body>, bundle: &Bundle) {
    let status = response.status();
    assert!(!status.is_server_error(), "{response:?}");
    let (writes, mails) = (bundle.aws.take_writes(), bundle.aws.take_mails());
    assert_eq!(mails, 0, "a page sent mail");
    if method == Method::GET || method == Method::HEAD {
        assert_eq!(writes, 0, "whoever looked wrote something");
    }
    let headers = response.headers();
    if let Some(to) = headers.get(header::LOCATION) {
        let to = to.to_str().unwrap();
        let own = to.starts_with('/') && !to.starts_with("//") && !to.starts_with("/\\");
        assert!(own, "it leads away, to {to}");
    }
    let kind = headers.get(header::CONTENT_TYPE);
    let html = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if html && !headers.contains_key(header::CONTENT_ENCODING) {
        let page = String::from_utf8_lossy(response.body());
        assert!(!page.contains(MARK), "{page}");
        assert!(headers.contains_key(header::CONTENT_SECURITY_POLICY));
    }
    if status == StatusCode::METHOD_NOT_ALLOWED {
        assert!(headers.contains_key(header::ALLOW));
    }
}

impl Bundle {
    /// The text with genuine tokens of Lena, who leads acme.
    fn filled(&self, text: &str) -> String {
        let acme = || Scope::Organization {
            org: "acme".parse().unwrap(),
        };
        let links = [
            ("{console}", Purpose::LeadConsole, acme()),
            ("{review}", Purpose::Review, acme()),
            ("{own}", Purpose::Requester, Scope::Own),
            ("{unsubscribe}", Purpose::Unsubscribe, Scope::Own),
            ("{keep}", Purpose::KeepAccess, acme()),
            ("{accept}", Purpose::AcceptInvitation, acme()),
        ];
        let mut filled = text.to_owned();
        for (blank, purpose, scope) in links {
            if filled.contains(blank) {
                let token = sign(&claims(purpose, scope), &self.services.keys.links);
                filled = filled.replace(blank, token.as_str());
            }
        }
        let sessions = [
            ("{console-session}", Purpose::LeadConsole, acme()),
            ("{own-session}", Purpose::Requester, Scope::Own),
        ];
        for (blank, purpose, scope) in sessions {
            if filled.contains(blank) {
                let session = Session::begin(&claims(purpose, scope), nonce(), now());
                let token = sign_session(&session, &self.services.keys.sessions);
                filled = filled.replace(blank, token.as_str());
            }
        }
        filled
    }
}

fn claims(purpose: Purpose, scope: Scope) -> Claims {
    Claims {
        purpose,
        subject: "lena@acme.example".parse().unwrap(),
        scope,
        expires_at: "2027-01-01T00:00:00Z".parse().unwrap(),
        epoch: 0,
        nonce: nonce(),
    }
}

fn nonce() -> Nonce {
    Nonce::from(uuid::Uuid::from_u128(7))
}
