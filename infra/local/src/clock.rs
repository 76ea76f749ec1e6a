//! A clock that can be moved.
//!
//! It runs with the real time plus an offset. A move changes the offset, so between two moves time
//! passes as usual. A data directory keeps the offset: a bundle that was moved into next year comes
//! back in next year, together with its deadlines.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::SystemTime;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp};
use serde::{Deserialize, Serialize};

use crate::file;

/// The errors of moving the clock.
#[derive(Debug, thiserror::Error)]
pub enum ClockError {
    /// The duration is not one of ISO 8601, or not a positive one.
    #[error("`{0}` is not a positive ISO 8601 duration such as P90D or PT15M")]
    Duration(String),
    /// The instant is not one of RFC 3339.
    #[error("`{0}` is not an instant such as 2027-01-01T00:00:00Z")]
    Instant(String),
    /// The result lies outside the years that a timestamp can hold.
    #[error("the clock cannot be moved that far")]
    Range,
    /// The offset could not be kept in the data directory.
    #[error("the clock's offset could not be kept: {0}")]
    Keep(#[source] std::io::Error),
}

impl ClockError {
    /// Tells whether the same move may succeed later: only after an error of the disk.
    #[must_use]
    pub fn retryable(&self) -> bool {
        matches!(self, Self::Keep(_))
    }
}

/// The state that outlives a restart.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Kept {
    /// The seconds by which the clock is ahead of the real time.
    offset_seconds: i64,
}

/// The bundle's clock. Cheap to clone; every clone is the same clock.
#[derive(Debug, Clone)]
pub struct MovableClock {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    offset: Mutex<SignedDuration>,
    file: Option<PathBuf>,
}

impl MovableClock {
    /// A clock at the real time that forgets its offset.
    #[must_use]
    pub fn real() -> Self {
        Self::with(SignedDuration::ZERO, None)
    }

    /// The clock of a data directory: with the offset it had when the bundle stopped.
    ///
    /// # Errors
    ///
    /// If the kept offset exists but cannot be read.
    pub fn kept_in(data: &Path) -> std::io::Result<Self> {
        let path = data.join("clock.json");
        let kept: Kept = file::read_json(&path)?.unwrap_or_default();
        Ok(Self::with(
            SignedDuration::from_secs(kept.offset_seconds),
            Some(path),
        ))
    }

    fn with(offset: SignedDuration, file: Option<PathBuf>) -> Self {
        Self {
            inner: Arc::new(Inner {
                offset: Mutex::new(offset),
                file,
            }),
        }
    }

    /// The time by this clock, in whole milliseconds.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        whole_milliseconds(real_now(), self.offset())
    }

    /// The time by which this clock is ahead of the real time.
    #[must_use]
    pub fn offset(&self) -> SignedDuration {
        *self.lock()
    }

    /// Moves the clock ahead by an ISO 8601 duration (`P90D`, `P1Y`, `PT15M`). Years and months are
    /// those of the calendar, in UTC. Returns the new time.
    ///
    /// # Errors
    ///
    /// If the text is no positive duration, leads out of range, or the offset cannot be kept.
    pub fn advance(&self, duration: &str) -> Result<Timestamp, ClockError> {
        let target = self.after(duration)?;
        self.set(target)
    }

    /// The instant an ISO 8601 duration after now.
    ///
    /// # Errors
    ///
    /// If the text is no positive duration, or leads out of range.
    pub fn after(&self, duration: &str) -> Result<Timestamp, ClockError> {
        let span: Span = duration
            .parse()
            .map_err(|_| ClockError::Duration(duration.to_owned()))?;
        if !span.is_positive() {
            return Err(ClockError::Duration(duration.to_owned()));
        }
        let there = self
            .now()
            .to_zoned(TimeZone::UTC)
            .checked_add(span)
            .map_err(|_| ClockError::Range)?;
        Ok(there.timestamp())
    }

    /// Sets the clock to an instant. Returns the new time.
    ///
    /// # Errors
    ///
    /// If the instant is too close to the end of time, or the offset cannot be kept.
    pub fn set(&self, instant: Timestamp) -> Result<Timestamp, ClockError> {
        // A century of running time must still fit, so that `now` never fails.
        instant
            .checked_add(SignedDuration::from_hours(24 * 366 * 100))
            .map_err(|_| ClockError::Range)?;
        self.keep(instant.duration_since(real_now()))
    }

    /// Goes back by some days. Returns the offset with which it [comes back](Self::keep).
    ///
    /// # Errors
    ///
    /// If the result is out of range, or the offset cannot be kept.
    pub fn go_back(&self, days: u16) -> Result<SignedDuration, ClockError> {
        let offset = self.offset();
        let before = self.now() - SignedDuration::from_hours(24 * i64::from(days));
        self.set(before)?;
        Ok(offset)
    }

    /// Runs ahead of the real time by an offset from now on. Returns the new time.
    ///
    /// # Errors
    ///
    /// If the offset cannot be kept.
    pub fn keep(&self, offset: SignedDuration) -> Result<Timestamp, ClockError> {
        if let Some(path) = &self.inner.file {
            let kept = Kept {
                offset_seconds: offset.as_secs(),
            };
            file::write_json(path, &kept).map_err(ClockError::Keep)?;
        }
        *self.lock() = offset;
        Ok(self.now())
    }

    fn lock(&self) -> MutexGuard<'_, SignedDuration> {
        let offset = self.inner.offset.lock();
        offset.expect("no code panics while it holds the offset")
    }
}

fn whole_milliseconds(from: Timestamp, offset: SignedDuration) -> Timestamp {
    let exact = from
        .checked_add(offset)
        .expect("a move is refused when it would leave the range of timestamps");
    Timestamp::from_millisecond(exact.as_millisecond())
        .expect("less precision does not leave the range of timestamps")
}

/// The real time. No other code of the local bundle reads it.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the clock that everything else is handed"
)]
pub(crate) fn real_now() -> Timestamp {
    Timestamp::try_from(SystemTime::now()).expect("the present lies within the range of timestamps")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

    use super::*;

    fn seconds_between(from: Timestamp, to: Timestamp) -> i64 {
        to.duration_since(from).as_secs()
    }

    #[test]
    fn advancing_by_days_moves_it_by_these_days() {
        let clock = MovableClock::real();
        let before = clock.now();
        let after = clock.advance("P90D").unwrap();
        let moved = seconds_between(before, after);
        assert!((90 * 86_400..90 * 86_400 + 5).contains(&moved), "{moved}");
    }

    #[test]
    fn a_calendar_year_after_a_leap_day_is_the_last_of_february() {
        let clock = MovableClock::real();
        clock.set("2028-02-29T12:00:00Z".parse().unwrap()).unwrap();
        let after = clock.advance("P1Y").unwrap();
        assert!(
            after.to_string().starts_with("2029-02-28T12:00:0"),
            "{after}"
        );
    }

    #[test]
    fn every_clone_is_the_same_clock() {
        let clock = MovableClock::real();
        let other = clock.clone();
        clock.set("2027-01-01T00:00:00Z".parse().unwrap()).unwrap();
        assert!(other.now().to_string().starts_with("2027-01-01T00:00:0"));
    }

    #[test]
    fn it_comes_back_from_where_it_went() {
        let clock = MovableClock::real();
        clock.advance("P1D").unwrap();
        let before = clock.now();
        let offset = clock.go_back(30).unwrap();
        let back = seconds_between(clock.now(), before);
        assert!((30 * 86_400 - 5..=30 * 86_400).contains(&back), "{back}");
        let again = clock.keep(offset).unwrap();
        assert!((0..5).contains(&seconds_between(before, again)));
    }

    #[test]
    fn the_offset_outlives_a_restart() {
        let data = tempfile::tempdir().unwrap();
        let clock = MovableClock::kept_in(data.path()).unwrap();
        clock.advance("P30D").unwrap();
        let again = MovableClock::kept_in(data.path()).unwrap();
        assert_eq!(again.offset().as_secs(), clock.offset().as_secs());
    }

    #[test]
    fn what_is_no_forward_duration_is_refused() {
        let clock = MovableClock::real();
        for text in ["", "90", "P-3D", "-P3D", "PT0S", "tomorrow"] {
            assert!(
                matches!(clock.advance(text), Err(ClockError::Duration(_))),
                "{text}"
            );
        }
        assert!(matches!(clock.advance("P9000Y"), Err(ClockError::Range)));
    }
}
