//! One action of a transaction, and its condition.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::{
    AttributeValue, ConditionCheck, Delete, Put, ReturnValuesOnConditionCheckFailure,
    TransactWriteItem, Update,
};
use domain::{Timestamp, Version};

use crate::{
    item::{self, EXPIRES_AT, Item, VERSION},
    keys::{Key, PK},
    size,
    tables::Table,
};

/// One action of a transaction.
#[derive(Debug, Clone)]
pub(crate) struct Write {
    pub(crate) table: Table,
    pub(crate) key: Key,
    /// The kind of item, for errors.
    pub(crate) kind: &'static str,
    pub(crate) act: Act,
    pub(crate) condition: Condition,
    pub(crate) role: Role,
}

/// The action on the item.
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

/// The condition of an action.
#[derive(Debug, Clone)]
pub(crate) enum Condition {
    Nothing,
    /// There is no such item.
    Absent,
    /// There is no such item, or it had expired at this instant.
    AbsentOrExpired(Timestamp),
    /// The item is the one that was read.
    Version(Version),
    /// This attribute of the item holds this text.
    Holds(&'static str, String),
    /// There is no such item, or this attribute holds this text.
    AbsentOr(&'static str, String),
}

/// The meaning of a failed condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Something that the decision rests on has changed.
    State,
    /// All of it was done before.
    Once,
    /// This comment exists.
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

    pub(super) fn bytes(&self) -> usize {
        match &self.act {
            Act::Put(item) => size::of_item(item),
            Act::Delete | Act::Check | Act::AddTo { .. } | Act::TakeFrom { .. } => 0,
        }
    }
}

/// A condition in the form of a request.
#[derive(Debug, Default)]
pub(crate) struct Expression {
    pub(crate) text: Option<String>,
    pub(crate) names: Vec<(String, String)>,
    pub(crate) values: Vec<(String, AttributeValue)>,
}

impl Condition {
    /// The item is the one that was read, or still missing.
    pub(crate) fn of(read: Version) -> Self {
        if read.is_new() {
            Self::Absent
        } else {
            Self::Version(read)
        }
    }

    pub(crate) fn expression(&self) -> Expression {
        match self {
            Self::Nothing => Expression::default(),
            Self::Absent => Expression {
                text: Some(format!("attribute_not_exists({PK})")),
                names: vec![],
                values: vec![],
            },
            Self::AbsentOrExpired(now) => Expression {
                text: Some(format!("attribute_not_exists({PK}) OR {EXPIRES_AT} < :now")),
                names: vec![],
                values: vec![(":now".to_owned(), item::number(item::epoch(*now)))],
            },
            Self::Version(read) => Expression {
                text: Some("#version = :read".to_owned()),
                names: vec![("#version".to_owned(), VERSION.to_owned())],
                values: vec![(":read".to_owned(), item::number(read.0))],
            },
            Self::Holds(name, value) => Expression {
                text: Some("#held = :held".to_owned()),
                names: vec![("#held".to_owned(), (*name).to_owned())],
                values: vec![(":held".to_owned(), item::text(value.clone()))],
            },
            Self::AbsentOr(name, value) => Expression {
                text: Some(format!("attribute_not_exists({PK}) OR #held = :held")),
                names: vec![("#held".to_owned(), (*name).to_owned())],
                values: vec![(":held".to_owned(), item::text(value.clone()))],
            },
        }
    }
}

impl Expression {
    pub(crate) fn names(&self) -> Option<HashMap<String, String>> {
        (!self.names.is_empty()).then(|| self.names.iter().cloned().collect())
    }

    pub(crate) fn values(&self) -> Option<Item> {
        (!self.values.is_empty()).then(|| self.values.iter().cloned().collect())
    }
}

/// The action in the form of a request.
pub(super) fn action(write: &Write, table: &str) -> TransactWriteItem {
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
