//! Every answer that is not a success, as problem details (RFC 9457).
//!
//! The caller and the log get different texts. A problem never repeats a value that the caller
//! sent. It names fields by their place, in the caller's own document.

use domain::{Refusal, RefusedField};
use http::{HeaderValue, Response, StatusCode, header};
use serde::Serialize;

/// The media type of a problem's body (RFC 9457 §3).
pub const MEDIA_TYPE: &str = "application/problem+json";

/// The beginning of the problem types' addresses. They are identifiers; nobody has to fetch them
/// (RFC 9457 §3.1.1).
const TYPES: &str = "https://lanyard.example/problems/";

/// The reason why an event was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Names the kind of problem.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in a few words, the same for every occurrence.
    pub title: &'static str,
    /// The HTTP status, repeated in the body as RFC 9457 requires.
    pub status: u16,
    /// The fault in this delivery, for the sender's developer or administrator.
    pub detail: String,
    /// The id of the answered request; logs have it too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
    /// For 422, the refusal by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The field at fault, as a JSON Pointer (RFC 6901) into the body that was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Seconds after which to try again; sent as `Retry-After`, not in the body.
    #[serde(skip)]
    pub retry_after: Option<u32>,
}

impl Problem {
    fn new(status: StatusCode, slug: &str, title: &'static str, detail: impl Into<String>) -> Self {
        Self {
            kind: format!("{TYPES}{slug}"),
            title,
            status: status.as_u16(),
            detail: detail.into(),
            instance: None,
            code: None,
            field: None,
            retry_after: None,
        }
    }

    /// 400: the body is no JSON document.
    #[must_use]
    pub fn not_json(detail: impl Into<String>) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "not-json",
            "The body is not a JSON document",
            detail,
        )
    }

    /// 400: the source's mapping found no value where it needs one.
    #[must_use]
    pub fn mapping_does_not_fit(pointer: Option<&str>, detail: impl Into<String>) -> Self {
        Self {
            field: pointer.map(str::to_owned),
            ..Self::new(
                StatusCode::BAD_REQUEST,
                "mapping-does-not-fit",
                "The payload does not fit the source's mapping",
                detail,
            )
        }
    }

    /// 400: a field is missing or has a value it cannot have.
    #[must_use]
    pub fn invalid_field(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Self {
            field: Some(pointer.into()),
            ..Self::new(
                StatusCode::BAD_REQUEST,
                "invalid-field",
                "A field of the event is not valid",
                detail,
            )
        }
    }

    /// 400: no event has this type.
    #[must_use]
    pub fn unknown_type(detail: impl Into<String>) -> Self {
        Self {
            field: Some("/type".to_owned()),
            ..Self::new(
                StatusCode::BAD_REQUEST,
                "unknown-type",
                "The event's type is not known",
                detail,
            )
        }
    }

    /// 401, for every reason. It says nothing more.
    #[must_use]
    pub fn unauthorized() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "unauthorized",
            "Unauthorized",
            "The delivery could not be authenticated.",
        )
    }

    /// 403: the sender's address is not on the source's list.
    #[must_use]
    pub fn address_not_allowed() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "address-not-allowed",
            "The sender's address is not allowed",
            "The delivery came from an address that is not on this source's list.",
        )
    }

    /// 403: the source may not send this event, or not to this function.
    #[must_use]
    pub fn event_not_allowed(detail: impl Into<String>) -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "event-not-allowed",
            "The source may not send this event",
            detail,
        )
    }

    /// 409: the delivery's id was seen before, with another payload.
    #[must_use]
    pub fn delivery_conflict() -> Self {
        Self::new(
            StatusCode::CONFLICT,
            "delivery-conflict",
            "The delivery's id was used for another payload",
            "A delivery with this id was received before, and its body was a different one.",
        )
    }

    /// 413: the body is larger than 256 KiB.
    #[must_use]
    pub fn too_large() -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too-large",
            "The body is too large",
            "A delivery's body may have at most 262144 bytes (256 KiB).",
        )
    }

    /// 415: the body is declared as something other than JSON.
    #[must_use]
    pub fn unsupported_media_type() -> Self {
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported-media-type",
            "The body is not declared as JSON",
            "The Content-Type must be application/json or end in +json.",
        )
    }

    /// 422: understood, and refused by a rule of the business.
    #[must_use]
    pub fn refused(refusal: &Refusal) -> Self {
        Self {
            code: Some(refusal.code.as_str().to_owned()),
            field: refusal.field.and_then(pointer).map(str::to_owned),
            ..Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "refused",
                "The event was understood and refused",
                refusal.detail.clone(),
            )
        }
    }

    /// 422: the payload names a person by an account that belongs to nobody known here. The
    /// delivery is parked. Once an administrator has named the account's owner, it can be replayed.
    #[must_use]
    pub fn unknown_account(pointer: &str) -> Self {
        Self {
            code: Some("unknown_account".to_owned()),
            field: Some(pointer.to_owned()),
            ..Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "refused",
                "The event was understood and refused",
                "The account belongs to no known customer, and the payload gives no address.",
            )
        }
    }

    /// 429: more deliveries than this source or caller may send.
    #[must_use]
    pub fn too_many_requests(retry_after: u32) -> Self {
        Self {
            retry_after: Some(retry_after),
            ..Self::new(
                StatusCode::TOO_MANY_REQUESTS,
                "too-many-requests",
                "Too many deliveries",
                "Nothing was written. Send the delivery again after the time in Retry-After.",
            )
        }
    }

    /// 503: the store is unavailable, or a long list needs another try. The store's answer may be
    /// lost after it has written, so this only promises that a repetition does no harm.
    #[must_use]
    pub fn unavailable(retry_after: u32) -> Self {
        Self {
            retry_after: Some(retry_after),
            ..Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "unavailable",
                "Temporarily unavailable",
                "The delivery could not be completed. Send it again after the time in Retry-After; \
                 what was done already is not done twice.",
            )
        }
    }

    /// The same problem as the answer to one request.
    #[must_use]
    pub fn with_instance(mut self, request_id: impl Into<String>) -> Self {
        self.instance = Some(request_id.into());
        self
    }

    /// The body as JSON text.
    #[must_use]
    #[expect(
        clippy::missing_panics_doc,
        reason = "texts and numbers are always JSON"
    )]
    pub fn body(&self) -> String {
        serde_json::to_string(self).expect("texts and a number are always JSON")
    }

    /// The complete HTTP answer.
    #[must_use]
    #[expect(
        clippy::missing_panics_doc,
        reason = "every problem is built from a status"
    )]
    pub fn response(&self) -> Response<String> {
        let mut response = Response::new(self.body());
        *response.status_mut() =
            StatusCode::from_u16(self.status).expect("every problem is built from a status");
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

/// The place of a field in the canonical event, as a JSON Pointer (RFC 6901).
fn pointer(field: RefusedField) -> Option<&'static str> {
    Some(match field {
        RefusedField::Organization => "/data/organization",
        RefusedField::Desk => "/data/request/desk",
        RefusedField::RequestKey => "/data/request/key",
        RefusedField::Reporter => "/data/reporter/email",
        RefusedField::Approval => "/data/approval",
        RefusedField::Member => "/data/member/email",
        RefusedField::HandOverTo => "/data/hand_over_to",
        RefusedField::Invitee => "/data/invitees/0/email",
        RefusedField::AccessUntil => "/data/access_until",
        // Only a page asks for one colleague; no event has the field.
        RefusedField::Colleague => return None,
    })
}
