//! Requests of all kinds, with what may be hostile.

use std::{collections::BTreeMap, fmt::Debug, str::FromStr};

use app::requests::{Asked, Cursor, List, OneRequest, Row};
use domain::{
    Customer, Request, RequestRef, Timestamp, Version,
    columns::{Column, Columns},
    desk::Transition,
    request::{
        Approval, ApprovalAnswer, Author, AuthorRole, Category, Channel, Comment, Decision, Part,
        Status, StatusChange,
    },
    request_access::RequestAccess,
};

/// A hostile text.
pub(super) const HOSTILE: &str =
    "<script>alert(1)</script><img src=x onerror='alert(1)'><b> \" & '";

fn text<T: FromStr<Err: Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

fn at(text_: &str) -> Timestamp {
    text(text_)
}

pub(super) fn about() -> RequestRef {
    RequestRef {
        desk: text("support"),
        key: text("SUP-1"),
    }
}

fn status(name: &str, category: Category) -> Status {
    Status {
        name: text(name),
        category,
    }
}

fn approval(answered: bool) -> Approval {
    let answer = ApprovalAnswer {
        decision: Decision::Declined,
        reason: Some(text(HOSTILE)),
        at: at("2026-11-21T10:00:00Z"),
    };
    let answers = answered.then(|| (text("mia@acme.example"), answer));
    Approval {
        approvers: [text("ann@acme.example")].into(),
        due: Some(at("2026-12-01T00:00:00Z")),
        answers: answers.into_iter().collect(),
    }
}

fn request() -> Request {
    Request {
        id: about(),
        kind: text("Incident <b>"),
        summary: text(HOSTILE),
        description: Some(text(&format!("First line\n{HOSTILE}"))),
        fields: BTreeMap::from([(text("Impact"), text(HOSTILE))]),
        url: None,
        reporter: text("ann@acme.example"),
        reporter_name: Some(text("Ann Ash")),
        handed: None,
        org: Some(text("acme")),
        channel: Channel::Form,
        status: status("Waiting for customer", Category::WaitingForCustomer),
        status_at: at("2026-11-20T10:00:00Z"),
        resolution: None,
        moved: None,
        approvals: [
            (text("a-1"), approval(false)),
            (text("a-2"), approval(true)),
        ]
        .into(),
        history: vec![
            StatusChange {
                at: at("2026-11-20T10:00:00Z"),
                to: status("Waiting for customer", Category::WaitingForCustomer),
                late: false,
            },
            StatusChange {
                at: at("2026-11-19T09:00:00Z"),
                to: status(HOSTILE, Category::New),
                late: true,
            },
        ],
        created_at: at("2026-11-19T08:00:00Z"),
        version: Version(3),
    }
}

fn comment(id: &str, role: AuthorRole, body: &str) -> Comment {
    Comment {
        request: about(),
        id: text(id),
        author: Author {
            email: None,
            name: text("Ada <b>"),
            role,
        },
        body: text(body),
        at: at("2026-11-20T11:00:00Z"),
    }
}

/// A request on which everything is open to its reader.
pub(super) fn one() -> OneRequest {
    OneRequest {
        handed_by: None,
        request: request(),
        desk: "Customer support".to_owned(),
        answers: vec![(text("ViewerId is affected?"), text(HOSTILE))],
        comments: vec![
            comment(
                "c-1",
                AuthorRole::Agent,
                "Which *door* is it?\n\n- front\n- back",
            ),
            comment("c-2", AuthorRole::Customer, HOSTILE),
            comment(
                "c-3",
                AuthorRole::Customer,
                "[here](javascript&#58;alert(1))",
            ),
        ],
        older: Some(Cursor::from_text("place")),
        access: RequestAccess {
            parts: [Part::Reporter].into(),
            orgs: [].into(),
            circle: [text("acme")].into(),
        },
        reader: Customer::new(text("ann@acme.example"), None),
        may_follow: true,
        subscribed: false,
        transitions: vec![Transition {
            name: text("Close"),
            from: [Category::WaitingForCustomer].into(),
            to: status("Closed", Category::Done),
        }],
        asked: vec![Asked {
            id: text("a-1"),
            approval: approval(false),
        }],
        could_share_with: [(text("acme"), text("Acme <b>"))].into(),
        shared_with: vec![text("Globex")],
        participants: vec![text("bob@acme.example")],
    }
}

/// A list with every column, and more behind it.
pub(super) fn list() -> List {
    let row = Row {
        request: request(),
        desk: "Customer support".to_owned(),
        org: None,
    };
    List {
        rows: vec![row],
        next: Some(text("2026-11-20T10:00:00Z~support~SUP-1")),
        interrupted: false,
        columns: Columns::from(Column::ALL.to_vec()),
        desks: [
            (text("it"), "IT <b>".to_owned()),
            (text("support"), "Customer support".to_owned()),
        ]
        .into(),
        kinds: [text("Incident <b>"), text("Question")].into(),
        ..empty()
    }
}

/// An empty list.
pub(super) fn empty() -> List {
    List {
        rows: Vec::new(),
        next: None,
        interrupted: false,
        reader: Customer::new(text("ann@acme.example"), None),
        columns: Columns::default(),
        desks: BTreeMap::new(),
        kinds: [].into(),
        orgs: BTreeMap::new(),
        org: None,
    }
}
