//! The temporary errors of the store, and the waits after them.

use std::time::Duration;

use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};

/// The number of tries of a call, the first included.
pub(crate) const TRIES: u32 = 6;
/// The longest first wait; it doubles with every try.
const FIRST_WAIT: Duration = Duration::from_millis(20);
/// The longest wait.
const LONGEST_WAIT: Duration = Duration::from_millis(400);

/// The wait after the try `tried` (from 1): a random part of a bound that doubles ("full jitter",
/// Amazon Builders' Library, "Timeouts, retries, and backoff with jitter").
///
/// `chance` lies in `0.0..1.0`.
pub(crate) fn wait(tried: u32, chance: f64) -> Duration {
    let bound = FIRST_WAIT
        .saturating_mul(2u32.saturating_pow(tried.saturating_sub(1)))
        .min(LONGEST_WAIT);
    bound.mul_f64(chance.clamp(0.0, 1.0))
}

/// The name of an error: the service's code, or the fault of the connection.
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

/// Tells whether the store failed before it could answer.
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

/// Tells whether the store asked for another try a little later.
pub(crate) fn asks_for_patience<E: ProvideErrorMetadata>(error: &SdkError<E>) -> bool {
    match error {
        SdkError::ServiceError(context) => context.err().code().is_some_and(is_passing_code),
        _ => false,
    }
}

/// Tells whether the call may have been carried out although its answer is missing.
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

/// Tells whether `DynamoDB`'s "Error handling" asks for another try after this code.
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
