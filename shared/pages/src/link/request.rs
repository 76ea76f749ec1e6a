//! A request with the question whether it is approved.

use app::visit::{RequestView, Visit};
use askama::Template;
use domain::{
    Request,
    request::{Approval, Part, ViewerId},
};

use words::When;

use crate::{
    feedback::Mistake,
    page::{Fact, Frame, html},
    reader::Reader,
    requests::{
        mark,
        parts::{self, Moved, Said},
    },
    wording::link as wording,
};

#[derive(Template)]
#[template(path = "link/request.html")]
struct View<'a> {
    frame: Frame,
    request: &'a Request,
    mark: &'static str,
    facts: Vec<Fact>,
    /// The questions of the form and their answers.
    answers: Vec<(&'a str, &'a str)>,
    ask: Option<Ask<'a>>,
    comments: Vec<Said<'a>>,
    older_comments: bool,
    history: Vec<Moved<'a>>,
}

/// An answer that was not taken.
pub(super) struct Refused<'a> {
    pub(super) says: String,
    /// The reason that was typed.
    pub(super) typed: &'a str,
}

/// The question to an approver.
struct Ask<'a> {
    /// The approver's answer, if there is one already.
    answered: Option<Answered>,
    /// The form's token, while they can answer.
    token: Option<String>,
    refused: Option<Refused<'a>>,
}

/// An approver's answer.
struct Answered {
    says: &'static str,
    why: Option<String>,
    at: Option<When>,
}

pub(super) fn approval(
    reader: &Reader,
    visit: &Visit,
    (view, approval): (&RequestView, &Approval),
    refused: Option<Refused<'_>>,
) -> String {
    let words = &reader.words.link;
    let own = match &view.viewer.who {
        ViewerId::Person(email) => approval.answers.get(email),
        ViewerId::Organization(_) => None,
    };
    let answered = own.map(|own| Answered {
        says: wording::answered(words, own.decision),
        why: own.reason.as_ref().map(ToString::to_string),
        at: Some(reader.ago(own.at)),
    });
    let due = approval
        .due
        .map(|due| Fact::deadline(reader, words.answer_by, due));
    let mut page = page(reader, visit, view);
    let mistake = refused
        .as_ref()
        .map(|refused| Mistake::of_all(refused.says.as_str()));
    page.frame.mistakes.extend(mistake);
    page.facts.extend(due);
    page.ask = Some(Ask {
        token: visit.token.clone().filter(|_| answered.is_none()),
        answered,
        refused,
    });
    html(&page)
}

fn page<'a>(reader: &Reader, visit: &Visit, view: &'a RequestView) -> View<'a> {
    let request = &view.request;
    View {
        frame: Frame::of(reader, visit, request.summary.as_str()),
        request,
        mark: mark(request.status.category),
        facts: parts::facts(
            reader,
            request,
            view.viewer.parts.contains(&Part::Reporter),
            None,
        ),
        answers: view
            .answers
            .iter()
            .map(|(question, answer)| (question.as_str(), answer.as_str()))
            .collect(),
        ask: None,
        comments: view
            .comments
            .iter()
            .map(|comment| Said::of(reader, comment))
            .collect(),
        older_comments: view.older_comments,
        history: parts::history(reader, request),
    }
}
