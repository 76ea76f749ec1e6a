//! Lists of people that a lead uploaded. They are kept between the preview and the last row, so
//! that a list that takes longer than one call continues where it stopped, and its report can be
//! read again.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    EmailAddress, OrgId, Timestamp,
    event::Invitee,
    outcome::Row,
    text::{Line, Note},
};
use serde::{Deserialize, Serialize};
use serde_dynamo::aws_sdk_dynamodb_1::to_attribute_value;
use uuid::Uuid;

use crate::{
    CommitError, REMEMBERED, Store, StoreError, UploadId,
    item::{self, Item},
    keys::{self, Key},
    meter::Axis,
    retry,
    tables::Table,
    transaction::{Condition, Role, Write},
};

/// The number of rows in a part, except the last. A part counts as done when all of its rows are,
/// so a crash repeats at most this many rows, and each row knows it.
pub const PART: usize = 25;
/// The attribute of a part with the outcomes of its rows.
const DONE: &str = "done";
/// The attribute of a list with the instant of its confirmation.
const CONFIRMED_AT: &str = "confirmed_at";

/// A list of people that a lead uploaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    /// The lead who uploaded it.
    pub by: EmailAddress,
    /// The time of the upload.
    pub at: Timestamp,
    /// The name of the file, if there was one with a name that can be shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Line<200>>,
    /// The column with the addresses, if there was a choice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<Line<200>>,
    /// The inviter's note to all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
    /// The end date of their access.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_until: Option<Timestamp>,
    /// The time of the confirmation; `None` before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed_at: Option<Timestamp>,
}

/// Some rows of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UploadPart {
    /// The part's place, from 0.
    pub number: u32,
    /// Its rows.
    pub rows: Vec<Invitee>,
    /// The outcome of each; `None` until all rows are done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<Vec<Row>>,
}

fn item_of<T: Serialize>(key: &Key, value: &T, now: Timestamp) -> Result<Item, StoreError> {
    let mut item = item::encode(key, value)?;
    item.insert(item::VERSION.to_owned(), item::number(1));
    item::set_expiry(&mut item, REMEMBERED.after(now));
    Ok(item)
}

impl Store {
    /// Keeps a list for 30 days, in one transaction. Returns `false`, and writes nothing, if it is
    /// kept already.
    ///
    /// # Errors
    /// As [`Store::commit`].
    pub async fn put_upload(
        &self,
        org: &OrgId,
        id: &UploadId,
        upload: &Upload,
        rows: &[Invitee],
        now: Timestamp,
        new_id: &(dyn Fn() -> Uuid + Sync),
    ) -> Result<bool, CommitError> {
        let head = item_of(&Key::upload(org, id), upload, now)?;
        let absent = Condition::AbsentOrExpired(now);
        let mut writes =
            vec![Write::put(Table::Journal, "uploaded list", head, absent).with_role(Role::Once)];
        for (number, rows) in (0..).zip(rows.chunks(PART)) {
            let part = UploadPart {
                number,
                rows: rows.to_vec(),
                done: None,
            };
            let item = item_of(&Key::upload_part(org, id, number), &part, now)?;
            // Parts of an expired list may still exist.
            let write = Write::put(Table::Journal, "part of a list", item, Condition::Nothing);
            writes.push(write);
        }
        match self.transact(&writes, Some(new_id())).await {
            Ok(_) => Ok(true),
            Err(CommitError::AlreadySeen { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// A list and its parts, if it is kept.
    ///
    /// # Errors
    /// If the store is not available or refuses, or an item cannot be read.
    pub async fn upload(
        &self,
        org: &OrgId,
        id: &UploadId,
        now: Timestamp,
    ) -> Result<Option<(Upload, Vec<UploadPart>)>, StoreError> {
        let query = self
            .client
            .query()
            .table_name(&self.tables.journal)
            .consistent_read(true)
            // Finished rows sort after the list and its parts, and are not read.
            .key_condition_expression("pk = :pk AND sk < :row")
            .expression_attribute_values(":pk", item::text(keys::upload_partition(org, id)))
            .expression_attribute_values(":row", item::text(keys::ROW));
        let head = Key::upload(org, id);
        let mut upload = None;
        let mut parts = Vec::new();
        for item in self.query_all(query).await? {
            if item::has_expired(&item, now) {
                continue;
            }
            if Key::of(&item).as_ref() == Some(&head) {
                upload = Some(item::decode("uploaded list", item)?);
            } else {
                parts.push(item::decode("part of a list", item)?);
            }
        }
        Ok(upload.map(|upload| (upload, parts)))
    }

    /// Notes the confirmation of a list; the first one stays.
    ///
    /// # Errors
    /// If the store is not available or refuses.
    pub async fn confirm_upload(
        &self,
        org: &OrgId,
        id: &UploadId,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let at = to_attribute_value(now).map_err(StoreError::unwritable)?;
        self.note_on_upload(&Key::upload(org, id), CONFIRMED_AT, at)
            .await
    }

    /// Notes the outcomes of the rows of a part; the first note stays.
    ///
    /// # Errors
    /// If the store is not available or refuses.
    pub async fn finish_part(
        &self,
        org: &OrgId,
        id: &UploadId,
        part: u32,
        rows: &[Row],
    ) -> Result<(), StoreError> {
        let rows = to_attribute_value(rows).map_err(StoreError::unwritable)?;
        self.note_on_upload(&Key::upload_part(org, id, part), DONE, rows)
            .await
    }

    /// Sets an attribute of an existing item that does not have it.
    async fn note_on_upload(
        &self,
        key: &Key,
        name: &str,
        value: AttributeValue,
    ) -> Result<(), StoreError> {
        const ACTION: &str = "UpdateItem";
        let result = self
            .call(ACTION, || {
                self.client
                    .update_item()
                    .table_name(&self.tables.journal)
                    .set_key(Some(key.attributes()))
                    .condition_expression("attribute_exists(pk) AND attribute_not_exists(#name)")
                    .update_expression("SET #name = :value")
                    .expression_attribute_names("#name", name)
                    .expression_attribute_values(":value", value.clone())
                    .set_return_consumed_capacity(self.capacity())
                    .send()
            })
            .await;
        match result {
            Ok(written) => {
                self.note(ACTION, Axis::Write, written.consumed_capacity());
                Ok(())
            }
            Err(error) if retry::code(&error) == "ConditionalCheckFailedException" => Ok(()),
            Err(error) => Err(StoreError::from_sdk(ACTION, error)),
        }
    }
}
