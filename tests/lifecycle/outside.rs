//! Invitations beyond the organisation's domains, which an administrator decides.

use crate::fixture::Story;

const INES: &str = "ines@initech.example";
const BOB: &str = "bob@partner.example";
const ADMINISTRATORS: [&str; 2] = ["ada@lanyard.example", "otto@lanyard.example"];

async fn asked() -> Story {
    let story = Story::begin().await;
    let answer = story.invite("initech", INES, BOB).await;
    assert!(answer.to_string().contains("awaiting_approval"), "{answer}");
    for administrator in ADMINISTRATORS {
        assert_eq!(story.count(administrator, "exception_asked"), 1);
    }
    assert!(story.mails(BOB).is_empty());
    assert_eq!(story.organization("initech").await.seats_used, 1);
    story
}

#[tokio::test]
async fn what_an_administrator_allows_is_sent() {
    let story = asked().await;
    let [ada, otto] = ADMINISTRATORS.map(|who| story.link(who, "decide-invitation"));
    story.press(&ada, "yes").await.must_be(200);
    story.settle().await;
    assert_eq!(story.kinds(BOB), ["invitation"]);
    assert_eq!(story.organization("initech").await.seats_used, 2);
    for link in [ada, otto] {
        story.get(&link).await.must_be(410);
    }
    story
        .press(&story.link(BOB, "accept-invitation"), "yes")
        .await
        .must_be(200);
    assert!(story.is_active("initech", BOB).await);
    story.check_invariants().await;
}

#[tokio::test]
async fn what_an_administrator_refuses_is_told_to_who_asked() {
    let story = asked().await;
    story
        .press(&story.link(ADMINISTRATORS[1], "decide-invitation"), "no")
        .await
        .must_be(200);
    story.settle().await;
    assert_eq!(story.count(INES, "exception_refused"), 1);
    assert!(story.mails(BOB).is_empty());
    story
        .get(&story.link(ADMINISTRATORS[0], "decide-invitation"))
        .await
        .must_be(410);
    story.check_invariants().await;
}

#[tokio::test]
async fn a_question_that_nobody_answers_lapses() {
    let story = asked().await;
    story.advance("P15D").await;
    story
        .get(&story.link(ADMINISTRATORS[0], "decide-invitation"))
        .await
        .must_be(410);
    assert!(story.mails(BOB).is_empty());
    story.check_invariants().await;
}
