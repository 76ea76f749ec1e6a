//! The counters that end links.

use domain::EmailAddress;
use store::Wanted;

use crate::{AppError, Core};

impl Core {
    /// The epoch of links to what is a person's own: the person's counter and those of all their
    /// memberships. Off-boarding anywhere ends them; a new one is a mail away.
    pub(crate) async fn own_epoch(&self, email: &EmailAddress) -> Result<u32, AppError> {
        let orgs = self.store.organizations_of(email).await?;
        let wanted = orgs
            .iter()
            .fold(Wanted::new().customer(email), |wanted, org| {
                wanted.membership(org, email)
            });
        let loaded = self.store.load(wanted).await?;
        let own = loaded.customer(email).map_or(0, |customer| customer.epoch);
        Ok(loaded.memberships().fold(own, |sum, m| sum + m.epoch))
    }
}
