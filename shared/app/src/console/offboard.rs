//! Off-boarding somebody: what will happen is told before it does.

use std::slice;

use domain::{
    EmailAddress, OrgId, Request, Timestamp,
    decide::{OffboardState, Offboarding, offboard_by_lead},
    text::Name,
};
use jiff::SignedDuration;
use store::{Detail, Entry, Wanted};

use super::{Console, ConsoleOrg, Person, people::is_meant};
use crate::{
    path::session::{Caller, Posted},
    path::{Deadline, Settled, Stop},
};

/// The number of colleagues who are offered to take over; any other can be named by address.
const OFFERED: usize = 100;
/// The longest wait of the answer for open requests to be handed over. The sweep hands over the rest,
/// within half an hour.
pub(super) const HAND_OVER: SignedDuration = SignedDuration::from_secs(8);

/// The consequences of off-boarding somebody.
#[derive(Debug, Clone)]
pub struct Leaving {
    /// The place that it belongs to.
    pub place: ConsoleOrg,
    /// The person who would leave.
    pub person: Person,
    /// Tells whether the caller is this person.
    pub is_caller: bool,
    /// Tells whether nobody else leads the organisation: then they cannot leave.
    pub is_last_lead: bool,
    /// The open requests they have raised for the organisation.
    pub open_requests: Vec<Request>,
    /// Until when it could be undone, were it done now.
    pub undo_until: Timestamp,
    /// Colleagues who could take over, by name where one is known: the caller, the other leads, then
    /// everybody else. Of many the first.
    pub colleagues: Vec<(EmailAddress, Option<Name>)>,
    /// Tells whether there are more of them.
    pub more_colleagues: bool,
}

/// Tells whether somebody could take over open requests: they have access and stay.
fn may_take_over(entry: &Entry) -> bool {
    entry.stage.has_access() && !entry.leaving
}

impl Console {
    /// The consequences of off-boarding somebody.
    ///
    /// # Errors
    /// [`Stop::Closed`] when the caller does not lead the organisation, [`Stop::Gone`] when the handle
    /// is nobody's there; or that the store is not available or refuses.
    pub async fn leaving(
        &self,
        caller: &Caller,
        org: &OrgId,
        handle: &str,
    ) -> Result<Leaving, Stop> {
        let lead = self.lead(caller, org).await?;
        let store = &self.services.store;
        let everybody = store.roster_entries(org, Detail::None).await?;
        let leaver = everybody.iter().find(|e| is_meant(store, e, handle));
        let leaver = leaver.ok_or(Stop::Gone)?;
        let mut others: Vec<_> = everybody
            .iter()
            .filter(|entry| may_take_over(entry) && entry.email != leaver.email)
            .collect();
        let is_lead = |entry: &Entry| lead.org.leads.contains(&entry.email);
        others.sort_by_key(|entry| (entry.email != *caller.email(), !is_lead(entry)));
        let more_colleagues = others.len() > OFFERED;
        let colleagues = others.into_iter().take(OFFERED);
        let colleagues = colleagues
            .map(|entry| (entry.email.clone(), entry.name.clone()))
            .collect();
        let open = self
            .services
            .open_requests(&leaver.email, Some(org))
            .await?;
        let persons = self.shown(org, slice::from_ref(leaver)).await?;
        let person = persons.into_iter().next().ok_or(Stop::Gone)?;
        Ok(Leaving {
            is_caller: person.membership.email == *caller.email(),
            is_last_lead: lead.org.is_last_lead(&person.membership.email),
            undo_until: lead.org.policy.undo_days.after(lead.occasion.now),
            place: lead.clone().place(),
            open_requests: open,
            colleagues,
            more_colleagues,
            person,
        })
    }

    /// Ends somebody's access, now or on a date.
    ///
    /// # Errors
    /// [`Stop::Closed`] when the caller does not lead the organisation, [`Stop::Gone`] when it has no
    /// such person, [`Stop::Refused`]; or that the store is not available or refuses. Nothing was done
    /// then.
    pub async fn offboard(
        &self,
        by: (&Caller, &Posted),
        org: &OrgId,
        email: &EmailAddress,
        asked: &Offboarding,
    ) -> Result<Settled<()>, Stop> {
        let mut wanted = Wanted::new().membership(org, email);
        if let Some(successor) = &asked.hand_over_to {
            wanted = wanted.membership(org, successor);
        }
        let open = self.services.open_requests(email, Some(org)).await?;
        let open_requests = u32::try_from(open.len()).unwrap_or(u32::MAX);
        let settled = self
            .commit_as_lead(by, org, &wanted, |lead, loaded| {
                let membership = loaded.membership(org, email).ok_or(Stop::Gone)?;
                let successor = asked.hand_over_to.as_ref();
                let state = OffboardState {
                    org: lead.org,
                    desk: lead.desk,
                    membership: Some(membership.clone()),
                    successor: successor.and_then(|to| loaded.membership(org, to).cloned()),
                    open_requests,
                };
                let outcome = offboard_by_lead(state, asked, &lead.occasion)?;
                Ok((outcome, ()))
            })
            .await;
        self.note("off-boarding asked", org, email, &settled);
        let settled = settled?;
        if let Settled::Done(()) | Settled::DoneBefore = settled {
            if asked.hand_over_to.is_some() {
                let proof = by.0.proof();
                let deadline = Deadline::NONE.or_after(self.services.now(), HAND_OVER);
                self.services
                    .finish_leaving(org, email, &proof, deadline)
                    .await;
            }
            self.finish_review_if_through(by.0, org).await?;
        }
        Ok(settled)
    }
}
