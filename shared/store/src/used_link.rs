//! Links that one use ended.

use domain::Timestamp;

use crate::{Store, StoreError, item, keys::Key};

impl Store {
    /// Whether a single-use link was used, by the nonce under which it was spent.
    ///
    /// # Errors
    /// When the store is not available or refuses.
    pub async fn link_used(&self, nonce: &str, now: Timestamp) -> Result<bool, StoreError> {
        let item = self.get_journal(&Key::link(nonce)).await?;
        Ok(item.is_some_and(|item| !item::has_expired(&item, now)))
    }
}
