//! Instants as people say them, in the reader's language and zone.

use domain::Timestamp;
use jiff::{RoundMode, TimestampRound, Unit, Zoned, civil::Date, tz::TimeZone};

use crate::{Words, with};

/// An instant, in words and for a machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    /// The day: "Friday 4 December 2026".
    pub day: String,
    /// The day, the time and the zone: "Friday 4 December 2026, 10:30 UTC".
    pub said: String,
    /// The instant in UTC, to the second (RFC 3339).
    pub exact: String,
}

impl When {
    /// An instant in the past, without the day of the week.
    #[must_use]
    pub fn past(at: Timestamp, words: &Words, zone: &TimeZone) -> Self {
        let local = local(at, zone);
        let time = format!("{:02}:{:02}", local.hour(), local.minute());
        let day = date(local.date(), words);
        Self::told(at, day, &time, words, zone)
    }

    /// A deadline. Parts of a minute are dropped, so that it is told early rather than late. For
    /// the same reason midnight is the end of a day, 24:00, and not the beginning of the next.
    #[must_use]
    pub fn deadline(at: Timestamp, words: &Words, zone: &TimeZone) -> Self {
        let (day, time) = at_the_latest(&local(at, zone));
        Self::told(at, date_with_weekday(day, words), &time, words, zone)
    }

    /// A deadline in a list of many, without the day of the week.
    #[must_use]
    pub fn end(at: Timestamp, words: &Words, zone: &TimeZone) -> Self {
        let (day, time) = at_the_latest(&local(at, zone));
        Self::told(at, date(day, words), &time, words, zone)
    }

    fn told(at: Timestamp, day: String, time: &str, words: &Words, zone: &TimeZone) -> Self {
        let seconds = TimestampRound::new()
            .smallest(Unit::Second)
            .mode(RoundMode::Floor);
        Self {
            said: words.instants.instant(
                with::Date(&day),
                with::Time(time),
                with::Zone(name(zone).unwrap_or("UTC")),
            ),
            day,
            exact: at.round(seconds).unwrap_or(at).to_string(),
        }
    }
}

impl Words {
    /// A month: "December 2026".
    #[must_use]
    pub fn month(&self, year: i16, month: i8) -> String {
        let month = self.instants.month(month);
        self.instants
            .month_of_year(with::Month(month), with::Year(year))
    }
}

fn date(date: Date, words: &Words) -> String {
    words.instants.date(
        with::Day(date.day()),
        with::Month(words.instants.month(date.month())),
        with::Year(date.year()),
    )
}

fn date_with_weekday(date: Date, words: &Words) -> String {
    let weekday = date.weekday().to_monday_one_offset();
    words.instants.date_with_weekday(
        with::Day(date.day()),
        with::Month(words.instants.month(date.month())),
        with::Weekday(words.instants.weekday(weekday)),
        with::Year(date.year()),
    )
}

fn at_the_latest(local: &Zoned) -> (Date, String) {
    let midnight = local.hour() == 0 && local.minute() == 0;
    match local.date().yesterday() {
        Ok(yesterday) if midnight => (yesterday, "24:00".to_owned()),
        Ok(_) | Err(_) => (
            local.date(),
            format!("{:02}:{:02}", local.hour(), local.minute()),
        ),
    }
}

/// Returns a zone's name. A zone without one could not be told to the reader.
fn name(zone: &TimeZone) -> Option<&str> {
    zone.iana_name()
        .filter(|name| !matches!(*name, "UTC" | "Etc/UTC" | "Etc/Unknown"))
}

fn local(at: Timestamp, zone: &TimeZone) -> Zoned {
    at.to_zoned(match name(zone) {
        Some(_) => zone.clone(),
        None => TimeZone::UTC,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    fn words(tag: &str) -> &'static Words {
        Words::of_tag(tag).unwrap()
    }

    fn zone(name: &str) -> TimeZone {
        TimeZone::get(name).unwrap()
    }

    fn deadline(at: &str, zone: &TimeZone) -> String {
        When::deadline(at.parse().unwrap(), words("en"), zone).said
    }

    #[test]
    fn an_instant_is_told_with_its_zone_and_exactly() {
        let at = "2026-12-04T09:30:59.9Z".parse().unwrap();
        let when = When::past(at, words("en"), &TimeZone::UTC);
        assert_eq!(when.said, "4 December 2026, 09:30\u{a0}UTC");
        assert_eq!(when.exact, "2026-12-04T09:30:59Z");
        let when = When::past(at, words("en"), &zone("Europe/Berlin"));
        assert_eq!(when.said, "4 December 2026, 10:30\u{a0}Europe/Berlin");
    }

    #[test]
    fn a_deadline_names_the_day_and_midnight_ends_it() {
        let utc = TimeZone::UTC;
        assert_eq!(
            deadline("2026-12-04T09:30:00Z", &utc),
            "Friday 4 December 2026, 09:30\u{a0}UTC"
        );
        assert_eq!(
            deadline("2026-07-04T23:30:00Z", &zone("Europe/Berlin")),
            "Sunday 5 July 2026, 01:30\u{a0}Europe/Berlin"
        );
        for midnight in ["2027-01-01T00:00:00Z", "2027-01-01T00:00:30.7Z"] {
            let said = "Thursday 31 December 2026, 24:00\u{a0}UTC";
            assert_eq!(deadline(midnight, &utc), said);
            let brief = When::end(midnight.parse().unwrap(), words("en"), &utc);
            assert_eq!(brief.said, "31 December 2026, 24:00\u{a0}UTC");
        }
    }

    #[test]
    fn a_german_reads_a_german_date() {
        let (at, zone) = ("2026-03-05T09:30:00Z", zone("Europe/Vienna"));
        let when = When::deadline(at.parse().unwrap(), words("de"), &zone);
        assert_eq!(when.day, "Donnerstag, 5. März 2026");
        assert_eq!(
            when.said,
            "Donnerstag, 5. März 2026, 10:30\u{a0}Uhr\u{a0}Europe/Vienna"
        );
        assert_eq!(words("de").month(2026, 3), "März 2026");
    }

    #[test]
    fn a_zone_that_cannot_be_named_is_utc() {
        for zone in [TimeZone::unknown(), TimeZone::fixed(jiff::tz::offset(3))] {
            assert_eq!(
                deadline("2028-02-29T12:00:00Z", &zone),
                "Tuesday 29 February 2028, 12:00\u{a0}UTC"
            );
        }
    }

    #[test]
    fn a_machine_without_time_zones_still_knows_them() {
        let compiled_in = jiff::tz::TimeZoneDatabase::bundled();
        for zone in ["Europe/Berlin", "Asia/Kolkata", "America/Sao_Paulo"] {
            assert!(compiled_in.get(zone).is_ok(), "{zone}");
        }
    }

    #[test]
    fn every_instant_can_be_told() {
        let zone = zone("Europe/Berlin");
        for at in [Timestamp::MIN, Timestamp::MAX] {
            assert!(!When::past(at, words("en"), &zone).said.is_empty());
            assert!(!When::deadline(at, words("de"), &zone).exact.is_empty());
        }
    }
}
