//! The answers that the layer gives in the engine's place.

use std::io::ErrorKind;

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures::TryStreamExt;
use http::{HeaderValue, StatusCode, header};
use serde_json::{Value, json};

/// An answer that breaks off: its head is there, then the connection closes.
pub(super) fn cut() -> Response {
    let broken = futures::stream::once(async { Err::<Bytes, _>(ErrorKind::ConnectionAborted) });
    let broken = broken.map_err(std::io::Error::from);
    Response::new(Body::from_stream(broken))
}

/// The answer to a write that met another. A transaction is cancelled with a reason for each of its
/// items; a single write is refused (DynamoDB developer guide, "Transaction conflict handling").
pub(super) fn conflict(action: &str, body: &Bytes) -> Response {
    if action != "TransactWriteItems" {
        let message = "Transaction is ongoing for the item";
        return error(
            StatusCode::BAD_REQUEST,
            "TransactionConflictException",
            message,
        );
    }
    let request: Value = serde_json::from_slice(body).unwrap_or_default();
    let items = request["TransactItems"].as_array().map_or(1, Vec::len);
    let codes: Vec<_> = (0..items)
        .map(|index| {
            if index == 0 {
                "TransactionConflict"
            } else {
                "None"
            }
        })
        .collect();
    let reasons: Vec<_> = codes
        .iter()
        .map(|code| match *code {
            "None" => json!({"Code": "None"}),
            code => json!({"Code": code, "Message": "Transaction is ongoing for the item"}),
        })
        .collect();
    let message = format!(
        "Transaction cancelled, please refer cancellation reasons for specific reasons [{}]",
        codes.join(", ")
    );
    answer(
        StatusCode::BAD_REQUEST,
        &json!({
            "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
            "Message": message,
            "CancellationReasons": reasons,
        }),
    )
}

/// An answer of a DynamoDB that has failed.
pub(super) fn failure() -> Response {
    error(
        StatusCode::INTERNAL_SERVER_ERROR,
        "InternalServerError",
        "Internal server error",
    )
}

/// A refusal of a kind that the SDK knows.
pub(super) fn error(status: StatusCode, kind: &str, message: &str) -> Response {
    let kind = format!("com.amazonaws.dynamodb.v20120810#{kind}");
    answer(status, &json!({"__type": kind, "message": message}))
}

fn answer(status: StatusCode, body: &Value) -> Response {
    let json = HeaderValue::from_static("application/x-amz-json-1.0");
    (status, [(header::CONTENT_TYPE, json)], body.to_string()).into_response()
}
