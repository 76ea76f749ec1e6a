//! How somebody stands to a desk: what its rules are asked with.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Customer, EmailAddress, Membership, OrgId, Organization, decide::ReportedState, desk::Desk,
    mailbox::Stands, text::Name,
};
use store::Wanted;

use super::{Intake, Known};
use crate::{AppError, mailbox::other_spellings};

/// All that is known of somebody who asks.
#[derive(Debug, Clone)]
pub(super) struct Standing {
    customer: Option<Customer>,
    memberships: Vec<Membership>,
    organizations: BTreeMap<OrgId, Organization>,
    /// The organisations that they left and where they are forgotten since.
    left: BTreeSet<OrgId>,
    /// Where their mailbox has come or gone under another spelling of the address.
    others: BTreeMap<OrgId, Stands>,
    /// The organisation to which their address's domain belongs.
    by_domain: Option<OrgId>,
}

impl Intake {
    /// Loads all that is known of somebody.
    pub(super) async fn standing(&self, email: &EmailAddress) -> Result<Standing, AppError> {
        let by_domain = self.settings.domain_rule(&email.domain()).await?;
        let mut orgs: BTreeSet<OrgId> = self
            .core
            .store
            .organizations_of(email)
            .await?
            .into_iter()
            .collect();
        orgs.extend(by_domain.clone());
        let wanted = orgs
            .iter()
            .fold(Wanted::new().customer(email), |wanted, org| {
                let wanted = wanted.organization(org).membership(org, email);
                wanted.left(org, email)
            });
        let loaded = self.core.store.load(wanted).await?;
        let organizations: BTreeMap<_, _> = orgs
            .iter()
            .filter_map(|org| Some((org.clone(), loaded.organization(org)?.clone())))
            .collect();
        let mut others = BTreeMap::new();
        for (id, org) in &organizations {
            let stands = other_spellings(&self.core.store, &loaded, org, email).await?;
            others.extend(stands.map(|stands| (id.clone(), stands)));
        }
        let left = orgs.iter().filter(|org| loaded.left(org, email)).cloned();
        Ok(Standing {
            customer: loaded.customer(email).cloned(),
            memberships: loaded.memberships().cloned().collect(),
            organizations,
            left: left.collect(),
            others,
            by_domain,
        })
    }
}

impl Standing {
    /// What is recorded of them.
    pub(super) fn customer(&self) -> Option<&Customer> {
        self.customer.as_ref()
    }

    /// Whether what shows who they are still holds: nobody ended it, and of an organisation's
    /// session, they still have access there.
    pub(super) fn holds(&self, known: &Known) -> bool {
        let own = self.customer.as_ref().map_or(0, |customer| customer.epoch);
        match &known.org {
            None => self.epoch() == known.epoch,
            Some(org) => self
                .membership(org)
                .is_some_and(|m| m.has_access() && own + m.epoch == known.epoch),
        }
    }

    /// The epoch of links to what is their own.
    pub(super) fn epoch(&self) -> u32 {
        let own = self.customer.as_ref().map_or(0, |customer| customer.epoch);
        let theirs = self.memberships.iter().map(|membership| membership.epoch);
        theirs.fold(own, u32::saturating_add)
    }

    /// The epoch of a link to one request of theirs.
    pub(super) fn epoch_of_request(&self, org: Option<&OrgId>) -> u32 {
        let own = self.customer.as_ref().map_or(0, |customer| customer.epoch);
        let membership = org.and_then(|org| self.membership(org));
        own + membership.map_or(0, |membership| membership.epoch)
    }

    /// The epoch of links that only the person themselves can end.
    pub(super) fn own_epoch(&self) -> u32 {
        self.customer.as_ref().map_or(0, |customer| customer.epoch)
    }

    fn membership(&self, org: &OrgId) -> Option<&Membership> {
        self.memberships.iter().find(|m| m.org == *org)
    }

    /// The organisations of theirs that the desk serves; of an organisation's session, that one.
    pub(super) fn organizations(&self, desk: &Desk, only: Option<&OrgId>) -> Vec<(OrgId, Name)> {
        let theirs = self.memberships.iter().filter(|m| m.has_access());
        theirs
            .filter(|m| only.is_none_or(|only| m.org == *only))
            .filter_map(|m| self.organizations.get(&m.org))
            .filter(|org| org.desk == desk.id)
            .map(|org| (org.id.clone(), org.name.clone()))
            .collect()
    }

    /// What the desk's rules are asked with. `org` is the organisation for which they ask; without
    /// one it is that of their domain, else the one in which they have access, else one that they
    /// left.
    pub(super) fn state(&self, desk: &Desk, org: Option<&OrgId>) -> ReportedState {
        let org = org.cloned().or_else(|| self.by_domain.clone()).or_else(|| {
            let mut with_access = self.memberships.iter().filter(|m| m.has_access());
            match (with_access.next(), with_access.next()) {
                (Some(one), None) => Some(one.org.clone()),
                // In several, nobody can tell for which one it is.
                (Some(_), Some(_)) => None,
                (None, _) => self
                    .memberships
                    .iter()
                    .find(|m| m.has_left())
                    .map(|m| m.org.clone()),
            }
        });
        ReportedState {
            desk: Some(desk.clone()),
            membership: org.as_ref().and_then(|org| self.membership(org)).cloned(),
            left: org.as_ref().is_some_and(|org| self.left.contains(org)),
            others: org.as_ref().and_then(|org| self.others.get(org)).copied(),
            org: org.and_then(|org| self.organizations.get(&org).cloned()),
            customers: self.customer.iter().cloned().collect(),
            ..ReportedState::default()
        }
    }
}
