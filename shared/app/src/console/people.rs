//! The roster: who has access, since when, and when each was last active.

use std::collections::BTreeMap;

use domain::{EmailAddress, Membership, OrgId, Timestamp};
use store::Wanted;

use super::{
    Console, Place,
    roster::{Kind, Query, count},
};
use crate::{AppError, Core, session::Caller};

/// How many people stand on one page.
pub(super) const PAGE: usize = 50;

/// Somebody on the roster.
#[derive(Debug, Clone)]
pub struct Person {
    /// Their membership.
    pub membership: Membership,
    /// When they were last active, wherever.
    pub last_active: Option<Timestamp>,
    /// Whether mail does not reach them any more.
    pub unreachable: bool,
    /// What stands for them in an address of a page: it tells nobody who they are.
    pub handle: String,
}

/// A page of the roster.
#[derive(Debug, Clone)]
pub struct Roster {
    /// Where it belongs.
    pub place: Place,
    /// Who stands on the page.
    pub people: Vec<Person>,
    /// How many were found, on all pages.
    pub found: usize,
    /// How many there are of each kind, whatever was asked for.
    pub counts: BTreeMap<Kind, usize>,
    /// Which page it is, from 1; the last one when a later one was asked for.
    pub page: usize,
    /// How many pages there are, at least 1.
    pub pages: usize,
}

/// Everybody who was asked for, for a file.
#[derive(Debug, Clone)]
pub struct Listing {
    /// Where it belongs.
    pub place: Place,
    /// They, in order.
    pub people: Vec<Person>,
}

impl Console {
    /// A page of the roster. `None` when the caller does not lead the organisation.
    ///
    /// # Errors
    /// When the store is not available or refuses.
    pub async fn roster(
        &self,
        caller: &Caller,
        org: &OrgId,
        query: &Query,
    ) -> Result<Option<Roster>, AppError> {
        let Some(lead) = self.lead(caller, org).await? else {
            return Ok(None);
        };
        let everybody = self.core.memberships(org).await?;
        let counts = count(&everybody);
        let found = self.found(query, everybody).await?;
        let pages = found.len().div_ceil(PAGE).max(1);
        let page = query.page.clamp(1, pages);
        let shown: Vec<_> = found
            .chunks(PAGE)
            .nth(page - 1)
            .unwrap_or_default()
            .to_vec();
        Ok(Some(Roster {
            place: lead.place(),
            found: found.len(),
            people: self.persons(shown).await?,
            counts,
            page,
            pages,
        }))
    }

    /// Everybody who was asked for. `None` when the caller does not lead the organisation.
    ///
    /// # Errors
    /// When the store is not available or refuses.
    pub async fn listing(
        &self,
        caller: &Caller,
        org: &OrgId,
        query: &Query,
    ) -> Result<Option<Listing>, AppError> {
        let Some(lead) = self.lead(caller, org).await? else {
            return Ok(None);
        };
        let everybody = self.core.memberships(org).await?;
        let found = self.found(query, everybody).await?;
        Ok(Some(Listing {
            place: lead.place(),
            people: self.persons(found).await?,
        }))
    }

    /// Those who were asked for, in order. When somebody was last active stands with the customer;
    /// of a whole roster it is read only where the order turns on it.
    async fn found(
        &self,
        query: &Query,
        everybody: Vec<Membership>,
    ) -> Result<Vec<Membership>, AppError> {
        let mut found = query.of(everybody);
        let active = if query.order.by_activity() {
            self.core.last_active(&found).await?
        } else {
            BTreeMap::new()
        };
        query.sort(&mut found, |m| active.get(&m.email).copied().flatten());
        Ok(found)
    }

    /// These memberships with what is known of their customers.
    pub(super) async fn persons(
        &self,
        memberships: Vec<Membership>,
    ) -> Result<Vec<Person>, AppError> {
        let emails = memberships.iter().map(|membership| &membership.email);
        let wanted = Wanted::new().customers(emails);
        let loaded = if wanted.is_empty() {
            store::Loaded::default()
        } else {
            self.core.store.load(wanted).await?
        };
        let store = &self.core.store;
        Ok(memberships
            .into_iter()
            .map(|membership| {
                let customer = loaded.customer(&membership.email);
                Person {
                    last_active: customer.and_then(|customer| customer.last_active_at),
                    unreachable: customer.is_some_and(domain::Customer::is_suppressed),
                    handle: store.pseudonym(&membership.email),
                    membership,
                }
            })
            .collect())
    }

    /// The person for whom a handle stands.
    pub(super) async fn behind(
        &self,
        org: &OrgId,
        handle: &str,
    ) -> Result<Option<Membership>, AppError> {
        let mut everybody = self.core.memberships(org).await?.into_iter();
        let store = &self.core.store;
        Ok(everybody.find(|membership| store.pseudonym(&membership.email) == handle))
    }
}

impl Core {
    /// When each of these people was last active.
    async fn last_active(
        &self,
        people: &[Membership],
    ) -> Result<BTreeMap<EmailAddress, Option<Timestamp>>, AppError> {
        let wanted = Wanted::new().customers(people.iter().map(|m| &m.email));
        if wanted.is_empty() {
            return Ok(BTreeMap::new());
        }
        let loaded = self.store.load(wanted).await?;
        Ok(loaded
            .customers()
            .map(|customer| (customer.email.clone(), customer.last_active_at))
            .collect())
    }
}
