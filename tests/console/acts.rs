//! Acts that mean what they say: a date that was typed, an end that is set, a role that is asked for
//! once more.

use crate::console::browser::{Browser, LENA, Page};
use crate::fixture::Story;

const AMIR: &str = "amir@acme.example";
const DORA: &str = "dora@acme.example";

/// The page of somebody in Acme.
async fn person(story: &Story, browser: &Browser<'_>, email: &str) -> Page {
    let handle = story.store().pseudonym(&email.parse().unwrap());
    let path = format!("/console/acme/people/{handle}");
    browser.get(&path).await.must_be(200)
}

/// Posts a form of a page with its hidden fields, and these.
async fn posts(browser: &Browser<'_>, page: &Page, fields: &[(&str, &str)]) -> Page {
    let at = page.at.split('?').next().unwrap();
    let hidden = [
        ("token", page.field("token")),
        ("email", page.field("email")),
    ];
    let mut all: Vec<_> = hidden
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    all.extend(fields);
    browser.post(at, &all).await
}

async fn off_boards(browser: &Browser<'_>, page: &Page, fields: &[(&str, &str)]) -> Page {
    let form = browser.get(&page.link("Off-board")).await.must_be(200);
    posts(browser, &form, fields).await
}

#[tokio::test]
async fn access_does_not_end_at_once_for_somebody_whose_last_day_was_typed() {
    let story = Story::begin().await;
    let (lena, _) = Browser::open(&story, LENA).await;
    let dora = person(&story, &lena, DORA).await;
    let before = story.everything().await;
    // What was chosen and not looked at, with what was typed.
    let fields = [
        ("when", "now"),
        ("date", "2029-12-31"),
        ("hand-over-to", ""),
    ];
    let asked = off_boards(&lena, &dora, &fields).await.must_be(422);
    assert_eq!(story.everything().await, before, "nothing was done");
    assert!(asked.says("You gave a last day: access will end when it is over."));
    assert!(asked.says("value=\"date\" checked"), "{}", asked.html);
    assert!(asked.says("value=\"2029-12-31\""));
    // Sent once more as it came back, it is what was typed.
    let fields = [
        ("when", "date"),
        ("date", "2029-12-31"),
        ("hand-over-to", ""),
    ];
    let planned = posts(&lena, &asked, &fields).await.must_be(200);
    assert!(
        planned.says("The end of access of Dora"),
        "{}",
        planned.html
    );
    assert!(planned.says("31 December 2029"));
    let undone = posts(&lena, &planned, &[("act", "cancel-leaving")])
        .await
        .must_be(200);
    assert!(undone.says("stays. Access has no end any more.") && undone.says("Never"));
}

#[tokio::test]
async fn every_mistake_of_an_off_boarding_is_said_at_once_and_the_summary_takes_the_focus() {
    let story = Story::begin().await;
    let (lena, _) = Browser::open(&story, LENA).await;
    let dora = person(&story, &lena, DORA).await;
    let fields = [("when", "date"), ("date", ""), ("hand-over-to", "nobody")];
    let wrong = off_boards(&lena, &dora, &fields).await.must_be(422);
    assert!(wrong.says("<title>Error: Off-board Dora"), "{}", wrong.html);
    assert!(
        wrong.says("class=\"mistakes\" aria-labelledby=\"mistakes\" tabindex=\"-1\" autofocus")
    );
    for mistake in ["<a href=\"#date\">", "<a href=\"#hand-over-to\">"] {
        assert!(wrong.says(mistake), "{mistake}");
    }
    for mistake in ["id=\"date-wrong\"", "id=\"hand-over-wrong\""] {
        assert!(wrong.says(mistake), "{mistake}");
    }
}

#[tokio::test]
async fn access_has_one_end_and_whoever_moves_it_sees_it_move() {
    let story = Story::begin().await;
    let (lena, _) = Browser::open(&story, LENA).await;
    let dora = person(&story, &lena, DORA).await;
    assert!(dora.says("Access ends</dt><dd>Never"), "{}", dora.html);
    let fields = [
        ("when", "date"),
        ("date", "2028-12-31"),
        ("hand-over-to", ""),
    ];
    let planned = off_boards(&lena, &dora, &fields).await.must_be(200);
    assert!(
        planned.says("value=\"2028-12-31\""),
        "the form holds the end"
    );
    let moved = [("act", "extend"), ("until", "2029-06-30")];
    let moved = posts(&lena, &planned, &moved).await.must_be(200);
    assert!(moved.says("value=\"2029-06-30\"") && !moved.says("value=\"2028-12-31\""));
    let same = [("act", "extend"), ("until", "2029-06-30")];
    let same = posts(&lena, &moved, &same).await.must_be(200);
    assert!(same.says("Nothing had to change"));
    // An empty day is a slip, and takes nothing away.
    let empty = [("act", "extend"), ("until", "")];
    let empty = posts(&lena, &same, &empty).await.must_be(422);
    assert!(empty.says("href=\"#until\">Enter a date."));
    let none = posts(&lena, &moved, &[("act", "no-end")])
        .await
        .must_be(200);
    assert!(
        none.says("stays") || none.says("has no end any more"),
        "{}",
        none.html
    );
    assert!(none.says("Access ends</dt><dd>Never"));
}

#[tokio::test]
async fn an_invitation_with_an_end_says_when_and_is_found_by_it() {
    let story = Story::begin().await;
    let (lena, form) = Browser::open(&story, LENA).await;
    let form = lena.get(&form.link("Invite")).await.must_be(200);
    let token = form.field("token");
    let fields = [
        ("token", token.as_str()),
        ("email", "zoe@acme.example"),
        ("name", "Zoe Zuse"),
    ];
    let sent = lena
        .post("/console/acme/invite", &fields)
        .await
        .must_be(200);
    assert!(sent.says("Invitation sent to Zoe Zuse."), "{}", sent.html);
    let zoe = lena.get(&sent.link("See Zoe Zuse")).await.must_be(200);
    let fields = [
        ("when", "date"),
        ("date", "2029-12-31"),
        ("hand-over-to", ""),
    ];
    let planned = off_boards(&lena, &zoe, &fields).await.must_be(200);
    assert!(planned.says("Answer by") && planned.says("31 December 2029"));
    let found = lena.get("/console/acme?state=leaving").await.must_be(200);
    assert!(found.says("Zoe Zuse") && !found.says("Access ends on a date (0)"));
}

#[tokio::test]
async fn nobody_becomes_a_lead_or_steps_down_without_being_asked_first() {
    let story = Story::begin().await;
    let (lena, _) = Browser::open(&story, LENA).await;
    let amir = person(&story, &lena, AMIR).await;
    assert!(
        !amir.says("name=\"act\" value=\"lead\""),
        "no button that acts at once"
    );
    let asked = lena.get(&amir.link("Make a lead")).await.must_be(200);
    assert!(asked.says("Make Amir Haddad a lead?") && asked.says("ends their access"));
    let fields = [
        ("token", asked.field("token")),
        ("email", asked.field("email")),
        ("act", asked.field("act")),
    ];
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let made = lena.post(&amir.at, &fields).await.must_be(200);
    assert!(made.says("Amir Haddad is a lead now."));
    let own = person(&story, &lena, LENA).await;
    assert!(!own.says("name=\"act\" value=\"member\""));
    let asked = lena.get(&own.link("Step down as lead")).await.must_be(200);
    assert!(asked.says("class=\"danger\"") && asked.says("You cannot take this back yourself."));
}

#[tokio::test]
async fn a_status_names_its_object_and_undoes_what_was_done() {
    let story = Story::begin().await;
    let (lena, _) = Browser::open(&story, LENA).await;
    let bela = person(&story, &lena, "bela@acme.example").await;
    let fields = [("when", "now"), ("why", "left"), ("hand-over-to", "")];
    let gone = off_boards(&lena, &bela, &fields).await.must_be(200);
    let (_, below) = gone.html.split_once("</h1>").unwrap();
    let status = below.split_once("autofocus>").unwrap().1;
    let status = status.split_once("</div>").unwrap().0;
    assert!(
        status.contains("The access of Béla Kovács has ended."),
        "{status}"
    );
    assert!(status.contains("value=\"restore\"") && status.contains(">Undo</button>"));
    let back = posts(&lena, &gone, &[("act", "restore")])
        .await
        .must_be(200);
    assert!(back.says("Béla Kovács has access again."));
}
