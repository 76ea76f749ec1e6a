//! Desks of every kind of access, and people who stand to them in every way.

use std::{collections::BTreeSet, ops::Deref};

use domain::{
    Actor, Change, Customer, DeskId, DraftId, Membership, Organization, Policy, Role, Version,
    desk::{Access, Desk, Field, FieldKind, RequestType},
    draft::DraftRequest,
    event::Person,
    form::Typed,
    link::{Purpose, Scope},
    membership::{OffboardReason, State},
    organization::{InvitedToday, Review, day_of},
};
use links::{Claims, Nonce, sign};

pub(super) use crate::tests::{Engine, now, text};
use crate::{
    Caller, Intake, Sessions,
    intake::{Drafted, Filling, Form, KnownPerson, Raised, Stranger},
};

pub(super) struct World {
    pub(super) intake: Intake,
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
            intake: Intake::new(engine.services.clone()),
            engine,
        };
        for desk in [
            desk("support", Access::AnyoneConfirmed),
            desk("it", Access::Domains([text("lanyard.example")].into())),
            desk("inner", Access::Members),
            Desk {
                networks: vec![text("192.0.2.0/24")],
                ..desk("office", Access::AnyoneConfirmed)
            },
        ] {
            world.services.store.put_desk(&desk).await.unwrap();
        }
        let gone = State::OffBoarded {
            why: OffboardReason::Left,
            undo_until: domain::Days(30).after(now()),
            hand_over_to: None,
        };
        let mut left = member("acme", "gone@acme.example", gone);
        left.epoch = 1;
        world
            .put(vec![
                Change::Organization(organization("acme", "support")),
                Change::Organization(organization("globex", "inner")),
                Change::Membership(member("acme", "lena@acme.example", State::Active)),
                Change::Membership(member("globex", "gus@globex.example", State::Active)),
                Change::Membership(left),
                Change::Customer(Customer::new(text("known@elsewhere.example"), None)),
            ])
            .await;
        let store = &world.services.store;
        let (domain, org) = (text("acme.example"), text("acme"));
        store.put_domain_rule(&domain, &org).await.unwrap();
        world
    }

    /// Somebody with a session over what is their own.
    pub(super) fn caller(&self, email: &str, epoch: u32) -> Caller {
        Sessions::begin(
            &self.services,
            &claims(email, Purpose::Requester, Scope::Own, epoch, 1),
            now(),
        )
    }

    pub(super) fn known(&self, email: &str) -> KnownPerson {
        KnownPerson::of(&self.caller(email, 0)).unwrap()
    }

    /// A form that somebody is shown, if they are.
    pub(super) async fn form(&self, known: Option<&KnownPerson>, desk: &str) -> Option<Form> {
        let (desk, kind) = (text(desk), text("hardware"));
        self.intake.form(known, &desk, &kind).await.unwrap()
    }

    /// The form of a known person, from a page that they were shown.
    pub(super) async fn raise(&self, known: &KnownPerson, desk: &str, filling: &Filling) -> Raised {
        let (desk, kind) = (text(desk), text("hardware"));
        let raised = self.intake.raise(known, &desk, &kind, filling).await;
        raised.unwrap()
    }

    /// The form of a stranger, from a page that they were shown.
    pub(super) async fn draft(&self, desk: &str, stranger: &Stranger) -> Drafted {
        let token = self
            .form(None, desk)
            .await
            .map_or_else(String::new, |f| f.token);
        let (desk, kind) = (text::<DeskId>(desk), text("hardware"));
        let filling = filled(&token);
        let drafted = self.intake.draft(stranger, &desk, &kind, &filling).await;
        drafted.unwrap()
    }

    /// A draft that waits, and the link to confirm it.
    pub(super) async fn waiting(&self, desk: &str, email: &str, number: u8) -> String {
        let id: DraftId = text(&format!("draft-{number}"));
        let draft = DraftRequest {
            description: None,
            id: id.clone(),
            desk: text(desk),
            kind: text("Hardware"),
            summary: text("A laptop"),
            answers: [(text("item"), text("Laptop"))].into(),
            reporter: Person {
                email: text(email),
                name: None,
            },
            language: domain::Language::of_tag("de"),
            until: DraftRequest::until(now()),
        };
        self.put(vec![Change::Draft(Box::new(draft))]).await;
        let scope = Scope::Draft { draft: id };
        self.sign(&claims(email, Purpose::ConfirmRequest, scope, 0, number))
    }

    pub(super) fn sign(&self, claims: &Claims) -> String {
        sign(claims, &self.services.keys.links).into()
    }

    /// The cost of the calls since the last look: reads and writes by action.
    pub(super) fn calls(&self) -> Vec<(&'static str, String)> {
        let used = self.meter.take().into_iter();
        let mut calls: Vec<_> = used
            .map(|(action, usage)| (action, format!("{usage:?}")))
            .collect();
        calls.sort();
        calls
    }

    pub(super) fn wrote(&self) -> bool {
        self.meter
            .take()
            .values()
            .any(|usage| usage.units.write > 0.0)
    }
}

pub(super) fn claims(
    email: &str,
    purpose: Purpose,
    scope: Scope,
    epoch: u32,
    number: u8,
) -> Claims {
    Claims {
        purpose,
        subject: text(email),
        scope,
        expires_at: domain::Days(14).after(now()),
        epoch,
        nonce: Nonce::from_bytes([number; 16]),
    }
}

/// A form without mistakes.
pub(super) fn filled(token: &str) -> Filling {
    let mut typed = Typed::new();
    typed.add_summary("A laptop".to_owned());
    typed.add("item", "Laptop".to_owned());
    Filling {
        token: token.to_owned(),
        typed,
        org: None,
        share: false,
    }
}

pub(super) fn stranger(email: &str) -> Stranger {
    Stranger {
        email: email.to_owned(),
        name: "Zoë".to_owned(),
        language: domain::Language::of_tag("de"),
        address: Some(text("198.51.100.7")),
        trapped: false,
    }
}

fn desk(id: &str, access: Access) -> Desk {
    let item = Field {
        id: text("item"),
        label: text("What do you need?"),
        kind: FieldKind::Choice,
        required: true,
        help: None,
        choices: vec![text("Laptop"), text("Screen")],
    };
    Desk {
        id: text(id),
        name: text(id),
        sender: text("desk@desk.example"),
        inbox: None,
        administrators: [text("admin@desk.example")].into(),
        access,
        networks: Vec::new(),
        request_types: vec![RequestType {
            id: text("hardware"),
            name: text("Hardware"),
            group: None,
            description: None,
            fields: vec![item],
        }],
        transitions: Vec::new(),
        announcements: Vec::new(),
        jira: None,
        version: Version::NEW,
    }
}

fn organization(id: &str, desk: &str) -> Organization {
    Organization {
        id: text(id),
        name: text(id),
        desk: text(desk),
        policy: Policy::default(),
        seats_used: 1,
        leads: BTreeSet::new(),
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

pub(super) fn member(org: &str, email: &str, state: State) -> Membership {
    Membership {
        org: text(org),
        email: text(email),
        name: None,
        role: Role::Member,
        state,
        since: now(),
        invited_by: Actor::Operator,
        joined_at: None,
        kept_at: None,
        access_until: None,
        access_reminded: None,
        handed: None,
        leaving: None,
        exempt: false,
        left_at: None,
        confirmed_at: None,
        epoch: 0,
        returned: domain::epoch::Round::default(),
        round: domain::epoch::Round::default(),
        due_at: None,
        version: Version::NEW,
    }
}
