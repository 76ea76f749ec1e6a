//! For every mail, everybody who might be among its recipients when it leaves: a table that a new mail
//! has to be written into before this compiles.

use std::collections::BTreeSet;

use domain::{
    Affiliation, Customer, Mail, Membership, Message, Role,
    customer::{Deliverability, Suppression},
    membership::{OffboardReason, State},
    message::Addressee,
};
use serde_json::{Value, json};

use crate::world::{ann, customer, day, invited, member, org_id, start};

const PEOPLE: [&str; 10] = [
    "member",
    "leaver with record",
    "leaver reduced",
    "lead who left",
    "suppressed",
    "guest",
    "stranger",
    "lead",
    "administrator",
    "invitee",
];

/// Tells whether each of them is sent it.
fn sent(mail: &Mail, org: bool) -> [bool; 10] {
    let only = |who: &[&str]| PEOPLE.map(|one| who.contains(&one));
    let but = |who: &[&str]| PEOPLE.map(|one| !who.contains(&one));
    let leavers = ["leaver with record", "leaver reduced", "lead who left"];
    match mail {
        Mail::RequestReceived { .. }
        | Mail::RequestShared { .. }
        | Mail::RequestCommented { .. }
        | Mail::RequestTransitioned { .. }
        | Mail::RequestClosed { .. }
        | Mail::RequestMoved { .. }
        | Mail::ApprovalRequested { .. }
        | Mail::ApprovalAnswered { .. }
        | Mail::RequestHandedOver { .. } => {
            if org {
                but(&[&leavers[..], &["suppressed"]].concat())
            } else {
                but(&["suppressed"])
            }
        }
        Mail::DeskNotice { .. } | Mail::BurstStopped { .. } | Mail::ConfirmRequest { .. } => {
            but(&["suppressed"])
        }
        Mail::Invitation { .. } => only(&["invitee"]),
        Mail::Welcome { .. } | Mail::InactivityWarning { .. } | Mail::AccessEnding { .. } => {
            only(&["member", "lead"])
        }
        Mail::AccessEnded { .. } => only(&leavers),
        Mail::InvitationDeclined { .. }
        | Mail::ExceptionAllowed { .. }
        | Mail::ExceptionRefused { .. } => {
            // Somebody outside who invites through a system of theirs hears of it, too.
            only(&["lead", "guest", "stranger", "administrator"])
        }
        Mail::MemberOffboarded { .. }
        | Mail::RemovalDigest { .. }
        | Mail::MemberJoined { .. }
        | Mail::LeaverRaisedRequest { .. }
        | Mail::AddressSuppressed { .. }
        | Mail::UnreachableHeld { .. }
        | Mail::ReviewAsked { .. } => only(&[if org { "lead" } else { "administrator" }]),
        Mail::ExceptionAsked { .. }
        | Mail::OrganizationVacant { .. }
        | Mail::LastLeadSpared { .. }
        | Mail::TokenExpires { .. }
        | Mail::SweepHeld { .. } => only(&["administrator"]),
        Mail::YourLink { opens, .. } => match opens {
            domain::message::Opens::LeadConsole => only(&["lead"]),
            // What is theirs elsewhere is theirs still; each thing in it asks by itself.
            domain::message::Opens::MyRequests => but(&["suppressed", "stranger"]),
        },
    }
}

/// One of every kind, as JSON is stored in the outbox, and whether it is about an organisation.
#[expect(clippy::too_many_lines, reason = "a table with a row for each mail")]
fn every_mail() -> Vec<(Value, bool)> {
    let request = json!({ "id": { "desk": "support", "key": "SUP-1" }, "summary": "On fire" });
    let (who, org_name) = ("zoe@acme.example", "Acme");
    let at = start().to_string();
    let about = |kind: &str, more: Value| {
        let mut mail = json!({ "kind": kind, "request": request });
        let more = more.as_object().unwrap().clone();
        mail.as_object_mut().unwrap().extend(more);
        mail
    };
    let of_org = |kind: &str, more: Value| {
        let mut mail = json!({ "kind": kind, "org_name": org_name });
        let more = more.as_object().unwrap().clone();
        mail.as_object_mut().unwrap().extend(more);
        mail
    };
    let comment = json!({ "author": "Pavel", "body": "It does." });
    let status = json!({ "status": "Done", "category": "done" });
    let off = json!({
        "member": who, "why": "left", "at": at, "undo_until": at, "open_requests": 0,
    });
    let leaver = of_org(
        "leaver_raised_request",
        json!({ "member": who, "request": request }),
    );
    let suppressed = of_org(
        "address_suppressed",
        json!({ "member": who, "why": "bounce" }),
    );
    vec![
        (about("request_received", json!({})), true),
        (about("request_received", json!({})), false),
        (about("request_shared", json!({ "reporter": "Zoe" })), true),
        (about("request_commented", comment.clone()), true),
        (about("request_commented", comment), false),
        (about("request_transitioned", status), true),
        (about("request_closed", json!({})), true),
        (
            about(
                "approval_requested",
                json!({ "approval": "a-1", "reporter": "Zoe" }),
            ),
            true,
        ),
        (
            about(
                "approval_answered",
                json!({ "by": who, "decision": "approved" }),
            ),
            true,
        ),
        (about("request_handed_over", json!({ "from": "Zoe" })), true),
        (
            about(
                "desk_notice",
                json!({ "by": who, "action": { "did": "commented", "body": "x" } }),
            ),
            false,
        ),
        (
            json!({ "kind": "confirm_request", "draft": "d-1", "summary": "x", "expires_at": at }),
            false,
        ),
        (
            of_org(
                "invitation",
                json!({ "role": "member", "expires_at": at, "reminder": false }),
            ),
            true,
        ),
        (of_org("welcome", json!({ "role": "member" })), true),
        (
            of_org("invitation_declined", json!({ "invitee": who })),
            true,
        ),
        (
            of_org(
                "exception_asked",
                json!({ "invitee": who, "expires_at": at }),
            ),
            true,
        ),
        (of_org("exception_refused", json!({ "invitee": who })), true),
        (
            of_org(
                "inactivity_warning",
                json!({ "quiet_days": 90, "grace_until": at, "reminder": false }),
            ),
            true,
        ),
        (of_org("access_ending", json!({ "access_until": at })), true),
        (of_org("access_ended", json!({ "why": "inactive" })), true),
        (of_org("member_offboarded", off.clone()), true),
        (of_org("member_offboarded", off), false),
        (
            of_org(
                "removal_digest",
                json!({ "removed": [], "total": 0, "undo_until": at }),
            ),
            true,
        ),
        (
            of_org("member_joined", json!({ "member": who, "seated": true })),
            true,
        ),
        (leaver.clone(), true),
        (leaver, false),
        (suppressed, true),
        (of_org("unreachable_held", json!({ "people": [who] })), true),
        (
            of_org("unreachable_held", json!({ "people": [who] })),
            false,
        ),
        (
            of_org(
                "organization_vacant",
                json!({ "since": at, "to_ask": [], "total": 0 }),
            ),
            false,
        ),
        (
            of_org("review_asked", json!({ "people": 3, "every_days": 180 })),
            true,
        ),
        (of_org("last_lead_spared", json!({ "lead": who })), false),
        (
            json!({
                "kind": "sweep_held", "run": at, "would_remove": 1, "limit": 0, "organizations": [],
            }),
            false,
        ),
        (
            json!({ "kind": "token_expires", "desk": "support", "expires_at": at }),
            false,
        ),
        (
            json!({ "kind": "burst_stopped", "by": who, "again_at": at }),
            false,
        ),
        (
            of_org("your_link", json!({ "opens": "lead_console" })),
            true,
        ),
        (
            json!({ "kind": "your_link", "opens": "my_requests" }),
            false,
        ),
    ]
}

/// Returns the records of somebody, and `true` if the desk names them.
fn recorded(who: &str) -> (Option<Membership>, bool, Option<Customer>, bool) {
    let left = |role| Membership {
        role,
        state: State::OffBoarded {
            why: OffboardReason::Left,
            undo_until: day(30),
            hand_over_to: None,
        },
        ..member(&ann())
    };
    let lead = Membership {
        role: Role::Lead,
        ..member(&ann())
    };
    let known = Some(customer(&ann()));
    match who {
        "member" => (Some(member(&ann())), false, known, false),
        "leaver with record" => (Some(left(Role::Member)), false, known, false),
        "leaver reduced" => (None, true, known, false),
        "lead who left" => (Some(left(Role::Lead)), false, known, false),
        "suppressed" => {
            let suppressed = Customer {
                deliverability: Deliverability::Suppressed {
                    why: Suppression::Bounce,
                    since: start(),
                },
                ..customer(&ann())
            };
            (Some(lead), false, Some(suppressed), true)
        }
        "guest" => (None, false, known, false),
        "stranger" => (None, false, None, false),
        "lead" => (Some(lead), false, known, false),
        "administrator" => (None, false, known, true),
        "invitee" => (Some(invited(&ann())), false, known, false),
        other => panic!("{other}"),
    }
}

#[test]
fn each_mail_reaches_those_it_is_for_as_they_are_when_it_leaves() {
    let org = org_id("acme");
    let mut kinds = BTreeSet::new();
    for (value, of_org) in every_mail() {
        let mail: Mail = serde_json::from_value(value.clone())
            .unwrap_or_else(|error| panic!("{value}: {error}"));
        kinds.insert(mail.kind());
        let message = Message {
            to: vec![ann()],
            desk: "support".parse().unwrap(),
            org: of_org.then(|| org.clone()),
            mail,
        };
        for (who, expected) in PEOPLE.into_iter().zip(sent(&message.mail, of_org)) {
            let (membership, trace, customer, administers) = recorded(who);
            let own = Affiliation::new(&org, membership.as_ref(), trace);
            let standing = own.standing(start());
            let to = Addressee {
                customer: customer.as_ref(),
                standing: if of_org {
                    standing
                } else {
                    domain::Standing::Never
                },
                administers,
                is_member: standing.has_access(),
                now: start(),
            };
            let left_out = message.leaves_out(&to);
            let kind = message.mail.kind();
            assert_eq!(
                left_out.is_none(),
                expected,
                "{kind} to {who}: {left_out:?}"
            );
        }
    }
    assert_eq!(kinds.len(), 31, "one of every kind: {kinds:?}");
}
