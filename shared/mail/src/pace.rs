//! How fast mail may leave: the account's maximum send rate.

use std::{collections::VecDeque, num::NonZeroU32, time::Duration};

use domain::Timestamp;
use jiff::SignedDuration;

/// How long a spent token is away. SES counts mails per second.
const SECOND: SignedDuration = SignedDuration::from_secs(1);

/// A bucket of as many tokens as mails may leave in a second, each of which comes back one second
/// after it was spent.
///
/// So no second, wherever it begins, sees more mails than the rate; and after a pause a whole
/// second's worth may leave at once. SES states its quota in recipients per second and every mail
/// here has one recipient.
///
/// One bucket paces one sender: the relay's concurrency is one.
#[derive(Debug)]
pub struct Pace {
    rate: usize,
    /// When each token in use was or will be spent, oldest first; at most `rate` of them.
    spent: VecDeque<Timestamp>,
    last: Timestamp,
}

impl Pace {
    /// A full bucket for `rate` mails per second.
    #[must_use]
    pub fn new(rate: NonZeroU32) -> Self {
        Self {
            rate: usize::try_from(rate.get()).unwrap_or(usize::MAX),
            spent: VecDeque::new(),
            last: Timestamp::MIN,
        }
    }

    /// Books the next mail and says how long to wait before sending it; zero when it may leave now.
    ///
    /// Whoever books must wait, or send nothing. A clock that is set back never frees a token
    /// early and never makes anyone wait longer than the tokens already booked.
    pub fn reserve(&mut self, now: Timestamp) -> Duration {
        if now < self.last {
            self.set_back(self.last.duration_since(now));
        }
        self.last = now;
        let slot = if self.spent.len() < self.rate {
            now
        } else {
            self.spent.pop_front().map_or(now, |oldest| {
                oldest.saturating_add(SECOND).unwrap_or(now).max(now)
            })
        };
        self.spent.push_back(slot);
        Duration::try_from(slot.duration_since(now)).unwrap_or(Duration::ZERO)
    }

    /// Follows a clock that was set back: as if no time had passed in between.
    fn set_back(&mut self, by: SignedDuration) {
        for at in &mut self.spent {
            *at = at.saturating_sub(by).unwrap_or(Timestamp::MIN);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use proptest::prelude::*;

    use super::*;

    fn pace(rate: u32) -> Pace {
        Pace::new(NonZeroU32::new(rate).unwrap())
    }

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millisecond(1_790_000_000_000 + millis).unwrap()
    }

    #[test]
    fn a_full_bucket_lets_a_seconds_worth_go_and_then_waits() {
        let mut pace = pace(3);
        let waits: Vec<_> = (0..7).map(|_| pace.reserve(at(0)).as_millis()).collect();
        assert_eq!(waits, [0, 0, 0, 1_000, 1_000, 1_000, 2_000]);
    }

    #[test]
    fn a_token_comes_back_a_second_after_it_was_spent() {
        let mut pace = pace(1);
        assert_eq!(pace.reserve(at(0)), Duration::ZERO);
        assert_eq!(pace.reserve(at(400)), Duration::from_millis(600));
        assert_eq!(pace.reserve(at(2_000)), Duration::ZERO);
    }

    #[test]
    fn a_clock_set_back_by_ten_minutes_neither_stalls_nor_rushes() {
        let mut pace = pace(2);
        pace.reserve(at(0));
        pace.reserve(at(0));
        assert_eq!(pace.reserve(at(-600_000)), Duration::from_secs(1));
        assert_eq!(pace.reserve(at(-599_000)), Duration::ZERO);
    }

    #[test]
    fn the_ends_of_time_do_not_overflow() {
        for instant in [Timestamp::MAX, Timestamp::MIN] {
            let mut pace = pace(1);
            pace.reserve(instant);
            pace.reserve(instant);
            pace.reserve(at(0));
        }
    }

    proptest! {
        #[test]
        fn no_second_sees_more_than_the_rate(
            rate in 1_u32..40,
            steps in proptest::collection::vec(0_i64..400, 1..300),
        ) {
            let mut pace = pace(rate);
            let mut now = at(0);
            let mut sent = Vec::new();
            for step in steps {
                now += SignedDuration::from_millis(step);
                let wait = SignedDuration::try_from(pace.reserve(now)).unwrap();
                sent.push(now + wait);
            }
            sent.sort();
            for first in &sent {
                let in_second = sent.iter().filter(|s| *s >= first && **s < *first + SECOND).count();
                prop_assert!(in_second <= rate as usize);
            }
        }

        #[test]
        fn a_sender_who_never_rests_uses_the_whole_rate(rate in 1_u32..200) {
            let mut pace = pace(rate);
            let last = (0..10 * rate).map(|_| pace.reserve(at(0))).max().unwrap();
            prop_assert_eq!(last, Duration::from_secs(9));
        }
    }
}
