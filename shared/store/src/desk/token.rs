//! The token with which a desk's service desk elsewhere is called.

use domain::{DeskId, Version, id::ExternalId};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    CommitError, Store, StoreError, item,
    keys::Key,
    tables::Table,
    transaction::{Condition, Write},
};

/// A token, encrypted, with the account that it belongs to.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskToken {
    /// The desk.
    pub desk: DeskId,
    /// The name by which the account logs in.
    pub login: String,
    /// The account's id there, by which its own acts are recognised.
    pub account: ExternalId,
    /// The token, sealed for the desk.
    pub sealed: String,
    /// The last day on which it is accepted.
    pub expires_on: Date,
    /// The number of times this item was written.
    #[serde(default)]
    pub version: Version,
}

/// Neither the token nor the account's address belongs into a log.
impl std::fmt::Debug for DeskToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DeskToken")
            .field("desk", &self.desk)
            .field("expires_on", &self.expires_on)
            .finish_non_exhaustive()
    }
}

impl Store {
    /// The token of a desk, if it was connected.
    ///
    /// # Errors
    /// If the store is not available or refuses, or the item cannot be read.
    pub async fn desk_token(&self, desk: &DeskId) -> Result<Option<DeskToken>, StoreError> {
        let item = self.get_directory(&Key::desk_token(desk)).await?;
        item.map(|item| item::decode("token of a desk", item))
            .transpose()
    }

    /// Forgets the token of a desk.
    ///
    /// # Errors
    /// If the store is not available or refuses.
    pub async fn forget_desk_token(&self, desk: &DeskId) -> Result<(), StoreError> {
        self.delete(Table::Directory, &Key::desk_token(desk)).await
    }

    /// Writes a token under the version that was read.
    ///
    /// # Errors
    /// [`CommitError::Conflict`] if somebody else has written it since; or that the store is not
    /// available or refuses.
    pub async fn put_desk_token(&self, token: &DeskToken) -> Result<(), CommitError> {
        let item = item::encode_next(&Key::desk_token(&token.desk), token, token.version)?;
        let condition = Condition::of(token.version);
        let put = Write::put(Table::Directory, "token of a desk", item, condition);
        self.transact(&[put], None).await.map(drop)
    }
}
