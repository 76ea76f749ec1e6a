//! Everything that is known of a copy's recipient when it is about to leave.

use domain::{
    Affiliation, Customer, DeskId, EmailAddress, Epoch, Mail, Membership, OrgId, Standing,
    Timestamp,
    link::{Holder, Purpose, Scope},
    message::{Addressee, Opens},
    text::Name,
};
use mail::{People, Person, Reader};
use store::{OutboxMessage, Wanted};

use super::Relay;
use crate::AppError;

/// All that a copy's recipient brings along.
pub(super) struct Recipient<'a> {
    pub(super) email: &'a EmailAddress,
    pub(super) customer: Option<&'a Customer>,
    /// Their standing in the organisation that the message is about, when it is about one.
    pub(super) affiliation: Option<Affiliation<'a>>,
    /// The membership that the message asks them to decide about.
    pub(super) asked: Option<&'a Membership>,
    /// Tells whether they administer the message's desk.
    pub(super) administers: bool,
    /// True if they have access anywhere. Only looked up for whoever asked for their link.
    pub(super) is_member: bool,
    /// The organisations they lead, likewise.
    pub(super) leads: Vec<Led>,
    /// The desk that serves an organisation in which they have access, likewise; of one that they
    /// lead before others.
    pub(super) served_by: Option<DeskId>,
}

/// An organisation that somebody leads.
pub(super) struct Led {
    pub(super) org: OrgId,
    pub(super) name: Name,
    /// The epoch of links to its console.
    pub(super) epoch: Epoch,
}

impl Recipient<'_> {
    /// Tells whether mail to them was stopped once, and is sent again.
    pub(super) fn was_unreachable(&self) -> bool {
        let customer = self.customer;
        customer.is_some_and(|customer| customer.reachable_since.is_some())
    }

    /// The recipient as the rules of the business ask for them.
    pub(super) fn addressee(&self, now: Timestamp) -> Addressee<'_> {
        let affiliation = self.affiliation;
        Addressee {
            customer: self.customer,
            standing: affiliation.map_or(Standing::Never, |own| own.standing(now)),
            administers: self.administers,
            is_member: self.is_member,
            now,
        }
    }

    /// The recipient as the holder of what this mail opens.
    pub(super) fn holder(&self, now: Timestamp) -> Holder<'_> {
        Holder {
            customer: self.customer,
            affiliations: self.affiliation.into_iter().collect(),
            asked: self.asked,
            administers: self.administers,
            now,
        }
    }
}

impl Relay {
    /// Looks up where somebody has access and what they lead, if they asked for their link. It is
    /// done here, out of sight: whoever asked has had the same answer for any address.
    pub(super) async fn look_up_memberships(
        &self,
        message: &OutboxMessage,
        recipient: &mut Recipient<'_>,
    ) -> Result<(), AppError> {
        let asked = Mail::YourLink {
            opens: Opens::MyRequests,
            org_name: None,
        };
        if message.message.mail != asked {
            return Ok(());
        }
        let (store, email, now) = (&self.services.store, recipient.email, self.services.now());
        let orgs = store.organizations_of(email).await?;
        if orgs.is_empty() {
            return Ok(());
        }
        let wanted = orgs.iter().fold(Wanted::new(), |wanted, org| {
            wanted.organization(org).affiliation(org, email)
        });
        let loaded = store.load(wanted).await?;
        for own in loaded.affiliations(email) {
            let standing = own.standing(now);
            let Some(found) = loaded.organization(own.org()) else {
                continue;
            };
            recipient.is_member |= standing.has_access();
            let leads_before = !recipient.leads.is_empty();
            if standing.has_access() && recipient.served_by.is_none()
                || standing == Standing::Lead && !leads_before
            {
                recipient.served_by = Some(found.desk.clone());
            }
            if standing == Standing::Lead {
                let (org, purpose) = (own.org().clone(), Purpose::LeadConsole);
                let scope = Scope::Organization { org: org.clone() };
                let holder = Holder {
                    affiliations: vec![own],
                    ..recipient.holder(now)
                };
                recipient.leads.push(Led {
                    name: found.name.clone(),
                    epoch: holder.epoch(purpose, &scope),
                    org,
                });
            }
        }
        Ok(())
    }
}

/// The most leads whom a mail names to ask.
const MOST_LEADS: usize = 3;

impl Relay {
    /// The people whom a mail names beside its reader: the inviter, or the leads to ask.
    pub(super) async fn people(
        &self,
        message: &OutboxMessage,
        reader: &EmailAddress,
    ) -> Result<People, AppError> {
        let store = &self.services.store;
        let (mail, org) = (&message.message.mail, message.message.org.as_ref());
        if let Mail::Invitation {
            inviter: Some(inviter),
            ..
        } = mail
            && let Ok(inviter) = inviter.parse()
        {
            let loaded = store.load(Wanted::new().customer(&inviter)).await?;
            let known = loaded.customer(&inviter);
            return Ok(People {
                inviter: known.and_then(|known| known.name.clone()),
                leads: Vec::new(),
            });
        }
        match org {
            Some(org) if sends_to_leads(mail) => Ok(People {
                inviter: None,
                leads: self.leads_to_ask(org, reader).await?,
            }),
            Some(_) | None => Ok(People::default()),
        }
    }

    async fn leads_to_ask(
        &self,
        org: &OrgId,
        reader: &EmailAddress,
    ) -> Result<Vec<Person>, AppError> {
        let store = &self.services.store;
        let loaded = store.load(Wanted::new().organization(org)).await?;
        let Some(found) = loaded.organization(org) else {
            return Ok(Vec::new());
        };
        let leads = found.leads.iter().filter(|lead| *lead != reader);
        let leads: Vec<_> = leads.take(MOST_LEADS).collect();
        let loaded = store
            .load(Wanted::new().customers(leads.iter().copied()))
            .await?;
        let leads = leads.into_iter().map(|email| Person {
            email: email.clone(),
            name: loaded.customer(email).and_then(|known| known.name.clone()),
        });
        Ok(leads.collect())
    }
}

/// Tells whether a mail sends its reader to the leads of their organisation.
fn sends_to_leads(mail: &Mail) -> bool {
    matches!(
        mail,
        Mail::InactivityWarning { .. } | Mail::AccessEnding { .. } | Mail::AccessEnded { .. }
    )
}

/// The language and zone of a copy's recipient. Of somebody who chose no language, the form's counts that they
/// filled in.
pub(super) fn reader(mail: &Mail, customer: Option<&Customer>) -> Reader {
    let recorded = customer.map_or_else(Reader::default, Reader::of);
    match mail {
        Mail::ConfirmRequest {
            language: Some(language),
            ..
        } if customer.is_none_or(|customer| customer.locale.is_none()) => {
            recorded.reading(*language)
        }
        _ => recorded,
    }
}
