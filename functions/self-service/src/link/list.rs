//! Lists: a person's requests, an organisation's people.

use app::visit::Visit;
use askama::Template;
use domain::{
    Actor, Membership, Organization, Request, Role, Timestamp, membership::State, text::Name,
};

use crate::{
    page::{Frame, html},
    reader::Reader,
    when::When,
    words::link::Names,
};

#[derive(Template)]
#[template(path = "link/my_requests.html")]
struct MyRequests<'a> {
    frame: Frame,
    open: Vec<Listed<'a>>,
    done: Vec<Listed<'a>>,
}

/// A request in a list.
struct Listed<'a> {
    request: &'a Request,
    mark: &'static str,
    since: When,
}

pub(super) fn my_requests(
    reader: &Reader,
    visit: &Visit,
    open: &[Request],
    done: &[Request],
) -> String {
    html(&MyRequests {
        frame: Frame::of(reader, visit, reader.words.link.my_requests),
        open: open.iter().map(|request| listed(reader, request)).collect(),
        done: done.iter().map(|request| listed(reader, request)).collect(),
    })
}

fn listed<'a>(reader: &Reader, request: &'a Request) -> Listed<'a> {
    Listed {
        request,
        mark: super::request::mark(request.status.category),
        since: When::past(request.status_at, reader),
    }
}

#[derive(Template)]
#[template(path = "link/roster.html")]
struct Roster<'a> {
    frame: Frame,
    seats: String,
    people: Vec<Person<'a>>,
}

/// A member in the roster.
struct Person<'a> {
    name: Option<&'a str>,
    email: &'a str,
    lead: bool,
    state: &'static str,
    /// Whether they can raise requests now.
    inside: bool,
    until: Option<(&'static str, When)>,
    invited_by: &'a str,
}

pub(super) fn roster(
    reader: &Reader,
    visit: &Visit,
    org: &Organization,
    members: &[Membership],
) -> String {
    let names = Names {
        org: org.name.as_str(),
        ..Names::default()
    };
    html(&Roster {
        frame: Frame {
            wide: true,
            ..Frame::of(reader, visit, (reader.words.link.people)(&names))
        },
        seats: (reader.words.link.seats)(org.seats_used, org.policy.seat_cap),
        people: members
            .iter()
            .map(|member| person(reader, member))
            .collect(),
    })
}

fn person<'a>(reader: &Reader, membership: &'a Membership) -> Person<'a> {
    let (state, until) = state(reader, membership);
    Person {
        name: membership.name.as_ref().map(Name::as_str),
        email: membership.email.as_str(),
        lead: membership.role == Role::Lead,
        state,
        inside: membership.has_access(),
        until: until.map(|(label, at)| (label, When::end(at, reader))),
        invited_by: match &membership.invited_by {
            Actor::Person(email) => email.as_str(),
            Actor::Operator => reader.words.link.administrator,
            Actor::Source(_) | Actor::Sweep | Actor::MailFeedback => reader.words.link.system,
        },
    }
}

/// Where somebody is in the lifecycle, and the date that matters next.
fn state(
    reader: &Reader,
    membership: &Membership,
) -> (&'static str, Option<(&'static str, Timestamp)>) {
    let words = &reader.words.link;
    let ending = || {
        let leaving = membership.leaving.as_ref();
        let leaving = leaving.map(|leaving| (words.leaves, leaving.at));
        leaving.or_else(|| membership.access_until.map(|at| (words.access_ends, at)))
    };
    match &membership.state {
        State::Proposed { expires_at, .. } => (words.proposed, Some((words.until, *expires_at))),
        State::Invited { expires_at, .. } => (words.invited, Some((words.until, *expires_at))),
        State::Active => (words.active, ending()),
        State::Warned { grace_until, .. } => {
            (words.warned, Some((words.access_ends, *grace_until)))
        }
        State::OffBoarded {
            why, undo_until, ..
        } => (
            (words.off_boarded)(*why),
            Some((words.can_be_undone_until, *undo_until)),
        ),
        State::Closed { why } => ((words.closed)(*why), None),
    }
}
