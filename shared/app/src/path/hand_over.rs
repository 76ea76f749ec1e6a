//! Handing over a leaver's open requests, one transaction a request, until none is left.

use domain::{
    EmailAddress, OrgId, Proof, Request, RequestRef,
    decide::{finish_hand_over, hand_back, hand_over},
    membership::State,
    request::Record,
};
use store::{Once, Wanted};

use crate::{
    AppError, Services,
    path::open_requests::MAX_OPEN,
    path::{Deadline, Margin, Ruling},
};

impl Services {
    /// Hands over what is left to hand over. The off-boarding itself is committed: what fails here,
    /// or for what there is no time until `deadline`, the sweep goes on with a quarter of an hour
    /// later.
    pub(crate) async fn finish_leaving(
        &self,
        org: &OrgId,
        email: &EmailAddress,
        proof: &Proof,
        deadline: Deadline,
    ) {
        if let Err(error) = self.hand_over_all(org, email, proof, deadline).await {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                org.id = org.as_str(),
                "hand-over interrupted"
            );
        }
    }

    /// Hands over every open request of a leaver and notes that it is done; without the note when
    /// the time runs out before.
    pub(crate) async fn hand_over_all(
        &self,
        org: &OrgId,
        email: &EmailAddress,
        proof: &Proof,
        deadline: Deadline,
    ) -> Result<(), AppError> {
        let now = self.now();
        self.attempt(&Once::Nothing, now, || async {
            let wanted = Wanted::new().organization(org).membership(org, email);
            let loaded = self.store.load(wanted).await?;
            let (Some(organization), Some(membership)) =
                (loaded.organization(org), loaded.membership(org, email))
            else {
                return Ok(Ruling::Leave(()));
            };
            let handed = membership.handed.as_ref();
            let (from, to, back) = match (&membership.state, handed) {
                (
                    State::OffBoarded {
                        hand_over_to: Some(to),
                        ..
                    },
                    _,
                ) => (email, to, false),
                (State::Active | State::Warned { .. }, Some(handed)) => (&handed.to, email, true),
                (
                    State::OffBoarded { .. }
                    | State::Active
                    | State::Warned { .. }
                    | State::Proposed { .. }
                    | State::Invited { .. }
                    | State::Closed { .. },
                    _,
                ) => return Ok(Ruling::Leave(())),
            };
            // Whoever asked for it did it, also where the sweep goes on with it.
            let proof = Proof {
                actor: handed.map_or_else(|| proof.actor.clone(), |handed| handed.by.clone()),
                evidence: proof.evidence.clone(),
            };
            let mut open = self.open_requests(from, Some(org)).await?;
            let many = open.len() >= MAX_OPEN && !back;
            if back {
                let theirs =
                    |request: &Request| request.handed.as_ref().is_some_and(|h| h.from == *to);
                open.retain(theirs);
            }
            for request in &open {
                deadline.check(Margin::Transaction, self.now())?;
                self.hand_over_one(&request.id, (from, to, back), &proof)
                    .await?;
            }
            if many {
                // As many as are looked at in one go: there may be more.
                return Ok(Ruling::Again);
            }
            let outcome = finish_hand_over(organization, membership.clone());
            Ok::<_, AppError>(Ruling::Write(outcome, ()))
        })
        .await?;
        Ok(())
    }

    async fn hand_over_one(
        &self,
        request: &RequestRef,
        (from, to, back): (&EmailAddress, &EmailAddress, bool),
        proof: &Proof,
    ) -> Result<(), AppError> {
        let now = self.now();
        self.attempt(&Once::Nothing, now, || async {
            let (record, viewers) = self.store.request_with_viewers(request).await?;
            let Some(Record::Known(record)) = record else {
                return Ok(Ruling::Leave(()));
            };
            let desk = self.store.desk(&request.desk).await?;
            let occasion = proof.at(now);
            let outcome = if back {
                hand_back(*record, viewers, (from, to), desk.as_ref(), &occasion)
            } else {
                hand_over(*record, viewers, from, to, desk.as_ref(), &occasion)
            };
            Ok::<_, AppError>(Ruling::Write(outcome, ()))
        })
        .await?;
        Ok(())
    }
}
