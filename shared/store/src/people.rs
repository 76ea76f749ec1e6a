//! Who belongs where.

use domain::{EmailAddress, OrgId};

use crate::{
    Store, StoreError, item,
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
}
