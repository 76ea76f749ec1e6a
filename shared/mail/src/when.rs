//! Instants as people say them.

use domain::Timestamp;
use jiff::{Unit, tz::TimeZone};

use crate::{
    context::{Language, Reader},
    words,
};

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
    /// Hours and minutes, `09:30`.
    pub(crate) time: &'a str,
    /// The zone's IANA name; none for UTC.
    pub(crate) zone: Option<&'a str>,
}

impl When {
    /// Tells an instant to a reader. Parts of a second are dropped, and in words those of a
    /// minute: a deadline is told early rather than late.
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
        let time = format!("{:02}:{:02}", local.hour(), local.minute());
        let parts = Parts {
            weekday: local.weekday().to_monday_one_offset(),
            day: local.day(),
            month: local.month(),
            year: local.year(),
            time: &time,
            zone,
        };
        let (day, said) = match reader.language {
            Language::English => words::english_instant(&parts)?,
        };
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
    fn an_unknown_zone_is_utc_and_says_so() {
        for zone in [
            None,
            Some("UTC"),
            Some("Etc/UTC"),
            Some("Atlantis/Capital"),
            Some("../etc"),
        ] {
            assert_eq!(
                said("2028-02-29T00:00:00Z", zone).0,
                "Tuesday 29 February 2028, 00:00 UTC"
            );
        }
    }
}
