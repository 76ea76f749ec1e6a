//! Which errors of the store pass by themselves, and how long to wait for that.

use std::time::Duration;

use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};

/// How often a call is tried in all.
pub(crate) const TRIES: u32 = 6;
/// The longest first wait; it doubles with every try.
const FIRST_WAIT: Duration = Duration::from_millis(20);
/// The longest wait.
const LONGEST_WAIT: Duration = Duration::from_millis(400);

/// How long to wait after the try `tried` (from 1): a part, given by chance, of a bound that
/// doubles ("full jitter", Amazon Builders' Library, "Timeouts, retries, and backoff with jitter").
///
/// `chance` lies in `0.0..1.0`.
pub(crate) fn wait(tried: u32, chance: f64) -> Duration {
    let bound = FIRST_WAIT
        .saturating_mul(2u32.saturating_pow(tried.saturating_sub(1)))
        .min(LONGEST_WAIT);
    bound.mul_f64(chance.clamp(0.0, 1.0))
}

/// What an error is called: the service's code, or what happened to the connection.
pub(crate) fn code<E: ProvideErrorMetadata>(error: &SdkError<E>) -> String {
    let name = match error {
        SdkError::ServiceError(context) => context.err().code().unwrap_or("unknown"),
        SdkError::TimeoutError(_) => "timeout",
        SdkError::DispatchFailure(_) => "no connection",
        SdkError::ResponseError(_) => "no whole answer",
        _ => "bad request",
    };
    name.to_owned()
}

/// Whether the store did not get to the point of an answer about what was asked.
pub(crate) fn may_pass<E: ProvideErrorMetadata>(error: &SdkError<E>) -> bool {
    match error {
        SdkError::TimeoutError(_) | SdkError::DispatchFailure(_) | SdkError::ResponseError(_) => {
            true
        }
        SdkError::ServiceError(context) => {
            context.err().code().is_some_and(is_passing_code) || is_server_fault(error)
        }
        _ => false,
    }
}

/// Whether the store answered that it should be asked again a little later.
pub(crate) fn asks_for_patience<E: ProvideErrorMetadata>(error: &SdkError<E>) -> bool {
    match error {
        SdkError::ServiceError(context) => context.err().code().is_some_and(is_passing_code),
        _ => false,
    }
}

/// Whether the call may have been carried out though no answer says so.
pub(crate) fn answer_lost<E: ProvideErrorMetadata>(error: &SdkError<E>) -> bool {
    match error {
        SdkError::TimeoutError(_) | SdkError::DispatchFailure(_) | SdkError::ResponseError(_) => {
            true
        }
        SdkError::ServiceError(_) => is_server_fault(error),
        _ => false,
    }
}

fn is_server_fault<E>(error: &SdkError<E>) -> bool {
    error
        .raw_response()
        .is_some_and(|response| response.status().is_server_error())
}

/// Codes of `DynamoDB`'s "Error handling" that ask for another try.
pub(crate) fn is_passing_code(code: &str) -> bool {
    matches!(
        code,
        "TransactionConflict"
            | "TransactionConflictException"
            | "TransactionInProgressException"
            | "ThrottlingError"
            | "ThrottlingException"
            | "ProvisionedThroughputExceeded"
            | "ProvisionedThroughputExceededException"
            | "RequestLimitExceeded"
            | "InternalServerError"
            | "ServiceUnavailable"
    )
}
