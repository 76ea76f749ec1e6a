//! The people, organisations and events that tests are about. Each builder gives something whole
//! and ordinary; a test changes what it is about (`Organization { seats_used: 3, ..acme() }`).

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Actor, Customer, Days, EmailAddress, Event, Evidence, Membership, OrgId, Organization, Policy,
    Proof, Request, RequestRef, Role, RunId, Timestamp, Version,
    desk::{Access, Desk},
    event::{EventData, Person, RequestCommented, RequestCreated, RequestTransitioned},
    link::Purpose,
    membership::State,
    organization::{InvitedToday, Review, day_of},
    policy::Mode,
    request::{
        Author, AuthorRole, Category, Channel, Part, Status, StatusChange, Viewer, ViewerId,
    },
};
use jiff::SignedDuration;

/// The instant at which every story begins.
pub fn start() -> Timestamp {
    "2026-01-05T08:00:00Z".parse().unwrap()
}

/// This many days after the beginning.
pub fn day(days: u16) -> Timestamp {
    Days(days).after(start())
}

/// This many minutes after an instant; before it, when negative.
pub fn minutes(from: Timestamp, minutes: i64) -> Timestamp {
    from + SignedDuration::from_mins(minutes)
}

pub fn email(text: &str) -> EmailAddress {
    text.parse().unwrap()
}

pub fn org_id(text: &str) -> OrgId {
    text.parse().unwrap()
}

pub fn request_ref(key: &str) -> RequestRef {
    RequestRef {
        desk: "support".parse().unwrap(),
        key: key.parse().unwrap(),
    }
}

/// The administrator of the desk `support`.
pub fn admin() -> EmailAddress {
    email("ada@desk.example")
}

/// The lead of `acme`.
pub fn lena() -> EmailAddress {
    email("lena@acme.example")
}

/// A member of `acme`.
pub fn ann() -> EmailAddress {
    email("ann@acme.example")
}

/// Another member of `acme`.
pub fn bob() -> EmailAddress {
    email("bob@acme.example")
}

/// Somebody from somewhere else.
pub fn zoe() -> EmailAddress {
    email("zoe@elsewhere.test")
}

/// A policy that acts.
pub fn enforcing() -> Policy {
    let mut policy = Policy::default();
    policy.inactivity.mode = Mode::Enforce;
    policy
}

/// An organisation of `acme.example` with ten seats, three of them taken, and one lead.
pub fn acme() -> Organization {
    let mut policy = enforcing();
    policy.allowed_domains = BTreeSet::from(["acme.example".parse().unwrap()]);
    policy.seat_cap = 10;
    Organization {
        id: org_id("acme"),
        name: "Acme".parse().unwrap(),
        desk: "support".parse().unwrap(),
        policy,
        seats_used: 3,
        leads: BTreeSet::from([lena()]),
        invited: InvitedToday {
            day: day_of(start()),
            count: 0,
        },
        review: Review::default(),
        vacancy: None,
        told_full: None,
        counterpart: None,
        due_at: None,
        version: Version(1),
    }
}

/// The desk that serves `acme`; it takes requests from anyone.
pub fn support() -> Desk {
    Desk {
        id: "support".parse().unwrap(),
        name: "Support".parse().unwrap(),
        sender: email("support@desk.example"),
        inbox: None,
        administrators: BTreeSet::from([admin()]),
        access: Access::AnyoneConfirmed,
        networks: Vec::new(),
        request_types: Vec::new(),
        transitions: Vec::new(),
        announcements: Vec::new(),
        jira: None,
        version: Version(1),
    }
}

/// An active member of `acme` since the beginning.
pub fn member(who: &EmailAddress) -> Membership {
    Membership {
        org: org_id("acme"),
        email: who.clone(),
        name: None,
        role: Role::Member,
        state: State::Active,
        since: start(),
        invited_by: Actor::Person(lena()),
        joined_at: Some(start()),
        kept_at: None,
        confirmed_at: None,
        access_until: None,
        access_reminded: None,
        handed: None,
        leaving: None,
        exempt: false,
        left_at: None,
        epoch: 0,
        returned: domain::epoch::Round::default(),
        round: domain::epoch::Round::default(),
        due_at: Some(day(90)),
        version: Version(1),
    }
}

/// Somebody invited at the beginning, with two weeks to answer.
pub fn invited(who: &EmailAddress) -> Membership {
    Membership {
        state: State::Invited {
            note: None,
            expires_at: day(14),
            reminded: false,
        },
        joined_at: None,
        due_at: Some(day(7)),
        ..member(who)
    }
}

/// A member who was warned at `at`, with two weeks of grace.
pub fn warned(who: &EmailAddress, at: Timestamp) -> Membership {
    Membership {
        state: State::Warned {
            at,
            grace_until: Days(14).after(at),
            reminded: None,
        },
        since: at,
        due_at: Some(Days(7).after(at)),
        ..member(who)
    }
}

/// Somebody known, last active at the beginning.
pub fn customer(who: &EmailAddress) -> Customer {
    Customer {
        last_active_at: Some(start()),
        version: Version(1),
        ..Customer::new(who.clone(), None)
    }
}

/// A signed delivery of the source `forms`, in which nobody in particular acts.
pub fn delivery() -> Proof {
    let source: domain::SourceId = "forms".parse().unwrap();
    Proof {
        actor: Actor::Source(source.clone()),
        evidence: Evidence::Delivery {
            source,
            id: "msg_1".parse().unwrap(),
        },
    }
}

/// A form posted by somebody from a signed link.
pub fn posted(who: &EmailAddress, purpose: Purpose) -> Proof {
    Proof {
        actor: Actor::Person(who.clone()),
        evidence: Evidence::Link { purpose },
    }
}

/// The passing of time, noticed at `now`.
pub fn time(now: Timestamp) -> Proof {
    Proof {
        actor: Actor::Sweep,
        evidence: Evidence::Deadline {
            due: now,
            run: RunId(now),
        },
    }
}

pub fn status(name: &str, category: Category) -> Status {
    Status {
        name: name.parse().unwrap(),
        category,
    }
}

/// Somebody raised a request.
pub fn created(key: &str, reporter: &EmailAddress) -> RequestCreated {
    RequestCreated {
        request: request_ref(key),
        kind: "Question".parse().unwrap(),
        summary: "The printer is on fire".parse().unwrap(),
        description: None,
        fields: BTreeMap::new(),
        url: None,
        reporter: Person {
            email: reporter.clone(),
            name: Some("Ann Ash".parse().unwrap()),
        },
        org: None,
        participants: Vec::new(),
        channel: Channel::Form,
    }
}

/// A request of `acme`, recorded at the beginning.
pub fn request(key: &str, reporter: &EmailAddress) -> Request {
    let new = status("New", Category::New);
    Request {
        id: request_ref(key),
        kind: "Question".parse().unwrap(),
        summary: "The printer is on fire".parse().unwrap(),
        description: None,
        fields: BTreeMap::new(),
        url: None,
        reporter: reporter.clone(),
        reporter_name: None,
        handed: None,
        org: Some(org_id("acme")),
        channel: Channel::Form,
        status: new.clone(),
        status_at: start(),
        resolution: None,
        moved: None,
        approvals: BTreeMap::new(),
        history: vec![StatusChange {
            at: start(),
            to: new,
            late: false,
        }],
        created_at: start(),
        version: Version(1),
    }
}

/// Somebody's view of a request.
pub fn viewer(key: &str, who: &EmailAddress, part: Part) -> Viewer {
    Viewer {
        request: request_ref(key),
        who: ViewerId::Person(who.clone()),
        kind: "Question".parse().unwrap(),
        summary: "The printer is on fire".parse().unwrap(),
        parts: BTreeSet::from([part]),
        subscribed: true,
        now: None,
        open: true,
        moved_at: start(),
        version: Version(1),
    }
}

/// Somebody commented at `at`.
pub fn comment(
    key: &str,
    id: &str,
    by: Option<&EmailAddress>,
    role: AuthorRole,
    at: Timestamp,
) -> Event {
    Event {
        at,
        what: EventData::RequestCommented(RequestCommented {
            request: request_ref(key),
            comment: id.parse().unwrap(),
            author: Author {
                email: by.cloned(),
                name: "Some One".parse().unwrap(),
                role,
            },
            body: "Have you tried water?".parse().unwrap(),
            public: true,
        }),
    }
}

/// The status changed at `at`.
pub fn transition(key: &str, to: Status, at: Timestamp) -> Event {
    Event {
        at,
        what: EventData::RequestTransitioned(RequestTransitioned {
            request: request_ref(key),
            to,
            resolution: None,
            by: None,
        }),
    }
}
