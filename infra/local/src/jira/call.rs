//! The parts of a call: the caller, and the body in JSON.

use axum::extract::{FromRequest, FromRequestParts, Request};
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::request::Parts;
use serde::de::DeserializeOwned;

use super::account::{Account, Right};
use super::refusal::Refusal;

/// The account in whose name a call is made. Every act is its own act.
#[derive(Debug, Clone)]
pub(crate) struct Caller(pub(crate) Account);

impl Caller {
    /// Refuses a caller without a right.
    pub(crate) fn needs(&self, right: Right) -> Result<(), Refusal> {
        let may = self.0.may(right);
        may.then_some(()).ok_or(Refusal::Forbidden)
    }

    pub(crate) fn id(&self) -> &str {
        &self.0.id
    }
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        parts.extensions.get().cloned().ok_or(Refusal::Forbidden)
    }
}

/// A body in JSON. Properties that the API does not know are refused by each type.
#[derive(Debug)]
pub(crate) struct Body<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let declared = request.headers().get(CONTENT_TYPE);
        let declared = declared
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        if !declared.starts_with("application/json") {
            return Err(Refusal::NotJson);
        }
        let bytes = Bytes::from_request(request, state).await;
        let bytes = bytes.map_err(|error| Refusal::Invalid(error.to_string()))?;
        let read = serde_json::from_slice(&bytes);
        read.map(Self)
            .map_err(|error| Refusal::Invalid(error.to_string()))
    }
}
