//! A person becomes active between the sweep's query and its commit: every event that counts as
//! activity, at every place between the steps of a removal, in every state the person can be in.

use crate::{
    history::{
        self,
        decided::decide,
        op::Op,
        store::{Rejected, Store},
    },
    world,
};
use domain::{
    Customer, Days, Membership, Outcome, Policy, Timestamp, Version,
    decide::{Due, Facts, Transition, carry_out, tick},
    membership::State,
    policy::Mode,
};

/// Ann, whom the sweep is about to remove, is the first person of the first organisation.
const ORG: u8 = 0;
const ANN: u8 = 0;

/// The instant at which the sweep comes: the grace is over.
fn swept() -> Timestamp {
    world::day(104)
}

/// The record of Ann when the sweep comes.
#[derive(Debug, Clone, Copy)]
enum Known {
    /// No record of hers exists.
    Not,
    /// Recorded, and never active.
    Silent,
    /// Last active long ago.
    Once,
}

/// Ann was warned at day 90 and has been quiet; her request is open, and a colleague waits for her
/// approval of another.
fn store(known: Known) -> Store {
    let policy = Policy {
        inactivity: domain::policy::InactivityPolicy {
            mode: Mode::Enforce,
            exempt_open_requests: false,
            ..Policy::default().inactivity
        },
        ..Policy::default()
    };
    let mut store = history::History::begin([policy.clone(), policy.clone(), policy]).store;
    let ann = history::op::person(ANN);
    let key = (history::op::org_of(ORG), ann.clone());
    let tables = &mut store.tables;
    let others: Vec<_> = tables
        .memberships
        .keys()
        .filter(|other| other.1 == ann && **other != key)
        .cloned()
        .collect();
    assert!(others.is_empty(), "Ann is in one organisation");
    // Another leads, so that Ann is not the last lead.
    let org = tables.orgs.get_mut(&key.0).unwrap();
    org.leads = [history::op::person(1)].into();
    let bob = (key.0.clone(), history::op::person(1));
    tables.memberships.get_mut(&bob).unwrap().role = domain::Role::Lead;
    tables.memberships.insert(
        key,
        Membership {
            due_at: Some(swept()),
            ..world::warned(&ann, world::day(90))
        },
    );
    let customer = Customer {
        version: Version(1),
        ..Customer::new(ann.clone(), None)
    };
    match known {
        Known::Not => tables.customers.remove(&ann),
        Known::Silent => tables.customers.insert(ann, customer),
        Known::Once => tables.customers.insert(
            ann,
            Customer {
                last_active_at: Some(world::start()),
                ..customer
            },
        ),
    };
    let earlier = [
        Op::Create {
            request: 0,
            who: 1,
            org: None,
            with: Some(ANN),
            trusted: true,
        },
        Op::AskApproval {
            request: 0,
            who: ANN,
        },
    ];
    for (n, op) in earlier.iter().enumerate() {
        deliver(&mut store, op, &format!("earlier_{n}"), world::day(1)).unwrap();
    }
    store
}

fn deliver(store: &mut Store, op: &Op, id: &str, now: Timestamp) -> Result<(), Rejected> {
    let decided = decide(op, &store.tables, id, now).expect("it is not refused");
    store.commit(&decided.outcome, Some(id))
}

/// All that counts as an activity of Ann, or keeps her access.
fn activities() -> Vec<Op> {
    vec![
        Op::Create {
            request: 1,
            who: ANN,
            org: None,
            with: None,
            trusted: true,
        },
        Op::Create {
            request: 1,
            who: ANN,
            org: Some(2),
            with: None,
            trusted: true,
        },
        Op::Comment {
            request: 0,
            who: ANN,
            id: 1,
        },
        Op::Answer {
            request: 0,
            who: ANN,
            yes: false,
        },
        Op::KeepFromMail { org: ORG, who: ANN },
        Op::KeepByLead { org: ORG, who: ANN },
        Op::SetExempt {
            org: ORG,
            who: ANN,
            exempt: true,
        },
        Op::SetRole {
            org: ORG,
            who: ANN,
            lead: true,
        },
    ]
}

/// Returns the sweep's decision on what it loads.
fn removal(store: &Store, now: Timestamp) -> (Option<Transition>, Outcome) {
    let key = (history::op::org_of(ORG), history::op::person(ANN));
    let tables = &store.tables;
    let membership = tables.memberships[&key].clone();
    let org = tables.orgs[&key.0].clone();
    let customer = tables.customers.get(&key.1).cloned();
    let facts = Facts::of(customer.as_ref());
    let answer = tick(&membership, &org, &facts, now);
    let due = Due {
        desk: None,
        open_requests: 0,
        successor: None,
        org,
        membership,
        customer,
    };
    let outcome = match &answer {
        Some(transition) => carry_out(transition, due, &world::time(now).at(now)),
        None => Outcome::default(),
    };
    (answer, outcome)
}

fn has_access(store: &Store) -> bool {
    let key = (history::op::org_of(ORG), history::op::person(ANN));
    store.tables.memberships[&key].state.stage().has_access()
}

#[test]
fn without_an_activity_the_removal_goes_through() {
    for known in [Known::Not, Known::Silent, Known::Once] {
        let mut store = store(known);
        let (answer, outcome) = removal(&store, swept());
        assert_eq!(answer, Some(Transition::Remove), "{known:?}");
        store.commit(&outcome, None).unwrap();
        assert!(!has_access(&store));
    }
}

#[test]
fn an_activity_between_load_and_commit_is_a_conflict_and_the_person_stays() {
    for known in [Known::Not, Known::Silent, Known::Once] {
        for op in activities() {
            // Whoever is not known cannot have a record that changed in the same second, but one
            // that is new; the sweep's clock may be behind, even, or ahead of the sender's.
            for seconds in [-60, 0, 60] {
                let mut store = store(known);
                let (answer, outcome) = removal(&store, swept());
                assert_eq!(answer, Some(Transition::Remove));
                let active_at = swept() + jiff::SignedDuration::from_secs(seconds);
                deliver(&mut store, &op, "msg_race", active_at).unwrap();
                let before = store.tables.clone();
                let raced = store.commit(&outcome, None);
                assert_eq!(
                    raced,
                    Err(Rejected::Stale),
                    "{known:?}, {op:?}, {seconds} s"
                );
                assert!(store.tables == before, "a lost race writes nothing");
                assert!(has_access(&store));
                // Loading and deciding again does not remove them either.
                let (again, outcome) = removal(&store, swept());
                assert_ne!(again, Some(Transition::Remove), "{known:?}, {op:?}");
                store.commit(&outcome, None).unwrap();
                assert!(has_access(&store));
            }
        }
    }
}

#[test]
fn an_activity_after_the_commit_finds_access_ended_and_nothing_half_done() {
    for op in activities() {
        let mut store = store(Known::Once);
        let (_, outcome) = removal(&store, swept());
        store.commit(&outcome, None).unwrap();
        if let Some(decided) = decide(&op, &store.tables, "msg_late", swept()) {
            store.commit(&decided.outcome, Some("msg_late")).unwrap();
        }
        assert!(!has_access(&store), "{op:?} brings nobody back");
    }
}

#[test]
fn two_sweeps_at_once_remove_once() {
    let mut store = store(Known::Once);
    let (_, first) = removal(&store, swept());
    let (_, second) = removal(&store, swept());
    store.commit(&first, None).unwrap();
    assert_eq!(store.commit(&second, None), Err(Rejected::Stale));
    let (again, _) = removal(&store, swept());
    assert_eq!(again, None);
}

#[test]
fn two_sweeps_at_once_warn_once() {
    let mut store = store(Known::Once);
    let key = (history::op::org_of(ORG), history::op::person(ANN));
    let membership = store.tables.memberships.get_mut(&key).unwrap();
    membership.state = State::Active;
    membership.due_at = Some(Days(90).after(world::start()));
    let (first_answer, first) = removal(&store, world::day(90));
    let (_, second) = removal(&store, world::day(90));
    assert_eq!(first_answer, Some(Transition::Warn));
    store.commit(&first, None).unwrap();
    assert_eq!(store.commit(&second, None), Err(Rejected::Stale));
    assert_eq!(removal(&store, world::day(90)).0, None);
}

#[test]
fn an_activity_that_the_warning_overlooked_voids_it() {
    for op in activities() {
        let mut store = store(Known::Once);
        let key = (history::op::org_of(ORG), history::op::person(ANN));
        let membership = store.tables.memberships.get_mut(&key).unwrap();
        membership.state = State::Active;
        let now = world::day(95);
        membership.due_at = Some(now);
        let (answer, outcome) = removal(&store, now);
        assert_eq!(answer, Some(Transition::Warn));
        let active_at = now - jiff::SignedDuration::from_hours(20);
        deliver(&mut store, &op, "msg_race", active_at).unwrap();
        if store.commit(&outcome, None).is_ok() {
            for days in [102, 108, 109, 130] {
                let (answer, _) = removal(&store, world::day(days));
                assert_ne!(answer, Some(Transition::Remove), "{op:?} on day {days}");
            }
        }
    }
}
