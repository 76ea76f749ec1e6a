//! A run of the sweep over the store in memory, as the sweep's function does it: look at everybody
//! who is due, count whom it would remove, and remove them only if they are not too many.

use std::collections::BTreeMap;

use domain::{
    Customer, EmailAddress, OrgId, Outcome, Proof, RunId, Version,
    decide::{
        Due, Facts, Transition, abandon_awaited, carry_out, finish_hand_over, hand_back, hand_over,
        hold, look_at_leads, over_limit, tick,
    },
    membership::State,
    request::Record,
    sweep::{Exemption, Report, RunState, SweepRun},
};

use super::{
    History,
    decided::open_requests,
    judge::Commit,
    op::Op,
    store::{Rejected, Tables},
};
use crate::world;

type Key = (OrgId, EmailAddress);

/// The way in which a run goes.
#[derive(Debug, Clone, Default)]
pub struct How {
    /// After how many memberships it is killed.
    pub killed_after: Option<u8>,
    /// The events that happen to the person between load and commit of the memberships with these
    /// numbers.
    pub overtaken: Option<(u8, u8, Op)>,
    /// `true` if those due last come first.
    pub backwards: bool,
}

/// The work of a run so far.
#[derive(Default)]
struct Run {
    looked_at: u8,
    removals: BTreeMap<OrgId, u32>,
    candidates: Vec<Key>,
}

impl History {
    /// One run.
    pub fn sweep(&mut self, how: &How) {
        let mut keys = self.due();
        if how.backwards {
            keys.reverse();
        }
        self.hand_over_due();
        let mut run = Run::default();
        for key in keys {
            if how.killed_after == Some(run.looked_at) {
                return;
            }
            self.look_at(&key, &mut run, how);
        }
        self.give_up_waiting();
        self.look_at_organizations();
        self.remove(run, how);
        if how.killed_after.is_none() && how.overtaken.is_none() {
            self.nothing_more();
        }
    }

    /// Looks whether anybody leads the organisations in which that is in doubt.
    fn look_at_organizations(&mut self) {
        for org in self.store.tables.orgs.clone().into_values() {
            if org.vacancy.is_none() {
                continue;
            }
            let customers = &self.store.tables.customers;
            let reaches = |lead: &EmailAddress| {
                let customer = customers.get(lead);
                !customer.is_some_and(Customer::is_unreachable)
            };
            let any_reached = org.leads.iter().any(reaches);
            let administrators = vec![world::admin()];
            let proof = world::time(org.due_at.unwrap());
            let now = self.now;
            let outcome =
                look_at_leads(org, &administrators, any_reached, Vec::new, &proof.at(now));
            self.commit_sweep(&outcome, &proof, None).unwrap();
        }
    }

    /// Everybody who is due, the longest due first.
    fn due(&self) -> Vec<Key> {
        let members = self.store.tables.memberships.iter();
        let mut due: Vec<_> = members
            .filter_map(|(key, m)| Some((m.due_at.filter(|at| *at <= self.now)?, key.clone())))
            .collect();
        due.sort();
        due.into_iter().map(|(_, key)| key).collect()
    }

    /// Finishes every hand-over that is due. It changes what others have open, so it comes first.
    pub fn hand_over_due(&mut self) {
        for key in self.due() {
            if let Some((Transition::HandOver, _)) =
                Self::question(&self.store.tables, &key, self.now)
            {
                self.hand_over_all(&key);
            }
        }
    }

    /// Ticks these memberships, without the stop that a run has.
    pub fn tick_all(&mut self, keys: &[Key]) {
        for key in keys {
            let mut run = Run::default();
            self.look_at(key, &mut run, &How::default());
            for key in run.candidates {
                self.remove_one(&key, &How::default(), &mut 0);
            }
        }
    }

    /// The sweep's question about one membership.
    fn question(tables: &Tables, key: &Key, now: domain::Timestamp) -> Option<(Transition, Due)> {
        let membership = tables.memberships.get(key)?.clone();
        let org = tables.orgs[&key.0].clone();
        let customer = tables.customers.get(&key.1).cloned();
        let facts = Facts {
            open_requests: open_requests(tables, &key.1, None) > 0,
            ..Facts::of(customer.as_ref())
        };
        let transition = tick(&membership, &org, &facts, now)?;
        let successor = membership.leaving.as_ref().and_then(|leaving| {
            let to = leaving.hand_over_to.clone()?;
            tables.memberships.get(&(key.0.clone(), to)).cloned()
        });
        let due = Due {
            desk: tables.desks.get(&org.desk).cloned(),
            open_requests: open_requests(tables, &key.1, Some(&key.0)),
            org,
            membership,
            customer,
            successor,
        };
        Some((transition, due))
    }

    fn look_at(&mut self, key: &Key, run: &mut Run, how: &How) {
        for attempt in 0..3 {
            let loaded = self.store.tables.clone();
            let Some((transition, due)) = Self::question(&loaded, key, self.now) else {
                break;
            };
            if transition == Transition::Remove {
                *run.removals.entry(key.0.clone()).or_default() += 1;
                run.candidates.push(key.clone());
                break;
            }
            let since = due.membership.due_at.unwrap();
            let proof = world::time(since);
            let outcome = carry_out(&transition, due, &proof.at(self.now));
            if attempt == 0 {
                self.overtake(how, run.looked_at, key);
            }
            if self
                .commit_tick(&outcome, &proof, &loaded, (&transition, key))
                .is_ok()
            {
                break;
            }
        }
        run.looked_at += 1;
    }

    fn overtake(&mut self, how: &How, looked_at: u8, key: &Key) {
        if let Some((from, to, op)) = &how.overtaken
            && (*from..=*to).contains(&looked_at)
        {
            let op = op.aimed(key);
            let id = self.next_delivery(&op);
            self.deliver(&op, &id);
        }
    }

    /// Removes whom the run counted, unless they are too many and nobody has released it.
    fn remove(&mut self, run: Run, how: &How) {
        let tables = &self.store.tables;
        let mut open = tables
            .runs
            .values()
            .filter(|run| !matches!(run.state, RunState::Finished { .. }));
        match open.next().cloned() {
            Some(held) if held.state == RunState::Held => return,
            Some(released) => {
                let outcome = domain::decide::finish(released, Vec::new(), self.now);
                self.commit_sweep(&outcome, &world::time(self.now), None)
                    .unwrap();
            }
            None => {
                if let Some(limit) = over_limit(&run.removals, &tables.orgs) {
                    self.hold(run.removals, limit);
                    return;
                }
            }
        }
        let mut looked_at = run.looked_at;
        for key in run.candidates {
            if how.killed_after == Some(looked_at) {
                return;
            }
            self.remove_one(&key, how, &mut looked_at);
        }
    }

    fn hold(&mut self, removals: BTreeMap<OrgId, u32>, limit: u32) {
        let id = RunId(self.now);
        // One that began at the same instant is over.
        let version = self
            .store
            .tables
            .runs
            .get(&id)
            .map_or(Version::NEW, |run| run.version);
        let run = SweepRun {
            id,
            state: RunState::Running,
            report: Report::default(),
            removals,
            released: [].into(),
            removed_before: 0,
            version,
        };
        let tables = &self.store.tables;
        let desks: Vec<_> = tables.desks.values().cloned().collect();
        let proof = world::time(self.now);
        let outcome = hold(run, limit, &tables.orgs, &desks, &proof.at(self.now));
        self.commit_sweep(&outcome, &proof, None).unwrap();
    }

    /// Asks again, with everything as it is now, and does what the answer is then: of two leads
    /// the second has become the last.
    fn remove_one(&mut self, key: &Key, how: &How, looked_at: &mut u8) {
        for attempt in 0..3 {
            let loaded = self.store.tables.clone();
            let Some((transition, due)) = Self::question(&loaded, key, self.now) else {
                break;
            };
            let proof = world::time(due.membership.due_at.unwrap());
            let outcome = carry_out(&transition, due, &proof.at(self.now));
            if attempt == 0 {
                self.overtake(how, *looked_at, key);
            }
            if self
                .commit_tick(&outcome, &proof, &loaded, (&transition, key))
                .is_ok()
            {
                break;
            }
        }
        *looked_at += 1;
    }

    /// Hands over a leaver's open requests and notes that it is done.
    fn hand_over_all(&mut self, key: &Key) {
        let membership = self.store.tables.memberships[key].clone();
        let handed = membership.handed.as_ref();
        let (from, to) = match (&membership.state, handed) {
            (
                State::OffBoarded {
                    hand_over_to: Some(to),
                    ..
                },
                _,
            ) => (&key.1, to),
            (State::Active | State::Warned { .. }, Some(handed)) => (&handed.to, &key.1),
            _ => return,
        };
        let proof = world::time(self.now);
        for record in self.store.tables.requests.clone().into_values() {
            let Record::Known(request) = record else {
                continue;
            };
            if request.org.as_ref() != Some(&key.0) || !request.is_open() {
                continue;
            }
            let viewers = self.store.tables.viewers.values();
            let viewers = viewers
                .filter(|v| v.request == request.id)
                .cloned()
                .collect();
            let outcome = if *from == key.1 {
                hand_over(*request, viewers, from, to, None, &proof.at(self.now))
            } else {
                hand_back(*request, viewers, (from, to), None, &proof.at(self.now))
            };
            self.commit_sweep(&outcome, &proof, None).unwrap();
        }
        let outcome = finish_hand_over(&self.store.tables.orgs[&key.0], membership);
        self.commit_sweep(&outcome, &proof, None).unwrap();
    }

    fn give_up_waiting(&mut self) {
        for record in self.store.tables.requests.clone().into_values() {
            if let Record::Awaited(awaited) = record
                && awaited.until <= self.now
            {
                let proof = world::time(awaited.until);
                let outcome = abandon_awaited(awaited, &proof.at(self.now));
                self.commit_sweep(&outcome, &proof, None).unwrap();
            }
        }
    }

    fn commit_tick(
        &mut self,
        outcome: &Outcome,
        proof: &Proof,
        loaded: &Tables,
        sweep: (&Transition, &Key),
    ) -> Result<(), Rejected> {
        let before = self.store.tables.clone();
        self.store.commit(outcome, None)?;
        let commit = Commit {
            outcome,
            proof,
            now: self.now,
            loaded,
            sweep: Some(sweep),
            deliveries: 1,
        };
        self.judge.committed(&commit, &before, &self.store.tables);
        Ok(())
    }

    pub fn commit_sweep(
        &mut self,
        outcome: &Outcome,
        proof: &Proof,
        sweep: Option<(&Transition, &Key)>,
    ) -> Result<(), Rejected> {
        let before = self.store.tables.clone();
        self.store.commit(outcome, None)?;
        let commit = Commit {
            outcome,
            proof,
            now: self.now,
            loaded: &before,
            sweep,
            deliveries: 1,
        };
        self.judge.committed(&commit, &before, &self.store.tables);
        Ok(())
    }

    /// Invariant 4, first half: after a whole run nothing is left to do at the same instant, but
    /// to remove whom a held run holds.
    fn nothing_more(&self) {
        let tables = &self.store.tables;
        let held = tables.runs.values().any(|run| run.state == RunState::Held);
        for key in tables.memberships.keys() {
            let Some((transition, _)) = Self::question(tables, key, self.now) else {
                continue;
            };
            match transition {
                Transition::WouldSpare(_) | Transition::WouldWarn | Transition::WouldRemove => {}
                // Of two leads whom the run holds, one may have left by then as was planned; of others
                // the only one.
                Transition::Remove | Transition::Spare(Exemption::LastLead | Exemption::Vacant)
                    if held => {}
                again => panic!("{again:?} is due again at the same instant"),
            }
        }
    }
}
