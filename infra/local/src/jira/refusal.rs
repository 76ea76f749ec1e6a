//! The answers of the site that are not a success.
//!
//! The service desk's API and the platform's API say the same in two forms. A handler returns a
//! [`Refusal`]; it is written in the form of the service desk, and `in_platform_form` writes it
//! anew for the addresses of the platform.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde_json::json;

/// The reason why the site does not do something.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The caller may not.
    #[error("the caller lacks the right to do this")]
    Forbidden,
    /// There is no such thing, or the caller may not know of it.
    #[error("{0} does not exist")]
    Missing(String),
    /// The request cannot be carried out as it is.
    #[error("{0}")]
    Invalid(String),
    /// The state forbids it.
    #[error("{0}")]
    Conflict(String),
    /// The type of the body is not JSON.
    #[error("the body is not application/json")]
    NotJson,
}

impl Refusal {
    pub(crate) fn missing(thing: &str, id: &str) -> Self {
        Self::Missing(format!("{thing} {id}"))
    }

    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::Missing(_) => StatusCode::NOT_FOUND,
            Self::Invalid(_) => StatusCode::BAD_REQUEST,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::NotJson => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let message = self.to_string();
        let body = json!({
            "errorMessage": message,
            "i18nErrorMessage": {"i18nKey": message, "parameters": []},
        });
        let mut response = (self.status(), Json(body)).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Writes a refusal in the form of the platform's API.
pub(crate) async fn in_platform_form(response: Response) -> Response {
    match response.extensions().get::<Refusal>() {
        Some(refusal) => {
            let body = json!({"errorMessages": [refusal.to_string()], "errors": {}});
            (refusal.status(), Json(body)).into_response()
        }
        None => response,
    }
}
