//! The list of things to load.

use std::collections::BTreeSet;

use domain::{
    DeliveryId, DeskId, DomainName, EmailAddress, Mailbox, OrgId, RequestRef, SourceId,
    policy::Spelling, request::ViewerId,
};

/// The things to load. A thing named twice is loaded once.
#[derive(Debug, Clone, Default)]
pub struct Wanted(pub(super) BTreeSet<Want>);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Want {
    Customer(EmailAddress),
    Organization(OrgId),
    Membership(OrgId, EmailAddress),
    Left(OrgId, EmailAddress),
    /// The membership under the plain spelling of a mailbox, which is nobody's own.
    Plain(OrgId, EmailAddress),
    Mark(OrgId, Mailbox),
    Desk(DeskId),
    DomainRule(DomainName),
    Request(RequestRef),
    Viewer(RequestRef, ViewerId),
    Delivery(SourceId, DeliveryId),
}

impl Wanted {
    /// An empty list.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Tells whether nothing is wanted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn and(mut self, want: Want) -> Self {
        self.0.insert(want);
        self
    }

    /// Adds a customer.
    #[must_use]
    pub fn customer(self, email: &EmailAddress) -> Self {
        self.and(Want::Customer(email.clone()))
    }

    /// Adds each of these customers.
    #[must_use]
    pub fn customers<'a>(self, emails: impl IntoIterator<Item = &'a EmailAddress>) -> Self {
        emails.into_iter().fold(self, Self::customer)
    }

    /// Adds an organisation.
    #[must_use]
    pub fn organization(self, org: &OrgId) -> Self {
        self.and(Want::Organization(org.clone()))
    }

    /// Adds a membership, to read or change it. Only [`Self::affiliation`] gives a person's
    /// standing, because a missing membership may have been forgotten.
    #[must_use]
    pub fn membership(self, org: &OrgId, email: &EmailAddress) -> Self {
        self.and(Want::Membership(org.clone(), email.clone()))
    }

    /// Adds a person's standing in an organisation: their membership, and the trace that stays when
    /// the membership is forgotten, under this spelling of their address or, by the rule that
    /// applies everywhere, another one.
    #[must_use]
    pub fn affiliation(self, org: &OrgId, email: &EmailAddress) -> Self {
        let mailbox = Mailbox::of(email, &Spelling::default());
        self.membership(org, email)
            .and(Want::Left(org.clone(), email.clone()))
            .other_spellings(org, email, mailbox)
    }

    /// Adds the marks of a mailbox in an organisation under spellings other than this one.
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

    /// Adds a desk.
    #[must_use]
    pub fn desk(self, desk: &DeskId) -> Self {
        self.and(Want::Desk(desk.clone()))
    }

    /// Adds the organisation of a domain.
    #[must_use]
    pub fn domain_rule(self, domain: &DomainName) -> Self {
        self.and(Want::DomainRule(domain.clone()))
    }

    /// Adds the record under a request's key.
    #[must_use]
    pub fn request(self, request: &RequestRef) -> Self {
        self.and(Want::Request(request.clone()))
    }

    /// Adds a person's view of a request.
    #[must_use]
    pub fn viewer(self, request: &RequestRef, who: &ViewerId) -> Self {
        self.and(Want::Viewer(request.clone(), who.clone()))
    }

    /// Adds a delivery. It is read in the same round trip, so a duplicate costs no write.
    #[must_use]
    pub fn delivery(self, source: &SourceId, id: &DeliveryId) -> Self {
        self.and(Want::Delivery(source.clone(), id.clone()))
    }
}
