//! Two sweeps and the people they are about, in every order of their steps.
//!
//! The steps are those of `app::sweep`, each one read or one transaction; what is decided in them is
//! decided by the domain itself, and committed to a store that keeps the real one's conditions. In
//! each exploration one condition or another can be taken out: then a fault has to be found, or
//! finding none would prove nothing.

mod model;
mod steps;

use crate::{
    explorer::{Explored, Found, explore},
    history::op::Op,
    world,
};
use domain::{Membership, Timestamp, membership::State};
use model::{Race, Step, Without, World};

const ORG: u8 = 0;
const ANN: u8 = 0;

/// The grace of whoever was warned on day 90 is over.
fn grace_over() -> Timestamp {
    world::day(104)
}

/// The deeds that somebody can do meanwhile who is about to be removed.
fn deeds() -> Vec<Op> {
    vec![
        Op::Create {
            request: 1,
            who: ANN,
            org: None,
            with: None,
            trusted: true,
        },
        Op::KeepFromMail { org: ORG, who: ANN },
        Op::KeepByLead { org: ORG, who: ANN },
        Op::Offboard {
            org: ORG,
            who: ANN,
            days: None,
            to: None,
        },
    ]
}

/// Ann and Bob were warned long ago; so many sweeps may be killed, each at any of its steps.
fn to_be_removed(deed: Option<Op>, kills: u8, without: Without) -> Result<Explored, Found<Step>> {
    let race = Race {
        now: grace_over(),
        without,
        deed,
    };
    let warned = |who: &domain::EmailAddress| Membership {
        due_at: Some(grace_over()),
        ..world::warned(who, world::day(90))
    };
    explore(&race, World::begin(&race, kills, warned))
}

/// Ann and Bob have been quiet for long enough to be warned.
fn to_be_warned(deed: Option<Op>, without: Without) -> Result<Explored, Found<Step>> {
    let race = Race {
        now: world::day(90),
        without,
        deed,
    };
    let quiet = |who: &domain::EmailAddress| Membership {
        state: State::Active,
        due_at: Some(world::day(90)),
        ..world::member(who)
    };
    explore(&race, World::begin(&race, 1, quiet))
}

fn holds(explored: Result<Explored, Found<Step>>) -> u128 {
    let explored = explored.unwrap_or_else(|found| panic!("{found}"));
    println!("{explored:?}");
    explored.interleavings
}

fn fails(explored: Result<Explored, Found<Step>>) -> String {
    match explored {
        Ok(explored) => panic!("no fault was found: {explored:?}"),
        Err(found) => found.fault,
    }
}

#[test]
fn in_no_order_does_anybody_lose_access_who_was_active_or_lose_it_twice() {
    let mut interleavings = holds(to_be_removed(None, 1, Without::Nothing));
    for (n, deed) in deeds().into_iter().enumerate() {
        // A kill beside the deed makes many times as many states: it is explored with the first.
        let kills = u8::from(n == 0);
        interleavings += holds(to_be_removed(Some(deed), kills, Without::Nothing));
    }
    println!("{interleavings} interleavings");
    assert!(interleavings > 10_000, "{interleavings}");
}

#[test]
fn in_no_order_is_anybody_warned_twice() {
    let mut interleavings = holds(to_be_warned(None, Without::Nothing));
    for deed in deeds() {
        interleavings += holds(to_be_warned(Some(deed), Without::Nothing));
    }
    println!("{interleavings} interleavings");
    assert!(interleavings > 10_000, "{interleavings}");
}

#[test]
fn without_the_condition_on_the_person_somebody_active_is_removed() {
    let raises = deeds().remove(0);
    let fault = fails(to_be_removed(Some(raises), 0, Without::CustomerUnchanged));
    assert!(fault.contains("was active and is removed"), "{fault}");
}

#[test]
fn without_the_condition_on_the_membership_somebody_is_removed_twice() {
    let fault = fails(to_be_removed(None, 1, Without::MembershipVersion));
    assert!(fault.contains("2 times"), "{fault}");
}

#[test]
fn without_the_condition_on_the_membership_somebody_is_warned_twice() {
    let fault = fails(to_be_warned(None, Without::MembershipVersion));
    assert!(fault.contains("2 times"), "{fault}");
}

#[test]
fn without_the_pointer_to_the_open_run_somebody_is_told_of_twice_or_never() {
    let fault = fails(to_be_removed(None, 1, Without::OneOpenRun));
    assert!(fault.contains("digests"), "{fault}");
}
