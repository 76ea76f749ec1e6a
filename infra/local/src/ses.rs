//! A captured SES: the real client sends, and the mail stays here.
//!
//! It supports the part of the SES API v2 that Lanyard uses: `SendEmail`, `GetAccount` and
//! `DeleteSuppressedDestination`, of a suppression list that is always empty. Any other call is
//! refused by name, so that a new call does not fail silently.

pub mod feedback;
pub mod inbox;
pub(crate) mod kind;
pub mod mailbox;
pub mod message;
pub mod unsent;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post};
use bytes::Bytes;
use http::StatusCode;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::addresses::only_this_machine;
use crate::clock::MovableClock;
use crate::fault::FaultPlan;
use crate::ses::mailbox::Mailbox;
use crate::ses::message::Message;

/// The parts of the captured SES.
#[derive(Debug, Clone)]
pub struct Ses {
    /// Keeps the mails.
    pub mailbox: Arc<Mailbox>,
    /// The faults in force.
    pub faults: Arc<FaultPlan>,
    /// Dates the mails.
    pub clock: MovableClock,
    /// Mails per second that `GetAccount` reports; nothing here enforces it.
    pub max_send_rate: f64,
    sequence: Arc<AtomicU64>,
}

impl Ses {
    /// A captured SES that reports the given send rate, in mails per second.
    #[must_use]
    pub fn new(
        mailbox: Arc<Mailbox>,
        faults: Arc<FaultPlan>,
        clock: MovableClock,
        max_send_rate: f64,
    ) -> Self {
        // Ids continue where an earlier run with the same data directory stopped.
        let kept = u64::try_from(mailbox.count()).unwrap_or_default();
        let sequence = Arc::new(AtomicU64::new(kept));
        Self {
            mailbox,
            faults,
            clock,
            max_send_rate,
            sequence,
        }
    }

    /// Serves until it is dropped.
    ///
    /// # Errors
    ///
    /// If the listener breaks, which a loopback listener does not.
    pub async fn serve(self, listener: TcpListener) -> std::io::Result<()> {
        let router = Router::new()
            .route("/v2/email/outbound-emails", post(send))
            .route("/v2/email/account", get(account))
            .route("/v2/email/suppression/addresses/{email}", delete(unlisted))
            .fallback(unknown)
            // SES takes messages of up to 40 MB, which is 54 MB in base64.
            .layer(axum::extract::DefaultBodyLimit::max(54 << 20))
            .layer(axum::middleware::from_fn(only_this_machine))
            .with_state(self);
        axum::serve(listener, router).await
    }

    /// An id in the form of SES's own: time, number, and a last group that is always the same.
    fn next_id(&self) -> String {
        let number = self.sequence.fetch_add(1, Ordering::Relaxed) + 1;
        let millis = self.clock.now().as_millisecond();
        format!("{millis:016x}-{number:08x}-000000")
    }
}

async fn send(State(ses): State<Ses>, body: Bytes) -> Response {
    let shares = ses.faults.get().ses;
    let thrown = |name, share| ses.faults.throw(name, share);
    if thrown("ses.throttle", shares.throttle) {
        return refused(
            StatusCode::TOO_MANY_REQUESTS,
            "TooManyRequestsException",
            "Maximum sending rate exceeded.",
        );
    }
    if thrown("ses.quota", shares.quota) {
        return refused(
            StatusCode::TOO_MANY_REQUESTS,
            "LimitExceededException",
            "Daily message quota exceeded.",
        );
    }
    if thrown("ses.pause", shares.pause) {
        return refused(
            StatusCode::BAD_REQUEST,
            "SendingPausedException",
            "Email sending is paused.",
        );
    }
    if thrown("ses.hang", shares.hang) {
        // The caller stops waiting and closes the connection, which ends this, too.
        return std::future::pending().await;
    }
    if thrown("ses.fail", shares.fail) {
        return failed();
    }
    if thrown("ses.reject", shares.reject) {
        return refused(
            StatusCode::BAD_REQUEST,
            "MessageRejected",
            "Email address is not verified.",
        );
    }
    let Ok(request) = serde_json::from_slice::<Value>(&body) else {
        return refused(
            StatusCode::BAD_REQUEST,
            "BadRequestException",
            "the request is not JSON",
        );
    };
    let id = ses.next_id();
    let message = match Message::from_request(&request, id.clone(), ses.clock.now()) {
        Ok(message) => message,
        Err(error) => {
            return refused(
                StatusCode::BAD_REQUEST,
                "BadRequestException",
                &error.to_string(),
            );
        }
    };
    if let Err(error) = ses.mailbox.add(message) {
        tracing::error!(%error, "a mail could not be kept");
        return failed();
    }
    if thrown("ses.accept_then_fail", shares.accept_then_fail) {
        return failed();
    }
    axum::Json(json!({"MessageId": id})).into_response()
}

async fn account(State(ses): State<Ses>) -> Response {
    axum::Json(json!({
        "SendingEnabled": true,
        "ProductionAccessEnabled": true,
        "EnforcementStatus": "HEALTHY",
        "SendQuota": {
            "Max24HourSend": 1_000_000.0,
            "MaxSendRate": ses.max_send_rate,
            "SentLast24Hours": 0.0,
        },
    }))
    .into_response()
}

async fn unlisted() -> Response {
    refused(
        StatusCode::NOT_FOUND,
        "NotFoundException",
        "Email address does not exist on your suppression list.",
    )
}

async fn unknown(request: Request) -> Response {
    let message = format!(
        "{} {} is not captured here",
        request.method(),
        request.uri().path()
    );
    refused(StatusCode::NOT_FOUND, "NotFoundException", &message)
}

fn failed() -> Response {
    refused(
        StatusCode::INTERNAL_SERVER_ERROR,
        "InternalServiceErrorException",
        "Internal service error",
    )
}

/// An error in the form of AWS's REST-JSON protocol.
fn refused(status: StatusCode, kind: &'static str, message: &str) -> Response {
    (
        status,
        [("x-amzn-errortype", kind)],
        axum::Json(json!({"message": message})),
    )
        .into_response()
}

#[cfg(test)]
mod tests;
