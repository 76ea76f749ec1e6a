//! One `TransactWriteItems`: its limits, its retries, and its cost.

mod verdict;
mod write;

use aws_sdk_dynamodb::types::TransactWriteItem;
use uuid::Uuid;

pub(crate) use write::{Act, Condition, Role, Write};

use crate::{
    CommitError, Store,
    meter::{Axis, Consumed},
    retry,
};
use verdict::{Verdict, given_up, verdict};

/// The largest number of actions in one transaction (Amazon DynamoDB, "Service, account, and table
/// quotas").
pub(crate) const MAX_ACTIONS: usize = 100;
/// The largest number of bytes in all items of one transaction.
const MAX_BYTES: usize = 4 * 1024 * 1024;
/// The largest number of bytes in one item.
const MAX_ITEM_BYTES: usize = 400 * 1024;

/// The cost of a transaction that was carried out.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Done {
    pub(crate) consumed: Consumed,
    pub(crate) calls: u32,
}

impl Store {
    /// Carries out all of it, or nothing. The token makes repeated calls count once; it must be
    /// fresh for each call of this function. Without a token, a call whose answer was lost is not
    /// repeated.
    pub(crate) async fn transact(
        &self,
        writes: &[Write],
        token: Option<Uuid>,
    ) -> Result<Done, CommitError> {
        const ACTION: &str = "TransactWriteItems";
        check_limits(writes)?;
        let mut calls = 0;
        let mut answer_was_lost = token.is_none();
        loop {
            calls += 1;
            self.count(ACTION);
            // Built for each try, so that items are not copied for a second try, which hardly ever
            // comes.
            let request = self
                .client
                .transact_write_items()
                .set_transact_items(Some(self.actions(writes)))
                .set_client_request_token(token.map(|token| token.to_string()))
                .set_return_consumed_capacity(self.capacity());
            let error = match request.send().await {
                Ok(answer) => {
                    let consumed = self.note(ACTION, Axis::Write, answer.consumed_capacity());
                    return Ok(Done { consumed, calls });
                }
                Err(error) => error,
            };
            let again = match verdict(&error, writes) {
                Verdict::Final(error) => return Err(error),
                // The token makes the second call harmless if the first one was carried out.
                Verdict::AnswerLost => !std::mem::replace(&mut answer_was_lost, true),
                Verdict::Wait => true,
            };
            if !again || calls >= retry::TRIES {
                return Err(given_up(ACTION, error));
            }
            self.pause(calls).await;
        }
    }

    fn actions(&self, writes: &[Write]) -> Vec<TransactWriteItem> {
        writes
            .iter()
            .map(|write| write::action(write, self.tables.name(write.table)))
            .collect()
    }
}

fn check_limits(writes: &[Write]) -> Result<(), CommitError> {
    let too_large = |what| Err(CommitError::TooLarge { what });
    if writes.len() > MAX_ACTIONS {
        return too_large("more than 100 items");
    }
    let mut bytes = 0;
    for write in writes {
        let own = write.bytes();
        if own > MAX_ITEM_BYTES {
            return too_large("an item of more than 400 KB");
        }
        bytes += own;
    }
    if bytes > MAX_BYTES {
        return too_large("more than 4 MB");
    }
    Ok(())
}
