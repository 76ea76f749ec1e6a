//! Inviting one person.

use domain::{
    Code, EmailAddress, OrgId, Refusal,
    decide::{InviteState, Terms, invite},
    outcome::RowOutcome,
};
use store::Wanted;

use super::{Attempted, Console, No};
use crate::{
    AppError,
    session::{Caller, Posted},
};

/// What came of an invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvitedOne {
    /// A mail is on its way.
    Invited,
    /// The address is outside the organisation's domains, and an administrator is asked.
    Asked,
    /// They have access, or were invited before.
    AlreadyHere,
    /// Nobody was invited, and why.
    Refused(Refusal),
}

impl Console {
    /// Invites one person. `None` when the caller does not lead the organisation.
    ///
    /// # Errors
    /// When the store is not available or refuses. Nothing was done then.
    pub async fn invite(
        &self,
        by: (&Caller, &Posted),
        org: &OrgId,
        email: &EmailAddress,
        terms: &Terms,
    ) -> Result<Option<InvitedOne>, AppError> {
        let wanted = Wanted::new().affiliation(org, email);
        let attempted = self
            .commit_as_lead(by, org, &wanted, |lead, loaded| {
                let state = InviteState {
                    inviter: lead.name(),
                    org: lead.org,
                    desk: lead.desk,
                    membership: loaded.membership(org, email).cloned(),
                    left: loaded.affiliation(org, email).trace(),
                };
                let verdict = invite(state, email, terms, &lead.occasion);
                let told = told(verdict.row, verdict.code);
                Ok::<_, No>((verdict.outcome, told))
            })
            .await?;
        Ok(attempted.map(|attempted| match attempted {
            Attempted::Done(told) | Attempted::Unchanged(told) => told,
            Attempted::DoneBefore => InvitedOne::Invited,
            Attempted::No(No::Refused(refusal)) => InvitedOne::Refused(refusal),
            Attempted::No(No::Unknown) => refused_by(Code::NotPossibleNow),
        }))
    }
}

fn told(row: RowOutcome, code: Option<Code>) -> InvitedOne {
    match (row, code) {
        (_, Some(Code::AwaitingApproval)) => InvitedOne::Asked,
        (RowOutcome::Invited, _) => InvitedOne::Invited,
        (RowOutcome::AlreadyMember, _) => InvitedOne::AlreadyHere,
        (RowOutcome::Refused, code) => refused_by(code.unwrap_or(Code::NotPossibleNow)),
    }
}

fn refused_by(code: Code) -> InvitedOne {
    InvitedOne::Refused(Refusal::of(code))
}
