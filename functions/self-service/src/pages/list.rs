//! Lists: a person's requests, an organisation's people.

use app::visit::Visit;
use askama::Template;
use domain::{
    Actor, Membership, Organization, Request, Role, Timestamp, membership::State, text::Name,
};

use super::{Frame, html};
use crate::{
    when::When,
    words::{ENGLISH, Names},
};

#[derive(Template)]
#[template(path = "my_requests.html")]
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

pub(super) fn my_requests(visit: &Visit, open: &[Request], done: &[Request]) -> String {
    html(&MyRequests {
        frame: Frame::of(visit, ENGLISH.my_requests),
        open: open.iter().map(listed).collect(),
        done: done.iter().map(listed).collect(),
    })
}

fn listed(request: &Request) -> Listed<'_> {
    Listed {
        request,
        mark: super::request::mark(request.status.category),
        since: When::past(request.status_at, &ENGLISH),
    }
}

#[derive(Template)]
#[template(path = "roster.html")]
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

pub(super) fn roster(visit: &Visit, org: &Organization, members: &[Membership]) -> String {
    let names = Names {
        org: org.name.as_str(),
        ..Names::default()
    };
    html(&Roster {
        frame: Frame {
            wide: true,
            ..Frame::of(visit, (ENGLISH.people)(&names))
        },
        seats: (ENGLISH.seats)(org.seats_used, org.policy.seat_cap),
        people: members.iter().map(person).collect(),
    })
}

fn person(membership: &Membership) -> Person<'_> {
    let (state, until) = state(membership);
    Person {
        name: membership.name.as_ref().map(Name::as_str),
        email: membership.email.as_str(),
        lead: membership.role == Role::Lead,
        state,
        inside: membership.has_access(),
        until: until.map(|(label, at)| (label, When::end(at, &ENGLISH))),
        invited_by: match &membership.invited_by {
            Actor::Person(email) => email.as_str(),
            Actor::Operator => ENGLISH.administrator,
            Actor::Source(_) | Actor::Sweep | Actor::MailFeedback => ENGLISH.system,
        },
    }
}

/// Where somebody is in the lifecycle, and the date that matters next.
fn state(membership: &Membership) -> (&'static str, Option<(&'static str, Timestamp)>) {
    let words = &ENGLISH;
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
