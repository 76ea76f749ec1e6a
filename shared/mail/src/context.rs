//! The data of a mail besides its message: sender, links, reader, time.

use std::fmt;

use domain::{Customer, EmailAddress, Language, Timestamp, text::Name};
use jiff::tz::TimeZone;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;
use uuid::Uuid;
use words::Words;

/// The surroundings of one copy of a message.
#[derive(Debug, Clone)]
pub struct Context<'a> {
    /// The desk's name for people: the sender's display name.
    pub desk_name: &'a Name,
    /// The desk's sender address, at a domain that SES has verified.
    pub sender: &'a EmailAddress,
    /// The recipient's own links, signed by the caller.
    pub links: Links,
    /// The recipient's language and time zone.
    pub reader: Reader,
    /// The people whom the message names, or whom its reader can ask.
    pub people: People,
    /// Tells whether the recipient has access to the organisation that the message is about: colleagues
    /// see each other's addresses.
    pub colleague: bool,
    /// When the mail is written: its `Date`, and what is past or still to come in its words.
    pub now: Timestamp,
    /// The message in the outbox. Every copy, and every repetition of a copy, carries the same.
    pub message_id: Uuid,
    /// The address of the pages: its host stands in message ids and in the mail's foot.
    pub base_url: &'a Url,
}

/// People beside the reader.
#[derive(Debug, Clone, Default)]
pub struct People {
    /// The name of the inviter, for an invitation.
    pub inviter: Option<Name>,
    /// Leads of the organisation, for mails about the reader's own access.
    pub leads: Vec<Person>,
}

/// Somebody to write to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their address.
    pub email: EmailAddress,
    /// Their name, if it is known.
    pub name: Option<Name>,
}

impl Person {
    /// The address that opens a mail to them.
    pub(crate) fn mailto(&self) -> String {
        let (local, domain) = self.email.as_str().rsplit_once('@').unwrap_or_default();
        let local = utf8_percent_encode(local, NON_ALPHANUMERIC);
        format!("mailto:{local}@{domain}")
    }

    /// Their name, or else their address.
    pub(crate) fn called(&self) -> &str {
        self.name.as_ref().map_or(self.email.as_str(), Name::as_str)
    }
}

impl fmt::Display for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(f, "{name} ({})", self.email),
            None => write!(f, "{}", self.email),
        }
    }
}

/// The links of one copy. Each is signed for its recipient alone.
#[derive(Debug, Clone, Default)]
pub struct Links {
    /// The address of the mail's button: the signed form of [`domain::Message::link`].
    pub main: Option<Url>,
    /// The way to stop such mails. Needed for mails about requests
    /// ([`domain::message::Urgency::Request`]); not used by any other.
    pub stop: Option<StopLinks>,
    /// The consoles of whoever asked for their link, besides what is their own. Used by that mail
    /// ([`domain::Mail::YourLink`]), and not by any other.
    pub consoles: Vec<Console>,
}

/// A lead's console, and the link that opens it.
#[derive(Debug, Clone)]
pub struct Console {
    /// The organisation's name.
    pub org_name: Name,
    /// The link.
    pub url: Url,
}

/// The ways to stop mails about requests.
#[derive(Debug, Clone)]
pub struct StopLinks {
    /// A page that offers to stop the mails about this request.
    pub request: Url,
    /// A page that offers to stop all mails about requests.
    pub all: Url,
    /// The address to which a mail program posts `List-Unsubscribe=One-Click` when its reader presses its own
    /// button (RFC 8058 §3.1). Over HTTPS wherever it is deployed.
    pub one_click: Url,
}

/// The language and the time zone of a recipient.
#[derive(Debug, Clone)]
pub struct Reader {
    /// The language of the mail.
    pub words: &'static Words,
    /// The zone in which times are told. It is always named beside them.
    pub zone: TimeZone,
}

impl Reader {
    /// From a language tag (BCP 47) and a time zone (IANA name). What is unknown or absent becomes
    /// English and UTC.
    ///
    /// The zone's rules come from the system's time zone database; where there is none, from the
    /// one that is compiled in.
    #[must_use]
    pub fn new(locale: Option<&str>, time_zone: Option<&str>) -> Self {
        Self {
            words: locale.and_then(Words::of_tag).unwrap_or_else(Words::source),
            zone: time_zone
                .and_then(|name| TimeZone::get(name).ok())
                .unwrap_or(TimeZone::UTC),
        }
    }

    /// The same reader in another language, when there are words of it.
    #[must_use]
    pub fn reading(self, language: Language) -> Self {
        Self {
            words: Words::find(language).unwrap_or(self.words),
            ..self
        }
    }

    /// As a customer chose it.
    #[must_use]
    pub fn of(customer: &Customer) -> Self {
        Self::new(
            customer.locale.as_ref().map(domain::text::Line::as_str),
            customer.time_zone.as_ref().map(domain::text::Line::as_str),
        )
    }
}

impl Default for Reader {
    fn default() -> Self {
        Self::new(None, None)
    }
}
