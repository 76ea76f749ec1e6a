//! SES events as EventBridge hands them over (Amazon SES developer guide, «Examples of event data
//! that Amazon SES publishes to Amazon EventBridge»). Only what is used is read.

use app::feedback::{Notice, Says};
use domain::{EmailAddress, customer::Suppression, text::Line};
use serde::{Deserialize, Serialize};

/// The envelope.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct SesEvent {
    /// What happened.
    pub detail: Detail,
}

/// What happened to a mail.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Detail {
    /// `Bounce`, `Complaint`, `Delivery`, and others that are of no consequence here.
    pub event_type: String,
    /// The mail.
    pub mail: Mail,
    /// For a bounce.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bounce: Option<Bounce>,
    /// For a complaint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complaint: Option<Complaint>,
}

/// A mail, by its id in SES.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Mail {
    /// The id.
    pub message_id: String,
}

/// A bounce.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Bounce {
    /// `Permanent`, `Transient` or `Undetermined`.
    pub bounce_type: String,
    /// Whose mail bounced.
    #[serde(default)]
    pub bounced_recipients: Vec<Recipient>,
}

/// A complaint.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Complaint {
    /// Who may have complained.
    #[serde(default)]
    pub complained_recipients: Vec<Recipient>,
    /// `OnAccountSuppressionList` when SES did not even try; absent otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complaint_sub_type: Option<String>,
}

/// A recipient of a mail.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Recipient {
    /// The address, as it stood in the mail.
    pub email_address: String,
}

impl SesEvent {
    /// What the event says, in our words.
    ///
    /// # Errors
    /// When it says nothing that could be understood.
    pub fn notice(&self) -> Result<Notice, &'static str> {
        let detail = &self.detail;
        let message =
            Line::new(&detail.mail.message_id).map_err(|_| "the mail has no usable id")?;
        let says = match detail.event_type.as_str() {
            "Delivery" => Says::Delivered,
            "Bounce" => {
                let bounce = detail.bounce.as_ref().ok_or("a bounce without its part")?;
                // A full mailbox passes; an address that does not exist does not.
                if bounce.bounce_type == "Permanent" {
                    let addresses = addresses(&bounce.bounced_recipients);
                    Says::Undeliverable(addresses, Suppression::Bounce)
                } else {
                    Says::Passing
                }
            }
            "Complaint" => {
                let complaint = detail
                    .complaint
                    .as_ref()
                    .ok_or("a complaint without its part")?;
                let addresses = addresses(&complaint.complained_recipients);
                Says::Undeliverable(addresses, Suppression::Complaint)
            }
            _ => Says::Passing,
        };
        Ok(Notice { message, says })
    }
}

/// The addresses that we can have written to: whatever else stands there was not sent by us.
fn addresses(recipients: &[Recipient]) -> Vec<EmailAddress> {
    recipients
        .iter()
        .filter_map(|recipient| bare(&recipient.email_address).parse().ok())
        .collect()
}

/// The address of `Lena Lind <lena@acme.example>`.
fn bare(text: &str) -> &str {
    match (text.rfind('<'), text.rfind('>')) {
        (Some(open), Some(close)) if open < close => &text[open + 1..close],
        _ => text.trim(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;
    use serde_json::json;

    fn notice(detail: &serde_json::Value) -> Result<Notice, &'static str> {
        let event: SesEvent = serde_json::from_value(json!({ "detail": detail })).unwrap();
        event.notice()
    }

    #[test]
    fn a_permanent_bounce_names_its_recipients() {
        let notice = notice(&json!({
            "eventType": "Bounce",
            "bounce": {
                "bounceType": "Permanent",
                "bounceSubType": "General",
                "bouncedRecipients": [
                    { "emailAddress": "Old Mailbox <Gone@acme.example>", "status": "5.1.1" },
                    { "emailAddress": "not an address" }
                ]
            },
            "mail": { "messageId": "0100", "destination": ["gone@acme.example"] }
        }))
        .unwrap();
        let gone = "gone@acme.example".parse().unwrap();
        assert_eq!(
            notice.says,
            Says::Undeliverable(vec![gone], Suppression::Bounce)
        );
    }

    #[test]
    fn what_may_pass_suppresses_nobody() {
        let full = json!({
            "eventType": "Bounce",
            "bounce": { "bounceType": "Transient",
                        "bouncedRecipients": [{ "emailAddress": "a@acme.example" }] },
            "mail": { "messageId": "0100" }
        });
        assert_eq!(notice(&full).unwrap().says, Says::Passing);
        let open = json!({ "eventType": "Open", "mail": { "messageId": "0100" } });
        assert_eq!(notice(&open).unwrap().says, Says::Passing);
        let delivery = json!({ "eventType": "Delivery", "mail": { "messageId": "0100" } });
        assert_eq!(notice(&delivery).unwrap().says, Says::Delivered);
    }

    #[test]
    fn an_event_without_its_part_is_an_error() {
        let bounce = json!({ "eventType": "Bounce", "mail": { "messageId": "0100" } });
        assert!(notice(&bounce).is_err());
        let nameless = json!({ "eventType": "Delivery", "mail": { "messageId": "" } });
        assert!(notice(&nameless).is_err());
    }
}
