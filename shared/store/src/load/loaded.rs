//! The result of a load.

use std::collections::BTreeMap;

use domain::{
    Affiliation, Customer, DeliveryId, DeskId, DomainName, EmailAddress, Mailbox, Membership,
    OrgId, Organization, RequestRef, SourceId, Timestamp,
    desk::Desk,
    mailbox::MailboxStanding,
    policy::Spelling,
    request::{Record, Viewer, ViewerId},
};

use super::wanted::Want;
use crate::{
    Delivery, StoreError, delivery, domain_rule,
    item::{self, Item},
    mailbox,
};

/// Everything that was found.
#[derive(Debug, Clone, Default)]
pub struct Loaded {
    customers: BTreeMap<EmailAddress, Customer>,
    organizations: BTreeMap<OrgId, Organization>,
    memberships: BTreeMap<(OrgId, EmailAddress), Membership>,
    /// The traces that were read: true for those that exist.
    left: BTreeMap<(OrgId, EmailAddress), bool>,
    plain: BTreeMap<(OrgId, EmailAddress), Membership>,
    marks: BTreeMap<(OrgId, Mailbox), MailboxStanding>,
    desks: BTreeMap<DeskId, Desk>,
    domain_rules: BTreeMap<DomainName, OrgId>,
    requests: BTreeMap<RequestRef, Record>,
    viewers: BTreeMap<(RequestRef, ViewerId), Viewer>,
    deliveries: BTreeMap<(SourceId, DeliveryId), Item>,
}

impl Loaded {
    /// The customer, if known.
    #[must_use]
    pub fn customer(&self, email: &EmailAddress) -> Option<&Customer> {
        self.customers.get(email)
    }

    /// Every customer that was found.
    pub fn customers(&self) -> impl Iterator<Item = &Customer> {
        self.customers.values()
    }

    /// The organisation, if there is one.
    #[must_use]
    pub fn organization(&self, org: &OrgId) -> Option<&Organization> {
        self.organizations.get(org)
    }

    /// The membership, if there is one, in whatever state.
    #[must_use]
    pub fn membership(&self, org: &OrgId, email: &EmailAddress) -> Option<&Membership> {
        self.memberships.get(&(org.clone(), email.clone()))
    }

    /// Every membership that was found.
    pub fn memberships(&self) -> impl Iterator<Item = &Membership> {
        self.memberships.values()
    }

    /// This person's standing in the organisation, read by [`crate::Wanted::affiliation`]. A person
    /// also counts as a leaver if their mailbox left under another spelling of the address. A trace
    /// that was not read counts as present, because nothing is known about the person then.
    #[must_use]
    pub fn affiliation<'a>(&'a self, org: &'a OrgId, email: &EmailAddress) -> Affiliation<'a> {
        let found = self.left.get(&(org.clone(), email.clone())).copied();
        debug_assert!(found.is_some(), "an affiliation is loaded as a whole");
        let mailbox = Mailbox::of(email, &Spelling::default());
        let left = found.unwrap_or(true)
            || self.other_spellings(org, email, mailbox) == Some(MailboxStanding::Left);
        Affiliation::new(org, self.membership(org, email), left)
    }

    /// Every affiliation of this person that was read.
    pub fn affiliations(&self, email: &EmailAddress) -> impl Iterator<Item = Affiliation<'_>> {
        let of_them = self.left.keys().filter(move |(_, of)| of == email);
        of_them.map(|(org, of)| self.affiliation(org, of))
    }

    /// The marks of a mailbox in an organisation under spellings other than this one, as far as
    /// they were read.
    #[must_use]
    pub fn other_spellings(
        &self,
        org: &OrgId,
        email: &EmailAddress,
        mailbox: Mailbox,
    ) -> Option<MailboxStanding> {
        let plain = (org.clone(), mailbox.plain().clone());
        let is_other = plain.1 != *email;
        let membership = self.plain.get(&plain).filter(|_| is_other);
        let left = is_other && self.left.get(&plain) == Some(&true);
        let mark = self.marks.get(&(plain.0, mailbox)).copied();
        MailboxStanding::known(membership, left, mark)
    }

    /// The desk, if there is one.
    #[must_use]
    pub fn desk(&self, desk: &DeskId) -> Option<&Desk> {
        self.desks.get(desk)
    }

    /// The organisation to which a domain belongs, if a rule says so.
    #[must_use]
    pub fn domain_rule(&self, domain: &DomainName) -> Option<&OrgId> {
        self.domain_rules.get(domain)
    }

    /// The record under a request's key.
    #[must_use]
    pub fn request(&self, request: &RequestRef) -> Option<&Record> {
        self.requests.get(request)
    }

    /// A person's view of a request.
    #[must_use]
    pub fn viewer(&self, request: &RequestRef, who: &ViewerId) -> Option<&Viewer> {
        self.viewers.get(&(request.clone(), who.clone()))
    }

    /// The delivery, if it was seen before and is still remembered at `now`.
    ///
    /// # Errors
    /// If its record cannot be read.
    pub fn delivery(
        &self,
        source: &SourceId,
        id: &DeliveryId,
        now: Timestamp,
    ) -> Result<Option<Delivery>, StoreError> {
        match self.deliveries.get(&(source.clone(), id.clone())) {
            Some(item) => delivery::remembered(item, now),
            None => Ok(None),
        }
    }

    /// Notes that something was read, where its absence carries meaning.
    pub(super) fn asked(&mut self, want: &Want) {
        if let Want::Left(org, email) = want {
            self.left.insert((org.clone(), email.clone()), false);
        }
    }

    pub(super) fn take(&mut self, want: Want, item: Item) -> Result<(), StoreError> {
        match want {
            Want::Customer(email) => {
                self.customers
                    .insert(email, item::decode("customer", item)?);
            }
            Want::Organization(org) => {
                let found = item::decode("organization", item)?;
                self.organizations.insert(org, found);
            }
            Want::Membership(org, email) => {
                let found = item::decode("membership", item)?;
                self.memberships.insert((org, email), found);
            }
            Want::Left(org, email) => {
                self.left.insert((org, email), true);
            }
            Want::Plain(org, email) => {
                let found = item::decode("membership", item)?;
                self.plain.insert((org, email), found);
            }
            Want::Mark(org, mailbox) => {
                self.marks.insert((org, mailbox), mailbox::decode(&item)?);
            }
            Want::Desk(desk) => {
                self.desks.insert(desk, item::decode("desk", item)?);
            }
            Want::DomainRule(domain) => {
                self.domain_rules
                    .insert(domain, domain_rule::decode(&item)?);
            }
            Want::Request(request) => {
                self.requests
                    .insert(request, item::decode("request", item)?);
            }
            Want::Viewer(request, who) => {
                let found = item::decode("viewer", item)?;
                self.viewers.insert((request, who), found);
            }
            Want::Delivery(source, id) => {
                self.deliveries.insert((source, id), item);
            }
        }
        Ok(())
    }
}
