//! Addresses to which mail cannot be delivered.

use domain::customer::Suppression;
use domain::sweep::Exemption;
use local::ses::feedback::{Kind, Report};
use serde_json::json;

use crate::fixture::Story;

const LENA: &str = "lena@acme.example";
const AMIR: &str = "amir@acme.example";

const ADA: &str = "ada@lanyard.example";
const GUS: &str = "gus@globex.example";
const VERA: &str = "vera@globex.example";
const WIM: &str = "wim@globex.test";

impl Story {
    async fn report(&self, kind: Kind, subtype: Option<&str>, id: Option<&str>) {
        self.report_of(AMIR, kind, (subtype, None), id).await;
    }

    async fn report_of(
        &self,
        email: &str,
        kind: Kind,
        (subtype, detail): (Option<&str>, Option<&str>),
        id: Option<&str>,
    ) {
        let report = Report {
            kind,
            email: email.to_owned(),
            message: None,
            subtype: subtype.map(str::to_owned),
            detail: detail.map(str::to_owned),
            id: id.map(str::to_owned),
        };
        self.local().report(&report).await.unwrap();
    }

    /// The mailbox is gone. That it was written to is none of its owner's activity.
    async fn lose(&self, email: &str) {
        let asked = json!({ "participants": [email] });
        let key = format!("SUP-{}", self.local().mailbox.count());
        self.raise_with(&key, "noor@visitor.example", asked).await;
        self.settle().await;
        self.report_of(email, Kind::Bounce, (None, None), None)
            .await;
    }

    async fn send_link(&self, email: &str) -> usize {
        let before = self.count(email, "your_link");
        let url = format!("{}/send-link", self.base_url());
        let form = reqwest::Client::new().post(url).form(&[("email", email)]);
        assert_eq!(form.send().await.unwrap().status().as_u16(), 200);
        self.settle().await;
        self.count(email, "your_link") - before
    }

    async fn comment_to(&self, email: &str, key: &str) -> usize {
        let before = self.count(email, "request_commented");
        self.comment(key, json!({ "name": "Pavel", "role": "agent" }))
            .await;
        self.settle().await;
        self.count(email, "request_commented") - before
    }
}

#[tokio::test]
async fn an_address_that_bounced_gets_nothing_more_and_the_lead_learns_it_once() {
    let story = Story::begin().await;
    story
        .raise_with("SUP-1", AMIR, json!({ "organization": "acme" }))
        .await;
    story.settle().await;
    let before = story.mails(AMIR).len();
    story.report(Kind::Bounce, None, Some("bounce-1")).await;
    assert_eq!(story.count(LENA, "address_suppressed"), 1);
    story
        .comment("SUP-1", json!({ "name": "Pavel", "role": "agent" }))
        .await;
    story.off_board("acme", AMIR, json!({})).await.must_be(202);
    story.settle().await;
    assert_eq!(story.mails(AMIR).len(), before);

    // Repeated, out of order, and by another way: nothing changes.
    let directory = story.items("directory", "CUSTOMER#").await;
    let audit = story.items("audit", "").await;
    story.report(Kind::Bounce, None, Some("bounce-1")).await;
    story.report(Kind::Complaint, None, None).await;
    story.report(Kind::Bounce, Some("Transient"), None).await;
    assert_eq!(story.items("directory", "CUSTOMER#").await, directory);
    assert_eq!(story.items("audit", "").await, audit);
    assert_eq!(story.count(LENA, "address_suppressed"), 1);
    story.check_invariants().await;
}

#[tokio::test]
async fn a_full_mailbox_is_no_reason_to_stop() {
    let story = Story::begin().await;
    story.report(Kind::Bounce, Some("Transient"), None).await;
    story
        .raise_with("SUP-1", AMIR, json!({ "organization": "acme" }))
        .await;
    story.settle().await;
    assert_eq!(story.count(AMIR, "request_received"), 1);
    assert_eq!(story.count(LENA, "address_suppressed"), 0);
    story.check_invariants().await;
}

#[tokio::test]
async fn notices_at_the_same_time_are_told_once() {
    let story = Story::begin().await;
    tokio::join!(
        story.report(Kind::Bounce, None, None),
        story.report(Kind::Complaint, None, None),
        story.report(Kind::Bounce, None, None),
        story.report(Kind::Bounce, None, None),
    );
    story.settle().await;
    assert_eq!(story.count(LENA, "address_suppressed"), 1);
    story.check_invariants().await;
}

#[tokio::test]
async fn a_report_that_no_person_made_stops_nothing_and_a_correction_lets_mail_go_on() {
    let story = Story::begin().await;
    story
        .raise_with("SUP-1", AMIR, json!({ "organization": "acme" }))
        .await;
    story.settle().await;
    for kind in ["auth-failure", "virus", "not-spam"] {
        story.report(Kind::Complaint, Some(kind), None).await;
        assert_eq!(story.comment_to(AMIR, "SUP-1").await, 1, "{kind}");
    }
    assert_eq!(story.count(LENA, "address_suppressed"), 0);
    // Of a kind that nobody knows yet: a person may have made it.
    story.report(Kind::Complaint, Some("annoyed"), None).await;
    assert_eq!(story.comment_to(AMIR, "SUP-1").await, 0);
    assert_eq!(story.count(LENA, "address_suppressed"), 1);
    story.report(Kind::Complaint, Some("not-spam"), None).await;
    assert_eq!(story.comment_to(AMIR, "SUP-1").await, 1);
    let audit = story.items("audit", "").await;
    let lifted = audit.iter().filter(|e| e["action"] == "suppression_lifted");
    assert_eq!(lifted.count(), 1);
    story.check_invariants().await;
}

#[tokio::test]
async fn what_the_mail_system_did_not_send_or_rejected_for_its_content_is_told_apart() {
    let story = Story::begin().await;
    story
        .raise_with("SUP-1", AMIR, json!({ "organization": "acme" }))
        .await;
    story.settle().await;
    for detail in ["ContentRejected", "AttachmentRejected", "MailboxFull"] {
        let says = (Some("Permanent"), Some(detail));
        story.report_of(AMIR, Kind::Bounce, says, None).await;
        assert_eq!(story.comment_to(AMIR, "SUP-1").await, 1, "{detail}");
    }
    let says = (Some("abuse"), Some("OnAccountSuppressionList"));
    story.report_of(AMIR, Kind::Complaint, says, None).await;
    assert_eq!(story.comment_to(AMIR, "SUP-1").await, 0);
    let told = &story.mails_of("address_suppressed")[0];
    assert!(
        told.text
            .contains("because mail to this address came back before")
    );
    assert!(!told.text.contains("spam"), "{}", told.text);
    story.check_invariants().await;
}

/// A stranger types somebody's address into a form; they press "spam" on the mail that comes.
#[tokio::test]
async fn one_complaint_stops_what_strangers_cause_for_a_month_and_no_warning() {
    let story = Story::begin().await;
    assert_eq!(story.send_link(WIM).await, 1);
    story
        .report_of(WIM, Kind::Complaint, (None, None), None)
        .await;
    assert_eq!(story.send_link(WIM).await, 0);
    story.advance("P29D").await;
    assert_eq!(story.send_link(WIM).await, 0);
    story.advance("P1D").await;
    assert_eq!(story.send_link(WIM).await, 1);
    story
        .report_of(WIM, Kind::Complaint, (None, None), None)
        .await;
    assert_eq!(story.send_link(WIM).await, 0, "a second one counts anew");
    assert_eq!(story.count(GUS, "address_suppressed"), 1);
    story.advance("P65D").await;
    assert_eq!(story.count(WIM, "inactivity_warning"), 1);
    let keep = story.link(WIM, "keep-access");
    story.press(&keep, "yes").await.must_be(200);
    assert!(story.is_active("globex", WIM).await);
    story.check_invariants().await;
}

#[tokio::test]
async fn whom_no_mail_reaches_is_held_and_their_lead_is_told_once_a_month() {
    let story = Story::begin().await;
    for who in [VERA, WIM] {
        story.lose(who).await;
    }
    story.advance("P130D").await;
    for _ in 0..2 {
        for who in [VERA, WIM] {
            assert!(story.is_active("globex", who).await, "{who}");
            assert_eq!(story.count(who, "inactivity_warning"), 0, "{who}");
        }
        let told = story.mails_of("unreachable_held");
        assert_eq!(told.len(), 1, "one mail for both");
        assert_eq!(told[0].to, [GUS]);
        assert!(told[0].text.contains(VERA) && told[0].text.contains(WIM));
        story.advance("PT15M").await;
    }
    story.advance("P30D").await;
    assert_eq!(story.count(GUS, "unreachable_held"), 2);
    let report = story.last_run().await.report;
    assert_eq!(report.exempted[&Exemption::Unreachable], 2);
    // Mail works again: they are warned, and have the whole grace.
    let email = crate::lifecycle::told::email(WIM);
    let reason = "a new mailbox".parse().unwrap();
    let operator = story.operator();
    let stopped = operator.make_deliverable(&email, &reason).await.unwrap();
    assert_eq!(stopped, Some(Suppression::Bounce));
    story.advance("P31D").await;
    assert_eq!(story.count(WIM, "inactivity_warning"), 1);
    story.advance("P13D").await;
    assert!(story.is_warned("globex", WIM).await);
    story.advance("P2D").await;
    assert!(story.is_gone("globex", WIM).await);
    assert!(story.is_active("globex", VERA).await);
    story.check_invariants().await;
}

/// The warning itself may be what comes back.
#[tokio::test]
async fn whose_warning_came_back_is_held_as_well() {
    let story = Story::begin().await;
    story.advance("P95D").await;
    assert!(story.is_warned("globex", WIM).await);
    story.report_of(WIM, Kind::Bounce, (None, None), None).await;
    story.advance("P30D").await;
    assert!(story.is_active("globex", WIM).await);
    assert_eq!(story.count(GUS, "unreachable_held"), 1);
    assert_eq!(story.audited("globex", WIM, "member_kept").await, 1);
    assert!(story.is_gone("globex", VERA).await);
    story.check_invariants().await;
}

#[tokio::test]
async fn whom_no_mail_reaches_is_told_to_administrators_where_it_reaches_no_lead() {
    let story = Story::begin().await;
    for who in [GUS, WIM] {
        story.lose(who).await;
    }
    story.advance("P130D").await;
    assert!(story.is_active("globex", WIM).await);
    assert_eq!(story.count(GUS, "unreachable_held"), 0);
    let told = story.mails_of("unreachable_held");
    assert_eq!(told.len(), 2, "to each administrator");
    assert!(
        told.iter()
            .all(|mail| mail.to != [GUS] && mail.text.contains(WIM))
    );
    story.check_invariants().await;
}

#[tokio::test]
async fn administrators_hear_in_spite_of_a_complaint_and_by_an_alarm_where_mail_comes_back() {
    let story = Story::begin().await;
    let ask = |invitee: &'static str| story.invite("initech", "ines@initech.example", invitee);
    ask("bob@partner.example").await;
    assert_eq!(story.count(ADA, "exception_asked"), 1);
    story
        .report_of(ADA, Kind::Complaint, (None, None), None)
        .await;
    ask("eva@partner.example").await;
    assert_eq!(story.count(ADA, "exception_asked"), 2);
    story.report_of(ADA, Kind::Bounce, (None, None), None).await;
    ask("kay@partner.example").await;
    assert_eq!(story.count(ADA, "exception_asked"), 2);
    assert_eq!(story.count("otto@lanyard.example", "exception_asked"), 3);
    // A message that failed is counted, and an alarm looks at the count.
    let outbox = story.items("journal", "OUTBOX#").await;
    let failed = outbox
        .iter()
        .filter(|m| m.to_string().contains("\"failed\""));
    assert_eq!(failed.count(), 1);
    story.check_invariants().await;
}
