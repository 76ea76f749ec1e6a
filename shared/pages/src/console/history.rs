//! The history of an organisation, in plain words.

use app::{
    console::{ActorKind, Cursor, History, HistoryQuery, Month, People, Topic},
    path::Stop,
};
use askama::Template;
use domain::{Action, Actor, AuditEntry, EmailAddress, Subject, text::Name};
use lambda_http::http::StatusCode;
use url::form_urlencoded;

use super::request::{ConsoleRequest, ConsoleTab};
use words::{When, file::Console as Words};

use crate::{
    http::{fields::Fields, reply::Reply},
    page::{Choice, Frame, html},
    reader::Reader,
    wording::console as wording,
};

/// The number of like entries in a row from which on they are shown as one.
const MANY: usize = 3;

#[derive(Template)]
#[template(path = "console/history.html")]
struct View {
    frame: Frame,
    words: &'static Words,
    action: String,
    month: String,
    month_code: String,
    who: String,
    topics: Vec<Choice>,
    actors: Vec<Choice>,
    is_filtered: bool,
    days: Vec<Day>,
    older: Option<String>,
    before: String,
    after: Option<String>,
}

/// The entries of a day, the newest first.
pub(super) struct Day {
    pub(super) name: String,
    pub(super) rows: Vec<Row>,
}

/// One entry, or several of the same kind.
pub(super) struct Row {
    pub(super) said: Vec<Part>,
    pub(super) entries: Vec<Entry>,
}

/// An entry with its time and its reason.
pub(super) struct Entry {
    pub(super) said: Vec<Part>,
    pub(super) at: When,
    pub(super) reason: Option<String>,
}

/// A piece of a sentence.
pub(super) struct Part {
    pub(super) text: String,
    /// The page of the person whom it names.
    pub(super) to: Option<String>,
}

/// A page of the history.
pub(super) async fn show(here: &ConsoleRequest<'_>) -> Result<Reply, Stop> {
    let query = asked(&here.ask.query());
    let console = here.console();
    let history = console.history(here.caller, here.org, &query).await?;
    let reader = here.reader(&history.place);
    let html = html(&view(here, &history, &query, &reader));
    Ok(Reply::page(StatusCode::OK, html))
}

fn asked(fields: &Fields) -> HistoryQuery {
    let topic = fields.one("topic").unwrap_or_default();
    let by = fields.one("by").unwrap_or_default();
    let who = fields.one("who").unwrap_or_default().trim();
    HistoryQuery {
        month: fields.one("month").and_then(Month::parse),
        from: fields.one("from").map(Cursor::from_text),
        who: who.chars().take(200).collect(),
        topic: Topic::ALL.into_iter().find(|one| code_of(*one) == topic),
        by: ActorKind::ALL
            .into_iter()
            .find(|one| code_of_actor(*one) == by),
    }
}

fn view(
    here: &ConsoleRequest<'_>,
    history: &History,
    query: &HistoryQuery,
    reader: &Reader,
) -> View {
    let words = &reader.words.console;
    let title = words.history_of(history.place.org.name.as_str());
    let at = |month: Month| here.path(&format!("/history?{}", filters(query, month)));
    let day = history.month.first_day();
    let older = history.next.as_ref().map(|next| {
        let month = at(history.month);
        format!("{month}&from={}", next.as_str())
    });
    let teller = Teller::new(here, reader, history.place.desk.as_ref(), &history.people);
    let entries: Vec<_> = history.entries.iter().map(|record| &record.entry).collect();
    View {
        frame: here.frame(reader, &history.place, title, ConsoleTab::History),
        words,
        action: here.path("/history"),
        month: reader.words.month(day.year(), day.month()),
        month_code: history.month.to_string(),
        who: query.who.clone(),
        topics: topics(words, query.topic),
        actors: actors(words, &teller.desk, query.by),
        is_filtered: query.is_filtered(),
        days: teller.days(&entries),
        older,
        before: at(history.month.before()),
        after: (!history.is_current).then(|| at(history.month.after())),
    }
}

/// The query of an address with the same filters.
fn filters(query: &HistoryQuery, month: Month) -> String {
    let mut all = form_urlencoded::Serializer::new(String::new());
    all.append_pair("month", &month.to_string());
    if !query.who.is_empty() {
        all.append_pair("who", &query.who);
    }
    if let Some(topic) = query.topic {
        all.append_pair("topic", code_of(topic));
    }
    if let Some(by) = query.by {
        all.append_pair("by", code_of_actor(by));
    }
    all.finish()
}

fn topics(words: &Words, chosen: Option<Topic>) -> Vec<Choice> {
    let label = |topic| match topic {
        Topic::Invitations => words.topic_invitations,
        Topic::Access => words.topic_access,
        Topic::Roles => words.topic_roles,
        Topic::Requests => words.topic_requests,
        Topic::Mail => words.topic_mail,
    };
    let all = Topic::ALL.into_iter().map(|topic| Choice {
        value: code_of(topic).to_owned(),
        label: label(topic).to_owned(),
        chosen: chosen == Some(topic),
    });
    all.collect()
}

fn actors(words: &Words, desk: &str, chosen: Option<ActorKind>) -> Vec<Choice> {
    let label = |by| match by {
        ActorKind::Person => words.by_people,
        ActorKind::Desk => desk,
        ActorKind::System => words.by_systems,
        ActorKind::Itself => words.by_itself,
    };
    let all = ActorKind::ALL.into_iter().map(|by| Choice {
        value: code_of_actor(by).to_owned(),
        label: label(by).to_owned(),
        chosen: chosen == Some(by),
    });
    all.collect()
}

fn code_of(topic: Topic) -> &'static str {
    match topic {
        Topic::Invitations => "invitations",
        Topic::Access => "access",
        Topic::Roles => "roles",
        Topic::Requests => "requests",
        Topic::Mail => "mail",
    }
}

fn code_of_actor(by: ActorKind) -> &'static str {
    match by {
        ActorKind::Person => "people",
        ActorKind::Desk => "desk",
        ActorKind::System => "systems",
        ActorKind::Itself => "itself",
    }
}

/// The words of entries for one reader.
pub(super) struct Teller<'a> {
    here: &'a ConsoleRequest<'a>,
    reader: &'a Reader,
    desk: String,
    people: &'a People,
}

impl<'a> Teller<'a> {
    /// `desk` is the name of the desk, for what the people do who run it.
    pub(super) fn new(
        here: &'a ConsoleRequest<'a>,
        reader: &'a Reader,
        desk: Option<&Name>,
        people: &'a People,
    ) -> Self {
        Self {
            here,
            reader,
            desk: desk
                .map_or(reader.words.console.administrator, Name::as_str)
                .to_owned(),
            people,
        }
    }

    /// The entries by day. Like ones in a row are one row that opens.
    pub(super) fn days(&self, entries: &[&AuditEntry]) -> Vec<Day> {
        let day = |entry: &AuditEntry| self.reader.days_ago(entry.at).day;
        let days = entries.chunk_by(|one, next| day(one) == day(next));
        let days = days.map(|entries| Day {
            name: day(entries[0]),
            rows: self.rows(entries),
        });
        days.collect()
    }

    fn rows(&self, entries: &[&AuditEntry]) -> Vec<Row> {
        let alike = entries.chunk_by(|one, next| {
            one.action == next.action
                && one.actor == next.actor
                && matches!(next.subject, Subject::Person(_))
        });
        let mut rows = Vec::new();
        for alike in alike {
            let said = (alike.len() >= MANY).then(|| self.many(alike)).flatten();
            match said {
                Some(said) => rows.push(Row {
                    said,
                    entries: alike.iter().map(|entry| self.entry(entry)).collect(),
                }),
                None => rows.extend(alike.iter().map(|entry| Row {
                    said: Vec::new(),
                    entries: vec![self.entry(entry)],
                })),
            }
        }
        rows
    }

    /// A sentence for several entries, where one can be made.
    fn many(&self, alike: &[&AuditEntry]) -> Option<Vec<Part>> {
        let words = &self.reader.words.console;
        let people = words.found(alike.len());
        let said = match alike[0].action {
            Action::MemberWarned => words.many_warned(alike.len()),
            Action::MemberReminded => words.many_reminded(alike.len()),
            Action::InvitationReminded => words.many_reminded_of_invitation(alike.len()),
            action @ (Action::MemberInvited
            | Action::InvitationResent
            | Action::InvitationWithdrawn
            | Action::InvitationExpired
            | Action::MemberKept
            | Action::MemberOffboarded
            | Action::MemberRestored
            | Action::AccessExtended) => wording::happened(words, action, ACTOR, &people),
            _ => return None,
        };
        Some(self.parts(&said, alike[0]))
    }

    fn entry(&self, entry: &AuditEntry) -> Entry {
        let words = &self.reader.words.console;
        let said = wording::happened(words, entry.action, ACTOR, SUBJECT);
        Entry {
            said: self.parts(&said, entry),
            at: self.reader.ago(entry.at),
            reason: entry.rule().map(|rule| wording::rule(self.reader, rule)),
        }
    }

    /// A sentence with the names in their places. One that begins with no name begins with a
    /// capital letter.
    fn parts(&self, said: &str, entry: &AuditEntry) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        let mut text = String::new();
        for letter in said.chars() {
            let named = match letter {
                '\u{1}' => self.actor(&entry.actor),
                '\u{2}' => self.subject(&entry.subject),
                _ => {
                    text.push(letter);
                    continue;
                }
            };
            parts.extend(Part::text(std::mem::take(&mut text)));
            parts.push(named);
        }
        parts.extend(Part::text(text));
        if let Some(first) = parts.first_mut()
            && !matches!(entry.actor, Actor::Person(_))
            && first.to.is_none()
            && !first.text.contains('@')
        {
            first.text = capitalized(&first.text);
        }
        parts
    }

    fn actor(&self, actor: &Actor) -> Part {
        let words = &self.reader.words.console;
        let text = match actor {
            Actor::Person(email) => return self.person(email),
            Actor::Operator | Actor::Desk => self.desk.clone(),
            Actor::Source(source) => words.system_named(source),
            Actor::Sweep => words.automatic.to_owned(),
            Actor::MailFeedback => words.mail_system.to_owned(),
        };
        Part { text, to: None }
    }

    fn subject(&self, subject: &Subject) -> Part {
        let text = match subject {
            Subject::Person(email) => return self.person(email),
            Subject::Request(request) => request.key.to_string(),
            Subject::Organization(org) => org.to_string(),
            Subject::Run(run) => run.to_string(),
        };
        Part { text, to: None }
    }

    fn person(&self, email: &EmailAddress) -> Part {
        let known = self.people.get(email);
        let name = known.and_then(|known| known.name.as_ref());
        Part {
            text: name.map_or_else(|| email.to_string(), ToString::to_string),
            to: known.map(|known| self.here.path(&format!("/people/{}", known.handle))),
        }
    }
}

/// The places of names in a sentence. No word and no name has these characters.
const ACTOR: &str = "\u{1}";
const SUBJECT: &str = "\u{2}";

impl Part {
    fn text(text: String) -> Option<Self> {
        (!text.is_empty()).then_some(Self { text, to: None })
    }
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    first + letters.as_str()
}
