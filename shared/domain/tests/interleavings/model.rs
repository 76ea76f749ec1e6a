//! The model to explore: the tables, two sweeps, and one deed of somebody they are about.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use domain::{
    Action, Change, Customer, EmailAddress, Mail, Membership, Organization, Outcome, Role, RunId,
    Timestamp, Version,
    membership::OffboardReason,
    sweep::{RunState, SweepRun},
};

use super::steps::{At, Sweep};
use crate::{
    explorer::Model,
    history::{
        decided::{Decided, decide},
        op::{Op, org_of, person},
        store::{Rejected, Store, Tables},
    },
    world,
};

/// A condition of the store that is taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Without {
    Nothing,
    /// A removal does not ask whether the person's record is still the one that was read.
    CustomerUnchanged,
    /// A membership is written whatever it was meanwhile.
    MembershipVersion,
    /// Two runs may be open at a time.
    OneOpenRun,
}

/// One exploration.
#[derive(Debug, Clone)]
pub(crate) struct Race {
    pub(crate) now: Timestamp,
    pub(crate) without: Without,
    pub(crate) deed: Option<Op>,
}

/// Somebody's deed on its way.
#[derive(Debug, Clone)]
pub(crate) enum Deed {
    Waiting,
    Decided(Option<Box<Decided>>),
    Done,
}

/// Everything at one moment.
#[derive(Debug, Clone)]
pub(crate) struct World {
    store: Rc<Store>,
    /// A text that differs for different stores. It is kept, since most steps only read.
    print: Rc<str>,
    /// The open run, as the store's pointer says.
    pointer: Option<RunId>,
    pub(crate) sweeps: [Sweep; 2],
    pub(crate) deed: Deed,
    pub(crate) kills_left: u8,
    /// The people whose activity was committed.
    pub(crate) active: BTreeSet<EmailAddress>,
    /// The fault of a commit.
    pub(crate) fault: Option<String>,
}

/// One step.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    /// A sweep goes on by one read or one transaction.
    Sweep(usize),
    /// A sweep is killed.
    Kill(usize),
    /// Loads the records for the deed and decides on it.
    DecideDeed,
    /// The deed is committed; loaded and decided anew when something has changed.
    CommitDeed,
}

impl World {
    /// Ann and Bob as they are told to be, and Cas, who leads.
    pub(crate) fn begin(
        race: &Race,
        kills: u8,
        member: impl Fn(&EmailAddress) -> Membership,
    ) -> Self {
        let mut tables = Tables::default();
        let desk = world::support();
        tables.desks.insert(desk.id.clone(), desk);
        let (org, lead) = (org_of(0), person(2));
        let mut acme = Organization {
            id: org.clone(),
            seats_used: 3,
            leads: [lead.clone()].into(),
            ..world::acme()
        };
        acme.policy.inactivity.exempt_open_requests = false;
        tables.orgs.insert(org.clone(), acme);
        for who in [person(0), person(1)] {
            let customer = Customer {
                version: Version(1),
                ..Customer::new(who.clone(), None)
            };
            tables.customers.insert(who.clone(), customer);
            let membership = member(&who);
            tables.memberships.insert((org.clone(), who), membership);
        }
        let leads = Membership {
            role: Role::Lead,
            due_at: None,
            ..world::member(&lead)
        };
        tables.memberships.insert((org, lead), leads);
        let store = Store {
            tables,
            ..Store::default()
        };
        Self {
            print: print_of(&store).into(),
            store: Rc::new(store),
            pointer: None,
            // The second begins a second later, as two invocations do.
            sweeps: [
                Sweep::new(race.now),
                Sweep::new(race.now + jiff::SignedDuration::from_secs(1)),
            ],
            deed: if race.deed.is_some() {
                Deed::Waiting
            } else {
                Deed::Done
            },
            kills_left: kills,
            active: BTreeSet::new(),
            fault: None,
        }
    }

    /// Commits under the store's conditions, but for the one that was taken out.
    pub(crate) fn commit(
        &mut self,
        outcome: &Outcome,
        once: Option<&str>,
        without: Without,
    ) -> Result<(), Rejected> {
        let mut outcome = outcome.clone();
        for change in &mut outcome.changes {
            if without == Without::MembershipVersion {
                self.forget_versions(change);
            }
        }
        let pointer = self.pointer_after(&outcome, without)?;
        if without == Without::CustomerUnchanged {
            outcome
                .changes
                .retain(|change| !matches!(change, Change::CustomerUnchanged { .. }));
        }
        Rc::make_mut(&mut self.store).commit(&outcome, once)?;
        self.print = print_of(&self.store).into();
        self.pointer = pointer;
        for entry in &outcome.audit {
            let gone = entry.action == Action::MemberOffboarded;
            if let domain::Subject::Person(email) = &entry.subject
                && gone
                && entry.actor == domain::Actor::Sweep
                && self.active.contains(email)
            {
                self.fault = Some(format!("{email} was active and is removed all the same"));
            }
        }
        Ok(())
    }

    /// As if what is about to be written had just been read.
    fn forget_versions(&self, change: &mut Change) {
        let tables = &self.store.tables;
        match change {
            Change::Membership(m) => {
                let key = (m.org.clone(), m.email.clone());
                m.version = tables.memberships[&key].version;
            }
            // Each removal gives a seat back, so that the organisation would notice.
            Change::Organization(org) => org.version = tables.orgs[&org.id].version,
            Change::Forget { .. }
            | Change::Customer(_)
            | Change::CustomerUnchanged { .. }
            | Change::Request(_)
            | Change::Awaited(_)
            | Change::AbandonAwaited(_)
            | Change::Alias(_)
            | Change::Comment(_)
            | Change::Viewer(_)
            | Change::RemoveViewer(_)
            | Change::Run(_)
            | Change::Draft(_)
            | Change::DropDraft(_)
            | Change::Account(_)
            | Change::ForgetAccount(_) => {}
        }
    }

    /// One run is open at a time: the store writes a pointer to it with its first version, unless
    /// there is one, and deletes it with its last, unless it points to another.
    fn pointer_after(
        &self,
        outcome: &Outcome,
        without: Without,
    ) -> Result<Option<RunId>, Rejected> {
        let run = outcome.changes.iter().find_map(|change| match change {
            Change::Run(run) => Some(run),
            _ => None,
        });
        let Some(run) = run else {
            return Ok(self.pointer);
        };
        match (run.version == Version::NEW, is_open(run)) {
            (true, true) if self.pointer.is_none() || without == Without::OneOpenRun => {
                Ok(Some(run.id))
            }
            (false, false) if self.pointer.is_none_or(|id| id == run.id) => Ok(None),
            (true, false) | (false, true) => Ok(self.pointer),
            (true, true) | (false, false) => Err(Rejected::Stale),
        }
    }

    /// The run that is open.
    pub(crate) fn open_run(&self) -> Option<SweepRun> {
        self.store.tables.runs.get(&self.pointer?).cloned()
    }

    pub(crate) fn store(&self) -> &Rc<Store> {
        &self.store
    }

    pub(crate) fn print(&self) -> &Rc<str> {
        &self.print
    }

    /// Returns, for each person, the numbers of warnings, removals and mails about them, and of
    /// digests that name them.
    fn told(&self) -> BTreeMap<EmailAddress, Told> {
        let mut told: BTreeMap<EmailAddress, Told> = BTreeMap::new();
        for message in &self.store.outbox {
            match &message.mail {
                Mail::InactivityWarning {
                    reminder: false, ..
                } => told.entry(message.to[0].clone()).or_default().warned += 1,
                Mail::AccessEnded {
                    why: OffboardReason::Inactive,
                    ..
                } => told.entry(message.to[0].clone()).or_default().ended += 1,
                Mail::RemovalDigest { removed, .. } => {
                    for email in removed {
                        told.entry(email.clone()).or_default().digests += 1;
                    }
                }
                _ => {}
            }
        }
        for entry in &self.store.audit {
            if let (Action::MemberOffboarded, domain::Actor::Sweep, domain::Subject::Person(who)) =
                (entry.action, &entry.actor, &entry.subject)
            {
                told.entry(who.clone()).or_default().removed += 1;
            }
        }
        told
    }
}

#[derive(Debug, Default)]
struct Told {
    warned: u32,
    ended: u32,
    removed: u32,
    digests: u32,
}

fn is_open(run: &SweepRun) -> bool {
    match run.state {
        RunState::Running | RunState::Held | RunState::Released { .. } => true,
        RunState::Finished { .. } => false,
    }
}

impl Model for Race {
    type State = World;
    type Step = Step;

    fn steps(&self, world: &World) -> Vec<Step> {
        let mut steps = Vec::new();
        for (n, sweep) in world.sweeps.iter().enumerate() {
            if sweep.at != At::Ended {
                steps.push(Step::Sweep(n));
                if world.kills_left > 0 {
                    steps.push(Step::Kill(n));
                }
            }
        }
        match world.deed {
            Deed::Waiting => steps.push(Step::DecideDeed),
            Deed::Decided(_) => steps.push(Step::CommitDeed),
            Deed::Done => {}
        }
        steps
    }

    fn take(&self, world: &World, step: &Step) -> World {
        let mut next = world.clone();
        match step {
            Step::Sweep(n) => {
                let mut sweep = next.sweeps[*n].clone();
                sweep.go_on(&mut next, self.without);
                next.sweeps[*n] = sweep;
            }
            Step::Kill(n) => {
                next.kills_left -= 1;
                next.sweeps[*n].at = At::Ended;
            }
            Step::DecideDeed => next.deed = Deed::Decided(self.decided(&next).map(Box::new)),
            Step::CommitDeed => {
                if let Deed::Decided(Some(decided)) = &world.deed {
                    match next.commit(&decided.outcome, Some("deed"), Without::Nothing) {
                        Ok(()) => {
                            next.active
                                .extend(decided.activity.clone().map(|(who, _)| who));
                            next.deed = Deed::Done;
                        }
                        Err(Rejected::Stale) => next.deed = Deed::Waiting,
                        Err(rejected) => next.fault = Some(format!("{rejected:?}")),
                    }
                } else {
                    next.deed = Deed::Done;
                }
            }
        }
        next
    }

    fn fingerprint(&self, world: &World) -> String {
        let mut parts = vec![
            world.print.to_string(),
            format!("{:?}{}", world.pointer, world.kills_left),
        ];
        parts.extend(world.sweeps.iter().map(Sweep::fingerprint));
        parts.push(match &world.deed {
            Deed::Waiting => "waiting".to_owned(),
            Deed::Decided(None) => "refused".to_owned(),
            Deed::Decided(Some(decided)) => versions(&decided.outcome),
            Deed::Done => "done".to_owned(),
        });
        parts.join("\n")
    }

    fn fault(&self, world: &World) -> Option<String> {
        if world.fault.is_some() {
            return world.fault.clone();
        }
        for (who, told) in world.told() {
            for (what, times) in [
                ("warned", told.warned),
                ("told that access ended", told.ended),
                ("removed", told.removed),
            ] {
                if times > 1 {
                    return Some(format!("{who} is {what} {times} times"));
                }
            }
        }
        let org = &world.store.tables.orgs[&org_of(0)];
        let members = world.store.tables.memberships.values();
        let seats = members.filter(|m| m.holds_seat()).count();
        (usize::try_from(org.seats_used).unwrap() != seats)
            .then(|| format!("{} seats are counted, {seats} are held", org.seats_used))
    }

    /// The next sweep comes by, undisturbed; then everybody is where they should be.
    fn fault_at_the_end(&self, world: &World) -> Option<String> {
        let mut world = world.clone();
        let mut last = Sweep::new(self.now + jiff::SignedDuration::from_mins(15));
        while last.at != At::Ended {
            last.go_on(&mut world, self.without);
        }
        if let Some(fault) = self.fault(&world) {
            return Some(fault);
        }
        let told = world.told();
        for ((_, who), membership) in &world.store.tables.memberships {
            let told = told.get(who);
            let removed = told.map_or(0, |told| told.removed);
            if let Some(told) = told
                && (told.digests, told.ended) != (removed, removed)
            {
                return Some(format!(
                    "{who} was removed {removed} times and stands in {} digests",
                    told.digests
                ));
            }
            let quiet = *who != person(2) && self.deed.is_none();
            let due = world.pointer.is_some()
                || quiet && membership.due_at.is_some_and(|due| due <= self.now);
            if due {
                return Some(format!("{who} is due, and the sweep has passed"));
            }
        }
        None
    }
}

impl Race {
    fn decided(&self, world: &World) -> Option<Decided> {
        let deed = self.deed.as_ref().expect("there is one on its way");
        decide(deed, &world.store.tables, "deed", self.now)
    }
}

/// Returns a text that differs for different stores: the version and state of each item, the
/// messages, and the audit.
fn print_of(store: &Store) -> String {
    let tables = &store.tables;
    let members = tables.memberships.values();
    let members = members.map(|m| format!("{:?}{:?}{:?}", m.version.0, m.state, m.due_at));
    let customers = tables.customers.values();
    let customers = customers.map(|c| format!("{}{:?}", c.version.0, c.last_active_at));
    let orgs = tables.orgs.values().map(|o| o.version.0.to_string());
    let runs = tables.runs.values();
    let runs = runs.map(|run| format!("{}{:?}{}", run.id, run.state, run.version.0));
    let mails = store.outbox.iter().map(|message| {
        let to: Vec<_> = message.to.iter().map(EmailAddress::as_str).collect();
        format!("{}{to:?}{}", message.mail.kind(), json(&message.mail).len())
    });
    let entries = store.audit.iter();
    let entries = entries.map(|entry| format!("{:?}{}", entry.action, json(&entry.subject)));
    let parts = members
        .chain(customers)
        .chain(orgs)
        .chain(runs)
        .chain(mails);
    parts.chain(entries).collect::<Vec<_>>().join(",")
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap()
}

/// Returns the versions that an outcome was decided on.
fn versions(outcome: &Outcome) -> String {
    json(&outcome.audit) + &format!("{:?}", outcome.changes)
}
