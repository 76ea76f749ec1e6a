//! What to load.

use std::collections::BTreeSet;

use domain::{
    DeliveryId, DeskId, DomainName, EmailAddress, Mailbox, OrgId, RequestRef, SourceId,
    policy::Spelling, request::Who,
};

/// What to load. Naming a thing twice loads it once.
#[derive(Debug, Clone, Default)]
pub struct Wanted(pub(super) BTreeSet<Want>);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Want {
    Customer(EmailAddress),
    Organization(OrgId),
    Membership(OrgId, EmailAddress),
    Left(OrgId, EmailAddress),
    /// The membership under the plain spelling of a mailbox: nobody's own.
    Plain(OrgId, EmailAddress),
    Mark(OrgId, Mailbox),
    Desk(DeskId),
    DomainRule(DomainName),
    Request(RequestRef),
    Viewer(RequestRef, Who),
    Delivery(SourceId, DeliveryId),
}

impl Wanted {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether nothing is wanted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn and(mut self, want: Want) -> Self {
        self.0.insert(want);
        self
    }

    /// And a customer.
    #[must_use]
    pub fn customer(self, email: &EmailAddress) -> Self {
        self.and(Want::Customer(email.clone()))
    }

    /// And each of these customers.
    #[must_use]
    pub fn customers<'a>(self, emails: impl IntoIterator<Item = &'a EmailAddress>) -> Self {
        emails.into_iter().fold(self, Self::customer)
    }

    /// And an organisation.
    #[must_use]
    pub fn organization(self, org: &OrgId) -> Self {
        self.and(Want::Organization(org.clone()))
    }

    /// And a membership, to read or change it. How somebody stands is told by
    /// [`Self::affiliation`] alone: a membership that is not there may have been forgotten.
    #[must_use]
    pub fn membership(self, org: &OrgId, email: &EmailAddress) -> Self {
        self.and(Want::Membership(org.clone(), email.clone()))
    }

    /// And all that tells how somebody stands to an organisation: their membership, and the trace that
    /// stays when that is forgotten, under this spelling of their address or, by the rule that holds
    /// everywhere, under another one.
    #[must_use]
    pub fn affiliation(self, org: &OrgId, email: &EmailAddress) -> Self {
        let mailbox = Mailbox::of(email, &Spelling::default());
        self.membership(org, email)
            .and(Want::Left(org.clone(), email.clone()))
            .other_spellings(org, email, mailbox)
    }

    /// And how a mailbox stands to an organisation under other spellings than this one.
    #[must_use]
    pub fn other_spellings(self, org: &OrgId, email: &EmailAddress, mailbox: Mailbox) -> Self {
        let plain = mailbox.plain().clone();
        let wanted = self.and(Want::Mark(org.clone(), mailbox));
        if plain == *email {
            return wanted;
        }
        wanted
            .and(Want::Left(org.clone(), plain.clone()))
            .and(Want::Plain(org.clone(), plain))
    }

    /// And a desk.
    #[must_use]
    pub fn desk(self, desk: &DeskId) -> Self {
        self.and(Want::Desk(desk.clone()))
    }

    /// And the organisation to which a domain belongs.
    #[must_use]
    pub fn domain_rule(self, domain: &DomainName) -> Self {
        self.and(Want::DomainRule(domain.clone()))
    }

    /// And what is stored under a request's key.
    #[must_use]
    pub fn request(self, request: &RequestRef) -> Self {
        self.and(Want::Request(request.clone()))
    }

    /// And somebody's view of a request.
    #[must_use]
    pub fn viewer(self, request: &RequestRef, who: &Who) -> Self {
        self.and(Want::Viewer(request.clone(), who.clone()))
    }

    /// And whether a delivery was seen before: in the same round trip, so that a duplicate costs no
    /// write.
    #[must_use]
    pub fn delivery(self, source: &SourceId, id: &DeliveryId) -> Self {
        self.and(Want::Delivery(source.clone(), id.clone()))
    }
}
