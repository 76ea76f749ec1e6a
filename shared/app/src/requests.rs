//! A requester's pages: their lists of requests, one request, and the acts on it.
//!
//! Every call checks anew everything that the session's link depends on: its epoch, the memberships
//! behind it, and the person's access to the request. A request that they may not see is treated as
//! missing.

mod act;
mod list;
mod one;

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Affiliation, Customer, DeskId, EmailAddress, OrgId, Request, RequestRef, Timestamp,
    link::{Area, Scope},
    request::{Record, Viewer},
    request_access::RequestAccess,
    text::Name,
};
use store::{Loaded, Wanted};

pub use act::Wish;
pub use list::{Ask, Aspect, List, Row};
pub use one::{Asked, OneRequest};
pub(crate) use one::{answers, that_fit};
pub use store::{Cursor, Place};

use crate::{
    AppError, Services, path::Stop, path::holder::Sought, path::session::Caller,
    path::settings::Settings,
};

/// Shows requests and acts on them, for whoever has a session.
#[derive(Debug)]
pub struct Requests {
    services: Services,
    settings: Settings,
}

/// A caller whose session still holds, with all that decides what they see.
struct Reader {
    email: EmailAddress,
    /// Their record; a new one when nothing is stored.
    customer: Customer,
    /// Their standing in each organisation that was read.
    loaded: Loaded,
    now: Timestamp,
}

/// A request as a caller sees it.
struct Seen {
    request: Box<Request>,
    viewers: Vec<Viewer>,
    access: RequestAccess,
    known: Reader,
}

impl Requests {
    /// Over what every use case works with.
    #[must_use]
    pub fn new(services: Services) -> Self {
        Self {
            settings: Settings::new(services.clone()),
            services,
        }
    }

    /// The caller's record and memberships, if nothing has ended their session. `about` is the
    /// organisation of a request that is asked for, in which they may have been.
    ///
    /// A session for all that is one's own depends on every membership; one for a single request,
    /// on that in the request's organisation.
    async fn known(
        &self,
        caller: &Caller,
        about: Option<&OrgId>,
    ) -> Result<Option<Reader>, AppError> {
        match caller.scope().area() {
            Some(Area::Own | Area::Request(_)) => {}
            Some(Area::Organization(_)) | None => return Ok(None),
        }
        let (store, email) = (&self.services.store, caller.email());
        let link = (caller.purpose(), caller.scope());
        let sought = Sought::find(store, link, email, about).await?;
        let wanted = about
            .iter()
            .fold(Wanted::new(), |wanted, org| wanted.affiliation(org, email));
        let loaded = store.load(sought.and(wanted)).await?;
        if !sought.honours(&loaded, false, caller.epoch(), caller.now) {
            return Ok(None);
        }
        let customer = loaded
            .customer(email)
            .cloned()
            .unwrap_or_else(|| Customer::new(email.clone(), None));
        Ok(Some(Reader {
            email: email.clone(),
            customer,
            loaded,
            now: caller.now,
        }))
    }

    /// The same for a session over all that is one's own, and no other.
    ///
    /// # Errors
    /// [`Stop::Closed`] when the session is over, or for something else.
    async fn own(&self, caller: &Caller) -> Result<Reader, Stop> {
        if *caller.scope() != Scope::Own {
            return Err(Stop::Closed);
        }
        self.known(caller, None).await?.ok_or(Stop::Closed)
    }

    /// A request as the caller sees it; `None` when they do not, or their session is over.
    async fn seen(&self, caller: &Caller, id: &RequestRef) -> Result<Option<Seen>, AppError> {
        match caller.scope().area() {
            Some(Area::Own) => {}
            Some(Area::Request(request)) if request == id => {}
            Some(Area::Request(_) | Area::Organization(_)) | None => return Ok(None),
        }
        let store = &self.services.store;
        let mut found = store.request_with_viewers(id).await?;
        // Under another key of it, such as the service desk's, it is found by its first one.
        if let (Some(Record::Alias(alias)), _) = &found {
            found = store.request_with_viewers(&alias.of).await?;
        }
        let (record, viewers) = found;
        let request = match record {
            Some(Record::Known(request)) => Some(request),
            Some(Record::Awaited(_) | Record::Alias(_)) | None => None,
        };
        let about = request.as_ref().and_then(|request| request.org.as_ref());
        // Asked also when there is no such request, so that no time tells whether there is.
        let known = self.known(caller, about).await?;
        let (Some(request), Some(known)) = (request, known) else {
            return Ok(None);
        };
        let affiliations: Vec<_> = known.affiliations().collect();
        let access = RequestAccess::of(&request, &viewers, &known.email, &affiliations, known.now);
        Ok(access.map(|access| Seen {
            request,
            viewers,
            access,
            known,
        }))
    }

    /// The names of desks; the id for one that is no longer described.
    async fn desk_names(
        &self,
        desks: impl IntoIterator<Item = DeskId>,
    ) -> Result<BTreeMap<DeskId, String>, AppError> {
        let mut names = BTreeMap::new();
        for id in desks {
            let desk = self.settings.desk(&id).await?;
            let name = desk.map_or_else(|| id.to_string(), |desk| desk.name.to_string());
            names.insert(id, name);
        }
        Ok(names)
    }

    /// The names of organisations; the id for one that no longer exists.
    async fn organization_names(
        &self,
        orgs: BTreeSet<OrgId>,
    ) -> Result<BTreeMap<OrgId, Name>, AppError> {
        if orgs.is_empty() {
            return Ok(BTreeMap::new());
        }
        let wanted = orgs.iter().fold(Wanted::new(), Wanted::organization);
        let loaded = self.services.store.load(wanted).await?;
        let named = orgs.into_iter().map(|org| {
            let name = loaded.organization(&org).map(|found| found.name.clone());
            let name = name.unwrap_or_else(|| {
                Name::new(org.as_str()).expect("an organisation's id is a name")
            });
            (org, name)
        });
        Ok(named.collect())
    }
}

impl Reader {
    fn affiliations(&self) -> impl Iterator<Item = Affiliation<'_>> {
        self.loaded.affiliations(&self.email)
    }

    /// The organisations to which they have access now.
    fn orgs(&self) -> BTreeSet<OrgId> {
        let inside = self.affiliations().filter(|own| own.has_access(self.now));
        inside.map(|own| own.org().clone()).collect()
    }
}

#[cfg(test)]
mod tests;
