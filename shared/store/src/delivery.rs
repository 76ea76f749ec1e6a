//! Seen deliveries: their answers, and the progress of their lists.

use aws_sdk_dynamodb::{
    primitives::Blob,
    types::{AttributeValue, ReturnValue, ReturnValuesOnConditionCheckFailure},
};
use domain::{Days, DeliveryId, SourceId, Timestamp};
use serde_dynamo::aws_sdk_dynamodb_1::{from_attribute_value, to_attribute_value};

use crate::{
    Answer, Delivery, Store, StoreError,
    item::{self, Item},
    keys::Key,
    meter::Axis,
    retry,
    transaction::Condition,
};

/// Days for which a delivery is remembered. Senders give up after days, not weeks.
pub const REMEMBERED: Days = Days(30);

const PAYLOAD: &str = "payload_sha256";
const ANSWER: &str = "answer";

/// The record of a delivery.
pub(crate) fn new_item(
    source: &SourceId,
    id: &DeliveryId,
    payload_sha256: &[u8; 32],
    answer: Option<&Answer>,
    now: Timestamp,
) -> Item {
    let mut item = Key::delivery(source, id).attributes();
    item.insert(item::VERSION.to_owned(), item::number(1));
    item.insert(
        PAYLOAD.to_owned(),
        AttributeValue::B(Blob::new(*payload_sha256)),
    );
    if let Some(answer) = answer {
        item.insert(ANSWER.to_owned(), to_attribute(answer));
    }
    item::set_expiry(&mut item, REMEMBERED.after(now));
    item
}

fn to_attribute(answer: &Answer) -> AttributeValue {
    to_attribute_value(answer).expect("a number and a text are attributes")
}

/// Decodes a delivery's record.
pub(crate) fn decode(item: &Item) -> Result<Delivery, StoreError> {
    let what = "delivery";
    let payload_sha256 = item
        .get(PAYLOAD)
        .and_then(|bytes| bytes.as_b().ok()?.as_ref().try_into().ok())
        .ok_or(StoreError::Misshapen { what })?;
    let answer = item
        .get(ANSWER)
        .map(|answer| from_attribute_value(answer.clone()))
        .transpose()
        .map_err(|source| StoreError::Unreadable {
            what,
            source: Box::new(source),
        })?;
    Ok(Delivery {
        payload_sha256,
        answer,
    })
}

/// Decodes a delivery's record; `None` if it has expired and only its deletion is late.
pub(crate) fn remembered(item: &Item, now: Timestamp) -> Result<Option<Delivery>, StoreError> {
    if item::has_expired(item, now) {
        return Ok(None);
    }
    decode(item).map(Some)
}

impl Store {
    /// The delivery, if it was seen and is still remembered.
    ///
    /// # Errors
    /// If the store is not available or refuses, or the record cannot be read.
    pub async fn delivery(
        &self,
        source: &SourceId,
        id: &DeliveryId,
        now: Timestamp,
    ) -> Result<Option<Delivery>, StoreError> {
        match self.get_journal(&Key::delivery(source, id)).await? {
            Some(item) => remembered(&item, now),
            None => Ok(None),
        }
    }

    /// Notes that a list has arrived and is in progress, unless that was noted before.
    ///
    /// Returns the earlier record, if there is one. With an answer the list is done; without one it
    /// was cut short and continues ([`Store::list_rows`]).
    ///
    /// # Errors
    /// If the store is not available or refuses, or the earlier record cannot be read.
    pub async fn begin_list(
        &self,
        source: &SourceId,
        id: &DeliveryId,
        payload_sha256: &[u8; 32],
        now: Timestamp,
    ) -> Result<Option<Delivery>, StoreError> {
        const ACTION: &str = "PutItem";
        let item = new_item(source, id, payload_sha256, None, now);
        let condition = Condition::AbsentOrExpired(now).expression();
        let result = self
            .call(ACTION, || {
                self.client
                    .put_item()
                    .table_name(&self.tables.journal)
                    .set_item(Some(item.clone()))
                    .set_condition_expression(condition.text.clone())
                    .set_expression_attribute_names(condition.names())
                    .set_expression_attribute_values(condition.values())
                    .return_values_on_condition_check_failure(
                        ReturnValuesOnConditionCheckFailure::AllOld,
                    )
                    .set_return_consumed_capacity(self.capacity())
                    .send()
            })
            .await;
        match result {
            Ok(answer) => {
                self.note(ACTION, Axis::Write, answer.consumed_capacity());
                Ok(None)
            }
            Err(error) => match error.as_service_error() {
                Some(failure) if failure.is_conditional_check_failed_exception() => {
                    self.earlier(failure, source, id, now).await
                }
                _ => Err(StoreError::from_sdk(ACTION, error)),
            },
        }
    }

    /// The record that caused the refusal, which carries it.
    async fn earlier(
        &self,
        failure: &aws_sdk_dynamodb::operation::put_item::PutItemError,
        source: &SourceId,
        id: &DeliveryId,
        now: Timestamp,
    ) -> Result<Option<Delivery>, StoreError> {
        use aws_sdk_dynamodb::operation::put_item::PutItemError;
        if let PutItemError::ConditionalCheckFailedException(failure) = failure
            && let Some(item) = failure.item()
        {
            return decode(item).map(Some);
        }
        self.delivery(source, id, now).await
    }

    /// Notes the answer to the sender of a list. The first answer stays and is returned, whoever
    /// wrote it. `None` if no such list was begun.
    ///
    /// # Errors
    /// If the store is not available or refuses, or the record cannot be read.
    pub async fn finish_list(
        &self,
        source: &SourceId,
        id: &DeliveryId,
        answer: &Answer,
    ) -> Result<Option<Answer>, StoreError> {
        const ACTION: &str = "UpdateItem";
        let result = self
            .call(ACTION, || {
                self.client
                    .update_item()
                    .table_name(&self.tables.journal)
                    .set_key(Some(Key::delivery(source, id).attributes()))
                    .condition_expression("attribute_exists(pk)")
                    .update_expression("SET #answer = if_not_exists(#answer, :answer)")
                    .expression_attribute_names("#answer", ANSWER)
                    .expression_attribute_values(":answer", to_attribute(answer))
                    .return_values(ReturnValue::AllNew)
                    .set_return_consumed_capacity(self.capacity())
                    .send()
            })
            .await;
        match result {
            Ok(written) => {
                self.note(ACTION, Axis::Write, written.consumed_capacity());
                let item = written.attributes.unwrap_or_default();
                Ok(decode(&item)?.answer)
            }
            Err(error) if retry::code(&error) == "ConditionalCheckFailedException" => Ok(None),
            Err(error) => Err(StoreError::from_sdk(ACTION, error)),
        }
    }
}
