//! A form that comes a second time: what is asked for was done by the same link before.
//!
//! Without script a double click posts twice, and the browser shows the second answer. It says what
//! came of the first one, if that is still so.

use domain::{
    ApprovalId, EmailAddress, OrgId, RequestRef, RunId,
    link::{Purpose, Scope},
    membership::{ClosedReason, State},
    request::Decision,
    sweep::RunState,
};
use store::Wanted;

use super::{Done, Opened, View, Visits, Wish};
use crate::AppError;

impl Visits {
    /// What is seen by whoever posts a form of a link that was used: that it was done, when things
    /// are as they ask for, or else that the link is over.
    pub(super) async fn after_use(&self, opened: &Opened, wish: &Wish) -> Result<View, AppError> {
        let before = match (&opened.claims.scope, opened.claims.purpose, wish) {
            (Scope::Organization { org }, Purpose::AcceptInvitation, Wish::Yes | Wish::No) => {
                self.answered_invitation(opened, org, wish).await?
            }
            (Scope::Organization { org }, Purpose::KeepAccess, Wish::Yes) => {
                self.kept(opened, org).await?
            }
            (
                Scope::Approval { request, approval },
                Purpose::Approve,
                Wish::Answer { decision, .. },
            ) => {
                self.answered_approval(opened, (request, approval), *decision)
                    .await?
            }
            (Scope::Invitee { org, email }, Purpose::DecideInvitation, Wish::Yes | Wish::No) => {
                self.decided_exception(opened, org, email, wish).await?
            }
            (Scope::Run { run }, Purpose::ReleaseSweep, Wish::Yes) => self.released(*run).await?,
            _ => None,
        };
        Ok(before.map_or(View::Over, View::DoneBefore))
    }

    async fn answered_invitation(
        &self,
        opened: &Opened,
        org: &OrgId,
        wish: &Wish,
    ) -> Result<Option<Done>, AppError> {
        if *wish == Wish::No {
            return self.declined(opened, org).await;
        }
        let found = self.membership(opened, org).await?;
        let has_access = found.is_some_and(|(_, membership, _)| membership.has_access());
        Ok(has_access.then_some(Done::Accepted))
    }

    /// Declining ends every link to the invitation: none of them is honoured any more, and the one
    /// that was used knows why.
    async fn declined(&self, opened: &Opened, org: &OrgId) -> Result<Option<Done>, AppError> {
        let email = &opened.claims.subject;
        let wanted = Wanted::new().membership(org, email);
        let loaded = self.core.store.load(wanted).await?;
        let declined = State::Closed {
            why: ClosedReason::Declined,
        };
        let found = loaded.membership(org, email);
        let is_declined = found.is_some_and(|membership| membership.state == declined);
        Ok(is_declined.then_some(Done::Declined))
    }

    async fn kept(&self, opened: &Opened, org: &OrgId) -> Result<Option<Done>, AppError> {
        let found = self.membership(opened, org).await?;
        let is_kept = found.is_some_and(|(_, membership, _)| membership.state == State::Active);
        Ok(is_kept.then_some(Done::Kept))
    }

    async fn answered_approval(
        &self,
        opened: &Opened,
        (id, approval): (&RequestRef, &ApprovalId),
        decision: Decision,
    ) -> Result<Option<Done>, AppError> {
        let Some((request, ..)) = self.request(opened, id).await? else {
            return Ok(None);
        };
        let asked = request.approvals.get(approval);
        let said = asked.and_then(|asked| asked.answers.get(&opened.claims.subject));
        let is_said = said.is_some_and(|said| said.decision == decision);
        Ok(is_said.then_some(Done::Answered(decision)))
    }

    async fn decided_exception(
        &self,
        opened: &Opened,
        org: &OrgId,
        invitee: &EmailAddress,
        wish: &Wish,
    ) -> Result<Option<Done>, AppError> {
        let wanted = Wanted::new().organization(org).membership(org, invitee);
        let loaded = self.core.store.load(wanted).await?;
        let (Some(organization), Some(membership)) =
            (loaded.organization(org), loaded.membership(org, invitee))
        else {
            return Ok(None);
        };
        if !self.administers(opened, &organization.desk).await? {
            return Ok(None);
        }
        Ok(match (&membership.state, wish) {
            (State::Invited { .. } | State::Active, Wish::Yes) => Some(Done::ExceptionAllowed),
            (State::Closed { why, .. }, Wish::No) if *why == ClosedReason::Refused => {
                Some(Done::ExceptionRefused)
            }
            _ => None,
        })
    }

    async fn released(&self, run: RunId) -> Result<Option<Done>, AppError> {
        let run = self.core.store.run(run).await?;
        let is_released = run.is_some_and(|run| match run.state {
            RunState::Released { .. } | RunState::Running | RunState::Finished { .. } => true,
            RunState::Held => false,
        });
        Ok(is_released.then_some(Done::Released))
    }
}
