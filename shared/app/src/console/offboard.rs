//! Off-boarding somebody: what will happen is told before it does.

use std::slice;

use domain::{
    EmailAddress, OrgId, Timestamp,
    decide::{OffboardState, Offboarding, offboard_by_lead},
    text::Name,
};
use jiff::SignedDuration;
use store::{Detail, Entry, Wanted};

use super::{Console, No, Person, Place, people::is_meant};
use crate::{
    AppError,
    people::Came,
    session::{Caller, Posted},
};

/// How many colleagues are offered as those who take over; any other can be named.
const OFFERED: usize = 50;
/// How long the answer waits for open requests to be handed over. What is left is handed over by
/// the sweep, within half an hour.
const HAND_OVER: SignedDuration = SignedDuration::from_secs(8);

/// What off-boarding somebody would mean.
#[derive(Debug, Clone)]
pub struct Leaving {
    /// Where it belongs.
    pub place: Place,
    /// Who would leave.
    pub person: Person,
    /// Whether the caller is this person.
    pub is_caller: bool,
    /// Whether nobody else leads the organisation: then they cannot leave.
    pub is_last_lead: bool,
    /// How many open requests they have raised for the organisation.
    pub open_requests: usize,
    /// Until when it could be undone, were it done now.
    pub undo_until: Timestamp,
    /// Colleagues who could take over, by name where one is known; of many the first.
    pub colleagues: Vec<(EmailAddress, Option<Name>)>,
}

/// Whether somebody could be left the open requests: they have access and stay.
fn may_take_over(entry: &Entry) -> bool {
    entry.stage.has_access() && !entry.leaving
}

impl Console {
    /// What off-boarding somebody would mean. `None` when the caller does not lead the
    /// organisation, or nobody there is meant.
    ///
    /// # Errors
    /// When the store is not available or refuses.
    pub async fn leaving(
        &self,
        caller: &Caller,
        org: &OrgId,
        handle: &str,
    ) -> Result<Option<Leaving>, AppError> {
        let Some(lead) = self.lead(caller, org).await? else {
            return Ok(None);
        };
        let store = &self.core.store;
        let everybody = store.roster_entries(org, Detail::None).await?;
        let Some(leaver) = everybody.iter().find(|e| is_meant(store, e, handle)) else {
            return Ok(None);
        };
        let colleagues = everybody
            .iter()
            .filter(|entry| may_take_over(entry) && entry.email != leaver.email)
            .take(OFFERED)
            .map(|entry| (entry.email.clone(), entry.name.clone()))
            .collect();
        let open = self.core.open_requests(&leaver.email, Some(org)).await?;
        let persons = self.shown(org, slice::from_ref(leaver)).await?;
        Ok(persons.into_iter().next().map(|person| Leaving {
            is_caller: person.membership.email == *caller.email(),
            is_last_lead: lead.org.is_last_lead(&person.membership.email),
            undo_until: lead.org.policy.undo_days.after(lead.occasion.now),
            place: lead.clone().place(),
            open_requests: open.len(),
            colleagues,
            person,
        }))
    }

    /// Ends somebody's access, now or on a date. `None` when the caller does not lead the
    /// organisation.
    ///
    /// # Errors
    /// When the store is not available or refuses. Nothing was done then.
    pub async fn offboard(
        &self,
        by: (&Caller, &Posted),
        org: &OrgId,
        email: &EmailAddress,
        asked: &Offboarding,
    ) -> Result<Option<Came>, AppError> {
        let mut wanted = Wanted::new().membership(org, email);
        if let Some(successor) = &asked.hand_over_to {
            wanted = wanted.membership(org, successor);
        }
        let open = self.core.open_requests(email, Some(org)).await?;
        let open_requests = u32::try_from(open.len()).unwrap_or(u32::MAX);
        let came = self
            .commit_as_lead(by, org, &wanted, |lead, loaded| {
                let membership = loaded.membership(org, email).ok_or(No::Unknown)?;
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
            .await?
            .map(Came::from);
        self.note("off-boarding asked", org, email, came.as_ref());
        if came == Some(Came::Done) {
            if asked.hand_over_to.is_some() {
                let proof = by.0.proof();
                let deadline = self.core.now().saturating_add(HAND_OVER).ok();
                self.core.finish_leaving(org, email, &proof, deadline).await;
            }
            self.finish_review_if_through(by.0, org).await?;
        }
        Ok(came)
    }
}
