//! Links between people and their accounts at service desks.
//!
//! A link lies under the desk and the person's address, beside the accounts by which sources name
//! people. In the index `by-customer` all links of a desk stand under the desk.

use domain::{DeskId, EmailAddress, Timestamp, Version, id::ExternalId};
use serde::{Deserialize, Serialize};

use crate::{
    CommitError, Store, StoreError,
    item::{self, Item},
    keys::{self, Key},
    tables::Table,
    transaction::{Condition, Write},
};

/// A person's account at a service desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskLink {
    /// The desk.
    pub desk: DeskId,
    /// The person.
    pub person: EmailAddress,
    /// Their account there. Never parsed.
    pub account: ExternalId,
    /// The state of the account.
    pub state: LinkState,
    /// `true` if the writer has made the account.
    #[serde(default)]
    pub made: bool,
    /// `true` if the account is on the list of a desk that keeps one.
    #[serde(default)]
    pub listed: bool,
    /// The instant of the last look at the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub looked_at: Option<Timestamp>,
    /// The number of times this item was written.
    #[serde(default)]
    pub version: Version,
}

/// The states of a linked account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkState {
    /// It can be used.
    Live,
    /// Its access to the portal was revoked from here. Only a person can give it back.
    Revoked,
    /// The desk knows no such account any more.
    Gone,
}

/// A link with its place in the index `by-customer`.
fn item(link: &DeskLink) -> Result<Item, StoreError> {
    let key = Key::desk_link(&link.desk, &link.person);
    let mut item = item::encode_next(&key, link, link.version)?;
    item::set(&mut item, keys::EMAIL, keys::links_of(&link.desk));
    item::set(&mut item, keys::ORG, link.account.to_string());
    Ok(item)
}

impl Store {
    /// The account of a person at a desk, if one is linked.
    ///
    /// # Errors
    /// If the store is not available or refuses, or the item cannot be read.
    pub async fn desk_link(
        &self,
        desk: &DeskId,
        person: &EmailAddress,
    ) -> Result<Option<DeskLink>, StoreError> {
        let item = self.get_directory(&Key::desk_link(desk, person)).await?;
        item.map(|item| item::decode("link to an account", item))
            .transpose()
    }

    /// Every linked account of a desk, in the order of accounts. The index is a moment behind the
    /// table; the links themselves are read from the table.
    ///
    /// # Errors
    /// As [`Store::desk_link`].
    pub async fn desk_links(&self, desk: &DeskId) -> Result<Vec<DeskLink>, StoreError> {
        let query = self
            .client
            .query()
            .table_name(self.tables.name(Table::Directory))
            .index_name(keys::BY_CUSTOMER)
            .key_condition_expression("email = :email")
            .expression_attribute_values(":email", item::text(keys::links_of(desk)));
        let named = self.query_all(query).await?;
        let keys: Vec<_> = named
            .iter()
            .filter_map(|item| Some((Table::Directory, Key::of(item)?)))
            .collect();
        let found = self.get_batch(&keys, None).await?;
        let links = found
            .into_iter()
            .map(|(_, item)| item::decode("link to an account", item));
        let mut links: Vec<DeskLink> = links.collect::<Result<_, _>>()?;
        links.sort_by(|a, b| a.account.cmp(&b.account));
        Ok(links)
    }

    /// Writes a link under the version that was read.
    ///
    /// # Errors
    /// [`CommitError::Conflict`] if somebody else has written it since; or that the store is not
    /// available or refuses.
    pub async fn put_desk_link(&self, link: &DeskLink) -> Result<(), CommitError> {
        let condition = Condition::of(link.version);
        let put = Write::put(
            Table::Directory,
            "link to an account",
            item(link)?,
            condition,
        );
        self.transact(&[put], None).await.map(drop)
    }
}
