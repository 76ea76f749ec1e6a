//! The review: which people a lead has still to confirm, and their answers, kept as they come.

use domain::{
    EmailAddress, Membership, OrgId, Outcome, Timestamp,
    decide::{finish_review, keep_by_lead},
};
use store::{Once, Wanted};

use super::{Console, ConsoleOrg, Person};
use crate::{
    path::session::{Caller, Posted},
    path::{Ruling, Settled, Stop},
};

/// The number of people who are asked about on one page.
const PAGE: usize = 25;

/// The stage of a review.
#[derive(Debug, Clone)]
pub enum ReviewStage {
    /// Nobody is asked; the next time is on this day, if there is one.
    Nothing {
        /// The instant at which a lead was last through with one.
        finished_at: Option<Timestamp>,
        /// The next time it is asked.
        next: Option<Timestamp>,
    },
    /// These people are still to be confirmed or let go.
    Open {
        /// The instant at which it was asked.
        began: Timestamp,
        /// The first of them, those who have been silent for the longest among them first.
        people: Vec<Person>,
        /// The number of people left.
        left: usize,
        /// The number of people asked about.
        of: usize,
    },
}

/// A review as its page shows it.
#[derive(Debug, Clone)]
pub struct ReviewView {
    /// The place that it belongs to.
    pub place: ConsoleOrg,
    /// Its stage.
    pub stage: ReviewStage,
}

/// Tells whether a lead has to answer for somebody else; nobody answers for themselves.
fn is_asked(membership: &Membership, caller: &Caller, began: Timestamp) -> bool {
    membership.email != *caller.email() && membership.awaits_review(began)
}

/// Tells whether a lead has answered for somebody since the review began.
fn was_answered(membership: &Membership, began: Timestamp) -> bool {
    let confirmed = membership.confirmed_at.is_some_and(|at| at >= began);
    let inside = membership.state.stage().has_access();
    let left = !inside && membership.left_at.is_some_and(|at| at >= began);
    confirmed || left || (inside && membership.leaving.is_some())
}

impl Console {
    /// The review of an organisation's people.
    ///
    /// # Errors
    /// [`Stop::Closed`] when the caller does not lead the organisation; or that the store is not
    /// available or refuses.
    pub async fn review(&self, caller: &Caller, org: &OrgId) -> Result<ReviewView, Stop> {
        let lead = self.lead(caller, org).await?;
        let stage = match lead.org.review.open_since() {
            None => ReviewStage::Nothing {
                finished_at: lead.org.review.finished_at,
                next: lead.org.due_at.filter(|due| *due > lead.occasion.now),
            },
            Some(began) => {
                let (asked, others): (Vec<_>, Vec<_>) = self
                    .services
                    .memberships(org)
                    .await?
                    .into_iter()
                    .partition(|membership| is_asked(membership, caller, began));
                let answered = others.iter().filter(|m| was_answered(m, began)).count();
                let (left, of) = (asked.len(), asked.len() + answered);
                let mut people = self.persons(asked).await?;
                people.sort_by_key(|person| person.last_active);
                people.truncate(PAGE);
                ReviewStage::Open {
                    began,
                    people,
                    left,
                    of,
                }
            }
        };
        Ok(ReviewView {
            place: lead.place(),
            stage,
        })
    }

    /// Confirms people: they stay. Whoever is not asked about any more is left alone, so the same
    /// form posted twice confirms once. Returns the number of people who were confirmed.
    ///
    /// # Errors
    /// [`Stop::Closed`] when the caller does not lead the organisation; or that the store is not
    /// available or refuses. Those who were confirmed before stay so.
    pub async fn confirm(
        &self,
        (caller, _): (&Caller, &Posted),
        org: &OrgId,
        emails: &[EmailAddress],
    ) -> Result<usize, Stop> {
        // Each is confirmed in a transaction of their own; none of them is the form's.
        let each = Posted {
            once: Once::Nothing,
        };
        let mut confirmed = 0;
        for email in emails {
            let wanted = Wanted::new().membership(org, email);
            let settled = self
                .commit_as_lead((caller, &each), org, &wanted, |lead, loaded| {
                    let membership = loaded.membership(org, email).ok_or(Stop::Gone)?;
                    let began = lead.org.review.open_since();
                    if !began.is_some_and(|began| is_asked(membership, caller, began)) {
                        return Ok((Outcome::default(), ()));
                    }
                    let membership = membership.clone();
                    let outcome = keep_by_lead(&lead.org, membership, &lead.occasion)?;
                    Ok((outcome, ()))
                })
                .await;
            match settled {
                Ok(Settled::Done(())) => confirmed += 1,
                // Gone meanwhile, or answered for by another lead: there is nothing left to say.
                Ok(Settled::DoneBefore | Settled::Unchanged(()))
                | Err(Stop::Gone | Stop::Refused(_)) => {}
                Err(stop) => return Err(stop),
            }
        }
        tracing::info!(org.id = org.as_str(), confirmed, "people confirmed");
        self.finish_review_if_through(caller, org).await?;
        Ok(confirmed)
    }

    /// Closes a review when nobody is left whom this lead could answer for.
    pub(super) async fn finish_review_if_through(
        &self,
        caller: &Caller,
        org: &OrgId,
    ) -> Result<(), Stop> {
        let finished = self.services.attempt(&Once::Nothing, caller.now, || async {
            let lead = self.lead(caller, org).await?;
            let Some(began) = lead.org.review.open_since() else {
                return Ok(Ruling::Leave(()));
            };
            let everybody = self.services.memberships(org).await?;
            if everybody.iter().any(|m| is_asked(m, caller, began)) {
                return Ok(Ruling::Leave(()));
            }
            let outcome = finish_review(lead.org, &lead.occasion);
            Ok(Ruling::Write(outcome, ()))
        });
        match finished.await {
            // Whoever has just stepped down leaves the review to others.
            Ok(_) | Err(Stop::Closed) => Ok(()),
            Err(stop) => Err(stop),
        }
    }
}
