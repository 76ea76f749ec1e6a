//! Messages about a request, to whoever may see it.

use domain::{
    Mail,
    message::AboutRequest,
    request::{AuthorRole, Category, Decision},
    text::{Body, Reason},
};

use super::{address, at, name, request, title};

pub(super) fn requests() -> Vec<(&'static str, Mail)> {
    let transitioned = |status: &str, category| Mail::RequestTransitioned {
        request: request(),
        status: title(status),
        category,
    };
    vec![
        (
            "",
            Mail::RequestReceived {
                request: request(),
                description: Some(
                    Body::new(
                        "Since this morning the lower half of every label is blank.\n\nRoom 3.14, \
                         the grey one.",
                    )
                    .unwrap(),
                ),
            },
        ),
        (
            "bare",
            Mail::RequestReceived {
                request: request(),
                description: None,
            },
        ),
        (
            "",
            Mail::RequestShared {
                request: request(),
                reporter: "Remy Roux".into(),
            },
        ),
        (
            "",
            Mail::RequestCommented {
                request: request(),
                author: name("Ada"),
                body: Body::new("Hello Remy,\n\nwhich driver version does it show?\n\nAda")
                    .unwrap(),
                role: Some(AuthorRole::Agent),
                email: None,
            },
        ),
        (
            "customer",
            Mail::RequestCommented {
                request: request(),
                author: name("Remy Roux"),
                body: Body::new("Version 12.").unwrap(),
                role: Some(AuthorRole::Customer),
                email: Some(address("remy@acme.example")),
            },
        ),
        (
            "long",
            Mail::RequestCommented {
                request: request(),
                author: name("Ada (Support)"),
                body: Body::new(&"All of it, again and again. ".repeat(1_000)).unwrap(),
                role: None,
                email: None,
            },
        ),
        ("", transitioned("In progress", Category::InProgress)),
        ("new", transitioned("Open", Category::New)),
        (
            "waiting",
            transitioned("Waiting for customer", Category::WaitingForCustomer),
        ),
        ("done", transitioned("Resolved", Category::Done)),
        (
            "",
            Mail::RequestClosed {
                request: request(),
                resolution: Some(title("Fixed")),
            },
        ),
        (
            "bare",
            Mail::RequestClosed {
                request: request(),
                resolution: None,
            },
        ),
        ("", moved("IT-7", true)),
        ("elsewhere", moved("HR-2", false)),
    ]
}

fn moved(to: &str, followed: bool) -> Mail {
    Mail::RequestMoved {
        request: AboutRequest {
            now: followed.then(|| to.parse().unwrap()),
            ..request()
        },
        to: to.parse().unwrap(),
        followed,
    }
}

pub(super) fn approvals() -> Vec<(&'static str, Mail)> {
    vec![
        (
            "",
            Mail::ApprovalRequested {
                request: request(),
                approval: "a-1".parse().unwrap(),
                reporter: "Remy Roux".into(),
                due: Some(at("2026-11-27T17:00:00Z")),
            },
        ),
        (
            "bare",
            Mail::ApprovalRequested {
                request: request(),
                approval: "a-1".parse().unwrap(),
                reporter: "remy@acme.example".into(),
                due: None,
            },
        ),
        (
            "",
            Mail::ApprovalAnswered {
                request: request(),
                by: address("lena@acme.example"),
                decision: Decision::Declined,
                reason: Some(Reason::new("A new printer is on order already.").unwrap()),
            },
        ),
        (
            "approved",
            Mail::ApprovalAnswered {
                request: request(),
                by: address("lena@acme.example"),
                decision: Decision::Approved,
                reason: None,
            },
        ),
        (
            "",
            Mail::RequestHandedOver {
                request: request(),
                from: "Otto Olsen".into(),
            },
        ),
    ]
}
