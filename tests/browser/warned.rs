//! A quiet person keeps their access: one click in the mail, one on the page.

use crate::browser::person::{Means, Person};
use crate::fixture::Story;

const VERA: &str = "vera@globex.example";

#[tokio::test]
async fn with_script() {
    keeps_access(Means::SCRIPT).await;
}

#[tokio::test]
async fn without_script() {
    keeps_access(Means::NO_SCRIPT).await;
}

#[tokio::test]
async fn by_keyboard() {
    keeps_access(Means::KEYBOARD).await;
}

async fn keeps_access(means: Means) {
    let story = Story::begin().await;
    story.advance("P91D").await;
    story.settle().await;
    let vera = Person::at_a_browser(means).await;
    vera.opens(&story.link(VERA, "keep-access")).await;
    vera.presses("Keep my access").await;
    vera.sees("Your access stays").await;
    story.advance("P15D").await;
    story.settle().await;
    assert!(story.is_active("globex", VERA).await);
    story.check_invariants().await;
}
