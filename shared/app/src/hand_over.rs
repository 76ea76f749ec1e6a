//! Handing over a leaver's open requests, one transaction a request, until none is left.

use domain::{
    EmailAddress, OrgId, Proof, Timestamp,
    decide::{finish_hand_over, hand_over},
    membership::State,
    request::Record,
};
use jiff::SignedDuration;
use store::{Once, Wanted};

use crate::{
    AppError, Core,
    core::{ATTEMPTS, Written},
    open_requests::MAX_OPEN,
};

/// How long before its deadline a function stops handing over, so that its answer still leaves.
const MARGIN: SignedDuration = SignedDuration::from_millis(1_500);

impl Core {
    /// Hands over what is left to hand over. The off-boarding itself is committed: what fails here,
    /// or for what there is no time until `deadline`, the sweep goes on with a quarter of an hour
    /// later.
    pub(crate) async fn finish_leaving(
        &self,
        org: &OrgId,
        email: &EmailAddress,
        proof: &Proof,
        deadline: Option<Timestamp>,
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
        deadline: Option<Timestamp>,
    ) -> Result<(), AppError> {
        for attempt in 0..ATTEMPTS {
            let wanted = Wanted::new().organization(org).membership(org, email);
            let loaded = self.store.load(wanted).await?;
            let (Some(organization), Some(membership)) =
                (loaded.organization(org), loaded.membership(org, email))
            else {
                return Ok(());
            };
            let State::OffBoarded {
                hand_over_to: Some(to),
                ..
            } = &membership.state
            else {
                return Ok(());
            };
            let open = self.open_requests(email, Some(org)).await?;
            for request in &open {
                if deadline.is_some_and(|at| at.duration_since(self.now()) < MARGIN) {
                    return Err(AppError::OutOfTime);
                }
                self.hand_over_one(&request.id, (email, to), proof).await?;
            }
            if open.len() >= MAX_OPEN {
                // As many as are looked at in one go: there may be more.
                continue;
            }
            let outcome = finish_hand_over(organization, membership.clone());
            match self.commit(&outcome, &Once::Nothing, self.now()).await? {
                Written::Done => return Ok(()),
                Written::SeenBefore | Written::Stale => {
                    self.before_next_attempt(attempt).await;
                }
            }
        }
        Err(AppError::Contended)
    }

    async fn hand_over_one(
        &self,
        request: &domain::RequestRef,
        (from, to): (&EmailAddress, &EmailAddress),
        proof: &Proof,
    ) -> Result<(), AppError> {
        for attempt in 0..ATTEMPTS {
            let (record, viewers) = self.store.request_with_viewers(request).await?;
            let Some(Record::Known(record)) = record else {
                return Ok(());
            };
            let now = self.now();
            let outcome = hand_over(*record, viewers, from, to, &proof.at(now));
            match self.commit(&outcome, &Once::Nothing, now).await? {
                Written::Done => return Ok(()),
                Written::SeenBefore | Written::Stale => {
                    self.before_next_attempt(attempt).await;
                }
            }
        }
        Err(AppError::Contended)
    }
}
