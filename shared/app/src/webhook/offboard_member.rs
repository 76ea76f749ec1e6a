//! `member.offboarded`: access ends in one organisation, or in all of them, in one transaction;
//! then a leaver's open requests are handed over, one by one.

use domain::{
    Code, OrgId, Outcome, Refusal, Timestamp,
    decide::{OffboardState, Offboarding, offboard},
    event::{MemberOffboarded, Organizations},
};
use store::{Loaded, Wanted};

use super::{Receiver, genuine::Genuine, settle::Step};
use crate::AppError;

/// The most organisations that one transaction can end somebody's access to.
const MAX_ORGANIZATIONS: usize = 15;

impl Receiver {
    pub(super) async fn offboard_member(
        &self,
        delivery: &Genuine<'_>,
        event: &MemberOffboarded,
    ) -> Result<Step, AppError> {
        let now = self.core.now();
        let (source, id) = (delivery.source_id(), &delivery.id);
        let orgs = match &event.org {
            Organizations::One(org) => vec![org.clone()],
            Organizations::All => self.core.store.organizations_of(&event.email).await?,
        };
        let mut wanted = Wanted::new().delivery(source, id);
        for org in &orgs {
            wanted = wanted.organization(org).membership(org, &event.email);
            if let Some(successor) = &event.hand_over_to {
                wanted = wanted.membership(org, successor);
            }
        }
        let (loaded, open) = tokio::join!(
            self.core.store.load(wanted),
            self.core.open_requests(&event.email, None),
        );
        let (loaded, open) = (loaded?, open?);
        if let Some(first) = loaded.delivery(source, id, now)? {
            return Ok(Step::Seen(first));
        }
        if orgs.len() > MAX_ORGANIZATIONS {
            return Ok(Step::Refused(Refusal::limit(
                "a person is off-boarded from",
                MAX_ORGANIZATIONS,
                "organisations at once",
            )));
        }
        let mut outcome = Outcome::default();
        for org in &orgs {
            let of_org = open.iter().filter(|r| r.org.as_ref() == Some(org)).count();
            let open_requests = u32::try_from(of_org).unwrap_or(u32::MAX);
            match self
                .end_in(delivery, event, org, &loaded, open_requests, now)
                .await?
            {
                Ok(ended) => outcome = outcome.extend(ended),
                Err(refusal) => return Ok(Step::Refused(refusal)),
            }
        }
        let step = self
            .commit(delivery, &outcome, delivery.accepted(), now)
            .await?;
        if matches!(step, Step::Answered(_)) && event.hand_over_to.is_some() {
            let proof = delivery.proof(event.requested_by.as_ref());
            for org in &orgs {
                self.core
                    .finish_leaving(org, &event.email, &proof, delivery.deadline)
                    .await;
            }
        }
        Ok(step)
    }

    /// What ends in one organisation. Somebody who leaves everywhere leaves where they are; it is
    /// no fault that they are nowhere.
    async fn end_in(
        &self,
        delivery: &Genuine<'_>,
        event: &MemberOffboarded,
        org: &OrgId,
        loaded: &Loaded,
        open_requests: u32,
        now: Timestamp,
    ) -> Result<Result<Outcome, Refusal>, AppError> {
        let Some(organization) = loaded.organization(org).cloned() else {
            return Ok(Err(Refusal::unknown_organization()));
        };
        let state = OffboardState {
            desk: self.settings.desk(&organization.desk).await?,
            org: organization,
            membership: loaded.membership(org, &event.email).cloned(),
            successor: event
                .hand_over_to
                .as_ref()
                .and_then(|to| loaded.membership(org, to).cloned()),
            open_requests,
        };
        let asked = Offboarding {
            why: event.reason,
            at: event.effective_at,
            hand_over_to: event.hand_over_to.clone(),
        };
        let proof = delivery.proof(event.requested_by.as_ref());
        let everywhere = event.org == Organizations::All;
        Ok(match offboard(state, &asked, &proof.at(now)) {
            Err(refusal) if everywhere && refusal.code == Code::NotAMember => {
                Ok(Outcome::default())
            }
            result => result,
        })
    }
}
