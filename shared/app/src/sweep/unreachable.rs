//! Holding those whom no mail reaches, and telling somebody who can ask them.

use domain::{
    Customer, EmailAddress, OrgId, Organization, Timestamp,
    decide::{Due, MAX_HELD_AT_ONCE, Told, Transition, hold_unreachable},
    sweep::Exemption,
};
use store::{Once, Wanted};

use super::{Run, Sweep, proof};
use crate::{AppError, path::attempt::Written};

impl Sweep {
    /// Holds whom the run met and no mail reaches. One message of an organisation names them all, and
    /// is written with their new deadlines or not at all: what fails is due for the next run.
    pub(super) async fn hold_unreachable(&self, run: &mut Run, now: Timestamp) {
        for (org, people) in std::mem::take(&mut run.unreachable) {
            for some in people.chunks(MAX_HELD_AT_ONCE) {
                if run.is_late(self.services.now()) {
                    return;
                }
                if let Err(error) = Box::pin(self.hold_some(run, &org, some, now)).await {
                    run.report.failed += 1;
                    tracing::error!(
                        error = &error as &dyn std::error::Error,
                        org.id = org.as_str(),
                        "leads not told whom no mail reaches"
                    );
                }
            }
        }
    }

    async fn hold_some(
        &self,
        run: &mut Run,
        org: &OrgId,
        people: &[EmailAddress],
        now: Timestamp,
    ) -> Result<(), AppError> {
        let mut held: Vec<Due> = Vec::new();
        for email in people {
            let place = (org.clone(), email.clone());
            let Some(due) = self.due_now(&place).await? else {
                continue;
            };
            run.keep(Some(due.org.clone()));
            let answer = self.question(due, now).await?;
            if let Some((Transition::Spare(Exemption::Unreachable), due)) = answer {
                held.push(due);
            }
        }
        let Some(org) = run.orgs.get(org).cloned() else {
            return Ok(());
        };
        if held.is_empty() {
            return Ok(());
        }
        let count = u32::try_from(held.len()).unwrap_or(u32::MAX);
        let told = self.who_can_ask(&org).await?;
        let proof = proof(run.id, now);
        let outcome = hold_unreachable(&org, told, held, &proof.at(now));
        // What has changed meanwhile is still due, and the next run looks at it.
        if let Written::Done = self.services.commit(&outcome, &Once::Nothing, now).await? {
            let exempted = &mut run.report.exempted;
            *exempted.entry(Exemption::Unreachable).or_default() += count;
        }
        Ok(())
    }

    /// The leads whom mail reaches, or the administrators where it reaches none.
    async fn who_can_ask(&self, org: &Organization) -> Result<Told, AppError> {
        let reached = self.reachable_leads(org).await?;
        if !reached.is_empty() {
            return Ok(Told::Leads(reached));
        }
        let desk = self.settings.desk(&org.desk).await?;
        let administrators = desk.map(|desk| desk.administrators).unwrap_or_default();
        Ok(Told::Administrators(administrators.into_iter().collect()))
    }

    /// The leads of an organisation whom mail reaches.
    pub(super) async fn reachable_leads(
        &self,
        org: &Organization,
    ) -> Result<Vec<EmailAddress>, AppError> {
        let wanted = Wanted::new().customers(&org.leads);
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        let loaded = self.services.store.load(wanted).await?;
        let reaches = |lead: &&EmailAddress| {
            let customer = loaded.customer(lead);
            !customer.is_some_and(Customer::is_unreachable)
        };
        Ok(org.leads.iter().filter(reaches).cloned().collect())
    }
}
