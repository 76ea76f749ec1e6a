//! Time and chance, handed in from here, so that tests and the local bundle can move and repeat
//! them. `clippy.toml` forbids the direct calls everywhere else.

use std::{
    fmt,
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use domain::Timestamp;
use jiff::SignedDuration;
use uuid::{Builder, Uuid, Version};

/// Tells the time.
pub trait Clock: fmt::Debug + Send + Sync {
    /// The instant it is.
    fn now(&self) -> Timestamp;
}

/// Makes names that nothing else has, and secrets that nobody can guess.
pub trait Ids: fmt::Debug + Send + Sync {
    /// Fills `bytes` with randomness fit for secrets.
    fn fill(&self, bytes: &mut [u8]);

    /// A version 7 UUID (RFC 9562 §5.7) for something that happens at `now`. Those made later in
    /// one process sort later, also within one instant.
    fn uuid(&self, now: Timestamp) -> Uuid;
}

/// The computer's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where the computer's clock is read"
    )]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// Names and secrets from the operating system's randomness.
#[derive(Debug, Default)]
pub struct SystemIds {
    order: Order,
}

impl Ids for SystemIds {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where the system's randomness is read"
    )]
    fn fill(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("the operating system has randomness");
    }

    fn uuid(&self, now: Timestamp) -> Uuid {
        let mut random = [0; 8];
        self.fill(&mut random);
        v7(self.order.next(now), random)
    }
}

/// Sub-millisecond steps of a version 7 UUID: 4,096 in each millisecond (RFC 9562 §6.2, method 3).
const STEPS: u64 = 4_096;

/// Hands out each step at most once, so that ids made one after the other sort one after the other.
#[derive(Debug, Default)]
struct Order(AtomicU64);

impl Order {
    /// The step of `now`, or the one after the last when that was already given out. A clock that
    /// was set back by more than a second begins anew.
    fn next(&self, now: Timestamp) -> u64 {
        let nanoseconds = u64::try_from(now.as_nanosecond()).unwrap_or(0);
        let (millis, rest) = (nanoseconds / 1_000_000, nanoseconds % 1_000_000);
        let step = millis * STEPS + rest * STEPS / 1_000_000;
        let after = |last: u64| {
            if step <= last && last - step < 1_000 * STEPS {
                last + 1
            } else {
                step
            }
        };
        let last = self.0.update(Ordering::Relaxed, Ordering::Relaxed, after);
        after(last)
    }
}

/// A version 7 UUID: 48 bits of milliseconds, 12 bits of steps, 62 bits of chance.
fn v7(step: u64, random: [u8; 8]) -> Uuid {
    let (millis, fraction) = (step / STEPS, step % STEPS);
    let mut bytes = [0; 16];
    bytes[..6].copy_from_slice(&millis.to_be_bytes()[2..]);
    bytes[6..8].copy_from_slice(&fraction.to_be_bytes()[6..]);
    bytes[8..].copy_from_slice(&random);
    Builder::from_bytes(bytes)
        .with_version(Version::SortRand)
        .with_variant(uuid::Variant::RFC4122)
        .into_uuid()
}

/// The computer's clock, moved by a constant: the time of a local bundle whose clock was moved.
#[derive(Debug, Clone, Copy)]
pub struct MovedClock(SignedDuration);

impl MovedClock {
    /// A clock that shows `now` at this moment.
    #[must_use]
    pub fn showing(now: Timestamp) -> Self {
        Self(now.duration_since(SystemClock.now()))
    }
}

impl Clock for MovedClock {
    fn now(&self) -> Timestamp {
        let now = SystemClock.now().saturating_add(self.0);
        now.expect("adding an absolute duration saturates")
    }
}

/// A clock that stands still until it is moved. For tests.
#[derive(Debug)]
pub struct FixedClock(Mutex<Timestamp>);

impl FixedClock {
    /// A clock that stands at `now`.
    #[must_use]
    pub fn at(now: Timestamp) -> Self {
        Self(Mutex::new(now))
    }

    /// Moves it to another instant, forwards or back.
    pub fn set(&self, now: Timestamp) {
        *self.lock() = now;
    }

    /// Moves it forwards, up to the last instant there is.
    pub fn advance(&self, by: std::time::Duration) {
        let mut now = self.lock();
        *now = now.saturating_add(by).unwrap_or(Timestamp::MAX);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Timestamp> {
        self.0
            .lock()
            .expect("nothing panics while it holds the clock")
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        *self.lock()
    }
}

/// Names that are the same in every run. For tests: whoever knows the seed knows them all.
#[derive(Debug)]
pub struct SeededIds {
    state: Mutex<u64>,
    order: Order,
}

impl SeededIds {
    /// The sequence that belongs to `seed`.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            state: Mutex::new(seed),
            order: Order::default(),
        }
    }

    /// `SplitMix64` (Steele, Lea, Flood, 2014).
    fn next(&self) -> u64 {
        let mut state = self
            .state
            .lock()
            .expect("nothing panics while it holds the state");
        *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = *state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

impl Ids for SeededIds {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let random = self.next().to_be_bytes();
            chunk.copy_from_slice(&random[..chunk.len()]);
        }
    }

    fn uuid(&self, now: Timestamp) -> Uuid {
        v7(self.order.next(now), self.next().to_be_bytes())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    fn now() -> Timestamp {
        "2026-11-22T09:30:00.123456789Z".parse().unwrap()
    }

    #[test]
    fn an_id_is_a_version_7_uuid_of_its_instant() {
        let id = SystemIds::default().uuid(now());
        assert_eq!(id.get_version(), Some(Version::SortRand));
        assert_eq!(id.get_variant(), uuid::Variant::RFC4122);
        let (seconds, nanoseconds) = id.get_timestamp().unwrap().to_unix();
        assert_eq!(i64::try_from(seconds).unwrap(), now().as_second());
        assert_eq!(nanoseconds / 1_000_000, 123);
    }

    #[test]
    fn ids_of_one_instant_sort_in_the_order_in_which_they_were_made() {
        let ids = SystemIds::default();
        let made: Vec<Uuid> = (0..10_000).map(|_| ids.uuid(now())).collect();
        assert!(made.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn ids_made_by_many_threads_are_all_different() {
        let ids = SystemIds::default();
        let made: Vec<Uuid> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4)
                .map(|_| {
                    scope.spawn(|| {
                        (0..1_000)
                            .map(|_| ids.order.next(now()))
                            .collect::<Vec<_>>()
                    })
                })
                .collect();
            let steps = threads
                .into_iter()
                .flat_map(|thread| thread.join().unwrap());
            steps.map(|step| v7(step, [0; 8])).collect()
        });
        let distinct: std::collections::BTreeSet<_> = made.iter().collect();
        assert_eq!(distinct.len(), 4_000);
    }

    #[test]
    fn a_clock_set_back_is_followed() {
        let ids = SeededIds::new(1);
        let later = ids.uuid(now());
        let earlier = ids.uuid("2020-01-01T00:00:00Z".parse().unwrap());
        assert!(earlier < later);
    }

    #[test]
    fn the_same_seed_makes_the_same_ids() {
        let make = || {
            let ids = SeededIds::new(7);
            let mut secret = [0; 13];
            ids.fill(&mut secret);
            (ids.uuid(now()), secret)
        };
        assert_eq!(make(), make());
        assert_ne!(make().0, SeededIds::new(8).uuid(now()));
    }

    #[test]
    fn instants_before_1970_and_at_the_end_of_time_make_ids_too() {
        let ids = SystemIds::default();
        assert_ne!(ids.uuid(Timestamp::MIN), ids.uuid(Timestamp::MAX));
    }

    #[test]
    fn a_moved_clock_goes_on_from_where_it_was_moved_to() {
        let clock = MovedClock::showing(now());
        let first = clock.now();
        assert!(first >= now() && clock.now() >= first);
        assert!(first.duration_since(now()) < SignedDuration::from_hours(1));
    }

    #[test]
    fn a_fixed_clock_stands_until_it_is_moved() {
        let clock = FixedClock::at(now());
        assert_eq!(clock.now(), now());
        clock.advance(std::time::Duration::from_hours(24));
        assert_eq!(clock.now(), now() + std::time::Duration::from_hours(24));
        clock.set(Timestamp::UNIX_EPOCH);
        assert_eq!(clock.now(), Timestamp::UNIX_EPOCH);
    }
}
