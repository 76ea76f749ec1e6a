//! SES's report about a captured mail: a bounce or a complaint.
//!
//! The event has the shape in which SES publishes it to EventBridge ("Monitoring SES events using
//! Amazon EventBridge" and "Contents of event data" in the SES developer guide).

use serde::Deserialize;
use serde_json::{Value, json};

use jiff::Timestamp;

use crate::ses::message::Message;

/// A report, as `POST /_local/feedback` takes it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// The kind of the report.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// The recipient's address.
    pub email: String,
    /// The id of the mail; without it, the newest mail to that address.
    #[serde(default)]
    pub message: Option<String>,
    /// `Permanent` (the default), `Transient` or `Undetermined` for a bounce; `abuse` (the default)
    /// or another feedback type for a complaint.
    #[serde(default)]
    pub subtype: Option<String>,
    /// The detail: a `bounceSubType` or a `complaintSubType`.
    #[serde(default)]
    pub detail: Option<String>,
    /// The event's id, to report the same event twice; otherwise a new one.
    #[serde(default)]
    pub id: Option<String>,
}

/// The kind of a report about a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Kind {
    /// The recipient's server refused it.
    Bounce,
    /// The recipient called it spam.
    Complaint,
}

impl Kind {
    fn detail_type(self) -> &'static str {
        match self {
            Self::Bounce => "Email Bounced",
            Self::Complaint => "Email Complaint Received",
        }
    }

    fn event_type(self) -> &'static str {
        match self {
            Self::Bounce => "Bounce",
            Self::Complaint => "Complaint",
        }
    }
}

/// The event of a report; `id` is for a report without one.
#[must_use]
pub fn event(report: &Report, message: &Message, id: &str, at: Timestamp) -> Value {
    let id = report.id.as_deref().unwrap_or(id);
    let mut detail = json!({
        "eventType": report.kind.event_type(),
        "mail": mail(message),
    });
    match report.kind {
        Kind::Bounce => detail["bounce"] = bounce(report, id, at),
        Kind::Complaint => {
            detail["complaint"] = json!({
                "feedbackId": id,
                "complaintSubType": report.detail,
                "complainedRecipients": [{"emailAddress": report.email}],
                "timestamp": at.to_string(),
                "userAgent": "the local bundle",
                "complaintFeedbackType": report.subtype.as_deref().unwrap_or("abuse"),
                "arrivalDate": at.to_string(),
            });
        }
    }
    let resources: Vec<_> = message
        .tags
        .get("ses:configuration-set")
        .into_iter()
        .flatten()
        .map(|set| format!("arn:aws:ses:local:000000000000:configuration-set/{set}"))
        .collect();
    json!({
        "version": "0",
        "id": id,
        "detail-type": report.kind.detail_type(),
        "source": "aws.ses",
        "account": "000000000000",
        "time": at.to_string(),
        "region": "local",
        "resources": resources,
        "detail": detail,
    })
}

fn mail(message: &Message) -> Value {
    let headers: Vec<_> = message
        .headers
        .iter()
        .map(|(name, value)| json!({"name": name, "value": value}))
        .collect();
    json!({
        "timestamp": message.at.to_string(),
        "source": message.from,
        "sendingAccountId": "000000000000",
        "messageId": message.id,
        "destination": message.to,
        "headersTruncated": false,
        "headers": headers,
        "commonHeaders": {
            "from": [message.from],
            "to": message.to,
            "messageId": message.id,
            "subject": message.subject,
        },
        "tags": message.tags,
    })
}

fn bounce(report: &Report, id: &str, at: Timestamp) -> Value {
    let kind = report.subtype.as_deref().unwrap_or("Permanent");
    let (subtype, status, diagnosis) = match kind {
        "Transient" => ("MailboxFull", "4.2.2", "smtp; 452 4.2.2 mailbox full"),
        _ => ("General", "5.1.1", "smtp; 550 5.1.1 user unknown"),
    };
    let subtype = report.detail.as_deref().unwrap_or(subtype);
    json!({
        "feedbackId": id,
        "bounceType": kind,
        "bounceSubType": subtype,
        "bouncedRecipients": [{
            "emailAddress": report.email,
            "action": "failed",
            "status": status,
            "diagnosticCode": diagnosis,
        }],
        "timestamp": at.to_string(),
        "reportingMTA": "dns; mta.lanyard.example",
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

    use super::*;
    use crate::template::{DEPLOYED, Template};

    fn message() -> Message {
        let request = json!({
            "FromEmailAddress": "it@lanyard.example",
            "Content": {"Simple": {"Subject": {"Data": "Hello"}}},
            "Destination": {"ToAddresses": ["a@acme.example"]},
            "ConfigurationSetName": "lanyard",
        });
        Message::from_request(&request, "m1".to_owned(), Timestamp::UNIX_EPOCH).unwrap()
    }

    fn reported(body: Value) -> Value {
        let report: Report = serde_json::from_value(body).unwrap();
        event(
            &report,
            &message(),
            "e1",
            "2026-11-22T09:30:00Z".parse().unwrap(),
        )
    }

    #[test]
    fn every_kind_is_let_through_by_the_templates_rule() {
        let parameters = [("SesDomain".to_owned(), json!("lanyard.example"))].into();
        let template = Template::read(DEPLOYED, "lanyard", &parameters).unwrap();
        let rule = &template.function("mail-feedback").unwrap().rules[0];
        for kind in ["Bounce", "Complaint"] {
            let event = reported(json!({"type": kind, "email": "a@acme.example"}));
            assert!(rule.matches(&event), "{event:#}");
        }
    }

    #[test]
    fn a_bounce_names_the_recipient_and_how_final_it_is() {
        let event = reported(json!({"type": "Bounce", "email": "a@acme.example"}));
        assert_eq!(event["detail"]["bounce"]["bounceType"], "Permanent");
        assert_eq!(
            event["detail"]["bounce"]["bouncedRecipients"][0]["emailAddress"],
            "a@acme.example"
        );
        assert_eq!(event["detail"]["mail"]["messageId"], "m1");
        let soft =
            reported(json!({"type": "Bounce", "email": "a@acme.example", "subtype": "Transient"}));
        assert_eq!(soft["detail"]["bounce"]["bounceSubType"], "MailboxFull");
    }

    #[test]
    fn the_same_event_can_be_reported_twice() {
        let event =
            reported(json!({"type": "Complaint", "email": "a@acme.example", "id": "again"}));
        assert_eq!(event["id"], "again");
        assert_eq!(event["detail"]["complaint"]["feedbackId"], "again");
    }
}
