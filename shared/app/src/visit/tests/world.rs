//! A small world in an engine of its own, and links into it.

use std::{collections::BTreeMap, fmt::Debug, str::FromStr, sync::Arc};

use domain::{
    Change, Membership, Policy, RunId, Version,
    desk::{Access, Desk},
    membership::State,
    organization::{InvitedToday, day_of},
    request::{Author, AuthorRole, Category, Channel, Part, Status},
    sweep::{Report, RunState, SweepRun},
};
use dynoxide::Database;
use links::{Claims, Nonce, sign};
use serde_json::{Value, json};
use store::Meter;

use super::*;
use crate::{
    Config,
    aws::Clients,
    clock::{FixedClock, SeededIds},
};

pub(super) fn text<T: FromStr<Err: Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

pub(super) fn now() -> Timestamp {
    text("2026-11-22T09:30:00Z")
}

pub(super) fn later(days: i64) -> Timestamp {
    now() + jiff::SignedDuration::from_hours(24 * days)
}

/// The names of the tables, which every deployment chooses.
const TABLES: [(&str, &str); 4] = [
    ("LANYARD_DIRECTORY_TABLE", "directory"),
    ("LANYARD_REQUESTS_TABLE", "requests"),
    ("LANYARD_JOURNAL_TABLE", "journal"),
    ("LANYARD_AUDIT_TABLE", "audit"),
];

pub(super) struct World {
    pub(super) visits: Visits,
    pub(super) core: Core,
    pub(super) clock: Arc<FixedClock>,
    pub(super) meter: Meter,
    /// While it lives, the engine answers.
    _database: Database,
}

impl World {
    pub(super) async fn start() -> Self {
        let database = Database::memory().unwrap();
        for (_, name) in TABLES {
            let table = serde_json::from_value(table(name)).unwrap();
            database.create_table(table).unwrap();
        }
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0))
            .await
            .unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(dynoxide::server::serve_on(listener, database.clone()));
        let mut variables = BTreeMap::from(TABLES);
        variables.extend([
            ("LANYARD_BASE_URL", "https://desk.example"),
            (
                "LANYARD_ROOT_SECRET",
                "0123456789abcdef0123456789abcdef0123456789abcdef",
            ),
            ("LANYARD_SES_CONFIGURATION_SET", "lanyard"),
            ("LANYARD_SES_MAX_SEND_RATE", "10"),
            ("AWS_REGION", "local"),
            ("AWS_ACCESS_KEY_ID", "test-key"),
            ("AWS_SECRET_ACCESS_KEY", "test-secret"),
            ("AWS_ENDPOINT_URL_DYNAMODB", &endpoint),
            ("AWS_ENDPOINT_URL_SESV2", "http://127.0.0.1:9"),
        ]);
        let config =
            Config::read(|name| variables.get(name).map(|value| (*value).to_owned())).unwrap();
        let client = Clients::build(&config.aws).unwrap().dynamodb;
        let clock = Arc::new(FixedClock::at(now()));
        let meter = Meter::new();
        let ids = Arc::new(SeededIds::new(1));
        let mut core = Core::new(client, &config, clock.clone(), ids);
        core.store = core.store.with_meter(meter.clone());
        let world = Self {
            visits: Visits::new(core.clone()),
            core,
            clock,
            meter,
            _database: database,
        };
        world.seed().await;
        world
    }

    async fn seed(&self) {
        self.core.store.put_desk(&desk()).await.unwrap();
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

    pub(super) async fn put(&self, changes: Vec<Change>) {
        let outcome = Outcome {
            changes,
            ..Outcome::default()
        };
        let new_id = || self.core.new_id();
        let store = &self.core.store;
        store
            .commit(&outcome, &Once::Nothing, now(), &new_id)
            .await
            .unwrap();
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
        sign(&claims, &self.core.keys.links).into()
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

    /// What a visitor does: looks, and posts the form that is there.
    pub(super) async fn press(&self, link: &str, wish: &Wish) -> View {
        let token = self.visits.show(link).await.unwrap().token.unwrap();
        self.visits.act(link, wish, &token).await.unwrap().view
    }
}

fn table(name: &str) -> Value {
    let keys = |hash: &str, range: &str| {
        json!([
            {"AttributeName": hash, "KeyType": "HASH"},
            {"AttributeName": range, "KeyType": "RANGE"},
        ])
    };
    let indexes: &[(&str, &str, &str)] = match name {
        "directory" => &[
            ("by-customer", "email", "org"),
            ("due", "due_shard", "due_at"),
        ],
        "requests" => &[("by-viewer", "viewer", "position")],
        "journal" => &[("due", "due_shard", "due_at")],
        _ => &[("by-subject", "subject", "entry")],
    };
    let names = indexes.iter().flat_map(|(_, hash, range)| [hash, range]);
    let attributes: Vec<_> = ["pk", "sk"]
        .iter()
        .chain(names)
        .map(|name| json!({"AttributeName": name, "AttributeType": "S"}))
        .collect();
    let indexes: Vec<_> = indexes
        .iter()
        .map(|(name, hash, range)| {
            json!({
                "IndexName": name,
                "KeySchema": keys(hash, range),
                "Projection": {"ProjectionType": "ALL"},
            })
        })
        .collect();
    json!({
        "TableName": name,
        "BillingMode": "PAY_PER_REQUEST",
        "KeySchema": keys("pk", "sk"),
        "AttributeDefinitions": attributes,
        "GlobalSecondaryIndexes": indexes,
    })
}

fn desk() -> Desk {
    Desk {
        id: text("support"),
        name: text("Customer support"),
        sender: text("support@desk.example"),
        inbox: None,
        administrators: [text("admin@desk.example")].into(),
        access: Access::AnyoneConfirmed,
        request_types: Vec::new(),
        transitions: Vec::new(),
        announcements: Vec::new(),
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
        access_until: None,
        access_reminded: None,
        leaving: None,
        exempt: false,
        left_at: None,
        epoch: 0,
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
        org: Some(text("acme")),
        channel: Channel::Form,
        status: Status {
            name: text("New"),
            category: Category::New,
        },
        status_at: now(),
        resolution: None,
        approvals: [(text("a-1"), approval)].into(),
        history: Vec::new(),
        created_at: now(),
        version: Version::NEW,
    }
}

fn viewer(email: &str, part: Part) -> Viewer {
    Viewer {
        request: about(),
        who: Who::Person(text(email)),
        kind: text("Question"),
        summary: text("The door does not open"),
        parts: [part].into(),
        subscribed: true,
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
        removals: BTreeMap::new(),
        version: Version::NEW,
    }
}
