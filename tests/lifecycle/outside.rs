//! Invitations beyond the organisation's domains, which an administrator decides.

use crate::fixture::Story;
use crate::lifecycle::web::Web;

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

/// The terms of a proposal for a lead, besides the address.
fn as_a_lead() -> serde_json::Value {
    serde_json::json!({
        "invitees": [{ "email": BOB, "role": "lead", "name": "Bob Berg" }],
        "access_until": "2027-06-30T22:00:00Z",
        "message": "Bob looks after our licences.",
    })
}

#[tokio::test]
async fn whoever_allows_an_exception_sees_all_that_is_allowed_with_it() {
    let story = Story::begin().await;
    story.invite_with("initech", INES, BOB, as_a_lead()).await;
    let [ada, _] = ADMINISTRATORS;
    let mail = story.mails(ada).pop().unwrap();
    let link = story.link(ada, "decide-invitation");
    let page = story.get(&link).await.must_be(200).body;
    for said in [mail.text.as_str(), mail.html.as_str(), page.as_str()] {
        for part in [
            BOB,
            "Bob Berg",
            "a lead: sees everybody",
            "2027",
            "Bob looks after our licences.",
            INES,
            "1 of ",
        ] {
            assert!(said.contains(part), "{part}: {said}");
        }
    }
}

#[tokio::test]
async fn what_is_allowed_is_what_the_page_has_shown() {
    let story = asked().await;
    let [ada, _] = ADMINISTRATORS;
    let web = Web::new(&story);
    let path = web.path(&story.link(ada, "decide-invitation"));
    let page = web.get(&path).await.must_be(200);
    let yes = page.form(|form| form.buttons.iter().any(|(_, wish)| wish == "yes"));

    // Meanwhile the lead takes it back and asks for more.
    let ines = Web::of(&story, INES, "lead-console").await;
    let handle = story.store().pseudonym(&BOB.parse().unwrap());
    let person = ines.get(&format!("/console/initech/people/{handle}")).await;
    let withdraw = person.form(|form| form.buttons.iter().any(|(_, act)| act == "withdraw"));
    ines.submit(&withdraw.with("act", "withdraw"))
        .await
        .must_be(303);
    story.advance("PT1M").await;
    story.invite_with("initech", INES, BOB, as_a_lead()).await;

    // The link of the proposal that was taken back is over.
    web.submit(&yes.clone().with("wish", "yes"))
        .await
        .must_be(410);
    let waiting = story.membership("initech", BOB).await.unwrap();
    assert!(matches!(
        waiting.state,
        domain::membership::State::Proposed { .. }
    ));
    let path = web.path(&story.link(ada, "decide-invitation"));
    let page = web.get(&path).await.must_be(200);
    assert!(page.says("a lead: sees everybody"));
    let yes = page.form(|form| form.buttons.iter().any(|(_, wish)| wish == "yes"));
    web.submit(&yes.with("wish", "yes")).await.must_be(200);
    story.settle().await;
    assert_eq!(story.kinds(BOB), ["invitation"]);
    story.check_invariants().await;
}
