//! The history of an organisation, in plain words.

use app::{
    console::{Cursor, History, Month},
    path::Stop,
};
use askama::Template;
use domain::{AuditEntry, Subject};
use lambda_http::http::StatusCode;

use super::request::{ConsoleRequest, ConsoleTab, actor};
use words::{When, file::Console as Words};

use crate::{
    http::reply::Reply,
    page::{Frame, html},
    reader::Reader,
    wording::console as wording,
};

#[derive(Template)]
#[template(path = "console/history.html")]
struct View {
    frame: Frame,
    words: &'static Words,
    month: String,
    entries: Vec<Entry>,
    older: Option<String>,
    before: String,
    after: Option<String>,
}

struct Entry {
    at: When,
    said: String,
    reason: Option<String>,
}

/// A page of the history.
pub(super) async fn show(here: &ConsoleRequest<'_>) -> Result<Reply, Stop> {
    let query = here.ask.query();
    let month = query.one("month").and_then(Month::parse);
    let from = query.one("from").map(Cursor::from_text);
    let console = here.console();
    let history = console
        .history(here.caller, here.org, month, from.as_ref())
        .await?;
    let reader = here.reader(&history.place);
    let html = html(&view(here, &history, &reader));
    Ok(Reply::page(StatusCode::OK, html))
}

fn view(here: &ConsoleRequest<'_>, history: &History, reader: &Reader) -> View {
    let words = &reader.words.console;
    let title = words.history_of(history.place.org.name.as_str());
    let at = |month: Month| here.path(&format!("/history?month={month}"));
    let day = history.month.first_day();
    let older = history.next.as_ref().map(|next| {
        let month = at(history.month);
        format!("{month}&from={}", next.as_str())
    });
    View {
        frame: here.frame(reader, &history.place, title, ConsoleTab::History),
        words,
        month: reader.words.month(day.year(), day.month()),
        entries: history
            .entries
            .iter()
            .map(|record| entry(&record.entry, reader))
            .collect(),
        older,
        before: at(history.month.before()),
        after: (!history.is_current).then(|| at(history.month.after())),
    }
}

fn entry(entry: &AuditEntry, reader: &Reader) -> Entry {
    let words = &reader.words.console;
    let actor = actor(&entry.actor, words);
    let subject = match &entry.subject {
        Subject::Person(email) => email.to_string(),
        Subject::Request(request) => request.key.to_string(),
        Subject::Organization(org) => org.to_string(),
        Subject::Run(run) => run.to_string(),
    };
    let said = wording::happened(words, entry.action, &actor, &subject);
    let mut letters = said.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    Entry {
        at: reader.ago(entry.at),
        said: match entry.actor {
            // A sentence that begins with an address keeps it as it is written.
            domain::Actor::Person(_) => said.clone(),
            domain::Actor::Operator
            | domain::Actor::Source(_)
            | domain::Actor::Sweep
            | domain::Actor::MailFeedback
            | domain::Actor::Desk => format!("{first}{}", letters.as_str()),
        },
        reason: entry.reason.as_ref().map(ToString::to_string),
    }
}
