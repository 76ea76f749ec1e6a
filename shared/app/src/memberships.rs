//! Everybody in an organisation.

use domain::{Membership, OrgId};

use crate::{AppError, Services};

/// The number of memberships per call; an answer has 1 MB at most.
const CHUNK: u32 = 1_000;

impl Services {
    /// Every membership of an organisation, in whatever state, in the order of addresses.
    pub(crate) async fn memberships(&self, org: &OrgId) -> Result<Vec<Membership>, AppError> {
        let mut everybody = Vec::new();
        let mut cursor = None;
        loop {
            let page = self.store.roster(org, cursor.as_ref(), CHUNK).await?;
            everybody.extend(page.items);
            cursor = page.next;
            if cursor.is_none() {
                return Ok(everybody);
            }
        }
    }
}
