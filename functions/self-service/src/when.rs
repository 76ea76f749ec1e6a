//! Instants as people say them, in the reader's language and zone.

use domain::Timestamp;
use jiff::{Unit, Zoned, tz::TimeZone};

use crate::reader::Reader;

/// An instant, in words and for a machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct When {
    /// In words: "Friday 4 December 2026, 10:30 UTC".
    pub(crate) said: String,
    /// To the second (RFC 3339).
    pub(crate) exact: String,
}

/// What a language needs to say an instant.
pub(crate) struct Parts {
    /// 1 is Monday, 7 is Sunday; none where the day of the week does not matter.
    pub(crate) weekday: Option<i8>,
    /// 1 to 31.
    pub(crate) day: i8,
    /// 1 to 12.
    pub(crate) month: i8,
    pub(crate) year: i16,
    /// Hours and minutes, from `00:00` to `24:00`.
    pub(crate) time: String,
    /// The zone's IANA name, or UTC.
    pub(crate) zone: String,
}

impl When {
    /// Something that happened.
    pub(crate) fn past(at: Timestamp, reader: &Reader) -> Self {
        let local = local(at, reader);
        let time = format!("{:02}:{:02}", local.hour(), local.minute());
        Self::told(at, local.date(), None, time, reader)
    }

    /// A deadline. Midnight is the end of a day, 24:00, and not the beginning of the next; parts
    /// of a minute are dropped: it is told early rather than late.
    pub(crate) fn deadline(at: Timestamp, reader: &Reader) -> Self {
        Self::at_the_latest(at, true, reader)
    }

    /// A deadline in a list of many, without the day of the week.
    pub(crate) fn end(at: Timestamp, reader: &Reader) -> Self {
        Self::at_the_latest(at, false, reader)
    }

    fn at_the_latest(at: Timestamp, with_weekday: bool, reader: &Reader) -> Self {
        let local = local(at, reader);
        let midnight = local.hour() == 0 && local.minute() == 0;
        let (date, time) = match local.date().yesterday() {
            Ok(yesterday) if midnight => (yesterday, "24:00".to_owned()),
            Ok(_) | Err(_) => (
                local.date(),
                format!("{:02}:{:02}", local.hour(), local.minute()),
            ),
        };
        let weekday = with_weekday.then(|| date.weekday().to_monday_one_offset());
        Self::told(at, date, weekday, time, reader)
    }

    fn told(
        at: Timestamp,
        date: jiff::civil::Date,
        weekday: Option<i8>,
        time: String,
        reader: &Reader,
    ) -> Self {
        let parts = Parts {
            weekday,
            day: date.day(),
            month: date.month(),
            year: date.year(),
            time,
            zone: name(&reader.zone).unwrap_or("UTC").to_owned(),
        };
        let seconds = jiff::TimestampRound::new()
            .smallest(Unit::Second)
            .mode(jiff::RoundMode::Floor);
        Self {
            said: (reader.words.instant)(&parts),
            exact: at.round(seconds).unwrap_or(at).to_string(),
        }
    }
}

/// A zone's name; a zone without one could not be told to the reader.
fn name(zone: &TimeZone) -> Option<&str> {
    zone.iana_name()
        .filter(|name| !matches!(*name, "UTC" | "Etc/UTC" | "Etc/Unknown"))
}

fn local(at: Timestamp, reader: &Reader) -> Zoned {
    match name(&reader.zone) {
        Some(_) => at.to_zoned(reader.zone.clone()),
        None => at.to_zoned(TimeZone::UTC),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;
    use crate::reader::ANYBODY;

    #[test]
    fn an_instant_is_told_with_its_zone_and_exactly() {
        let when = When::past("2026-12-04T09:30:59.9Z".parse().unwrap(), &ANYBODY);
        assert_eq!(when.said, "4 December 2026, 09:30\u{a0}UTC");
        assert_eq!(when.exact, "2026-12-04T09:30:59Z");
    }

    #[test]
    fn a_deadline_names_the_day_and_midnight_ends_it() {
        let said = |at: &str| When::deadline(at.parse().unwrap(), &ANYBODY).said;
        assert_eq!(
            said("2026-12-04T09:30:00Z"),
            "Friday 4 December 2026, 09:30\u{a0}UTC"
        );
        assert_eq!(
            said("2027-01-01T00:00:30Z"),
            "Thursday 31 December 2026, 24:00\u{a0}UTC"
        );
        let brief = When::end("2027-01-01T00:00:30Z".parse().unwrap(), &ANYBODY);
        assert_eq!(brief.said, "31 December 2026, 24:00\u{a0}UTC");
    }

    #[test]
    fn every_instant_can_be_told() {
        for at in [Timestamp::MIN, Timestamp::MAX] {
            assert!(!When::past(at, &ANYBODY).said.is_empty());
            assert!(!When::deadline(at, &ANYBODY).exact.is_empty());
        }
    }
}
