//! A finished mail, and the bytes it is sent as.

use std::fmt;

use domain::{EmailAddress, Timestamp};
use mail_builder::{
    MessageBuilder,
    headers::{HeaderType, address::Address, content_type::ContentType, raw::Raw, text::Text},
    mime::MimePart,
};
use uuid::Uuid;

use crate::{
    encoded::{encoded_words, looks_encoded},
    header::{Header, HeaderValue},
    thread,
};

/// A name and an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    /// The display name.
    pub name: HeaderValue,
    /// The address.
    pub address: EmailAddress,
}

impl Mailbox {
    fn to_header(&self) -> HeaderType<'_> {
        let name = self.name.as_str();
        if looks_encoded(name) {
            Raw::new(format!("{} <{}>", encoded_words(name), self.address)).into()
        } else {
            Address::new_address(Some(name), self.address.as_str()).into()
        }
    }
}

/// A text as a header has it: plain, or in encoded words where it needs them.
fn unstructured(text: &str) -> HeaderType<'_> {
    if looks_encoded(text) {
        Raw::new(encoded_words(text)).into()
    } else {
        Text::new(text).into()
    }
}

/// A finished mail to one person. Only [`render`](crate::render()) makes one.
#[derive(Clone, PartialEq, Eq)]
pub struct Email {
    pub(crate) kind: &'static str,
    pub(crate) message: Uuid,
    pub(crate) date: Timestamp,
    pub(crate) language: &'static str,
    pub(crate) from: Mailbox,
    pub(crate) to: EmailAddress,
    pub(crate) subject: HeaderValue,
    pub(crate) text: String,
    pub(crate) html: String,
    pub(crate) headers: Vec<Header>,
}

impl Email {
    /// The kind of mail: [`domain::Mail::kind`].
    #[must_use]
    pub fn kind(&self) -> &'static str {
        self.kind
    }

    /// The message in the outbox.
    #[must_use]
    pub fn message(&self) -> Uuid {
        self.message
    }

    /// In whose name.
    #[must_use]
    pub fn from(&self) -> &Mailbox {
        &self.from
    }

    /// To whom.
    #[must_use]
    pub fn to(&self) -> &EmailAddress {
        &self.to
    }

    /// The subject, unencoded.
    #[must_use]
    pub fn subject(&self) -> &str {
        self.subject.as_str()
    }

    /// The plain text, with line feeds.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The HTML.
    #[must_use]
    pub fn html(&self) -> &str {
        &self.html
    }

    /// The header fields besides `From`, `To`, `Subject`, `Date` and those of MIME.
    #[must_use]
    pub fn headers(&self) -> &[Header] {
        &self.headers
    }

    /// The value of one of [`headers`](Self::headers), by its exact name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|header| header.name == name)
            .map(|header| header.value.as_str())
    }

    /// The mail as it is sent: a `multipart/alternative` (RFC 2046 §5.1.4) of the text and the
    /// HTML in UTF-8, with names and subject as encoded words where they need it (RFC 2047).
    /// The same mail gives the same bytes.
    #[must_use]
    pub fn to_mime(&self) -> Vec<u8> {
        let boundary = thread::boundary(self.message, &self.to);
        let body = MimePart::new(
            ContentType::new("multipart/alternative").attribute("boundary", boundary),
            vec![
                MimePart::new("text/plain", self.text.as_str()),
                MimePart::new("text/html", self.html.as_str()),
            ],
        );
        let mut builder = MessageBuilder::new()
            .header("From", self.from.to_header())
            .to(Address::from(self.to.as_str()))
            .header("Subject", unstructured(self.subject.as_str()))
            .date(self.date.as_second())
            .header("Content-Language", Raw::new(self.language));
        for header in &self.headers {
            builder = builder.header(header.name, Raw::new(header.value.as_str()));
        }
        let mut bytes = Vec::new();
        builder.body(body).serialize(&mut bytes);
        bytes
    }
}

/// A mail is full of what no log may carry, so `Debug` shows which one it is and nothing of it.
impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Email")
            .field("kind", &self.kind)
            .field("message", &self.message)
            .finish_non_exhaustive()
    }
}
