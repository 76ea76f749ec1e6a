//! The time that an invocation has.

use std::time::Duration;

use domain::Timestamp;
use jiff::SignedDuration;

use crate::AppError;

/// The instant by which an invocation has to be over, if there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Deadline(Option<Timestamp>);

/// The time that is kept back before a deadline. It is as long as the longest piece of work that
/// cannot be stopped once it has begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Margin {
    /// A delivery is cut off wherever it is. The answer is all that is left to send.
    Answer,
    /// A row of a list, or a request that is handed over: one more transaction, and the answer.
    Transaction,
    /// A copy of a mail: a call to SES, and the mark that it is sent. What has no time left is
    /// reported, and given back for the next try.
    Copy,
    /// Work at a service desk elsewhere: the longest call there, and the record of its end.
    DeskCall,
    /// A membership in a sweep, and after it the record of the run with its digests.
    Run,
}

impl Margin {
    const fn span(self) -> SignedDuration {
        match self {
            Self::Answer => SignedDuration::from_millis(500),
            Self::Transaction => SignedDuration::from_millis(1_500),
            Self::Copy => SignedDuration::from_secs(5),
            Self::DeskCall => SignedDuration::from_secs(60),
            Self::Run => SignedDuration::from_secs(10),
        }
    }
}

impl Deadline {
    /// No deadline.
    pub const NONE: Self = Self(None);

    /// A deadline at this instant.
    #[must_use]
    pub const fn at(instant: Timestamp) -> Self {
        Self(Some(instant))
    }

    /// The deadline of work that may take this long from `now`, and no longer than this deadline.
    pub(crate) fn or_after(self, now: Timestamp, span: SignedDuration) -> Self {
        let end = now.saturating_add(span).unwrap_or(Timestamp::MAX);
        Self(Some(self.0.map_or(end, |instant| instant.min(end))))
    }

    /// The earlier deadline of a part, after which the whole needs this margin.
    pub(crate) fn before(self, margin: Margin) -> Self {
        let earlier = |at: Timestamp| at.saturating_sub(margin.span()).unwrap_or(at);
        Self(self.0.map(earlier))
    }

    /// Tells whether less than this margin is left.
    pub(crate) fn is_near(self, margin: Margin, now: Timestamp) -> bool {
        self.0
            .is_some_and(|at| at.duration_since(now) < margin.span())
    }

    /// Goes on only while there is time.
    ///
    /// # Errors
    /// [`AppError::OutOfTime`] when less than this margin is left.
    pub(crate) fn check(self, margin: Margin, now: Timestamp) -> Result<(), AppError> {
        if self.is_near(margin, now) {
            return Err(AppError::OutOfTime);
        }
        Ok(())
    }

    /// Waits for work that is cut off when only this margin is left.
    ///
    /// # Errors
    /// [`AppError::OutOfTime`] when it was cut off.
    pub(crate) async fn cut<T>(
        self,
        margin: Margin,
        now: Timestamp,
        work: impl Future<Output = T>,
    ) -> Result<T, AppError> {
        let Some(at) = self.0 else {
            return Ok(work.await);
        };
        let left = Duration::try_from(at.duration_since(now) - margin.span());
        let worked = tokio::time::timeout(left.unwrap_or_default(), work).await;
        worked.map_err(|_| AppError::OutOfTime)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn a_deadline_is_near_when_less_than_the_margin_is_left() {
        let now: Timestamp = "2026-11-22T09:30:00Z".parse().unwrap();
        let in_millis = |millis| Deadline::at(now + SignedDuration::from_millis(millis));
        assert!(!in_millis(1_500).is_near(Margin::Transaction, now));
        assert!(in_millis(1_499).is_near(Margin::Transaction, now));
        assert!(!Deadline::NONE.is_near(Margin::Run, now));
        // The part ends before the whole does.
        let part = in_millis(11_500).before(Margin::Run);
        assert_eq!(part, in_millis(1_500));
        let span = SignedDuration::from_secs(8);
        assert_eq!(Deadline::NONE.or_after(now, span), in_millis(8_000));
        assert_eq!(in_millis(20).or_after(now, span), in_millis(20));
    }
}
