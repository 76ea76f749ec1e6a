//! The roster: everybody with access, since when they have it, and when each was last active.

use std::collections::BTreeMap;

use domain::{EmailAddress, Membership, OrgId, Timestamp, customer::Deliverability};
use store::{Contact, Detail, Entry, Store, Wanted};

use super::{
    Console, ConsoleOrg,
    roster::{Kind, Query, count},
};
use crate::{AppError, path::Stop, path::session::Caller};

/// The number of people on one page.
pub(super) const PAGE: usize = 50;

/// A person on the roster.
#[derive(Debug, Clone)]
pub struct Person {
    /// Their membership.
    pub membership: Membership,
    /// The instant at which they were last active, wherever.
    pub last_active: Option<Timestamp>,
    /// Tells whether mail reaches them.
    pub deliverability: Deliverability,
    /// The word for them in the address of a page. It tells nobody who they are.
    pub handle: String,
}

/// A page of the roster.
#[derive(Debug, Clone)]
pub struct Roster {
    /// The place that it belongs to.
    pub place: ConsoleOrg,
    /// The people on the page.
    pub people: Vec<Person>,
    /// The number of people found, on all pages.
    pub found: usize,
    /// The number of each kind, whatever was asked for.
    pub counts: BTreeMap<Kind, usize>,
    /// The number of the page, from 1; the last one when a later one was asked for.
    pub page: usize,
    /// The number of pages, at least 1.
    pub pages: usize,
}

/// Everybody who was asked for, for a file.
#[derive(Debug, Clone)]
pub struct Listing {
    /// The place that it belongs to.
    pub place: ConsoleOrg,
    /// They, in order.
    pub people: Vec<Person>,
}

impl Console {
    /// A page of the roster.
    ///
    /// # Errors
    /// [`Stop::Closed`] when the caller does not lead the organisation; or that the store is not
    /// available or refuses.
    pub async fn roster(
        &self,
        caller: &Caller,
        org: &OrgId,
        query: &Query,
    ) -> Result<Roster, Stop> {
        let lead = self.lead(caller, org).await?;
        let detail = query.order.detail();
        let everybody = self.services.store.roster_entries(org, detail).await?;
        let counts = count(&everybody);
        let found = self.found(query, everybody).await?;
        let pages = found.len().div_ceil(PAGE).max(1);
        let page = query.page.clamp(1, pages);
        let shown = found.chunks(PAGE).nth(page - 1).unwrap_or_default();
        Ok(Roster {
            place: lead.place(),
            found: found.len(),
            people: self.shown(org, shown).await?,
            counts,
            page,
            pages,
        })
    }

    /// Everybody who was asked for.
    ///
    /// # Errors
    /// As [`Console::roster`].
    pub async fn listing(
        &self,
        caller: &Caller,
        org: &OrgId,
        query: &Query,
    ) -> Result<Listing, Stop> {
        let lead = self.lead(caller, org).await?;
        let everybody = self.services.memberships(org).await?;
        let entries = everybody.iter().map(Entry::from).collect();
        let found = self.found(query, entries).await?;
        let mut everybody: BTreeMap<_, _> = everybody
            .into_iter()
            .map(|membership| (membership.email.clone(), membership))
            .collect();
        let people = found
            .iter()
            .filter_map(|entry| everybody.remove(&entry.email))
            .collect();
        Ok(Listing {
            place: lead.place(),
            people: self.persons(people).await?,
        })
    }

    /// Those who were asked for, in order. When somebody was last active stands with the customer;
    /// of a whole roster it is read only where the order turns on it.
    async fn found(&self, query: &Query, everybody: Vec<Entry>) -> Result<Vec<Entry>, AppError> {
        let mut found = query.of(everybody);
        let active = if query.order.by_activity() {
            let people = found.iter().map(|entry| &entry.email);
            self.services.store.contacts(people).await?
        } else {
            BTreeMap::new()
        };
        query.sort(&mut found, |email| active.get(email)?.last_active_at);
        Ok(found)
    }

    /// All that is known of a few people on a roster. Who was forgotten a moment ago is left out.
    pub(super) async fn shown(
        &self,
        org: &OrgId,
        entries: &[Entry],
    ) -> Result<Vec<Person>, AppError> {
        let emails = || entries.iter().map(|entry| &entry.email);
        let wanted = emails().fold(Wanted::new(), |wanted, email| wanted.membership(org, email));
        let store = &self.services.store;
        let (loaded, contacts) = tokio::join!(store.load(wanted), store.contacts(emails()));
        let (loaded, contacts) = (loaded?, contacts?);
        let memberships = emails().filter_map(|email| loaded.membership(org, email).cloned());
        Ok(self.in_contact(memberships, &contacts))
    }

    /// These memberships with what is known of their customers.
    pub(super) async fn persons(
        &self,
        memberships: Vec<Membership>,
    ) -> Result<Vec<Person>, AppError> {
        let emails = memberships.iter().map(|membership| &membership.email);
        let contacts = self.services.store.contacts(emails).await?;
        Ok(self.in_contact(memberships, &contacts))
    }

    fn in_contact(
        &self,
        memberships: impl IntoIterator<Item = Membership>,
        contacts: &BTreeMap<EmailAddress, Contact>,
    ) -> Vec<Person> {
        let store = &self.services.store;
        memberships
            .into_iter()
            .map(|membership| {
                let contact = contacts.get(&membership.email);
                Person {
                    last_active: contact.and_then(|contact| contact.last_active_at),
                    deliverability: contact
                        .map(|contact| contact.deliverability)
                        .unwrap_or_default(),
                    handle: store.pseudonym(&membership.email),
                    membership,
                }
            })
            .collect()
    }

    /// The word for somebody in the address of a page.
    #[must_use]
    pub fn handle(&self, email: &EmailAddress) -> String {
        self.services.store.pseudonym(email)
    }

    /// Tells whether a handle stands for this address.
    #[must_use]
    pub fn stands_for(&self, handle: &str, email: &EmailAddress) -> bool {
        self.handle(email) == handle
    }

    /// The person for whom a handle stands.
    pub(super) async fn behind(
        &self,
        org: &OrgId,
        handle: &str,
    ) -> Result<Option<Membership>, AppError> {
        let store = &self.services.store;
        let everybody = store.roster_entries(org, Detail::None).await?;
        let Some(entry) = everybody
            .iter()
            .find(|entry| is_meant(store, entry, handle))
        else {
            return Ok(None);
        };
        let wanted = Wanted::new().membership(org, &entry.email);
        let loaded = store.load(wanted).await?;
        Ok(loaded.membership(org, &entry.email).cloned())
    }
}

/// Tells whether a handle stands for somebody on the roster.
pub(super) fn is_meant(store: &Store, entry: &Entry, handle: &str) -> bool {
    store.pseudonym(&entry.email) == handle
}
