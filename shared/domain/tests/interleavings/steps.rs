//! The steps of a sweep, as `app::sweep` takes them: each is one read or one transaction.

use std::rc::Rc;

use domain::{
    Action, Actor, Change, EmailAddress, Evidence, OrgId, Outcome, Proof, RunId, Subject,
    Timestamp, Version,
    decide::{Due, Facts, Transition, carry_out, digest, finish, over_limit, tick},
    sweep::{Report, RunState, SweepRun},
};

use super::model::{Without, World};
use crate::history::store::{Rejected, Store};

type MembershipKey = (OrgId, EmailAddress);

/// The step at which a sweep is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum At {
    /// It asks which run is open.
    Start,
    /// It reads who is due, and everything about them.
    Page,
    /// It does for one of them what cannot hurt, or counts them.
    Examine(usize),
    /// Something had changed: it reads about that one again.
    Again(usize),
    /// It writes that it is about to remove those whom it counted.
    Begin,
    /// It reads about one whom it is about to remove.
    Load(usize),
    /// It removes that one.
    Remove(usize),
    /// It reads from the audit whom its run removed.
    Digests,
    /// It ends its run.
    Close(Vec<EmailAddress>),
    /// It is over.
    Ended,
}

/// A sweep on its way.
#[derive(Debug, Clone)]
pub(crate) struct Sweep {
    pub(crate) at: At,
    now: Timestamp,
    run: RunId,
    open: Option<SweepRun>,
    /// The run's record, once it is written.
    record: Option<SweepRun>,
    places: Vec<MembershipKey>,
    candidates: Vec<MembershipKey>,
    /// The tables as it has read them.
    view: Rc<Store>,
    /// A text that differs for different views.
    print: Rc<str>,
}

impl Sweep {
    pub(crate) fn new(now: Timestamp) -> Self {
        Self {
            at: At::Start,
            now,
            run: RunId(now),
            open: None,
            record: None,
            places: Vec::new(),
            candidates: Vec::new(),
            view: Rc::default(),
            print: "".into(),
        }
    }

    /// Returns a text that differs for different sweeps. `Debug` of an address shows none, and the
    /// places do not change once read.
    pub(crate) fn fingerprint(&self) -> String {
        let told = match &self.at {
            At::Close(removed) => removed.iter().map(EmailAddress::as_str).collect(),
            _ => String::new(),
        };
        let whom: Vec<_> = self
            .candidates
            .iter()
            .map(|(_, who)| who.as_str())
            .collect();
        format!(
            "{:?}{told}{whom:?}{}{:?}{:?}{}",
            self.at,
            self.places.len(),
            self.open,
            self.record,
            self.print
        )
    }

    /// One step.
    pub(crate) fn go_on(&mut self, world: &mut World, without: Without) {
        self.at = match self.at.clone() {
            At::Start => {
                self.open = world.open_run();
                At::Page
            }
            At::Page => {
                self.look(world);
                let members = self.view.tables.memberships.iter();
                self.places = members
                    .filter(|(_, m)| m.due_at.is_some_and(|due| due <= self.now))
                    .map(|(place, _)| place.clone())
                    .collect();
                self.after_examined(0)
            }
            At::Examine(n) => self.examine(n, world, without),
            At::Again(n) => {
                self.look(world);
                At::Examine(n)
            }
            At::Begin => self.begin(world, without),
            At::Load(n) => {
                self.look(world);
                At::Remove(n)
            }
            At::Remove(n) => self.remove(n, world, without),
            At::Digests => At::Close(self.removed(world)),
            At::Close(removed) => {
                self.close(&removed, world, without);
                At::Ended
            }
            At::Ended => At::Ended,
        };
    }

    fn look(&mut self, world: &World) {
        self.view = Rc::clone(world.store());
        self.print = Rc::clone(world.print());
    }

    fn after_examined(&self, n: usize) -> At {
        if n < self.places.len() {
            At::Examine(n)
        } else if self.candidates.is_empty() && self.open.is_none() {
            // The report of a run that had nobody to remove is nobody's business here.
            At::Ended
        } else {
            At::Begin
        }
    }

    fn examine(&mut self, n: usize, world: &mut World, without: Without) -> At {
        let place = self.places[n].clone();
        let Some((transition, due)) = self.question(&place) else {
            return self.after_examined(n + 1);
        };
        if transition == Transition::Remove {
            self.candidates.push(place);
            return self.after_examined(n + 1);
        }
        let proof = self.proof(&due);
        let outcome = carry_out(&transition, due, &proof.at(self.now));
        match world.commit(&outcome, None, without) {
            Ok(()) => self.after_examined(n + 1),
            Err(_) => At::Again(n),
        }
    }

    fn begin(&mut self, world: &mut World, without: Without) -> At {
        let mut removals = self.open.as_ref().map_or_else(Default::default, |open| {
            self.run = open.id;
            open.removals.clone()
        });
        for (org, _) in &self.candidates {
            *removals.entry(org.clone()).or_default() += 1;
        }
        assert_eq!(over_limit(&removals, &self.view.tables.orgs), None);
        let mut record = SweepRun {
            id: self.run,
            state: RunState::Running,
            report: Report::default(),
            removals,
            released: [].into(),
            removed_before: 0,
            version: self.open.as_ref().map_or(Version::NEW, |open| open.version),
        };
        let begun = Outcome {
            changes: vec![Change::Run(record.clone())],
            ..Outcome::default()
        };
        if world.commit(&begun, None, without).is_err() {
            // Another run is at it.
            return At::Ended;
        }
        record.version = record.version.next();
        self.record = Some(record);
        self.after_removed(0)
    }

    fn after_removed(&self, n: usize) -> At {
        if n < self.candidates.len() {
            At::Load(n)
        } else {
            At::Digests
        }
    }

    fn remove(&mut self, n: usize, world: &mut World, without: Without) -> At {
        let place = self.candidates[n].clone();
        let Some((Transition::Remove, due)) = self.question(&place) else {
            return self.after_removed(n + 1);
        };
        let proof = self.proof(&due);
        let outcome = carry_out(&Transition::Remove, due, &proof.at(self.now));
        match world.commit(&outcome, None, without) {
            Ok(()) => self.after_removed(n + 1),
            Err(Rejected::Stale) => At::Load(n),
            Err(other) => panic!("{other:?}"),
        }
    }

    /// As `app::sweep` reads it from the audit.
    fn removed(&self, world: &World) -> Vec<EmailAddress> {
        let entries = world.store().audit.iter().filter(|entry| {
            let this =
                matches!(&entry.evidence, Evidence::Deadline { run, .. } if *run == self.run);
            this && entry.action == Action::MemberOffboarded && entry.actor == Actor::Sweep
        });
        entries
            .filter_map(|entry| match &entry.subject {
                Subject::Person(email) => Some(email.clone()),
                _ => None,
            })
            .collect()
    }

    fn close(&self, removed: &[EmailAddress], world: &mut World, without: Without) {
        let record = self.record.clone().expect("it has begun");
        let orgs = record.removals.keys();
        let digests = orgs
            .filter_map(|org| digest(&world.store().tables.orgs[org], removed, self.now))
            .collect();
        let outcome = finish(record, digests, self.now);
        // When another run has gone on with it meanwhile, that one ends it.
        let _ = world.commit(&outcome, None, without);
    }

    fn question(&self, place: &MembershipKey) -> Option<(Transition, Due)> {
        let membership = self.view.tables.memberships.get(place)?.clone();
        let org = self.view.tables.orgs[&place.0].clone();
        let customer = self.view.tables.customers.get(&place.1).cloned();
        let facts = Facts::of(customer.as_ref());
        let transition = tick(&membership, &org, &facts, self.now)?;
        let due = Due {
            desk: None,
            open_requests: 0,
            successor: None,
            org,
            membership,
            customer,
        };
        Some((transition, due))
    }

    fn proof(&self, due: &Due) -> Proof {
        Proof {
            actor: Actor::Sweep,
            evidence: Evidence::Deadline {
                due: due.membership.due_at.unwrap_or(self.now),
                run: self.run,
            },
        }
    }
}
