//! The lists of requests.

use app::requests::{Ask, Aspect, List, Row};
use askama::Template;
use domain::{columns::Column, request::Category};

use super::query::{self, ASPECTS, LONGEST_SEARCH};
use words::file::Requests;

use words::When;

use crate::{
    feedback::Status,
    navigation::Area,
    page::{Choice, Frame, html},
    reader::Reader,
    wording::requests::{self as wording, Done},
};

#[derive(Template)]
#[template(path = "requests/list.html")]
struct View {
    frame: Frame,
    words: &'static Requests,
    /// The four lists.
    lists: Vec<Link>,
    /// The name of the shown list in its address.
    list: &'static str,
    open: bool,
    search: String,
    longest_search: usize,
    desks: Vec<Choice>,
    kinds: Vec<Choice>,
    orgs: Vec<Choice>,
    /// True if there is more than one to choose from.
    choose_org: bool,
    caption: String,
    heads: Vec<&'static str>,
    rows: Vec<Line>,
    /// The message of an empty list, and a way on.
    nothing: Option<Nothing>,
    newest: Option<String>,
    next: Option<Link>,
}

/// A way to another page.
struct Link {
    label: &'static str,
    to: String,
    here: bool,
}

/// A request in the list.
struct Line {
    cells: Vec<Cell>,
}

/// The content of a column.
struct Cell {
    head: &'static str,
    shows: Shows,
}

enum Shows {
    /// The summary of the request, which links to it.
    Summary {
        text: String,
        to: String,
    },
    /// The status.
    Status {
        text: String,
        mark: &'static str,
    },
    Text(String),
    When(When),
}

struct Nothing {
    says: &'static str,
    way_out: Option<Link>,
}

pub(super) fn page(reader: &Reader, ask: &Ask, list: &List, done: Option<Done>) -> String {
    let words = &reader.words.requests;
    let frame = Frame {
        done: done.map(|done| Status::done(wording::done(words, done))),
        wide: true,
        ..Frame::within(reader, words.my_requests, Area::Requests)
    };
    let state = if ask.open { words.open } else { words.closed };
    let columns = list.columns.as_slice();
    let rows = list.rows.iter();
    let nothing = list.rows.is_empty().then(|| nothing(words, ask, list));
    html(&View {
        frame,
        lists: lists(words, ask),
        list: query::name(ask.aspect),
        open: ask.open,
        search: ask.words.clone().unwrap_or_default(),
        longest_search: LONGEST_SEARCH,
        caption: format!("{} · {state}", wording::aspect(words, ask.aspect)),
        heads: columns
            .iter()
            .map(|column| wording::column(words, *column))
            .collect(),
        rows: rows.map(|row| line(reader, row, columns)).collect(),
        nothing,
        newest: ask.behind.as_ref().map(|_| {
            query::address(&Ask {
                behind: None,
                ..ask.clone()
            })
        }),
        next: list.next.clone().map(|place| Link {
            label: if list.interrupted {
                words.look_further
            } else {
                words.older
            },
            to: query::address(&Ask {
                behind: Some(place),
                ..ask.clone()
            }),
            here: false,
        }),
        desks: choices(
            list.desks
                .iter()
                .map(|(id, name)| (id.to_string(), name.clone())),
            |id| ask.desk.as_ref().is_some_and(|desk| desk.as_str() == id),
        ),
        kinds: choices(
            list.kinds
                .iter()
                .map(|kind| (kind.to_string(), kind.to_string())),
            |id| ask.kind.as_ref().is_some_and(|kind| kind.as_str() == id),
        ),
        orgs: choices(
            list.orgs
                .iter()
                .map(|(id, name)| (id.to_string(), name.to_string())),
            |id| list.org.as_ref().is_some_and(|org| org.as_str() == id),
        ),
        choose_org: ask.aspect == Aspect::Shared && list.orgs.len() > 1,
        words,
    })
}

fn lists(words: &'static Requests, ask: &Ask) -> Vec<Link> {
    ASPECTS
        .into_iter()
        .map(|aspect| Link {
            label: wording::aspect(words, aspect),
            to: query::whole(aspect, true),
            here: aspect == ask.aspect,
        })
        .collect()
}

fn choices(
    all: impl Iterator<Item = (String, String)>,
    chosen: impl Fn(&str) -> bool,
) -> Vec<Choice> {
    all.map(|(value, label)| Choice {
        chosen: chosen(&value),
        value,
        label,
    })
    .collect()
}

fn nothing(words: &'static Requests, ask: &Ask, list: &List) -> Nothing {
    let narrowed = ask.desk.is_some() || ask.kind.is_some() || ask.words.is_some();
    let whole = || query::whole(ask.aspect, ask.open);
    let way = |label, to| {
        Some(Link {
            label,
            to,
            here: false,
        })
    };
    if narrowed || ask.behind.is_some() {
        return Nothing {
            says: words.nothing_found,
            way_out: way(words.show_all, whole()),
        };
    }
    match ask.aspect {
        Aspect::Shared if list.orgs.is_empty() => Nothing {
            says: words.no_organization,
            way_out: None,
        },
        Aspect::Created if ask.open => Nothing {
            says: wording::nothing(words, ask.aspect, ask.open),
            way_out: way(words.new_request, "/new".to_owned()),
        },
        Aspect::Created | Aspect::Approvals | Aspect::Shared | Aspect::TakingPart => Nothing {
            says: wording::nothing(words, ask.aspect, ask.open),
            way_out: None,
        },
    }
}

fn line(reader: &Reader, row: &Row, columns: &[Column]) -> Line {
    let words = &reader.words.requests;
    Line {
        cells: columns
            .iter()
            .map(|column| Cell {
                head: wording::column(words, *column),
                shows: shows(reader, row, *column),
            })
            .collect(),
    }
}

fn shows(reader: &Reader, row: &Row, column: Column) -> Shows {
    let request = &row.request;
    match column {
        Column::Summary => Shows::Summary {
            text: request.summary.to_string(),
            to: super::address(&request.id),
        },
        Column::Key => Shows::Text(request.key().to_string()),
        Column::Status => Shows::Status {
            text: request.status.name.to_string(),
            mark: mark(request.status.category),
        },
        Column::Kind => Shows::Text(request.kind.to_string()),
        Column::Desk => Shows::Text(row.desk.clone()),
        Column::Reporter => Shows::Text(match &request.reporter_name {
            Some(name) => name.to_string(),
            None => request.reporter.to_string(),
        }),
        Column::Organization => Shows::Text(
            row.org
                .as_ref()
                .map_or_else(String::new, ToString::to_string),
        ),
        Column::Created => Shows::When(reader.days_ago(request.created_at)),
        Column::Changed => Shows::When(reader.days_ago(request.status_at)),
    }
}

/// The look of a status.
pub(crate) fn mark(category: Category) -> &'static str {
    match category {
        Category::New => "new",
        Category::InProgress => "busy",
        Category::WaitingForCustomer => "waits",
        Category::Done => "over",
    }
}
