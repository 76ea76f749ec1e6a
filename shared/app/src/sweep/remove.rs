//! Removing whom a run counted, and telling their leads.

use domain::{
    Action, Actor, EmailAddress, Evidence, Message, OrgId, Subject, Timestamp,
    decide::{Transition, carry_out, digest},
    organization::day_of,
    sweep::SweepRun,
};
use jiff::{ToSpan, civil::Date};
use store::{AuditRecord, Once, Wanted};

use super::{Run, Sweep, proof};
use crate::{AppError, Metric, path::Ruling};

/// The number of audit entries in one read.
const PAGE: u32 = 100;

impl Sweep {
    /// Removes one after the other. `false` when the time ran out before the last.
    pub(super) async fn remove_all(&self, run: &mut Run) -> Result<bool, AppError> {
        for place in std::mem::take(&mut run.candidates) {
            if run.is_late(self.services.now()) {
                return Ok(false);
            }
            if let Err(error) = self.remove(run, &place).await {
                run.report.failed += 1;
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    org.id = place.0.as_str(),
                    customer = %self.services.store.pseudonym(&place.1),
                    "member not removed"
                );
            }
        }
        Ok(true)
    }

    /// Asks again, with everything as it is now, and removes only if the answer is still yes. Any other
    /// answer is still due: the next run gives it, and counts it then.
    async fn remove(&self, run: &mut Run, place: &(OrgId, EmailAddress)) -> Result<(), AppError> {
        let now = self.services.now();
        let id = run.id;
        let settled = self.services.attempt(&Once::Nothing, now, || async {
            let Some(due) = self.due_now(place).await? else {
                return Ok(Ruling::Leave(None));
            };
            let org = due.org.clone();
            let Some((Transition::Remove, due)) = self.question(due, now).await? else {
                return Ok(Ruling::Leave(Some(org)));
            };
            let proof = proof(id, due.membership.due_at.unwrap_or(now));
            let outcome = carry_out(&Transition::Remove, due, &proof.at(now));
            Ok::<_, AppError>(Ruling::Write(outcome, Some(org)))
        });
        let settled = settled.await?;
        if settled.is_done() {
            Transition::Remove.count_in(&mut run.report);
            self.services.count(Metric::MemberRemoved);
        }
        run.keep(settled.told_or(None));
        Ok(())
    }

    /// The number of people whom a run removed, and the digests for their leads. The audit names
    /// them, so a run that was cut short is reported as well.
    pub(super) async fn digests(
        &self,
        record: &SweepRun,
        now: Timestamp,
    ) -> Result<(u32, Vec<Message>), AppError> {
        let mut total = 0_u32;
        let mut messages = Vec::new();
        for org in record.removals.keys() {
            let removed = self.removed_by(record, org, now).await?;
            if removed.is_empty() {
                continue;
            }
            total = total.saturating_add(u32::try_from(removed.len()).unwrap_or(u32::MAX));
            let wanted = Wanted::new().organization(org);
            let loaded = self.services.store.load(wanted).await?;
            if let Some(org) = loaded.organization(org) {
                messages.extend(digest(org, &removed, now));
            }
        }
        Ok((total, messages))
    }

    async fn removed_by(
        &self,
        record: &SweepRun,
        org: &OrgId,
        now: Timestamp,
    ) -> Result<Vec<EmailAddress>, AppError> {
        let first = day_of(record.id.0).first_of_month();
        let mut month = day_of(now).first_of_month();
        let mut removed = Vec::new();
        loop {
            removed.extend(self.removed_in_month(record, org, month).await?);
            if month <= first {
                return Ok(removed);
            }
            month = month.saturating_sub(1.month());
        }
    }

    /// The people whom a run removed in a month, from the newest entry back to the run's beginning.
    async fn removed_in_month(
        &self,
        record: &SweepRun,
        org: &OrgId,
        day: Date,
    ) -> Result<Vec<EmailAddress>, AppError> {
        let mut removed = Vec::new();
        let mut cursor = None;
        loop {
            let page = self
                .services
                .store
                .audit_of_org(Some(org), day, cursor.as_ref(), PAGE)
                .await?;
            for AuditRecord { entry, .. } in page.items {
                if entry.at < record.id.0 {
                    return Ok(removed);
                }
                let by_this_run = matches!(
                    &entry.evidence,
                    Evidence::Deadline { run, .. } if *run == record.id
                );
                if let (Action::MemberOffboarded, Actor::Sweep, true, Subject::Person(email)) =
                    (entry.action, entry.actor, by_this_run, entry.subject)
                {
                    removed.push(email);
                }
            }
            cursor = page.next;
            if cursor.is_none() {
                return Ok(removed);
            }
        }
    }
}
