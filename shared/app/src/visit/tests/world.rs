//! A small world in an engine of its own, and links into it.

use std::{collections::BTreeMap, ops::Deref};

use domain::{
    Change, Membership, Policy, RunId, Version,
    desk::{Access, Desk},
    membership::State,
    organization::{InvitedToday, Review, day_of},
    request::{Author, AuthorRole, Category, Channel, Part, Status},
    sweep::{Report, RunState, SweepRun},
};
use links::{Claims, Nonce, sign};

use super::*;
pub(super) use crate::tests::{Engine, now, text};

pub(super) fn later(days: i64) -> Timestamp {
    now() + jiff::SignedDuration::from_hours(24 * days)
}

pub(super) struct World {
    pub(super) visits: Visits,
    engine: Engine,
}

impl Deref for World {
    type Target = Engine;

    fn deref(&self) -> &Engine {
        &self.engine
    }
}

impl World {
    pub(super) async fn start() -> Self {
        let engine = Engine::start(now()).await;
        let world = Self {
            visits: Visits::new(engine.services.clone()),
            engine,
        };
        world.seed().await;
        world
    }

    async fn seed(&self) {
        self.services.store.put_desk(&desk()).await.unwrap();
        let changes = vec![
            Change::Organization(organization()),
            Change::Membership(member("lena@acme.example", Role::Lead, State::Active)),
            Change::Membership(member("nia@acme.example", Role::Member, invited())),
            Change::Membership(member("will@acme.example", Role::Member, warned())),
            Change::Membership(member("uma@elsewhere.example", Role::Member, proposed())),
            Change::Request(Box::new(request())),
            Change::Viewer(viewer("lena@acme.example", Part::Reporter)),
            Change::Viewer(viewer("mona@acme.example", Part::Approver)),
            Change::Comment(comment()),
            Change::Run(held()),
        ];
        self.put(changes).await;
    }

    /// A link for two weeks, told from others by its number.
    pub(super) fn link(&self, to: &str, purpose: Purpose, scope: Scope, number: u8) -> String {
        let claims = Claims {
            purpose,
            subject: text(to),
            scope,
            expires_at: later(14),
            epoch: 0,
            nonce: Nonce::from_bytes([number; 16]),
        };
        sign(&claims, &self.services.keys.links).into()
    }

    /// A link of every kind, with what it is for.
    pub(super) fn every_link(&self) -> Vec<(Purpose, String)> {
        let acme = || Scope::Organization { org: text("acme") };
        let about = || Scope::Request { request: about() };
        let links = [
            ("nia@acme.example", Purpose::AcceptInvitation, acme()),
            ("will@acme.example", Purpose::KeepAccess, acme()),
            ("lena@acme.example", Purpose::LeadConsole, acme()),
            ("lena@acme.example", Purpose::Review, acme()),
            ("lena@acme.example", Purpose::Requester, about()),
            ("lena@acme.example", Purpose::Requester, Scope::Own),
            ("lena@acme.example", Purpose::Unsubscribe, about()),
            ("lena@acme.example", Purpose::Unsubscribe, Scope::Own),
            (
                "mona@acme.example",
                Purpose::Approve,
                Scope::Approval {
                    request: self::about(),
                    approval: text("a-1"),
                },
            ),
            (
                "admin@desk.example",
                Purpose::DecideInvitation,
                Scope::Invitee {
                    org: text("acme"),
                    email: text("uma@elsewhere.example"),
                },
            ),
            (
                "admin@desk.example",
                Purpose::ReleaseSweep,
                Scope::Run { run: RunId(now()) },
            ),
        ];
        let numbered = (1..).zip(links);
        numbered
            .map(|(number, (to, purpose, scope))| (purpose, self.link(to, purpose, scope, number)))
            .collect()
    }

    /// The link of a purpose, the first of several.
    pub(super) fn link_for(&self, purpose: Purpose) -> String {
        let mut links = self.every_link().into_iter();
        links.find(|(what, _)| *what == purpose).unwrap().1
    }

    /// Visits a link like a person: looks, and posts its form.
    pub(super) async fn press(&self, link: &str, wish: &Wish) -> LinkView {
        let token = self.visits.show(link).await.unwrap().token.unwrap();
        self.visits.act(link, wish, &token).await.unwrap().view
    }
}

fn desk() -> Desk {
    Desk {
        id: text("support"),
        name: text("Customer support"),
        sender: text("support@desk.example"),
        inbox: None,
        administrators: [text("admin@desk.example"), text("otto@desk.example")].into(),
        access: Access::AnyoneConfirmed,
        networks: Vec::new(),
        request_types: Vec::new(),
        transitions: Vec::new(),
        announcements: Vec::new(),
        jira: None,
        version: Version::NEW,
    }
}

fn organization() -> Organization {
    Organization {
        id: text("acme"),
        name: text("Acme"),
        desk: text("support"),
        policy: Policy::default(),
        seats_used: 3,
        leads: [text("lena@acme.example")].into(),
        invited: InvitedToday {
            day: day_of(now()),
            count: 1,
        },
        review: Review::default(),
        vacancy: None,
        told_full: None,
        counterpart: None,
        due_at: None,
        version: Version::NEW,
    }
}

pub(super) fn member(email: &str, role: Role, state: State) -> Membership {
    Membership {
        org: text("acme"),
        email: text(email),
        name: None,
        role,
        state,
        since: now(),
        invited_by: Actor::Person(text("lena@acme.example")),
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

fn invited() -> State {
    State::Invited {
        note: None,
        expires_at: later(14),
        reminded: false,
    }
}

fn warned() -> State {
    State::Warned {
        at: now(),
        grace_until: later(14),
        reminded: None,
    }
}

fn proposed() -> State {
    State::Proposed {
        note: None,
        expires_at: later(14),
    }
}

pub(super) fn about() -> RequestRef {
    RequestRef {
        desk: text("support"),
        key: text("SUP-1"),
    }
}

fn request() -> Request {
    let approval = Approval {
        approvers: [text("mona@acme.example")].into(),
        due: None,
        answers: BTreeMap::new(),
    };
    Request {
        id: about(),
        kind: text("Question"),
        summary: text("The door does not open"),
        description: None,
        fields: BTreeMap::new(),
        url: None,
        reporter: text("lena@acme.example"),
        reporter_name: None,
        handed: None,
        org: Some(text("acme")),
        channel: Channel::Form,
        status: Status {
            name: text("New"),
            category: Category::New,
        },
        status_at: now(),
        resolution: None,
        moved: None,
        approvals: [(text("a-1"), approval)].into(),
        history: Vec::new(),
        created_at: now(),
        version: Version::NEW,
    }
}

fn viewer(email: &str, part: Part) -> Viewer {
    Viewer {
        request: about(),
        who: ViewerId::Person(text(email)),
        kind: text("Question"),
        summary: text("The door does not open"),
        parts: [part].into(),
        subscribed: true,
        now: None,
        open: true,
        moved_at: now(),
        version: Version::NEW,
    }
}

fn comment() -> Comment {
    Comment {
        request: about(),
        id: text("c-1"),
        author: Author {
            email: None,
            name: text("Ada Agent"),
            role: AuthorRole::Agent,
        },
        body: text("Which door is it?"),
        at: now(),
    }
}

fn held() -> SweepRun {
    SweepRun {
        id: RunId(now()),
        state: RunState::Held,
        report: Report {
            held: 31,
            ..Report::default()
        },
        removals: BTreeMap::from([(text("acme"), 31)]),
        released: [].into(),
        removed_before: 0,
        version: Version::NEW,
    }
}
