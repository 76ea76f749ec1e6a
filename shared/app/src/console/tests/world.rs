//! Two organisations, and their leads.

use std::{
    ops::Deref,
    sync::atomic::{AtomicU8, Ordering},
};

use domain::{
    Change, Customer, EmailAddress, Membership, Organization, Role, Timestamp, Version,
    desk::Desk,
    epoch::Round,
    link::{Purpose, Scope},
    membership::State,
    organization::{InvitedToday, Review, day_of},
};
use links::{Claims, Nonce};
use store::{Claim, Once, UploadId};

pub(super) use crate::tests::{Engine, now, text};
use crate::{
    Console,
    path::session::{Caller, Posted, Sessions},
};

pub(super) struct World {
    pub(super) console: Console,
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
    pub(super) async fn start() -> Self {
        let engine = Engine::start(now()).await;
        let world = Self {
            console: Console::new(engine.services.clone()),
            engine,
            forms: AtomicU8::new(0),
        };
        world.services.store.put_desk(&desk()).await.unwrap();
        let invited = State::Invited {
            note: None,
            expires_at: days(14),
            reminded: false,
        };
        let warned = State::Warned {
            at: now(),
            grace_until: days(14),
            reminded: None,
        };
        let mut gus = member("gus@globex.example", Role::Lead, State::Active);
        gus.org = text("globex");
        world
            .put(vec![
                Change::Organization(organization("acme", "lena@acme.example", 5)),
                Change::Organization(organization("globex", "gus@globex.example", 1)),
                Change::Membership(member("lena@acme.example", Role::Lead, State::Active)),
                Change::Membership(member("ann@acme.example", Role::Member, State::Active)),
                Change::Membership(member("bob@acme.example", Role::Member, State::Active)),
                Change::Membership(member("nia@acme.example", Role::Member, invited)),
                Change::Membership(member("will@acme.example", Role::Member, warned)),
                Change::Membership(gus),
                Change::Customer(active("ann@acme.example", "2026-11-20T10:00:00Z")),
                Change::Customer(active("bob@acme.example", "2025-10-01T10:00:00Z")),
            ])
            .await;
        world
    }

    /// A person who opened a link to an organisation's console.
    pub(super) fn caller(&self, email: &str, org: &str) -> Caller {
        let scope = Scope::Organization { org: text(org) };
        self.caller_by(email, Purpose::LeadConsole, scope)
    }

    /// The same, of a link that was signed when this was the round of their membership.
    pub(super) fn caller_since(&self, email: &str, org: &str, round: Round) -> Caller {
        let scope = Scope::Organization { org: text(org) };
        self.opened(email, Purpose::LeadConsole, scope, round.0)
    }

    pub(super) fn caller_by(&self, email: &str, purpose: Purpose, scope: Scope) -> Caller {
        self.opened(email, purpose, scope, 0)
    }

    fn opened(&self, email: &str, purpose: Purpose, scope: Scope, epoch: u32) -> Caller {
        let link = Claims {
            purpose,
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

    pub(super) fn handle(&self, email: &str) -> String {
        self.services.store.pseudonym(&text(email))
    }

    pub(super) async fn membership(&self, email: &str) -> Membership {
        let (acme, email) = (text("acme"), text::<EmailAddress>(email));
        let wanted = store::Wanted::new().membership(&acme, &email);
        let loaded = self.services.store.load(wanted).await.unwrap();
        loaded.membership(&acme, &email).unwrap().clone()
    }

    pub(super) async fn organization(&self) -> Organization {
        let found = self
            .services
            .store
            .organization(&text("acme"))
            .await
            .unwrap();
        found.unwrap()
    }

    pub(super) async fn kept_list(&self, rows: &[&str]) -> UploadId {
        let lena = self.caller("lena@acme.example", "acme");
        let draft = super::lists::draft(rows);
        let id = self.console.keep_list(&lena, &text("acme"), &draft).await;
        id.unwrap().id
    }

    /// The number of people who are waiting for a kind of message.
    pub(super) async fn mails(&self, kind: &str) -> usize {
        let later = domain::Days(1).after(self.services.now());
        let mut found = 0;
        for shard in 0..store::SHARDS {
            let page = self
                .services
                .store
                .due_in_journal(later, shard, None, 1_000)
                .await;
            for due in page.unwrap().items {
                if let store::DueInJournal::Message(id) = due {
                    let lease = jiff::SignedDuration::from_mins(2);
                    let claim = self
                        .services
                        .store
                        .claim(id, id, later, lease)
                        .await
                        .unwrap();
                    found += usize::from(is_of(&claim, kind));
                }
            }
        }
        found
    }
}

fn is_of(claim: &Claim, kind: &str) -> bool {
    matches!(claim, Claim::Claimed(message) if message.message.mail.kind() == kind)
}

/// Lena's membership as it is stored.
pub(super) fn lead() -> Membership {
    Membership {
        version: Version(1),
        ..member("lena@acme.example", Role::Lead, State::Active)
    }
}

pub(super) fn days(number: u16) -> Timestamp {
    domain::Days(number).after(now())
}

/// Read from JSON, so that fields which the domain adds with a default need no change here.
fn desk() -> Desk {
    serde_json::from_value(serde_json::json!({
        "id": "support",
        "name": "Customer support",
        "sender": "support@desk.example",
        "administrators": ["admin@desk.example"],
        "access": "anyone_confirmed",
        "request_types": [],
        "announcements": [],
        "version": 0,
    }))
    .unwrap()
}

fn organization(id: &str, lead: &str, seats_used: u32) -> Organization {
    let policy = domain::Policy {
        seat_cap: 8,
        allowed_domains: [text("acme.example"), text("globex.example")].into(),
        ..domain::Policy::default()
    };
    Organization {
        id: text(id),
        name: text(id),
        desk: text("support"),
        policy,
        seats_used,
        leads: [text(lead)].into(),
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

pub(super) fn member(email: &str, role: Role, state: State) -> Membership {
    Membership {
        org: text("acme"),
        email: text(email),
        name: None,
        role,
        state,
        since: now(),
        invited_by: domain::Actor::Person(text("lena@acme.example")),
        joined_at: Some(text("2026-01-05T08:00:00Z")),
        kept_at: None,
        confirmed_at: None,
        access_until: None,
        access_reminded: None,
        handed: None,
        leaving: None,
        exempt: false,
        left_at: None,
        epoch: 0,
        returned: Round::default(),
        round: Round::default(),
        due_at: None,
        version: Version::NEW,
    }
}

fn active(email: &str, at: &str) -> Customer {
    let mut customer = Customer::new(text(email), None);
    customer.last_active_at = Some(text(at));
    customer
}
