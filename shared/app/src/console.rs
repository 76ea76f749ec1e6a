//! The console of a lead: the people of their organisation, and everything done for them.
//!
//! Every call asks anew whether its caller leads the organisation at this moment: by the link's
//! purpose and scope, by the epochs that end links, and by the membership, all read together with
//! what the call is about. To everybody else there is no such console ([`Stop::Closed`]), whatever the
//! reason.

mod act;
mod history;
mod invite;
mod list;
mod offboard;
mod people;
mod person;
mod review;
mod roster;

pub use act::Act;
pub use history::{ActorKind, History, HistoryQuery, Month, Named, People, Topic};
pub use invite::InvitedOne;
pub use list::{Judged, KeptList, ListView, MAX_ROWS, Stage, SubmittedList};
pub use offboard::Leaving;
pub use people::{Listing, Person, Roster};
pub use person::PersonView;
pub use review::{ReviewStage, ReviewView};
pub use roster::{Kind, Order, Query};
pub use store::Cursor;

use domain::{
    Customer, Occasion, OrgId, Organization, Outcome,
    desk::Desk,
    link::{Purpose, Scope},
    text::Name,
};
use store::{Loaded, Wanted};

use crate::{
    AppError, Services,
    path::holder::Sought,
    path::limits,
    path::session::{Caller, Posted},
    path::settings::Settings,
    path::{Ruling, Settled, Stop},
};

/// The lead's console.
#[derive(Debug)]
pub struct Console {
    services: Services,
    settings: Settings,
}

/// The organisation of a console's page, with its desk and its reader.
#[derive(Debug, Clone)]
pub struct ConsoleOrg {
    /// The organisation.
    pub org: Organization,
    /// The name of the desk that serves it.
    pub desk: Option<Name>,
    /// The reader, if their language and zone are known.
    pub reader: Option<Customer>,
}

/// A person who leads an organisation at this moment.
#[derive(Debug, Clone)]
pub(crate) struct Lead {
    /// The organisation.
    pub(crate) org: Organization,
    /// The desk that serves it.
    pub(crate) desk: Option<Desk>,
    /// The person who asks, their proof, and the time.
    pub(crate) occasion: Occasion,
    /// Their record as a customer.
    pub(crate) customer: Option<Customer>,
}

impl Lead {
    /// Their name, if known.
    pub(crate) fn name(&self) -> Option<Name> {
        self.customer.as_ref()?.name.clone()
    }

    /// The place of the page that they see.
    fn place(self) -> ConsoleOrg {
        ConsoleOrg {
            desk: self.desk.map(|desk| desk.name),
            org: self.org,
            reader: self.customer,
        }
    }
}

impl Console {
    /// Over what every use case works with.
    #[must_use]
    pub fn new(services: Services) -> Self {
        Self {
            settings: Settings::new(services.clone()),
            services,
        }
    }

    /// The name of an organisation, for whoever has a session over its console; `None` when there
    /// is no such organisation any more. It is at most a minute old.
    ///
    /// # Errors
    /// If the store is not available or refuses.
    pub async fn name(&self, caller: &Caller) -> Result<Option<Name>, AppError> {
        match caller.scope() {
            Scope::Organization { org } => self.settings.organization(org).await,
            Scope::Own
            | Scope::Request { .. }
            | Scope::Approval { .. }
            | Scope::Invitee { .. }
            | Scope::Run { .. }
            | Scope::Draft { .. }
            | Scope::Form { .. } => Ok(None),
        }
    }

    /// The place of the caller's console.
    ///
    /// # Errors
    /// [`Stop::Closed`] when they do not lead the organisation; or that the store is not available or
    /// refuses.
    pub async fn place(&self, caller: &Caller, org: &OrgId) -> Result<ConsoleOrg, Stop> {
        Ok(self.lead(caller, org).await?.place())
    }

    /// The caller as a lead of this organisation.
    async fn lead(&self, caller: &Caller, org: &OrgId) -> Result<Lead, Stop> {
        let loaded = self.services.store.load(of_lead(caller, org)).await?;
        self.lead_among(&loaded, caller, org).await
    }

    /// The same, from what was read together with something else ([`of_lead`]).
    async fn lead_among(
        &self,
        loaded: &Loaded,
        caller: &Caller,
        org: &OrgId,
    ) -> Result<Lead, Stop> {
        let org = led(loaded, caller, org).cloned().ok_or(Stop::Closed)?;
        Ok(Lead {
            desk: self.settings.desk(&org.desk).await?,
            org,
            occasion: caller.occasion(),
            customer: loaded.customer(caller.email()).cloned(),
        })
    }

    /// Decides and commits. At each attempt the caller has to be a lead still, and a form that was
    /// posted before has done its work.
    async fn commit_as_lead<T>(
        &self,
        (caller, posted): (&Caller, &Posted),
        org: &OrgId,
        wanted: &Wanted,
        decide: impl Fn(Lead, &Loaded) -> Result<(Outcome, T), Stop>,
    ) -> Result<Settled<T>, Stop> {
        let (services, once) = (&self.services, &posted.once);
        let act = limits::Act::new(services, caller.email(), limits::Part::AsLead);
        let settled = services.attempt_once(once, caller.now, || async {
            let wanted = with_lead(wanted.clone(), caller, org);
            let loaded = services.store.load(wanted).await?;
            let lead = self.lead_among(&loaded, caller, org).await?;
            let (outcome, told) = decide(lead, &loaded)?;
            act.check(&outcome, caller.now).await?;
            Ok(Ruling::of(outcome, told))
        });
        match settled.await? {
            // It is so by the first posting of this very form.
            Settled::Unchanged(_) if services.was_used(once, caller.now).await? => {
                Ok(Settled::DoneBefore)
            }
            settled => Ok(settled),
        }
    }
}

/// The reads that show whether the caller leads the organisation.
fn of_lead(caller: &Caller, org: &OrgId) -> Wanted {
    with_lead(Wanted::new(), caller, org)
}

fn with_lead(wanted: Wanted, caller: &Caller, org: &OrgId) -> Wanted {
    sought(caller, org).and(wanted.organization(org))
}

fn sought(caller: &Caller, org: &OrgId) -> Sought {
    Sought::in_organization((caller.purpose(), caller.scope()), caller.email(), org)
}

/// The organisation, if the caller leads it: their link was for its console, and it lives.
fn led<'a>(loaded: &'a Loaded, caller: &Caller, org: &OrgId) -> Option<&'a Organization> {
    let for_console = matches!(caller.purpose(), Purpose::LeadConsole | Purpose::Review);
    let here = matches!(caller.scope(), Scope::Organization { org: own } if own == org);
    let lives = sought(caller, org).honours(loaded, false, caller.epoch(), caller.now);
    (for_console && here && lives).then(|| loaded.organization(org))?
}

#[cfg(test)]
mod tests;
