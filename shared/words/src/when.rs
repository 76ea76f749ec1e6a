//! Instants as people say them, in the reader's language and zone.

use domain::Timestamp;
use jiff::{RoundMode, TimestampRound, Unit, Zoned, civil::Date, tz::TimeZone};

use crate::{Words, file::Instants, with};

/// An instant, in words and for a machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    /// The day: "Friday 4 December 2026".
    pub day: String,
    /// The instant as its reader is told it: "3 days ago", "Friday 4 December 2026, 10:30 UTC".
    pub said: String,
    /// The calendar's words for it, where those above count back from now.
    pub full: Option<String>,
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
        let said = instant(&day, &time, words, zone);
        Self::told(at, day, said)
    }

    /// An instant in the past, counted back from now: "5 minutes ago", "yesterday", "1 year ago".
    /// One that is still to come is told by the calendar.
    #[must_use]
    pub fn ago(at: Timestamp, now: Timestamp, words: &Words, zone: &TimeZone) -> Self {
        let past = Self::past(at, words, zone);
        let seconds = now.duration_since(at).as_secs();
        let words = &words.instants;
        let ago = match seconds {
            ..0 => return past,
            0..60 => words.just_now.to_owned(),
            60..3_600 => words.minutes_ago(seconds / 60),
            3_600..86_400 => words.hours_ago(seconds / 3_600),
            86_400.. => days_ago(local(at, zone).date(), local(now, zone).date(), words),
        };
        past.counted_back(ago)
    }

    /// A day in the past, counted back from today, for places where the time of day says nothing.
    #[must_use]
    pub fn days_ago(at: Timestamp, now: Timestamp, words: &Words, zone: &TimeZone) -> Self {
        let (then, today) = (local(at, zone).date(), local(now, zone).date());
        let day = date(then, words);
        let past = Self::told(at, day.clone(), day);
        if then > today {
            return past;
        }
        past.counted_back(days_ago(then, today, &words.instants))
    }

    /// A deadline. Parts of a minute are dropped, so that it is told early rather than late. For
    /// the same reason midnight is the end of a day and not the beginning of the next.
    #[must_use]
    pub fn deadline(at: Timestamp, words: &Words, zone: &TimeZone) -> Self {
        Self::at_the_latest(at, date_with_weekday, words, zone)
    }

    /// A deadline in a list of many, without the day of the week.
    #[must_use]
    pub fn end(at: Timestamp, words: &Words, zone: &TimeZone) -> Self {
        Self::at_the_latest(at, date, words, zone)
    }

    fn at_the_latest(
        at: Timestamp,
        date: fn(Date, &Words) -> String,
        words: &Words,
        zone: &TimeZone,
    ) -> Self {
        let local = local(at, zone);
        let midnight = local.hour() == 0 && local.minute() == 0;
        let (day, said) = match local.date().yesterday() {
            Ok(yesterday) if midnight => {
                let day = date(yesterday, words);
                let said = words.instants.end_of_day(&day);
                (day, said)
            }
            Ok(_) | Err(_) => {
                let day = date(local.date(), words);
                let time = format!("{:02}:{:02}", local.hour(), local.minute());
                let said = instant(&day, &time, words, zone);
                (day, said)
            }
        };
        Self::told(at, day, said)
    }

    fn told(at: Timestamp, day: String, said: String) -> Self {
        let seconds = TimestampRound::new()
            .smallest(Unit::Second)
            .mode(RoundMode::Floor);
        Self {
            day,
            said,
            full: None,
            exact: at.round(seconds).unwrap_or(at).to_string(),
        }
    }

    fn counted_back(self, ago: String) -> Self {
        Self {
            full: Some(self.said),
            said: ago,
            ..self
        }
    }
}

fn instant(day: &str, time: &str, words: &Words, zone: &TimeZone) -> String {
    words.instants.instant(
        with::Date(day),
        with::Time(time),
        with::Zone(name(zone).unwrap_or("UTC")),
    )
}

/// The largest unit of the calendar that has passed between two days.
fn days_ago(then: Date, today: Date, words: &Instants) -> String {
    let Ok(passed) = then.until((Unit::Year, today)) else {
        return words.long_ago.to_owned();
    };
    match (passed.get_years(), passed.get_months(), passed.get_days()) {
        (0, 0, 0) => words.today.to_owned(),
        (0, 0, 1) => words.yesterday.to_owned(),
        (0, 0, days) => words.days_ago(i64::from(days)),
        (0, months, _) => words.months_ago(i64::from(months)),
        (years, _, _) => words.years_ago(i64::from(years)),
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
            let said = "the end of Thursday 31 December 2026";
            assert_eq!(deadline(midnight, &utc), said);
            let brief = When::end(midnight.parse().unwrap(), words("en"), &utc);
            assert_eq!(brief.said, "the end of 31 December 2026");
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

    /// The words for an instant, seen from noon of 30 November 2026 in Berlin.
    fn ago(at: &str, tag: &str) -> When {
        let now = "2026-11-30T11:00:00Z".parse().unwrap();
        When::ago(at.parse().unwrap(), now, words(tag), &zone("Europe/Berlin"))
    }

    fn days_ago(at: &str, tag: &str) -> When {
        let now = "2026-11-30T11:00:00Z".parse().unwrap();
        When::days_ago(at.parse().unwrap(), now, words(tag), &zone("Europe/Berlin"))
    }

    #[test]
    fn the_past_is_counted_back_in_the_largest_unit_that_passed() {
        for (at, said) in [
            ("2026-11-30T11:00:00Z", "just now"),
            ("2026-11-30T10:59:00Z", "1 minute ago"),
            ("2026-11-30T10:00:01Z", "59 minutes ago"),
            ("2026-11-30T10:00:00Z", "1 hour ago"),
            ("2026-11-29T22:59:00Z", "12 hours ago"),
            ("2026-11-29T11:00:00Z", "yesterday"),
            ("2026-11-28T22:59:00Z", "2 days ago"),
            ("2026-10-31T11:00:00Z", "30 days ago"),
            ("2026-10-29T11:00:00Z", "1 month ago"),
            ("2025-12-01T11:00:00Z", "11 months ago"),
            ("2025-11-30T11:00:00Z", "1 year ago"),
            ("2024-01-01T11:00:00Z", "2 years ago"),
        ] {
            assert_eq!(ago(at, "en").said, said, "{at}");
        }
        let full = ago("2025-11-30T11:00:00Z", "en").full;
        assert_eq!(
            full.as_deref(),
            Some("30 November 2025, 12:00\u{a0}Europe/Berlin")
        );
    }

    #[test]
    fn days_are_those_of_the_readers_calendar() {
        assert_eq!(days_ago("2026-11-29T23:00:00Z", "en").said, "today");
        let yesterday = days_ago("2026-11-29T22:59:59Z", "en");
        assert_eq!(yesterday.said, "yesterday");
        assert_eq!(yesterday.full.as_deref(), Some("29 November 2026"));
    }

    #[test]
    fn the_past_is_counted_back_in_every_language() {
        for (tag, said) in [
            (
                "de",
                ["vor 2 Stunden", "gestern", "vor 5 Tagen", "vor 1 Jahr"],
            ),
            (
                "fr",
                ["il y a 2 heures", "hier", "il y a 5 jours", "il y a 1 an"],
            ),
        ] {
            let times = [
                "2026-11-30T09:00:00Z",
                "2026-11-29T10:00:00Z",
                "2026-11-25T10:00:00Z",
                "2025-11-30T10:00:00Z",
            ];
            assert_eq!(times.map(|at| ago(at, tag).said), said);
        }
    }

    #[test]
    fn the_end_of_a_day_is_told_in_every_language() {
        let midnight = "2027-01-01T00:00:00Z".parse().unwrap();
        for (tag, said) in [
            ("en", "the end of 31 December 2026"),
            ("de", "31. Dezember 2026, 24\u{a0}Uhr"),
            ("fr", "31 décembre 2026 en fin de journée"),
        ] {
            let end = When::end(midnight, words(tag), &TimeZone::UTC);
            assert_eq!((end.said.as_str(), end.full), (said, None));
        }
    }

    #[test]
    fn what_is_still_to_come_is_not_counted_back() {
        let soon = ago("2026-11-30T11:00:01Z", "en");
        assert_eq!(soon.said, "30 November 2026, 12:00\u{a0}Europe/Berlin");
        assert_eq!(soon.full, None);
        let tomorrow = days_ago("2026-12-01T11:00:00Z", "en");
        assert_eq!(tomorrow.said, "1 December 2026");
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
            assert!(
                !When::ago(at, Timestamp::MAX, words("fr"), &zone)
                    .said
                    .is_empty()
            );
            assert!(
                !When::days_ago(at, Timestamp::MAX, words("fr"), &zone)
                    .said
                    .is_empty()
            );
        }
    }
}
