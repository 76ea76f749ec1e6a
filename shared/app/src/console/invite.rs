//! Inviting one person.

use domain::{
    Code, EmailAddress, OrgId, Refusal,
    decide::{InviteState, Terms, invite},
    outcome::RowOutcome,
};
use store::Wanted;

use super::Console;
use crate::{
    path::session::{Caller, Posted},
    path::{Settled, Stop},
};

/// The result of an invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvitedOne {
    /// A mail is on its way.
    Invited,
    /// The address is outside the organisation's domains, and an administrator is asked.
    Asked,
    /// They have access, or were invited before.
    AlreadyHere,
    /// Nobody was invited, for this reason.
    Refused(Refusal),
}

impl Console {
    /// Invites one person.
    ///
    /// # Errors
    /// [`Stop::Closed`] when the caller does not lead the organisation; or that the store is not
    /// available or refuses. Nothing was done then.
    pub async fn invite(
        &self,
        by: (&Caller, &Posted),
        org: &OrgId,
        email: &EmailAddress,
        terms: &Terms,
    ) -> Result<InvitedOne, Stop> {
        let wanted = Wanted::new().affiliation(org, email);
        let settled = self
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
                Ok((verdict.outcome, told))
            })
            .await;
        match settled {
            Ok(Settled::Done(told) | Settled::Unchanged(told)) => Ok(told),
            Ok(Settled::DoneBefore) => Ok(InvitedOne::Invited),
            Err(Stop::Refused(refusal)) => Ok(InvitedOne::Refused(refusal)),
            Err(stop) => Err(stop),
        }
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
