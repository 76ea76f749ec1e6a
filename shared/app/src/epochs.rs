//! The counters that end links.

use domain::EmailAddress;
use store::{Store, StoreError, Wanted};

use crate::{AppError, Core};

impl Core {
    /// The epoch of links to what is a person's own.
    pub(crate) async fn own_epoch(&self, email: &EmailAddress) -> Result<u32, AppError> {
        Ok(own_epoch(&self.store, email).await?)
    }
}

/// The epoch of links to what is a person's own: the person's counter and those of all their
/// memberships. Off-boarding anywhere ends them; a new one is a mail away.
pub(crate) async fn own_epoch(store: &Store, email: &EmailAddress) -> Result<u32, StoreError> {
    let orgs = store.organizations_of(email).await?;
    let wanted = orgs
        .iter()
        .fold(Wanted::new().customer(email), |wanted, org| {
            wanted.membership(org, email)
        });
    let loaded = store.load(wanted).await?;
    let own = loaded.customer(email).map_or(0, |customer| customer.epoch);
    Ok(loaded.memberships().fold(own, |sum, m| sum + m.epoch))
}
