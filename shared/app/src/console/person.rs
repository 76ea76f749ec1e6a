//! One person of the roster, and what is done to them.

use domain::{Customer, EmailAddress, OrgId, decide::mail_works_again};
use store::Wanted;

use super::{Console, No, Person, Place};
use crate::{
    AppError,
    people::{Act, Came, decide},
    session::{Caller, Posted},
};

/// One person, and what their page needs besides.
#[derive(Debug, Clone)]
pub struct PersonView {
    /// Where it belongs.
    pub place: Place,
    /// The person.
    pub person: Person,
    /// Whether the caller is this person.
    pub is_caller: bool,
    /// Whether nobody else leads the organisation.
    pub is_last_lead: bool,
}

impl Console {
    /// The person for whom a handle stands. `None` when the caller does not lead the organisation,
    /// or nobody there is meant.
    ///
    /// # Errors
    /// When the store is not available or refuses.
    pub async fn person(
        &self,
        caller: &Caller,
        org: &OrgId,
        handle: &str,
    ) -> Result<Option<PersonView>, AppError> {
        let Some(lead) = self.lead(caller, org).await? else {
            return Ok(None);
        };
        let Some(membership) = self.behind(org, handle).await? else {
            return Ok(None);
        };
        let persons = self.persons(vec![membership]).await?;
        Ok(persons.into_iter().next().map(|person| PersonView {
            is_caller: person.membership.email == *caller.email(),
            is_last_lead: lead.org.is_last_lead(&person.membership.email),
            place: lead.clone().place(),
            person,
        }))
    }

    /// Does one thing to one person. `None` when the caller does not lead the organisation.
    ///
    /// # Errors
    /// When the store is not available or refuses. Nothing was done then.
    pub async fn act(
        &self,
        by: (&Caller, &Posted),
        org: &OrgId,
        email: &EmailAddress,
        act: Act,
    ) -> Result<Option<Came>, AppError> {
        let wanted = Wanted::new().membership(org, email);
        let came = self
            .commit_as_lead(by, org, &wanted, |lead, loaded| {
                let membership = loaded.membership(org, email).ok_or(No::Unknown)?.clone();
                let outcome = decide(act, lead.org, membership, &lead.occasion)?;
                Ok((outcome, ()))
            })
            .await?
            .map(Came::from);
        self.note("acted on a person", org, email, came.as_ref());
        Ok(came)
    }

    /// Lets mail to one person be sent again, as a lead says that it works. `None` when the caller
    /// does not lead the organisation.
    ///
    /// # Errors
    /// When the store is not available or refuses. Nothing was done then.
    pub async fn mail_works(
        &self,
        by: (&Caller, &Posted),
        org: &OrgId,
        email: &EmailAddress,
    ) -> Result<Option<Came>, AppError> {
        let wanted = Wanted::new().membership(org, email).customer(email);
        let came = self
            .commit_as_lead(by, org, &wanted, |lead, loaded| {
                let membership = loaded.membership(org, email).ok_or(No::Unknown)?;
                if !membership.holds_seat() {
                    return Err(No::Unknown);
                }
                let customer = loaded.customer(email).cloned();
                let customer = customer.unwrap_or_else(|| Customer::new(email.clone(), None));
                let outcome = mail_works_again(customer, &lead.occasion)?;
                Ok((outcome, ()))
            })
            .await?
            .map(Came::from);
        self.note("said that mail works", org, email, came.as_ref());
        Ok(came)
    }

    /// One line for each thing that was done to somebody.
    pub(super) fn note(
        &self,
        done: &'static str,
        org: &OrgId,
        email: &EmailAddress,
        came: Option<&Came>,
    ) {
        let result = match came {
            Some(Came::Done) => "done",
            Some(Came::Unchanged) => "unchanged",
            Some(Came::Refused(refusal)) => refusal.code.as_str(),
            Some(Came::Unknown) => "unknown person",
            None => "not a lead",
        };
        tracing::info!(
            org.id = org.as_str(),
            customer = %self.core.store.pseudonym(email),
            result,
            "{done}"
        );
    }
}
