//! Messages to the people who look after a desk.

use domain::{
    Days, Mail, Role, RunId,
    message::{AskedTerms, ToAsk},
    text::Note,
};

use super::{address, at, name};

pub(super) fn care_of_the_desk() -> Vec<(&'static str, Mail)> {
    let asked = |inviter: Option<&str>| Mail::ExceptionAsked {
        org_name: name("Acme & Sons"),
        invitee: address("nora@elsewhere.example"),
        inviter: inviter.map(str::to_owned),
        expires_at: at("2026-12-06T09:30:00Z"),
        terms: inviter.map(|_| AskedTerms {
            role: Role::Lead,
            name: Some(name("Nora Novak")),
            access_until: Some(at("2027-06-30T22:00:00Z")),
            note: Some(Note::new("Please look after our invoices.").unwrap()),
            seats_used: 12,
            seat_cap: 25,
        }),
    };
    let burst = |org_name| Mail::BurstStopped {
        by: address("lena@acme.example"),
        org_name,
        again_at: at("2026-11-21T10:00:00Z"),
    };
    let held = |organizations| Mail::SweepHeld {
        run: RunId(at("2026-11-22T09:15:00Z")),
        would_remove: 42,
        limit: 10,
        organizations,
    };
    let vacant = |total| {
        let mut to_ask = vec![
            ToAsk {
                email: address("otto@acme.example"),
                name: Some(name("Otto Orr")),
                last_active: Some(at("2026-11-20T14:05:00Z")),
            },
            ToAsk {
                email: address("pia@acme.example"),
                name: None,
                last_active: Some(at("2026-08-01T07:00:00Z")),
            },
            ToAsk {
                email: address("remy@acme.example"),
                name: None,
                last_active: None,
            },
        ];
        if total == 0 {
            to_ask.clear();
        }
        Mail::OrganizationVacant {
            org_name: name("Acme & Sons"),
            since: at("2026-11-15T09:30:00Z"),
            to_ask,
            total,
        }
    };
    let review = |people, every_days, last_review: Option<&str>| Mail::ReviewAsked {
        org_name: name("Acme & Sons"),
        people,
        every_days: Days(every_days),
        last_review: last_review.map(at),
    };
    vec![
        ("", review(24, 180, Some("2026-05-26T14:05:00Z"))),
        ("first", review(1, 1, None)),
        ("", asked(Some("Lena Lind"))),
        ("bare", asked(None)),
        (
            "",
            Mail::LastLeadSpared {
                org_name: name("Acme & Sons"),
                lead: address("lena@acme.example"),
            },
        ),
        ("", vacant(3)),
        ("many", vacant(40)),
        ("nobody", vacant(0)),
        (
            "administrators",
            Mail::UnreachableHeld {
                org_name: name("Acme & Sons"),
                people: vec![address("otto@acme.example")],
            },
        ),
        (
            "",
            held(vec![(name("Acme & Sons"), 40), (name("Globex"), 2)]),
        ),
        ("bare", held(Vec::new())),
        (
            "",
            Mail::TokenExpires {
                desk: "support".parse().unwrap(),
                expires_at: at("2026-12-31T00:00:00Z"),
            },
        ),
        ("", burst(Some(name("Acme & Sons")))),
        ("bare", burst(None)),
    ]
}
