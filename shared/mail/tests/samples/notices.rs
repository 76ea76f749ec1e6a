//! Messages that carry a requester's act to the desk, or ask to confirm it.

use domain::{
    Mail,
    message::RequesterAction,
    request::Decision,
    text::{Body, Reason, Text},
};

use super::{address, at, name, request, title};

pub(super) fn notices() -> Vec<(&'static str, Mail)> {
    let did = |action| Mail::DeskNotice {
        request: request(),
        by: address("remy@acme.example"),
        name: Some(name("Remy Roux")),
        action,
    };
    let answered = |decision, reason: Option<&str>| RequesterAction::ApprovalAnswered {
        decision,
        reason: reason.map(|text| Reason::new(text).unwrap()),
    };
    let answers = |count: usize, answer: &str| {
        vec![(title("Which printer?"), Text::new(answer).unwrap()); count]
    };
    let raised = |description: Option<String>, answers, more| RequesterAction::Raised {
        kind: title("Hardware"),
        description: description.map(|text| Body::new(&text).unwrap()),
        answers,
        more,
    };
    let body = |text: &str| Body::new(text).unwrap();
    vec![
        (
            "",
            did(raised(
                Some("Since this morning the lower half of every label is blank.".into()),
                answers(2, "The grey one,\nroom 3.14"),
                0,
            )),
        ),
        ("bare", did(raised(None, Vec::new(), 0))),
        (
            "long",
            did(raised(
                Some("<&> ".repeat(8_000)),
                answers(
                    30,
                    "& <\n& <\n& <\n& <\n& <\n& <\n& <\n& <\n& <\n& <\n& <\n& <",
                ),
                12,
            )),
        ),
        (
            "commented",
            did(RequesterAction::Commented {
                body: body("It shows 3.2.\n\nRemy"),
            }),
        ),
        (
            "status",
            did(RequesterAction::StatusChanged {
                status: title("Resolved"),
            }),
        ),
        (
            "shared",
            did(RequesterAction::SharedWithPerson {
                email: address("pia@acme.example"),
            }),
        ),
        (
            "shared_with_all",
            did(RequesterAction::SharedWithOrganization {
                org_name: name("Acme & Sons"),
            }),
        ),
        (
            "approved",
            Mail::DeskNotice {
                request: request(),
                by: address("lena@acme.example"),
                name: None,
                action: answered(Decision::Approved, None),
            },
        ),
        (
            "declined",
            did(answered(Decision::Declined, Some("Another is on order."))),
        ),
        (
            "",
            Mail::ConfirmRequest {
                draft: "draft-1".parse().unwrap(),
                summary: request().summary,
                expires_at: at("2026-11-24T09:30:00Z"),
                language: None,
            },
        ),
        (
            "long",
            Mail::ConfirmRequest {
                draft: "draft-1".parse().unwrap(),
                summary: title(&"Buy cheap pills! ".repeat(17)),
                expires_at: at("2026-11-24T09:30:00Z"),
                language: None,
            },
        ),
    ]
}
