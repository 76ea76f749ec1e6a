//! What a lead does for the people of their organisation, from the console that a link opened.
//!
//! Every call asks anew whether its caller leads the organisation at this moment: by the link's
//! purpose and scope, by the epochs that end links, and by the membership, all read together with
//! what the call is about. To everybody else there is no such console (`None`), whatever the reason.

mod history;
mod invite;
mod list;
mod offboard;
mod people;
mod person;
mod review;
mod roster;

pub use history::{History, Month};
pub use invite::InvitedOne;
pub use list::{Draft, Judged, KeptList, ListView, MAX_ROWS, Stage};
pub use offboard::Leaving;
pub use people::{Listing, Person, Roster};
pub use person::PersonView;
pub use review::{ReviewStage, ReviewView};
pub use roster::{Kind, Order, Query};
pub use store::Cursor;

use domain::{
    Customer, Occasion, OrgId, Organization, Outcome, Refusal, Timestamp,
    desk::Desk,
    link::{Purpose, Scope},
    text::Name,
};
use store::{Loaded, Once, Wanted};

use crate::{
    AppError, Core,
    core::{ATTEMPTS, Written},
    holder::Sought,
    limits::{self, Act},
    people::Came,
    session::{Caller, Posted},
    settings::Settings,
};

/// The lead's console.
#[derive(Debug)]
pub struct Console {
    core: Core,
    settings: Settings,
}

/// Where a page of the console belongs, and who reads it.
#[derive(Debug, Clone)]
pub struct Place {
    /// The organisation.
    pub org: Organization,
    /// How the desk is called that serves it.
    pub desk: Option<Name>,
    /// The reader, if their language and zone are known.
    pub reader: Option<Customer>,
}

/// Somebody who leads an organisation at this moment.
#[derive(Debug, Clone)]
pub(crate) struct Lead {
    /// The organisation.
    pub(crate) org: Organization,
    /// The desk that serves it.
    pub(crate) desk: Option<Desk>,
    /// Who asks, what shows it, and when.
    pub(crate) occasion: Occasion,
    /// What is known of them as a customer.
    pub(crate) customer: Option<Customer>,
}

impl Lead {
    /// How they are called, when anyone said.
    pub(crate) fn name(&self) -> Option<Name> {
        self.customer.as_ref()?.name.clone()
    }

    /// Where the page of what they see belongs.
    fn place(self) -> Place {
        Place {
            desk: self.desk.map(|desk| desk.name),
            org: self.org,
            reader: self.customer,
        }
    }
}

/// Why nothing is to be committed.
enum No {
    /// The business says no.
    Refused(Refusal),
    /// The organisation has no such person.
    Unknown,
}

impl From<Refusal> for No {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// What came of a form, with what the decision says besides.
enum Attempted<T> {
    /// It is done.
    Done(T),
    /// The same form has done it before.
    DoneBefore,
    /// It was so already.
    Unchanged(T),
    /// It could not be done.
    No(No),
}

impl<T> From<Attempted<T>> for Came {
    fn from(attempted: Attempted<T>) -> Self {
        match attempted {
            Attempted::Done(_) | Attempted::DoneBefore => Self::Done,
            Attempted::Unchanged(_) => Self::Unchanged,
            Attempted::No(No::Refused(refusal)) => Self::Refused(refusal),
            Attempted::No(No::Unknown) => Self::Unknown,
        }
    }
}

impl Console {
    /// Over what every use case works with.
    #[must_use]
    pub fn new(core: Core) -> Self {
        Self {
            settings: Settings::new(core.clone()),
            core,
        }
    }

    /// Where the caller's console belongs. `None` when they do not lead the organisation.
    ///
    /// # Errors
    /// When the store is not available or refuses.
    pub async fn place(&self, caller: &Caller, org: &OrgId) -> Result<Option<Place>, AppError> {
        Ok(self.lead(caller, org).await?.map(Lead::place))
    }

    /// The caller as a lead of this organisation, if they are one.
    async fn lead(&self, caller: &Caller, org: &OrgId) -> Result<Option<Lead>, AppError> {
        let loaded = self.core.store.load(of_lead(caller, org)).await?;
        self.lead_among(&loaded, caller, org).await
    }

    /// The same, from what was read together with something else ([`of_lead`]).
    async fn lead_among(
        &self,
        loaded: &Loaded,
        caller: &Caller,
        org: &OrgId,
    ) -> Result<Option<Lead>, AppError> {
        let Some(org) = led(loaded, caller, org).cloned() else {
            return Ok(None);
        };
        Ok(Some(Lead {
            desk: self.settings.desk(&org.desk).await?,
            org,
            occasion: caller.occasion(),
            customer: loaded.customer(caller.email()).cloned(),
        }))
    }

    /// Decides and commits, again while others change what the decision rests on; each time the
    /// caller has to be a lead still. A form that was posted before has done what it was to do.
    async fn commit_as_lead<T>(
        &self,
        (caller, posted): (&Caller, &Posted),
        org: &OrgId,
        wanted: &Wanted,
        decide: impl Fn(Lead, &Loaded) -> Result<(Outcome, T), No>,
    ) -> Result<Option<Attempted<T>>, AppError> {
        let core = &self.core;
        let mut act = Act::new(core, caller.email(), limits::Part::AsLead);
        for attempt in 0..ATTEMPTS {
            let wanted = with_lead(wanted.clone(), caller, org);
            let loaded = core.store.load(wanted).await?;
            let Some(lead) = self.lead_among(&loaded, caller, org).await? else {
                return Ok(None);
            };
            let decided = decide(lead, &loaded);
            let outcome = decided.as_ref().map(|(outcome, _)| outcome);
            let Some(outcome) = outcome.ok().filter(|outcome| !outcome.is_empty()) else {
                // What a form did makes its second posting impossible: that is no refusal.
                return Ok(Some(if self.was_posted(posted, caller.now).await? {
                    Attempted::DoneBefore
                } else {
                    decided.map_or_else(Attempted::No, |(_, told)| Attempted::Unchanged(told))
                }));
            };
            if let Some(refusal) = act.check(outcome, caller.now).await? {
                return Ok(Some(if self.was_posted(posted, caller.now).await? {
                    Attempted::DoneBefore
                } else {
                    Attempted::No(refusal.into())
                }));
            }
            match core.commit(outcome, &posted.once, caller.now).await? {
                Written::Done => {
                    return Ok(Some(
                        decided.map_or_else(Attempted::No, |(_, told)| Attempted::Done(told)),
                    ));
                }
                Written::SeenBefore => return Ok(Some(Attempted::DoneBefore)),
                Written::Stale => core.before_next_attempt(attempt).await,
            }
        }
        Err(AppError::Contended)
    }

    /// Whether this very form was posted before and acted.
    async fn was_posted(&self, posted: &Posted, now: Timestamp) -> Result<bool, AppError> {
        match &posted.once {
            Once::Link { nonce, .. } => Ok(self.core.store.link_used(nonce, now).await?),
            Once::Delivery { .. } | Once::Row { .. } | Once::Nothing => Ok(false),
        }
    }
}

/// What has to be read to know whether the caller leads the organisation.
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
