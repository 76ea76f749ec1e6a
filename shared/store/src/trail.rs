//! Reads the audit. The commit writes it, and nobody changes it.

use domain::{AuditEntry, OrgId, Subject};
use jiff::civil::Date;
use uuid::Uuid;

use crate::{
    Cursor, Page, Store, StoreError, item,
    keys::{self, Key},
    page::List,
    tables::Table,
};

/// The largest number of entries on one page of a subject's history: they are read by key, 100 a
/// call.
const MAX_PAGE: u32 = 100;

/// An entry of the audit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRecord {
    /// Its id, which grows with time.
    pub id: Uuid,
    /// Its content.
    pub entry: AuditEntry,
}

impl Store {
    /// The entries of an organisation in the month of `day` (UTC), newest first; without an
    /// organisation, those that belong to none.
    ///
    /// # Errors
    /// If the store is not available or refuses, an entry cannot be read, or the cursor is invalid.
    pub async fn audit_of_org(
        &self,
        org: Option<&OrgId>,
        day: Date,
        cursor: Option<&Cursor>,
        limit: u32,
    ) -> Result<Page<AuditRecord>, StoreError> {
        let partition = keys::audit_partition(org, day);
        let query = self
            .client
            .query()
            .table_name(&self.tables.audit)
            // The digest made from this includes a person who was removed a moment ago.
            .consistent_read(true)
            .scan_index_forward(false)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", item::text(&partition));
        let list = List {
            partition: (keys::PK, &partition),
            order: (keys::SK, ""),
            is_end: keys::is_entry,
        };
        self.query_page(query, list, cursor, limit)
            .await?
            .try_map(record)
    }

    /// Every entry about one person, request or run, newest first, in every organisation. The index
    /// is a moment behind the table. A page has at most 100 entries.
    ///
    /// # Errors
    /// As [`Store::audit_of_org`].
    pub async fn audit_of(
        &self,
        subject: &Subject,
        cursor: Option<&Cursor>,
        limit: u32,
    ) -> Result<Page<AuditRecord>, StoreError> {
        let value = keys::subject(subject);
        let query = self
            .client
            .query()
            .table_name(&self.tables.audit)
            .index_name(keys::BY_SUBJECT)
            .scan_index_forward(false)
            .key_condition_expression("subject = :subject")
            .expression_attribute_values(":subject", item::text(&value));
        let list = List {
            partition: (keys::SUBJECT, &value),
            order: (keys::ENTRY, ""),
            is_end: keys::is_entry,
        };
        let page = self
            .query_page(query, list, cursor, limit.min(MAX_PAGE))
            .await?;
        let keys: Vec<(Table, Key)> = page
            .items
            .iter()
            .filter_map(|item| Some((Table::Audit, Key::of(item)?)))
            .collect();
        let found = self.get_batch(&keys, None).await?;
        let mut items = found
            .into_iter()
            .map(|(_, item)| record(item))
            .collect::<Result<Vec<_>, _>>()?;
        items.sort_by_key(|record| std::cmp::Reverse(record.id));
        Ok(Page {
            items,
            next: page.next,
        })
    }
}

fn record(item: item::Item) -> Result<AuditRecord, StoreError> {
    let (id, entry) = item::to_audit(item)?;
    Ok(AuditRecord { id, entry })
}
