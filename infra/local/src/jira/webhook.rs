//! The payloads of the site's webhooks, in the shapes of Jira Cloud.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::answer::Writer;
use super::request::Request;
use super::sender::Delivery;
use super::site::{Event, Happening};

/// The fields of an issue in a payload about a comment.
const BESIDE_A_COMMENT: [&str; 6] = [
    "summary",
    "issuetype",
    "project",
    "assignee",
    "priority",
    "status",
];

/// The delivery that tells of an event; `None` if its issue is gone.
pub(super) fn delivery(writer: Writer<'_>, event: &Event, now: Timestamp) -> Option<Delivery> {
    let request = writer.site.requests.get(&event.issue)?;
    let (function, body) = match &event.happening {
        Happening::Created => {
            let items = json!([{
                "field": "status", "fieldtype": "jira", "fieldId": "status",
                "from": null, "fromString": null,
                "to": request.status().id, "toString": request.status().name,
            }]);
            let name = "issue_created";
            let body = changed(
                writer,
                request,
                event,
                "jira:issue_created",
                name,
                &items,
                now,
            );
            ("request-created", body)
        }
        Happening::Changed(items) => {
            let items = Value::from(items.clone());
            let name = "issue_generic";
            let body = changed(
                writer,
                request,
                event,
                "jira:issue_updated",
                name,
                &items,
                now,
            );
            ("request-updated", body)
        }
        Happening::Commented(id) => {
            let comment = request.comments.iter().find(|comment| comment.id == *id)?;
            let comment = writer.issue_comment(request, comment, &comment.body.as_str().into());
            let mut fields = writer.fields(request);
            fields.retain(|name, _| BESIDE_A_COMMENT.contains(&name.as_str()));
            let body = json!({
                "timestamp": now.as_millisecond(),
                "webhookEvent": "comment_created",
                "comment": comment,
                "eventType": "primaryAction",
                "issue": issue(writer, request, &fields),
            });
            ("request-updated", body)
        }
    };
    Some(Delivery::new(function, &body))
}

/// A payload about an issue as a whole.
fn changed(
    writer: Writer<'_>,
    request: &Request,
    event: &Event,
    webhook_event: &str,
    name: &str,
    items: &Value,
    now: Timestamp,
) -> Value {
    json!({
        "timestamp": now.as_millisecond(),
        "webhookEvent": webhook_event,
        "issue_event_type_name": name,
        "user": writer.person_of(&event.by),
        "changelog": {"id": (now.as_millisecond() % 1_000_000).to_string(), "items": items},
        "issue": issue(writer, request, &writer.fields(request)),
    })
}

/// An issue as webhooks name it: without the word before the id in its own address.
fn issue(writer: Writer<'_>, request: &Request, fields: &Map<String, Value>) -> Value {
    json!({
        "id": request.id.to_string(),
        "self": format!("{}/rest/api/2/{}", writer.base, request.id),
        "key": request.key,
        "fields": fields,
    })
}
