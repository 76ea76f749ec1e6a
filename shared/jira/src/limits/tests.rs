#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use proptest::prelude::*;

use super::*;

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millisecond(1_790_000_000_000 + millis).unwrap()
}

/// The most of these instants that lie within a window of a length, wherever it begins.
fn most_within(instants: &[Timestamp], window: SignedDuration) -> usize {
    let from = |first: &Timestamp| {
        let within = |one: &&Timestamp| **one >= *first && one.duration_since(*first) < window;
        instants.iter().filter(within).count()
    };
    instants.iter().map(from).max().unwrap_or(0)
}

/// The instants at which calls leave that are made so long after one another.
fn leaving(gaps: &[u16], endpoint: Endpoint, issue: Option<&IssueKey>) -> Vec<Timestamp> {
    let mut limits = Limits::default();
    let mut now = at(0);
    let mut leave = |gap: &u16| {
        now = after(now, SignedDuration::from_millis((*gap).into()));
        limits.reserve(endpoint, issue, now)
    };
    gaps.iter().map(&mut leave).collect()
}

proptest! {
    #[test]
    fn a_desks_customers_are_listed_five_times_in_any_second(
        gaps in prop::collection::vec(0_u16..400, 1..80),
    ) {
        let left = leaving(&gaps, Endpoint::DeskCustomers, None);
        prop_assert!(most_within(&left, SignedDuration::from_secs(1)) <= 5);
    }

    #[test]
    fn writes_to_one_issue_keep_to_both_of_its_limits(
        gaps in prop::collection::vec(0_u16..500, 1..150),
    ) {
        let issue = "SUP-1".parse().unwrap();
        let left = leaving(&gaps, Endpoint::Comment, Some(&issue));
        prop_assert!(most_within(&left, SignedDuration::from_secs(2)) <= 20);
        prop_assert!(most_within(&left, SignedDuration::from_secs(30)) <= 100);
    }

    #[test]
    fn a_bucket_gives_its_burst_and_then_its_rate(
        gaps in prop::collection::vec(0_u16..60, 1..200),
    ) {
        let left = leaving(&gaps, Endpoint::RemoveMembers, None);
        prop_assert!(most_within(&left, SignedDuration::from_secs(1)) <= 100);
        prop_assert!(most_within(&left, SignedDuration::from_secs(2)) <= 150);
    }
}

#[test]
fn a_full_bucket_lets_a_burst_go_at_once() {
    let left = leaving(&[0; 101], Endpoint::Myself, None);
    assert!(left[..100].iter().all(|one| *one == at(0)));
    assert_eq!(left[100], at(10));
}

#[test]
fn a_clock_set_back_stalls_nothing() {
    let mut limits = Limits::default();
    let issue: IssueKey = "SUP-1".parse().unwrap();
    limits.reserve(Endpoint::Comment, Some(&issue), at(0));
    let earlier = at(-600_000);
    assert_eq!(
        limits.reserve(Endpoint::Comment, Some(&issue), earlier),
        earlier
    );
}

#[test]
fn every_name_of_a_call_is_its_own_and_read_again() {
    for endpoint in Endpoint::ALL {
        let scope = Scope::Endpoint(*endpoint);
        assert_eq!(scope.to_string().parse(), Ok(scope));
    }
}
