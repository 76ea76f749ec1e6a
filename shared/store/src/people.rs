//! People: their organisations, and the contact data that a roster shows.

use std::collections::{BTreeMap, BTreeSet};

use domain::{EmailAddress, OrgId, Timestamp, customer::Deliverability};
use serde::Deserialize;

use crate::{
    Store, StoreError, item,
    keys::{self, Key},
    tables::Table,
};

/// The attributes of a customer in a [`Contact`].
const CONTACT: &str = "email, last_active_at, deliverability";

/// The data of a person that a roster shows besides their membership.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contact {
    /// Their last activity in any organisation.
    pub last_active_at: Option<Timestamp>,
    /// Tells whether mail reaches them.
    pub deliverability: Deliverability,
}

impl Store {
    /// The organisations in which a person has a membership, in any state. The index is a moment
    /// behind the table, so a caller who acts on it loads the memberships.
    ///
    /// # Errors
    /// If the store is not available or refuses, or an item cannot be read.
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

    /// Loads the contact data of these people; people without any are left out.
    ///
    /// # Errors
    /// If the store is not available or refuses, or a customer cannot be read.
    pub async fn contacts<'a>(
        &self,
        people: impl IntoIterator<Item = &'a EmailAddress>,
    ) -> Result<BTreeMap<EmailAddress, Contact>, StoreError> {
        #[derive(Deserialize)]
        struct ContactItem {
            email: EmailAddress,
            #[serde(default)]
            last_active_at: Option<Timestamp>,
            #[serde(default)]
            deliverability: Deliverability,
        }
        let people: BTreeSet<_> = people.into_iter().collect();
        let keys: Vec<_> = people
            .into_iter()
            .map(|email| (Table::Directory, Key::customer(email)))
            .collect();
        let found = self.get_batch(&keys, Some(CONTACT)).await?;
        found
            .into_iter()
            .map(|(_, item)| {
                let known: ContactItem = item::decode("customer", item)?;
                let contact = Contact {
                    last_active_at: known.last_active_at,
                    deliverability: known.deliverability,
                };
                Ok((known.email, contact))
            })
            .collect()
    }
}
