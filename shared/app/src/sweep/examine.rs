//! Looking at everybody who is due, page by page.

use domain::{
    EmailAddress, Membership, OrgId, Organization, Proof, Timestamp,
    decide::{Course, Due, Facts, Transition, carry_out, tick},
    sweep::Exemption,
};
use store::{DueInDirectory, Loaded, Once, SHARDS, Wanted};

use super::{MAX_REMOVALS, Run, Sweep, proof};
use crate::{
    AppError, Metric,
    path::{Ruling, Settled},
};

/// The number of memberships in one read; with their customers they are two batches of keys.
const PAGE: u32 = 100;

/// A membership's place in the directory.
type MembershipKey = (OrgId, EmailAddress);

/// A membership that was due, and the answer.
struct Met {
    org: Organization,
    transition: Transition,
    proof: Proof,
    since: Timestamp,
}

impl Sweep {
    /// Does for everybody who is due at `now` what cannot hurt, and counts whom it would remove.
    pub(super) async fn examine(&self, run: &mut Run, now: Timestamp) -> Result<(), AppError> {
        for shard in 0..SHARDS {
            let mut cursor = None;
            loop {
                if run.is_late(self.services.now()) {
                    run.cut_short = true;
                    return Ok(());
                }
                let page = self
                    .services
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
        places: &[MembershipKey],
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
                        customer = %self.services.store.pseudonym(&place.1),
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
        places: &[MembershipKey],
        wanted: Wanted,
        now: Timestamp,
    ) -> Result<Loaded, AppError> {
        let orgs: Vec<_> = places.iter().map(|(org, _)| org.clone()).collect();
        self.meet(run, &orgs).await?;
        Box::pin(self.begin_reviews(run, &orgs, now)).await?;
        Ok(self.services.store.load(wanted).await?)
    }

    /// Does what is due for one membership: from the page's read, or from a read of its own when there
    /// is none, or something has changed meanwhile.
    async fn examine_one(
        &self,
        run: &mut Run,
        place: &MembershipKey,
        loaded: Option<&Loaded>,
        now: Timestamp,
    ) -> Result<(), AppError> {
        let mut first = None;
        if let Some(loaded) = loaded {
            first = run
                .orgs
                .get(&place.0)
                .and_then(|org| due_from(org, place, loaded));
            if first.is_none() {
                return Ok(());
            }
        }
        let id = run.id;
        let settled = self.services.attempt(&Once::Nothing, now, || {
            let first = first.take();
            async move {
                let due = match first {
                    Some(due) => Some(due),
                    None => self.due_now(place).await?,
                };
                let Some(due) = due else {
                    return Ok(Ruling::Leave(None));
                };
                let Some((transition, due)) = self.question(due, now).await? else {
                    return Ok(Ruling::Leave(None));
                };
                let met = Met {
                    org: due.org.clone(),
                    proof: proof(id, due.membership.due_at.unwrap_or(now)),
                    since: due.membership.since,
                    transition,
                };
                Ok::<_, AppError>(if met.transition.course() == Course::AtOnce {
                    let outcome = carry_out(&met.transition, due, &met.proof.at(now));
                    Ruling::Write(outcome, Some(met))
                } else {
                    Ruling::Leave(Some(met))
                })
            }
        });
        match settled.await? {
            Settled::Done(Some(met)) => {
                met.transition.count_in(&mut run.report);
                if met.transition == Transition::Warn {
                    self.services.count(Metric::MemberWarned);
                }
                run.keep(Some(met.org));
                if met.transition == Transition::Leave {
                    let (services, deadline) = (&self.services, run.stops_at());
                    services
                        .finish_leaving(&place.0, &place.1, &met.proof, deadline)
                        .await;
                }
                Ok(())
            }
            Settled::Unchanged(Some(met)) => self.put_off(run, place, met).await,
            Settled::Done(None) | Settled::Unchanged(None) | Settled::DoneBefore => Ok(()),
        }
    }

    /// Counts whom something else is to be done for later in the run, and finishes hand-overs.
    async fn put_off(
        &self,
        run: &mut Run,
        place: &MembershipKey,
        met: Met,
    ) -> Result<(), AppError> {
        let (org, email) = place;
        run.keep(Some(met.org));
        match met.transition.course() {
            Course::AtOnce => {}
            Course::ReportOnly => met.transition.count_in(&mut run.report),
            Course::AfterCount => {
                *run.removals.entry(org.clone()).or_default() += 1;
                if run.candidates.len() < MAX_REMOVALS {
                    run.candidates.push(place.clone());
                }
            }
            Course::Together => {
                let people = run.unreachable.entry(org.clone()).or_default();
                people.push(email.clone());
            }
            Course::ByRequest => {
                let (proof, deadline) = (proof(run.id, met.since), run.stops_at());
                self.services
                    .hand_over_all(org, email, &proof, deadline)
                    .await?;
            }
        }
        Ok(())
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
            let open = self
                .services
                .open_requests(&due.membership.email, None)
                .await?;
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

    /// The person who takes over after a planned off-boarding, in their current state.
    async fn successor(&self, due: &Due) -> Result<Option<Membership>, AppError> {
        let leaving = due.membership.leaving.as_ref();
        let Some(to) = leaving.and_then(|leaving| leaving.hand_over_to.as_ref()) else {
            return Ok(None);
        };
        let wanted = Wanted::new().membership(&due.org.id, to);
        let loaded = self.services.store.load(wanted).await?;
        Ok(loaded.membership(&due.org.id, to).cloned())
    }

    /// A membership as it is now.
    pub(super) async fn due_now(&self, place: &MembershipKey) -> Result<Option<Due>, AppError> {
        let (org, email) = place;
        let wanted = Wanted::new()
            .organization(org)
            .membership(org, email)
            .customer(email);
        let loaded = self.services.store.load(wanted).await?;
        let org = loaded.organization(org);
        Ok(org.and_then(|org| due_from(org, place, &loaded)))
    }
}

fn due_from(known: &Organization, (org, email): &MembershipKey, loaded: &Loaded) -> Option<Due> {
    Some(Due {
        org: known.clone(),
        desk: None,
        membership: loaded.membership(org, email)?.clone(),
        customer: loaded.customer(email).cloned(),
        successor: None,
        open_requests: 0,
    })
}
