//! The counterparts of organisations at service desks.

use domain::{DeskId, OrgId, Version};
use serde::{Deserialize, Serialize};

use crate::{
    CommitError, Store, StoreError, item,
    keys::Key,
    tables::Table,
    transaction::{Condition, Write},
};

/// The organisation at a service desk that stands for one of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Its number there.
    pub id: u64,
    /// `true` if the writer has made it.
    #[serde(default)]
    pub made: bool,
    /// The number of times this item was written.
    #[serde(default)]
    pub version: Version,
}

impl Store {
    /// The counterpart of an organisation that was found or made, if it was.
    ///
    /// # Errors
    /// If the store is not available or refuses, or the item cannot be read.
    pub async fn counterpart(
        &self,
        desk: &DeskId,
        org: &OrgId,
    ) -> Result<Option<Found>, StoreError> {
        let item = self.get_directory(&Key::counterpart(desk, org)).await?;
        item.map(|item| item::decode("counterpart of an organisation", item))
            .transpose()
    }

    /// Remembers a counterpart, under the version that was read.
    ///
    /// # Errors
    /// [`CommitError::Conflict`] if somebody else has written it since; or that the store is not
    /// available or refuses.
    pub async fn put_counterpart(
        &self,
        desk: &DeskId,
        org: &OrgId,
        found: &Found,
    ) -> Result<(), CommitError> {
        let what = "counterpart of an organisation";
        let item = item::encode_next(&Key::counterpart(desk, org), found, found.version)?;
        let put = Write::put(Table::Directory, what, item, Condition::of(found.version));
        self.transact(&[put], None).await.map(drop)
    }
}
