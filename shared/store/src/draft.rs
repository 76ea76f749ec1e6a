//! Requests that wait for their reporters to confirm them.

use domain::{DraftId, Timestamp, Version, draft::DraftRequest};

use crate::{
    Store, StoreError,
    item::{self, Item},
    keys::Key,
};

pub(crate) fn item(draft: &DraftRequest) -> Result<Item, StoreError> {
    let mut item = item::encode_next(&Key::draft(&draft.id), draft, Version::NEW)?;
    item::set_expiry(&mut item, draft.until);
    Ok(item)
}

impl Store {
    /// A request that waits for its confirmation, unless it has expired.
    ///
    /// # Errors
    /// If the store is not available or refuses, or the item cannot be read.
    pub async fn draft(
        &self,
        id: &DraftId,
        now: Timestamp,
    ) -> Result<Option<DraftRequest>, StoreError> {
        let Some(item) = self.get_journal(&Key::draft(id)).await? else {
            return Ok(None);
        };
        let draft: DraftRequest = item::decode("draft", item)?;
        Ok((!draft.is_over(now)).then_some(draft))
    }
}
