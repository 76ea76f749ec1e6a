//! A colleague is let in, asks for help, and follows what becomes of it; with no login anywhere.

use serde_json::json;

use crate::browser::person::{Means, Person};
use crate::fixture::Story;

const AMIR: &str = "amir@acme.example";
const LENA: &str = "lena@acme.example";
const NILS: &str = "nils@acme.example";

#[tokio::test]
async fn with_script() {
    is_let_in_and_helped(Means::SCRIPT).await;
}

#[tokio::test]
async fn without_script() {
    is_let_in_and_helped(Means::NO_SCRIPT).await;
}

#[tokio::test]
async fn by_keyboard() {
    is_let_in_and_helped(Means::KEYBOARD).await;
}

async fn is_let_in_and_helped(means: Means) {
    let story = Story::begin().await;
    story.invite("acme", LENA, NILS).await;
    let nils = Person::at_a_browser(means).await;
    accepts(&story, &nils).await;
    asks_with_a_mistake(&nils).await;
    follows_the_mail_comments_and_shares(&story, &nils).await;
    approves_another(&story, &nils).await;
    wants_no_more_mail(&story, &nils).await;
    chooses_columns(&nils).await;
    story.settle().await;
    story.check_invariants().await;
}

async fn accepts(story: &Story, nils: &Person) {
    nils.opens(&story.link(NILS, "accept-invitation")).await;
    nils.sees("Acme").await;
    nils.presses("Accept").await;
    nils.sees("You have access").await;
    story.settle().await;
    nils.opens(&story.link(NILS, "requester")).await;
    nils.sees("You have no open requests.").await;
}

async fn asks_with_a_mistake(nils: &Person) {
    nils.presses("New request").await;
    nils.presses("Customer support").await;
    nils.presses("Incident").await;
    nils.fills("What is it about", "The report <b>stops</b>")
        .await;
    nils.fills(
        "What happens, and what should happen?",
        "It stops at page 3.",
    )
    .await;
    nils.fills("On which page?", "the third").await;
    nils.presses("Send the request").await;
    nils.sees("There is a problem: 2 answers need another look")
        .await;
    nils.sees("Please answer this.").await;
    nils.sees("Please write a web address").await;
    assert_eq!(
        nils.reads("What is it about").await,
        "The report <b>stops</b>"
    );
    assert_eq!(nils.reads("On which page?").await, "the third");
    nils.chooses("Who is affected?", "Several people").await;
    nils.fills("On which page?", "https://app.acme.example/report")
        .await;
    nils.presses("Send the request").await;
    nils.sees("The report <b>stops</b>").await;
    nils.sees("Several people").await;
}

async fn follows_the_mail_comments_and_shares(story: &Story, nils: &Person) {
    story.settle().await;
    assert_eq!(story.count(NILS, "request_received"), 1);
    nils.opens(&story.link(NILS, "requester")).await;
    nils.sees("The report <b>stops</b>").await;
    nils.fills("Your comment", "It is *worse* now.").await;
    nils.presses("Send comment").await;
    nils.sees("Your comment is on its way").await;
    nils.sees("It is worse now.").await;
    nils.fills("A colleague's e-mail address", "who@acme.example")
        .await;
    nils.presses("Share with colleague").await;
    nils.sees("Nobody with this address has access").await;
    assert_eq!(
        nils.reads("A colleague's e-mail address").await,
        "who@acme.example"
    );
    nils.fills("A colleague's e-mail address", AMIR).await;
    nils.presses("Share with colleague").await;
    nils.sees("The request is shared.").await;
    story.settle().await;
    assert_eq!(story.count(AMIR, "request_shared"), 1);
}

async fn approves_another(story: &Story, nils: &Person) {
    story.raise("SUP-7", AMIR).await;
    let approval = json!({ "approval": { "id": "7", "approvers": [NILS] } });
    story
        .update("SUP-7", "request.approval_requested", approval)
        .await;
    story.settle().await;
    nils.opens(&story.link(NILS, "approve")).await;
    nils.presses("Approve").await;
    nils.sees("You approved").await;
    story.settle().await;
    assert_eq!(story.count(AMIR, "approval_answered"), 1);
}

async fn wants_no_more_mail(story: &Story, nils: &Person) {
    let own = story.links(NILS, "requester");
    nils.opens(&own[0]).await;
    nils.presses("Stop these e-mails").await;
    nils.sees("You get no e-mails about this request.").await;
}

async fn chooses_columns(nils: &Person) {
    nils.presses("My requests").await;
    nils.sees("Last changed").await;
    nils.presses("Choose columns").await;
    nils.chooses("Column 1", "Key").await;
    nils.chooses("Column 2", "Summary").await;
    nils.chooses("Column 3", "Raised by").await;
    nils.chooses("Column 4", "(none)").await;
    nils.chooses("Column 5", "(none)").await;
    nils.presses("Save").await;
    nils.sees("Your lists have these columns from now on.")
        .await;
    nils.sees("Raised by").await;
    nils.sees_no("Last changed").await;
}
