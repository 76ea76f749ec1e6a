//! How answers look: what a link shows, what was done, and why something could not be.

mod choice;
mod list;
mod request;

use app::visit::{Done, View, Visit};
use askama::Template;
use domain::{Actor, Timestamp, request::Decision};
use lambda_http::http::StatusCode;

use crate::{
    posted::NoForm,
    reply::Reply,
    style::STYLE,
    when::When,
    words::{ENGLISH, Notice, Words},
};

/// What surrounds every page.
pub(crate) struct Frame {
    /// In which language.
    words: &'static Words,
    /// The one stylesheet.
    style: &'static str,
    /// The heading, and the window's name.
    title: String,
    /// How the desk is called.
    desk: Option<String>,
    /// Whether the page was opened by a link that should stay its holder's.
    personal: bool,
    /// Whether it holds a table that wants room.
    wide: bool,
}

impl Frame {
    fn new(title: impl Into<String>) -> Self {
        Self {
            words: &ENGLISH,
            style: STYLE,
            title: title.into(),
            desk: None,
            personal: false,
            wide: false,
        }
    }

    /// The frame of what an opened link shows.
    fn of(visit: &Visit, title: impl Into<String>) -> Self {
        Self {
            desk: visit.desk.as_ref().map(ToString::to_string),
            personal: true,
            ..Self::new(title)
        }
    }
}

/// One line of what is known of something.
struct Fact {
    label: &'static str,
    said: String,
    /// For an instant.
    exact: Option<String>,
}

impl Fact {
    fn text(label: &'static str, text: &impl ToString) -> Self {
        Self {
            label,
            said: text.to_string(),
            exact: None,
        }
    }

    fn past(label: &'static str, at: Timestamp) -> Self {
        Self::when(label, When::past(at, &ENGLISH))
    }

    fn deadline(label: &'static str, at: Timestamp) -> Self {
        Self::when(label, When::deadline(at, &ENGLISH))
    }

    fn when(label: &'static str, when: When) -> Self {
        Self {
            label,
            said: when.said,
            exact: Some(when.exact),
        }
    }
}

/// A button of a link's form.
struct Button {
    /// The form's token.
    token: String,
    /// What it asks for.
    wish: &'static str,
    /// What stands on it.
    label: &'static str,
    /// Whether it is what the page is for.
    main: bool,
}

impl Button {
    /// None on a page without a form.
    fn main(visit: &Visit, wish: &'static str, label: &'static str) -> Option<Self> {
        Some(Self {
            main: true,
            ..Self::plain(visit, wish, label)?
        })
    }

    /// None on a page without a form.
    fn plain(visit: &Visit, wish: &'static str, label: &'static str) -> Option<Self> {
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
#[template(path = "notice.html")]
struct Said {
    frame: Frame,
    says: Vec<String>,
    /// Takes back what was done.
    button: Option<Button>,
    /// Whether there is a way back to the link's page: this address.
    again: bool,
    /// Whether to offer "send me my link".
    offer: Option<SendLink>,
}

/// The form that asks for a link.
#[derive(Default)]
struct SendLink {
    /// Whether it is what the page is for, and not an offer under something else.
    alone: bool,
    /// What stood there and is no address.
    wrong: Option<String>,
}

impl Said {
    fn new(notice: &Notice) -> Self {
        Self {
            frame: Frame::new(notice.title),
            says: notice.says.iter().map(ToString::to_string).collect(),
            button: None,
            again: false,
            offer: None,
        }
    }

    fn offering_link(self) -> Self {
        let offer = Some(SendLink::default());
        Self { offer, ..self }
    }

    fn with_way_back(self) -> Self {
        Self {
            again: true,
            ..self
        }
    }

    fn reply(&self, status: StatusCode) -> Reply {
        Reply::page(status, html(self))
    }
}

fn html(page: &impl Template) -> String {
    page.render()
        .expect("templates over texts that are there cannot fail")
}

/// How a view's answer is called in HTTP.
pub(crate) fn status(view: &View) -> StatusCode {
    match view {
        View::Invitation { .. }
        | View::KeepAccess { .. }
        | View::Request(_)
        | View::Approval { .. }
        | View::MyRequests { .. }
        | View::Roster { .. }
        | View::StopMail { .. }
        | View::Exception { .. }
        | View::HeldRun(_)
        | View::Done(_) => StatusCode::OK,
        View::Refused(_) => StatusCode::CONFLICT,
        View::ForeignForm => StatusCode::FORBIDDEN,
        View::Over => StatusCode::GONE,
        View::Unknown => StatusCode::NOT_FOUND,
    }
}

/// The page of what a visitor sees.
pub(crate) fn visit(visit: &Visit) -> Reply {
    let html = match &visit.view {
        View::Invitation { org, membership } => choice::invitation(visit, org, membership),
        View::KeepAccess { org, membership } => choice::keep_access(visit, org, membership),
        View::Exception { org, membership } => choice::exception(visit, org, membership),
        View::HeldRun(run) => choice::held_run(visit, run),
        View::StopMail { request, stopped } => choice::stop_mail(visit, request.as_ref(), *stopped),
        View::Request(view) => request::plain(visit, view),
        View::Approval { request, approval } => request::approval(visit, request, approval),
        View::MyRequests { open, done } => list::my_requests(visit, open, done),
        View::Roster { org, members } => list::roster(visit, org, members),
        View::Done(what) => html(&done(visit, *what)),
        View::Refused(refusal) => html(&Said {
            frame: Frame::new(ENGLISH.refused),
            says: vec![(ENGLISH.refusal)(refusal)],
            button: None,
            again: false,
            offer: None,
        }),
        View::ForeignForm => html(&Said::new(&ENGLISH.foreign_form).with_way_back()),
        View::Over => html(&Said::new(&ENGLISH.over).offering_link()),
        View::Unknown => return not_found(),
    };
    Reply::page(status(&visit.view), html)
}

fn done(visit: &Visit, done: Done) -> Said {
    let words = &ENGLISH;
    let notice = match done {
        Done::Accepted => &words.accepted,
        Done::Declined => &words.invitation_declined,
        Done::Kept => &words.kept,
        Done::Answered(Decision::Approved) => &words.approved,
        Done::Answered(Decision::Declined) => &words.approval_declined,
        Done::MailStopped => &words.mail_stopped,
        Done::MailResumed => &words.mail_resumed,
        Done::ExceptionAllowed => &words.exception_allowed,
        Done::ExceptionRefused => &words.exception_refused,
        Done::Released => &words.released,
        Done::LinkMailed => &words.link_mailed,
    };
    let said = Said::new(notice);
    let back = match done {
        Done::MailStopped => Button::plain(visit, "resume", words.resume),
        Done::MailResumed => Button::plain(visit, "stop", words.stop),
        Done::Accepted
        | Done::Declined
        | Done::Kept
        | Done::Answered(_)
        | Done::ExceptionAllowed
        | Done::ExceptionRefused
        | Done::Released
        | Done::LinkMailed => return said,
    };
    Said {
        button: back,
        ..said.with_way_back()
    }
}

/// 404: no such address, or no link of ours.
pub(crate) fn not_found() -> Reply {
    Said::new(&ENGLISH.not_found)
        .offering_link()
        .reply(StatusCode::NOT_FOUND)
}

/// The form that asks for a link.
pub(crate) fn send_link() -> Reply {
    send_link_form(None).reply(StatusCode::OK)
}

/// 422: what was typed is no address.
pub(crate) fn not_an_address(typed: &str) -> Reply {
    send_link_form(Some(typed.to_owned())).reply(StatusCode::UNPROCESSABLE_ENTITY)
}

fn send_link_form(wrong: Option<String>) -> Said {
    Said {
        offer: Some(SendLink { alone: true, wrong }),
        ..Said::new(&ENGLISH.send_link)
    }
}

/// The body is no form of ours, or has too much in it.
pub(crate) fn no_form(why: NoForm) -> Reply {
    let (status, notice) = match why {
        NoForm::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, &ENGLISH.too_large),
        NoForm::NotAForm => (StatusCode::BAD_REQUEST, &ENGLISH.not_a_form),
        NoForm::BadReason => (StatusCode::UNPROCESSABLE_ENTITY, &ENGLISH.bad_reason),
    };
    Said::new(notice).with_way_back().reply(status)
}

/// 405.
pub(crate) fn not_allowed() -> Reply {
    Said::new(&ENGLISH.not_allowed).reply(StatusCode::METHOD_NOT_ALLOWED)
}

/// 429: links were asked for too often.
pub(crate) fn too_many() -> Reply {
    Said::new(&ENGLISH.too_many).reply(StatusCode::TOO_MANY_REQUESTS)
}

/// 503: the tables did not answer.
pub(crate) fn unavailable() -> Reply {
    Said::new(&ENGLISH.unavailable)
        .with_way_back()
        .reply(StatusCode::SERVICE_UNAVAILABLE)
}

/// A person, when it was one.
fn person(actor: &Actor) -> Option<&str> {
    match actor {
        Actor::Person(email) => Some(email.as_str()),
        Actor::Source(_) | Actor::Sweep | Actor::MailFeedback | Actor::Operator => None,
    }
}

#[cfg(test)]
mod tests;
