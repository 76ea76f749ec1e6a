//! The parts of every page: its frame, its facts and buttons, and the pages with only a message.

use app::visit::{Renewal, Visit};
use askama::Template;
use domain::{EmailAddress, Timestamp};
use lambda_http::http::StatusCode;

use words::{LANGUAGES, Notice, When, Words};

use crate::{
    assets::{SCRIPT, STYLE},
    feedback::{Mistake, Status},
    http::{posted::NoForm, reply::Reply},
    navigation::Area,
    reader::{Reader, SignedIn},
};

/// The frame of a page.
pub(crate) struct Frame {
    /// The language.
    pub(crate) words: &'static Words,
    /// The address of the one stylesheet.
    pub(crate) style: &'static str,
    /// The address of the one script.
    pub(crate) script: &'static str,
    /// The heading, and the window's name.
    pub(crate) title: String,
    /// The name of the desk.
    pub(crate) desk: Option<String>,
    /// The reader, by their session.
    pub(crate) signed_in: Option<SignedIn>,
    /// The reader, by the link that opened it.
    pub(crate) holder: Option<EmailAddress>,
    /// The languages to choose from, for whoever has no profile in this browser.
    pub(crate) languages: &'static [Words],
    /// The other pages that the reader can go to.
    pub(crate) tabs: Vec<Tab>,
    /// The pages of the area that this one is in.
    pub(crate) below: Vec<Tab>,
    /// The area's name.
    pub(crate) below_label: String,
    /// The notice about the act just done.
    pub(crate) done: Option<Status>,
    /// The mistakes in the form that came back.
    pub(crate) mistakes: Vec<Mistake>,
    /// True if the page was opened by a link that its holder should keep private.
    pub(crate) personal: bool,
    /// True if it holds a table that needs room.
    pub(crate) wide: bool,
}

/// An option of a list to choose from.
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) label: String,
    pub(crate) chosen: bool,
}

/// A page that one can go to from another.
pub(crate) struct Tab {
    /// Its label.
    pub(crate) label: String,
    /// Its address.
    pub(crate) to: String,
    /// True for the page that is shown, or the area that it is in.
    pub(crate) here: bool,
    /// True if something there waits for the reader.
    pub(crate) waits: bool,
}

impl Tab {
    pub(crate) fn new(label: &str, to: String, here: bool) -> Self {
        Self {
            label: label.to_owned(),
            to,
            here,
            waits: false,
        }
    }
}

impl Frame {
    /// The heading above the mistakes.
    pub(crate) fn problem(&self) -> String {
        let of_fields = self.mistakes.iter().filter(|mistake| mistake.to.is_some());
        match of_fields.count() {
            0 => self.words.page.problem.to_owned(),
            count => self.words.intake.mistakes(count),
        }
    }

    /// Of a page that belongs to no area.
    pub(crate) fn new(reader: &Reader, title: impl Into<String>) -> Self {
        Self::with(reader, title, None)
    }

    /// Of an area's page.
    pub(crate) fn within(reader: &Reader, title: impl Into<String>, area: Area) -> Self {
        Self::with(reader, title, Some(area))
    }

    fn with(reader: &Reader, title: impl Into<String>, area: Option<Area>) -> Self {
        Self {
            words: reader.words,
            style: &STYLE.path,
            script: &SCRIPT.path,
            title: title.into(),
            desk: None,
            signed_in: reader.signed_in.clone(),
            holder: None,
            languages: if reader.chose_language || reader.signed_in.is_some() {
                &[]
            } else {
                &LANGUAGES
            },
            tabs: reader.navigation.tabs(reader.words, area),
            below: Vec::new(),
            below_label: String::new(),
            done: None,
            mistakes: Vec::new(),
            personal: false,
            wide: false,
        }
    }

    /// The frame of what an opened link shows.
    pub(crate) fn of(reader: &Reader, visit: &Visit, title: impl Into<String>) -> Self {
        Self {
            desk: visit.desk.as_ref().map(ToString::to_string),
            holder: visit.holder.clone(),
            personal: true,
            ..Self::new(reader, title)
        }
    }
}

/// One line of what is known of something.
pub(crate) struct Fact {
    pub(crate) label: &'static str,
    pub(crate) said: String,
    /// For an instant that is counted back: the calendar's words for it.
    pub(crate) full: Option<String>,
    /// For an instant.
    pub(crate) exact: Option<String>,
    /// The way to where it is changed: address and label.
    pub(crate) change: Option<(String, &'static str)>,
}

impl Fact {
    pub(crate) fn text(label: &'static str, text: &impl ToString) -> Self {
        Self {
            label,
            said: text.to_string(),
            full: None,
            exact: None,
            change: None,
        }
    }

    pub(crate) fn past(reader: &Reader, label: &'static str, at: Timestamp) -> Self {
        Self::when(label, reader.ago(at))
    }

    /// A day in the past, where the time of day says nothing.
    pub(crate) fn day(reader: &Reader, label: &'static str, at: Timestamp) -> Self {
        Self::when(label, reader.days_ago(at))
    }

    pub(crate) fn deadline(reader: &Reader, label: &'static str, at: Timestamp) -> Self {
        Self::when(label, reader.deadline(at))
    }

    fn when(label: &'static str, when: When) -> Self {
        Self {
            label,
            said: when.said,
            full: when.full,
            exact: Some(when.exact),
            change: None,
        }
    }
}

/// A button of a link's form.
pub(crate) struct Button {
    /// The form's token.
    pub(crate) token: String,
    /// Its wish.
    pub(crate) wish: &'static str,
    /// Its label.
    pub(crate) label: &'static str,
    /// True for the main button of the page.
    pub(crate) main: bool,
}

impl Button {
    /// None on a page without a form.
    pub(crate) fn main(visit: &Visit, wish: &'static str, label: &'static str) -> Option<Self> {
        Some(Self {
            main: true,
            ..Self::plain(visit, wish, label)?
        })
    }

    /// None on a page without a form.
    pub(crate) fn plain(visit: &Visit, wish: &'static str, label: &'static str) -> Option<Self> {
        Some(Self {
            token: visit.token.clone()?,
            wish,
            label,
            main: false,
        })
    }
}

/// A page that only says something, and perhaps offers what comes next.
#[derive(Template)]
#[template(path = "link/notice.html")]
pub(crate) struct Said {
    pub(crate) frame: Frame,
    pub(crate) says: Vec<String>,
    /// True if there is a way back to the link's page, at this address.
    pub(crate) again: bool,
    /// True if the page offers the forms of new requests.
    pub(crate) forms: bool,
    /// True if the page leads somebody who was let in just now to all that is theirs.
    pub(crate) begins: bool,
    /// Offers a new link in the place of one that is over.
    pub(crate) renewal: Option<Renewal>,
    /// The offer "send me my link", if the page has it.
    pub(crate) offer: Option<SendLink>,
}

/// The form that asks for a link.
#[derive(Default)]
pub(crate) struct SendLink {
    /// True if it is the purpose of the page and not an offer below something else.
    pub(crate) alone: bool,
    /// The typed text that is no address.
    pub(crate) wrong: Option<String>,
}

impl Said {
    pub(crate) fn new(reader: &Reader, notice: &Notice) -> Self {
        Self {
            frame: Frame::new(reader, notice.title),
            says: notice.says().map(str::to_owned).collect(),
            again: false,
            forms: false,
            begins: false,
            renewal: None,
            offer: None,
        }
    }

    /// The page of a link that is over: one button where its address is known, else the form that
    /// takes one.
    pub(crate) fn offering_renewal(self, renewal: Option<&Renewal>) -> Self {
        match renewal {
            Some(renewal) => Self {
                renewal: Some(renewal.clone()),
                ..self
            },
            None => self.offering_link(),
        }
    }

    pub(crate) fn offering_link(self) -> Self {
        let offer = Some(SendLink::default());
        Self { offer, ..self }
    }

    pub(crate) fn offering_forms(self) -> Self {
        Self {
            forms: true,
            ..self
        }
    }

    /// The page of somebody who was let in: its next steps, if a session began with it.
    pub(crate) fn beginning(self, reader: &Reader) -> Self {
        Self {
            begins: reader.signed_in.is_some(),
            ..self
        }
    }

    pub(crate) fn with_way_back(self) -> Self {
        Self {
            again: true,
            ..self
        }
    }

    pub(crate) fn reply(&self, status: StatusCode) -> Reply {
        Reply::page(status, html(self))
    }
}

pub(crate) fn html(page: &impl Template) -> String {
    page.render()
        .expect("templates over texts that are there cannot fail")
}

/// 404: no such address, or no link of ours.
pub(crate) fn not_found(reader: &Reader) -> Reply {
    Said::new(reader, &reader.words.link.not_found)
        .offering_link()
        .reply(StatusCode::NOT_FOUND)
}

/// 403: the page is for somebody with a session, and there is none, or it is over.
pub(crate) fn no_session(reader: &Reader) -> Reply {
    Said::new(reader, &reader.words.link.no_session)
        .offering_link()
        .reply(StatusCode::FORBIDDEN)
}

/// The form that asks for a link, with what was done just before.
pub(crate) fn send_link(reader: &Reader, done: Option<&str>) -> Reply {
    let mut page = send_link_form(reader, None);
    page.frame.done = done.map(Status::done);
    page.reply(StatusCode::OK)
}

/// 422: what was typed is no address.
pub(crate) fn not_an_address(reader: &Reader, typed: &str) -> Reply {
    send_link_form(reader, Some(typed.to_owned())).reply(StatusCode::UNPROCESSABLE_ENTITY)
}

fn send_link_form(reader: &Reader, wrong: Option<String>) -> Said {
    let mut page = Said::new(reader, &reader.words.link.send_link);
    if wrong.is_some() {
        let mistake = Mistake::at("email", reader.words.link.not_an_address);
        page.frame.mistakes.push(mistake);
    }
    Said {
        offer: Some(SendLink { alone: true, wrong }),
        ..page
    }
}

/// The body is no form of ours, or has too much in it.
pub(crate) fn no_form(reader: &Reader, why: NoForm) -> Reply {
    let (status, notice) = match why {
        NoForm::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, &reader.words.link.too_large),
        NoForm::NotAForm => (StatusCode::BAD_REQUEST, &reader.words.link.not_a_form),
        NoForm::BadReason => (
            StatusCode::UNPROCESSABLE_ENTITY,
            &reader.words.link.bad_reason,
        ),
    };
    Said::new(reader, notice).with_way_back().reply(status)
}

/// 403: the form's token is not of this page.
pub(crate) fn foreign_form(reader: &Reader) -> Reply {
    Said::new(reader, &reader.words.link.foreign_form)
        .with_way_back()
        .reply(StatusCode::FORBIDDEN)
}

/// 403: the form was posted from a page that is not ours.
pub(crate) fn from_elsewhere(reader: &Reader) -> Reply {
    Said::new(reader, &reader.words.link.from_elsewhere)
        .with_way_back()
        .reply(StatusCode::FORBIDDEN)
}

/// 405.
pub(crate) fn not_allowed(reader: &Reader) -> Reply {
    Said::new(reader, &reader.words.link.not_allowed).reply(StatusCode::METHOD_NOT_ALLOWED)
}

/// 429: links were asked for too often.
pub(crate) fn too_many(reader: &Reader) -> Reply {
    Said::new(reader, &reader.words.link.too_many).reply(StatusCode::TOO_MANY_REQUESTS)
}

/// 503: the tables did not answer.
pub(crate) fn unavailable(reader: &Reader) -> Reply {
    Said::new(reader, &reader.words.link.unavailable)
        .with_way_back()
        .reply(StatusCode::SERVICE_UNAVAILABLE)
}
