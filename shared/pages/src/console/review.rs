//! The review: who still belongs.

use app::{
    console::{ReviewStage, ReviewView},
    path::Stop,
};
use askama::Template;
use domain::EmailAddress;
use lambda_http::http::StatusCode;

use super::{
    request::{ConsoleRequest, ConsoleTab},
    roster::Row,
    status,
};
use words::{file::Console as Words, with};

use crate::{
    http::reply::Reply,
    page::{Fact, Frame, html},
    reader::Reader,
    wording::console::Done,
};

const ACTION: &str = "console/review";
/// The most people of one form.
const MOST: usize = 100;

#[derive(Template)]
#[template(path = "console/review.html")]
struct View {
    frame: Frame,
    words: &'static Words,
    token: String,
    action: String,
    /// The progress; `None` if nobody is to be confirmed.
    progress: Option<(usize, usize, String)>,
    facts: Vec<Fact>,
    people: Vec<Row>,
    keep_all: String,
}

/// The people who are still to be confirmed.
pub(super) async fn show(here: &ConsoleRequest<'_>) -> Result<Reply, Stop> {
    let review = here.console().review(here.caller, here.org).await?;
    let reader = here.reader(&review.place);
    let mut view = view(here, &review, &reader);
    if let Some(status) = status::elsewhere(here, &reader).await? {
        view.frame.done = Some(status);
    }
    let html = html(&view);
    Ok(Reply::page(StatusCode::OK, html))
}

fn view(here: &ConsoleRequest<'_>, review: &ReviewView, reader: &Reader) -> View {
    let words = &reader.words.console;
    let title = words.review_of(review.place.org.name.as_str());
    let frame = here.frame(reader, &review.place, title, ConsoleTab::Review);
    let mut facts = Vec::new();
    let (progress, people) = match &review.stage {
        ReviewStage::Nothing { finished_at, next } => {
            if let Some(at) = finished_at {
                facts.push(Fact::day(reader, words.review_finished, *at));
            }
            if let Some(at) = next {
                facts.push(Fact::day(reader, words.review_next, *at));
            }
            (None, Vec::new())
        }
        ReviewStage::Open {
            people, left, of, ..
        } => {
            let done = of - left;
            let people = people.iter().map(|person| Row::of(person, here, reader));
            let progress = (
                done,
                *of,
                words.review_progress(with::Done(done), with::Of(*of)),
            );
            (Some(progress), people.collect())
        }
    };
    View {
        frame: Frame {
            wide: true,
            ..frame
        },
        words,
        token: here.token(ACTION),
        action: here.path("/review"),
        progress,
        facts,
        keep_all: words.keep_all(people.len()),
        people,
    }
}

/// Keeps the answers.
pub(super) async fn answer(here: &ConsoleRequest<'_>) -> Result<Reply, Stop> {
    let (fields, posted) = match here.posted(ACTION) {
        Ok(posted) => posted,
        Err(reply) => return Ok(*reply),
    };
    // One who is kept by their own button, or everybody who was shown.
    let one: Vec<_> = fields.all("keep").collect();
    let named = if one.is_empty() {
        fields.all("shown").collect()
    } else {
        one
    };
    let emails: Vec<EmailAddress> = named
        .into_iter()
        .take(MOST)
        .filter_map(|email| email.parse().ok())
        .collect();
    let by = (here.caller, &posted);
    here.console().confirm(by, here.org, &emails).await?;
    Ok(here.done("/review", Done::Confirmed))
}
