//! Claiming a message, marking its recipients, and giving it back.

use aws_sdk_dynamodb::{
    operation::update_item::{UpdateItemError, builders::UpdateItemFluentBuilder},
    types::{ReturnValue, ReturnValuesOnConditionCheckFailure},
};
use domain::{EmailAddress, Timestamp};
use jiff::SignedDuration;
use serde_dynamo::aws_sdk_dynamodb_1::to_attribute_value;
use uuid::Uuid;

use super::{
    CLAIMED_BY, LEASE_UNTIL, NOT_BEFORE, OutboxMessage, RECIPIENTS, Receipt, STATE, State,
    UNSETTLED, decode, leased,
};
use crate::{
    Store, StoreError,
    item::{self, Item, VERSION},
    keys::{self, Key},
    meter::Axis,
};

/// The result of claiming a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// It belongs to the caller until its lease ends.
    Claimed(Box<OutboxMessage>),
    /// Another relay has it, or it waits for its next try.
    Busy {
        /// The time of the next attempt.
        until: Timestamp,
    },
    /// Nothing to send: every recipient is settled, it was given up, or a copy replaced it.
    Settled,
}

/// The result of a conditional update.
enum Updated {
    /// The item after the update.
    Done(Item),
    /// The item that failed the condition; `None` if there is no such item.
    Refused(Option<Item>),
}

/// The expressions of an update, for its condition and its change alike.
struct Change<'a> {
    condition: &'a str,
    update: &'a str,
    names: Vec<(&'static str, String)>,
    values: Item,
}

fn names(names: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    names
        .iter()
        .map(|(short, name)| (*short, (*name).to_owned()))
        .collect()
}

impl Store {
    /// Claims a message for as long as `lease`. Nobody else sends it during that time.
    ///
    /// `by` is new for each claim. If the answer to a claim was lost, the caller asks again and
    /// recognises the message as its own by this id.
    ///
    /// # Errors
    /// If the store is not available or refuses, or the message cannot be read.
    pub async fn claim(
        &self,
        id: Uuid,
        by: Uuid,
        now: Timestamp,
        lease: SignedDuration,
    ) -> Result<Claim, StoreError> {
        let until = now.checked_add(lease).unwrap_or(Timestamp::MAX);
        let change = Change {
            condition: "(#state = :pending AND (attribute_not_exists(#not_before) OR #not_before <= :now)) \
                        OR (#state = :claimed AND #lease_until < :now)",
            update: "SET #state = :claimed, #claimed_by = :by, #lease_until = :until, \
                     #version = #version + :one REMOVE #not_before",
            names: names(&[
                ("#state", STATE),
                ("#claimed_by", CLAIMED_BY),
                ("#not_before", NOT_BEFORE),
                ("#lease_until", LEASE_UNTIL),
                ("#version", VERSION),
            ]),
            values: Item::from([
                (":pending".to_owned(), item::text(State::Pending.as_str())),
                (":claimed".to_owned(), item::text(State::Claimed.as_str())),
                (":by".to_owned(), item::text(by.to_string())),
                (":now".to_owned(), item::text(keys::instant(now))),
                (":until".to_owned(), item::text(keys::instant(until))),
                (":one".to_owned(), item::number(1)),
            ]),
        };
        match self.update_outbox(id, change).await? {
            Updated::Done(item) => Ok(Claim::Claimed(Box::new(leased(item)?))),
            Updated::Refused(None) => Ok(Claim::Settled),
            Updated::Refused(Some(item)) => {
                let (_, stored) = decode(item.clone())?;
                if stored.state == State::Claimed && stored.claimed_by == Some(by) {
                    return Ok(Claim::Claimed(Box::new(leased(item)?)));
                }
                Ok(match stored.state {
                    State::Done | State::Dead => Claim::Settled,
                    State::Pending => Claim::Busy {
                        until: stored.not_before.unwrap_or(now),
                    },
                    State::Claimed => Claim::Busy {
                        until: stored.lease_until.unwrap_or(now),
                    },
                })
            }
        }
    }

    /// Marks a recipient's mail as sent, with the mail system's id of it.
    ///
    /// As in each of the three marks, the last recipient to be settled ends the message in the same
    /// write, and a recipient is settled once. Returns true if this call settled them.
    ///
    /// # Errors
    /// If the store is not available or refuses, or the message cannot be read.
    pub async fn mark_sent(
        &self,
        message: &mut OutboxMessage,
        to: &EmailAddress,
        id: &str,
    ) -> Result<bool, StoreError> {
        let id = id.to_owned();
        self.settle(message, to, Receipt::Sent { id }).await
    }

    /// Marks a recipient as never to be reached.
    ///
    /// # Errors
    /// As [`Store::mark_sent`].
    pub async fn mark_failed(
        &self,
        message: &mut OutboxMessage,
        to: &EmailAddress,
        why: &str,
    ) -> Result<bool, StoreError> {
        let why = why.to_owned();
        self.settle(message, to, Receipt::Failed { why }).await
    }

    /// Marks a recipient as left out on purpose.
    ///
    /// # Errors
    /// As [`Store::mark_sent`].
    pub async fn mark_skipped(
        &self,
        message: &mut OutboxMessage,
        to: &EmailAddress,
        why: &str,
    ) -> Result<bool, StoreError> {
        let why = why.to_owned();
        self.settle(message, to, Receipt::Skipped { why }).await
    }

    async fn settle(
        &self,
        message: &mut OutboxMessage,
        to: &EmailAddress,
        receipt: Receipt,
    ) -> Result<bool, StoreError> {
        // The claim knows the other settled recipients, so the first try fits, unless a lease ended
        // and another relay worked on the message too. Then the refusal brings the newest state,
        // and each round finds fewer recipients waiting.
        while message.recipients.get(to) == Some(&Receipt::Waiting) {
            let last = message.waiting().count() == 1;
            match self
                .update_outbox(message.id, settlement(to, &receipt, last)?)
                .await?
            {
                Updated::Done(_) => {
                    message.recipients.insert(to.clone(), receipt);
                    return Ok(true);
                }
                Updated::Refused(Some(item)) => message.recipients = decode(item)?.1.recipients,
                // A copy replaced it.
                Updated::Refused(None) => return Ok(false),
            }
        }
        Ok(false)
    }

    /// Gives a claimed message back, to be claimed again at `not_before` or later. Returns true if
    /// it still belonged to the caller.
    ///
    /// # Errors
    /// If the store is not available or refuses.
    pub async fn release(
        &self,
        message: &OutboxMessage,
        not_before: Timestamp,
    ) -> Result<bool, StoreError> {
        let change = Change {
            condition: "#state = :claimed AND #claimed_by = :by",
            update: "SET #state = :pending, #not_before = :not_before, #version = #version + :one \
                     REMOVE #claimed_by, #lease_until",
            names: names(&[
                ("#state", STATE),
                ("#claimed_by", CLAIMED_BY),
                ("#not_before", NOT_BEFORE),
                ("#lease_until", LEASE_UNTIL),
                ("#version", VERSION),
            ]),
            values: Item::from([
                (":pending".to_owned(), item::text(State::Pending.as_str())),
                (":claimed".to_owned(), item::text(State::Claimed.as_str())),
                (":by".to_owned(), item::text(message.claimed_by.to_string())),
                (
                    ":not_before".to_owned(),
                    item::text(keys::instant(not_before)),
                ),
                (":one".to_owned(), item::number(1)),
            ]),
        };
        Ok(matches!(
            self.update_outbox(message.id, change).await?,
            Updated::Done(_)
        ))
    }

    async fn update_outbox(&self, id: Uuid, change: Change<'_>) -> Result<Updated, StoreError> {
        const ACTION: &str = "UpdateItem";
        let request = self.outbox_update(id, change);
        match self.call(ACTION, || request.clone().send()).await {
            Ok(answer) => {
                self.note(ACTION, Axis::Write, answer.consumed_capacity());
                Ok(Updated::Done(answer.attributes.unwrap_or_default()))
            }
            Err(error) => match error.as_service_error() {
                Some(UpdateItemError::ConditionalCheckFailedException(refused)) => {
                    Ok(Updated::Refused(refused.item().cloned()))
                }
                _ => Err(StoreError::from_sdk(ACTION, error)),
            },
        }
    }

    fn outbox_update(&self, id: Uuid, change: Change<'_>) -> UpdateItemFluentBuilder {
        let names = change
            .names
            .into_iter()
            .map(|(short, name)| (short.to_owned(), name))
            .collect();
        self.client
            .update_item()
            .table_name(&self.tables.journal)
            .set_key(Some(Key::outbox(id).attributes()))
            .condition_expression(change.condition)
            .update_expression(change.update)
            .set_expression_attribute_names(Some(names))
            .set_expression_attribute_values(Some(change.values))
            .return_values(ReturnValue::AllNew)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .set_return_consumed_capacity(self.capacity())
    }
}

/// Settles one recipient. With the last one the message is done and leaves the `due` index.
fn settlement(
    to: &EmailAddress,
    receipt: &Receipt,
    last: bool,
) -> Result<Change<'static>, StoreError> {
    let mut change = Change {
        condition: "#recipients.#to.#is = :waiting AND #unsettled > :one",
        update: "SET #recipients.#to = :receipt, #unsettled = #unsettled - :one, \
                 #version = #version + :one",
        names: vec![
            ("#recipients", RECIPIENTS.to_owned()),
            ("#to", to.as_str().to_owned()),
            ("#is", "is".to_owned()),
            ("#unsettled", UNSETTLED.to_owned()),
            ("#version", VERSION.to_owned()),
        ],
        values: Item::from([
            (":waiting".to_owned(), item::text("waiting")),
            (":one".to_owned(), item::number(1)),
            (
                ":receipt".to_owned(),
                to_attribute_value(receipt).map_err(StoreError::unwritable)?,
            ),
        ]),
    };
    if last {
        change.condition = "#recipients.#to.#is = :waiting AND #unsettled = :one";
        change.update = "SET #recipients.#to = :receipt, #unsettled = #unsettled - :one, \
                         #version = #version + :one, #state = :done \
                         REMOVE #due_shard, #due_at, #claimed_by, #lease_until, #not_before";
        change.names.extend([
            ("#state", STATE.to_owned()),
            ("#due_shard", keys::DUE_SHARD.to_owned()),
            ("#due_at", keys::DUE_AT.to_owned()),
            ("#claimed_by", CLAIMED_BY.to_owned()),
            ("#lease_until", LEASE_UNTIL.to_owned()),
            ("#not_before", NOT_BEFORE.to_owned()),
        ]);
        change
            .values
            .insert(":done".to_owned(), item::text(State::Done.as_str()));
    }
    Ok(change)
}
