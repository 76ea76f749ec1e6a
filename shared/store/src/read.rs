//! Shared reads: one item, one page, all pages.

use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;

use crate::{
    Cursor, Page, Store, StoreError, item::Item, keys::Key, meter::Axis, page::List, tables::Table,
};

impl Store {
    /// One item, strongly consistent.
    pub(crate) async fn get(&self, table: Table, key: &Key) -> Result<Option<Item>, StoreError> {
        const ACTION: &str = "GetItem";
        let answer = self
            .ask(ACTION, || {
                self.client
                    .get_item()
                    .table_name(self.tables.name(table))
                    .set_key(Some(key.attributes()))
                    .consistent_read(true)
                    .set_return_consumed_capacity(self.capacity())
                    .send()
            })
            .await?;
        self.note(ACTION, Axis::Read, answer.consumed_capacity());
        Ok(answer.item)
    }

    /// One item of the directory.
    pub(crate) async fn get_directory(&self, key: &Key) -> Result<Option<Item>, StoreError> {
        self.get(Table::Directory, key).await
    }

    /// One item of the journal.
    pub(crate) async fn get_journal(&self, key: &Key) -> Result<Option<Item>, StoreError> {
        self.get(Table::Journal, key).await
    }

    /// Deletes an item, if it is there.
    pub(crate) async fn delete(&self, table: Table, key: &Key) -> Result<(), StoreError> {
        const ACTION: &str = "DeleteItem";
        let answer = self
            .ask(ACTION, || {
                self.client
                    .delete_item()
                    .table_name(self.tables.name(table))
                    .set_key(Some(key.attributes()))
                    .set_return_consumed_capacity(self.capacity())
                    .send()
            })
            .await?;
        self.note(ACTION, Axis::Write, answer.consumed_capacity());
        Ok(())
    }

    /// Every item of a query, over all its pages (1 MB each).
    pub(crate) async fn query_all(
        &self,
        query: QueryFluentBuilder,
    ) -> Result<Vec<Item>, StoreError> {
        let mut items = Vec::new();
        let mut start = None;
        loop {
            let (page, next) = self.query_once(query.clone(), start).await?;
            items.extend(page);
            start = next;
            if start.is_none() {
                return Ok(items);
            }
        }
    }

    /// One page of a query, of at most `limit` items, which must be at least 1. `list` describes
    /// the list of the query, so that no cursor leads elsewhere.
    ///
    /// A page may hold fewer items than `limit` and still not be the last.
    pub(crate) async fn query_page(
        &self,
        query: QueryFluentBuilder,
        list: List<'_>,
        cursor: Option<&Cursor>,
        limit: u32,
    ) -> Result<Page<Item>, StoreError> {
        let start = cursor.map(|cursor| cursor.start(&list)).transpose()?;
        let limit = i32::try_from(limit.max(1)).unwrap_or(i32::MAX);
        let query = query.limit(limit);
        let (items, next) = self.query_once(query, start).await?;
        Ok(Page {
            items,
            next: next.as_ref().map(Cursor::after),
        })
    }

    /// One page of a query, from a key on, and the key to continue from.
    pub(crate) async fn query_once(
        &self,
        query: QueryFluentBuilder,
        start: Option<Item>,
    ) -> Result<(Vec<Item>, Option<Item>), StoreError> {
        const ACTION: &str = "Query";
        let query = query
            .set_exclusive_start_key(start)
            .set_return_consumed_capacity(self.capacity());
        let answer = self.ask(ACTION, || query.clone().send()).await?;
        self.note(ACTION, Axis::Read, answer.consumed_capacity());
        let next = answer.last_evaluated_key.filter(|key| !key.is_empty());
        Ok((answer.items.unwrap_or_default(), next))
    }
}
