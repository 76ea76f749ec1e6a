//! The desks, what one of them can be asked for, and a request that waits to be confirmed.

use app::intake::Waiting;
use askama::Template;
use domain::desk::{Desk, RequestType};
use lambda_http::http::StatusCode;

use crate::{
    http::reply::Reply,
    navigation::Area,
    page::{Fact, Frame, html},
    reader::Reader,
};

/// One of several things to choose.
struct Entry {
    to: String,
    name: String,
    says: Option<String>,
}

/// Several things to choose under one heading.
struct Group {
    heading: Option<String>,
    entries: Vec<Entry>,
}

struct News {
    title: String,
    body: String,
}

#[derive(Template)]
#[template(path = "intake/choose.html")]
struct Choose {
    frame: Frame,
    lead: Option<&'static str>,
    news: Vec<News>,
    groups: Vec<Group>,
    /// True if the page offers the way to the desks.
    back: bool,
    /// True if the page offers the way to one's own link.
    stranger: bool,
}

/// The desks.
pub(super) fn desks(reader: &Reader, desks: &[Desk], stranger: bool) -> Reply {
    let words = &reader.words.intake;
    let entries = desks.iter().map(|desk| {
        let kinds = desk.request_types.iter().take(4);
        let kinds: Vec<&str> = kinds.map(|kind| kind.name.as_str()).collect();
        let more = if desk.request_types.len() > kinds.len() {
            " …"
        } else {
            ""
        };
        Entry {
            to: format!("/new/{}", desk.id),
            name: desk.name.to_string(),
            says: Some(format!("{}{more}", kinds.join(" · "))),
        }
    });
    let page = Choose {
        frame: Frame::within(reader, words.title, Area::New),
        lead: Some(words.lead),
        news: Vec::new(),
        groups: vec![Group {
            heading: None,
            entries: entries.collect(),
        }],
        back: false,
        stranger,
    };
    Reply::page(StatusCode::OK, html(&page))
}

/// A desk's request types, in groups.
pub(super) fn kinds(reader: &Reader, desk: &Desk) -> Reply {
    let words = &reader.words.intake;
    let mut groups: Vec<Group> = Vec::new();
    for kind in &desk.request_types {
        let heading = kind.group.as_ref().map(ToString::to_string);
        let entry = entry(desk, kind);
        match groups.iter_mut().find(|group| group.heading == heading) {
            Some(group) => group.entries.push(entry),
            None => groups.push(Group {
                heading,
                entries: vec![entry],
            }),
        }
    }
    // Under a heading of their own where others have one.
    if groups.len() > 1 {
        for group in groups.iter_mut().filter(|group| group.heading.is_none()) {
            group.heading = Some(words.further.to_owned());
        }
    }
    let news = desk.announcements.iter().map(|news| News {
        title: news.title.to_string(),
        body: news.body.to_string(),
    });
    let page = Choose {
        frame: Frame {
            desk: Some(desk.name.to_string()),
            ..Frame::within(reader, words.kinds, Area::New)
        },
        lead: None,
        news: news.collect(),
        groups,
        back: true,
        stranger: false,
    };
    Reply::page(StatusCode::OK, html(&page))
}

fn entry(desk: &Desk, kind: &RequestType) -> Entry {
    Entry {
        to: format!("/new/{}/{}", desk.id, kind.id),
        name: kind.name.to_string(),
        says: kind.description.as_ref().map(ToString::to_string),
    }
}

#[derive(Template)]
#[template(path = "intake/confirm.html")]
struct Confirm {
    frame: Frame,
    lead: String,
    facts: Vec<Fact>,
    /// The questions and their answers.
    written: Vec<(String, String)>,
    token: String,
}

/// A request that waits for its confirmation.
pub(super) fn waiting(reader: &Reader, waiting: &Waiting) -> Reply {
    let words = &reader.words.intake;
    let draft = &waiting.draft;
    let page = Confirm {
        frame: Frame {
            desk: Some(waiting.desk.to_string()),
            personal: true,
            ..Frame::new(reader, words.confirm)
        },
        lead: words.confirm_lead(waiting.desk.as_str()),
        facts: vec![
            Fact::text(words.confirm_kind, &draft.kind),
            Fact::text(words.confirm_summary, &draft.summary),
            Fact::text(words.confirm_by, &draft.reporter.email),
            Fact::deadline(reader, words.confirm_until, draft.until),
        ],
        written: draft
            .description
            .iter()
            .map(|text| (reader.words.link.description.to_owned(), text.to_string()))
            .chain(waiting.answers.iter().cloned())
            .collect(),
        token: waiting.token.clone(),
    };
    Reply::page(StatusCode::OK, html(&page))
}
