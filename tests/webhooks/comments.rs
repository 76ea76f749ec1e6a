//! The recipients of mails about a request, and the targets of their links.

use crate::fixture::Story;
use crate::webhooks::events;

const NOOR: &str = "noor@visitor.example";
const TOM: &str = "tom@visitor.example";
const SECRET: &str = "Customer is on the old plan, see the contract";

async fn updated(story: &Story, id: &str, body: &serde_json::Value) {
    story
        .post("forms", "request-updated", id, body)
        .await
        .must_be(202);
}

#[tokio::test]
async fn what_agents_write_to_each_other_reaches_no_customer_and_no_table() {
    let story = Story::begin().await;
    // Also when the request has not come yet.
    updated(&story, "c0", &events::comment("C-1", "c-0", SECRET, false)).await;
    let body = events::created_with("C-1", NOOR, &[TOM]);
    story
        .post("forms", "request-created", "r1", &body)
        .await
        .must_be(202);
    updated(&story, "c1", &events::comment("C-1", "c-1", SECRET, false)).await;
    story.settle().await;
    assert_eq!(story.kinds(NOOR), ["request_received"]);
    assert_eq!(story.kinds(TOM), ["request_shared"]);
    // The same comment again, and its id for something else, change nothing about that.
    updated(&story, "c2", &events::comment("C-1", "c-1", SECRET, false)).await;
    let other = events::comment("C-1", "c-2", SECRET, false);
    story
        .post("forms", "request-updated", "c1", &other)
        .await
        .must_be(409);
    // Nor does a request that nobody can know of.
    let nowhere = events::comment("C-404", "c-1", SECRET, false);
    updated(&story, "c3", &nowhere).await;
    story.advance("P2D").await;
    assert_eq!(story.mails(NOOR).len() + story.mails(TOM).len(), 2);
    let everything = story.everything().await;
    assert!(!everything.contains("old plan"), "{everything}");
    for email in [NOOR, TOM] {
        let page = story
            .get(&story.link(email, "requester"))
            .await
            .must_be(200);
        assert!(page.body.contains(&events::summary("C-1")));
        assert!(!page.body.contains("old plan"));
    }
}

#[tokio::test]
async fn an_author_is_not_told_what_they_wrote() {
    let story = Story::begin().await;
    let body = events::created_with("C-2", NOOR, &[TOM]);
    story
        .post("forms", "request-created", "r1", &body)
        .await
        .must_be(202);
    updated(
        &story,
        "c1",
        &events::customer_comment("C-2", "c-1", NOOR, "It happens daily."),
    )
    .await;
    // An address is the same in capitals.
    let shouted = "Tom@VISITOR.example";
    updated(
        &story,
        "c2",
        &events::customer_comment("C-2", "c-2", shouted, "For me too."),
    )
    .await;
    updated(
        &story,
        "c3",
        &events::comment("C-2", "c-3", "Repaired.", true),
    )
    .await;
    story.settle().await;
    let bodies = |email| -> Vec<bool> {
        let commented = story
            .mails(email)
            .into_iter()
            .filter(|m| m.kind == "request_commented");
        let written = ["It happens daily.", "For me too.", "Repaired."];
        let texts: Vec<String> = commented.map(|mail| mail.text).collect();
        written
            .map(|body| texts.iter().any(|text| text.contains(body)))
            .into()
    };
    assert_eq!(bodies(NOOR), [false, true, true]);
    assert_eq!(bodies(TOM), [true, false, true]);
    story.check_invariants().await;
}

#[tokio::test]
async fn every_mail_about_a_request_opens_it_without_a_login() {
    let story = Story::begin().await;
    let body = events::created_with("C-3", NOOR, &[TOM]);
    story
        .post("forms", "request-created", "r1", &body)
        .await
        .must_be(202);
    updated(
        &story,
        "u1",
        &events::comment("C-3", "c-1", "We are on it.", true),
    )
    .await;
    updated(
        &story,
        "u2",
        &events::status("C-3", "10:30", "In progress", "in_progress"),
    )
    .await;
    updated(
        &story,
        "u3",
        &events::status("C-3", "10:40", "Your turn", "waiting_for_customer"),
    )
    .await;
    updated(
        &story,
        "u4",
        &events::approval_requested("C-3", &["boss@visitor.example"]),
    )
    .await;
    updated(&story, "u5", &events::closed("C-3")).await;
    story.settle().await;
    let kinds = story.kinds(NOOR);
    for kind in [
        "request_received",
        "request_commented",
        "request_transitioned",
        "request_closed",
    ] {
        assert!(
            kinds.iter().any(|known| known == kind),
            "{kind} is not among {kinds:?}"
        );
    }
    let summary = events::summary("C-3");
    // Whoever is asked to approve gets a link that answers, and later one that opens.
    assert!(!story.links("boss@visitor.example", "approve").is_empty());
    for email in [NOOR, TOM, "boss@visitor.example"] {
        let links = story.local().links(email);
        for mail in story.mails(email) {
            let link = links.iter().find(|link| {
                let opens = ["requester", "approve"].contains(&link.purpose.as_str());
                link.mail == mail.id && opens
            });
            let link = link.unwrap_or_else(|| panic!("{email}: nothing opens in {}", mail.kind));
            let page = story.get(&link.url).await.must_be(200);
            assert!(page.body.contains(&summary), "{}: {}", mail.kind, page.body);
        }
    }
    story.check_invariants().await;
}
