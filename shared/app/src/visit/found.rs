//! The one gate for links: what a link opens, read together with everything on which its life
//! depends. Showing and acting both come this way, whatever the link is for.

use std::collections::BTreeSet;

use domain::{
    Customer, DeskId, Epoch, Membership, OrgId, Organization, Request, RequestRef, RunId,
    link::{Purpose, Scope},
    request::{Record, Viewer, ViewerId},
    sweep::SweepRun,
};
use store::{Loaded, Wanted};

use super::{Opened, Visits};
use crate::{AppError, path::holder::Sought};

/// Something that a living link opens, as it is now.
pub(super) enum Found {
    /// All that is the holder's own.
    Own,
    /// The mails that can be stopped, about one request or all.
    Mails(Option<RequestRef>),
    /// The holder's membership of an organisation.
    Membership(Box<(Organization, Membership, Option<Customer>)>),
    /// A request in which the holder takes part.
    Request(Box<(Request, Vec<Viewer>, Option<Customer>)>),
    /// An invitation that an administrator is asked about.
    Exception(Box<(Organization, Membership)>),
    /// A run, with those of its organisations whose desk the holder administers.
    Run(Box<(SweepRun, Vec<Organization>)>),
}

impl Visits {
    /// The thing that a link opens; `None` if it no longer exists, or the link is over.
    pub(super) async fn found(&self, opened: &Opened) -> Result<Option<Found>, AppError> {
        let purpose = opened.claims.purpose;
        match &opened.claims.scope {
            Scope::Own if purpose == Purpose::Unsubscribe => Ok(Some(Found::Mails(None))),
            Scope::Request { request } if purpose == Purpose::Unsubscribe => {
                Ok(Some(Found::Mails(Some(request.clone()))))
            }
            Scope::Own => {
                let loaded = self.living(opened, None, Wanted::new()).await?;
                Ok(loaded.map(|_| Found::Own))
            }
            Scope::Organization { org } => self.membership(opened, org).await,
            Scope::Request { request } | Scope::Approval { request, .. } => {
                self.request(opened, request).await
            }
            Scope::Invitee { org, .. } => self.exception(opened, org).await,
            Scope::Run { run } => self.run(opened, *run).await,
            // The pages of drafts and forms are `intake`'s.
            Scope::Draft { .. } | Scope::Form { .. } => Ok(None),
        }
    }

    /// The loaded state, if the link lives. For an administrator's link the desks have to be asked
    /// too: [`Self::honours`].
    async fn living(
        &self,
        opened: &Opened,
        about: Option<&OrgId>,
        wanted: Wanted,
    ) -> Result<Option<Loaded>, AppError> {
        let (sought, loaded) = self.sought(opened, about, wanted).await?;
        Ok(honours(opened, &sought, &loaded, false).then_some(loaded))
    }

    async fn sought(
        &self,
        opened: &Opened,
        about: Option<&OrgId>,
        wanted: Wanted,
    ) -> Result<(Sought, Loaded), AppError> {
        let claims = &opened.claims;
        let link = (claims.purpose, &claims.scope);
        let store = &self.services.store;
        let sought = Sought::find(store, link, &claims.subject, about).await?;
        let loaded = store.load(sought.and(wanted)).await?;
        Ok((sought, loaded))
    }

    async fn membership(&self, opened: &Opened, org: &OrgId) -> Result<Option<Found>, AppError> {
        let wanted = Wanted::new().organization(org);
        let Some(loaded) = self.living(opened, None, wanted).await? else {
            return Ok(None);
        };
        let email = &opened.claims.subject;
        let (Some(organization), Some(membership)) =
            (loaded.organization(org), loaded.membership(org, email))
        else {
            return Ok(None);
        };
        Ok(Some(Found::Membership(Box::new((
            organization.clone(),
            membership.clone(),
            loaded.customer(email).cloned(),
        )))))
    }

    /// The request, if the holder still takes part in it.
    async fn request(&self, opened: &Opened, id: &RequestRef) -> Result<Option<Found>, AppError> {
        let email = &opened.claims.subject;
        let (record, viewers) = self.services.store.request_with_viewers(id).await?;
        let Some(Record::Known(request)) = record else {
            return Ok(None);
        };
        let who = ViewerId::Person(email.clone());
        if !viewers.iter().any(|viewer| viewer.who == who) {
            return Ok(None);
        }
        let org = request.org.as_ref();
        let Some(loaded) = self.living(opened, org, Wanted::new()).await? else {
            return Ok(None);
        };
        let customer = loaded.customer(email).cloned();
        Ok(Some(Found::Request(Box::new((
            *request, viewers, customer,
        )))))
    }

    async fn exception(&self, opened: &Opened, org: &OrgId) -> Result<Option<Found>, AppError> {
        let Some((_, email)) = opened.claims.scope.invitee() else {
            return Ok(None);
        };
        let wanted = Wanted::new().organization(org);
        let (sought, loaded) = self.sought(opened, None, wanted).await?;
        let (Some(organization), Some(membership)) =
            (loaded.organization(org), loaded.membership(org, email))
        else {
            return Ok(None);
        };
        let administers = self.administers(opened, &organization.desk).await?;
        Ok(honours(opened, &sought, &loaded, administers)
            .then(|| Found::Exception(Box::new((organization.clone(), membership.clone())))))
    }

    async fn run(&self, opened: &Opened, run: RunId) -> Result<Option<Found>, AppError> {
        let Some(run) = self.services.store.run(run).await? else {
            return Ok(None);
        };
        let wanted = run
            .removals
            .keys()
            .fold(Wanted::new(), Wanted::organization);
        let (sought, loaded) = self.sought(opened, None, wanted).await?;
        let orgs: Vec<_> = run
            .removals
            .keys()
            .filter_map(|org| loaded.organization(org).cloned())
            .collect();
        let mut theirs = BTreeSet::new();
        for desk in orgs.iter().map(|org| &org.desk).collect::<BTreeSet<_>>() {
            if self.administers(opened, desk).await? {
                theirs.insert(desk.clone());
            }
        }
        let administers = !theirs.is_empty();
        let orgs = orgs
            .into_iter()
            .filter(|org| theirs.contains(&org.desk))
            .collect();
        Ok(honours(opened, &sought, &loaded, administers)
            .then(|| Found::Run(Box::new((run, orgs)))))
    }

    /// Tells whether a desk names the holder as an administrator.
    async fn administers(&self, opened: &Opened, desk: &DeskId) -> Result<bool, AppError> {
        let desk = self.settings.desk(desk).await?;
        Ok(desk.is_some_and(|desk| desk.administrators.contains(&opened.claims.subject)))
    }
}

fn honours(opened: &Opened, sought: &Sought, loaded: &Loaded, administers: bool) -> bool {
    let signed = Epoch(opened.claims.epoch);
    sought.honours(loaded, administers, signed, opened.now)
}
