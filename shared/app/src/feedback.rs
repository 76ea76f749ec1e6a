//! Notices of the mail system about mails that were sent: bounces and complaints stop mail to an
//! address, once, and its leads learn it; a correction lets it go on.

use domain::{
    Actor, Customer, EmailAddress, Evidence, Occasion, OrgId, Outcome, Proof,
    customer::Suppression,
    decide::{suppress, take_back_complaint},
    text::Line,
};
use store::{Once, Wanted};

use crate::{
    AppError, Metric, Services,
    path::{Ruling, Settled},
};

/// One notice of the mail system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The mail system's id of the mail.
    pub message: Line<200>,
    /// Its content.
    pub says: Says,
}

/// The content of a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Says {
    /// The mail arrived.
    Delivered,
    /// Mail to these addresses is to stop, for this reason.
    Stop(Vec<EmailAddress>, Suppression),
    /// A mail to these addresses was taken for spam and is none.
    NotSpam(Vec<EmailAddress>),
    /// Something that may pass, such as a full mailbox.
    Passing,
    /// Something about the mail, or about how it was sent, and not about the address. Those who run
    /// the desk find it in the log.
    OfTheMail(&'static str),
}

/// The effect of a notice on one address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    Stop(Suppression),
    NotSpam,
}

/// Hears from the mail system.
#[derive(Debug)]
pub struct Feedback {
    services: Services,
}

impl Feedback {
    /// Over what every use case works with.
    #[must_use]
    pub fn new(services: Services) -> Self {
        Self { services }
    }

    /// Takes a notice. A repeated one, or one out of order, changes nothing more.
    ///
    /// # Errors
    /// If the store is not available or refuses; the caller has to give the notice again.
    pub async fn take(&self, notice: &Notice) -> Result<(), AppError> {
        let (addresses, effect) = match &notice.says {
            Says::Delivered | Says::Passing => return Ok(()),
            Says::OfTheMail(what) => {
                tracing::warn!(reason = what, "the mail system finds fault with a mail");
                return Ok(());
            }
            Says::Stop(addresses, why) => (addresses, Effect::Stop(*why)),
            Says::NotSpam(addresses) => (addresses, Effect::NotSpam),
        };
        for email in addresses {
            self.apply(email, effect, &notice.message).await?;
        }
        Ok(())
    }

    async fn apply(
        &self,
        email: &EmailAddress,
        effect: Effect,
        message: &Line<200>,
    ) -> Result<(), AppError> {
        let services = &self.services;
        let now = services.now();
        let proof = Proof {
            actor: Actor::MailFeedback,
            evidence: Evidence::MailEvent {
                message: message.clone(),
            },
        };
        let occasion = proof.at(now);
        let settled = services.attempt(&Once::Nothing, now, || async {
            let outcome = self.decide(email, effect, &occasion).await?;
            let org = organization_of(&outcome).cloned();
            Ok::<_, AppError>(Ruling::of(outcome, org))
        });
        if let Settled::Done(org) = settled.await? {
            if matches!(effect, Effect::Stop(_)) {
                services.count(Metric::AddressSuppressed);
            }
            tracing::warn!(
                customer = %services.store.pseudonym(email),
                effect = ?effect,
                org.id = org.as_ref().map(OrgId::as_str),
                "the mail system spoke of an address"
            );
        }
        Ok(())
    }

    async fn decide(
        &self,
        email: &EmailAddress,
        effect: Effect,
        occasion: &Occasion,
    ) -> Result<Outcome, AppError> {
        let store = &self.services.store;
        let orgs = match effect {
            Effect::Stop(_) => store.organizations_of(email).await?,
            Effect::NotSpam => Vec::new(),
        };
        let wanted = orgs
            .iter()
            .fold(Wanted::new().customer(email), |wanted, org| {
                wanted.organization(org).membership(org, email)
            });
        let loaded = store.load(wanted).await?;
        let customer = loaded
            .customer(email)
            .cloned()
            .unwrap_or_else(|| Customer::new(email.clone(), None));
        // Only where the person holds a seat does anybody have to care.
        let organizations = loaded
            .memberships()
            .filter(|membership| membership.holds_seat())
            .filter_map(|membership| loaded.organization(&membership.org).cloned())
            .collect();
        Ok(match effect {
            Effect::Stop(why) => suppress(customer, organizations, why, occasion),
            Effect::NotSpam => {
                let reason = "its reader says that our mail is no spam";
                take_back_complaint(customer, reason, occasion)
            }
        })
    }
}

/// The first organisation whose leads are told.
fn organization_of(outcome: &Outcome) -> Option<&OrgId> {
    let mut orgs = outcome.messages.iter().filter_map(|m| m.org.as_ref());
    orgs.next()
}
