//! Acme and Globex, their people, and what they asked the desk for.

use std::{
    collections::BTreeMap,
    ops::Deref,
    sync::atomic::{AtomicU8, Ordering},
};

use domain::{
    Actor, Change, Customer, EmailAddress, Membership, Organization, Policy, Request, RequestRef,
    Role, Timestamp, Version,
    desk::{Access, Desk, Transition},
    link::{Purpose, Scope},
    membership::{OffboardReason, State},
    organization::{InvitedToday, Review, day_of},
    request::{
        Approval, Author, AuthorRole, Category, Channel, Comment, Part, Record, Status, Viewer,
        ViewerId,
    },
};
use links::{Claims, Nonce};
use store::{Claim, DueInJournal, Once, Wanted};

pub(super) use crate::tests::{Engine, now, text};
use crate::{
    path::session::{Caller, Posted, Sessions},
    requests::{Ask, Aspect, Requests},
};

pub(super) fn days(number: u16) -> Timestamp {
    domain::Days(number).after(now())
}

pub(super) struct World {
    pub(super) requests: Requests,
    engine: Engine,
    forms: AtomicU8,
}

impl Deref for World {
    type Target = Engine;

    fn deref(&self) -> &Engine {
        &self.engine
    }
}

impl World {
    /// Ann of Acme raised SUP-1, in which Bob takes part and which Mona is asked to approve; Zoe,
    /// a guest, takes part, too. Gus is of Globex.
    pub(super) async fn start() -> Self {
        let engine = Engine::start(now()).await;
        let world = Self {
            requests: Requests::new(engine.services.clone()),
            engine,
            forms: AtomicU8::new(0),
        };
        world.services.store.put_desk(&desk()).await.unwrap();
        let mut changes = vec![
            Change::Organization(organization("acme")),
            Change::Organization(organization("globex")),
            Change::Membership(member("gus@globex.example", "globex")),
        ];
        for name in ["ann", "bob", "lena", "mona"] {
            let email = format!("{name}@acme.example");
            changes.push(Change::Membership(member(&email, "acme")));
        }
        changes.extend(raised(&asked("SUP-1")));
        for (email, part) in [
            ("bob@acme.example", Part::Participant),
            ("mona@acme.example", Part::Approver),
            ("zoe@elsewhere.test", Part::Participant),
        ] {
            changes.push(Change::Viewer(viewer(
                &asked("SUP-1"),
                person(email),
                &[part],
            )));
        }
        world.put(changes).await;
        world
    }

    /// A person who opened the link to their own things.
    pub(super) fn own(&self, email: &str) -> Caller {
        self.caller(email, Scope::Own, 0)
    }

    /// A person who opened the link to one request.
    pub(super) fn of_request(&self, email: &str, key: &str) -> Caller {
        let request = id(key);
        self.caller(email, Scope::Request { request }, 0)
    }

    pub(super) fn caller(&self, email: &str, scope: Scope, epoch: u32) -> Caller {
        let link = Claims {
            purpose: Purpose::Requester,
            subject: text(email),
            scope,
            expires_at: days(30),
            epoch,
            nonce: Nonce::from_bytes([1; 16]),
        };
        Sessions::begin(&self.services, &link, self.services.now())
    }

    /// A form that was not posted before.
    pub(super) fn posted(&self) -> Posted {
        let number = self.forms.fetch_add(1, Ordering::Relaxed);
        Posted {
            once: Once::Link {
                nonce: Nonce::from_bytes([number; 16]).to_string(),
                expires_at: days(1),
            },
        }
    }

    pub(super) async fn request(&self, key: &str) -> Request {
        let wanted = Wanted::new().request(&id(key));
        let loaded = self.services.store.load(wanted).await.unwrap();
        match loaded.request(&id(key)).unwrap() {
            Record::Known(request) => (**request).clone(),
            Record::Awaited(_) | Record::Alias(_) => panic!("no request is stored there"),
        }
    }

    pub(super) async fn viewers(&self, key: &str) -> Vec<Viewer> {
        let found = self.services.store.request_with_viewers(&id(key)).await;
        found.unwrap().1
    }

    pub(super) async fn customer(&self, email: &str) -> Option<Customer> {
        let email: EmailAddress = text(email);
        let wanted = Wanted::new().customer(&email);
        let loaded = self.services.store.load(wanted).await.unwrap();
        loaded.customer(&email).cloned()
    }

    /// Ends somebody's access to Acme, as an off-boarding does.
    pub(super) async fn leaves(&self, email: &str) {
        let gone = Membership {
            state: State::OffBoarded {
                why: OffboardReason::Left,
                undo_until: days(30),
                hand_over_to: None,
            },
            epoch: 1,
            version: Version(1),
            ..member(email, "acme")
        };
        self.put(vec![Change::Membership(gone)]).await;
    }

    /// The mails that wait, by kind and reader, in the order of both.
    pub(super) async fn mails(&self) -> Vec<(&'static str, String)> {
        let later = days(1);
        let mut found = Vec::new();
        for shard in 0..store::SHARDS {
            let store = &self.services.store;
            let page = store.due_in_journal(later, shard, None, 1_000).await;
            for due in page.unwrap().items {
                let DueInJournal::Message(id) = due else {
                    continue;
                };
                let lease = jiff::SignedDuration::from_mins(2);
                let Claim::Claimed(claimed) = store.claim(id, id, later, lease).await.unwrap()
                else {
                    panic!("nobody else sends here");
                };
                let kind = claimed.message.mail.kind();
                let to = claimed.message.to.iter();
                found.extend(to.map(|email| (kind, email.to_string())));
            }
        }
        found.sort();
        found
    }
}

/// The list of an aspect, open and not narrowed.
pub(super) fn ask(aspect: Aspect) -> Ask {
    Ask {
        aspect,
        open: true,
        desk: None,
        kind: None,
        words: None,
        org: None,
        behind: None,
    }
}

pub(super) fn id(key: &str) -> RequestRef {
    RequestRef {
        desk: text("support"),
        key: text(key),
    }
}

pub(super) fn person(email: &str) -> ViewerId {
    ViewerId::Person(text(email))
}

fn desk() -> Desk {
    Desk {
        id: text("support"),
        name: text("Customer support"),
        sender: text("support@desk.example"),
        inbox: None,
        administrators: [text("admin@desk.example")].into(),
        access: Access::AnyoneConfirmed,
        networks: Vec::new(),
        request_types: Vec::new(),
        transitions: vec![Transition {
            name: text("Close"),
            from: [Category::New, Category::InProgress].into(),
            to: status("Closed", Category::Done),
        }],
        announcements: Vec::new(),
        jira: None,
        version: Version::NEW,
    }
}

fn organization(name: &str) -> Organization {
    Organization {
        id: text(name),
        name: text(&name.to_uppercase()),
        desk: text("support"),
        policy: Policy::default(),
        seats_used: 4,
        leads: [text(&format!("lena@{name}.example"))].into(),
        invited: InvitedToday {
            day: day_of(now()),
            count: 0,
        },
        review: Review::default(),
        vacancy: None,
        told_full: None,
        counterpart: None,
        due_at: None,
        version: Version::NEW,
    }
}

pub(super) fn member(email: &str, org: &str) -> Membership {
    Membership {
        org: text(org),
        email: text(email),
        name: None,
        role: Role::Member,
        state: State::Active,
        since: now(),
        invited_by: Actor::Operator,
        joined_at: None,
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
        due_at: None,
        version: Version::NEW,
    }
}

pub(super) fn status(name: &str, category: Category) -> Status {
    Status {
        name: text(name),
        category,
    }
}

/// Ann's request.
pub(super) fn request(key: &str) -> Request {
    Request {
        id: id(key),
        kind: text("Question"),
        summary: text("The door does not open"),
        description: None,
        fields: BTreeMap::new(),
        url: None,
        reporter: text("ann@acme.example"),
        reporter_name: None,
        handed: None,
        org: Some(text("acme")),
        channel: Channel::Form,
        status: status("New", Category::New),
        status_at: now(),
        resolution: None,
        moved: None,
        approvals: BTreeMap::new(),
        history: Vec::new(),
        created_at: now(),
        version: Version::NEW,
    }
}

/// The same, with a question to Mona.
pub(super) fn asked(key: &str) -> Request {
    let approval = Approval {
        approvers: [text("mona@acme.example")].into(),
        due: None,
        answers: BTreeMap::new(),
    };
    Request {
        approvals: [(text("a-1"), approval)].into(),
        ..request(key)
    }
}

pub(super) fn viewer(request: &Request, who: ViewerId, parts: &[Part]) -> Viewer {
    Viewer {
        request: request.id.clone(),
        who,
        kind: request.kind.clone(),
        summary: request.summary.clone(),
        parts: parts.iter().copied().collect(),
        subscribed: true,
        now: None,
        open: request.is_open(),
        moved_at: request.status_at,
        version: Version::NEW,
    }
}

/// A request and its reporter's view of it.
pub(super) fn raised(request: &Request) -> [Change; 2] {
    let who = ViewerId::Person(request.reporter.clone());
    [
        Change::Request(Box::new(request.clone())),
        Change::Viewer(viewer(request, who, &[Part::Reporter])),
    ]
}

pub(super) fn comment(number: u16) -> Comment {
    Comment {
        request: id("SUP-1"),
        id: text(&format!("c-{number}")),
        author: Author {
            email: None,
            name: text("Ada Agent"),
            role: AuthorRole::Agent,
        },
        body: text(&format!("Comment {number}")),
        at: now() + jiff::SignedDuration::from_mins(number.into()),
    }
}
