//! The reader of a page, with their language and time zone.

use std::fmt;

use domain::{Customer, EmailAddress, Timestamp, text::Line};
use jiff::tz::TimeZone;
use lambda_http::http::{HeaderMap, header};

#[cfg(test)]
use words::LANGUAGES;
use words::{When, Words};

use crate::{http::cookies, navigation::Navigation};

/// The language, time zone and links of a page's reader.
#[derive(Debug, Clone)]
pub(crate) struct Reader {
    /// The language.
    pub(crate) words: &'static Words,
    /// True if they chose the language on their profile.
    pub(crate) chose_language: bool,
    /// The zone in which instants are told.
    pub(crate) zone: TimeZone,
    /// The time at which they read.
    pub(crate) now: Timestamp,
    /// The other areas that they can open.
    pub(crate) navigation: Navigation,
    /// The person and the form that ends their session, on the pages of one.
    pub(crate) signed_in: Option<SignedIn>,
}

/// Somebody with a session, and the form that ends it in their browser.
#[derive(Clone)]
pub(crate) struct SignedIn {
    pub(crate) email: EmailAddress,
    /// The form's token.
    pub(crate) token: String,
}

impl fmt::Debug for SignedIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SignedIn")
    }
}

/// Somebody of whom nothing is known.
#[cfg(test)]
pub(crate) static ANYBODY: Reader = Reader {
    words: &LANGUAGES[0],
    chose_language: false,
    zone: TimeZone::UTC,
    now: Timestamp::constant(1_796_083_200, 0),
    navigation: Navigation::NONE,
    signed_in: None,
};

impl Reader {
    /// Somebody of whom only the language is known.
    #[cfg(test)]
    pub(crate) fn speaking(words: &'static Words) -> Self {
        Self {
            words,
            ..ANYBODY.clone()
        }
    }

    /// The sender of these headers: what they chose on their profile goes before `switched`, the
    /// language that the foot of a page was switched to, and that before what their browser asks
    /// for.
    pub(crate) fn of(
        headers: &HeaderMap,
        switched: Option<&'static Words>,
        customer: Option<&Customer>,
        now: Timestamp,
    ) -> Self {
        let chosen = customer
            .and_then(|customer| customer.locale.as_ref())
            .and_then(|tag| Words::of_tag(tag.as_str()));
        let zone = customer
            .and_then(|customer| customer.time_zone.clone())
            .and_then(|name| zone_of(&name))
            .or_else(|| zone_of(&zone_of_browser(headers)?));
        Self {
            words: chosen.or(switched).unwrap_or_else(|| asked_for(headers)),
            chose_language: chosen.is_some(),
            zone: zone.unwrap_or(TimeZone::UTC),
            now,
            navigation: Navigation::default(),
            signed_in: None,
        }
    }

    /// An instant in the past, counted back from now.
    pub(crate) fn ago(&self, at: Timestamp) -> When {
        When::ago(at, self.now, self.words, &self.zone)
    }

    /// A day in the past, counted back from today.
    pub(crate) fn days_ago(&self, at: Timestamp) -> When {
        When::days_ago(at, self.now, self.words, &self.zone)
    }

    /// A deadline, as this reader is told it.
    pub(crate) fn deadline(&self, at: Timestamp) -> When {
        When::deadline(at, self.words, &self.zone)
    }

    /// A deadline in a list of many, as this reader is told it.
    pub(crate) fn end(&self, at: Timestamp) -> When {
        When::end(at, self.words, &self.zone)
    }
}

fn zone_of(name: &Line<64>) -> Option<TimeZone> {
    TimeZone::get(name.as_str()).ok()
}

/// The name of the browser's time zone, as the script of the pages tells it.
pub(crate) fn zone_of_browser(headers: &HeaderMap) -> Option<Line<64>> {
    app::profile::time_zone(cookies::value(headers, cookies::ZONE)?)
}

/// The language that the browser keeps, or else asks for.
fn asked_for(headers: &HeaderMap) -> &'static Words {
    if let Some(kept) = cookies::value(headers, cookies::LANGUAGE).and_then(Words::of_tag) {
        return kept;
    }
    headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|header| header.to_str().ok())
        .map_or_else(Words::source, Words::negotiated)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use lambda_http::http::HeaderValue;

    use super::*;

    fn reader(headers: &HeaderMap, customer: &Customer) -> Reader {
        Reader::of(headers, None, Some(customer), Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn a_choice_goes_before_what_the_browser_asks_for() {
        let mut headers = HeaderMap::new();
        headers.insert(
            header::ACCEPT_LANGUAGE,
            HeaderValue::from_static("xx, de;q=0.5"),
        );
        let mut customer = Customer::new("lena@acme.example".parse().unwrap(), None);
        let by_browser = reader(&headers, &customer).words.lang;
        assert_eq!(by_browser, "de");
        customer.locale = Some("en-GB".parse().unwrap());
        assert_eq!(reader(&headers, &customer).words.lang, "en");
    }

    #[test]
    fn a_language_switched_to_counts_now_and_is_kept_for_later() {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static("de"));
        let cookie = HeaderValue::from_static("language=fr");
        headers.insert(header::COOKIE, cookie);
        let mut customer = Customer::new("lena@acme.example".parse().unwrap(), None);
        let now = Timestamp::UNIX_EPOCH;
        let lang = |switched, customer: &Customer| {
            Reader::of(&headers, switched, Some(customer), now)
                .words
                .lang
        };
        assert_eq!(lang(None, &customer), "fr");
        assert_eq!(lang(Words::of_tag("en"), &customer), "en");
        customer.locale = Some("de".parse().unwrap());
        assert_eq!(lang(Words::of_tag("en"), &customer), "de");
    }

    #[test]
    fn a_zone_that_nobody_knows_is_none() {
        let mut customer = Customer::new("lena@acme.example".parse().unwrap(), None);
        let zone = |customer: &Customer| reader(&HeaderMap::new(), customer).zone;
        customer.time_zone = Some("Europe/Atlantis".parse().unwrap());
        assert_eq!(zone(&customer), TimeZone::UTC);
        customer.time_zone = Some("Europe/Berlin".parse().unwrap());
        assert_eq!(zone(&customer).iana_name(), Some("Europe/Berlin"));
    }

    #[test]
    fn the_browsers_zone_counts_for_whoever_chose_none() {
        let mut customer = Customer::new("lena@acme.example".parse().unwrap(), None);
        let mut headers = HeaderMap::new();
        let cookie = HeaderValue::from_static("zone=America/Sao_Paulo");
        headers.insert(header::COOKIE, cookie);
        let zone = reader(&headers, &customer).zone;
        assert_eq!(zone.iana_name(), Some("America/Sao_Paulo"));
        customer.time_zone = Some("Europe/Berlin".parse().unwrap());
        let zone = reader(&headers, &customer).zone;
        assert_eq!(zone.iana_name(), Some("Europe/Berlin"));
        let cookie = HeaderValue::from_static("zone=../etc/passwd");
        headers.insert(header::COOKIE, cookie);
        customer.time_zone = None;
        assert_eq!(reader(&headers, &customer).zone, TimeZone::UTC);
    }
}
