//! SES events as EventBridge delivers them (Amazon SES developer guide, «Examples of event data
//! that Amazon SES publishes to Amazon EventBridge»). Only the used fields are read.

use app::feedback::{Notice, Says};
use domain::{EmailAddress, customer::Suppression, text::Line};
use serde::{Deserialize, Serialize};

/// The envelope.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct SesEvent {
    /// The details of the event.
    pub detail: Detail,
}

/// The type of the event and the mail it is about.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Detail {
    /// `Bounce`, `Complaint`, `Delivery`, or another type, which is ignored.
    pub event_type: String,
    /// The mail.
    pub mail: Mail,
    /// The bounce, for an event of that type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bounce: Option<Bounce>,
    /// The complaint, for an event of that type.
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
#[expect(clippy::struct_field_names, reason = "the names are those of SES")]
pub struct Bounce {
    /// `Permanent`, `Transient` or `Undetermined`.
    pub bounce_type: String,
    /// The subtype, such as `General` or `MailboxFull`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bounce_sub_type: Option<String>,
    /// The recipients whose mail bounced.
    #[serde(default)]
    pub bounced_recipients: Vec<Recipient>,
}

/// A complaint.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "the names are those of SES")]
pub struct Complaint {
    /// The recipients of whom one may have complained.
    #[serde(default)]
    pub complained_recipients: Vec<Recipient>,
    /// `OnAccountSuppressionList` if SES did not try to send; absent otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complaint_sub_type: Option<String>,
    /// The `Feedback-Type` of the report (RFC 5965 §3.1), if its sender gave one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complaint_feedback_type: Option<String>,
}

/// A recipient of a mail.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Recipient {
    /// The address, as written in the mail.
    pub email_address: String,
}

impl SesEvent {
    /// Translates the event into a notice.
    ///
    /// # Errors
    /// If the event cannot be understood.
    pub fn notice(&self) -> Result<Notice, &'static str> {
        let detail = &self.detail;
        let message =
            Line::new(&detail.mail.message_id).map_err(|_| "the mail has no usable id")?;
        let says = match detail.event_type.as_str() {
            "Delivery" => Says::Delivered,
            "Bounce" => {
                let bounce = detail.bounce.as_ref().ok_or("a bounce without its part")?;
                bounce.says()
            }
            "Complaint" => {
                let complaint = detail
                    .complaint
                    .as_ref()
                    .ok_or("a complaint without its part")?;
                complaint.says()
            }
            _ => Says::Passing,
        };
        Ok(Notice { message, says })
    }
}

impl Bounce {
    /// Tells whether the address is at fault. A full mailbox is temporary; a missing address is
    /// permanent. A subtype about the mail itself (its size, its content) is not the address's
    /// fault, whatever the type says. With an unknown subtype the type decides.
    fn says(&self) -> Says {
        if !self.bounce_type.eq_ignore_ascii_case("Permanent") {
            return Says::Passing;
        }
        let addresses = addresses(&self.bounced_recipients);
        let subtype = self.bounce_sub_type.as_deref().unwrap_or_default();
        match subtype.to_ascii_lowercase().as_str() {
            "mailboxfull" => Says::Passing,
            "messagetoolarge" | "contentrejected" | "attachmentrejected" => {
                Says::OfTheMail("its content was rejected")
            }
            // SES sent nothing: the address is on a list of addresses that bounced before.
            "suppressed" | "onaccountsuppressionlist" => Says::Stop(addresses, Suppression::Listed),
            _ => Says::Stop(addresses, Suppression::Bounce),
        }
    }
}

impl Complaint {
    /// A report that no person makes is no complaint. A report of an unknown type may be one, and a
    /// complaint can be taken back.
    fn says(&self) -> Says {
        let addresses = addresses(&self.complained_recipients);
        let lower =
            |text: &Option<String>| text.as_deref().unwrap_or_default().to_ascii_lowercase();
        if lower(&self.complaint_sub_type) == "onaccountsuppressionlist" {
            return Says::Stop(addresses, Suppression::Listed);
        }
        match lower(&self.complaint_feedback_type).as_str() {
            "not-spam" => Says::NotSpam(addresses),
            "auth-failure" | "dkim" => Says::OfTheMail("its authentication failed"),
            "virus" => Says::OfTheMail("it is said to hold a virus"),
            _ => Says::Stop(addresses, Suppression::Complaint),
        }
    }
}

/// The addresses that Lanyard can have written to. Other values do not come from our mails.
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
        assert_eq!(notice.says, Says::Stop(vec![gone], Suppression::Bounce));
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

    fn bounce(kind: &str, subtype: &serde_json::Value) -> Says {
        let event = json!({
            "eventType": "Bounce",
            "bounce": {
                "bounceType": kind,
                "bounceSubType": subtype,
                "bouncedRecipients": [{ "emailAddress": "a@acme.example" }]
            },
            "mail": { "messageId": "0100" }
        });
        notice(&event).unwrap().says
    }

    fn complaint(feedback: &serde_json::Value, subtype: &serde_json::Value) -> Says {
        let event = json!({
            "eventType": "Complaint",
            "complaint": {
                "complainedRecipients": [{ "emailAddress": "a@acme.example" }],
                "complaintFeedbackType": feedback,
                "complaintSubType": subtype
            },
            "mail": { "messageId": "0100" }
        });
        notice(&event).unwrap().says
    }

    fn stop(why: Suppression) -> Says {
        Says::Stop(vec!["a@acme.example".parse().unwrap()], why)
    }

    #[test]
    fn the_subtype_of_a_bounce_says_whether_it_is_about_the_address() {
        for subtype in ["General", "NoEmail", "SomethingNew", ""] {
            assert_eq!(
                bounce("Permanent", &json!(subtype)),
                stop(Suppression::Bounce),
                "{subtype}"
            );
        }
        assert_eq!(bounce("Permanent", &json!(null)), stop(Suppression::Bounce));
        for subtype in ["Suppressed", "OnAccountSuppressionList"] {
            assert_eq!(
                bounce("Permanent", &json!(subtype)),
                stop(Suppression::Listed),
                "{subtype}"
            );
        }
        for subtype in ["ContentRejected", "AttachmentRejected", "MessageTooLarge"] {
            assert!(
                matches!(bounce("Permanent", &json!(subtype)), Says::OfTheMail(_)),
                "{subtype}"
            );
        }
        assert_eq!(bounce("Permanent", &json!("MailboxFull")), Says::Passing);
        for kind in ["Transient", "Undetermined", "Else"] {
            for subtype in ["General", "MailboxFull", "ContentRejected", "NoEmail"] {
                assert_eq!(bounce(kind, &json!(subtype)), Says::Passing);
            }
        }
    }

    #[test]
    fn the_type_of_a_report_says_whether_a_person_complains() {
        let nothing = json!(null);
        for kind in ["abuse", "Abuse", "fraud", "other", "opt-out", ""] {
            assert_eq!(
                complaint(&json!(kind), &nothing),
                stop(Suppression::Complaint),
                "{kind}"
            );
        }
        assert_eq!(complaint(&nothing, &nothing), stop(Suppression::Complaint));
        for kind in ["auth-failure", "virus"] {
            assert!(
                matches!(complaint(&json!(kind), &nothing), Says::OfTheMail(_)),
                "{kind}"
            );
        }
        assert_eq!(
            complaint(&json!("not-spam"), &nothing),
            Says::NotSpam(vec!["a@acme.example".parse().unwrap()])
        );
        for kind in [json!("abuse"), json!("not-spam"), nothing] {
            assert_eq!(
                complaint(&kind, &json!("OnAccountSuppressionList")),
                stop(Suppression::Listed)
            );
        }
    }

    #[test]
    fn an_event_without_its_part_is_an_error() {
        let bounce = json!({ "eventType": "Bounce", "mail": { "messageId": "0100" } });
        assert!(notice(&bounce).is_err());
        let nameless = json!({ "eventType": "Delivery", "mail": { "messageId": "" } });
        assert!(notice(&nameless).is_err());
    }
}
