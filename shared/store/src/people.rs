//! Who belongs where.

use domain::{EmailAddress, Membership, OrgId};

use crate::{
    Cursor, Page, Store, StoreError, item,
    keys::{self, Key},
};

impl Store {
    /// The organisations in which a person has a membership, in whatever state. The index is a
    /// moment behind the table: whoever acts on it loads the memberships.
    ///
    /// # Errors
    /// When the store is not available or refuses, or an item cannot be read.
    pub async fn organizations_of(&self, email: &EmailAddress) -> Result<Vec<OrgId>, StoreError> {
        let query = self
            .client
            .query()
            .table_name(&self.tables.directory)
            .index_name(keys::BY_CUSTOMER)
            .key_condition_expression("email = :email")
            .expression_attribute_values(":email", item::text(email.as_str()));
        self.query_all(query)
            .await?
            .iter()
            .map(|item| {
                Key::of(item)
                    .and_then(|key| key.to_membership())
                    .map(|(org, _)| org)
                    .ok_or(StoreError::Misshapen { what: "membership" })
            })
            .collect()
    }

    /// The memberships of an organisation in every state, in the order of addresses.
    ///
    /// # Errors
    /// When the store is not available or refuses, a membership cannot be read, or the cursor is
    /// none.
    pub async fn roster(
        &self,
        org: &OrgId,
        cursor: Option<&Cursor>,
        limit: u32,
    ) -> Result<Page<Membership>, StoreError> {
        let partition = keys::organization_partition(org);
        let query = self
            .client
            .query()
            .table_name(&self.tables.directory)
            .consistent_read(true)
            .key_condition_expression("pk = :pk AND begins_with(sk, :member)")
            .expression_attribute_values(":pk", item::text(&partition))
            .expression_attribute_values(":member", item::text(keys::MEMBER));
        self.query_page(query, (keys::PK, &partition), cursor, limit)
            .await?
            .try_map(|item| item::decode("membership", item))
    }
}
