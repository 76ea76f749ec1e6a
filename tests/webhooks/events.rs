//! The events that these stories send, all of a day long ago: the sender's clock is not ours.

use serde_json::{Value, json};

/// The day on which the senders live.
fn at(time: &str) -> String {
    format!("2024-05-06T{time}:00Z")
}

fn event(kind: &str, time: &str, data: &Value) -> Value {
    json!({"type": kind, "timestamp": at(time), "data": data})
}

/// The summary of a request with this key.
pub(crate) fn summary(key: &str) -> String {
    format!("The export of {key} stops half-way")
}

/// A request raised at 9:30 at the support desk, of no organisation.
pub(crate) fn created(key: &str, reporter: &str) -> Value {
    event(
        "request.created",
        "09:30",
        &json!({
            "request": {"key": key, "desk": "support", "type": "Incident", "summary": summary(key)},
            "reporter": {"email": reporter, "name": "Noor Haddad"},
            "channel": "form",
        }),
    )
}

/// The same, with participants.
pub(crate) fn created_with(key: &str, reporter: &str, participants: &[&str]) -> Value {
    let mut event = created(key, reporter);
    event["data"]["participants"] = json!(participants);
    event
}

/// An agent's comment, of 10:00.
pub(crate) fn comment(key: &str, id: &str, body: &str, public: bool) -> Value {
    event(
        "request.commented",
        "10:00",
        &json!({
            "request": {"key": key, "desk": "support"},
            "comment": {
                "id": id,
                "author": {"name": "Pavel Agent", "role": "agent"},
                "body": body,
                "public": public,
            },
        }),
    )
}

/// A customer's public comment, of 10:00.
pub(crate) fn customer_comment(key: &str, id: &str, email: &str, body: &str) -> Value {
    let mut event = comment(key, id, body, true);
    event["data"]["comment"]["author"] =
        json!({"name": "A Customer", "role": "customer", "email": email});
    event
}

/// A change of status at a time of the day.
pub(crate) fn status(key: &str, time: &str, to: &str, category: &str) -> Value {
    event(
        "request.transitioned",
        time,
        &json!({
            "request": {"key": key, "desk": "support"},
            "status": {"to": to, "category": category},
        }),
    )
}

/// The end of a request, at 17:00.
pub(crate) fn closed(key: &str) -> Value {
    event(
        "request.closed",
        "17:00",
        &json!({"request": {"key": key, "desk": "support"}, "resolution": "Repaired"}),
    )
}

/// A request's approval is asked for.
pub(crate) fn approval_requested(key: &str, approvers: &[&str]) -> Value {
    event(
        "request.approval_requested",
        "11:00",
        &json!({
            "request": {"key": key, "desk": "support"},
            "approval": {"id": "a-1", "approvers": approvers},
        }),
    )
}

/// People are to be let into an organisation, as its lead asked.
pub(crate) fn invited<S: AsRef<str>>(org: &str, emails: &[S]) -> Value {
    let invitees: Vec<Value> = emails
        .iter()
        .map(|email| json!({"email": email.as_ref(), "role": "member"}))
        .collect();
    event(
        "customer.invited",
        "12:00",
        &json!({"organization": org, "invitees": invitees}),
    )
}

/// A person has left.
pub(crate) fn left(org: &str, email: &str) -> Value {
    event(
        "member.offboarded",
        "13:00",
        &json!({"organization": org, "member": {"email": email}, "reason": "left"}),
    )
}
