//! Asking leads who still belongs.

use domain::{
    OrgId, Timestamp,
    decide::{ask_review, begin_reviews},
};
use store::{Once, Wanted};

use super::{Run, Sweep, proof};
use crate::{
    AppError,
    core::{ATTEMPTS, Written},
};

impl Sweep {
    /// Asks the leads of each organisation whose time for that has come.
    pub(super) async fn ask_reviews(&self, run: &mut Run, orgs: &[OrgId], now: Timestamp) {
        for org in orgs {
            match self.ask(run, org, now).await {
                Ok(asked) => run.report.reviews += u32::from(asked),
                Err(error) => {
                    run.report.failed += 1;
                    tracing::error!(
                        error = &error as &dyn std::error::Error,
                        org.id = org.as_str(),
                        "leads not asked"
                    );
                }
            }
        }
    }

    /// Whether the leads were asked. How many people there are to confirm takes the whole roster,
    /// once in a round.
    async fn ask(&self, run: &Run, id: &OrgId, now: Timestamp) -> Result<bool, AppError> {
        for attempt in 0..ATTEMPTS {
            let loaded = self.core.store.load(Wanted::new().organization(id)).await?;
            let Some(org) = loaded.organization(id) else {
                return Ok(false);
            };
            let everybody = self.core.memberships(id).await?;
            let to_confirm = |began| {
                // Nobody answers for themselves, so a lead who is the only one is not asked about.
                let asked = everybody
                    .iter()
                    .filter(|m| m.awaits_review(began) && !org.is_last_lead(&m.email));
                u32::try_from(asked.count()).unwrap_or(u32::MAX)
            };
            let proof = proof(run.id, org.due_at.unwrap_or(now));
            let outcome = ask_review(org.clone(), to_confirm, &proof, now);
            match self.core.commit(&outcome, &Once::Nothing, now).await? {
                Written::Done => return Ok(!outcome.messages.is_empty()),
                Written::SeenBefore | Written::Stale => {
                    self.core.before_next_attempt(attempt).await;
                }
            }
        }
        Err(AppError::Contended)
    }

    /// Sets the first deadline of organisations that the sweep meets for the first time.
    pub(super) async fn begin_reviews(
        &self,
        run: &mut Run,
        orgs: &[OrgId],
        now: Timestamp,
    ) -> Result<(), AppError> {
        for id in orgs {
            let Some(org) = run.orgs.get(id) else {
                continue;
            };
            let outcome = begin_reviews(org.clone(), now);
            if outcome.is_empty() {
                continue;
            }
            // When somebody else has written it meanwhile, the next meeting does it.
            let _ = self.core.commit(&outcome, &Once::Nothing, now).await?;
            run.orgs.remove(id);
        }
        self.meet(run, orgs).await
    }
}
