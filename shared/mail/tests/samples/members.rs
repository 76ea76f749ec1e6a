//! Messages to those who lead an organisation, about its members.

use domain::{Mail, customer::Suppression, membership::OffboardReason};

use super::{address, at, name, request};

pub(super) fn care_of_members() -> Vec<(&'static str, Mail)> {
    let acme = || name("Acme & Sons");
    let otto = || address("otto@acme.example");
    let offboarded = |why, when: &str, open_requests, heir: Option<&str>| Mail::MemberOffboarded {
        org_name: acme(),
        member: otto(),
        why,
        at: at(when),
        undo_until: at("2026-12-22T09:30:00Z"),
        open_requests,
        hand_over_to: heir.map(address),
    };
    let removed = |emails: &[&str], total| Mail::RemovalDigest {
        org_name: acme(),
        removed: emails.iter().map(|email| address(email)).collect(),
        total,
        undo_until: at("2026-12-22T09:30:00Z"),
    };
    let mut mails = vec![
        (
            "",
            offboarded(
                OffboardReason::Left,
                "2026-11-22T09:30:00Z",
                3,
                Some("remy@acme.example"),
            ),
        ),
        (
            "planned",
            offboarded(OffboardReason::NotNeeded, "2026-11-30T23:00:00Z", 0, None),
        ),
        (
            "open",
            offboarded(OffboardReason::Lead, "2026-11-22T09:30:00Z", 1, None),
        ),
        (
            "policy",
            offboarded(OffboardReason::Policy, "2026-11-22T09:30:00Z", 0, None),
        ),
        (
            "inactive",
            offboarded(OffboardReason::Inactive, "2026-11-22T09:30:00Z", 0, None),
        ),
        (
            "expired",
            offboarded(OffboardReason::Expired, "2026-11-22T09:30:00Z", 0, None),
        ),
        ("", removed(&["otto@acme.example", "pia@acme.example"], 2)),
        ("one", removed(&["otto@acme.example"], 1)),
        ("many", removed(&["otto@acme.example"; 100], 140)),
    ];
    mails.extend(addresses_of_members());
    mails
}

/// Of those who join, come back, or whom mail does not reach.
fn addresses_of_members() -> Vec<(&'static str, Mail)> {
    let acme = || name("Acme & Sons");
    let otto = || address("otto@acme.example");
    let joined = |seated| Mail::MemberJoined {
        org_name: acme(),
        member: otto(),
        seated,
    };
    let suppressed = |why| Mail::AddressSuppressed {
        org_name: acme(),
        member: otto(),
        why,
    };
    vec![
        ("", joined(true)),
        ("guest", joined(false)),
        (
            "",
            Mail::LeaverRaisedRequest {
                org_name: acme(),
                member: otto(),
                request: request(),
            },
        ),
        ("", suppressed(Suppression::Bounce)),
        ("complaint", suppressed(Suppression::Complaint)),
        ("listed", suppressed(Suppression::Listed)),
        (
            "",
            Mail::UnreachableHeld {
                org_name: acme(),
                people: vec![otto(), address("pia@acme.example")],
            },
        ),
    ]
}

pub(super) fn ends_of_invitations() -> Vec<(&'static str, Mail)> {
    let acme = || name("Acme & Sons");
    vec![
        (
            "",
            Mail::InvitationDeclined {
                org_name: acme(),
                invitee: address("nora@acme.example"),
            },
        ),
        (
            "",
            Mail::ExceptionRefused {
                org_name: acme(),
                invitee: address("nora@elsewhere.example"),
            },
        ),
        (
            "",
            Mail::ExceptionAllowed {
                org_name: acme(),
                invitee: address("nora@elsewhere.example"),
            },
        ),
    ]
}
