//! Reports of the mail system, genuine or not.

use app::Handed;
use app::feedback::Says;
use mail_feedback::SesEvent;

/// The bytes are the event, as JSON.
pub(crate) fn run(input: &[u8]) {
    let Ok(event) = serde_json::from_slice::<Handed<SesEvent>>(input) else {
        return;
    };
    let Ok(event) = event.read() else {
        return;
    };
    let Ok(notice) = event.notice() else {
        return;
    };
    let detail = &event.detail;
    assert!(!notice.message.as_str().contains(char::is_control));
    let addresses = match notice.says {
        Says::Stop(addresses, _) => addresses,
        // Only a complaint can be taken back.
        Says::NotSpam(addresses) => {
            assert_eq!(detail.event_type, "Complaint");
            addresses
        }
        Says::Delivered | Says::Passing | Says::OfTheMail(_) => return,
    };
    // Only a permanent bounce or a complaint that names an address stops mail to it.
    let recipients: Vec<_> = match detail.event_type.as_str() {
        "Bounce" => {
            let bounce = detail.bounce.as_ref().unwrap();
            assert!(bounce.bounce_type.eq_ignore_ascii_case("Permanent"));
            bounce.bounced_recipients.iter().collect()
        }
        "Complaint" => {
            let complaint = detail.complaint.as_ref().unwrap();
            complaint.complained_recipients.iter().collect()
        }
        other => panic!("{other} ended mail to {addresses:?}"),
    };
    assert!(addresses.len() <= recipients.len());
    for address in addresses {
        let (local, _) = address.as_str().split_once('@').unwrap();
        let named = recipients.iter().any(|recipient| {
            let text = recipient.email_address.to_lowercase();
            text.contains(&local.to_lowercase())
        });
        assert!(named, "nobody named {address:?}");
    }
}
