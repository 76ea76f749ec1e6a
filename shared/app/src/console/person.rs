//! One person of the roster, and the actions on them.

use domain::{Customer, EmailAddress, Membership, OrgId, decide::mail_works_again};
use store::{AuditRecord, Wanted};

use super::{Act, Console, ConsoleOrg, Lead, People, Person, with_lead};
use crate::{
    path::session::{Caller, Posted},
    path::{Deadline, Settled, Stop},
};

/// One person, with the rest that their page needs.
#[derive(Debug, Clone)]
pub struct PersonView {
    /// The place that it belongs to.
    pub place: ConsoleOrg,
    /// The person.
    pub person: Person,
    /// Tells whether the caller is this person.
    pub is_caller: bool,
    /// Tells whether nobody else leads the organisation.
    pub is_last_lead: bool,
    /// The latest entries of the history about them, the newest first.
    pub recent: Vec<AuditRecord>,
    /// The people whom these entries name.
    pub named: People,
    /// The name, or else the address, of the colleague who took over their requests.
    pub successor: Option<String>,
}

impl Console {
    /// The person for whom a handle stands.
    ///
    /// # Errors
    /// [`Stop::Closed`] when the caller does not lead the organisation, [`Stop::Gone`] when the handle
    /// is nobody's there; or that the store is not available or refuses.
    pub async fn person(
        &self,
        caller: &Caller,
        org: &OrgId,
        handle: &str,
    ) -> Result<PersonView, Stop> {
        let lead = self.lead(caller, org).await?;
        let membership = self.behind(org, handle).await?.ok_or(Stop::Gone)?;
        self.view_of(caller, lead, membership).await
    }

    /// The person with this address.
    ///
    /// # Errors
    /// As [`Console::person`].
    pub async fn person_of(
        &self,
        caller: &Caller,
        org: &OrgId,
        email: &EmailAddress,
    ) -> Result<PersonView, Stop> {
        let wanted = with_lead(Wanted::new().membership(org, email), caller, org);
        let loaded = self.services.store.load(wanted).await?;
        let lead = self.lead_among(&loaded, caller, org).await?;
        let membership = loaded.membership(org, email).cloned().ok_or(Stop::Gone)?;
        self.view_of(caller, lead, membership).await
    }

    async fn view_of(
        &self,
        caller: &Caller,
        lead: Lead,
        membership: Membership,
    ) -> Result<PersonView, Stop> {
        let successor = match &membership.handed {
            Some(handed) => {
                let wanted = Wanted::new().membership(&membership.org, &handed.to);
                let loaded = self.services.store.load(wanted).await?;
                let known = loaded.membership(&membership.org, &handed.to);
                let name = known.and_then(|colleague| colleague.name.as_ref());
                Some(name.map_or_else(|| handed.to.to_string(), ToString::to_string))
            }
            None => None,
        };
        let persons = self.persons(vec![membership]).await?;
        let person = persons.into_iter().next().ok_or(Stop::Gone)?;
        let (recent, named) = self.recent(&lead.org.id, &person.membership.email).await?;
        Ok(PersonView {
            recent,
            named,
            is_caller: person.membership.email == *caller.email(),
            is_last_lead: lead.org.is_last_lead(&person.membership.email),
            place: lead.place(),
            person,
            successor,
        })
    }

    /// Does one thing to one person.
    ///
    /// # Errors
    /// [`Stop::Closed`] when the caller does not lead the organisation, [`Stop::Gone`] when it has no
    /// such person, [`Stop::Refused`]; or that the store is not available or refuses. Nothing was done
    /// then.
    pub async fn act(
        &self,
        by: (&Caller, &Posted),
        org: &OrgId,
        email: &EmailAddress,
        act: Act,
    ) -> Result<Settled<()>, Stop> {
        let wanted = Wanted::new().membership(org, email);
        let settled = self
            .commit_as_lead(by, org, &wanted, |lead, loaded| {
                let membership = loaded.membership(org, email).ok_or(Stop::Gone)?.clone();
                let outcome = act.decide(lead.org, membership, &lead.occasion)?;
                Ok((outcome, ()))
            })
            .await;
        self.note("acted on a person", org, email, &settled);
        // What was handed over comes back; what fails here, the sweep goes on with.
        if act == Act::Restore && matches!(settled, Ok(Settled::Done(()) | Settled::DoneBefore)) {
            let deadline = Deadline::NONE.or_after(self.services.now(), super::offboard::HAND_OVER);
            self.services
                .finish_leaving(org, email, &by.0.proof(), deadline)
                .await;
        }
        settled
    }

    /// Lets mail to one person be sent again, as a lead says that it works.
    ///
    /// # Errors
    /// As [`Console::act`].
    pub async fn mail_works(
        &self,
        by: (&Caller, &Posted),
        org: &OrgId,
        email: &EmailAddress,
    ) -> Result<Settled<()>, Stop> {
        let wanted = Wanted::new().membership(org, email).customer(email);
        let settled = self
            .commit_as_lead(by, org, &wanted, |lead, loaded| {
                let membership = loaded.membership(org, email).ok_or(Stop::Gone)?;
                if !membership.holds_seat() {
                    return Err(Stop::Gone);
                }
                let customer = loaded.customer(email).cloned();
                let customer = customer.unwrap_or_else(|| Customer::new(email.clone(), None));
                let outcome = mail_works_again(customer, &lead.occasion)?;
                Ok((outcome, ()))
            })
            .await;
        self.note("said that mail works", org, email, &settled);
        settled
    }

    /// Logs one line for each action on somebody.
    pub(super) fn note(
        &self,
        done: &'static str,
        org: &OrgId,
        email: &EmailAddress,
        settled: &Result<Settled<()>, Stop>,
    ) {
        let result = match settled {
            Ok(Settled::Done(()) | Settled::DoneBefore) => "done",
            Ok(Settled::Unchanged(())) => "unchanged",
            Err(Stop::Refused(refusal)) => refusal.code.as_str(),
            Err(Stop::Gone) => "unknown person",
            Err(Stop::Closed) => "not a lead",
            Err(Stop::ForeignForm | Stop::Later(_) | Stop::Failed(_)) => return,
        };
        tracing::info!(
            org.id = org.as_str(),
            customer = %self.services.store.pseudonym(email),
            result,
            "{done}"
        );
    }
}
