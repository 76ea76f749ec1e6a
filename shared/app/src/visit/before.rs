//! A form that comes a second time: what is asked for was done by the same link before.
//!
//! Without script a double click posts twice, and the browser shows the second answer. It says what
//! came of the first one, if that is still so.

use domain::{
    OrgId,
    link::{Area, Purpose, Scope},
    membership::{ClosedReason, State},
};
use store::Wanted;

use super::{Done, LinkView, Opened, Visits, Wish, found::Found};
use crate::AppError;

impl Visits {
    /// The view after posting a form of a used link: that it was done, if the state matches the
    /// wish, or else that the link is over.
    pub(super) async fn after_use(
        &self,
        opened: &Opened,
        wish: &Wish,
    ) -> Result<LinkView, AppError> {
        let declines = (opened.claims.purpose, wish) == (Purpose::AcceptInvitation, &Wish::No);
        let before = match opened.claims.scope.area() {
            // Declining ends every link to the invitation; the one that was used knows why.
            Some(Area::Organization(org)) if declines => self.declined(opened, org).await?,
            Some(Area::Own | Area::Organization(_) | Area::Request(_)) | None => {
                let found = self.found(opened).await?;
                found.and_then(|found| done_before(opened, &found, wish))
            }
        };
        Ok(before.map_or(LinkView::Over, LinkView::DoneBefore))
    }

    async fn declined(&self, opened: &Opened, org: &OrgId) -> Result<Option<Done>, AppError> {
        let email = &opened.claims.subject;
        let wanted = Wanted::new().membership(org, email);
        let loaded = self.services.store.load(wanted).await?;
        let declined = State::Closed {
            why: ClosedReason::Declined,
        };
        let found = loaded.membership(org, email);
        let is_declined = found.is_some_and(|membership| membership.state == declined);
        Ok(is_declined.then_some(Done::Declined))
    }
}

/// The act of the same link, if the state matches the wish.
fn done_before(opened: &Opened, found: &Found, wish: &Wish) -> Option<Done> {
    match (found, wish) {
        (Found::Membership(found), Wish::Yes) => {
            let (_, membership, _) = &**found;
            match opened.claims.purpose {
                Purpose::AcceptInvitation => {
                    let inside = membership.state.stage().has_access();
                    inside.then_some(Done::Accepted)
                }
                Purpose::KeepAccess => (membership.state == State::Active).then_some(Done::Kept),
                Purpose::LeadConsole
                | Purpose::Requester
                | Purpose::Approve
                | Purpose::Review
                | Purpose::Unsubscribe
                | Purpose::DecideInvitation
                | Purpose::ReleaseSweep
                | Purpose::ConfirmRequest
                | Purpose::NewRequest => None,
            }
        }
        (Found::Request(found), Wish::Answer { decision, .. }) => {
            let Scope::Approval { approval, .. } = &opened.claims.scope else {
                return None;
            };
            let asked = found.0.approvals.get(approval)?;
            let said = asked.answers.get(&opened.claims.subject)?;
            (said.decision == *decision).then_some(Done::Answered(*decision))
        }
        (Found::Exception(found), wish) => match (&found.1.state, wish) {
            (State::Invited { .. } | State::Active, Wish::Yes) => Some(Done::ExceptionAllowed),
            (State::Closed { why }, Wish::No) if *why == ClosedReason::Refused => {
                Some(Done::ExceptionRefused)
            }
            _ => None,
        },
        (Found::Run(found), Wish::Yes) => {
            let (run, orgs) = &**found;
            let mut waiting = run.waiting();
            let waits = waiting.any(|(id, _)| orgs.iter().any(|org| org.id == *id));
            (!waits).then_some(Done::Released)
        }
        _ => None,
    }
}
