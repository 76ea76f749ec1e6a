//! An organisation whose last lead left does not fall silent.

use app::path::Deadline;
use domain::sweep::Exemption;
use local::ses::feedback::{Kind, Report};
use serde_json::json;

use crate::fixture::Story;

const GUS: &str = "gus@globex.example";
const VERA: &str = "vera@globex.example";
const WIM: &str = "wim@globex.test";
const ADMINISTRATORS: [&str; 2] = ["ada@lanyard.example", "otto@lanyard.example"];

impl Story {
    /// Counts how often each administrator was told that nobody leads Globex.
    fn told_vacant(&self) -> usize {
        let [ada, otto] = ADMINISTRATORS.map(|who| self.count(who, "organization_vacant"));
        assert_eq!(ada, otto);
        ada
    }

    /// Those who run the desk name Vera in the world file.
    async fn name_vera(&self) {
        self.apply(|world| {
            let organization = world["organization"].as_table_mut().unwrap();
            let globex = organization["globex"].as_table_mut().unwrap();
            let lead: toml::Table = [("email".to_owned(), VERA.into())].into_iter().collect();
            globex.insert("leads".to_owned(), vec![toml::Value::Table(lead)].into());
        })
        .await
        .unwrap();
        self.settle().await;
    }
}

async fn leaderless() -> Story {
    let story = Story::begin().await;
    story.off_board("globex", GUS, json!({})).await.must_be(202);
    story.settle().await;
    story
}

#[tokio::test]
async fn administrators_are_told_at_once_and_weekly_with_whom_to_ask() {
    let story = leaderless().await;
    story.raise("SUP-1", WIM).await;
    story.settle().await;
    for _ in 0..2 {
        story.advance("PT15M").await;
        assert_eq!(story.told_vacant(), 1);
    }
    let mail = &story.mails_of("organization_vacant")[0];
    let [vera, wim] = [VERA, WIM].map(|who| mail.text.find(who).unwrap());
    assert!(wim < vera, "the most active first");
    assert!(!mail.text.contains(GUS));
    story.advance("P6DT23H").await;
    assert_eq!(story.told_vacant(), 1);
    story.advance("PT1H").await;
    assert_eq!(story.told_vacant(), 2);
    // A sweep that is late by a month sends one mail, and its second run the same instant none.
    story.advance("P30D").await;
    assert_eq!(story.told_vacant(), 3);
    let directory = story.items("directory", "").await;
    story.sweep().run(Deadline::NONE).await.unwrap();
    story.settle().await;
    assert_eq!(story.items("directory", "").await, directory);
    assert_eq!(story.told_vacant(), 3);
    let audit = story.items("audit", "ORG#globex#").await;
    let begun = audit
        .iter()
        .filter(|e| e["action"] == "organization_vacant");
    assert_eq!(begun.count(), 1);
    story.check_invariants().await;
}

#[tokio::test]
async fn meanwhile_warnings_leave_and_nobody_is_removed_until_somebody_leads() {
    let story = leaderless().await;
    story.advance("P95D").await;
    for who in [VERA, WIM] {
        assert_eq!(story.count(who, "inactivity_warning"), 1, "{who}");
    }
    story.advance("P20D").await;
    let report = story.last_run().await.report;
    assert_eq!(report.exempted[&Exemption::Vacant], 2);
    for who in [VERA, WIM] {
        assert!(story.is_warned("globex", who).await, "{who}");
        assert_eq!(story.count(who, "inactivity_warning"), 1, "{who}");
    }
    let before = story.told_vacant();
    story.name_vera().await;
    assert_eq!(story.count(VERA, "your_link"), 1);
    story.advance("PT15M").await;
    story.advance("P8D").await;
    assert_eq!(story.told_vacant(), before, "it is over");
    assert!(story.is_gone("globex", WIM).await);
    assert_eq!(story.count(VERA, "removal_digest"), 1);
    let led = story.organization("globex").await;
    assert_eq!(led.vacancy, None);
    story.check_invariants().await;
}

#[tokio::test]
async fn the_review_stands_still_and_is_asked_when_somebody_leads() {
    let story = leaderless().await;
    let due = story
        .organization("globex")
        .await
        .vacancy
        .unwrap()
        .review_due;
    story.advance("P400D").await;
    assert!(story.mails_of("review_asked").iter().all(|m| m.to != [GUS]));
    let vacant = story.organization("globex").await;
    assert_eq!(vacant.vacancy.unwrap().review_due, due);
    story.name_vera().await;
    story.advance("PT15M").await;
    story.advance("PT15M").await;
    assert_eq!(story.count(VERA, "review_asked"), 1);
    story.check_invariants().await;
}

#[tokio::test]
async fn a_lead_whom_no_mail_reaches_is_none_until_it_does_again() {
    let story = Story::begin().await;
    let report = Report {
        kind: Kind::Bounce,
        email: GUS.to_owned(),
        message: None,
        subtype: None,
        detail: None,
        id: None,
    };
    story.local().report(&report).await.unwrap();
    story.advance("PT15M").await;
    assert_eq!(story.told_vacant(), 1);
    let reason = "the mailbox is back".parse().unwrap();
    let gus = crate::lifecycle::told::email(GUS);
    let operator = story.operator();
    operator.make_deliverable(&gus, &reason).await.unwrap();
    story.advance("P30D").await;
    assert_eq!(story.told_vacant(), 1);
    assert!(!story.organization("globex").await.is_vacant());
    story.check_invariants().await;
}
