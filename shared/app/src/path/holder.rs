//! Loading the holder of a link: everything on which the link's life depends, in one read.
//!
//! The rule itself is the domain's (`domain::link::Holder`). A link that is signed and one that is
//! checked come this way alike.

use domain::{
    EmailAddress, Epoch, OrgId, Timestamp,
    link::{Dependence, Holder, Purpose, Scope},
};
use store::{Loaded, Store, StoreError, Wanted};

/// The reads for a link's holder.
#[derive(Debug, Clone)]
pub(crate) struct Sought {
    purpose: Purpose,
    scope: Scope,
    email: EmailAddress,
    /// The organisations of theirs that count.
    orgs: Vec<OrgId>,
}

impl Sought {
    /// The holder of a link. `about` is the organisation of the request that it opens, if it opens
    /// one; every other scope names its own.
    ///
    /// # Errors
    /// If the store is not available or refuses.
    pub(crate) async fn find(
        store: &Store,
        (purpose, scope): (Purpose, &Scope),
        email: &EmailAddress,
        about: Option<&OrgId>,
    ) -> Result<Self, StoreError> {
        let orgs = match Dependence::of(purpose, scope) {
            Dependence::Everywhere => store.organizations_of(email).await?,
            Dependence::Nothing | Dependence::Person => Vec::new(),
            Dependence::There | Dependence::Round | Dependence::Asked => scope
                .organization()
                .or(about)
                .cloned()
                .into_iter()
                .collect(),
        };
        Ok(Self {
            purpose,
            scope: scope.clone(),
            email: email.clone(),
            orgs,
        })
    }

    /// The holder of a link to something of one organisation. Asks for nothing first.
    pub(crate) fn in_organization(
        (purpose, scope): (Purpose, &Scope),
        email: &EmailAddress,
        org: &OrgId,
    ) -> Self {
        Self {
            purpose,
            scope: scope.clone(),
            email: email.clone(),
            orgs: vec![org.clone()],
        }
    }

    /// And all that tells of the holder.
    pub(crate) fn and(&self, wanted: Wanted) -> Wanted {
        let wanted = self
            .orgs
            .iter()
            .fold(wanted.customer(&self.email), |wanted, org| {
                wanted.affiliation(org, &self.email)
            });
        match self.scope.invitee() {
            Some((org, email)) => wanted.membership(org, email),
            None => wanted,
        }
    }

    /// The holder among what was loaded. `administers` says whether a desk that has to do with the
    /// link names them.
    pub(crate) fn holder<'a>(
        &'a self,
        loaded: &'a Loaded,
        administers: bool,
        now: Timestamp,
    ) -> Holder<'a> {
        Holder {
            customer: loaded.customer(&self.email),
            affiliations: self
                .orgs
                .iter()
                .map(|org| loaded.affiliation(org, &self.email))
                .collect(),
            asked: self
                .scope
                .invitee()
                .and_then(|(org, email)| loaded.membership(org, email)),
            administers,
            now,
        }
    }

    /// The epoch of such a link, if it is signed now.
    pub(crate) fn epoch(&self, loaded: &Loaded, now: Timestamp) -> Epoch {
        self.holder(loaded, false, now)
            .epoch(self.purpose, &self.scope)
    }

    /// Tells whether such a link lives that was signed at an epoch.
    pub(crate) fn honours(
        &self,
        loaded: &Loaded,
        administers: bool,
        signed: Epoch,
        now: Timestamp,
    ) -> bool {
        let holder = self.holder(loaded, administers, now);
        holder.honours(self.purpose, &self.scope, signed)
    }
}

/// The epoch of a link to a person's own things, if it is signed now.
///
/// # Errors
/// If the store is not available or refuses.
pub(crate) async fn own_epoch(
    store: &Store,
    purpose: Purpose,
    email: &EmailAddress,
    now: Timestamp,
) -> Result<Epoch, StoreError> {
    let sought = Sought::find(store, (purpose, &Scope::Own), email, None).await?;
    let loaded = store.load(sought.and(Wanted::new())).await?;
    Ok(sought.epoch(&loaded, now))
}
