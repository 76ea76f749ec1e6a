//! Lena, who leads an organisation, looks after her people.

use std::fmt::Write;

use serde_json::json;
use tempfile::NamedTempFile;

use crate::browser::person::{Means, Person};
use crate::fixture::Story;

const AMIR: &str = "amir@acme.example";
const BELA: &str = "bela@acme.example";
const KIRA: &str = "kira@acme.example";
const LENA: &str = "lena@acme.example";

#[tokio::test]
async fn with_script() {
    looks_after_her_people(Means::SCRIPT).await;
}

#[tokio::test]
async fn without_script() {
    looks_after_her_people(Means::NO_SCRIPT).await;
}

#[tokio::test]
async fn by_keyboard() {
    looks_after_her_people(Means::KEYBOARD).await;
}

async fn looks_after_her_people(means: Means) {
    let story = Story::begin().await;
    story.set("organization.acme.policy.seat_cap", 400).await;
    // A colleague who left has handed a request over to Béla, who has not been seen for a year.
    story.raise("SUP-1", KIRA).await;
    let hand_over = json!({ "hand_over_to": BELA });
    story.off_board("acme", KIRA, hand_over).await;
    story.advance("P181D").await;
    let lena = Person::at_a_browser(means).await;
    asks_for_her_link(&story, &lena).await;
    off_boards_the_silent_one_and_undoes_it(&story, &lena).await;
    invites_three_hundred(&story, &lena, means).await;
    answers_the_review(&lena).await;
    story.settle().await;
    story.check_what_is_stored().await;
}

/// Her link from half a year ago has ended.
async fn asks_for_her_link(story: &Story, lena: &Person) {
    lena.opens(&story.link(LENA, "lead-console")).await;
    lena.sees("This link no longer works").await;
    lena.presses("Mail me a new link").await;
    lena.sees("Check your mailbox").await;
    story.settle().await;
    lena.opens(&story.link(LENA, "lead-console")).await;
    lena.sees("People of Acme").await;
}

async fn off_boards_the_silent_one_and_undoes_it(story: &Story, lena: &Person) {
    lena.sees("You are asked who of these people still belongs.")
        .await;
    lena.chooses("Order", "Longest inactive first").await;
    lena.presses("Apply").await;
    lena.sees("Farah Nasser").await;
    let silent = lena.text().await;
    assert!(
        silent.find("Béla Kovács") < silent.find("Farah Nasser"),
        "{silent}"
    );
    lena.presses("Béla Kovács").await;
    lena.sees("bela@acme.example").await;
    lena.presses("Off-board").await;
    lena.sees("They have 1 open request here.").await;
    let amir = format!("Amir Haddad ({AMIR})");
    lena.chooses("Who takes over open requests", &amir).await;
    lena.presses("End access now").await;
    lena.sees("1 open request goes to Amir Haddad.").await;
    lena.presses("End access now").await;
    lena.sees("The access of Béla Kovács has ended.").await;
    story.settle().await;
    assert_eq!(story.count(AMIR, "request_handed_over"), 1);
    lena.presses("Undo the off-boarding").await;
    lena.sees("Béla Kovács has access again.").await;
}

async fn invites_three_hundred(story: &Story, lena: &Person, means: Means) {
    let mut list = "E-Mail;Name\r\n".to_owned();
    for n in 0..300 {
        write!(list, "p{n}@acme.example;Person {n}\r\n").unwrap();
    }
    list += "p7@acme.example;Again\r\nno address;Nobody\r\nx@elsewhere.example;Elsewhere\r\n";
    let file = NamedTempFile::with_suffix(".csv").unwrap();
    std::fs::write(file.path(), list).unwrap();

    lena.presses("Invite many").await;
    lena.brings("File", file.path()).await;
    lena.presses("Check the list").await;
    lena.sees("300 people would be invited. Nobody has been yet.")
        .await;
    for judged in [
        "is in an earlier row",
        "not an e-mail address",
        "outside your domains",
    ] {
        lena.sees(judged).await;
    }
    lena.presses("Invite 300 people").await;
    if means.script {
        // The list goes on by itself.
        lena.sees("The list is done").await;
    }
    while !lena.text().await.contains("The list is done") {
        lena.presses("Go on").await;
    }
    lena.sees("300 people were invited, of 303 rows.").await;
    story.settle().await;
    assert_eq!(story.mails_of("invitation").len(), 300);

    lena.presses("Use another list").await;
    lena.brings("File", file.path()).await;
    lena.presses("Check the list").await;
    lena.sees("You uploaded this list before.").await;
    story.settle().await;
    assert_eq!(story.mails_of("invitation").len(), 300);
}

async fn answers_the_review(lena: &Person) {
    lena.presses("Review 1").await;
    lena.sees("answered").await;
    lena.presses(&format!("Keep: {AMIR}")).await;
    lena.sees("Your answer is kept.").await;
    lena.presses(&format!("Remove: {BELA}")).await;
    lena.sees("Off-board Béla Kovács").await;
    lena.presses("End access now").await;
    lena.sees("End the access of Béla Kovács now?").await;
    lena.presses("End access now").await;
    lena.sees("The access of Béla Kovács has ended.").await;
    lena.presses("Review 1").await;
    lena.sees("answered").await;
    lena.sees_no(BELA).await;
    lena.presses("Keep all 8 shown here").await;
    lena.sees("There is nobody to confirm now.").await;
    lena.presses("History").await;
    lena.sees("Lena Olsson off-boarded Béla Kovács").await;
}
