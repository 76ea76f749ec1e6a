//! A person's standing with a desk, to which its rules apply.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Affiliation, Customer, EmailAddress, Epoch, OrgId, RequestRef, Timestamp,
    affiliation::home_of,
    decide::ReportedState,
    desk::Desk,
    link::{Dependence, Holder, Purpose, Scope},
    mailbox::MailboxStanding,
    text::Name,
};
use links::Claims;
use store::{Loaded, Wanted};

use super::{Intake, KnownPerson};
use crate::{AppError, mailbox::other_spellings};

/// All that is known of somebody who asks.
#[derive(Debug, Clone)]
pub(super) struct Asker {
    email: EmailAddress,
    loaded: Loaded,
    /// The standing of their mailbox under other spellings of the address.
    others: BTreeMap<OrgId, MailboxStanding>,
    /// The organisation to which their address's domain belongs.
    by_domain: Option<OrgId>,
    now: Timestamp,
}

impl Intake {
    /// Loads all that is known of somebody.
    pub(super) async fn standing(&self, email: &EmailAddress) -> Result<Asker, AppError> {
        let by_domain = self.settings.domain_rule(&email.domain()).await?;
        let mut orgs: BTreeSet<OrgId> = self
            .services
            .store
            .organizations_of(email)
            .await?
            .into_iter()
            .collect();
        orgs.extend(by_domain.clone());
        let wanted = orgs
            .iter()
            .fold(Wanted::new().customer(email), |wanted, org| {
                wanted.organization(org).affiliation(org, email)
            });
        let loaded = self.services.store.load(wanted).await?;
        let mut others = BTreeMap::new();
        for org in orgs.iter().filter_map(|org| loaded.organization(org)) {
            let stands = other_spellings(&self.services.store, &loaded, org, email).await?;
            others.extend(stands.map(|stands| (org.id.clone(), stands)));
        }
        Ok(Asker {
            email: email.clone(),
            loaded,
            others,
            by_domain,
            now: self.services.now(),
        })
    }
}

impl Asker {
    /// Their record.
    pub(super) fn customer(&self) -> Option<&Customer> {
        self.loaded.customer(&self.email)
    }

    /// The instant at which they ask.
    pub(super) fn now(&self) -> Timestamp {
        self.now
    }

    fn affiliations(&self) -> impl Iterator<Item = Affiliation<'_>> {
        self.loaded.affiliations(&self.email)
    }

    fn affiliation(&self, org: &OrgId) -> Option<Affiliation<'_>> {
        self.affiliations().find(|own| own.org() == org)
    }

    /// Tells whether what shows who they are still holds: the link behind it lives.
    pub(super) fn holds(&self, known: &KnownPerson) -> bool {
        let (purpose, scope) = (known.purpose, &known.scope);
        let holder = self.holder(Dependence::of(purpose, scope), known.org.as_ref());
        holder.honours(purpose, scope, known.epoch)
    }

    /// The epoch of a link to one request of theirs.
    pub(super) fn epoch_of_request(&self, request: &RequestRef, org: Option<&OrgId>) -> Epoch {
        let (purpose, request) = (Purpose::Requester, request.clone());
        let scope = Scope::Request { request };
        let holder = self.holder(Dependence::of(purpose, &scope), org);
        holder.epoch(purpose, &scope)
    }

    /// Tells whether a link to confirm a request lives.
    pub(super) fn confirms(&self, claims: &Claims) -> bool {
        let (purpose, scope) = (claims.purpose, &claims.scope);
        let holder = self.holder(Dependence::of(purpose, scope), None);
        holder.honours(purpose, scope, Epoch(claims.epoch))
    }

    /// They as the holder of a link, to something of `org` where it is to one organisation's.
    fn holder(&self, dependence: Dependence, org: Option<&OrgId>) -> Holder<'_> {
        let affiliations = match dependence {
            Dependence::Everywhere => self.affiliations().collect(),
            Dependence::There | Dependence::Round | Dependence::Asked => org
                .and_then(|org| self.affiliation(org))
                .into_iter()
                .collect(),
            Dependence::Nothing | Dependence::Person => Vec::new(),
        };
        Holder {
            customer: self.customer(),
            affiliations,
            asked: None,
            administers: false,
            now: self.now,
        }
    }

    /// The organisations of theirs that the desk serves; of an organisation's session, that one.
    pub(super) fn organizations(&self, desk: &Desk, only: Option<&OrgId>) -> Vec<(OrgId, Name)> {
        let theirs = self.affiliations().filter(|own| own.has_access(self.now));
        theirs
            .filter(|own| only.is_none_or(|only| own.org() == only))
            .filter_map(|own| self.loaded.organization(own.org()))
            .filter(|org| org.desk == desk.id)
            .map(|org| (org.id.clone(), org.name.clone()))
            .collect()
    }

    /// The state to which the desk's rules apply. `org` is the organisation of the request; without
    /// one it is that of the person's domain, else the one in which they have access, else one that
    /// they left.
    pub(super) fn state(&self, desk: &Desk, org: Option<&OrgId>) -> ReportedState {
        let org = org
            .cloned()
            .or_else(|| self.by_domain.clone())
            .or_else(|| home_of(&self.affiliations().collect::<Vec<_>>(), self.now));
        let own = org.as_ref().and_then(|org| self.affiliation(org));
        ReportedState {
            desk: Some(desk.clone()),
            membership: own.and_then(|own| own.membership()).cloned(),
            left: own.is_some_and(|own| own.trace()),
            others: org.as_ref().and_then(|org| self.others.get(org)).copied(),
            org: org.and_then(|org| self.loaded.organization(&org).cloned()),
            customers: self.customer().cloned().into_iter().collect(),
            ..ReportedState::default()
        }
    }
}
