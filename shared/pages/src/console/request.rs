//! A request to the console: its page, its organisation, its caller.

use app::{Caller, Console, console::ConsoleOrg, session::Posted};
use domain::{Actor, OrgId, Timestamp};
use jiff::civil::Date;

use words::file::Console as Words;

use crate::{
    feedback::Status,
    http::{ask::Ask, fields::Fields, reply::Reply},
    page::{self, Frame, Tab},
    reader::Reader,
    wording::console::{self as wording, Done, Wrong},
};

/// The most bytes of a form of the console: a note of 2,000 characters of four bytes each, all
/// percent-encoded, and what stands beside it.
const MAX_FORM: usize = 32 * 1_024;

/// A page of the console, as its tabs name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ConsoleTab {
    People,
    Invite,
    InviteMany,
    Review,
    History,
}

/// A request to the console: its page, its organisation, its caller.
pub(super) struct ConsoleRequest<'a> {
    pub(super) ask: &'a Ask<'a>,
    pub(super) caller: &'a Caller,
    pub(super) org: &'a OrgId,
}

impl ConsoleRequest<'_> {
    pub(super) fn console(&self) -> &Console {
        &self.ask.site.console
    }

    /// An address below the console's own.
    pub(super) fn path(&self, below: &str) -> String {
        format!("/console/{}{below}", self.org)
    }

    /// An address below, where a notice says what was done.
    pub(super) fn done(&self, below: &str, done: Done) -> Reply {
        Reply::see_other(&format!("{}?done={}", self.path(below), done.code()))
    }

    /// The same after an act on a person, whom the notice names.
    pub(super) fn done_to(&self, below: &str, done: Done, handle: &str) -> Reply {
        if below.ends_with(handle) {
            return self.done(below, done);
        }
        let done = done.code();
        Reply::see_other(&format!("{}?done={done}&who={handle}", self.path(below)))
    }

    /// The caller's language and zone.
    pub(super) fn reader(&self, place: &ConsoleOrg) -> Reader {
        self.ask.reader_as(self.caller, place.reader.as_ref())
    }

    /// The frame of a page.
    pub(super) fn frame(
        &self,
        reader: &Reader,
        place: &ConsoleOrg,
        title: String,
        here: ConsoleTab,
    ) -> Frame {
        let words = &reader.words.console;
        let tab = |page, label: &str, below| Tab {
            waits: page == ConsoleTab::Review && place.org.review.open_since().is_some(),
            ..Tab::new(label, self.path(below), page == here)
        };
        let query = self.ask.query();
        let done = query.one("done").and_then(Done::of);
        let done = done.filter(|done| !done.is_of_person());
        let below = vec![
            tab(ConsoleTab::People, words.people, ""),
            tab(ConsoleTab::Invite, words.invite, "/invite"),
            tab(ConsoleTab::InviteMany, words.invite_many, "/invite-many"),
            tab(ConsoleTab::Review, words.review, "/review"),
            tab(ConsoleTab::History, words.history, "/history"),
        ];
        Frame {
            desk: place.desk.as_ref().map(ToString::to_string),
            tabs: reader.navigation.within(reader.words, &place.org),
            below,
            below_label: place.org.name.to_string(),
            done: done.map(|done| Status::done(wording::done(words, done, ""))),
            personal: true,
            ..Frame::new(reader, title)
        }
    }

    /// The token of a form that posts this action: another one each time.
    pub(super) fn token(&self, action: &str) -> String {
        self.ask.site.sessions.form(self.caller, action)
    }

    /// The posted form.
    pub(super) fn fields(&self) -> Result<Fields, Box<Reply>> {
        let fields = self.ask.form(MAX_FORM);
        fields.map_err(|no_form| {
            Box::new(page::no_form(
                &self.ask.reader_as(self.caller, None),
                no_form,
            ))
        })
    }

    /// The posted form, if it is one of this session and this action.
    pub(super) fn posted(&self, action: &str) -> Result<(Fields, Posted), Box<Reply>> {
        let fields = self.fields()?;
        let token = fields.one("token").unwrap_or_default();
        let posted = self.confirmed(action, token)?;
        Ok((fields, posted))
    }

    /// The form of this token, if it is one of this session and this action; else the page that
    /// says so.
    pub(super) fn confirmed(&self, action: &str, token: &str) -> Result<Posted, Box<Reply>> {
        self.own(action, token).ok_or_else(|| {
            let reader = self.ask.reader_as(self.caller, None);
            Box::new(page::foreign_form(&reader))
        })
    }

    /// The form of this token, if it is one of this session and this action.
    pub(super) fn own(&self, action: &str, token: &str) -> Option<Posted> {
        self.ask.posted(self.caller, action, token)
    }
}

/// The end of a day that somebody typed, in their zone; `None` when they typed none.
pub(super) fn end_of_day(
    typed: &str,
    reader: &Reader,
    now: Timestamp,
) -> Result<Option<Timestamp>, Wrong> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let day: Date = typed.parse().map_err(|_| Wrong::Date)?;
    // The day after the last one is beyond the end of time.
    let end = day
        .tomorrow()
        .and_then(|next| next.to_zoned(reader.zone.clone()))
        .map_or(Timestamp::MAX, |next| next.timestamp());
    if end <= now {
        return Err(Wrong::PastDate);
    }
    Ok(Some(end))
}

/// The last day before an instant, as a date field holds it.
pub(super) fn last_day(at: Timestamp, reader: &Reader) -> String {
    let before = at
        .saturating_sub(jiff::SignedDuration::from_secs(1))
        .unwrap_or(at);
    before.to_zoned(reader.zone.clone()).date().to_string()
}

/// The name of an actor for a page.
pub(crate) fn actor(actor: &Actor, words: &Words) -> String {
    match actor {
        Actor::Person(email) => email.to_string(),
        Actor::Operator => words.administrator.to_owned(),
        Actor::Source(_) | Actor::Sweep | Actor::MailFeedback | Actor::Desk => {
            words.system.to_owned()
        }
    }
}
