//! Looking at everybody who is due, page by page.

use domain::{
    EmailAddress, Membership, OrgId, Timestamp,
    decide::{Course, Due, Facts, Transition, carry_out, tick},
    sweep::Exemption,
};
use store::{DueInDirectory, Loaded, Once, SHARDS, Wanted};

use super::{MAX_REMOVALS, Run, Sweep, proof};
use crate::{
    AppError, Metric,
    core::{ATTEMPTS, Written},
};

/// How many memberships are read at once; with their customers that is two batches of keys.
const PAGE: u32 = 100;

/// A membership's place in the directory.
type Place = (OrgId, EmailAddress);

impl Sweep {
    /// Does for everybody who is due at `now` what cannot hurt, and counts whom it would remove.
    pub(super) async fn examine(&self, run: &mut Run, now: Timestamp) -> Result<(), AppError> {
        for shard in 0..SHARDS {
            let mut cursor = None;
            loop {
                if run.is_late(self.core.now()) {
                    run.cut_short = true;
                    return Ok(());
                }
                let page = self
                    .core
                    .store
                    .due_in_directory(now, shard, cursor.as_ref(), PAGE)
                    .await?;
                let (mut places, mut orgs) = (Vec::new(), Vec::new());
                for due in page.items {
                    match due {
                        DueInDirectory::Membership(org, email) => places.push((org, email)),
                        DueInDirectory::Organization(org) => orgs.push(org),
                    }
                }
                Box::pin(self.look_at_organizations(run, &orgs, now)).await;
                Box::pin(self.examine_page(run, &places, now)).await?;
                cursor = page.next;
                if cursor.is_none() {
                    break;
                }
            }
        }
        Ok(())
    }

    async fn examine_page(
        &self,
        run: &mut Run,
        places: &[Place],
        now: Timestamp,
    ) -> Result<(), AppError> {
        let wanted = places.iter().fold(Wanted::new(), |wanted, (org, email)| {
            wanted.membership(org, email).customer(email)
        });
        if wanted.is_empty() {
            return Ok(());
        }
        let loaded = match self.load_page(run, places, wanted, now).await {
            // Something on this page cannot be read. It must not hold up everybody else, so each is
            // read alone.
            Err(error) if !error.retryable() => None,
            loaded => Some(loaded?),
        };
        for place in places {
            run.report.examined += 1;
            match Box::pin(self.examine_one(run, place, loaded.as_ref(), now)).await {
                Ok(()) => {}
                Err(AppError::OutOfTime) => {
                    run.cut_short = true;
                    return Ok(());
                }
                Err(error) => {
                    run.report.failed += 1;
                    tracing::error!(
                        error = &error as &dyn std::error::Error,
                        org.id = place.0.as_str(),
                        customer = %self.core.store.pseudonym(&place.1),
                        "membership not examined"
                    );
                }
            }
        }
        Ok(())
    }

    /// The memberships of a page with their customers, and the organisations as far as they are new.
    async fn load_page(
        &self,
        run: &mut Run,
        places: &[Place],
        wanted: Wanted,
        now: Timestamp,
    ) -> Result<Loaded, AppError> {
        let orgs: Vec<_> = places.iter().map(|(org, _)| org.clone()).collect();
        self.meet(run, &orgs).await?;
        Box::pin(self.begin_reviews(run, &orgs, now)).await?;
        Ok(self.core.store.load(wanted).await?)
    }

    /// What is due for one membership, from what a page's read found; from a read of its own when
    /// there is none, or that has changed meanwhile.
    async fn examine_one(
        &self,
        run: &mut Run,
        place: &Place,
        loaded: Option<&Loaded>,
        now: Timestamp,
    ) -> Result<(), AppError> {
        let mut due = match loaded {
            Some(loaded) => due_from(run, place, loaded),
            None => self.due_now(run, place).await?,
        };
        for attempt in 0..ATTEMPTS {
            let Some(found) = due else { return Ok(()) };
            let Some((transition, found)) = self.question(found, now).await? else {
                return Ok(());
            };
            match transition.course() {
                Course::AtOnce => {}
                Course::ReportOnly => {
                    transition.count_in(&mut run.report);
                    return Ok(());
                }
                Course::AfterCount => {
                    *run.removals.entry(place.0.clone()).or_default() += 1;
                    if run.candidates.len() < MAX_REMOVALS {
                        run.candidates.push(place.clone());
                    }
                    return Ok(());
                }
                Course::Together => {
                    let (org, email) = place;
                    run.unreachable
                        .entry(org.clone())
                        .or_default()
                        .push(email.clone());
                    return Ok(());
                }
                Course::ByRequest => {
                    let since = found.membership.since;
                    let proof = proof(run.id, since);
                    let (core, deadline) = (&self.core, run.stops_at());
                    return core
                        .hand_over_all(&place.0, &place.1, &proof, deadline)
                        .await;
                }
            }
            let proof = proof(run.id, found.membership.due_at.unwrap_or(now));
            let leaves = transition == Transition::Leave;
            let outcome = carry_out(&transition, found, &proof.at(now));
            if let Written::Done = self.core.commit(&outcome, &Once::Nothing, now).await? {
                transition.count_in(&mut run.report);
                if transition == Transition::Warn {
                    self.core.count(Metric::MemberWarned);
                }
                if leaves {
                    let (core, deadline) = (&self.core, run.stops_at());
                    core.finish_leaving(&place.0, &place.1, &proof, deadline)
                        .await;
                }
                return Ok(());
            }
            self.core.before_next_attempt(attempt).await;
            due = self.due_now(run, place).await?;
        }
        Err(AppError::Contended)
    }

    /// Asks what time does to a membership. Whether somebody has open requests costs a query, so it
    /// is looked up only where the answer turns on it.
    pub(super) async fn question(
        &self,
        mut due: Due,
        now: Timestamp,
    ) -> Result<Option<(Transition, Due)>, AppError> {
        let mut facts = Facts::of(due.customer.as_ref());
        let Some(first) = tick(&due.membership, &due.org, &facts, now) else {
            return Ok(None);
        };
        if first.turns_on_open_requests() {
            let open = self.core.open_requests(&due.membership.email, None).await?;
            let of_org = |request: &&domain::Request| request.org.as_ref() == Some(&due.org.id);
            let of_org = open.iter().filter(of_org).count();
            due.open_requests = u32::try_from(of_org).unwrap_or(u32::MAX);
            facts.open_requests = !open.is_empty();
        }
        if first.ends_on_a_date() {
            due.desk = self.settings.desk(&due.org.desk).await?;
            due.successor = self.successor(&due).await?;
        }
        let answer = tick(&due.membership, &due.org, &facts, now);
        if matches!(answer, Some(Transition::Spare(Exemption::LastLead))) {
            due.desk = self.settings.desk(&due.org.desk).await?;
        }
        Ok(answer.map(|transition| (transition, due)))
    }

    /// Who takes over after a planned off-boarding, as they are now.
    async fn successor(&self, due: &Due) -> Result<Option<Membership>, AppError> {
        let leaving = due.membership.leaving.as_ref();
        let Some(to) = leaving.and_then(|leaving| leaving.hand_over_to.as_ref()) else {
            return Ok(None);
        };
        let wanted = Wanted::new().membership(&due.org.id, to);
        let loaded = self.core.store.load(wanted).await?;
        Ok(loaded.membership(&due.org.id, to).cloned())
    }

    /// A membership as it is now.
    pub(super) async fn due_now(
        &self,
        run: &mut Run,
        place: &Place,
    ) -> Result<Option<Due>, AppError> {
        let (org, email) = place;
        let wanted = Wanted::new()
            .organization(org)
            .membership(org, email)
            .customer(email);
        let loaded = self.core.store.load(wanted).await?;
        if let Some(found) = loaded.organization(org) {
            run.orgs.insert(org.clone(), found.clone());
        }
        Ok(due_from(run, place, &loaded))
    }
}

fn due_from(run: &Run, (org, email): &Place, loaded: &Loaded) -> Option<Due> {
    Some(Due {
        org: run.orgs.get(org)?.clone(),
        desk: None,
        membership: loaded.membership(org, email)?.clone(),
        customer: loaded.customer(email).cloned(),
        successor: None,
        open_requests: 0,
    })
}
