//! Lists of people that are worked off row by row: the finished rows and their outcomes.

use std::collections::BTreeMap;

use domain::{Timestamp, outcome::Row};
use serde_dynamo::aws_sdk_dynamodb_1::{from_attribute_value, to_attribute_value};

use crate::{
    ListId, REMEMBERED, Store, StoreError,
    item::{self, Item},
    keys::{self, Key},
};

const ROW: &str = "row";
const WHAT: &str = "row of a list";

/// The record of one row of a list.
pub(crate) fn row_item(
    list: &ListId,
    index: u32,
    row: &Row,
    now: Timestamp,
) -> Result<Item, StoreError> {
    let mut item = Key::list_row(list, index).attributes();
    item.insert(item::VERSION.to_owned(), item::number(1));
    let row = to_attribute_value(row).map_err(StoreError::unwritable)?;
    item.insert(ROW.to_owned(), row);
    item::set_expiry(&mut item, REMEMBERED.after(now));
    Ok(item)
}

fn row_of(mut item: Item) -> Result<Row, StoreError> {
    let row = item
        .remove(ROW)
        .ok_or(StoreError::Misshapen { what: WHAT })?;
    from_attribute_value(row).map_err(|source| StoreError::Unreadable {
        what: WHAT,
        source: Box::new(source),
    })
}

impl Store {
    /// The outcome of one row of a list, if it is finished.
    ///
    /// # Errors
    /// If the store is not available or refuses, or the row cannot be read.
    pub async fn list_row(
        &self,
        list: &ListId,
        index: u32,
        now: Timestamp,
    ) -> Result<Option<Row>, StoreError> {
        match self.get_journal(&Key::list_row(list, index)).await? {
            Some(item) if !item::has_expired(&item, now) => row_of(item).map(Some),
            Some(_) | None => Ok(None),
        }
    }

    /// The finished rows of a list, by their place in it.
    ///
    /// # Errors
    /// If the store is not available or refuses, or a row cannot be read.
    pub async fn list_rows(
        &self,
        list: &ListId,
        now: Timestamp,
    ) -> Result<BTreeMap<u32, Row>, StoreError> {
        let query = self
            .client
            .query()
            .table_name(&self.tables.journal)
            .consistent_read(true)
            .key_condition_expression("pk = :pk AND begins_with(sk, :row)")
            .expression_attribute_values(":pk", item::text(keys::list_partition(list)))
            .expression_attribute_values(":row", item::text(keys::ROW));
        let mut rows = BTreeMap::new();
        for item in self.query_all(query).await? {
            if item::has_expired(&item, now) {
                continue;
            }
            let index = Key::of(&item).and_then(|key| key.to_list_row());
            let index = index.ok_or(StoreError::Misshapen { what: WHAT })?;
            rows.insert(index, row_of(item)?);
        }
        Ok(rows)
    }
}
