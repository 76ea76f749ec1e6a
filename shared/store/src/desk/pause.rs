//! The pause of a desk: until its end nobody calls the service desk.

use std::collections::BTreeMap;

use domain::{DeskId, Timestamp, Version};
use serde::{Deserialize, Serialize};

use crate::{
    CommitError, Store, StoreError, item,
    keys::Key,
    tables::Table,
    transaction::{Condition, Write},
};

/// A pause of all calls to a desk's service desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// Its end.
    pub until: Timestamp,
    /// Its reason.
    pub why: PauseReason,
    /// The number of pauses in a row for this reason. A call that is answered ends the row.
    #[serde(default)]
    pub in_a_row: u32,
    /// The version of the credentials that were used. Others end the pause.
    #[serde(default)]
    pub token: Version,
    /// The pauses of single calls, by the client's name for them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub calls: BTreeMap<String, Timestamp>,
}

/// The reasons for a pause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PauseReason {
    /// A limit of the site is reached.
    Limit,
    /// The site does not answer.
    Unavailable,
    /// The credentials are not accepted. New ones end the pause.
    Unauthorized,
    /// There are no credentials yet.
    Unconnected,
}

impl Store {
    /// The pause of a desk, over or not. `None` if the last call was answered.
    ///
    /// # Errors
    /// If the store is not available or refuses, or the item cannot be read.
    pub async fn desk_pause(&self, desk: &DeskId) -> Result<Option<Pause>, StoreError> {
        let item = self.get_journal(&Key::pause(desk)).await?;
        item.map(|item| item::decode("pause of a desk", item))
            .transpose()
    }

    /// Sets the pause of a desk.
    ///
    /// # Errors
    /// If the store is not available or refuses.
    pub async fn pause_desk(&self, desk: &DeskId, pause: &Pause) -> Result<(), CommitError> {
        let item = item::encode(&Key::pause(desk), pause)?;
        let put = Write::put(Table::Journal, "pause of a desk", item, Condition::Nothing);
        self.transact(&[put], None).await.map(drop)
    }

    /// Ends the pause of a desk.
    ///
    /// # Errors
    /// If the store is not available or refuses.
    pub async fn resume_desk(&self, desk: &DeskId) -> Result<(), StoreError> {
        self.delete(Table::Journal, &Key::pause(desk)).await
    }
}
