//! The page of one request.

use app::requests::OneRequest;
use askama::Template;
use domain::{
    Request,
    desk::Transition,
    request::{Approval, Category, Part},
};
use url::form_urlencoded::Serializer;

use super::{
    Action, Form, Tried, address,
    list::mark,
    parts::{self, Moved, Said},
};
use words::{When, Words, file::Requests};

use crate::{
    feedback::{Mistake, Status},
    page::{Fact, Frame, html},
    reader::Reader,
    wording::requests::{self as wording, Done},
};

/// The most characters of a comment, as `domain::text::Body` has it.
const LONGEST_COMMENT: usize = 32_768;

#[derive(Template)]
#[template(path = "requests/one.html")]
struct View<'a> {
    frame: Frame,
    words: &'static Requests,
    /// True if the reader has more than this request.
    has_lists: bool,
    request: &'a Request,
    /// The sentence about a move to another key.
    moved: Option<String>,
    /// Tells that no desk here serves the project it was moved to: its page has no forms.
    gone: bool,
    /// The address of its forms.
    address: String,
    mark: &'static str,
    asked: Vec<Ask>,
    facts: Vec<Fact>,
    /// The questions of the form and their answers.
    answers: Vec<(&'a str, &'a str)>,
    approvals: Vec<Answered>,
    comments: Vec<Said<'a>>,
    older: Option<String>,
    /// True if these are not the newest comments.
    paged: bool,
    comment_token: String,
    comment_typed: String,
    comment_wrong: Option<String>,
    longest_comment: usize,
    /// The change of status that opens a closed request again, if the reader may make it.
    opens_again: Option<String>,
    transitions: Vec<String>,
    status_token: String,
    share: Option<Share>,
    history: Vec<Moved<'a>>,
    mails: Option<Mails>,
}

/// The question to an approver.
struct Ask {
    id: String,
    due: Option<When>,
    token: String,
    typed: String,
    wrong: Option<String>,
}

/// An approver's answer.
struct Answered {
    says: &'static str,
    why: Option<String>,
    at: Option<When>,
}

struct Share {
    token: String,
    typed: String,
    wrong: Option<String>,
    orgs: Vec<ShareWith>,
}

struct ShareWith {
    token: String,
    id: String,
    label: String,
}

/// The reader's mails about it, and the button that changes them.
struct Mails {
    says: &'static str,
    token: String,
    value: &'static str,
    label: &'static str,
}

/// The context of the page.
pub(super) struct Shown<'a> {
    /// The act just done.
    pub(super) done: Option<Done>,
    /// A typed text that could not be accepted.
    pub(super) tried: Option<&'a Tried>,
    /// True if these are not the newest comments.
    pub(super) paged: bool,
    /// True if the reader has more than this request.
    pub(super) has_lists: bool,
    /// Makes the token of each form.
    pub(super) token: &'a dyn Fn(Action) -> String,
}

pub(super) fn page(reader: &Reader, one: &OneRequest, shown: &Shown<'_>) -> String {
    let words = &reader.words.requests;
    let request = &one.request;
    let typed = |form: &Form| shown.tried.filter(|tried| tried.form == *form);
    let comment = typed(&Form::Comment);
    html(&View {
        frame: Frame {
            desk: Some(one.desk.clone()),
            done: shown.done.map(|done| status(words, request, done)),
            mistakes: shown
                .tried
                .map_or_else(Vec::new, |tried| mistakes(reader, one, tried)),
            personal: true,
            ..Frame::new(reader, request.summary.as_str())
        },
        has_lists: shown.has_lists,
        moved: moved(words, request),
        gone: request.elsewhere().is_some(),
        address: address(&request.id),
        mark: mark(request.status.category),
        asked: asked(reader, one, shown),
        facts: facts(reader, one),
        answers: one
            .answers
            .iter()
            .map(|(label, answer)| (label.as_str(), answer.as_str()))
            .collect(),
        approvals: request
            .approvals
            .values()
            .flat_map(|approval| answers(reader, approval))
            .collect(),
        comments: one
            .comments
            .iter()
            .map(|comment| Said::of(reader, comment))
            .collect(),
        older: one.older.as_ref().map(|place| {
            let mut query = Serializer::new(String::new());
            query.append_pair("before", place.as_str());
            format!("{}?{}", address(&request.id), query.finish())
        }),
        paged: shown.paged,
        comment_token: (shown.token)(Action::Comment),
        comment_typed: comment.map_or_else(String::new, |tried| tried.typed.clone()),
        comment_wrong: comment.and_then(|tried| tried.beside(reader.words)),
        longest_comment: LONGEST_COMMENT,
        opens_again: opens_again(one),
        transitions: one
            .transitions
            .iter()
            .map(|change| change.name.to_string())
            .collect(),
        status_token: (shown.token)(Action::Status),
        share: share(reader.words, one, shown),
        history: parts::history(reader, request),
        mails: one.may_follow.then(|| mails(words, one.subscribed, shown)),
        request,
        words,
    })
}

/// The status after an act: a comment says that a closed request stays closed.
fn status(words: &Requests, request: &Request, done: Done) -> Status {
    let says = match done {
        Done::Already => return Status::unchanged(wording::done(words, done)),
        Done::Commented if !request.is_open() => words.done_commented_closed,
        _ => wording::done(words, done),
    };
    Status::done(says)
}

/// The change of status that opens a closed request again.
fn opens_again(one: &OneRequest) -> Option<String> {
    let opens = |change: &&Transition| change.to.category != Category::Done;
    let closed = !one.request.is_open();
    let change = one.transitions.iter().find(opens).filter(|_| closed);
    change.map(|change| change.name.to_string())
}

/// The summary of what could not be accepted.
fn mistakes(reader: &Reader, one: &OneRequest, tried: &Tried) -> Vec<Mistake> {
    let field = match &tried.form {
        Form::Comment => Some("comment".to_owned()),
        Form::Colleague => Some("colleague".to_owned()),
        Form::Answer(id) => {
            let mut asked = one.asked.iter();
            let place = asked.position(|asked| *id == asked.id.to_string());
            place.map(|place| format!("why-{}", place + 1))
        }
        Form::Button => None,
    };
    let of_field = field.and_then(|to| Some(Mistake::at(to, tried.beside(reader.words)?)));
    let of_all = tried.above(reader.words).map(Mistake::of_all);
    of_field.into_iter().chain(of_all).collect()
}

/// Says that it has another key now, and what follows from that.
fn moved(words: &Requests, request: &Request) -> Option<String> {
    match request.elsewhere() {
        Some(key) => Some(words.moved_elsewhere(key.as_str())),
        None if *request.key() != request.id.key => Some(words.moved_on(request.key().as_str())),
        None => None,
    }
}

fn asked(reader: &Reader, one: &OneRequest, shown: &Shown<'_>) -> Vec<Ask> {
    one.asked
        .iter()
        .map(|asked| {
            let form = Form::Answer(asked.id.to_string());
            let tried = shown.tried.filter(|tried| tried.form == form);
            Ask {
                id: asked.id.to_string(),
                due: asked.approval.due.map(|due| reader.deadline(due)),
                token: (shown.token)(Action::Answer),
                typed: tried.map_or_else(String::new, |tried| tried.typed.clone()),
                wrong: tried.and_then(|tried| tried.beside(reader.words)),
            }
        })
        .collect()
}

fn facts(reader: &Reader, one: &OneRequest) -> Vec<Fact> {
    let words = &reader.words.requests;
    let is_own = one.access.parts.contains(&Part::Reporter);
    let handed_by = one.handed_by.as_ref().map(ToString::to_string);
    let mut facts = parts::facts(reader, &one.request, is_own, handed_by);
    if !one.participants.is_empty() {
        facts.push(Fact::text(words.takes_part, &listed(&one.participants)));
    }
    if !one.shared_with.is_empty() {
        facts.push(Fact::text(words.shared_with, &listed(&one.shared_with)));
    }
    facts
}

fn listed(things: &[impl ToString]) -> String {
    let things: Vec<_> = things.iter().map(ToString::to_string).collect();
    things.join(", ")
}

/// The answers without their approvers; one line while there is none.
fn answers(reader: &Reader, approval: &Approval) -> Vec<Answered> {
    let words = &reader.words.requests;
    if approval.answers.is_empty() {
        return vec![Answered {
            says: words.waiting,
            why: None,
            at: None,
        }];
    }
    approval
        .answers
        .values()
        .map(|answer| Answered {
            says: wording::decision(words, answer.decision),
            why: answer.reason.as_ref().map(ToString::to_string),
            at: Some(reader.ago(answer.at)),
        })
        .collect()
}

fn share(words: &Words, one: &OneRequest, shown: &Shown<'_>) -> Option<Share> {
    if !one.access.may_share() {
        return None;
    }
    let tried = shown.tried.filter(|tried| tried.form == Form::Colleague);
    let orgs = one.could_share_with.iter().map(|(id, name)| ShareWith {
        token: (shown.token)(Action::Share),
        id: id.to_string(),
        label: words.requests.share_with_organization(name.as_str()),
    });
    Some(Share {
        token: (shown.token)(Action::Share),
        typed: tried.map_or_else(String::new, |tried| tried.typed.clone()),
        wrong: tried.and_then(|tried| tried.beside(words)),
        orgs: orgs.collect(),
    })
}

fn mails(words: &'static Requests, subscribed: bool, shown: &Shown<'_>) -> Mails {
    let token = (shown.token)(Action::Mails);
    if subscribed {
        Mails {
            says: words.mails_on,
            token,
            value: "off",
            label: words.stop_mails,
        }
    } else {
        Mails {
            says: words.mails_off,
            token,
            value: "on",
            label: words.resume_mails,
        }
    }
}
