//! Single-use links that were used, and notices that were given.

use domain::Timestamp;

use crate::{Store, StoreError, item, keys::Key};

impl Store {
    /// Tells whether a single-use link was used, by the nonce under which it was spent.
    ///
    /// # Errors
    /// If the store is not available or refuses.
    pub async fn link_used(&self, nonce: &str, now: Timestamp) -> Result<bool, StoreError> {
        let item = self.get_journal(&Key::link(nonce)).await?;
        Ok(item.is_some_and(|item| !item::has_expired(&item, now)))
    }

    /// Tells whether a notice was given that is given once.
    ///
    /// # Errors
    /// If the store is not available or refuses.
    pub async fn notice_given(&self, name: &str, now: Timestamp) -> Result<bool, StoreError> {
        let item = self.get_journal(&Key::notice(name)).await?;
        Ok(item.is_some_and(|item| !item::has_expired(&item, now)))
    }
}
