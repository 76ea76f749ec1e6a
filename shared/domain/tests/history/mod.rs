//! Random histories: a store in memory, a clock that jumps, events that arrive once, twice or at
//! the same time, sweeps that are missed, cut short, repeated or overtaken.

pub mod about_requests;
pub mod account;
pub mod afterlife;
pub mod decided;
mod desk;
pub mod judge;
pub mod op;
pub mod plan;
pub mod store;
pub mod sweep;

use std::collections::BTreeMap;

use domain::{
    Customer, Membership, Organization, Policy, Role, Timestamp, Version,
    organization::{Counterpart, InvitedToday, Review, day_of},
    policy::Days,
    sweep::RunState,
};

use crate::world;
use decided::Decided;
use judge::{Commit, Judge};
use op::Op;
use plan::Step;
use store::{Rejected, Store, Tables};

/// One world and its past.
#[derive(Debug, Clone)]
pub struct History {
    pub store: Store,
    pub judge: Judge,
    pub now: Timestamp,
    delivered: Vec<(Op, String)>,
    outcomes: BTreeMap<String, usize>,
}

impl History {
    /// Three organisations with these policies, each with a lead and some members.
    pub fn begin(policies: [Policy; 3]) -> Self {
        let now = world::start();
        let mut tables = Tables::default();
        let desk = world::support();
        tables.desks.insert(desk.id.clone(), desk);
        for (n, policy) in (0_u8..).zip(policies) {
            let org = begin_org(&mut tables, n, policy);
            tables.orgs.insert(org.id.clone(), org);
        }
        Self {
            store: Store {
                tables,
                ..Store::default()
            },
            judge: Judge::default(),
            now,
            delivered: Vec::new(),
            outcomes: BTreeMap::new(),
        }
    }

    /// Takes one step.
    pub fn step(&mut self, step: &Step) {
        match step {
            Step::Advance(minutes) => self.now = world::minutes(self.now, i64::from(*minutes)),
            Step::Do(op) => {
                let id = self.next_delivery(op);
                self.deliver(op, &id);
            }
            Step::Race(first, second) => self.race(first, second),
            Step::Again(back) => {
                if let Some((op, id)) = self.delivered.iter().rev().nth(usize::from(*back)).cloned()
                {
                    self.deliver(&op, &id);
                }
            }
            Step::Sweep(how) => self.sweep(how),
            Step::Release => self.release(),
            Step::Apply(org, policy) => self.apply(*org, policy),
        }
    }

    fn next_delivery(&mut self, op: &Op) -> String {
        let id = format!("msg_{}", self.delivered.len());
        self.delivered.push((op.clone(), id.clone()));
        id
    }

    /// Loads, decides and commits, once more when something changed in between.
    pub fn deliver(&mut self, op: &Op, id: &str) {
        let loaded = self.store.tables.clone();
        let Some(decided) = decided::decide(op, &loaded, id, self.now) else {
            return;
        };
        let result = self.commit(&decided, &loaded, id, self.now);
        assert_ne!(result, Err(Rejected::Stale), "nobody was in the way");
    }

    /// The first is decided, then the second happens as a whole a minute later, then the first is
    /// committed. A lost race loads and decides again.
    fn race(&mut self, first: &Op, second: &Op) {
        let id = self.next_delivery(first);
        let (loaded, now) = (self.store.tables.clone(), self.now);
        let decided = decided::decide(first, &loaded, &id, now);
        self.now = world::minutes(self.now, 1);
        let other = self.next_delivery(second);
        self.deliver(second, &other);
        let Some(decided) = decided else { return };
        if self.commit(&decided, &loaded, &id, now) == Err(Rejected::Stale) {
            self.deliver(first, &id);
        }
    }

    fn commit(
        &mut self,
        decided: &Decided,
        loaded: &Tables,
        id: &str,
        now: Timestamp,
    ) -> Result<(), Rejected> {
        let before = self.store.tables.clone();
        self.store.commit(&decided.outcome, Some(id))?;
        let count = self.outcomes.entry(id.to_owned()).or_default();
        *count += 1;
        assert_eq!(*count, 1, "a delivery takes effect once");
        if let Some((who, org)) = &decided.activity {
            self.judge.active(who, org.as_ref(), now);
        }
        let commit = Commit {
            outcome: &decided.outcome,
            proof: &decided.proof,
            now,
            loaded,
            sweep: None,
            deliveries: decided.deliveries,
        };
        self.judge.committed(&commit, &before, &self.store.tables);
        Ok(())
    }

    /// An administrator lets a held run go on.
    fn release(&mut self) {
        let held = self
            .store
            .tables
            .runs
            .values()
            .find(|run| run.state == RunState::Held);
        let Some(run) = held.cloned() else { return };
        let proof = world::posted(&world::admin(), domain::link::Purpose::ReleaseSweep);
        let orgs = run.removals.keys().cloned().collect();
        let outcome = domain::decide::release(run, &orgs, &proof.at(self.now)).unwrap();
        self.commit_sweep(&outcome, &proof, None).unwrap();
    }

    /// The operator applies another policy. Nobody loses a seat by it.
    fn apply(&mut self, org: u8, policy: &Policy) {
        let org = self.store.tables.orgs.get_mut(&op::org_of(org)).unwrap();
        let seat_cap = policy.seat_cap.max(org.seats_used);
        org.policy = Policy {
            seat_cap,
            // Which addresses are one mailbox counts for who comes and goes from then on.
            spelling: org.policy.spelling.clone(),
            ..policy.clone()
        };
        org.version = org.version.next();
    }
}

fn begin_org(tables: &mut Tables, n: u8, policy: Policy) -> Organization {
    let id = op::org_of(n);
    let seats = policy.seat_cap.min(3);
    let mut org = Organization {
        id: id.clone(),
        name: "Some Org".parse().unwrap(),
        seats_used: seats,
        leads: [].into(),
        invited: InvitedToday {
            day: day_of(world::start()),
            count: 0,
        },
        review: Review::default(),
        vacancy: None,
        told_full: None,
        // Every second desk is connected.
        counterpart: (n % 2 == 1).then_some(Counterpart {
            id: None,
            written: true,
        }),
        due_at: None,
        version: Version(1),
        policy,
        ..world::acme()
    };
    for (seat, who) in (0..seats).zip(n..) {
        let email = op::person(who);
        let role = if seat == 0 { Role::Lead } else { Role::Member };
        let membership = Membership {
            org: id.clone(),
            role,
            due_at: Some(Days(1).after(world::start())),
            ..world::member(&email)
        };
        if role == Role::Lead {
            org.leads.insert(email.clone());
        }
        tables
            .memberships
            .insert((id.clone(), email.clone()), membership);
        let customer = Customer {
            version: Version(1),
            ..Customer::new(email.clone(), None)
        };
        tables.customers.insert(email, customer);
    }
    org
}
