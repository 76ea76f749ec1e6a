//! The meaning of a transaction's error: final, or to be tried again.

use aws_sdk_dynamodb::{
    error::{ProvideErrorMetadata, SdkError},
    operation::transact_write_items::TransactWriteItemsError,
    types::CancellationReason,
};

use super::write::{Role, Write};
use crate::{CommitError, StoreError, delivery, retry};

/// The reaction to an error.
pub(super) enum Verdict {
    /// It is final.
    Final(CommitError),
    /// The transaction may have been carried out.
    AnswerLost,
    /// It was not carried out, and may be a little later.
    Wait,
}

pub(super) fn verdict(error: &SdkError<TransactWriteItemsError>, writes: &[Write]) -> Verdict {
    if let Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) =
        error.as_service_error()
    {
        return cancellation(cancelled.cancellation_reasons(), writes);
    }
    if retry::asks_for_patience(error) {
        Verdict::Wait
    } else if retry::answer_lost(error) {
        Verdict::AnswerLost
    } else {
        let code = retry::code(error);
        Verdict::Final(CommitError::Rejected(StoreError::Rejected {
            action: "TransactWriteItems",
            code,
            source: error.meta().to_string().into(),
        }))
    }
}

/// Judges a cancellation. Its reasons are in the order of the actions. *Done before* outweighs
/// *changed*, because the first commit has changed everything. Both outweigh a temporary conflict,
/// because waiting does not help them.
fn cancellation(reasons: &[CancellationReason], writes: &[Write]) -> Verdict {
    let failed = |role: Role| {
        reasons.iter().zip(writes).find(|(reason, write)| {
            write.role == role && reason.code() == Some("ConditionalCheckFailed")
        })
    };
    if let Some((reason, _)) = failed(Role::Once) {
        let first = reason
            .item()
            .and_then(|item| delivery::decode(item).ok())
            .map(Box::new);
        return Verdict::Final(CommitError::AlreadySeen { first });
    }
    if failed(Role::State).is_some() {
        return Verdict::Final(CommitError::Conflict);
    }
    if failed(Role::Comment).is_some() {
        return Verdict::Final(CommitError::CommentExists);
    }
    if reasons
        .iter()
        .any(|reason| reason.code().is_some_and(retry::is_passing_code))
    {
        return Verdict::Wait;
    }
    let code = reasons
        .iter()
        .filter_map(CancellationReason::code)
        .find(|code| *code != "None")
        .unwrap_or("unknown")
        .to_owned();
    Verdict::Final(CommitError::Rejected(StoreError::Rejected {
        action: "TransactWriteItems",
        source: code.clone().into(),
        code,
    }))
}

/// The error to report when waiting did not help.
pub(super) fn given_up(
    action: &'static str,
    error: SdkError<TransactWriteItemsError>,
) -> CommitError {
    let conflict = match error.as_service_error() {
        Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) => cancelled
            .cancellation_reasons()
            .iter()
            .any(|reason| reason.code() == Some("TransactionConflict")),
        _ => false,
    };
    if conflict {
        return CommitError::Conflict;
    }
    CommitError::Unavailable(StoreError::Unavailable {
        action,
        code: retry::code(&error),
        source: Box::new(error),
    })
}
