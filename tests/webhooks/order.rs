//! No sender promises an order.

use store::ParkedBody;

use crate::fixture::Story;
use crate::webhooks::events;

const NOOR: &str = "noor@visitor.example";

#[tokio::test]
async fn a_comment_before_its_request_is_applied_when_the_request_comes() {
    let story = Story::begin().await;
    let comment = events::comment("O-1", "c-1", "We have seen it already.", true);
    story
        .post("forms", "request-updated", "u1", &comment)
        .await
        .must_be(202);
    let status = events::status("O-1", "10:30", "In progress", "in_progress");
    story
        .post("forms", "request-updated", "u2", &status)
        .await
        .must_be(202);
    story.settle().await;
    assert!(story.mails(NOOR).is_empty());

    story.advance("PT23H").await;
    let created = events::created("O-1", NOOR);
    story
        .post("forms", "request-created", "r1", &created)
        .await
        .must_be(202);
    story.settle().await;
    let kinds = story.kinds(NOOR);
    assert!(kinds.contains(&"request_commented".to_owned()), "{kinds:?}");
    let page = story.get(&story.link(NOOR, "requester")).await.must_be(200);
    assert!(page.body.contains("We have seen it already."));
    assert!(page.body.contains("In progress"));

    // Told again under another id, the comment is known.
    story
        .post("forms", "request-updated", "u3", &comment)
        .await
        .must_be(202);
    story.advance("P2D").await;
    assert_eq!(story.kinds(NOOR), kinds);
    assert!(
        story
            .store()
            .parked(None, 10)
            .await
            .unwrap()
            .items
            .is_empty()
    );
    story.check_invariants().await;
}

#[tokio::test]
async fn what_waits_for_a_day_in_vain_is_parked() {
    let story = Story::begin().await;
    let comment = events::comment("O-2", "c-1", "Is anybody there?", true);
    story
        .post("forms", "request-updated", "u1", &comment)
        .await
        .must_be(202);
    story.advance("PT23H59M").await;
    assert!(
        story
            .store()
            .parked(None, 10)
            .await
            .unwrap()
            .items
            .is_empty()
    );

    story.advance_by("PT2H", "PT15M").await;
    let parked = story.store().parked(None, 10).await.unwrap().items;
    assert_eq!(parked.len(), 1);
    assert_eq!(parked[0].id.as_str(), "u1");
    assert_eq!(parked[0].code.as_str(), "unknown_request");
    let ParkedBody::Canonical(body) = &parked[0].body else {
        panic!("it was understood: {:?}", parked[0].body);
    };
    assert!(String::from_utf8_lossy(body).contains("Is anybody there?"));

    // Its sender was told long ago that it was taken.
    let again = story.post("forms", "request-updated", "u1", &comment).await;
    assert!(again.must_be(200).replayed());
    let created = events::created("O-2", NOOR);
    story
        .post("forms", "request-created", "r1", &created)
        .await
        .must_be(202);
    story.settle().await;
    assert_eq!(story.kinds(NOOR), ["request_received"]);
    story.check_invariants().await;
}

#[tokio::test]
async fn a_status_that_comes_late_is_noted_and_overwrites_nothing() {
    let story = Story::begin().await;
    let created = events::created("O-3", NOOR);
    story
        .post("forms", "request-created", "r1", &created)
        .await
        .must_be(202);
    let newer = events::status("O-3", "11:00", "In progress", "in_progress");
    story
        .post("forms", "request-updated", "u1", &newer)
        .await
        .must_be(202);
    story.settle().await;
    let kinds = story.kinds(NOOR);

    let older = events::status("O-3", "10:00", "Triage", "new");
    story
        .post("forms", "request-updated", "u2", &older)
        .await
        .must_be(202);
    story.settle().await;
    assert_eq!(story.kinds(NOOR), kinds);
    let request = story
        .item("requests", "REQUEST#support#O-3", "REQUEST")
        .await
        .unwrap();
    assert_eq!(request["status"]["name"], "In progress");
    let late: Vec<bool> = request["history"]
        .as_array()
        .unwrap()
        .iter()
        .map(|change| change["late"] == true)
        .collect();
    assert_eq!(late.iter().filter(|late| **late).count(), 1, "{request}");
    let audit = story.items("audit", "").await;
    let noted = audit
        .iter()
        .filter(|entry| entry["action"] == "late_status_noted");
    assert_eq!(noted.count(), 1);
    story.check_invariants().await;
}

#[tokio::test]
async fn a_request_of_somebody_who_left_is_recorded_reported_and_answered_by_no_link() {
    let story = Story::begin().await;
    let amir = "amir@acme.example";
    let body = events::left("*", amir);
    story
        .post("hr", "member-offboarded", "h1", &body)
        .await
        .must_be(202);
    story.settle().await;
    let told = story.kinds(amir);

    let body = events::created("O-4", amir);
    story
        .post("forms", "request-created", "r1", &body)
        .await
        .must_be(202);
    let body = events::comment("O-4", "c-1", "Who are you?", true);
    story
        .post("forms", "request-updated", "u1", &body)
        .await
        .must_be(202);
    story.advance("P1D").await;
    assert_eq!(story.kinds(amir), told);
    let request = story
        .item("requests", "REQUEST#support#O-4", "REQUEST")
        .await
        .unwrap();
    assert_eq!(request["reporter"], amir);
    for email in [
        "lena@acme.example",
        "ada@lanyard.example",
        "otto@lanyard.example",
    ] {
        let mails = story.mails(email);
        let report: Vec<_> = mails
            .iter()
            .filter(|m| m.kind == "leaver_raised_request")
            .collect();
        assert_eq!(report.len(), 1, "{email}");
        assert!(report[0].text.contains(amir), "{}", report[0].text);
    }
    // They come back neither by their domain nor by what they had.
    let roster = story.items("directory", "ORG#acme").await;
    let member = roster.iter().find(|item| item["email"] == amir).unwrap();
    assert_eq!(member["state"]["is"], "off_boarded");
    for link in story.local().links(amir) {
        if link.purpose == "requester" {
            assert_ne!(story.get(&link.url).await.status, 200, "{}", link.url);
        }
    }
    story.check_invariants().await;
}
