//! Instants as people say them.

use domain::Timestamp;
use jiff::{Unit, tz::TimeZone};

use crate::{context::Reader, words};

/// An instant, in the reader's words and for a machine.
pub(crate) struct When {
    /// The day: "Friday 4 December 2026".
    pub(crate) day: String,
    /// The day, the time and the zone: "Friday 4 December 2026, 10:30 (Europe/Berlin)".
    pub(crate) said: String,
    /// The instant in UTC (RFC 3339), to the second.
    pub(crate) exact: String,
}

/// What a language needs to say an instant.
pub(crate) struct Parts<'a> {
    /// 1 is Monday, 7 is Sunday.
    pub(crate) weekday: i8,
    /// 1 to 31.
    pub(crate) day: i8,
    /// 1 to 12.
    pub(crate) month: i8,
    pub(crate) year: i16,
    /// Hours and minutes, from `00:01` to `24:00`.
    pub(crate) time: &'a str,
    /// The zone's IANA name; none for UTC.
    pub(crate) zone: Option<&'a str>,
}

impl When {
    /// Tells an instant to a reader. Parts of a second are dropped, and in words those of a
    /// minute: a deadline is told early rather than late. For the same reason midnight is the end
    /// of a day, 24:00, and not the beginning of the next.
    pub(crate) fn new(at: Timestamp, reader: &Reader) -> Result<Self, askama::Error> {
        let zone = match reader.zone.iana_name() {
            // A zone without a name could not be told to the reader.
            None | Some("UTC" | "Etc/UTC" | "Etc/Unknown") => None,
            Some(name) => Some(name),
        };
        let local = at.to_zoned(match zone {
            Some(_) => reader.zone.clone(),
            None => TimeZone::UTC,
        });
        let midnight = local.hour() == 0 && local.minute() == 0;
        let (date, time) = match local.date().yesterday() {
            Ok(yesterday) if midnight => (yesterday, "24:00".to_owned()),
            Ok(_) | Err(_) => (
                local.date(),
                format!("{:02}:{:02}", local.hour(), local.minute()),
            ),
        };
        let parts = Parts {
            weekday: date.weekday().to_monday_one_offset(),
            day: date.day(),
            month: date.month(),
            year: date.year(),
            time: &time,
            zone,
        };
        let (day, said) = words::instant(reader.language, &parts)?;
        let seconds = at
            .round(
                jiff::TimestampRound::new()
                    .smallest(Unit::Second)
                    .mode(jiff::RoundMode::Floor),
            )
            .unwrap_or(at);
        Ok(Self {
            day,
            said,
            exact: seconds.to_string(),
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    fn said(at: &str, zone: Option<&str>) -> (String, String) {
        let when = When::new(at.parse().unwrap(), &Reader::new(None, zone)).unwrap();
        (when.said, when.exact)
    }

    #[test]
    fn an_instant_is_told_in_the_readers_zone_and_exactly() {
        assert_eq!(
            said("2026-12-04T09:30:59.9Z", Some("Europe/Berlin")),
            (
                "Friday 4 December 2026, 10:30 (Europe/Berlin)".into(),
                "2026-12-04T09:30:59Z".into()
            )
        );
        assert_eq!(
            said("2026-07-04T23:30:00Z", Some("Europe/Berlin")).0,
            "Sunday 5 July 2026, 01:30 (Europe/Berlin)"
        );
    }

    #[test]
    fn a_german_reads_a_german_date() {
        let reader = Reader::new(Some("de-AT"), Some("Europe/Vienna"));
        let when = When::new("2026-03-05T09:30:00Z".parse().unwrap(), &reader).unwrap();
        assert_eq!(when.day, "Donnerstag, 5. März 2026");
        assert_eq!(
            when.said,
            "Donnerstag, 5. März 2026, 10:30 Uhr (Europe/Vienna)"
        );
        let nobody = Reader::new(Some("de"), None);
        let when = When::new("2026-03-05T00:00:00Z".parse().unwrap(), &nobody).unwrap();
        assert_eq!(when.said, "Mittwoch, 4. März 2026, 24:00 Uhr UTC");
    }

    #[test]
    fn a_machine_without_time_zones_still_knows_them() {
        let compiled_in = jiff::tz::TimeZoneDatabase::bundled();
        for zone in ["Europe/Berlin", "Asia/Kolkata", "America/Sao_Paulo"] {
            assert!(compiled_in.get(zone).is_ok(), "{zone}");
        }
    }

    #[test]
    fn midnight_ends_a_day() {
        let told = (
            "Thursday 31 December 2026, 24:00 UTC".into(),
            "2027-01-01T00:00:00Z".into(),
        );
        assert_eq!(said("2027-01-01T00:00:00Z", None), told);
        assert_eq!(said("2027-01-01T00:00:00.7Z", None), told);
    }

    #[test]
    fn every_instant_can_be_told() {
        for instant in [Timestamp::MIN, Timestamp::MAX] {
            let reader = Reader::new(None, Some("Europe/Berlin"));
            assert!(When::new(instant, &reader).is_ok());
        }
    }

    #[test]
    fn an_unknown_zone_is_utc_and_says_so() {
        for zone in [
            None,
            Some("UTC"),
            Some("Etc/UTC"),
            Some("Atlantis/Capital"),
            Some("../etc"),
        ] {
            assert_eq!(
                said("2028-02-29T12:00:00Z", zone).0,
                "Tuesday 29 February 2028, 12:00 UTC"
            );
        }
    }
}
