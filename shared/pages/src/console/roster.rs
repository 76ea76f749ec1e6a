//! The roster: a page of it, and all of it as a file.

use app::{
    console::{Kind, Order, Person, Query},
    path::Stop,
};
use askama::Template;
use domain::{
    Membership, Role, Timestamp,
    membership::{OffboardReason, State},
};
use lambda_http::http::StatusCode;
use url::form_urlencoded;

use super::{
    export,
    request::{ConsoleRequest, ConsoleTab, actor},
};
use words::{When, file::Console as Words, with};

use crate::{
    controls::searched,
    http::{
        fields::Fields,
        reply::{Content, Reply},
    },
    page::{Choice, Frame, html},
    reader::Reader,
    wording::console as wording,
};

/// The longest search that is looked for; of a longer one the beginning.
const MAX_SEARCH: usize = 200;

#[derive(Template)]
#[template(path = "console/roster.html")]
struct Roster {
    frame: Frame,
    words: &'static Words,
    action: String,
    seats: String,
    is_full: bool,
    review: Option<String>,
    search: String,
    kinds: Vec<Choice>,
    orders: Vec<Choice>,
    is_filtered: bool,
    found: String,
    csv: String,
    people: Vec<Row>,
    paging: Option<Paging>,
}

/// The other pages of a list.
pub(super) struct Paging {
    pub(super) here: String,
    pub(super) previous: Option<String>,
    pub(super) next: Option<String>,
}

impl Paging {
    /// None in a list of one page. Pages are counted from one; `to` gives the address of each.
    pub(super) fn of(
        page: usize,
        pages: usize,
        words: &Words,
        to: impl Fn(usize) -> String,
    ) -> Option<Self> {
        (pages > 1).then(|| Self {
            here: words.page(with::Page(page), with::Pages(pages)),
            previous: (page > 1).then(|| to(page - 1)),
            next: (page < pages).then(|| to(page + 1)),
        })
    }
}

/// A person in a row.
pub(super) struct Row {
    pub(super) name: Option<String>,
    pub(super) email: String,
    pub(super) to: String,
    pub(super) is_lead: bool,
    pub(super) is_inside: bool,
    pub(super) unreachable: bool,
    pub(super) state: String,
    pub(super) until: Option<(&'static str, When)>,
    pub(super) last_active: Option<When>,
    pub(super) invited_by: String,
}

impl Row {
    pub(super) fn of(person: &Person, here: &ConsoleRequest<'_>, reader: &Reader) -> Self {
        let (words, membership) = (&&reader.words.console, &person.membership);
        Self {
            name: membership.name.as_ref().map(ToString::to_string),
            email: membership.email.to_string(),
            to: here.path(&format!("/people/{}", person.handle)),
            is_lead: membership.role == Role::Lead,
            is_inside: membership.has_access(here.caller.now),
            unreachable: person.deliverability.is_unreachable(),
            state: state(membership, reader),
            until: until(membership, words).map(|(label, at)| (label, reader.end(at))),
            last_active: person.last_active.map(|at| reader.days_ago(at)),
            invited_by: actor(&membership.invited_by, words),
        }
    }
}

/// The state of a person, in a few words.
pub(super) fn state(membership: &Membership, reader: &Reader) -> String {
    let words = &reader.words.console;
    let day = reader.days_ago(membership.since).day;
    match &membership.state {
        State::OffBoarded {
            why: OffboardReason::Left,
            ..
        } => words.left_on(day),
        State::OffBoarded { why, .. } => {
            words.ended_on(with::Date(day), with::Why(wording::left(words, *why)))
        }
        State::Closed { why } => wording::closed(words, *why).to_owned(),
        State::Proposed { .. } | State::Invited { .. } | State::Active | State::Warned { .. } => {
            wording::kind(words, Kind::of(membership)).to_owned()
        }
    }
}

/// The instant since which somebody is what they are: those with access, since they joined, whatever
/// happened to their access between.
pub(super) fn since(membership: &Membership) -> Timestamp {
    let joined = membership.joined_at;
    let joined = joined.filter(|_| membership.state.stage().has_access());
    joined.unwrap_or(membership.since)
}

/// The instant that matters next, and what it is.
pub(super) fn until(membership: &Membership, words: &Words) -> Option<(&'static str, Timestamp)> {
    let label = match &membership.state {
        State::Proposed { .. } | State::Invited { .. } => words.answer_by,
        State::Active | State::Warned { .. } => words.access_ends,
        State::OffBoarded { .. } => words.undo_until,
        State::Closed { .. } => return None,
    };
    export::until(membership).map(|at| (label, at))
}

fn code_of_kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Active => "active",
        Kind::Warned => "warned",
        Kind::Leaving => "leaving",
        Kind::Invited => "invited",
        Kind::Proposed => "proposed",
        Kind::OffBoarded => "off-boarded",
        Kind::Closed => "closed",
    }
}

fn code_of_order(order: Order) -> &'static str {
    match order {
        Order::Name => "name",
        Order::Silent => "silent",
        Order::Recent => "recent",
        Order::Newest => "newest",
        Order::InvitedBy => "invited-by",
    }
}

/// The filters in the URL. Unknown values are ignored.
fn query(fields: &Fields) -> Query {
    let state = fields.one("state").unwrap_or_default();
    let order = fields.one("sort").unwrap_or_default();
    Query {
        search: searched(fields.one("q").unwrap_or_default(), MAX_SEARCH),
        kind: Kind::ALL
            .into_iter()
            .find(|kind| code_of_kind(*kind) == state),
        order: Order::ALL
            .into_iter()
            .find(|one| code_of_order(*one) == order)
            .unwrap_or_default(),
        page: fields
            .one("page")
            .and_then(|page| page.parse().ok())
            .unwrap_or(1),
    }
}

/// The address of another page of the same question.
fn address(here: &ConsoleRequest<'_>, below: &str, query: &Query, page: Option<usize>) -> String {
    let mut pairs = form_urlencoded::Serializer::new(String::new());
    if !query.search.is_empty() {
        pairs.append_pair("q", &query.search);
    }
    if let Some(kind) = query.kind {
        pairs.append_pair("state", code_of_kind(kind));
    }
    if query.order != Order::default() {
        pairs.append_pair("sort", code_of_order(query.order));
    }
    if let Some(page) = page {
        pairs.append_pair("page", &page.to_string());
    }
    let pairs = pairs.finish();
    let mark = if pairs.is_empty() { "" } else { "?" };
    format!("{}{mark}{pairs}", here.path(below))
}

/// A page of the roster.
pub(super) async fn show(here: &ConsoleRequest<'_>) -> Result<Reply, Stop> {
    let query = query(&here.ask.query());
    let roster = here.console().roster(here.caller, here.org, &query).await?;
    let (place, reader) = (&roster.place, here.reader(&roster.place));
    let words = &reader.words.console;
    let org = &place.org;
    let counted = |kind: Kind| {
        let count = roster.counts.get(&kind).copied().unwrap_or_default();
        format!("{} ({count})", wording::kind(words, kind))
    };
    let kinds = Kind::ALL.into_iter().map(|kind| Choice {
        value: code_of_kind(kind).to_owned(),
        label: counted(kind),
        chosen: query.kind == Some(kind),
    });
    let orders = Order::ALL.into_iter().map(|order| Choice {
        value: code_of_order(order).to_owned(),
        label: wording::ordered(words, order).to_owned(),
        chosen: query.order == order,
    });
    let page = roster.page;
    let other = |number| address(here, "", &query, Some(number));
    let paging = Paging::of(page, roster.pages, words, other);
    let frame = here.frame(
        &reader,
        place,
        words.people_of(org.name.as_str()),
        ConsoleTab::People,
    );
    let view = Roster {
        frame: Frame {
            wide: true,
            ..frame
        },
        words,
        action: here.path(""),
        seats: words.seats(with::Cap(org.policy.seat_cap), with::Used(org.seats_used)),
        is_full: !org.has_free_seat(),
        review: org.review.open_since().map(|_| here.path("/review")),
        kinds: kinds.collect(),
        orders: orders.collect(),
        is_filtered: !query.search.is_empty() || query.kind.is_some(),
        found: words.found(roster.found),
        csv: address(here, "/people.csv", &query, None),
        people: roster
            .people
            .iter()
            .map(|person| Row::of(person, here, &reader))
            .collect(),
        paging,
        search: query.search,
    };
    Ok(Reply::page(StatusCode::OK, html(&view)))
}

/// All of what was asked for, as a file.
pub(super) async fn download(here: &ConsoleRequest<'_>) -> Result<Reply, Stop> {
    let query = query(&here.ask.query());
    let listing = here.console().listing(here.caller, here.org, &query);
    let listing = listing.await?;
    let reader = here.reader(&listing.place);
    Ok(Reply {
        content: Content::Download {
            kind: export::KIND,
            name: format!("people-of-{}.csv", here.org),
            bytes: export::csv(&listing, &reader.words.console),
        },
        ..Reply::bare(StatusCode::OK)
    })
}
