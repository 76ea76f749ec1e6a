//! Items whose deadline has come.

use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use domain::{EmailAddress, OrgId, RequestRef, Timestamp};
use uuid::Uuid;

use crate::{
    Cursor, Page, Store, StoreError, item,
    keys::{self, Key},
    page::List,
    tables::Table,
};

/// An item of the directory whose deadline has come.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum DueInDirectory {
    /// An organisation: its review is due.
    Organization(OrgId),
    /// A membership.
    Membership(OrgId, EmailAddress),
}

/// An item of the journal whose deadline has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DueInJournal {
    /// A message that the stream has not finished ([`Store::requeue`]).
    Message(Uuid),
    /// Updates whose request did not come (`Change::AbandonAwaited`), or came and left this pointer
    /// behind ([`Store::drop_early_pointer`]).
    EarlyUpdates(RequestRef),
}

impl Store {
    /// The due items of one shard (0 to [`SHARDS`](crate::SHARDS) − 1) of the directory, the
    /// longest due first. Keys alone: the caller loads the items before it decides.
    ///
    /// # Errors
    /// If the store is not available or refuses, an item is incomplete, or the cursor is invalid.
    pub async fn due_in_directory(
        &self,
        now: Timestamp,
        shard: u8,
        cursor: Option<&Cursor>,
        limit: u32,
    ) -> Result<Page<DueInDirectory>, StoreError> {
        self.due(Table::Directory, now, shard, cursor, limit)
            .await?
            .try_map(|key| {
                let membership = key.to_membership();
                let membership =
                    membership.map(|(org, email)| DueInDirectory::Membership(org, email));
                let organization = || key.to_organization().map(DueInDirectory::Organization);
                membership
                    .or_else(organization)
                    .ok_or(StoreError::Misshapen {
                        what: "deadline in the directory",
                    })
            })
    }

    /// The next deadline after `now` in one shard of the directory, by the index, which is a moment
    /// behind the table.
    ///
    /// # Errors
    /// If the store is not available or refuses.
    pub async fn next_due_in_directory(
        &self,
        now: Timestamp,
        shard: u8,
    ) -> Result<Option<Timestamp>, StoreError> {
        let shard = shard.to_string();
        let query = self
            .due_query(Table::Directory, now, &shard)
            .key_condition_expression("due_shard = :shard AND due_at > :now");
        let page = self.query_page(query, in_shard(&shard), None, 1).await?;
        let due = page.items.first().and_then(|item| item.get(keys::DUE_AT));
        Ok(due.and_then(|due| due.as_s().ok()?.parse().ok()))
    }

    /// The due messages and early updates of one shard (0 to [`SHARDS`](crate::SHARDS) − 1), the
    /// longest due first.
    ///
    /// # Errors
    /// As [`Store::due_in_directory`].
    pub async fn due_in_journal(
        &self,
        now: Timestamp,
        shard: u8,
        cursor: Option<&Cursor>,
        limit: u32,
    ) -> Result<Page<DueInJournal>, StoreError> {
        self.due(Table::Journal, now, shard, cursor, limit)
            .await?
            .try_map(|key| {
                let message = key.to_outbox().map(DueInJournal::Message);
                let updates = || key.to_awaited().map(DueInJournal::EarlyUpdates);
                message.or_else(updates).ok_or(StoreError::Misshapen {
                    what: "deadline in the journal",
                })
            })
    }

    /// Deletes the deadline of early updates that are no more, because their request came.
    ///
    /// # Errors
    /// If the store is not available or refuses.
    pub async fn drop_early_pointer(&self, request: &RequestRef) -> Result<(), StoreError> {
        self.delete(Table::Journal, &Key::awaited(request)).await
    }

    async fn due(
        &self,
        table: Table,
        now: Timestamp,
        shard: u8,
        cursor: Option<&Cursor>,
        limit: u32,
    ) -> Result<Page<Key>, StoreError> {
        let shard = shard.to_string();
        self.query_page(
            self.due_query(table, now, &shard),
            in_shard(&shard),
            cursor,
            limit,
        )
        .await?
        .try_map(|item| {
            Key::of(&item).ok_or(StoreError::Misshapen {
                what: "entry of the due index",
            })
        })
    }

    fn due_query(&self, table: Table, now: Timestamp, shard: &str) -> QueryFluentBuilder {
        self.client
            .query()
            .table_name(self.tables.name(table))
            .index_name(keys::DUE)
            .key_condition_expression("due_shard = :shard AND due_at <= :now")
            .expression_attribute_values(":shard", item::text(shard))
            .expression_attribute_values(":now", item::text(keys::instant(now)))
    }
}

/// The deadlines of one shard, in the order of time.
fn in_shard(shard: &str) -> List<'_> {
    List {
        partition: (keys::DUE_SHARD, shard),
        order: (keys::DUE_AT, ""),
        is_end: keys::is_instant,
    }
}
