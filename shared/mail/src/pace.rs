//! The pace of mail: the account's maximum send rate.

use std::{collections::VecDeque, num::NonZeroU32, time::Duration};

use domain::Timestamp;
use jiff::SignedDuration;

/// The time after which a spent token returns. SES counts mails per second.
const SECOND: SignedDuration = SignedDuration::from_secs(1);

/// A bucket of as many tokens as mails may leave in a second, each of which comes back one second
/// after its mail was answered.
///
/// SES counts a mail at some moment between the request and the answer. Counted from the answer, no
/// second of SES's own, wherever it begins, sees more mails than the rate, however long each was on
/// its way; and after a pause a whole second's worth may leave at once. SES states its quota in
/// recipients per second and every mail here has one recipient.
///
/// One bucket paces one sender: the relay's concurrency is one.
#[derive(Debug)]
pub struct Pace {
    rate: usize,
    /// Mails that are not answered yet.
    on_their_way: usize,
    /// The times at which the other mails of the last second were answered, oldest first.
    answered: VecDeque<Timestamp>,
    last: Timestamp,
}

impl Pace {
    /// A full bucket for `rate` mails per second.
    #[must_use]
    pub fn new(rate: NonZeroU32) -> Self {
        Self {
            rate: usize::try_from(rate.get()).unwrap_or(usize::MAX),
            on_their_way: 0,
            answered: VecDeque::new(),
            last: Timestamp::MIN,
        }
    }

    /// Lets one more mail leave, which then has to be [answered](Self::answered).
    ///
    /// # Errors
    /// The least time to wait before asking again, if none may leave now.
    pub fn leave(&mut self, now: Timestamp) -> Result<(), Duration> {
        self.follow(now);
        let is_over = |at: &mut Timestamp| now.duration_since(*at) >= SECOND;
        while self.answered.pop_front_if(is_over).is_some() {}
        if self.on_their_way + self.answered.len() < self.rate {
            self.on_their_way += 1;
            return Ok(());
        }
        // While all are on their way none of them is back in less than a second.
        let oldest = self.answered.front().copied().unwrap_or(now);
        let wait = SECOND - now.duration_since(oldest);
        Err(Duration::try_from(wait).unwrap_or(Duration::ZERO))
    }

    /// A mail that left was answered, or given up: it may count until now.
    pub fn answered(&mut self, now: Timestamp) {
        self.follow(now);
        self.on_their_way = self.on_their_way.saturating_sub(1);
        self.answered.push_back(now);
    }

    /// Follows a clock that was set back, as if no time had passed in between: it neither frees a token
    /// early nor lets anyone wait for longer.
    fn follow(&mut self, now: Timestamp) {
        if now < self.last {
            let by = self.last.duration_since(now);
            for at in &mut self.answered {
                *at = at.saturating_sub(by).unwrap_or(Timestamp::MIN);
            }
        }
        self.last = now;
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

    /// The wait of the next mail; one that may leave is answered at once.
    fn wait(pace: &mut Pace, now: Timestamp) -> u128 {
        let left = pace.leave(now);
        if left.is_ok() {
            pace.answered(now);
        }
        left.err().unwrap_or_default().as_millis()
    }

    #[test]
    fn a_full_bucket_lets_a_seconds_worth_go_and_then_waits() {
        let mut pace = pace(3);
        let waits: Vec<_> = (0..5).map(|_| wait(&mut pace, at(0))).collect();
        assert_eq!(waits, [0, 0, 0, 1_000, 1_000]);
    }

    #[test]
    fn a_token_comes_back_a_second_after_the_answer() {
        let mut pace = pace(1);
        assert_eq!(pace.leave(at(0)), Ok(()));
        // However long that takes, it is counted at the end of it at the latest.
        assert_eq!(pace.leave(at(5_000)), Err(Duration::from_secs(1)));
        pace.answered(at(5_200));
        assert_eq!(wait(&mut pace, at(5_400)), 800);
        assert_eq!(wait(&mut pace, at(6_200)), 0);
    }

    #[test]
    fn a_clock_set_back_by_ten_minutes_neither_stalls_nor_rushes() {
        let mut pace = pace(2);
        wait(&mut pace, at(0));
        wait(&mut pace, at(0));
        assert_eq!(wait(&mut pace, at(-600_000)), 1_000);
        assert_eq!(wait(&mut pace, at(-599_000)), 0);
    }

    #[test]
    fn the_ends_of_time_do_not_overflow() {
        for instant in [Timestamp::MAX, Timestamp::MIN] {
            let mut pace = pace(1);
            wait(&mut pace, instant);
            wait(&mut pace, instant);
            wait(&mut pace, at(0));
        }
    }

    /// A mail on its way, in milliseconds: when it is answered, and when SES counts it.
    struct Sent {
        answered: i64,
        counted: i64,
    }

    /// The times at which SES counts mails. Each mail is tried this long after the one before, is
    /// on its way for this long, and is counted after so many hundredths of that.
    fn counted(pace: &mut Pace, mails: &[(i64, i64, i64)]) -> Vec<i64> {
        let mut now = 0;
        let mut on_their_way: Vec<Sent> = Vec::new();
        let mut counted = Vec::new();
        for (after, takes, hundredths) in mails {
            now += after;
            loop {
                on_their_way.sort_by_key(|sent| sent.answered);
                let over = on_their_way.partition_point(|sent| sent.answered <= now);
                for sent in on_their_way.drain(..over) {
                    pace.answered(at(sent.answered));
                    counted.push(sent.counted);
                }
                match pace.leave(at(now)) {
                    Ok(()) => break,
                    Err(wait) => now += i64::try_from(wait.as_millis()).unwrap().max(1),
                }
            }
            on_their_way.push(Sent {
                answered: now + takes,
                counted: now + takes * hundredths / 100,
            });
        }
        counted.extend(on_their_way.iter().map(|sent| sent.counted));
        counted.sort_unstable();
        counted
    }

    proptest! {
        #[test]
        fn no_second_of_the_receiver_sees_more_than_the_rate(
            rate in 1_u32..40,
            mails in proptest::collection::vec((0_i64..400, 0_i64..3_000, 0_i64..=100), 1..300),
        ) {
            let counted = counted(&mut pace(rate), &mails);
            prop_assert_eq!(counted.len(), mails.len());
            for (place, first) in counted.iter().enumerate() {
                let in_second = counted[place..].partition_point(|at| *at < first + 1_000);
                prop_assert!(in_second <= rate as usize);
            }
        }

        #[test]
        fn a_sender_who_is_answered_at_once_uses_the_whole_rate(rate in 1_u32..200) {
            let mails = vec![(0, 0, 0); (10 * rate) as usize];
            let last = counted(&mut pace(rate), &mails).pop();
            prop_assert_eq!(last, Some(9_000));
        }
    }
}
