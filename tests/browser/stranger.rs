//! A stranger asks a desk that is open to all, and confirms by mail.

use crate::browser::person::{Means, Person};
use crate::fixture::Story;

const NOOR: &str = "noor@visitor.example";

#[tokio::test]
async fn with_script() {
    asks_and_confirms(Means::SCRIPT).await;
}

#[tokio::test]
async fn without_script() {
    asks_and_confirms(Means::NO_SCRIPT).await;
}

#[tokio::test]
async fn by_keyboard() {
    asks_and_confirms(Means::KEYBOARD).await;
}

async fn asks_and_confirms(means: Means) {
    let story = Story::begin().await;
    let noor = Person::at_a_browser(means).await;
    noor.opens(&format!("{}/new", story.base_url())).await;
    noor.presses("Customer support").await;
    noor.sees("Invoices come by e-mail from January").await;
    noor.presses("Question").await;
    noor.fills("Your e-mail address", NOOR).await;
    noor.fills("What is it about", "How do I order?").await;
    noor.fills("Your question", "More seats, please: how?")
        .await;
    noor.ticks("The contract").await;
    noor.presses("Send, and get the link to confirm").await;
    noor.sees("Check your mailbox").await;
    story.settle().await;
    assert_eq!(story.mails_of("desk_notice").len(), 0, "not confirmed yet");

    noor.opens(&story.link(NOOR, "confirm-request")).await;
    noor.sees("Is this request yours?").await;
    noor.presses("Yes, send it").await;
    noor.sees("Your request is with the desk.").await;
    noor.sees("How do I order?").await;
    assert!(noor.is_at().await.starts_with("/requests/support/"));
    story.settle().await;
    assert_eq!(story.kinds(NOOR), ["confirm_request", "request_received"]);
    assert_eq!(story.mails_of("desk_notice").len(), 1);
    story.check_invariants().await;
}
