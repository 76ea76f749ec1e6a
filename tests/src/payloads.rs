//! The events of the seeded world's senders, one of each kind whose cost is counted.

use jiff::Timestamp;
use serde_json::{Value, json};

/// A known person of a known organisation asks for something new.
#[must_use]
pub fn request_created(key: &str, at: Timestamp) -> Value {
    json!({
        "type": "request.created",
        "timestamp": at.to_string(),
        "data": {
            "request": {
                "key": key,
                "desk": "support",
                "type": "Incident",
                "summary": "The export stops at row 4,096",
                "description": "Since yesterday the monthly export ends early.\nThe file opens, but the last rows are missing.",
                "fields": {
                    "Product": "Reports",
                    "Urgency": "Somebody is blocked",
                    "Rows": 4096,
                },
                "url": format!("https://desk.example/requests/{key}"),
            },
            "reporter": { "email": "carmen@acme.example", "name": "Carmen Díaz" },
            "channel": "form",
        },
    })
}

/// The same with two colleagues, who are told of everything, too.
#[must_use]
pub fn request_of_three(key: &str, at: Timestamp) -> Value {
    let mut body = request_created(key, at);
    body["data"]["participants"] = json!(["dora@acme.example", "emil@acme.example"]);
    body
}

/// An agent answers in public.
#[must_use]
pub fn public_comment(key: &str, comment: &str, at: Timestamp) -> Value {
    json!({
        "type": "request.commented",
        "timestamp": at.to_string(),
        "data": {
            "request": { "key": key, "desk": "support" },
            "comment": {
                "id": comment,
                "author": { "name": "Pavel Agent", "role": "agent" },
                "body": "We have found the cause and are testing the repair.\n\nDoes it happen with the weekly export, too?",
                "public": true,
            },
        },
    })
}

/// A lead invites a colleague.
#[must_use]
pub fn invitation(name: &str, at: Timestamp) -> Value {
    json!({
        "type": "customer.invited",
        "timestamp": at.to_string(),
        "data": {
            "organization": "acme",
            "invitees": [{ "email": format!("{name}@acme.example"), "name": name, "role": "member" }],
            "invited_by": "lena@acme.example",
            "message": "Welcome! You can follow our requests here.",
        },
    })
}

/// A person leaves an organisation.
#[must_use]
pub fn leaving(name: &str, at: Timestamp) -> Value {
    json!({
        "type": "member.offboarded",
        "timestamp": at.to_string(),
        "data": {
            "organization": "acme",
            "member": { "email": format!("{name}@acme.example") },
            "reason": "left",
        },
    })
}
