//! Reading requests: one with its viewers, its comments, and the list of what somebody may see.

use domain::{
    RequestRef,
    request::{Comment, Record, Viewer, Who},
};

use crate::{
    Cursor, Page, Store, StoreError, item,
    keys::{self, Key},
};

/// The order of a list by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// As one reads a conversation.
    OldestFirst,
    /// As one reads news.
    NewestFirst,
}

impl Store {
    /// What is stored under a request's key, and everybody who may see it: one strongly consistent
    /// query, which does not touch the comments.
    ///
    /// # Errors
    /// When the store is not available or refuses, or an item cannot be read.
    pub async fn request_with_viewers(
        &self,
        request: &RequestRef,
    ) -> Result<(Option<Record>, Vec<Viewer>), StoreError> {
        let query = self
            .client
            .query()
            .table_name(&self.tables.requests)
            .consistent_read(true)
            .key_condition_expression("pk = :pk AND sk >= :request")
            .expression_attribute_values(":pk", item::text(keys::request_partition(request)))
            .expression_attribute_values(":request", item::text(keys::REQUEST));
        let mut record = None;
        let mut viewers = Vec::new();
        for item in self.query_all(query).await? {
            if Key::of(&item).is_some_and(|key| key.sk == keys::REQUEST) {
                record = Some(item::decode("request", item)?);
            } else {
                viewers.push(item::decode("viewer", item)?);
            }
        }
        Ok((record, viewers))
    }

    /// A request's public comments.
    ///
    /// # Errors
    /// When the store is not available or refuses, a comment cannot be read, or the cursor is none.
    pub async fn comments(
        &self,
        request: &RequestRef,
        order: Order,
        cursor: Option<&Cursor>,
        limit: u32,
    ) -> Result<Page<Comment>, StoreError> {
        let partition = keys::request_partition(request);
        let query = self
            .client
            .query()
            .table_name(&self.tables.requests)
            .consistent_read(true)
            .scan_index_forward(order == Order::OldestFirst)
            .key_condition_expression("pk = :pk AND begins_with(sk, :comment)")
            .expression_attribute_values(":pk", item::text(&partition))
            .expression_attribute_values(":comment", item::text(keys::COMMENT));
        self.query_page(query, (keys::PK, &partition), cursor, limit)
            .await?
            .try_map(|item| item::decode("comment", item))
    }

    /// What a person or an organisation may see, open or closed, newest first. The index is a
    /// moment behind the table.
    ///
    /// # Errors
    /// When the store is not available or refuses, an item cannot be read, or the cursor is none.
    pub async fn viewed(
        &self,
        who: &Who,
        open: bool,
        cursor: Option<&Cursor>,
        limit: u32,
    ) -> Result<Page<Viewer>, StoreError> {
        let viewer = keys::viewer(who);
        let query = self
            .client
            .query()
            .table_name(&self.tables.requests)
            .index_name(keys::BY_VIEWER)
            .scan_index_forward(false)
            .key_condition_expression("viewer = :viewer AND begins_with(#position, :open)")
            .expression_attribute_names("#position", keys::POSITION)
            .expression_attribute_values(":viewer", item::text(&viewer))
            .expression_attribute_values(":open", item::text(keys::positions(open)));
        self.query_page(query, (keys::VIEWER, &viewer), cursor, limit)
            .await?
            .try_map(|item| item::decode("viewer", item))
    }
}
