//! One `TransactWriteItems`: its writes, its limits, its retries, and what a cancellation means.

use aws_sdk_dynamodb::{
    error::{ProvideErrorMetadata, SdkError},
    operation::transact_write_items::TransactWriteItemsError,
    types::{
        AttributeValue, CancellationReason, ConditionCheck, Delete, Put, ReturnConsumedCapacity,
        ReturnValuesOnConditionCheckFailure, TransactWriteItem, Update,
    },
};
use domain::{Timestamp, Version};
use uuid::Uuid;

use crate::{
    CommitError, Store, StoreError, delivery,
    item::{self, EXPIRES_AT, Item, VERSION},
    keys::{Key, PK},
    meter::{Axis, Consumed},
    retry, size,
    tables::Table,
};

/// The most actions of one transaction (Amazon DynamoDB, "Service, account, and table quotas").
pub(crate) const MAX_ACTIONS: usize = 100;
/// The most bytes of all items of one transaction.
const MAX_BYTES: usize = 4 * 1024 * 1024;
/// The most bytes of one item.
const MAX_ITEM_BYTES: usize = 400 * 1024;

/// One action of a transaction.
#[derive(Debug, Clone)]
pub(crate) struct Write {
    pub(crate) table: Table,
    pub(crate) key: Key,
    /// What kind of item, for errors.
    pub(crate) kind: &'static str,
    pub(crate) act: Act,
    pub(crate) condition: Condition,
    pub(crate) role: Role,
}

/// What is done to the item.
#[derive(Debug, Clone)]
pub(crate) enum Act {
    Put(Item),
    Delete,
    Check,
    /// Adds texts to a set of texts.
    AddTo {
        set: &'static str,
        text: String,
    },
    /// Takes texts from a set of texts.
    TakeFrom {
        set: &'static str,
        text: String,
    },
}

/// What must hold for an action.
#[derive(Debug, Clone)]
pub(crate) enum Condition {
    Nothing,
    /// There is no such item.
    Absent,
    /// There is none, or its time was over at this instant.
    AbsentOrExpired(Timestamp),
    /// The item is the one that was read.
    Version(Version),
    /// There is none, or this attribute holds this text.
    AbsentOr(&'static str, String),
}

/// What it means when the condition does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// What the decision rests on has changed.
    State,
    /// It was all done before.
    Once,
    /// This comment is there.
    Comment,
}

impl Write {
    pub(crate) fn put(table: Table, kind: &'static str, item: Item, condition: Condition) -> Self {
        let key = Key::of(&item).expect("an item is encoded with its key");
        Self {
            table,
            key,
            kind,
            act: Act::Put(item),
            condition,
            role: Role::State,
        }
    }

    pub(crate) fn delete(table: Table, kind: &'static str, key: Key, condition: Condition) -> Self {
        Self {
            table,
            key,
            kind,
            act: Act::Delete,
            condition,
            role: Role::State,
        }
    }

    pub(crate) fn check(table: Table, kind: &'static str, key: Key, read: Version) -> Self {
        Self {
            table,
            key,
            kind,
            act: Act::Check,
            condition: Condition::of(read),
            role: Role::State,
        }
    }

    pub(crate) fn with_role(mut self, role: Role) -> Self {
        self.role = role;
        self
    }

    fn bytes(&self) -> usize {
        match &self.act {
            Act::Put(item) => size::of_item(item),
            Act::Delete | Act::Check | Act::AddTo { .. } | Act::TakeFrom { .. } => 0,
        }
    }
}

/// A condition in the words of a request.
#[derive(Debug, Default)]
pub(crate) struct Expression {
    pub(crate) text: Option<String>,
    pub(crate) names: Vec<(String, String)>,
    pub(crate) values: Vec<(String, AttributeValue)>,
}

impl Condition {
    /// The item is the one that was read, or still none.
    pub(crate) fn of(read: Version) -> Self {
        if read.is_new() {
            Self::Absent
        } else {
            Self::Version(read)
        }
    }

    pub(crate) fn expression(&self) -> Expression {
        let pk = ("#pk".to_owned(), PK.to_owned());
        match self {
            Self::Nothing => Expression::default(),
            Self::Absent => Expression {
                text: Some("attribute_not_exists(#pk)".to_owned()),
                names: vec![pk],
                values: vec![],
            },
            Self::AbsentOrExpired(now) => Expression {
                text: Some("attribute_not_exists(#pk) OR #expires < :now".to_owned()),
                names: vec![pk, ("#expires".to_owned(), EXPIRES_AT.to_owned())],
                values: vec![(":now".to_owned(), item::number(item::epoch(*now)))],
            },
            Self::Version(read) => Expression {
                text: Some("#version = :read".to_owned()),
                names: vec![("#version".to_owned(), VERSION.to_owned())],
                values: vec![(":read".to_owned(), item::number(read.0))],
            },
            Self::AbsentOr(name, value) => Expression {
                text: Some("attribute_not_exists(#pk) OR #held = :held".to_owned()),
                names: vec![pk, ("#held".to_owned(), (*name).to_owned())],
                values: vec![(":held".to_owned(), item::text(value.clone()))],
            },
        }
    }
}

impl Expression {
    pub(crate) fn names(&self) -> Option<std::collections::HashMap<String, String>> {
        (!self.names.is_empty()).then(|| self.names.iter().cloned().collect())
    }

    pub(crate) fn values(&self) -> Option<Item> {
        (!self.values.is_empty()).then(|| self.values.iter().cloned().collect())
    }
}

/// What a transaction that was carried out cost.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Done {
    pub(crate) consumed: Consumed,
    pub(crate) calls: u32,
}

impl Store {
    /// Carries out all of it, or nothing. The token makes a repeated call one: it must be fresh for
    /// each call of this function. Without one a lost answer is not asked for again.
    pub(crate) async fn transact(
        &self,
        writes: &[Write],
        token: Option<Uuid>,
    ) -> Result<Done, CommitError> {
        const ACTION: &str = "TransactWriteItems";
        check_limits(writes)?;
        let request = self
            .client
            .transact_write_items()
            .set_transact_items(Some(self.actions(writes)))
            .set_client_request_token(token.map(|token| token.to_string()))
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes);
        let mut calls = 0;
        let mut answer_was_lost = token.is_none();
        loop {
            calls += 1;
            self.count(ACTION);
            let error = match request.clone().send().await {
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
            .map(|write| action(write, self.tables.name(write.table)))
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

enum Verdict {
    Final(CommitError),
    AnswerLost,
    Wait,
}

fn verdict(error: &SdkError<TransactWriteItemsError>, writes: &[Write]) -> Verdict {
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

/// The reasons stand in the order of the actions. What was done before outweighs what has changed,
/// since everything has changed by its being done; and either outweighs a passing conflict, since
/// waiting does not mend it.
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

/// What to say when waiting did not help.
fn given_up(action: &'static str, error: SdkError<TransactWriteItemsError>) -> CommitError {
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

fn action(write: &Write, table: &str) -> TransactWriteItem {
    let condition = write.condition.expression();
    let on_failure = match write.role {
        Role::Once => ReturnValuesOnConditionCheckFailure::AllOld,
        Role::State | Role::Comment => ReturnValuesOnConditionCheckFailure::None,
    };
    let item = TransactWriteItem::builder();
    let whole = "every member that an action needs is set";
    match &write.act {
        Act::Put(new) => item.put(
            Put::builder()
                .table_name(table)
                .set_item(Some(new.clone()))
                .set_condition_expression(condition.text.clone())
                .set_expression_attribute_names(condition.names())
                .set_expression_attribute_values(condition.values())
                .return_values_on_condition_check_failure(on_failure)
                .build()
                .expect(whole),
        ),
        Act::Delete => item.delete(
            Delete::builder()
                .table_name(table)
                .set_key(Some(write.key.attributes()))
                .set_condition_expression(condition.text.clone())
                .set_expression_attribute_names(condition.names())
                .set_expression_attribute_values(condition.values())
                .build()
                .expect(whole),
        ),
        Act::Check => item.condition_check(
            ConditionCheck::builder()
                .table_name(table)
                .set_key(Some(write.key.attributes()))
                .set_condition_expression(condition.text.clone())
                .set_expression_attribute_names(condition.names())
                .set_expression_attribute_values(condition.values())
                .build()
                .expect(whole),
        ),
        Act::AddTo { set, text } => item.update(change_set("ADD", set, text, write, table)),
        Act::TakeFrom { set, text } => item.update(change_set("DELETE", set, text, write, table)),
    }
    .build()
}

fn change_set(verb: &str, set: &str, text: &str, write: &Write, table: &str) -> Update {
    Update::builder()
        .table_name(table)
        .set_key(Some(write.key.attributes()))
        .update_expression(format!("{verb} #set :texts"))
        .expression_attribute_names("#set", set)
        .expression_attribute_values(":texts", AttributeValue::Ss(vec![text.to_owned()]))
        .build()
        .expect("every member that an action needs is set")
}
