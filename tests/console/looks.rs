//! The looks of the pages, to the letter.

use std::fmt::Write;

use crate::console::browser::{Browser, LENA, Page};
use crate::fixture::Story;

/// Replaces the text between two marks, everywhere.
fn masked(html: &str, before: &str, after: &str) -> String {
    let mut parts = html.split(before);
    let mut shown = parts.next().unwrap().to_owned();
    for part in parts {
        let rest = part.split_once(after).map_or("", |(_, rest)| rest);
        write!(shown, "{before}…{after}{rest}").unwrap();
    }
    shown
}

/// The page without what differs from run to run: tokens, instants, and the names of its files.
fn looks(page: &Page) -> String {
    let mut html = page.html.clone();
    for (before, after) in [
        ("name=\"token\" value=\"", "\""),
        ("<time ", "</time>"),
        ("</time> <span class=\"quiet\">", "</span>"),
        ("</summary>", "</details>"),
        ("undone until ", "</li>"),
        ("<h2>", "</h2>"),
        ("<h3>", "</h3>"),
        ("/assets/style-", "\""),
        ("/assets/script-", "\""),
        ("?month=", "\""),
    ] {
        html = masked(&html, before, after);
    }
    let lines = html
        .lines()
        .map(str::trim_end)
        .filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn every_page_of_the_console_looks_as_it_should() {
    let story = Story::begin().await;
    let (browser, roster) = Browser::open(&story, LENA).await;
    let mut shown = Vec::new();
    shown.push(("roster", looks(&roster)));
    let found = browser
        .get("/console/acme?q=nobody%20at%20all&state=left&sort=silent")
        .await;
    shown.push(("roster_nobody_found", looks(&found)));
    let bela = story
        .store()
        .pseudonym(&"bela@acme.example".parse().unwrap());
    let lena = story.store().pseudonym(&LENA.parse().unwrap());
    for (name, path) in [
        ("person", format!("/people/{bela}")),
        ("person_last_lead", format!("/people/{lena}")),
        ("off_board", format!("/people/{bela}/off-board")),
        ("invite", "/invite".to_owned()),
        ("invite_many", "/invite-many".to_owned()),
        ("review_nothing", "/review".to_owned()),
        ("history", "/history".to_owned()),
    ] {
        let page = browser
            .get(&format!("/console/acme{path}"))
            .await
            .must_be(200);
        shown.push((name, looks(&page)));
    }
    let form = browser.get("/console/acme/invite-many").await.must_be(200);
    let token = form.field("token");
    let list = "email,name\np1@acme.example,Pia Pohl\nno address,Nobody\np1@acme.example,Again\n\
                x@elsewhere.example,Else\namir@acme.example,Amir\n";
    let file = "name=\"file\"; filename=\"colleagues.csv\"";
    let parts: [(&str, &[u8]); 2] = [
        ("name=\"token\"", token.as_bytes()),
        (file, list.as_bytes()),
    ];
    let preview = browser
        .upload("/console/acme/invite-many", &parts)
        .await
        .must_be(200);
    shown.push(("list_preview", looks(&preview)));
    let token = preview.field("token");
    let start = [("token", token.as_str()), ("wish", "start")];
    let report = browser.post(&preview.at, &start).await.must_be(200);
    shown.push(("list_report", looks(&report)));
    let shown = shown.iter();
    let shown = shown.map(|(name, page)| format!("# {name}\n\n{page}"));
    insta::assert_snapshot!("pages", shown.collect::<Vec<_>>().join("\n\n"));
}
