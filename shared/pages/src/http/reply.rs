//! Answers: a page, a file or nothing, a status, and the headers that every answer has.

use domain::Refusal;
use lambda_http::{
    Body, Request, Response,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
};

use super::{compress, cookies};

/// The rights of a page (Content Security Policy Level 3): it may load the project's own stylesheet
/// and script, and send its script's requests and its forms to its own site. The one image is the
/// empty icon in the page itself, without which browsers ask for one. It may load nothing else
/// inline, no frame, and nothing from elsewhere.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; \
                      connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// An answer before it is one of HTTP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reply {
    /// The status.
    pub(crate) status: StatusCode,
    /// The content.
    pub(crate) content: Content,
    /// The address to go to.
    pub(crate) location: Option<String>,
    /// The cookies to set or delete.
    pub(crate) cookies: Vec<HeaderValue>,
    /// After how many seconds to try again.
    pub(crate) retry_after: Option<u32>,
    /// The methods that the address takes, when it was asked with another.
    pub(crate) allow: Option<&'static str>,
}

/// The content of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Content {
    /// None: machines read only the status, and browsers go on.
    Nothing,
    /// A page.
    Page(String),
    /// A file that never changes under its name.
    Asset {
        /// Its media type.
        kind: &'static str,
        /// The content.
        text: &'static str,
    },
    /// A file to keep.
    Download {
        /// Its media type.
        kind: &'static str,
        /// Its name: letters, digits, dots and hyphens.
        name: String,
        /// The content.
        bytes: Vec<u8>,
    },
}

impl Content {
    fn kind(&self) -> Option<&'static str> {
        match self {
            Self::Nothing => None,
            Self::Page(_) => Some("text/html; charset=utf-8"),
            Self::Asset { kind, .. } | Self::Download { kind, .. } => Some(kind),
        }
    }

    fn cache(&self) -> &'static str {
        match self {
            Self::Nothing | Self::Page(_) | Self::Download { .. } => "no-store",
            Self::Asset { .. } => "public, max-age=31536000, immutable",
        }
    }

    fn into_bytes(self) -> Vec<u8> {
        match self {
            Self::Nothing => Vec::new(),
            Self::Page(html) => html.into_bytes(),
            Self::Asset { text, .. } => text.as_bytes().to_vec(),
            Self::Download { bytes, .. } => bytes,
        }
    }
}

impl Reply {
    /// A page.
    pub(crate) fn page(status: StatusCode, html: String) -> Self {
        Self {
            content: Content::Page(html),
            ..Self::bare(status)
        }
    }

    /// A status without a page.
    pub(crate) fn bare(status: StatusCode) -> Self {
        Self {
            status,
            content: Content::Nothing,
            location: None,
            cookies: Vec::new(),
            retry_after: None,
            allow: None,
        }
    }

    /// The answer to a posted form: leads to the page with its result, so that reloading posts
    /// nothing.
    pub(crate) fn see_other(to: &str) -> Self {
        Self {
            location: Some(to.to_owned()),
            ..Self::bare(StatusCode::SEE_OTHER)
        }
    }

    /// The same, after which the browser keeps no session.
    pub(crate) fn forgetting_sessions(self, request: &Request) -> Self {
        let kept = cookies::sessions(request.headers());
        Self {
            cookies: kept.map(cookies::forget).collect(),
            ..self
        }
    }

    /// The same when it answers a refusal: of what only time mends, it is 429 and says when.
    pub(crate) fn after_refusal(self, refusal: &Refusal) -> Self {
        match refusal.retry_after {
            None => self,
            Some(seconds) => Self {
                status: StatusCode::TOO_MANY_REQUESTS,
                retry_after: Some(seconds),
                ..self
            },
        }
    }

    /// The page, when it is one.
    #[cfg(test)]
    pub(crate) fn html(&self) -> Option<&str> {
        match &self.content {
            Content::Page(html) => Some(html),
            Content::Nothing | Content::Asset { .. } | Content::Download { .. } => None,
        }
    }

    /// The response to a request. A HEAD gets a GET's headers and no body (RFC 9110 §9.3.2).
    pub(crate) fn response(self, request: &Request) -> Response<Body> {
        let mut headers = HeaderMap::new();
        let fixed = |text| HeaderValue::from_static(text);
        headers.insert(header::CACHE_CONTROL, fixed(self.content.cache()));
        headers.insert(header::REFERRER_POLICY, fixed("same-origin"));
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, fixed("nosniff"));
        headers.insert(header::STRICT_TRANSPORT_SECURITY, fixed("max-age=31536000"));
        headers.insert(header::CONTENT_SECURITY_POLICY, fixed(POLICY));
        if let Some(kind) = self.content.kind() {
            headers.insert(header::CONTENT_TYPE, fixed(kind));
            headers.insert(
                header::VARY,
                fixed("Accept-Encoding, Accept-Language, Cookie"),
            );
        }
        if let Content::Download { name, .. } = &self.content {
            let named = format!("attachment; filename=\"{name}\"");
            let named = HeaderValue::try_from(named).expect("a file's plain name is a header");
            headers.insert(header::CONTENT_DISPOSITION, named);
        }
        if let Some(location) = &self.location {
            let location = HeaderValue::try_from(location).expect("our addresses are headers");
            headers.insert(header::LOCATION, location);
        }
        for cookie in self.cookies {
            headers.append(header::SET_COOKIE, cookie);
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if let Some(methods) = self.allow {
            headers.insert(header::ALLOW, fixed(methods));
        }
        let body = body(self.content, request, &mut headers);
        let mut response = Response::new(body);
        *response.status_mut() = self.status;
        *response.headers_mut() = headers;
        response
    }
}

fn body(content: Content, request: &Request, headers: &mut HeaderMap) -> Body {
    let is_text = matches!(content, Content::Page(_) | Content::Asset { .. });
    let bytes = content.into_bytes();
    let packed = (is_text && compress::is_taken(request.headers()))
        .then(|| compress::gzip(&bytes))
        .flatten();
    let is_packed = packed.is_some();
    if is_packed {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    if bytes.is_empty() || *request.method() == Method::HEAD {
        return Body::Empty;
    }
    match (packed, is_text) {
        (Some(packed), _) => Body::Binary(packed),
        (None, true) => Body::Text(String::from_utf8(bytes).expect("pages are text")),
        (None, false) => Body::Binary(bytes),
    }
}
