//! Looking at organisations: asking leads who still belongs, and administrators who could lead one
//! that nobody leads.

use domain::{
    Membership, Occasion, OrgId, Organization, Outcome, Timestamp,
    decide::{ask_review, begin_reviews, look_at_leads, notice_vacancy},
    message::ToAsk,
};
use store::{Once, Wanted};

use super::{Run, Sweep, proof};
use crate::{AppError, path::Ruling};

/// The result of a look at an organisation, if somebody got a mail.
enum Looked {
    /// Its leads were asked who still belongs.
    Reviewed,
    /// Its administrators were told that nobody leads it.
    Vacant,
}

impl Sweep {
    /// Looks at each organisation whose time for that has come.
    pub(super) async fn look_at_organizations(
        &self,
        run: &mut Run,
        orgs: &[OrgId],
        now: Timestamp,
    ) {
        for org in orgs {
            match self.look(run, org, now).await {
                Ok(Some(Looked::Reviewed)) => run.report.reviews += 1,
                Ok(Some(Looked::Vacant)) => run.report.vacant += 1,
                Ok(None) => {}
                Err(error) => {
                    run.report.failed += 1;
                    tracing::error!(
                        error = &error as &dyn std::error::Error,
                        org.id = org.as_str(),
                        "organization not looked at"
                    );
                }
            }
        }
    }

    /// Looks at an organisation and returns the people who got a mail. It reads the whole roster,
    /// once in a round, and once a week for a vacant organisation.
    async fn look(
        &self,
        run: &mut Run,
        id: &OrgId,
        now: Timestamp,
    ) -> Result<Option<Looked>, AppError> {
        let run_id = run.id;
        let settled = self.services.attempt(&Once::Nothing, now, || async move {
            let loaded = self
                .services
                .store
                .load(Wanted::new().organization(id))
                .await?;
            let Some(org) = loaded.organization(id) else {
                return Ok(Ruling::Leave(None));
            };
            let occasion = proof(run_id, org.due_at.unwrap_or(now)).at(now);
            let reached = !self.reachable_leads(org).await?.is_empty();
            let (outcome, looked) = if reached && org.vacancy.is_none() {
                (self.review(org, &occasion).await?, Looked::Reviewed)
            } else {
                let outcome = self.leads(org, reached, &occasion).await?;
                (outcome, Looked::Vacant)
            };
            let told = !outcome.messages.is_empty();
            Ok::<_, AppError>(Ruling::Write(outcome, told.then_some(looked)))
        });
        let looked = settled.await?.told_or(None);
        // Others of this run are judged by what is so now.
        run.orgs.remove(id);
        self.meet(run, std::slice::from_ref(id)).await?;
        Ok(looked)
    }

    /// Asks the leads who still belongs.
    async fn review(&self, org: &Organization, occasion: &Occasion) -> Result<Outcome, AppError> {
        let everybody = self.services.memberships(&org.id).await?;
        let to_confirm = |began| {
            // Nobody answers for themselves, so a lead who is the only one is not asked about.
            let asked = everybody
                .iter()
                .filter(|m| m.awaits_review(began) && !org.is_last_lead(&m.email));
            u32::try_from(asked.count()).unwrap_or(u32::MAX)
        };
        Ok(ask_review(org.clone(), to_confirm, occasion))
    }

    /// Tells the administrators that nobody leads an organisation whom mail reaches, with those who
    /// could be asked to; or notes that somebody does again.
    async fn leads(
        &self,
        org: &Organization,
        reached: bool,
        occasion: &Occasion,
    ) -> Result<Outcome, AppError> {
        let (administrators, to_ask) = if reached {
            (Vec::new(), Vec::new())
        } else {
            let desk = self.settings.desk(&org.desk).await?;
            let administrators = desk.map(|desk| desk.administrators).unwrap_or_default();
            let to_ask = self.people_to_ask(org).await?;
            (administrators.into_iter().collect(), to_ask)
        };
        if !reached && administrators.is_empty() {
            tracing::warn!(org.id = org.id.as_str(), "nobody leads, and nobody to tell");
        }
        let org = org.clone();
        Ok(look_at_leads(
            org,
            &administrators,
            reached,
            || to_ask,
            occasion,
        ))
    }

    /// Everybody with access to an organisation whom mail reaches.
    async fn people_to_ask(&self, org: &Organization) -> Result<Vec<ToAsk>, AppError> {
        let everybody = self.services.memberships(&org.id).await?;
        let active: Vec<_> = everybody
            .iter()
            .filter(|m| m.state.stage().has_access())
            .collect();
        let emails = active.iter().map(|membership| &membership.email);
        let contacts = self.services.store.contacts(emails).await?;
        let to_ask = |membership: &&Membership| {
            let contact = contacts.get(&membership.email);
            let reached = !contact.is_some_and(|c| c.deliverability.is_unreachable());
            reached.then(|| ToAsk {
                email: membership.email.clone(),
                name: membership.name.clone(),
                last_active: contact.and_then(|contact| contact.last_active_at),
            })
        };
        Ok(active.iter().filter_map(to_ask).collect())
    }

    /// Sets the first deadline of organisations that the sweep meets for the first time, and notes
    /// which of them nobody leads.
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
            let vacant = notice_vacancy(org.clone(), now);
            let outcome = if vacant.is_empty() {
                begin_reviews(org.clone(), now)
            } else {
                vacant
            };
            if outcome.is_empty() {
                continue;
            }
            // When somebody else has written it meanwhile, the next meeting does it.
            let _ = self.services.commit(&outcome, &Once::Nothing, now).await?;
            run.orgs.remove(id);
        }
        self.meet(run, orgs).await
    }
}
