//! A request with the question whether it is approved.

use app::visit::{RequestView, Visit};
use askama::Template;
use domain::{
    Request,
    request::{Approval, AuthorRole, Comment, Part, Who},
};

use crate::{
    page::{Fact, Frame, html},
    reader::Reader,
    requests::{formatted, mark},
    when::When,
};

#[derive(Template)]
#[template(path = "link/request.html")]
struct Page<'a> {
    frame: Frame,
    request: &'a Request,
    mark: &'static str,
    facts: Vec<Fact>,
    /// What the form asked, and what was answered.
    answers: Vec<(&'a str, &'a str)>,
    ask: Option<Ask>,
    comments: Vec<Said>,
    older_comments: bool,
    history: Vec<Moved<'a>>,
}

/// The question to an approver.
struct Ask {
    /// What they said already.
    answered: Option<Answered>,
    /// The form's token, while they can answer.
    token: Option<String>,
}

/// What an approver said.
struct Answered {
    says: &'static str,
    why: Option<String>,
    at: Option<When>,
}

/// A comment.
struct Said {
    author: String,
    from_desk: bool,
    /// Safe to show as it is.
    html: String,
    at: When,
}

/// A change of status.
struct Moved<'a> {
    to: &'a str,
    late: bool,
    at: When,
}

pub(super) fn approval(
    reader: &Reader,
    visit: &Visit,
    view: &RequestView,
    approval: &Approval,
) -> String {
    let words = &reader.words.link;
    let own = match &view.viewer.who {
        Who::Person(email) => approval.answers.get(email),
        Who::Organization(_) => None,
    };
    let answered = own.map(|own| Answered {
        says: (words.answered)(own.decision),
        why: own.reason.as_ref().map(ToString::to_string),
        at: Some(When::past(own.at, reader)),
    });
    let due = approval
        .due
        .map(|due| Fact::deadline(reader, words.answer_by, due));
    let mut page = page(reader, visit, view);
    page.facts.extend(due);
    page.ask = Some(Ask {
        token: visit.token.clone().filter(|_| answered.is_none()),
        answered,
    });
    html(&page)
}

fn page<'a>(reader: &Reader, visit: &Visit, view: &'a RequestView) -> Page<'a> {
    let request = &view.request;
    let mut history: Vec<_> = request.history.iter().collect();
    // It is kept in the order of hearing, and read in the order of happening.
    history.sort_by_key(|change| change.at);
    Page {
        frame: Frame::of(reader, visit, request.summary.as_str()),
        request,
        mark: mark(request.status.category),
        facts: facts(reader, view),
        answers: view
            .answers
            .iter()
            .map(|(question, answer)| (question.as_str(), answer.as_str()))
            .collect(),
        ask: None,
        comments: view
            .comments
            .iter()
            .map(|comment| said(reader, comment))
            .collect(),
        older_comments: view.older_comments,
        history: history
            .into_iter()
            .map(|change| Moved {
                to: change.to.name.as_str(),
                late: change.late,
                at: When::past(change.at, reader),
            })
            .collect(),
    }
}

fn facts(reader: &Reader, view: &RequestView) -> Vec<Fact> {
    let words = &reader.words.link;
    let request = &view.request;
    let reporter = if view.viewer.parts.contains(&Part::Reporter) {
        words.you.to_owned()
    } else if let Some(name) = &request.reporter_name {
        name.to_string()
    } else {
        request.reporter.to_string()
    };
    let mut facts = vec![
        Fact::text(words.request, &request.id.key),
        Fact::text(words.kind, &request.kind),
        Fact::text(words.raised_by, &reporter),
        Fact::past(reader, words.raised, request.created_at),
    ];
    if let Some(resolution) = &request.resolution {
        facts.push(Fact::text(words.resolution, resolution));
    }
    facts
}

fn said(reader: &Reader, comment: &Comment) -> Said {
    Said {
        author: comment.author.name.to_string(),
        from_desk: comment.author.role == AuthorRole::Agent,
        html: formatted(comment.body.as_str()),
        at: When::past(comment.at, reader),
    }
}
