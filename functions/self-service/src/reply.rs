//! Answers: a page or nothing, a status, and the headers that every answer has.

use lambda_http::{
    Body, Response,
    http::{HeaderValue, Method, StatusCode, header},
};

use crate::style::POLICY;

/// An answer before it is one of HTTP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reply {
    /// How it went.
    pub(crate) status: StatusCode,
    /// The page; none for machines, which read the status alone.
    pub(crate) html: Option<String>,
    /// After how many seconds to try again.
    pub(crate) retry_after: Option<u32>,
    /// The methods that the address takes, when it was asked with another.
    pub(crate) allow: Option<&'static str>,
}

impl Reply {
    /// A page.
    pub(crate) fn page(status: StatusCode, html: String) -> Self {
        Self {
            html: Some(html),
            ..Self::bare(status)
        }
    }

    /// A status without a page.
    pub(crate) fn bare(status: StatusCode) -> Self {
        Self {
            status,
            html: None,
            retry_after: None,
            allow: None,
        }
    }

    /// The response. A HEAD gets a GET's headers and no body (RFC 9110 §9.3.2).
    pub(crate) fn response(self, method: &Method) -> Response<Body> {
        let is_page = self.html.is_some();
        let body = match self.html {
            Some(html) if *method != Method::HEAD => Body::Text(html),
            Some(_) | None => Body::Empty,
        };
        let mut response = Response::new(body);
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        for (name, value) in [
            (header::CACHE_CONTROL, "no-store"),
            (header::REFERRER_POLICY, "no-referrer"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::STRICT_TRANSPORT_SECURITY, "max-age=31536000"),
        ] {
            headers.insert(name, HeaderValue::from_static(value));
        }
        headers.insert(header::CONTENT_SECURITY_POLICY, POLICY.clone());
        if is_page {
            let html = HeaderValue::from_static("text/html; charset=utf-8");
            headers.insert(header::CONTENT_TYPE, html);
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if let Some(methods) = self.allow {
            headers.insert(header::ALLOW, HeaderValue::from_static(methods));
        }
        response
    }
}
