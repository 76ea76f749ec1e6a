//! Accounts elsewhere: the person of an account, and the accounts of a person.
//!
//! The key of an account is its source and its own name; in the index `by-customer` it stands under
//! its person. Accounts from before that index entry existed are found by their key alone. The next
//! payload that shows such an account adds the entry.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    EmailAddress, SourceId, Version,
    account::{Account, ShownBy},
    id::ExternalId,
};
use serde::{Deserialize, Serialize};

use crate::{
    Store, StoreError,
    item::{self, Item},
    keys::{self, Key},
    tables::Table,
};

/// The attributes of an account besides its key.
#[derive(Serialize, Deserialize)]
struct Stored {
    // Not `email`: that attribute belongs to the index.
    address: EmailAddress,
    #[serde(default)]
    shown_by: ShownBy,
    #[serde(default)]
    disputed: bool,
    #[serde(default)]
    version: Version,
}

/// An account with its place in the index `by-customer`.
pub(crate) fn item(account: &Account) -> Result<Item, StoreError> {
    let key = Key::account(&account.source, &account.id);
    let stored = Stored {
        address: account.address.clone(),
        shown_by: account.shown_by,
        disputed: account.disputed,
        version: account.version,
    };
    let mut item = item::encode_next(&key, &stored, account.version)?;
    item::set(&mut item, keys::EMAIL, keys::accounts_of(&account.address));
    let place = format!("{}#{}", account.source, account.id);
    item::set(&mut item, keys::ORG, place);
    Ok(item)
}

impl Store {
    /// Loads a source's accounts in one call; unknown ones are left out.
    ///
    /// # Errors
    /// If the store is not available or refuses, or an account cannot be read.
    pub async fn accounts(
        &self,
        source: &SourceId,
        ids: &BTreeSet<ExternalId>,
    ) -> Result<BTreeMap<ExternalId, Account>, StoreError> {
        let keys = ids.iter().map(|id| Key::account(source, id));
        let found = self.accounts_at(keys).await?;
        Ok(found.into_iter().map(|a| (a.id.clone(), a)).collect())
    }

    /// Lists the accounts by which sources name a person, in the order of sources. The index is a
    /// moment behind the table, so its entries are read again from the table.
    ///
    /// # Errors
    /// As [`Store::accounts`].
    pub async fn accounts_of(&self, email: &EmailAddress) -> Result<Vec<Account>, StoreError> {
        let query = self
            .client
            .query()
            .table_name(&self.tables.directory)
            .index_name(keys::BY_CUSTOMER)
            .key_condition_expression("email = :email")
            .expression_attribute_values(":email", item::text(keys::accounts_of(email)));
        let named = self.query_all(query).await?;
        let keys: Option<Vec<Key>> = named.iter().map(Key::of).collect();
        let keys = keys.ok_or(StoreError::Misshapen { what: "account" })?;
        let mut found = self.accounts_at(keys).await?;
        found.retain(|account| account.address == *email);
        found.sort_by(|a, b| (&a.source, &a.id).cmp(&(&b.source, &b.id)));
        Ok(found)
    }

    async fn accounts_at(
        &self,
        keys: impl IntoIterator<Item = Key>,
    ) -> Result<Vec<Account>, StoreError> {
        let keys: Vec<_> = keys
            .into_iter()
            .map(|key| (Table::Directory, key))
            .collect();
        let found = self.get_batch(&keys, None).await?;
        found.into_iter().map(|(_, item)| decode(item)).collect()
    }
}

fn decode(item: Item) -> Result<Account, StoreError> {
    let what = "account";
    let (source, id) = Key::of(&item)
        .and_then(|key| key.to_account())
        .ok_or(StoreError::Misshapen { what })?;
    let stored: Stored = item::decode(what, item)?;
    Ok(Account {
        source,
        id,
        address: stored.address,
        shown_by: stored.shown_by,
        disputed: stored.disputed,
        version: stored.version,
    })
}
