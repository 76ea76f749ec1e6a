//! Things to store, with defaults.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Action, Actor, AuditEntry, Customer, DeliveryId, EmailAddress, Evidence, Mail, Membership,
    Message, OrgId, Organization, Policy, Request, RequestRef, SourceId, Subject, Timestamp,
    Version,
    message::AboutRequest,
    organization::InvitedToday,
    request::{
        Author, AuthorRole, Category, Channel, Comment, Part, Status, StatusChange, Viewer,
        ViewerId,
    },
};
use store::{Answer, Once};

pub(crate) fn now() -> Timestamp {
    "2026-11-22T09:30:00Z".parse().unwrap()
}

pub(crate) fn email(text: &str) -> EmailAddress {
    text.parse().unwrap()
}

pub(crate) fn org_id(text: &str) -> OrgId {
    text.parse().unwrap()
}

pub(crate) fn source() -> SourceId {
    "forms".parse().unwrap()
}

pub(crate) fn delivery_id(text: &str) -> DeliveryId {
    text.parse().unwrap()
}

pub(crate) fn answer() -> Answer {
    Answer {
        status: 202,
        body: r#"{"status":"accepted"}"#.to_owned(),
    }
}

pub(crate) fn once(id: &str) -> Once {
    Once::Delivery {
        source: source(),
        id: delivery_id(id),
        payload_sha256: [1; 32],
        answer: answer(),
    }
}

pub(crate) fn customer(address: &str) -> Customer {
    let mut customer = Customer::new(email(address), Some("Ann Ash".parse().unwrap()));
    customer.last_active_at = Some(now());
    customer
}

pub(crate) fn organization(id: &str) -> Organization {
    Organization {
        id: org_id(id),
        name: "Acme".parse().unwrap(),
        desk: "support".parse().unwrap(),
        policy: Policy {
            allowed_domains: BTreeSet::from(["acme.example".parse().unwrap()]),
            ..Policy::default()
        },
        seats_used: 3,
        leads: BTreeSet::from([email("lena@acme.example")]),
        invited: InvitedToday {
            day: domain::organization::day_of(now()),
            count: 2,
        },
        review: domain::organization::Review::default(),
        vacancy: None,
        told_full: None,
        counterpart: None,
        due_at: None,
        version: Version::NEW,
    }
}

/// Read from JSON, so that fields which the domain adds with a default need no change here.
pub(crate) fn membership(org: &str, address: &str) -> Membership {
    serde_json::from_value(serde_json::json!({
        "org": org,
        "email": address,
        "name": "Ann Ash",
        "role": "member",
        "state": {"is": "active"},
        "since": now(),
        "invited_by": {"person": "lena@acme.example"},
        "joined_at": now(),
        "due_at": now(),
        "version": 0,
    }))
    .unwrap()
}

pub(crate) fn request_ref(key: &str) -> RequestRef {
    RequestRef {
        desk: "support".parse().unwrap(),
        key: key.parse().unwrap(),
    }
}

pub(crate) fn request(key: &str) -> Request {
    let status = Status {
        name: "New".parse().unwrap(),
        category: Category::New,
    };
    Request {
        id: request_ref(key),
        kind: "Question".parse().unwrap(),
        summary: "The printer is on fire".parse().unwrap(),
        description: Some("It began this morning.\nPlease help.".parse().unwrap()),
        fields: BTreeMap::from([("room".parse().unwrap(), "4.12".parse().unwrap())]),
        url: Some("https://desk.example/SUP-1".parse().unwrap()),
        reporter: email("ann@acme.example"),
        reporter_name: Some("Ann Ash".parse().unwrap()),
        handed: None,
        org: Some(org_id("acme")),
        channel: Channel::Form,
        status: status.clone(),
        status_at: now(),
        resolution: None,
        moved: None,
        approvals: BTreeMap::new(),
        history: vec![StatusChange {
            at: now(),
            to: status,
            late: false,
        }],
        created_at: now(),
        version: Version::NEW,
    }
}

pub(crate) fn viewer(key: &str, who: ViewerId) -> Viewer {
    Viewer {
        request: request_ref(key),
        who,
        kind: "Question".parse().unwrap(),
        summary: "The door does not open".parse().unwrap(),
        parts: BTreeSet::from([Part::Reporter]),
        subscribed: true,
        now: None,
        open: true,
        moved_at: now(),
        version: Version::NEW,
    }
}

pub(crate) fn person(address: &str) -> ViewerId {
    ViewerId::Person(email(address))
}

pub(crate) fn comment(key: &str, id: &str) -> Comment {
    Comment {
        request: request_ref(key),
        id: id.parse().unwrap(),
        author: Author {
            email: None,
            name: "Agent Ada".parse().unwrap(),
            role: AuthorRole::Agent,
        },
        body: "Have you tried water?".parse().unwrap(),
        at: now(),
    }
}

pub(crate) fn audit(action: Action, subject: Subject) -> AuditEntry {
    AuditEntry {
        at: now(),
        org: Some(org_id("acme")),
        action,
        subject,
        actor: Actor::Source(source()),
        reason: None,
        evidence: Evidence::Delivery {
            source: source(),
            id: delivery_id("d-1"),
        },
    }
}

pub(crate) fn message(to: &[&str]) -> Message {
    Message {
        to: to.iter().map(|address| email(address)).collect(),
        desk: "support".parse().unwrap(),
        org: None,
        mail: Mail::RequestReceived {
            request: AboutRequest {
                id: request_ref("SUP-1"),
                now: None,
                summary: "The printer is on fire".parse().unwrap(),
            },
            description: None,
        },
    }
}
