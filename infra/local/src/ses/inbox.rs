//! The inbox, `/_local/mail`: the captured mails, as people see them.
//!
//! One page that works without script: a list and the open mail. A mail's HTML is in a sandboxed
//! frame without scripts, and the page's policy keeps it from loading anything from elsewhere.

use std::collections::BTreeSet;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use http::{StatusCode, header};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

use crate::local::Local;
use crate::ses::kind;
use crate::ses::message::Message;

/// The number of mails in the list.
const LISTED: usize = 200;

/// Allows nothing from elsewhere, not even pictures; the frame inherits this.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; \
    img-src data:; connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";

/// The choices of the reader.
#[derive(Debug, Default, Deserialize)]
pub struct InboxFilter {
    /// Only mails to this address.
    #[serde(default)]
    to: String,
    /// The open mail.
    id: Option<String>,
    /// `text` for the plain text.
    #[serde(rename = "view")]
    form: Option<String>,
}

#[derive(Template)]
#[template(path = "inbox.html")]
struct InboxView {
    to: String,
    now: String,
    now_full: String,
    /// The number of mails that match.
    total: usize,
    /// The number of captured mails.
    captured: usize,
    /// The number of those that nobody looked at.
    fresh: usize,
    /// Everybody who was mailed, with `true` for the one whose mails are shown.
    recipients: Vec<(String, bool)>,
    older: usize,
    rows: Vec<Row>,
    open: Option<Open>,
    /// True if the reader chose the open mail, false if it is the newest.
    chosen: bool,
    as_text: bool,
    list_href: String,
}

/// Everything that was captured, as of now.
struct Captured {
    mails: Vec<Message>,
    fresh: BTreeSet<String>,
    now: Timestamp,
}

struct Row {
    href: String,
    to: String,
    subject: String,
    kind: String,
    at: String,
    at_full: String,
    open: bool,
    /// True if nobody looked at it since it came.
    fresh: bool,
}

struct Open {
    href: String,
    from: String,
    to: String,
    subject: String,
    kind: String,
    at: String,
    at_full: String,
    text: String,
    html: String,
    links: Vec<String>,
    headers: Vec<(String, String)>,
}

/// Shows the inbox.
pub(crate) async fn page(
    State(local): State<Arc<Local>>,
    Query(view): Query<InboxFilter>,
) -> Response {
    let mailbox = &local.mailbox;
    if let Some(id) = &view.id {
        mailbox.looked_at(Some(id));
    }
    let captured = Captured {
        mails: mailbox.list(None),
        fresh: mailbox.fresh(),
        now: local.clock.now(),
    };
    let page = InboxView::of(&captured, &view);
    match page.render() {
        Ok(html) => ([(header::CONTENT_SECURITY_POLICY, POLICY)], Html(html)).into_response(),
        Err(error) => {
            tracing::error!(%error, "the inbox could not be rendered");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// Marks all mails as looked at.
pub(crate) async fn look_at_all(State(local): State<Arc<Local>>) -> Redirect {
    local.mailbox.looked_at(None);
    Redirect::to("/_local/mail")
}

/// Forgets all mails and shows the empty inbox.
pub(crate) async fn clear(State(local): State<Arc<Local>>) -> Response {
    match local.mailbox.clear() {
        Ok(()) => Redirect::to("/_local/mail").into_response(),
        Err(error) => {
            tracing::error!(%error, "the mails could not be deleted");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

impl InboxView {
    fn of(captured: &Captured, view: &InboxFilter) -> Self {
        let now = captured.now;
        let to = view.to.trim();
        let mails: Vec<_> = captured
            .mails
            .iter()
            .filter(|mail| to.is_empty() || mail.is_to(to))
            .collect();
        let asked = view
            .id
            .as_deref()
            .and_then(|id| mails.iter().find(|mail| mail.id == id));
        let open = asked.or(mails.last()).copied();
        let rows = mails.iter().rev().take(LISTED);
        Self {
            to: to.to_owned(),
            now: short(now),
            now_full: now.to_string(),
            total: mails.len(),
            captured: captured.mails.len(),
            fresh: captured.fresh.len(),
            recipients: recipients(&captured.mails, to),
            older: mails.len().saturating_sub(LISTED),
            rows: rows
                .map(|mail| Row {
                    href: href(to, &mail.id),
                    to: mail.to.join(", "),
                    subject: subject_of(mail),
                    kind: kind::in_words(&mail.kind),
                    fresh: captured.fresh.contains(&mail.id),
                    at: shortest(mail.at, now),
                    at_full: mail.at.to_string(),
                    open: open.is_some_and(|open| open.id == mail.id),
                })
                .collect(),
            open: open.map(|mail| Open::of(mail, to)),
            chosen: asked.is_some(),
            as_text: view.form.as_deref() == Some("text")
                || open.is_some_and(|mail| mail.html.is_empty()),
            list_href: match to {
                "" => "/_local/mail".to_owned(),
                to => format!("/_local/mail?to={}", encoded(to)),
            },
        }
    }
}

impl Open {
    fn of(mail: &Message, to: &str) -> Self {
        let html = match mail.html.as_str() {
            "" => String::new(),
            // The frame may not navigate itself anywhere useful, so links open beside it.
            html => format!("<base target=\"_blank\">{html}"),
        };
        Self {
            href: href(to, &mail.id),
            from: mail.from.clone(),
            to: mail.to.join(", "),
            subject: subject_of(mail),
            kind: kind::in_words(&mail.kind),
            at: short(mail.at),
            at_full: mail.at.to_string(),
            text: mail.text.clone(),
            html,
            links: mail.links(),
            headers: mail.headers.clone().into_iter().collect(),
        }
    }
}

/// Everybody who was mailed, and the address that was asked for.
fn recipients(mails: &[Message], to: &str) -> Vec<(String, bool)> {
    let mut all: BTreeSet<String> = mails.iter().flat_map(|mail| mail.to.clone()).collect();
    if !to.is_empty() {
        all.insert(to.to_lowercase());
    }
    all.into_iter()
        .map(|email| {
            let chosen = email.eq_ignore_ascii_case(to);
            (email, chosen)
        })
        .collect()
}

fn subject_of(mail: &Message) -> String {
    match mail.subject.as_str() {
        "" => "(no subject)".to_owned(),
        subject => subject.to_owned(),
    }
}

fn href(to: &str, id: &str) -> String {
    let id = encoded(id);
    match to {
        "" => format!("/_local/mail?id={id}"),
        to => format!("/_local/mail?to={}&id={id}", encoded(to)),
    }
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

/// The shortest form of an instant that tells it from now: the time of today, the day of this year,
/// or all.
fn shortest(at: Timestamp, now: Timestamp) -> String {
    let (at, now) = (at.to_zoned(TimeZone::UTC), now.to_zoned(TimeZone::UTC));
    let format = if at.date() == now.date() {
        "%H:%M"
    } else if at.year() == now.year() {
        "%-d %b"
    } else {
        "%-d %b %Y"
    };
    at.strftime(format).to_string()
}

/// An instant for people, with its zone.
fn short(at: Timestamp) -> String {
    at.strftime("%-d %b %Y, %H:%M UTC").to_string()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

    use serde_json::json;

    use super::*;

    fn mail(id: &str, subject: &str, html: &str) -> Message {
        let request = json!({
            "FromEmailAddress": "it@lanyard.example",
            "Content": {"Simple": {
                "Subject": {"Data": subject},
                "Body": {"Text": {"Data": "Open http://localhost:4400/l/t0"}, "Html": {"Data": html}},
            }},
            "Destination": {"ToAddresses": ["a@acme.example"]},
        });
        Message::from_request(&request, id.to_owned(), Timestamp::UNIX_EPOCH).unwrap()
    }

    fn rendered(mails: &[Message], view: &InboxFilter) -> String {
        let captured = Captured {
            mails: mails.to_vec(),
            fresh: BTreeSet::from(["2".to_owned()]),
            now: Timestamp::UNIX_EPOCH,
        };
        InboxView::of(&captured, view).render().unwrap()
    }

    #[test]
    fn an_empty_inbox_says_so() {
        assert!(rendered(&[], &InboxFilter::default()).contains("No mail yet."));
        let view = InboxFilter {
            to: "b@acme.example".to_owned(),
            ..InboxFilter::default()
        };
        assert!(rendered(&[], &view).contains("No mail to b@acme.example."));
    }

    #[test]
    fn a_row_says_no_more_of_the_time_than_it_must() {
        let now = "2026-11-22T09:30:00Z".parse().unwrap();
        let at = |text: &str| shortest(text.parse().unwrap(), now);
        assert_eq!(at("2026-11-22T08:05:00Z"), "08:05");
        assert_eq!(at("2026-11-02T08:05:00Z"), "2 Nov");
        assert_eq!(at("2025-11-22T08:05:00Z"), "22 Nov 2025");
    }

    #[test]
    fn the_newest_mail_is_open_until_another_is_chosen() {
        let mails = [mail("1", "First", ""), mail("2", "Second", "")];
        assert!(rendered(&mails, &InboxFilter::default()).contains("<h2>Second</h2>"));
        let view = InboxFilter {
            id: Some("1".to_owned()),
            ..InboxFilter::default()
        };
        let page = rendered(&mails, &view);
        assert!(page.contains("<h2>First</h2>") && page.contains("class=\"reading\""));
    }

    #[test]
    fn a_mail_that_nobody_looked_at_is_marked() {
        let mails = [mail("1", "First", ""), mail("2", "Second", "")];
        let page = rendered(&mails, &InboxFilter::default());
        assert_eq!(page.matches("<b class=\"fresh\">").count(), 1);
        assert!(page.contains("1 new"));
    }

    #[test]
    fn a_mails_html_is_in_a_frame_without_scripts_and_cannot_leave_it() {
        let page = rendered(
            &[mail("1", "<b>&", "\"><script>alert(1)</script>")],
            &InboxFilter::default(),
        );
        assert!(page.contains("sandbox=\"allow-popups allow-popups-to-escape-sandbox\""));
        assert!(!page.contains("<script>alert"));
        assert!(!page.contains("<b>&</"));
    }

    #[test]
    fn the_text_can_be_chosen_and_is_shown_where_there_is_no_html() {
        let view = InboxFilter {
            form: Some("text".to_owned()),
            ..InboxFilter::default()
        };
        assert!(rendered(&[mail("1", "s", "<p>x</p>")], &view).contains("<pre>Open "));
        assert!(rendered(&[mail("1", "s", "")], &InboxFilter::default()).contains("<pre>Open "));
    }
}
