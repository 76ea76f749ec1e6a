//! The start page as it is shown.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::AppError;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use domain::Standing;
use http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

use super::faults::{self, Offered};
use super::people::{Cast, Group, Now, Part, Person};
use super::shown;
use crate::clock::real_now;
use crate::local::Local;
use crate::ses::kind;

/// The days after which somebody who did nothing is called silent.
const SILENT_DAYS: i64 = 60;
/// The number of newest mails on the page.
const MAILS: usize = 5;

/// The act that led here.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Did {
    did: Option<String>,
    mails: Option<usize>,
}

#[derive(Template)]
#[template(path = "start.html")]
struct Page {
    notice: Option<String>,
    now: String,
    now_full: String,
    /// The difference to the real time, if there is one.
    ahead: Option<String>,
    groups: Vec<Shown>,
    others: Vec<Other>,
    mails: Vec<Mail>,
    captured: usize,
    fresh: usize,
    queues: Vec<(String, usize)>,
    recipients: Vec<String>,
    faults: Vec<Offered>,
    faulty: bool,
}

struct Shown {
    name: String,
    people: Vec<Card>,
}

struct Card {
    name: String,
    email: String,
    /// Their role, where it is not that of a member.
    role: Option<&'static str>,
    /// The state of theirs that stands out now.
    state: Option<String>,
    open: Option<String>,
    mail: String,
    mails: usize,
}

/// Somebody who was mailed and whom the world's files do not name.
struct Other {
    email: String,
    open: String,
    mail: String,
}

struct Mail {
    href: String,
    to: String,
    subject: String,
    kind: String,
}

#[derive(Template)]
#[template(path = "failed.html")]
struct Failed<'a> {
    message: &'a str,
}

/// The page of an act that came to nothing.
pub(super) fn failure(message: &str) -> Result<String, askama::Error> {
    Failed { message }.render()
}

/// Shows the start page.
pub(super) async fn show(State(local): State<Arc<Local>>, Query(did): Query<Did>) -> Response {
    let page = match Page::of(&local, &did).await {
        Ok(page) => page,
        Err(error) => {
            tracing::error!(%error, "the tables could not be read");
            return StatusCode::SERVICE_UNAVAILABLE.into_response();
        }
    };
    match page.render() {
        Ok(html) => shown(StatusCode::OK, html),
        Err(error) => {
            tracing::error!(%error, "the start page could not be rendered");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

impl Page {
    async fn of(local: &Local, did: &Did) -> Result<Self, AppError> {
        let now = local.clock.now();
        let mails = local.mailbox.list(None);
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for email in mails.iter().flat_map(|mail| &mail.to) {
            *counts.entry(email).or_default() += 1;
        }
        let cast = local.cast();
        let groups = match &cast {
            Some(cast) => groups(cast, &counts, now).await?,
            None => Vec::new(),
        };
        let others = counts.keys().filter(|email| {
            let desk = mails.iter().any(|mail| mail.from.contains(**email));
            !desk && cast.as_ref().is_some_and(|cast| !cast.has(email))
        });
        let faults = faults::offered(&local.faults.get());
        Ok(Self {
            notice: notice(did),
            now: now.strftime("%A, %-d %B %Y, %H:%M UTC").to_string(),
            now_full: now.to_string(),
            ahead: ahead(now.duration_since(real_now())),
            groups,
            others: others
                .map(|email| Other {
                    email: (*email).to_owned(),
                    open: open_as(email),
                    mail: mail_to(email),
                })
                .collect(),
            captured: mails.len(),
            fresh: local.mailbox.fresh().len(),
            mails: mails
                .iter()
                .rev()
                .take(MAILS)
                .map(|mail| Mail {
                    href: format!("/_local/mail?id={}", encoded(&mail.id)),
                    to: mail.to.join(", "),
                    subject: mail.subject.clone(),
                    kind: kind::in_words(&mail.kind),
                })
                .collect(),
            queues: local
                .queues
                .read()
                .into_iter()
                .map(|(name, messages)| (name, messages.len()))
                .collect(),
            recipients: counts.keys().map(|email| (*email).to_owned()).collect(),
            faulty: faults.iter().any(Offered::is_in_force),
            faults,
        })
    }
}

async fn groups(
    cast: &Cast,
    counts: &BTreeMap<&str, usize>,
    now: Timestamp,
) -> Result<Vec<Shown>, AppError> {
    let mut shown = Vec::new();
    for Group { name, people } in &cast.groups {
        let mut cards = Vec::new();
        for person in people {
            let state = match &person.part {
                Part::Member(org) => Some(cast.now(&person.email, org).await?),
                Part::Administrator => None,
            };
            let mails = counts.get(person.email.as_str()).copied();
            cards.push(card(person, state, mails.unwrap_or_default(), now));
        }
        shown.push(Shown {
            name: name.clone(),
            people: cards,
        });
    }
    Ok(shown)
}

fn card(person: &Person, state: Option<Now>, mails: usize, now: Timestamp) -> Card {
    let email = person.email.as_str();
    let role = match state.map(|state| state.standing) {
        None => Some("Administrator"),
        Some(Standing::Lead) => Some("Lead"),
        Some(Standing::Member) => None,
        Some(Standing::Invited) => Some("Invited"),
        Some(Standing::Never | Standing::Leaver) => Some("No access"),
    };
    let silent = state
        .filter(|state| state.standing.has_access())
        .and_then(|state| state.last_active_at)
        .map(|at| now.duration_since(at).as_hours() / 24)
        .filter(|days| *days >= SILENT_DAYS);
    Card {
        name: person.name.clone(),
        email: email.to_owned(),
        role,
        state: silent.map(|days| format!("Silent for {days} days")),
        open: state.map(|_| open_as(email)),
        mail: mail_to(email),
        mails,
    }
}

fn open_as(email: &str) -> String {
    format!("/_local/open?as={}", encoded(email))
}

fn mail_to(email: &str) -> String {
    format!("/_local/mail?to={}", encoded(email))
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

/// Returns the notice about the last act.
fn notice(did: &Did) -> Option<String> {
    Some(match did.did.as_deref()? {
        "clock" => match did.mails.unwrap_or_default() {
            0 => "Done. No mail was sent.".to_owned(),
            1 => "Done. 1 mail was sent.".to_owned(),
            mails => format!("Done. {mails} mails were sent."),
        },
        "report" => "Reported. Mail to that address may be stopped now.".to_owned(),
        "faults" => "The faults are set.".to_owned(),
        _ => return None,
    })
}

/// The difference to the real time in days or hours, if it is an hour or more.
fn ahead(by: SignedDuration) -> Option<String> {
    let hours = by.as_hours();
    let amount = match hours.abs() {
        0 => return None,
        1 => "1 hour".to_owned(),
        hours if hours < 48 => format!("{hours} hours"),
        hours => format!("{} days", (hours + 12) / 24),
    };
    let way = if hours > 0 { "ahead of" } else { "behind" };
    Some(format!("{amount} {way} the real time"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

    use super::*;

    #[test]
    fn a_difference_of_hours_is_told_and_one_of_minutes_is_not() {
        let told = |hours: i64| ahead(SignedDuration::from_mins(hours * 60 + 1));
        assert_eq!(told(0), None);
        assert_eq!(told(24).unwrap(), "24 hours ahead of the real time");
        assert_eq!(told(91 * 24).unwrap(), "91 days ahead of the real time");
        assert_eq!(told(-72).unwrap(), "3 days behind the real time");
    }
}
