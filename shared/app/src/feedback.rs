//! What the mail system says of mails that were sent: bounces and complaints end mail to an
//! address, once, and its leads learn it.

use domain::{
    Actor, Customer, EmailAddress, Evidence, Proof, customer::Suppression, decide::suppress,
    text::Line,
};
use store::{Once, Wanted};

use crate::{
    AppError, Core, Metric,
    core::{ATTEMPTS, Written},
};

/// One notice of the mail system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The mail system's id of the mail.
    pub message: Line<200>,
    /// What it says.
    pub says: Says,
}

/// What a notice says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Says {
    /// The mail arrived.
    Delivered,
    /// These addresses will never get any: they bounced for good, or complained.
    Undeliverable(Vec<EmailAddress>, Suppression),
    /// Something that may pass, such as a full mailbox.
    Passing,
}

/// Hears from the mail system.
#[derive(Debug)]
pub struct Feedback {
    core: Core,
}

impl Feedback {
    /// Over what every use case works with.
    #[must_use]
    pub fn new(core: Core) -> Self {
        Self { core }
    }

    /// Takes a notice. A repeated one, or one out of order, changes nothing more.
    ///
    /// # Errors
    /// When the store is not available or refuses; the notice is to be given again.
    pub async fn take(&self, notice: &Notice) -> Result<(), AppError> {
        match &notice.says {
            Says::Delivered | Says::Passing => Ok(()),
            Says::Undeliverable(addresses, why) => {
                for email in addresses {
                    self.suppress(email, *why, &notice.message).await?;
                }
                Ok(())
            }
        }
    }

    async fn suppress(
        &self,
        email: &EmailAddress,
        why: Suppression,
        message: &Line<200>,
    ) -> Result<(), AppError> {
        let core = &self.core;
        for attempt in 0..ATTEMPTS {
            let orgs = core.store.organizations_of(email).await?;
            let wanted = orgs
                .iter()
                .fold(Wanted::new().customer(email), |wanted, org| {
                    wanted.organization(org).membership(org, email)
                });
            let loaded = core.store.load(wanted).await?;
            let customer = loaded
                .customer(email)
                .cloned()
                .unwrap_or_else(|| Customer::new(email.clone(), None));
            // Only where the person holds a seat does anybody have to care.
            let organizations: Vec<_> = loaded
                .memberships()
                .filter(|membership| membership.holds_seat())
                .filter_map(|membership| loaded.organization(&membership.org).cloned())
                .collect();
            let proof = Proof {
                actor: Actor::MailFeedback,
                evidence: Evidence::MailEvent {
                    message: message.clone(),
                },
            };
            let now = core.now();
            let outcome = suppress(customer, &organizations, why, &proof, now);
            if outcome.is_empty() {
                return Ok(());
            }
            match core.commit(&outcome, &Once::Nothing, now).await? {
                Written::Done => {
                    core.count(Metric::AddressSuppressed);
                    tracing::warn!(
                        customer = %core.store.pseudonym(email),
                        reason = ?why,
                        org.id = organizations.first().map(|org| org.id.as_str()),
                        "address suppressed"
                    );
                    return Ok(());
                }
                Written::SeenBefore | Written::Stale => core.before_next_attempt(attempt).await,
            }
        }
        Err(AppError::Contended)
    }
}
