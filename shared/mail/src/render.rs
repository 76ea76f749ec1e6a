//! From a message to a mail.

use domain::{
    EmailAddress, Mail, Message,
    message::{AboutRequest, Urgency},
};
use url::Url;

use crate::{
    context::Context,
    email::{Email, Mailbox},
    header::{Header, HeaderValue, InvalidHeader},
    letter::{Frame, Stop},
    letters,
    quote::shortened,
    thread,
};

/// The most characters of a subject: two names of the longest kind would not fit a header. Four
/// bytes each, they fit [`HeaderValue`].
const MAX_SUBJECT: usize = 200;

/// The reason why a message became no mail. None of these mends itself.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The mail asks its reader to do something that only its link can do, and there is none.
    #[error("a {kind} mail needs a link")]
    NoLink {
        /// The kind of mail.
        kind: &'static str,
    },
    /// The mail can be stopped, and the links that stop it are missing.
    #[error("a {kind} mail needs the links that stop it")]
    NoStopLinks {
        /// The kind of mail.
        kind: &'static str,
    },
    /// The base URL names no host.
    #[error("the base URL has no host")]
    NoHost,
    /// A value would break its header.
    #[error("the {header} header cannot be written")]
    Header {
        /// The header.
        header: &'static str,
        /// The mistake in it.
        source: InvalidHeader,
    },
    /// A template failed to write; the templates here have nothing that can.
    #[error("a template failed")]
    Template(#[from] askama::Error),
}

impl MailError {
    /// Tells whether the same message may be rendered later: never.
    #[must_use]
    pub fn retryable(&self) -> bool {
        false
    }
}

/// Writes the copy of a message for one recipient.
///
/// The same message, recipient and context give the same mail, byte for byte.
///
/// # Errors
/// When a link is missing that the mail cannot do without, or a value does not fit its header.
pub fn render(
    message: &Message,
    to: &EmailAddress,
    context: &Context<'_>,
) -> Result<Email, MailError> {
    let kind = message.mail.kind();
    let host = thread::host(context.base_url).ok_or(MailError::NoHost)?;
    let words = context.reader.words;
    let letter = letters::write(&message.mail, words, context);
    if letter.needs_link && context.links.main.is_none() {
        return Err(MailError::NoLink { kind });
    }
    let frame = Frame {
        words,
        desk: context.desk_name.as_str(),
        host,
        link: context.links.main.as_ref().map(Url::as_str),
        stop: stop(&message.mail, context)?,
    };
    let (text, html) = frame.write(&letter)?;
    Ok(Email {
        kind,
        message: context.message_id,
        date: context.now,
        language: words.lang,
        from: Mailbox {
            name: value("From", context.desk_name.as_str())?,
            address: context.sender.clone(),
        },
        to: to.clone(),
        subject: value("Subject", shortened(&letter.subject, MAX_SUBJECT))?,
        text,
        html,
        headers: headers(message, to, context, host)?,
    })
}

fn stop<'a>(mail: &Mail, context: &'a Context<'_>) -> Result<Stop<'a>, MailError> {
    if let Mail::ConfirmRequest { .. } = mail {
        return Ok(Stop::Unconfirmed);
    }
    match mail.urgency() {
        Urgency::Access => Ok(Stop::OwnAccess),
        Urgency::Desk => Ok(Stop::Desk),
        Urgency::Digest => Ok(Stop::Care),
        Urgency::Request => context
            .links
            .stop
            .as_ref()
            .map(Stop::Links)
            .ok_or(MailError::NoStopLinks { kind: mail.kind() }),
    }
}

fn value(header: &'static str, text: impl Into<String>) -> Result<HeaderValue, MailError> {
    HeaderValue::new(text).map_err(|source| MailError::Header { header, source })
}

fn headers(
    message: &Message,
    to: &EmailAddress,
    context: &Context<'_>,
    host: &str,
) -> Result<Vec<Header>, MailError> {
    let mut headers = Vec::new();
    let mut add = |name: &'static str, text: String| {
        headers.push(Header {
            name,
            value: value(name, text)?,
        });
        Ok::<_, MailError>(())
    };
    add(
        "Message-ID",
        thread::message_id(context.message_id, to, host),
    )?;
    if let Some(AboutRequest { id, .. }) = message.mail.request() {
        let thread = thread::request_thread(id, host);
        add("In-Reply-To", thread.clone())?;
        add("References", thread)?;
    }
    // RFC 3834 §5: no vacation notice comes back.
    add("Auto-Submitted", "auto-generated".to_owned())?;
    if let Stop::Links(stop) = stop(&message.mail, context)? {
        add("List-Unsubscribe", format!("<{}>", stop.one_click))?;
        add(
            "List-Unsubscribe-Post",
            "List-Unsubscribe=One-Click".to_owned(),
        )?;
    }
    add("X-Lanyard-Kind", message.mail.kind().to_owned())?;
    add("X-Lanyard-Message", context.message_id.to_string())?;
    Ok(headers)
}
