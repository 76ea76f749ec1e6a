//! The inactivity sweep: «the time has come» as the event of every membership that is due.
//!
//! A run first looks at everybody who is due and does what cannot hurt (warnings, reminders,
//! lapsed invitations). Whom it would remove it only counts. Over the limit it removes no one and
//! asks the administrators; otherwise it removes them one by one, each in a transaction that fails
//! if the person has been active meanwhile. A run that is cut short is finished by the next, under
//! its own name.

mod examine;
mod journal;
mod remove;
mod review;
mod tokens;
mod unreachable;

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Actor, EmailAddress, Evidence, OrgId, Organization, Proof, RunId, Timestamp, Version,
    decide::{finish, finish_released, hold, over_limit},
    desk::Desk,
    link::Purpose,
    sweep::{Report, RunState, SweepRun},
};
use links::default_lifetime;
use store::{Once, SHARDS, Wanted};

use crate::{
    AppError, Metric, Services,
    path::settings::Settings,
    path::{Deadline, Margin, attempt::Written},
};

/// The most people whom one run sets out to remove. A run that finds more removes these and leaves
/// the rest to the next, so that its memory does not grow with what is due.
const MAX_REMOVALS: usize = 20_000;

/// Sweeps.
#[derive(Debug)]
pub struct Sweep {
    services: Services,
    settings: Settings,
}

/// A run on its way.
struct Run {
    id: RunId,
    report: Report,
    /// The people whom it would remove.
    candidates: Vec<(OrgId, EmailAddress)>,
    /// Quiet people whom no mail reaches, by organisation: their leads are to be told.
    unreachable: BTreeMap<OrgId, Vec<EmailAddress>>,
    /// The number of removals in each organisation, all of them counted.
    removals: BTreeMap<OrgId, u32>,
    /// True if the time ran out before everybody who is due was examined, so the count may be too
    /// low.
    cut_short: bool,
    /// The organisations that were met.
    orgs: BTreeMap<OrgId, Organization>,
    deadline: Deadline,
}

impl Run {
    fn begin(now: Timestamp, deadline: Deadline) -> Self {
        Self {
            id: RunId(now),
            report: Report::default(),
            candidates: Vec::new(),
            unreachable: BTreeMap::new(),
            removals: BTreeMap::new(),
            cut_short: false,
            orgs: BTreeMap::new(),
            deadline,
        }
    }

    /// Keeps an organisation as it was read last.
    fn keep(&mut self, org: Option<Organization>) {
        self.orgs.extend(org.map(|org| (org.id.clone(), org)));
    }

    /// The deadline of its parts, after which it ends; the next run goes on.
    fn stops_at(&self) -> Deadline {
        self.deadline.before(Margin::Run)
    }

    fn is_late(&self, now: Timestamp) -> bool {
        self.deadline.is_near(Margin::Run, now)
    }

    fn record(&self, version: Version) -> SweepRun {
        SweepRun {
            id: self.id,
            state: RunState::Running,
            report: self.report.clone(),
            removals: self.removals.clone(),
            released: BTreeSet::new(),
            removed_before: 0,
            version,
        }
    }
}

/// The proof of a deadline.
fn proof(run: RunId, due: Timestamp) -> Proof {
    Proof {
        actor: Actor::Sweep,
        evidence: Evidence::Deadline { due, run },
    }
}

impl Sweep {
    /// Over what every use case works with.
    #[must_use]
    pub fn new(services: Services) -> Self {
        Self {
            settings: Settings::new(services.clone()),
            services,
        }
    }

    /// Runs once. The next run does the work that this one has no time for.
    ///
    /// # Errors
    /// If the store is not available or refuses. Committed changes stay; the next run goes on.
    pub async fn run(&self, deadline: Deadline) -> Result<Report, AppError> {
        let now = self.services.now();
        let mut run = Run::begin(now, deadline);
        let mut open = self.services.store.open_run().await?;
        if let Some(unanswered) = open.take_if(|open| is_unanswered(open, now)) {
            self.close(unanswered).await?;
        }
        Box::pin(self.clear_journal(&mut run)).await?;
        Box::pin(self.remind_of_tokens(&mut run, now)).await;
        Box::pin(self.examine(&mut run, now)).await?;
        Box::pin(self.hold_unreachable(&mut run, now)).await;
        run.report.next_due = self.next_due(now).await?;
        match open {
            // Administrators are being asked; nobody is removed meanwhile but whom those of one desk
            // have released before those of another.
            Some(open) if open.state == RunState::Held => {
                if !open.released.is_empty() && !run.cut_short {
                    if let Some(limit) = over_limit(&since_release(&run, &open), &run.orgs) {
                        self.close(open).await?;
                        self.hold(&mut run, limit).await?;
                        self.announce(&run);
                        return Ok(run.report);
                    }
                    Box::pin(self.remove_released(&mut run, open)).await?;
                }
                run.report.held = count(&run.removals);
                run.removals.clear();
                self.report(run.record(Version::NEW)).await?;
            }
            Some(open) if run.cut_short => {
                tracing::warn!(run.id = %open.id, "no time was left to go on with an open run");
            }
            Some(open) => Box::pin(self.resume(&mut run, open)).await?,
            // Whether it is over the limit cannot be told; nobody is removed by halves.
            None if run.cut_short => self.report(run.record(Version::NEW)).await?,
            None => match over_limit(&run.removals, &run.orgs) {
                Some(limit) => self.hold(&mut run, limit).await?,
                None => Box::pin(self.remove_counted(&mut run, None)).await?,
            },
        }
        self.announce(&run);
        Ok(run.report)
    }

    /// The next deadline.
    async fn next_due(&self, now: Timestamp) -> Result<Option<Timestamp>, AppError> {
        let mut next = None;
        for shard in 0..SHARDS {
            let due = self
                .services
                .store
                .next_due_in_directory(now, shard)
                .await?;
            next = [next, due].into_iter().flatten().min();
        }
        Ok(next)
    }

    /// Goes on with a run that was released, or cut short, under its own name: what it set out to do
    /// was allowed. Who fell due since is held against the limit anew.
    async fn resume(&self, run: &mut Run, open: SweepRun) -> Result<(), AppError> {
        let Some(limit) = over_limit(&since(&run.removals, &open), &run.orgs) else {
            return self.remove_counted(run, Some(open)).await;
        };
        self.close(open).await?;
        self.hold(run, limit).await
    }

    /// Removes those of a held run whose organisations were released, under its own name, and leaves
    /// in `run` what is held on.
    async fn remove_released(&self, run: &mut Run, open: SweepRun) -> Result<(), AppError> {
        let released = open.released.clone();
        let begun = domain::Outcome::default().change(domain::Change::Run(open.clone()));
        let now = self.services.now();
        let Written::Done = self.services.commit(&begun, &Once::Nothing, now).await? else {
            // Another run is at it.
            return Ok(());
        };
        let own = std::mem::replace(&mut run.id, open.id);
        run.candidates.retain(|(org, _)| released.contains(org));
        let done = self.remove_all(run).await;
        run.id = own;
        run.removals.retain(|org, _| !released.contains(org));
        if !done? {
            // The time is up; the next run goes on.
            return Ok(());
        }
        let part = SweepRun {
            removals: within(&open.removals, &open.released),
            ..open.clone()
        };
        let now = self.services.now();
        let (removed, digests) = self.digests(&part, now).await?;
        let record = SweepRun {
            version: open.version.next(),
            ..open
        };
        let outcome = finish_released(record, removed, digests, now);
        let _ = self.services.commit(&outcome, &Once::Nothing, now).await?;
        Ok(())
    }

    /// Stops before anybody is removed, and asks.
    async fn hold(&self, run: &mut Run, limit: u32) -> Result<(), AppError> {
        run.report.held = count(&run.removals);
        let mut desks: BTreeMap<_, Desk> = BTreeMap::new();
        for org in run.removals.keys().filter_map(|id| run.orgs.get(id)) {
            if let Some(desk) = self.settings.desk(&org.desk).await? {
                desks.insert(desk.id.clone(), desk);
            }
        }
        let desks: Vec<_> = desks.into_values().collect();
        let now = self.services.now();
        let record = run.record(Version::NEW);
        let outcome = hold(
            record,
            limit,
            &run.orgs,
            &desks,
            &proof(run.id, run.id.0).at(now),
        );
        self.services.count(Metric::SweepHeld);
        // When another run was quicker, that one holds.
        let _ = self.services.commit(&outcome, &Once::Nothing, now).await?;
        Ok(())
    }

    /// Removes those whom the run counted, under a record that says so before the first of them
    /// goes, and tells their leads. `open` is the record under which an earlier run began.
    async fn remove_counted(&self, run: &mut Run, open: Option<SweepRun>) -> Result<(), AppError> {
        let mut record = match open {
            Some(open) => begun_before(run, &open),
            None if run.candidates.is_empty() => {
                return self.report(run.record(Version::NEW)).await;
            }
            None => run.record(Version::NEW),
        };
        let begun = domain::Outcome::default().change(domain::Change::Run(record.clone()));
        match self
            .services
            .commit(&begun, &Once::Nothing, self.services.now())
            .await?
        {
            Written::Done => record.version = record.version.next(),
            // Another run is at it.
            Written::SeenBefore | Written::Stale => return Ok(()),
        }
        if !self.remove_all(run).await? {
            // The time is up; the next run goes on.
            return Ok(());
        }
        record.report = run.report.clone();
        self.close(record).await
    }

    /// Writes the digests of whom a run removed, from the audit, and ends it. When another run has
    /// gone on with it meanwhile, that one ends it.
    async fn close(&self, mut record: SweepRun) -> Result<(), AppError> {
        let now = self.services.now();
        let (removed, digests) = self.digests(&record, now).await?;
        record.report.removed = removed.saturating_add(record.removed_before);
        let outcome = finish(record, digests, now);
        let _ = self.services.commit(&outcome, &Once::Nothing, now).await?;
        Ok(())
    }

    /// Leaves the report of a run that had nobody to remove.
    async fn report(&self, record: SweepRun) -> Result<(), AppError> {
        let now = self.services.now();
        let outcome = finish(record, Vec::new(), now);
        let _ = self.services.commit(&outcome, &Once::Nothing, now).await?;
        Ok(())
    }

    fn announce(&self, run: &Run) {
        let report = &run.report;
        self.services.count(Metric::SweepFinished);
        tracing::info!(
            run.id = %run.id,
            examined = report.examined,
            warned = report.warned,
            reminded = report.reminded,
            removed = report.removed,
            offboarded = report.offboarded,
            expired = report.expired,
            kept = report.kept,
            would_warn = report.would_warn,
            would_remove = report.would_remove,
            held = report.held,
            failed = report.failed,
            requeued = report.requeued,
            parked = report.parked,
            reviews = report.reviews,
            vacant = report.vacant,
            "sweep ended"
        );
    }

    /// The organisations that are not known to the run yet.
    async fn meet(&self, run: &mut Run, orgs: &[OrgId]) -> Result<(), AppError> {
        let wanted = orgs
            .iter()
            .filter(|org| !run.orgs.contains_key(*org))
            .fold(Wanted::new(), Wanted::organization);
        if wanted.is_empty() {
            return Ok(());
        }
        let loaded = self.services.store.load(wanted).await?;
        for org in orgs {
            if let Some(found) = loaded.organization(org) {
                run.orgs.insert(org.clone(), found.clone());
            }
        }
        Ok(())
    }
}

/// Tells whether a run is held and the links that could release it have ended. Its administrators
/// are then asked again.
fn is_unanswered(run: &SweepRun, now: Timestamp) -> bool {
    run.state == RunState::Held && default_lifetime(Purpose::ReleaseSweep).after(run.id.0) <= now
}

/// The record of a run that goes on with one that began before, and with what that one did.
fn begun_before(run: &mut Run, open: &SweepRun) -> SweepRun {
    let cut_short = open.state == RunState::Running;
    if cut_short {
        tracing::warn!(run.id = %open.id, "a run that was cut short goes on");
    }
    run.id = open.id;
    let (report, earlier) = (&mut run.report, &open.report);
    report.warned += earlier.warned;
    report.reminded += earlier.reminded;
    report.offboarded += earlier.offboarded;
    report.expired += earlier.expired;
    report.kept += earlier.kept;
    report.reduced += earlier.reduced;
    report.requeued += earlier.requeued;
    report.parked += earlier.parked;
    report.reviews += earlier.reviews;
    report.vacant += earlier.vacant;
    report.failed += earlier.failed + u32::from(cut_short);
    let mut removals = open.removals.clone();
    for (org, count) in &run.removals {
        let planned = removals.entry(org.clone()).or_default();
        *planned = (*planned).max(*count);
    }
    SweepRun {
        state: RunState::Running,
        report: run.report.clone(),
        removals,
        released: open.released.clone(),
        removed_before: open.removed_before,
        id: open.id,
        version: open.version,
    }
}

/// Of these removals, those that a run did not count when it began.
fn since(removals: &BTreeMap<OrgId, u32>, open: &SweepRun) -> BTreeMap<OrgId, u32> {
    let since = removals.iter().map(|(org, count)| {
        let planned = open.removals.get(org).copied().unwrap_or_default();
        (org.clone(), count.saturating_sub(planned))
    });
    since.collect()
}

/// The same of the organisations in which a held run was released.
fn since_release(run: &Run, open: &SweepRun) -> BTreeMap<OrgId, u32> {
    since(&within(&run.removals, &open.released), open)
}

fn within(removals: &BTreeMap<OrgId, u32>, orgs: &BTreeSet<OrgId>) -> BTreeMap<OrgId, u32> {
    let within = removals.iter().filter(|(org, _)| orgs.contains(*org));
    within.map(|(org, count)| (org.clone(), *count)).collect()
}

fn count(removals: &BTreeMap<OrgId, u32>) -> u32 {
    removals.values().copied().fold(0, u32::saturating_add)
}
