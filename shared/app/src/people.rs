//! What is done to one person of an organisation's roster, by whoever may: the lead from their
//! console, an administrator, the person themselves.
//!
//! That the actor may do it is for the caller to have checked; the proof says who it was and what
//! showed it, and stands in the audit.

use domain::{
    EmailAddress, Membership, Occasion, OrgId, Organization, Outcome, Proof, Refusal, Role,
    Timestamp,
    decide::{
        cancel_leaving, extend_access, keep_by_lead, resend, restore, set_exempt, set_role,
        withdraw,
    },
};
use store::{Once, Wanted};

use crate::{
    AppError, Core,
    core::{ATTEMPTS, Written},
};

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Undo an off-boarding, within the days in which that is possible.
    Restore,
    /// Take an open invitation back.
    Withdraw,
    /// Send an open invitation once more, with a new deadline.
    Resend,
    /// Say for somebody that access is still wanted.
    Keep,
    /// Take back an off-boarding that was planned for a date.
    CancelLeaving,
    /// Move the date on which access ends, or take it away.
    ExtendAccess(Option<Timestamp>),
    /// Make a member a lead, or a lead a member.
    SetRole(Role),
    /// Mark somebody as never to be removed for inactivity, or take the mark away.
    SetExempt(bool),
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Came {
    /// It is done.
    Done,
    /// It was so already.
    Unchanged,
    /// It could not be done, and why.
    Refused(Refusal),
    /// The organisation has no such person.
    Unknown,
}

/// Acts on the people of an organisation.
#[derive(Debug)]
pub struct People {
    core: Core,
}

impl People {
    /// Over what every use case works with.
    #[must_use]
    pub fn new(core: Core) -> Self {
        Self { core }
    }

    /// Does one thing to one person, in one transaction.
    ///
    /// # Errors
    /// When the store is not available or refuses. Nothing was done then.
    pub async fn act(
        &self,
        org: &OrgId,
        email: &EmailAddress,
        act: Act,
        proof: &Proof,
    ) -> Result<Came, AppError> {
        let core = &self.core;
        // Said at one instant, however often it has to be decided.
        let now = core.now();
        for attempt in 0..ATTEMPTS {
            let wanted = Wanted::new().organization(org).membership(org, email);
            let loaded = core.store.load(wanted).await?;
            let (Some(organization), Some(membership)) = (
                loaded.organization(org).cloned(),
                loaded.membership(org, email).cloned(),
            ) else {
                return Ok(Came::Unknown);
            };
            let outcome = match decide(act, organization, membership, &proof.at(now)) {
                Ok(outcome) if outcome.is_empty() => return Ok(Came::Unchanged),
                Ok(outcome) => outcome,
                Err(refusal) => return Ok(Came::Refused(refusal)),
            };
            match core.commit(&outcome, &Once::Nothing, now).await? {
                Written::Done => {
                    tracing::info!(
                        org.id = org.as_str(),
                        customer = %core.store.pseudonym(email),
                        act = ?act,
                        "acted on a person"
                    );
                    return Ok(Came::Done);
                }
                Written::SeenBefore | Written::Stale => core.before_next_attempt(attempt).await,
            }
        }
        Err(AppError::Contended)
    }
}

pub(crate) fn decide(
    act: Act,
    org: Organization,
    membership: Membership,
    occasion: &Occasion,
) -> Result<Outcome, Refusal> {
    match act {
        Act::Restore => restore(org, membership, occasion),
        Act::Withdraw => withdraw(org, membership, occasion),
        Act::Resend => resend(org, membership, occasion),
        Act::Keep => keep_by_lead(&org, membership, occasion),
        Act::CancelLeaving => cancel_leaving(&org, membership, occasion),
        Act::ExtendAccess(until) => extend_access(&org, membership, until, occasion),
        Act::SetRole(role) => set_role(org, membership, role, occasion),
        Act::SetExempt(exempt) => set_exempt(membership, exempt, occasion),
    }
}
